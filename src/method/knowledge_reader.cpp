#include "method/knowledge_reader.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace genmei::method {
namespace {

using standard::Reader;
using yaml::Node;

std::optional<Cause> cause_of(std::string_view text) {
  for (const auto one : {Cause::malicious, Cause::negligent, Cause::environment}) {
    if (code(one) == text) return one;
  }
  return std::nullopt;
}

std::optional<Property> property_of(std::string_view text) {
  for (const auto one : {Property::confidentiality, Property::integrity, Property::availability}) {
    if (letter(one) == text) return one;
  }
  return std::nullopt;
}

std::optional<Grade> optional_grade(Reader& reader, const Node& map, std::string_view key) {
  if (!map.has(key)) return std::nullopt;
  const auto grade = grade_of(map[key].str());
  if (!grade) reader.complain(map[key], "method.value", key);
  return grade;
}

std::optional<int> optional_pattern(Reader& reader, const Node& map, std::string_view key) {
  if (!map.has(key)) return std::nullopt;
  const auto number = map[key].integer();
  if (number >= 1 && number <= 6) return static_cast<int>(number);
  reader.complain(map[key], "method.value", key);
  return std::nullopt;
}

std::optional<ServiceType::Standing> standing_of(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, ServiceType::Standing>, 5> names = {
      {{"listed", ServiceType::Standing::listed},
       {"by-marks", ServiceType::Standing::by_marks},
       {"conflict", ServiceType::Standing::conflict},
       {"inherits", ServiceType::Standing::inherits},
       {"undetermined", ServiceType::Standing::undetermined}}};
  for (const auto& [name, standing] : names) {
    if (name == text) return standing;
  }
  return std::nullopt;
}

}  // namespace

Result<Knowledge> KnowledgeReader::read() {
  GENMEI_TRY(components());
  GENMEI_TRY(threats());
  GENMEI_TRY(types());
  GENMEI_TRY(rules());
  GENMEI_TRY(asset_threats());
  GENMEI_TRY(threat_controls());
  check_items();
  if (!problems_.empty()) return std::move(problems_);
  GENMEI_TRY(knowledge_.bind(library_));
  return std::move(knowledge_);
}

Result<void> KnowledgeReader::components() {
  GENMEI_LET(file, yaml::load(folder_ + "/components.yaml"));
  Reader reader(file, problems_);
  const auto& root = reader.root();
  reader.only(root, {"classes", "components", "parties", "activities", "cases"});
  for (const auto& node : reader.list(root, "classes")) {
    knowledge_.classes.push_back(
        {static_cast<int>(node["no"].integer()), reader.text(node, "id"), reader.both_here(node)});
  }
  for (const auto& node : reader.list(root, "components")) {
    reader.only(node, {"id", "name", "class", "assets"});
    Component component;
    component.id = reader.text(node, "id");
    component.name = reader.both(node, "name");
    component.class_no = static_cast<int>(node["class"].integer());
    const bool known = std::any_of(knowledge_.classes.begin(), knowledge_.classes.end(),
                                   [&](const auto& one) { return one.no == component.class_no; });
    if (!known) reader.complain(node["class"], "method.value", "class");
    const auto place = static_cast<std::uint16_t>(knowledge_.components.size());
    for (const auto& child : reader.list(node, "assets")) {
      Asset asset;
      asset.id = reader.text(child, "id");
      asset.name = reader.both_here(child);
      asset.component = place;
      const auto kind = reader.text(child, "kind");
      asset.kind = kind == "data" ? Asset::Kind::data : kind == "log" ? Asset::Kind::log : Asset::Kind::component;
      if (kind != "data" && kind != "log" && kind != "component") reader.complain(child, "method.value", "kind");
      component.assets.push_back(static_cast<std::uint16_t>(knowledge_.assets.size()));
      knowledge_.assets.push_back(std::move(asset));
    }
    knowledge_.components.push_back(std::move(component));
  }
  if (knowledge_.components.size() > max_components || knowledge_.assets.size() > max_assets) {
    reader.complain(root, "method.too-many", "components");
  }
  knowledge_.index();
  for (const auto& node : reader.list(root, "parties")) {
    knowledge_.parties.push_back({reader.text(node, "id"), reader.both_here(node)});
  }
  activities(reader);
  cases(reader);
  return {};
}

void KnowledgeReader::activities(Reader& reader) {
  for (const auto& node : reader.list(reader.root(), "activities")) {
    reader.only(node, {"id", "name", "parties", "components"});
    Activity activity{reader.text(node, "id"), reader.both(node, "name"), node["parties"].strings(), {}};
    for (const auto& party : activity.parties) {
      const bool known = std::any_of(knowledge_.parties.begin(), knowledge_.parties.end(),
                                     [&](const auto& one) { return one.id == party; });
      if (!known) reader.complain(node["parties"], "method.unknown-party", party);
    }
    for (const auto& id : node["components"].strings()) {
      const auto component = knowledge_.component(id);
      if (!component) reader.complain(node["components"], "method.unknown-component", id);
      activity.components.push_back(component.value_or(0));
    }
    knowledge_.activities.push_back(std::move(activity));
  }
}

void KnowledgeReader::cases(Reader& reader) {
  for (const auto& node : reader.list(reader.root(), "cases")) {
    reader.only(node, {"no", "name", "external_operator", "service_linkage", "server_linkage", "remarks"});
    Case one;
    one.no = static_cast<int>(node["no"].integer());
    one.name = reader.both(node, "name");
    one.external_operator = node["external_operator"].boolean();
    one.service_linkage = node["service_linkage"].boolean();
    one.server_linkage = node["server_linkage"].boolean();
    for (const auto& remark : reader.list(node, "remarks")) one.remarks.push_back(reader.both_here(remark));
    knowledge_.cases.push_back(std::move(one));
  }
}

Result<void> KnowledgeReader::threats() {
  GENMEI_LET(file, yaml::load(folder_ + "/threats.yaml"));
  Reader reader(file, problems_);
  reader.only(reader.root(), {"threats", "figure33"});
  for (const auto& node : reader.list(reader.root(), "threats")) {
    knowledge_.threats.push_back({reader.text(node, "id"), reader.both_here(node), {}});
  }
  if (knowledge_.threats.size() > max_threats) reader.complain(reader.root(), "method.too-many", "threats");
  knowledge_.index();
  for (const auto& node : reader.list(reader.root(), "figure33")) {
    const auto cause = cause_of(reader.text(node, "cause"));
    if (!cause) reader.complain(node, "method.value", "cause");
    Cell cell{cause.value_or(Cause::malicious), reader.text(node, "loss"), {}};
    for (const auto& id : node["threats"].strings()) {
      const auto threat = knowledge_.threat(id);
      if (!threat) reader.complain(node["threats"], "method.unknown-threat", id);
      cell.threats.push_back(threat.value_or(0));
    }
    knowledge_.cells.push_back(std::move(cell));
  }
  return {};
}

void KnowledgeReader::type(Reader& reader, const Node& node) {
  reader.only(node, {"id", "name", "scope", "group", "family", "variant", "aliases", "confidentiality",
                     "confidentiality_reason", "availability", "availability_reason", "standing", "pattern",
                     "pattern_fig23", "pattern_fig24", "candidates", "availability_options", "note"});
  ServiceType out;
  out.id = reader.text(node, "id");
  out.name = reader.both(node, "name");
  out.scope = reader.both(node, "scope");
  const auto group = node["group"].strings();
  if (!group.empty()) out.category = group.back();
  out.family = node["family"].str();
  out.variant = node["variant"].str();
  out.aliases = node["aliases"].strings();
  out.confidentiality = optional_grade(reader, node, "confidentiality");
  out.availability = optional_grade(reader, node, "availability");
  out.confidentiality_reason = reader.text(node, "confidentiality_reason");
  out.availability_reason = reader.text(node, "availability_reason");
  for (const auto* reason : {&out.confidentiality_reason, &out.availability_reason}) {
    if (!knowledge_.reasons.contains(*reason)) reader.complain(node, "method.value", *reason);
  }
  const auto standing = standing_of(reader.text(node, "standing"));
  if (!standing) reader.complain(node["standing"], "method.value", "standing");
  out.standing = standing.value_or(ServiceType::Standing::listed);
  out.pattern = optional_pattern(reader, node, "pattern");
  out.pattern_fig23 = optional_pattern(reader, node, "pattern_fig23");
  out.pattern_fig24 = optional_pattern(reader, node, "pattern_fig24");
  for (const auto& one : node["candidates"].items) out.candidates.push_back(static_cast<int>(one.integer()));
  for (const auto& one : node["availability_options"].strings()) {
    if (const auto grade = grade_of(one)) {
      out.availability_options.push_back(*grade);
    } else {
      reader.complain(node["availability_options"], "method.value", one);
    }
  }
  out.note = reader.both_if(node, "note");
  if (out.pattern.has_value() != out.candidates.empty()) {
    reader.complain(node, "method.value", "candidates", "a type has either a pattern or candidates");
  }
  if (knowledge_.type(out.id) != nullptr) reader.complain(node, "method.value", out.id, "the id appears twice");
  knowledge_.types.push_back(std::move(out));
}

Result<void> KnowledgeReader::types() {
  GENMEI_LET(file, yaml::load(folder_ + "/services.yaml"));
  Reader reader(file, problems_);
  reader.only(reader.root(), {"reasons", "types"});
  for (const auto& [id, node] : reader.root()["reasons"].members) {
    knowledge_.reasons.emplace(id, reader.both_here(node));
  }
  for (const auto& node : reader.list(reader.root(), "types")) type(reader, node);
  knowledge_.index_types();
  return {};
}

Result<void> KnowledgeReader::rules() {
  GENMEI_LET(file, yaml::load(folder_ + "/rules.yaml"));
  Reader reader(file, problems_);
  for (const auto& node : reader.list(reader.root(), "rules")) {
    knowledge_.rules.push_back({reader.text(node, "id"), reader.both_here(node), reader.text(node, "source")});
  }
  return {};
}

// Rule 1 of the file: a person's threat has to stand in the cell of figure 33 for that cause and property; threats that
// are not human have no such cell and never touch confidentiality.
Result<void> KnowledgeReader::asset_threats() {
  GENMEI_LET(file, yaml::load(folder_ + "/asset-threats.yaml"));
  Reader reader(file, problems_);
  reader.only(reader.root(), {"schema", "status", "reasons", "rows"});
  for (const auto& node : reader.list(reader.root(), "reasons")) {
    const auto asset = knowledge_.asset(reader.text(node, "asset"));
    if (!asset) {
      reader.complain(node, "method.unknown-asset", node["asset"].str());
      continue;
    }
    knowledge_.assets[*asset].reason = reader.both_here(node);
  }
  for (const auto& asset : knowledge_.assets) {
    if (asset.reason.ja.empty()) reader.complain(reader.root()["reasons"], "method.missing-reason", asset.id);
  }
  const auto in_cell = [&](Cause cause, Property property, std::uint16_t threat) {
    return std::any_of(knowledge_.cells.begin(), knowledge_.cells.end(), [&](const Cell& cell) {
      if (cell.cause != cause) return false;
      if (cause != Cause::environment && cell.loss != code(property)) return false;
      return std::find(cell.threats.begin(), cell.threats.end(), threat) != cell.threats.end();
    });
  };
  for (const auto& node : reader.list(reader.root(), "rows")) {
    const auto asset = knowledge_.asset(reader.text(node, "asset"));
    const auto property = property_of(reader.text(node, "property"));
    const auto cause = cause_of(reader.text(node, "cause"));
    if (!asset || !property || !cause) {
      reader.complain(node, "method.value", "asset, property, cause");
      continue;
    }
    for (const auto& id : node["threats"].strings()) {
      const auto threat = knowledge_.threat(id);
      if (!threat) {
        reader.complain(node["threats"], "method.unknown-threat", id);
      } else if (!in_cell(*cause, *property, *threat) ||
                 (*cause == Cause::environment && *property == Property::confidentiality)) {
        reader.complain(node["threats"], "method.not-in-figure", id);
      } else {
        knowledge_.placements.push_back({*asset, *property, *cause, *threat});
      }
    }
  }
  std::stable_sort(knowledge_.placements.begin(), knowledge_.placements.end(),
                   [](const Placement& a, const Placement& b) {
                     return std::tie(a.asset, a.property, a.cause) < std::tie(b.asset, b.property, b.cause);
                   });
  return {};
}

Result<void> KnowledgeReader::threat_controls() {
  GENMEI_LET(file, yaml::load(folder_ + "/threat-controls.yaml"));
  Reader reader(file, problems_);
  reader.only(reader.root(), {"schema", "status", "threats"});
  for (const auto& node : reader.list(reader.root(), "threats")) {
    reader.only(node, {"threat", "controls", "asp_part3_sections"});
    const auto threat = knowledge_.threat(reader.text(node, "threat"));
    if (!threat) {
      reader.complain(node, "method.unknown-threat", node["threat"].str());
      continue;
    }
    knowledge_.threats[*threat].part3_sections = node["asp_part3_sections"].strings();
    std::uint16_t rank = 0;
    std::string group;
    for (const auto& child : reader.list(node, "controls")) {
      reader.only(child, {"standard", "id", "how"});
      const auto standard = reader.text(child, "standard");
      const auto id = reader.text(child, "id");
      const auto how = standard::how_of(reader.text(child, "how"));
      const auto items = library_.by_reference(id, standard);
      if (!how) reader.complain(child, "method.value", "how");
      if (items.empty()) reader.complain(child, "method.unknown-item", standard + " " + id);
      if (!how || items.empty()) continue;
      auto now = standard + std::string(standard::code(*how));
      rank = now == group ? static_cast<std::uint16_t>(rank + 1) : static_cast<std::uint16_t>(0);
      group = std::move(now);
      knowledge_.shipped_.push_back({items.front(), *threat, *how, rank});
    }
  }
  return {};
}

// Components that items of the standards name.
void KnowledgeReader::check_items() {
  for (standard::Index i = 0; i < library_.size(); ++i) {
    const auto& entry = library_.entry(i);
    for (const auto& id : entry.item->components) {
      if (knowledge_.component(id)) continue;
      problems_.add(problem(Failure::invalid, "method.unknown-component", entry.key, {{"field", id}},
                            entry.key + ": unknown component " + id));
    }
  }
}

Result<Knowledge> Knowledge::load(const std::string& data_dir, const standard::Library& library) {
  return KnowledgeReader(data_dir + "/method", library).read();
}

}  // namespace genmei::method
