// The cloud standard: controls with details, activities of governance and management, and the basic-assertion profile.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "standard/shapes.hpp"

namespace genmei::standard {
namespace {

void read_common(const yaml::Node& node, Item& item) {
  item.nature = node["nature"].str();
  item.cycle = node["cycle"].str();
  item.evidence = node["evidence"].strings();
  item.register_name = node["register"].str();
  item.customer = node["customer"].strings();
}

// The chapter may already stand there: chapters 6 and 7 fill two files each.
std::int32_t chapter_of(Reader& reader, Part& part, const yaml::Node& node) {
  const auto id = reader.text(node, "id");
  for (std::size_t i = 0; i < part.items.size(); ++i) {
    if (part.items[i].kind == Kind::chapter && part.items[i].id == id) return static_cast<std::int32_t>(i);
  }
  Item chapter;
  chapter.id = id;
  chapter.kind = Kind::chapter;
  chapter.title = reader.both_here(node);
  chapter.objective = reader.both_if(node, "intent");
  return add_item(part, std::move(chapter));
}

std::int32_t section_of(Reader& reader, Part& part, const yaml::Node& node, std::int32_t chapter,
                        std::string_view objective) {
  Item section;
  section.id = reader.text(node, "id");
  section.kind = Kind::section;
  section.parent = chapter;
  section.title = reader.both_here(node);
  section.objective = reader.both(node, objective);
  return add_item(part, std::move(section));
}

void read_detail(Reader& reader, Part& part, const yaml::Node& node, std::int32_t control) {
  reader.only(node, {"id", "ja", "en", "nature", "cycle", "evidence", "register", "customer", "list", "list_en"});
  Item detail;
  detail.id = reader.text(node, "id");
  detail.kind = Kind::detail;
  detail.parent = control;
  detail.statement = reader.both_here(node);
  read_common(node, detail);
  auto ja = node["list"].strings();
  auto en = node["list_en"].strings();
  if (ja.size() != en.size()) {
    reader.complain(node, "standard.languages", "list", "list and list_en differ in length");
    return;
  }
  for (std::size_t i = 0; i < ja.size(); ++i) detail.points.push_back({std::move(ja[i]), std::move(en[i])});
  add_item(part, std::move(detail));
}

}  // namespace

std::int32_t add_item(Part& part, Item item) {
  part.items.push_back(std::move(item));
  return static_cast<std::int32_t>(part.items.size() - 1);
}

void read_controls(Reader& reader, Part& part) {
  const auto& root = reader.root();
  reader.only(root, {"standard", "part", "chapter", "sections"});
  const auto chapter = chapter_of(reader, part, root["chapter"]);
  for (const auto& section_node : reader.list(root, "sections")) {
    reader.only(section_node, {"id", "ja", "en", "objective", "controls"});
    const auto section = section_of(reader, part, section_node, chapter, "objective");
    for (const auto& node : reader.list(section_node, "controls")) {
      reader.only(node, {"id", "title", "statement", "customer", "details"});
      Item item;
      item.id = reader.text(node, "id");
      item.kind = Kind::control;
      item.parent = section;
      item.title = reader.both(node, "title");
      item.statement = reader.both(node, "statement");
      item.basic = false;  // until the profile names it
      read_common(node, item);
      const auto control = add_item(part, std::move(item));
      for (const auto& detail : reader.list(node, "details")) read_detail(reader, part, detail, control);
    }
  }
}

void read_activities(Reader& reader, Part& part) {
  const auto& root = reader.root();
  reader.only(root, {"standard", "part", "chapters"});
  for (const auto& chapter_node : reader.list(root, "chapters")) {
    const auto chapter = chapter_of(reader, part, chapter_node);
    for (const auto& section_node : reader.list(chapter_node, "sections")) {
      const auto section = section_of(reader, part, section_node, chapter, "intent");
      for (const auto& node : reader.list(section_node, "activities")) {
        reader.only(node, {"id", "title", "statement", "consider", "records", "by", "nature", "cycle", "evidence",
                           "register", "customer"});
        Item item;
        item.id = reader.text(node, "id");
        item.kind = Kind::control;
        item.parent = section;
        item.title = reader.both(node, "title");
        item.statement = reader.both(node, "statement");
        item.points = reader.pairs(node, "consider");
        item.records = node["records"].strings();
        item.by = reader.text(node, "by");
        read_common(node, item);
        add_item(part, std::move(item));
      }
    }
  }
}

void read_profile(Reader& reader, Part& part, Part& from) {
  const auto& root = reader.root();
  reader.only(root, {"standard", "profile", "includes", "wording_differences", "statements"});
  const auto& controls = reader.list(root["includes"], "controls");
  std::unordered_set<std::string> included;
  for (const auto& control : controls) included.insert(control.text);
  std::unordered_map<std::string, const yaml::Node*> differences;
  for (const auto& node : reader.list(root, "wording_differences")) differences.emplace(reader.text(node, "id"), &node);
  for (const auto& node : reader.list(root, "statements")) reader.both_here(node);

  // Headings are taken when the first control below them is.
  std::vector<std::int32_t> taken(from.items.size(), none);
  const auto copy = [&](std::size_t index) {
    Item item = from.items[index];
    item.parent = item.parent == none ? none : taken[static_cast<std::size_t>(item.parent)];
    item.basic = true;
    if (const auto found = differences.find(item.id); found != differences.end()) {
      item.assertion_differs = true;
      item.difference = reader.text(*found->second, "effect");
      item.note = reader.both_here(*found->second);
      differences.erase(found);
    }
    taken[index] = add_item(part, std::move(item));
  };
  for (std::size_t i = 0; i < from.items.size(); ++i) {
    auto& item = from.items[i];
    const auto parent = static_cast<std::size_t>(std::max(item.parent, 0));
    if (item.kind == Kind::detail) {
      item.basic = from.items[parent].basic;
      if (item.basic) copy(i);
    } else if (item.kind == Kind::control && included.erase(item.id) > 0) {
      item.basic = true;
      const auto chapter = static_cast<std::size_t>(from.items[parent].parent);
      if (taken[chapter] == none) copy(chapter);
      if (taken[parent] == none) copy(parent);
      copy(i);
    }
  }
  for (const auto& control : controls) {
    if (included.contains(control.text)) reader.complain(control, "standard.unknown-item", control.text);
  }
  for (const auto& [id, node] : differences) reader.complain(*node, "standard.unknown-item", id);
}

}  // namespace genmei::standard
