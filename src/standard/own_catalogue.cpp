// An organisation's own standard in YAML. Unlike shipped catalogues, texts may be in one language: it then serves for
// both.
#include <algorithm>
#include <unordered_map>

#include "standard/library.hpp"
#include "standard/shapes.hpp"

namespace genmei::standard {
namespace {

// Ids go into keys and URLs.
bool usable_id(std::string_view id) {
  constexpr std::size_t longest = 64;
  if (id.empty() || id.size() > longest) return false;
  for (const char c : id) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '.' && c != '-' && c != '_') return false;
  }
  return true;
}

class OwnReader {
 public:
  OwnReader(const yaml::File& file, Problems& problems) : reader_(file, problems) {}

  Catalogue catalogue() {
    const auto& root = reader_.root();
    Catalogue out;
    if (!root.is_map()) {
      reader_.complain(root, "standard.required", "id", "a map with id, version, title and parts is expected");
      return out;
    }
    reader_.only(root, {"id", "version", "title", "publisher", "licence", "parts"});
    out.own = true;
    out.id = id(root);
    out.version = reader_.text(root, "version");
    out.title = words(root, "title", /*required=*/true);
    out.short_title = out.title;
    out.publisher = words(root, "publisher", false);
    out.licence = words(root, "licence", false);
    for (const auto& node : reader_.list(root, "parts")) {
      auto one = part(node);
      if (out.part(one.id) != nullptr) reader_.complain(node, "standard.duplicate-item", one.id);
      out.parts.push_back(std::move(one));
    }
    if (out.parts.empty()) reader_.complain(root, "standard.required", "parts");
    return out;
  }

 private:
  std::string id(const yaml::Node& node) {
    auto text = reader_.text(node, "id");
    if (!text.empty() && !usable_id(text)) {
      reader_.complain(node["id"], "standard.bad-id", text, "ids consist of letters, digits, '.', '-' and '_'");
    }
    return text;
  }

  Bilingual words(const yaml::Node& map, std::string_view key, bool required) {
    const auto& node = map[key];
    if (node.is_scalar() && !node.text.empty()) return {node.text, node.text};
    Bilingual out{node["ja"].str(), node["en"].str()};
    if (out.ja.empty()) out.ja = out.en;
    if (out.en.empty()) out.en = out.ja;
    if (required && out.ja.empty()) reader_.complain(map, "standard.required", key);
    return out;
  }

  Part part(const yaml::Node& node) {
    reader_.only(node, {"id", "title", "note", "prefix", "by_threats", "items"});
    Part out;
    out.id = id(node);
    out.title = words(node, "title", true);
    out.note = words(node, "note", false);
    out.prefix = node["prefix"].str();
    out.by_threats = node["by_threats"].boolean();
    std::unordered_map<std::string, std::int32_t> places;
    for (const auto& child : reader_.list(node, "items")) add(child, out, places);
    if (out.items.empty()) reader_.complain(node, "standard.required", "items");
    return out;
  }

  void add(const yaml::Node& node, Part& part, std::unordered_map<std::string, std::int32_t>& places) {
    reader_.only(node, {"id", "title", "statement", "level", "parent", "basic", "threats", "question", "note", "points",
                        "components", "evaluation"});
    Item item;
    item.id = id(node);
    if (const auto kind = kind_of(node["level"].str("item"))) {
      item.kind = *kind;
    } else {
      reader_.complain(node["level"], "standard.value", "level");
    }
    const bool number = item.kind == Kind::evaluation_item;
    const bool heading = item.kind == Kind::chapter || item.kind == Kind::section;
    item.title = words(node, "title", heading || number);
    item.statement = words(node, "statement", !heading && !number);
    item.question = words(node, "question", false);
    item.note = words(node, "note", false);
    item.points = points(node["points"]);
    item.basic = node["basic"].boolean(true);
    item.components = node["components"].strings();
    if (node.has("parent")) {
      const auto found = places.find(node["parent"].str());
      if (found == places.end()) {
        reader_.complain(node["parent"], "standard.unknown-parent", node["parent"].str(),
                         "the parent has to stand before its children");
      } else {
        item.parent = found->second;
      }
    }
    for (const auto& threat : node["threats"].items) counter(threat, item);
    const auto index = static_cast<std::int32_t>(part.items.size());
    if (!places.emplace(item.id, index).second) {
      reader_.complain(node["id"], "standard.duplicate-item", item.id, "the id appears twice in this part");
    }
    const bool basic = item.basic;
    part.items.push_back(std::move(item));
    if (number) {
      if (auto read = read_evaluation(reader_, node["evaluation"])) {
        part.items.back().evaluation = static_cast<std::int32_t>(part.evaluations.size());
        part.evaluations.push_back(std::move(*read));
      }
    } else if (node.has("evaluation")) {
      evaluation(node, part, index, basic);
    }
  }

  std::vector<Bilingual> points(const yaml::Node& node) {
    if (node.is_map()) {
      std::vector<Bilingual> out;
      const auto ja = node["ja"].strings();
      const auto en = node["en"].strings();
      for (std::size_t i = 0; i < std::max(ja.size(), en.size()); ++i) {
        out.push_back({i < ja.size() ? ja[i] : en[i], i < en.size() ? en[i] : ja[i]});
      }
      return out;
    }
    std::vector<Bilingual> out;
    for (auto& one : node.strings()) out.push_back({one, one});
    return out;
  }

  void counter(const yaml::Node& node, Item& item) {
    if (node.is_scalar()) {
      item.counters.push_back({node.text, How::prevent});
      return;
    }
    reader_.only(node, {"threat", "how"});
    const auto how = how_of(node["how"].str("prevent"));
    if (!how) reader_.complain(node["how"], "standard.value", "how", "prevent, detect, limit or recover");
    item.counters.push_back({reader_.text(node, "threat"), how.value_or(How::prevent)});
  }

  // The item itself asks; the number stands in an item of its own below it, so that both can be assessed.
  void evaluation(const yaml::Node& owner, Part& part, std::int32_t parent, bool basic) {
    const auto& node = owner["evaluation"];
    auto read = read_evaluation(reader_, node);
    if (!read) return;
    Item item;
    item.id = part.items[static_cast<std::size_t>(parent)].id + ".value";
    item.kind = Kind::evaluation_item;
    item.parent = parent;
    item.basic = basic;
    item.title = words(node, "title", true);
    item.components = part.items[static_cast<std::size_t>(parent)].components;
    item.evaluation = static_cast<std::int32_t>(part.evaluations.size());
    part.evaluations.push_back(std::move(*read));
    part.items.push_back(std::move(item));
  }

  Reader reader_;
};

}  // namespace

Result<Catalogue> catalogue_from_yaml(const yaml::File& file) {
  Problems problems;
  auto catalogue = OwnReader(file, problems).catalogue();
  if (!problems.empty()) return problems;
  return catalogue;
}

}  // namespace genmei::standard
