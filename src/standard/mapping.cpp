// Mappings between standards: which items serve which, how far, and what has no counterpart.
#include <algorithm>
#include <iterator>

#include "standard/library.hpp"
#include "standard/reader.hpp"

namespace genmei::standard {
namespace {

std::optional<Relation> relation_of(std::string_view text) {
  for (const auto one : {Relation::equal, Relation::subset, Relation::superset, Relation::intersects}) {
    if (code(one) == text) return one;
  }
  return std::nullopt;
}

Relation reversed(Relation relation) {
  if (relation == Relation::subset) return Relation::superset;
  if (relation == Relation::superset) return Relation::subset;
  return relation;
}

}  // namespace

void Library::read_mapping(const yaml::File& file, MappingSet& into, Problems& problems) const {
  Reader reader(file, problems);
  const auto& root = reader.root();
  reader.only(root, {"mapping", "source", "target", "status", "mappings", "unmapped", "partly_only"});
  const auto source_standard = reader.text(root["source"], "standard");
  const auto target_standard = reader.text(root["target"], "standard");
  into.statuses.push_back(reader.text(root, "status"));
  const auto status = static_cast<std::uint32_t>(into.statuses.size() - 1);

  const auto end = [&](const yaml::Node& node, const std::string& id, const std::string& standard) {
    for (const auto found : by_reference(id, standard)) return std::optional<Index>(found);
    reader.complain(node, "standard.unknown-item", standard + " " + id, standard + " has no item " + id);
    return std::optional<Index>();
  };
  for (const auto& node : reader.list(root, "mappings")) {
    reader.only(node, {"source", "target", "relation", "strength", "note_ja", "note_en"});
    const auto source = end(node, reader.text(node, "source"), source_standard);
    const auto target = end(node, reader.text(node, "target"), target_standard);
    const auto relation = relation_of(reader.text(node, "relation"));
    const double strength = node["strength"].number(-1);
    if (!relation) reader.complain(node["relation"], "standard.value", "relation");
    if (strength <= 0 || strength > 1) reader.complain(node["strength"], "standard.value", "strength");
    if (!source || !target || !relation) continue;
    Mapping mapping{*source, *target, *relation, strength, none, status};
    if (node.has("note_en") || node.has("note_ja")) {
      into.notes.push_back({reader.text(node, "note_ja"), reader.text(node, "note_en")});
      mapping.note = static_cast<std::int32_t>(into.notes.size() - 1);
    }
    const auto at = static_cast<std::uint32_t>(into.list.size());
    into.list.push_back(mapping);
    into.by_item.emplace(*source, at);
    into.by_item.emplace(*target, at);
  }
  for (const std::string_view key : {"unmapped", "partly_only"}) {
    for (const auto& node : root[key].items) {
      reader.only(node, {"side", "ids", "reason_ja", "reason_en"});
      const bool of_source = reader.text(node, "side") == "source";
      const MappingRemark remark{of_source ? target_standard : source_standard,
                                 key == "partly_only",
                                 {reader.text(node, "reason_ja"), reader.text(node, "reason_en")}};
      for (const auto& id : reader.list(node, "ids")) {
        if (const auto item = end(id, id.text, of_source ? source_standard : target_standard)) {
          into.remarks.emplace(*item, remark);
        }
      }
    }
  }
}

std::vector<Link> Library::links(Index index) const {
  std::vector<Link> out;
  const auto [first, last] = mappings_->by_item.equal_range(index);
  for (auto it = first; it != last; ++it) {
    const auto& mapping = mappings_->list[it->second];
    Link link;
    link.outgoing = mapping.source == index;
    link.other = link.outgoing ? mapping.target : mapping.source;
    link.relation = link.outgoing ? mapping.relation : reversed(mapping.relation);
    link.strength = mapping.strength;
    link.status = mappings_->statuses[mapping.status];
    if (mapping.note != none) link.note = &mappings_->notes[static_cast<std::size_t>(mapping.note)];
    out.push_back(link);
  }
  std::sort(out.begin(), out.end(), [](const Link& a, const Link& b) {
    return a.strength != b.strength ? a.strength > b.strength : a.other < b.other;
  });
  return out;
}

std::vector<MappingRemark> Library::remarks(Index index) const {
  std::vector<MappingRemark> out;
  const auto [first, last] = mappings_->remarks.equal_range(index);
  std::transform(first, last, std::back_inserter(out), [](const auto& pair) { return pair.second; });
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.standard < b.standard; });
  return out;
}

}  // namespace genmei::standard
