// The ASP/SaaS guideline: items with best practices, and evaluation items with a reference value per pattern.
#include <unordered_map>

#include "standard/shapes.hpp"

namespace genmei::standard {
namespace {

using Headings = std::unordered_map<std::string, std::int32_t>;

std::int32_t add_heading(Reader& reader, Part& part, Headings& headings, const yaml::Node& node, Kind kind,
                         std::int32_t parent) {
  Item heading;
  heading.id = reader.text(node, "id");
  heading.kind = kind;
  heading.parent = parent;
  heading.title = reader.both_here(node);
  const auto index = add_item(part, heading);
  headings.emplace(std::move(heading.id), index);
  return index;
}

// Part II lists headings with a level; part III nests groups in sections.
Headings read_headings(Reader& reader, Part& part) {
  Headings headings;
  const auto& root = reader.root();
  std::int32_t chapter = none;
  if (root.has("headings")) {
    for (const auto& node : reader.list(root, "headings")) {
      if (node["level"].integer() == 1) {
        chapter = add_heading(reader, part, headings, node, Kind::chapter, none);
      } else {
        add_heading(reader, part, headings, node, Kind::section, chapter);
      }
    }
    return headings;
  }
  for (const auto& node : reader.list(root, "sections")) {
    chapter = add_heading(reader, part, headings, node, Kind::chapter, none);
    for (const auto& group : reader.list(node, "groups")) {
      add_heading(reader, part, headings, group, Kind::section, chapter);
    }
  }
  return headings;
}

void add_points(Reader& reader, const yaml::Node& node, const std::string& above, std::vector<Bilingual>& points) {
  for (const auto& sub : node["sub"].items) {
    const auto mark = above + reader.text(sub, "id") + ".";
    auto both = reader.both_here(sub);
    points.push_back({mark + " " + both.ja, mark + " " + both.en});
    add_points(reader, sub, mark, points);
  }
}

void read_common(const yaml::Node& node, Item& item) {
  item.nature = node["nature"].str();
  item.cycle = node["cycle"].str();
  item.evidence = node["evidence"].strings();
  item.register_name = node["register"].str();
  item.stakeholders = node["stakeholders"].strings();
}

void read_best_practice(Reader& reader, Part& part, const yaml::Node& node, std::int32_t parent) {
  reader.only(node, {"id", "ja", "en", "nature", "cycle", "evidence", "register", "stakeholders", "sub"});
  Item item;
  item.id = part.items[static_cast<std::size_t>(parent)].id + "." + reader.text(node, "id");
  item.kind = Kind::best_practice;
  item.parent = parent;
  item.basic = false;
  item.statement = reader.both_here(node);
  read_common(node, item);
  add_points(reader, node, "", item.points);
  add_item(part, std::move(item));
}

void read_evaluation_item(Reader& reader, Part& part, const yaml::Node& node, std::int32_t parent) {
  reader.only(node, {"id", "letter", "source_figure", "status", "title", "definition", "operator", "unit", "better",
                     "driven_by", "start_event", "end_event", "values", "note"});
  auto evaluation = read_evaluation(reader, node);
  if (!evaluation) return;
  Item item;
  item.id = reader.text(node, "id");
  item.kind = Kind::evaluation_item;
  item.parent = parent;
  item.basic = part.items[static_cast<std::size_t>(parent)].basic;
  item.title = reader.both(node, "title");
  item.statement = reader.both_if(node, "definition");
  item.note = reader.both_if(node, "note");
  item.components = part.items[static_cast<std::size_t>(parent)].components;
  item.evaluation = static_cast<std::int32_t>(part.evaluations.size());
  part.evaluations.push_back(std::move(*evaluation));
  add_item(part, std::move(item));
}

}  // namespace

std::optional<Evaluation> read_evaluation(Reader& reader, const yaml::Node& node) {
  Evaluation out;
  const auto op = node["operator"].str();
  if (op == ">=") {
    out.op = Operator::at_least;
  } else if (op == "<=") {
    out.op = Operator::at_most;
  } else if (!op.empty()) {
    reader.complain(node["operator"], "standard.value", "operator");
    return std::nullopt;
  }
  out.unit = reader.text(node, "unit");
  out.illustration = node["status"].str() == "illustration";
  out.start_event = node["start_event"].str();
  out.end_event = node["end_event"].str();
  std::array<bool, pattern_count> seen{};
  for (const auto& value : reader.list(node, "values")) {
    reader.only(value, {"pattern", "value", "must_reach", "free", "printed", "example"});
    const auto pattern = value["pattern"].integer();
    if (pattern < 1 || pattern > static_cast<std::int64_t>(pattern_count)) {
      reader.complain(value, "standard.value", "pattern", "a pattern is 1 to 6");
      return std::nullopt;
    }
    const auto index = static_cast<std::size_t>(pattern - 1);
    if (seen[index]) reader.complain(value, "standard.duplicate-item", "pattern " + std::to_string(pattern));
    seen[index] = true;
    auto& into = out.by_pattern[index];
    into.free = value["free"].boolean();
    into.must_reach = value["must_reach"].boolean();
    if (into.free) continue;
    constexpr double missing = -1e300;
    const double number = value["value"].number(missing);
    if (number == missing) {
      reader.complain(value, "standard.value", "value", "a value is needed, or free: true");
      return std::nullopt;
    }
    into.value = number;
  }
  for (std::size_t i = 0; i < pattern_count; ++i) {
    if (!seen[i]) {
      reader.complain(node, "standard.required", "pattern " + std::to_string(i + 1));
      return std::nullopt;
    }
  }
  return out;
}

void read_guideline(Reader& reader, Part& part) {
  const auto headings = read_headings(reader, part);
  part.note = reader.both_if(reader.root(), "note");
  for (const auto& node : reader.list(reader.root(), "items")) {
    reader.only(node, {"id",         "id_printed",    "heading",  "group",         "group_candidates",
                       "class",      "source_figure", "status",   "title",         "statement",
                       "nature",     "cycle",         "evidence", "register",      "stakeholders",
                       "components", "question",      "note",     "best_practice", "evaluation_items"});
    Item item;
    item.id = reader.text(node, "id");
    item.kind = Kind::item;
    const auto above = node["heading"].str(node["group"].str());
    if (!above.empty()) {
      const auto found = headings.find(above);
      if (found == headings.end()) {
        reader.complain(node, "standard.unknown-parent", above);
      } else {
        item.parent = found->second;
      }
    }
    item.title = reader.both(node, "title");
    item.statement = reader.both(node, "statement");
    item.question = reader.both(node, "question");
    item.note = reader.both_if(node, "note");
    item.basic = node["class"].str("basic") == "basic";  // where no class is printed the stricter one counts
    item.components = node["components"].strings();
    read_common(node, item);
    const auto index = add_item(part, std::move(item));
    for (const auto& practice : node["best_practice"].items) read_best_practice(reader, part, practice, index);
    for (const auto& evaluation : node["evaluation_items"].items) {
      read_evaluation_item(reader, part, evaluation, index);
    }
  }
}

}  // namespace genmei::standard
