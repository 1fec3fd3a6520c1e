// Pattern sheet: what the method makes of one service, from its facts to assets, threats and reference values.
#include <algorithm>
#include <set>

#include "assure/views.hpp"
#include "method/expose.hpp"
#include "report/pattern.hpp"

namespace genmei::assure {
namespace {

using record::Filter;
using record::Record;

// "pattern=2", "confidentiality=high" as people say it; a step of another kind has no result of its own.
std::string outcome_text(const Source& source, const std::string& outcome) {
  const auto cut = outcome.find('=');
  if (cut == std::string::npos) return {};
  const auto name = outcome.substr(0, cut);
  const auto value = outcome.substr(cut + 1);
  if (name == "pattern") return source.words("pattern-name", {{"pattern", value}});
  const auto grade = method::grade_of(value);
  if (!grade || (name != "confidentiality" && name != "integrity" && name != "availability")) return {};
  return source.words("basis-result", {{"property", source.words(name)}, {"level", source.in(method::label(*grade))}});
}

// Figures and tables keep their numbers; only the word changes with the language.
std::string source_text(const Source& source, const std::string& text) {
  if (source.language() != Language::ja) return text;
  return replace_all(text, "figure ", "図");
}

std::vector<report::BasisView> basis_of(const Source& source, const method::Classification& classification) {
  std::vector<report::BasisView> out;
  for (const auto& step : classification.basis) {
    out.push_back({source.in(step.text).empty() ? step.input : source.in(step.text), outcome_text(source, step.outcome),
                   source_text(source, step.source)});
  }
  return out;
}

// Who runs the registered components of a type; parties are named, persons are not.
std::string responsible_of(const Source& source, const operate::ServiceProfile& profile, const std::string& type) {
  const auto* kind = source.workspace.registry().find("component");
  const auto* party = kind == nullptr ? nullptr : kind->field("party");
  std::vector<std::string> parties;
  for (const auto& component : profile.components) {
    if (component.text("component_type") != type) continue;
    auto text = component.text("party_name");
    if (text.empty() && party != nullptr) {
      const auto value = std::find_if(party->values.begin(), party->values.end(),
                                      [&](const auto& one) { return one.id == component.text("party"); });
      if (value != party->values.end()) text = source.in(value->title);
    }
    if (!text.empty() && std::find(parties.begin(), parties.end(), text) == parties.end()) parties.push_back(text);
  }
  std::string out;
  for (const auto& text : parties) out += (out.empty() ? "" : source.words("list-separator")) + text;
  return out.empty() ? "—" : out;
}

void add_assets(const Source& source, const operate::ServiceProfile& profile, report::PatternView& view) {
  const auto& knowledge = *source.catalogues.knowledge;
  std::set<std::uint16_t> shared;
  for (const auto& one : profile.facts.shared) {
    if (const auto asset = knowledge.asset(one.asset)) shared.insert(knowledge.assets[*asset].component);
  }
  for (const auto index : profile.composition.assets) {
    const auto& asset = knowledge.assets[index];
    const auto& component = knowledge.components[asset.component];
    const char* const kind = asset.kind == method::Asset::Kind::data  ? "asset-data"
                             : asset.kind == method::Asset::Kind::log ? "asset-log"
                                                                      : "asset-component";
    view.assets.push_back({source.in(component.name), source.in(asset.name), source.words(kind),
                           responsible_of(source, profile, component.id), shared.contains(asset.component)});
  }
}

// Controls that count: demanded of this service and not excluded by anybody's decision.
Result<std::vector<bool>> chosen_items(Source& source, const operate::ServiceProfile& profile) {
  std::vector<bool> out(source.library().size(), false);
  for (const auto& requirement : profile.requirements) {
    if (requirement.trace.reason == method::Reason::threat) out[requirement.item] = true;
  }
  GENMEI_LET(rows, source.session.all(
                       "requirement",
                       {{"services", Filter::Op::eq, {profile.service.id}}, {"applicable", Filter::Op::eq, {"false"}}},
                       source.request.as_of));
  for (const auto& row : rows) {
    if (const auto item = source.library().find(row.text("item"))) out[*item] = false;
  }
  return out;
}

// A threat as the sheet names it once for an asset: from several causes, to several properties. `controls` is the
// weakest of the properties, so that nothing looks better covered than it is.
struct ThreatLine {
  std::uint16_t threat = 0;
  std::set<method::Property> properties;
  std::int64_t controls = 0;
  friend bool operator==(const ThreatLine&, const ThreatLine&) = default;
};
struct ThreatGroup {
  std::vector<std::uint16_t> assets;  // that the same threats act on
  std::vector<ThreatLine> lines;
};

std::vector<ThreatGroup> threat_groups(const std::vector<method::Coverage>& coverage) {
  std::vector<ThreatGroup> by_asset;
  for (const auto& one : coverage) {
    if (by_asset.empty() || by_asset.back().assets.front() != one.asset) by_asset.push_back({{one.asset}, {}});
    auto& lines = by_asset.back().lines;
    const auto known = std::find_if(lines.begin(), lines.end(),
                                    [&](const ThreatLine& line) { return line.threat == one.exposure.threat; });
    if (known == lines.end()) {
      lines.push_back({one.exposure.threat, {one.exposure.property}, one.carried_out});
    } else {
      known->properties.insert(one.exposure.property);
      known->controls = std::min<std::int64_t>(known->controls, one.carried_out);
    }
  }
  std::vector<ThreatGroup> out;
  for (auto& group : by_asset) {
    const auto same =
        std::find_if(out.begin(), out.end(), [&](const ThreatGroup& other) { return other.lines == group.lines; });
    if (same == out.end()) {
      out.push_back(std::move(group));
    } else {
      same->assets.push_back(group.assets.front());
    }
  }
  return out;
}

Result<void> add_threats(Source& source, const operate::ServiceProfile& profile, report::PatternView& view) {
  const auto& knowledge = *source.catalogues.knowledge;
  GENMEI_LET(chosen, chosen_items(source, profile));
  const auto separator = source.words("list-separator");
  for (const auto& group : threat_groups(method::coverage(knowledge, source.library(), profile.composition.assets,
                                                          chosen, profile.facts.standards))) {
    std::string assets;
    for (const auto asset : group.assets)
      assets += (assets.empty() ? "" : separator) + source.in(knowledge.assets[asset].name);
    for (const auto& line : group.lines) {
      std::string properties;
      for (const auto property : line.properties)
        properties += (properties.empty() ? "" : separator) + source.in(method::label(property));
      view.threats.push_back({assets, properties, source.in(knowledge.threats[line.threat].name), line.controls});
    }
  }
  return {};
}

std::string configuration_of(const Source& source, const operate::ServiceProfile& profile) {
  for (const auto& one : source.catalogues.knowledge->cases) {
    if (one.no == profile.facts.configuration.case_no) return source.in(one.name);
  }
  return {};
}

}  // namespace

Result<report::Document> pattern_report(Source& source) {
  GENMEI_LET(service, find_service(source));
  GENMEI_LET(profile, operate::service_profile(source.workspace, source.session, service, source.request.as_of));
  report::PatternView view;
  GENMEI_LET(front, working_front(source, service.text("class")));
  view.front = std::move(front);
  std::vector<Record> named{service};
  // The judgement was read for the derivation; its persons and reasons are shown to whoever may read it.
  std::optional<Record> judgement;
  if (profile.judgement) {
    if (auto seen = source.session.get("service-judgement", profile.judgement->id, source.request.as_of)) {
      judgement = std::move(*seen);
      named.push_back(*judgement);
    }
  }
  GENMEI_LET(names, names_in(source, named));
  view.service = service_name(source, service);
  view.provider_unit = name_of(names, "org-unit", service.text("section"));
  if (const auto* type = source.catalogues.knowledge->type(service.text("service_type")); type != nullptr)
    view.service_type = source.in(type->name);
  view.description = service.text("description");
  view.configuration = configuration_of(source, profile);
  const auto& classification = profile.facts.classification;
  view.facts = pattern_facts(classification);
  view.basis = basis_of(source, classification);
  if (classification.conflict) view.conflict = source.in(classification.conflict->text);
  if (judgement) {
    view.judge = name_of(names, "person", judgement->text("judge"));
    if (const auto day = parse_date(judgement->text("judged_on"))) view.judged_on = *day;
    view.judgement_reason = judgement->text("reason");
  }
  add_assets(source, profile, view);
  GENMEI_TRY(add_threats(source, profile, view));
  GENMEI_LET(rows, operate::levels(source.workspace, source.session, profile, source.request.as_of));
  for (const auto& row : rows) view.levels.push_back(level_view(source, row));
  return report::pattern_document(view, source.words);
}

}  // namespace genmei::assure
