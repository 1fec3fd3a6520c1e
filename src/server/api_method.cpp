// The method over HTTP: service types, classification, the chain of one service, explanations, levels, plans.
#include <algorithm>
#include <set>

#include "method/expose.hpp"
#include "operate/plan.hpp"
#include "server/api.hpp"

namespace genmei::server {
namespace {

json::Value number_or_null(const std::optional<int>& value) {
  return value ? json::Value(static_cast<std::int64_t>(*value)) : json::Value(nullptr);
}
json::Value grade_or_null(const std::optional<method::Grade>& grade) {
  return grade ? json::Value(method::code(*grade)) : json::Value(nullptr);
}

json::Object classification_json(const method::Classification& c) {
  json::Object out;
  out["pattern"] = number_or_null(c.pattern);
  out["confidentiality"] = grade_or_null(c.confidentiality);
  out["integrity"] = method::code(c.integrity);
  out["availability"] = grade_or_null(c.availability);
  if (c.conflict) {
    json::Object conflict;
    conflict["kind"] = c.conflict->kind;
    conflict["chosen"] = c.conflict->chosen;
    json::Array values;
    const bool figures = c.conflict->kind == "figures";
    for (const auto& [source, pattern] : {std::pair(figures ? "figure-23" : "type", c.conflict->first),
                                          std::pair(figures ? "figure-24" : "answers", c.conflict->second)}) {
      json::Object value;
      value["source"] = source;
      value["pattern"] = pattern;
      values.push_back(std::move(value));
    }
    conflict["values"] = std::move(values);
    conflict["text"] = bilingual_json(c.conflict->text);
    out["conflict"] = std::move(conflict);
  } else {
    out["conflict"] = nullptr;
  }
  json::Array candidates;
  for (const int pattern : c.candidates) candidates.emplace_back(pattern);
  out["candidates"] = std::move(candidates);
  json::Array variants;
  for (const auto& variant : c.variants) variants.emplace_back(variant);
  out["variants"] = std::move(variants);
  if (c.type) out["type"] = *c.type;
  json::Array basis;
  for (const auto& step : c.basis) {
    json::Object item;
    item["id"] = step.rule;
    item["source"] = step.source;
    item["input"] = step.input;
    item["outcome"] = step.outcome;
    item["text"] = bilingual_json(step.text);
    basis.push_back(std::move(item));
  }
  out["basis"] = std::move(basis);
  return out;
}

// What a different answer would give: one change at a time.
json::Array alternatives(const method::Knowledge& knowledge, const method::ClassifyInput& input,
                         const method::Classification& now) {
  json::Array out;
  const auto add = [&](method::ClassifyInput changed, Bilingual text) {
    changed.type.reset();  // the answers alone
    if (!changed.personal_data || !changed.trade_secret || !changed.stop_effect) return;
    const auto result = method::classify(knowledge, changed);
    if (!result.pattern || result.pattern == now.pattern) return;
    json::Object item;
    item["change"] = bilingual_json(text);
    item["pattern"] = *result.pattern;
    out.push_back(std::move(item));
  };
  if (input.personal_data && input.trade_secret) {
    auto changed = input;
    const bool holds = *input.personal_data || *input.trade_secret;
    changed.personal_data = !holds;
    changed.trade_secret = false;
    add(changed,
        holds ? Bilingual{"個人情報も営業秘密も預からなければ", "If it held neither personal data nor trade secrets"}
              : Bilingual{"個人情報を1件でも預かれば", "If it held a single record of personal data"});
  }
  if (input.stop_effect) {
    const std::pair<method::StopEffect, Bilingual> effects[] = {
        {method::StopEffect::must_run, {"常に動いていることが前提なら", "If it had to be running at all times"}},
        {method::StopEffect::partial_loss, {"止まると部分的な損失が出るなら", "If a stop caused partial losses"}},
        {method::StopEffect::none, {"止まっても業務に響かなければ", "If a stop hardly mattered"}}};
    for (const auto& [effect, text] : effects) {
      if (method::grade_of(effect) == method::grade_of(*input.stop_effect)) continue;
      auto changed = input;
      changed.stop_effect = effect;
      add(changed, text);
    }
  }
  return out;
}

Result<http::Response> service_types(Call& call) {
  const auto knowledge = call.workspace().catalogues().knowledge;
  json::Array items;
  for (const auto* type : knowledge->search_types(call.request.query.get("q"))) {
    json::Object item;
    item["id"] = type->id;
    item["name"] = bilingual_json(type->name);
    item["category"] = type->category;
    item["pattern"] = number_or_null(type->pattern);
    json::Array candidates;
    for (const int pattern : type->candidates) candidates.emplace_back(pattern);
    item["candidates"] = std::move(candidates);
    item["open"] = !type->pattern.has_value();
    item["conflict"] = type->standing == method::ServiceType::Standing::conflict;
    item["inherits"] = type->standing == method::ServiceType::Standing::inherits;
    item["note"] = bilingual_json(type->note);
    items.push_back(std::move(item));
  }
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

Result<http::Response> classify(Call& call) {
  const auto knowledge = call.workspace().catalogues().knowledge;
  GENMEI_LET(body, call.body());
  method::ClassifyInput input;
  static const std::set<std::string, std::less<>> known{"type",        "personal_data",       "trade_secret",
                                                        "stop_effect", "important_documents", "hosts"};
  for (const auto& member : body) {
    if (!known.contains(std::string_view(member.key()))) {
      return problem(Failure::invalid, "record.unknown-field", "/" + std::string(member.key()),
                     {{"field", std::string(member.key())}});
    }
    const auto& value = member.value();
    const bool words = member.key() == "type" || member.key() == "stop_effect";
    const bool fits = member.key() == "hosts" ? value.is_array() : words ? value.is_string() : value.is_bool();
    if (!fits && !value.is_null()) {
      return problem(Failure::invalid, "record.type", "/" + std::string(member.key()),
                     {{"field", std::string(member.key())}});
    }
  }
  if (const auto type = json::text(body, "type"); !type.empty()) input.type = std::string(type);
  const auto flag = [&](const char* name) {
    const auto* value = body.if_contains(name);
    return value != nullptr && value->is_bool() ? std::optional(value->get_bool()) : std::nullopt;
  };
  input.personal_data = flag("personal_data");
  input.trade_secret = flag("trade_secret");
  input.important_documents = flag("important_documents");
  if (const auto effect = json::text(body, "stop_effect"); !effect.empty()) {
    input.stop_effect = method::stop_effect_of(effect);
    if (!input.stop_effect)
      return problem(Failure::invalid, "record.enum", "/stop_effect",
                     {{"field", "stop_effect"}, {"value", std::string(effect)}});
  }
  if (const auto* hosts = body.if_contains("hosts"); hosts != nullptr && hosts->is_array()) {
    for (const auto& host : hosts->get_array()) {
      if (!host.is_string()) continue;
      GENMEI_LET(service, call.session.get("service", std::string(host.get_string())));
      if (const auto pattern = json::integer(service.fields, "pattern"); pattern > 0)
        input.hosted_patterns.push_back(static_cast<int>(pattern));
    }
  }
  const auto result = method::classify(*knowledge, input);
  auto out = classification_json(result);
  out["alternatives"] = alternatives(*knowledge, input, result);
  return Call::ok(out);
}

Result<http::Response> components(Call& call) {
  const auto knowledge = call.workspace().catalogues().knowledge;
  json::Object out;
  json::Array classes;
  for (const auto& one : knowledge->classes) {
    json::Object item;
    item["no"] = one.no;
    item["id"] = one.id;
    item["title"] = bilingual_json(one.name);
    classes.push_back(std::move(item));
  }
  out["classes"] = std::move(classes);
  json::Array list;
  for (const auto& component : knowledge->components) {
    json::Object item;
    item["id"] = component.id;
    item["title"] = bilingual_json(component.name);
    item["class_no"] = component.class_no;
    json::Array assets;
    for (const auto index : component.assets) {
      json::Object asset;
      asset["id"] = knowledge->assets[index].id;
      asset["title"] = bilingual_json(knowledge->assets[index].name);
      asset["kind"] = knowledge->assets[index].kind == method::Asset::Kind::component ? "component"
                      : knowledge->assets[index].kind == method::Asset::Kind::data    ? "data"
                                                                                      : "log";
      assets.push_back(std::move(asset));
    }
    item["assets"] = std::move(assets);
    list.push_back(std::move(item));
  }
  out["components"] = std::move(list);
  json::Array cases;
  for (const auto& one : knowledge->cases) {
    json::Object item;
    item["no"] = one.no;
    item["title"] = bilingual_json(one.name);
    item["external_operator"] = one.external_operator;
    item["service_linkage"] = one.service_linkage;
    item["server_linkage"] = one.server_linkage;
    cases.push_back(std::move(item));
  }
  out["cases"] = std::move(cases);
  return Call::ok(out);
}

Result<http::Response> profile(Call& call) {
  GENMEI_LET(p, profile_of(call));
  const auto& knowledge = *p.catalogues.knowledge;
  json::Object out;
  out["service"] = p.service.api();
  auto classification = classification_json(p.facts.classification);
  classification["judged"] = p.judgement.has_value();
  if (p.judgement) {
    classification["judgement"] = p.judgement->id;
  } else {
    classification["judgement"] = nullptr;
  }
  out["classification"] = std::move(classification);
  json::Array list;
  for (const auto index : p.composition.components) {
    json::Object item;
    item["id"] = knowledge.components[index].id;
    item["title"] = bilingual_json(knowledge.components[index].name);
    item["class_no"] = knowledge.components[index].class_no;
    item["assets"] = knowledge.components[index].assets.size();
    list.push_back(std::move(item));
  }
  out["components"] = std::move(list);
  std::set<std::uint16_t> threats;
  for (const auto asset : p.composition.assets) {
    for (const auto& exposure : method::exposures(knowledge, asset)) threats.insert(exposure.threat);
  }
  std::size_t controls = 0;
  for (const auto& requirement : p.requirements) controls += requirement.trace.reason == method::Reason::threat ? 1 : 0;
  json::Object counts;
  counts["assets"] = p.composition.assets.size();
  counts["threats"] = threats.size();
  counts["controls"] = controls;
  counts["requirements"] = p.requirements.size();
  out["counts"] = std::move(counts);
  GENMEI_LET(labels, call.session.labels({p.service}, call.language));
  out["labels"] = labels_json(labels);
  return Call::ok(out);
}

Result<http::Response> levels(Call& call) {
  GENMEI_LET(as_of, call.as_of());
  GENMEI_LET(p, profile_of(call));
  GENMEI_LET(rows, operate::levels(call.workspace(), call.session, p, as_of));
  json::Array items;
  for (const auto& row : rows) items.push_back(level_json(call, p.catalogues, row, as_of));
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

json::Array planned(const std::vector<operate::PlannedItem>& items, const standard::Library& library,
                    Language language) {
  json::Array out;
  for (const auto& one : items) {
    const auto& entry = library.entry(one.item);
    json::Object item;
    item["item"] = entry.key;
    item["ref"] = entry.reference;
    item["standard"] = entry.catalogue->id;
    item["label"] = standard::label(*entry.item, language);
    item["basic"] = one.basic;
    if (one.before) item["before"] = method::to_text(*one.before, library, language);
    if (one.after) item["level"] = method::to_text(*one.after, library, language);
    out.push_back(std::move(item));
  }
  return out;
}

Result<http::Response> plan(Call& call) {
  GENMEI_LET(body, call.body());
  GENMEI_LET(service, call.session.get("service", call.path("id")));
  json::Object changes;
  if (const auto* given = body.if_contains("changes"); given != nullptr && given->is_object())
    changes = given->get_object();
  if (const auto* standards = body.if_contains("standards"); standards != nullptr && standards->is_array())
    changes["standards"] = *standards;
  const auto library = call.workspace().catalogues().library;
  json::Object out;
  if (json::boolean(body, "apply")) {
    std::vector<std::string> types;
    if (const auto* list = body.if_contains("components"); list != nullptr && list->is_array()) {
      for (const auto& one : list->get_array()) {
        if (one.is_string()) types.emplace_back(one.get_string());
      }
    }
    GENMEI_LET(applied, operate::apply_plan(call.workspace(), call.session, service, changes, types));
    out["applied"] = true;
    out["service"] = applied.service.api();
    out["components"] = applied.components;
    out["assets"] = applied.assets;
    out["rows"] = applied.rows;
    json::Array tasks;
    for (const auto& task : applied.tasks) tasks.push_back(task.api());
    out["tasks"] = std::move(tasks);
    return Call::ok(out);
  }
  GENMEI_LET(delta, operate::plan(call.workspace(), call.session, service, changes));
  out["applied"] = false;
  out["before"] = classification_json(delta.before);
  out["after"] = classification_json(delta.after);
  out["added"] = planned(delta.added, *library, call.language);
  out["removed"] = planned(delta.removed, *library, call.language);
  out["changed"] = planned(delta.changed, *library, call.language);
  out["kept"] = delta.kept;
  return Call::ok(out);
}

}  // namespace

Result<operate::ServiceProfile> profile_of(Call& call) {
  GENMEI_LET(as_of, call.as_of());
  GENMEI_LET(service, call.session.get("service", call.path("id"), as_of));
  return operate::service_profile(call.workspace(), call.session, service, as_of);
}

json::Object level_json(const Call& call, const operate::Workspace::Catalogues& catalogues,
                        const operate::LevelRow& row, const std::optional<Instant>& as_of) {
  const auto& library = *catalogues.library;
  const auto& entry = library.entry(row.item);
  const auto level = [&](const method::Level& one) {
    json::Object out;
    if (one.value) {
      out["value"] = *one.value;
    } else {
      out["value"] = nullptr;
    }
    out["operator"] = standard::code(one.op);
    out["unit"] = one.unit;
    out["must_reach"] = one.must_reach;
    out["free"] = !one.value.has_value();
    json::Object text;
    text["ja"] = method::to_text(one, library, Language::ja);
    text["en"] = method::to_text(one, library, Language::en);
    out["text"] = std::move(text);
    return out;
  };
  json::Object out;
  out["item"] = entry.key;
  out["ref"] = entry.reference;
  out["label"] =
      bilingual_json({standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)});
  out["illustration"] = entry.item->evaluation >= 0 &&
                        entry.part->evaluations[static_cast<std::size_t>(entry.item->evaluation)].illustration;
  out["reference"] = level(row.reference);
  if (row.contract) {
    auto contract = row.reference;
    contract.value = row.contract;
    contract.by_contract = true;
    out["sla"] = level(contract);
  } else {
    out["sla"] = nullptr;
  }
  out["required"] = level(row.required);
  if (row.measurement && row.measured) {
    json::Object measured;
    measured["value"] = *row.measured;
    measured["at"] = row.measurement->text("period_to");
    measured["provenance"] = row.measurement->text("provenance");
    const auto now = as_of.value_or(call.workspace().clock().now());
    if (const auto end = parse_date(row.measurement->text("period_to"))) {
      measured["age_days"] =
          std::max<std::int64_t>(0, std::chrono::floor<std::chrono::days>(now - end_of_japan_day(*end)).count());
    }
    measured["stale"] = row.stale;
    measured["id"] = row.measurement->id;
    out["measured"] = std::move(measured);
  } else {
    out["measured"] = nullptr;
  }
  out["verdict"] = method::code(row.verdict);
  if (const auto gap = method::gap(row.required, row.stale ? std::nullopt : row.measured)) {
    out["gap"] = *gap;
  } else {
    out["gap"] = nullptr;
  }
  json::Array demanded;
  for (const auto& name : row.demanded_by) demanded.emplace_back(name);
  out["demanded_by"] = std::move(demanded);
  if (!row.definition.empty()) out["definition"] = row.definition;
  json::Array series;
  for (const auto& one : row.series) {
    json::Object point;
    point["from"] = one.text("period_from");
    point["to"] = one.text("period_to");
    point["value"] = one.fields.contains("value") ? one.fields.at("value") : json::Value(nullptr);
    point["provenance"] = one.text("provenance");
    series.push_back(std::move(point));
  }
  out["series"] = std::move(series);
  return out;
}

void Api::add_method_routes(http::Router& router) {
  using http::Method;
  route(router, Method::get, "/method/service-types", service_types);
  route(router, Method::post, "/method/classify", classify);
  route(router, Method::get, "/method/components", components);
  route(router, Method::get, "/services/{id}/profile", profile);
  add_chain_routes(router);
  route(router, Method::get, "/services/{id}/levels", levels);
  route(router, Method::post, "/services/{id}/plan", plan,
        {.timeout = std::chrono::seconds(60), .run = http::Run::heavy});
}

}  // namespace genmei::server
