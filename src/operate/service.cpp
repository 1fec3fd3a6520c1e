#include "operate/service.hpp"

#include <algorithm>

namespace genmei::operate {
namespace {

using record::Filter;
using record::Record;

std::optional<bool> answer(const Record& record, std::string_view name) {
  const auto* value = record.fields.if_contains(name);
  return value != nullptr && value->is_bool() ? std::optional(value->get_bool()) : std::nullopt;
}

std::optional<double> number(const Record& record, std::string_view name) {
  const auto* value = record.fields.if_contains(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_double()) return value->get_double();
  if (value->is_int64()) return static_cast<double>(value->get_int64());
  return std::nullopt;
}

// Days a measurement stays fresh: twice its interval (a missed one is excused, a second is not).
int fresh_days(const std::string& every) {
  if (every == "P1D") return 2;
  if (every == "P1W" || every == "P7D") return 14;
  if (every == "P3M") return 186;
  if (every == "P6M") return 370;
  if (every == "P1Y" || every == "P12M") return 740;
  return 62;
}

}  // namespace

const std::vector<std::string>& default_standards() {
  static const std::vector<std::string> standards{"iso27001-2022", "asp-saas-2008", "cloud-ism-2013"};
  return standards;
}

Result<std::optional<Record>> approved_judgement(record::Session& session, const std::string& service,
                                                 const std::optional<Instant>& as_of) {
  GENMEI_LET(found, session.all("service-judgement",
                                {{"service", Filter::Op::eq, {service}}, {"state", Filter::Op::eq, {"approved"}}},
                                as_of, {"-judged_on"}));
  if (found.empty()) return std::optional<Record>();
  return std::optional<Record>(found.front());
}

Result<method::Classification> classify_service(const Workspace& workspace, record::Session& session,
                                                const Record& service, const std::optional<Record>& judgement) {
  const auto catalogues = workspace.catalogues();
  method::ClassifyInput input;
  if (!record::is_empty(service.fields, "service_type")) input.type = service.text("service_type");
  input.personal_data = answer(service, "personal_data");
  input.trade_secret = answer(service, "trade_secret");
  input.important_documents = answer(service, "important_documents");
  if (const auto effect = service.text("stop_effect"); !effect.empty())
    input.stop_effect = method::stop_effect_of(effect);
  for (const auto& id : service.list("hosts")) {
    if (id == service.id) continue;
    if (const auto host = session.get("service", id)) {
      if (const auto pattern = number(*host, "pattern")) input.hosted_patterns.push_back(static_cast<int>(*pattern));
    }
  }
  auto result = method::classify(*catalogues.knowledge, input);
  if (judgement) {
    if (const auto pattern = number(*judgement, "pattern"); pattern && *pattern >= 1 && *pattern <= 6) {
      const int judged = static_cast<int>(*pattern);
      result.pattern = judged;
      result.confidentiality = method::confidentiality_of(judged);
      result.availability = method::availability_of(judged);
      result.candidates = {judged};
      const auto on = judgement->text("judged_on");
      result.basis.push_back({"judgement",
                              judgement->number,
                              "judged_on=" + on,
                              "pattern=" + std::to_string(judged),
                              {"判定書" + judgement->number + "（" + on + "）で、パターン" + std::to_string(judged) +
                                   "と承認されています。",
                               "Judgement " + judgement->number + " (" + on + ") was approved with pattern " +
                                   std::to_string(judged) + "."}});
    }
  }
  return result;
}

Result<ServiceProfile> service_profile(const Workspace& workspace, record::Session& session, const Record& service,
                                       const std::optional<Instant>& as_of) {
  ServiceProfile out;
  out.service = service;
  out.catalogues = workspace.catalogues();
  const auto& knowledge = *out.catalogues.knowledge;
  // Derivation must not depend on what this reader happens to see of other services; names are shown to those who may.
  auto product = session.as_product();
  GENMEI_LET(judgement, approved_judgement(product, service.id, as_of));
  out.judgement = judgement;
  GENMEI_LET(classification, classify_service(workspace, product, service, out.judgement));
  auto& facts = out.facts;
  facts.id = service.id;
  facts.name = service.text("name");
  facts.classification = classification;
  facts.configuration.case_no = static_cast<int>(number(service, "configuration_case").value_or(1));
  facts.standards = service.list("standards");
  if (facts.standards.empty()) facts.standards = default_standards();

  GENMEI_LET(components,
             product.all("component",
                         {{"services", Filter::Op::eq, {service.id}}, {"state", Filter::Op::ne, {"retired"}}}, as_of));
  out.components = components;
  std::map<std::string, std::pair<std::vector<int>, std::vector<std::string>>>
      shared;  // component type → patterns, names
  std::map<std::string, Record> others;
  for (const auto& component : out.components) {
    const auto type = component.text("component_type");
    auto& list = facts.configuration.components;
    if (knowledge.component(type) && std::find(list.begin(), list.end(), type) == list.end()) list.push_back(type);
    for (const auto& id : component.list("services")) {
      if (id == service.id) continue;
      if (!others.contains(id)) {
        auto other = product.get("service", id, as_of);
        if (!other) continue;
        others[id] = std::move(*other);
      }
      const auto pattern = number(others[id], "pattern");
      auto& [patterns, names] = shared[type];
      const auto name = others[id].text("name");
      if (!pattern || std::find(names.begin(), names.end(), name) != names.end()) continue;
      patterns.push_back(static_cast<int>(*pattern));
      names.push_back(name);
    }
  }
  for (auto& [type, with] : shared) {
    if (!knowledge.component(type) || with.first.empty()) continue;
    // A component shares all its assets; the method takes one of them as the asset that carries the pattern.
    const auto asset = knowledge.components[*knowledge.component(type)].assets.front();
    facts.shared.push_back({knowledge.assets[asset].id, with.first, with.second});
  }
  GENMEI_LET(definitions, product.all("measurement-definition", {{"services", Filter::Op::eq, {service.id}}}, as_of));
  for (const auto& definition : definitions) {
    const auto promised = number(definition, "contract_value");
    const auto item = definition.text("evaluation_item");
    if (promised && !item.empty() && out.catalogues.library->find(item))
      facts.contract.push_back({item, *promised, definition.text("title")});
  }
  GENMEI_LET(composition, method::compose(knowledge, facts.configuration));
  out.composition = composition;
  GENMEI_LET(requirements, method::derive(knowledge, *out.catalogues.library, facts));
  out.requirements = std::move(requirements);
  return out;
}

Result<std::vector<LevelRow>> levels(const Workspace& workspace, record::Session& session,
                                     const ServiceProfile& profile, const std::optional<Instant>& as_of) {
  const auto now = as_of.value_or(workspace.clock().now());
  const auto& library = *profile.catalogues.library;
  GENMEI_LET(definitions, session.all("measurement-definition", {{"services", Filter::Op::eq, {profile.service.id}}},
                                      as_of, {"number"}));
  GENMEI_LET(measurements,
             session.all("measurement", {{"service", Filter::Op::eq, {profile.service.id}}}, as_of, {"-period_to"}));
  std::vector<LevelRow> out;
  const auto fill = [&](LevelRow& row, const Record* definition) {
    if (definition != nullptr) {
      row.definition = definition->id;
      for (const auto& measurement : measurements) {
        if (measurement.text("definition") != definition->id || row.series.size() >= 12) continue;
        row.series.push_back(measurement);
        if (!row.measurement && number(measurement, "value")) row.measurement = measurement;
      }
    }
    if (row.measurement) {
      row.measured = number(*row.measurement, "value");
      if (const auto end = parse_date(row.measurement->text("period_to"))) {
        const auto age = std::chrono::floor<std::chrono::days>(now - end_of_japan_day(*end));
        row.stale = age.count() > fresh_days(definition->text("every"));
      }
    }
    // An old value proves nothing about today: not measured is never met.
    row.verdict = method::evaluate(row.required, row.stale ? std::nullopt : row.measured);
  };
  for (const auto& requirement : profile.requirements) {
    if (!requirement.level) continue;
    LevelRow row;
    row.item = requirement.item;
    row.required = *requirement.level;
    const auto& entry = library.entry(requirement.item);
    if (entry.item->evaluation >= 0 && profile.facts.classification.pattern) {
      std::vector<int> patterns{*profile.facts.classification.pattern};
      row.demanded_by.push_back(profile.facts.name);
      if (requirement.trace.shared >= 0) {
        const auto& with = profile.facts.shared[static_cast<std::size_t>(requirement.trace.shared)];
        patterns.insert(patterns.end(), with.patterns.begin(), with.patterns.end());
        row.demanded_by.insert(row.demanded_by.end(), with.services.begin(), with.services.end());
      }
      row.reference =
          method::level_for(entry.part->evaluations[static_cast<std::size_t>(entry.item->evaluation)], patterns);
    } else {
      row.reference = row.required;
    }
    const auto found = std::find_if(definitions.begin(), definitions.end(),
                                    [&](const Record& d) { return d.text("evaluation_item") == entry.key; });
    const Record* definition = found == definitions.end() ? nullptr : &*found;
    if (definition != nullptr) row.contract = number(*definition, "contract_value");
    fill(row, definition);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace genmei::operate
