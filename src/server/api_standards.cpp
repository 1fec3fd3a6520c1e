// Standards over HTTP: trees, items with mappings and official wording, company values, import.
#include <algorithm>

#include "base/sheet.hpp"
#include "operate/official.hpp"
#include "operate/overview.hpp"
#include "server/api.hpp"
#include "server/http/multipart.hpp"
#include "standard/import.hpp"

namespace genmei::server {
namespace {

using record::Filter;
using standard::Index;

json::Object counts_json(const standard::Counts& counts) {
  json::Object out;
  out["chapter"] = counts.chapters;
  out["section"] = counts.sections;
  out["control"] = counts.controls;
  out["detail"] = counts.details;
  out["clause"] = counts.clauses;
  out["item"] = counts.items;
  out["best_practice"] = counts.best_practices;
  out["evaluation_item"] = counts.evaluation_items;
  out["rule"] = counts.rules;
  return out;
}

Result<http::Response> standards(Call& call) {
  const auto library = call.workspace().catalogues().library;
  GENMEI_LET(wording, operate::official_counts(call.workspace()));
  GENMEI_LET(assessments, call.session.as_product().all("assessment", {{"state", Filter::Op::ne, {"closed"}}}));
  json::Array items;
  for (const auto& catalogue : library->catalogues()) {
    json::Object item;
    item["id"] = catalogue->id;
    item["version"] = catalogue->version;
    item["title"] = bilingual_json(catalogue->title);
    item["short_title"] = bilingual_json(catalogue->short_title);
    item["publisher"] = bilingual_json(catalogue->publisher);
    item["licence"] = bilingual_json(catalogue->licence);
    item["own"] = catalogue->own;
    item["chosen"] = std::any_of(assessments.begin(), assessments.end(),
                                 [&](const auto& a) { return a.text("standard") == catalogue->id; });
    json::Array parts;
    std::int64_t total = 0;
    for (const auto& part : catalogue->parts) {
      json::Object one;
      one["id"] = part.id;
      one["title"] = bilingual_json(part.title);
      one["counts"] = counts_json(library->counts(catalogue->id, part.id));
      one["optional"] = part.optional;
      one["complete"] = part.complete;
      one["items"] = part.items.size();
      total += static_cast<std::int64_t>(part.items.size());
      parts.push_back(std::move(one));
    }
    item["parts"] = std::move(parts);
    json::Object official;
    const auto found = wording.find(catalogue->id);
    official["imported"] = found == wording.end() ? std::int64_t{0} : found->second;
    official["total"] = total;
    item["official_wording"] = std::move(official);
    items.push_back(std::move(item));
  }
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

std::string state_of(const record::Record& row) {
  if (!json::boolean(row.fields, "applicable", true)) return "excluded";
  const auto status = row.text("status");
  if (json::boolean(row.fields, "stale")) return "stale";
  if (status == "implemented" || status == "verified") return "met";
  if (status == "partly") return "partly";
  if (status == "not-started" || status == "planned") return "not";
  return "none";
}

Result<http::Response> tree(Call& call) {
  const auto library = call.workspace().catalogues().library;
  const auto id = call.path("id");
  const auto* catalogue = library->catalogue(id);
  if (catalogue == nullptr) return problem(Failure::not_found, "standard.unknown", {}, {{"value", id}});
  GENMEI_LET(assessments, call.session.all("assessment", {{"standard", Filter::Op::eq, {id}},
                                                          {"state", Filter::Op::ne, {"closed"}}}));
  std::map<std::string, std::string> states;
  for (const auto& assessment : assessments) {
    GENMEI_LET(rows, call.session.all("requirement", {{"assessment", Filter::Op::eq, {assessment.id}}}));
    for (const auto& row : rows) states[row.text("item")] = state_of(row);
  }
  json::Array nodes;
  for (const Index index : library->items(id, call.request.query.get("part"))) {
    const auto& entry = library->entry(index);
    const auto kind = entry.item->kind;
    if (kind == standard::Kind::detail || kind == standard::Kind::best_practice) continue;
    json::Object node;
    node["key"] = entry.key;
    node["ref"] = entry.reference;
    if (entry.parent) {
      node["parent"] = library->entry(*entry.parent).key;
    } else {
      node["parent"] = nullptr;
    }
    node["part"] = entry.part->id;
    node["kind"] = standard::code(kind);
    node["title"] =
        bilingual_json({standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)});
    node["basic"] = entry.item->basic;
    const auto found = states.find(entry.key);
    node["state"] = found == states.end() ? "" : found->second;
    node["children"] = library->children(index).size();
    nodes.push_back(std::move(node));
  }
  json::Object out;
  out["nodes"] = std::move(nodes);
  return Call::ok(out);
}

json::Value coded(const standard::Library& library, std::string_view area, const std::string& code) {
  json::Object out;
  out["id"] = code;
  const auto* label = library.label(area, code);
  out["title"] = bilingual_json(label != nullptr ? *label : Bilingual{code, code});
  return out;
}

json::Array rules_json(Call& call, const standard::Library& library, const standard::Entry& entry,
                       const std::unordered_map<std::string, std::string>& values) {
  json::Array out;
  for (const auto& rule : entry.item->rules) {
    json::Object item;
    item["id"] = rule.id;
    item["actor"] = rule.actor;
    const auto* role = call.workspace().roles().find(rule.actor);
    const auto actor = std::find_if(entry.catalogue->actors.begin(), entry.catalogue->actors.end(),
                                    [&](const auto& a) { return a.id == rule.actor; });
    if (role != nullptr) item["actor_title"] = bilingual_json(role->title);
    if (role == nullptr && actor != entry.catalogue->actors.end()) item["actor_title"] = bilingual_json(actor->text);
    item["text"] = bilingual_json({library.rule_text(*entry.catalogue, rule, Language::ja, values),
                                   library.rule_text(*entry.catalogue, rule, Language::en, values)});
    item["added"] = rule.added;
    json::Array parameters;
    for (const auto& id : rule.parameters) {
      const auto* parameter = entry.catalogue->parameter(id);
      if (parameter == nullptr) continue;
      json::Object one;
      one["id"] = id;
      one["label"] = bilingual_json(parameter->label);
      const auto set = values.find(id);
      const std::string value = set == values.end() ? std::string() : set->second;
      one["default"] = bilingual_json({standard::render_parameter(*entry.catalogue, *parameter, Language::ja),
                                       standard::render_parameter(*entry.catalogue, *parameter, Language::en)});
      one["text"] = bilingual_json({standard::render_parameter(*entry.catalogue, *parameter, Language::ja, value),
                                    standard::render_parameter(*entry.catalogue, *parameter, Language::en, value)});
      one["value"] = value.empty()
                         ? (parameter->type == standard::Parameter::Type::enumeration ||
                                    parameter->type == standard::Parameter::Type::boolean
                                ? parameter->choice
                            : parameter->type == standard::Parameter::Type::text ? parameter->text.ja
                                                                                 : std::to_string(parameter->number))
                         : value;
      one["changed"] = !value.empty();
      one["unit"] = parameter->unit;
      one["stricter"] = parameter->stricter;
      one["source"] = parameter->source;
      one["min"] = parameter->minimum;
      one["max"] = parameter->maximum;
      json::Array choices;
      for (const auto& choice : parameter->choices) {
        json::Object c;
        c["id"] = choice.id;
        c["title"] = bilingual_json(choice.text);
        choices.push_back(std::move(c));
      }
      one["choices"] = std::move(choices);
      parameters.push_back(std::move(one));
    }
    item["parameters"] = std::move(parameters);
    out.push_back(std::move(item));
  }
  return out;
}

Result<http::Response> item(Call& call) {
  const auto catalogues = call.workspace().catalogues();
  const auto& library = *catalogues.library;
  const auto index = library.find(call.path("standard"), call.path("part"), call.path("item"));
  if (!index) {
    return problem(Failure::not_found, "standard.unknown-item", {},
                   {{"value", call.path("standard") + "/" + call.path("part") + "/" + call.path("item")}});
  }
  const auto& entry = library.entry(*index);
  const auto& one = *entry.item;
  json::Object out;
  out["key"] = entry.key;
  out["ref"] = entry.reference;
  out["standard"] = entry.catalogue->id;
  out["part"] = entry.part->id;
  out["kind"] = standard::code(one.kind);
  out["title"] = bilingual_json({standard::label(one, Language::ja), standard::label(one, Language::en)});
  out["statement"] = bilingual_json(one.statement);
  out["question"] = bilingual_json(one.question);
  out["objective"] = bilingual_json(one.objective);
  out["note"] = bilingual_json(one.note);
  out["basic"] = one.basic;
  if (!one.nature.empty()) out["nature"] = coded(library, "nature", one.nature);
  if (!one.cycle.empty()) out["cycle"] = coded(library, "cycle", one.cycle);
  json::Array evidence;
  for (const auto& code : one.evidence) evidence.push_back(coded(library, "evidence", code));
  out["evidence"] = std::move(evidence);
  json::Array customer;
  for (const auto& code : one.customer) customer.push_back(coded(library, "customer", code));
  out["customer"] = std::move(customer);
  GENMEI_LET(values, operate::parameter_values(call.workspace()));
  out["rules"] = rules_json(call, library, entry, values);
  if (entry.parent) {
    json::Object parent;
    const auto& above = library.entry(*entry.parent);
    parent["key"] = above.key;
    parent["ref"] = above.reference;
    parent["title"] =
        bilingual_json({standard::label(*above.item, Language::ja), standard::label(*above.item, Language::en)});
    out["parent"] = std::move(parent);
  }
  json::Array details;
  for (const auto child : library.children(*index)) {
    const auto& below = library.entry(child);
    json::Object detail;
    detail["key"] = below.key;
    detail["id"] = below.reference;
    detail["kind"] = standard::code(below.item->kind);
    detail["text"] = bilingual_json(below.item->statement.ja.empty() ? below.item->title : below.item->statement);
    detail["title"] = bilingual_json(below.item->title);
    if (!below.item->nature.empty()) detail["nature"] = coded(library, "nature", below.item->nature);
    if (!below.item->cycle.empty()) detail["cycle"] = coded(library, "cycle", below.item->cycle);
    details.push_back(std::move(detail));
  }
  out["details"] = std::move(details);
  if (one.evaluation >= 0) {
    const auto& evaluation = entry.part->evaluations[static_cast<std::size_t>(one.evaluation)];
    json::Array patterns;
    for (int pattern = 1; pattern <= 6; ++pattern)
      patterns.emplace_back(method::to_text(method::level_for(evaluation, pattern), library, call.language));
    out["reference_values"] = std::move(patterns);
  }
  GENMEI_LET(official, operate::official_wording(call.workspace(), entry.key));
  if (official.empty()) {
    out["official"] = nullptr;
  } else {
    out["official"] = official;
  }
  json::Array mappings;
  for (const auto& link : library.links(*index)) {
    const auto& other = library.entry(link.other);
    json::Object mapping;
    mapping["key"] = other.key;
    mapping["ref"] = other.reference;
    mapping["standard"] = other.catalogue->id;
    mapping["title"] =
        bilingual_json({standard::label(*other.item, Language::ja), standard::label(*other.item, Language::en)});
    mapping["relation"] = standard::code(link.relation);
    mapping["strength"] = link.strength;
    mapping["direction"] = link.outgoing ? "out" : "in";
    mapping["status"] = link.status;
    mapping["note"] = link.note == nullptr ? json::Value(nullptr) : json::Value(bilingual_json(*link.note));
    mappings.push_back(std::move(mapping));
  }
  out["mappings"] = std::move(mappings);
  json::Array threats;
  for (const auto& counter : catalogues.knowledge->countermeasures) {
    if (counter.item != *index) continue;
    json::Object threat;
    threat["id"] = catalogues.knowledge->threats[counter.threat].id;
    threat["title"] = bilingual_json(catalogues.knowledge->threats[counter.threat].name);
    threat["how"] = standard::code(counter.how);
    threats.push_back(std::move(threat));
  }
  out["threats"] = std::move(threats);
  GENMEI_LET(rows, call.session.all("requirement", {{"item", Filter::Op::eq, {entry.key}}}));
  json::Array requirements;
  for (const auto& row : rows) {
    auto value = row.api();
    value.get_object()["judgement"] = state_of(row);
    requirements.push_back(std::move(value));
  }
  out["requirements"] = std::move(requirements);
  GENMEI_LET(labels, call.session.labels(rows, call.language));
  out["labels"] = labels_json(labels);
  return Call::ok(out);
}

Result<http::Response> import(Call& call) {
  GENMEI_TRY(call.need("@standards", record::Action::update));
  GENMEI_LET(parts, http::parse_multipart(call.request));
  const bool apply = call.request.query.get("mode") == "apply";
  for (const auto& part : parts) {
    if (part.name != "file") continue;
    json::Object out;
    if (part.file_name.ends_with(".yaml") || part.file_name.ends_with(".yml") || part.file_name.ends_with(".xlsx")) {
      GENMEI_LET(added, operate::import_own_standard(call.workspace(), part.bytes, part.file_name, apply));
      out["document"] = added.title;
      out["placed"] = added.items;
      if (apply) GENMEI_TRY(call.workspace().engine().note(call.session.actor(), "standard-add", "standard", added.id));
      return Call::ok(out);
    }
    GENMEI_LET(result, operate::import_official(call.workspace(), part.bytes, apply));
    out["document"] = result.document;
    out["placed"] = result.placed;
    json::Array unplaced;
    for (const auto& [place, text] : result.unplaced) {
      json::Object line;
      line["line"] = place;
      line["text"] = text;
      unplaced.push_back(std::move(line));
    }
    out["unplaced"] = std::move(unplaced);
    json::Array warnings;
    for (const auto& warning : result.warnings.list)
      warnings.emplace_back(problem_text(call.workspace().messages(), call.language, warning));
    out["warnings"] = std::move(warnings);
    if (apply)
      GENMEI_TRY(call.workspace().engine().note(call.session.actor(), "standard-import", "standard", result.document));
    return Call::ok(out);
  }
  return problem(Failure::invalid, "record.file", "file");
}

Result<http::Response> set_parameter(Call& call) {
  GENMEI_TRY(call.need("@standards", record::Action::update));
  GENMEI_LET(body, call.body());
  const auto id = call.path("id");
  if (trim(json::text(body, "reason")).empty())
    return problem(Failure::invalid, "record.required", "/reason", {{"field", "理由"}, {"field_en", "Reason"}});
  const auto* value = body.if_contains("value");
  std::string text;
  if (value != nullptr && value->is_string()) text = std::string(value->get_string());
  if (value != nullptr && !value->is_string() && !value->is_null()) text = json::write(*value);
  GENMEI_TRY(operate::set_parameter(call.workspace(), id, text));
  GENMEI_TRY(call.workspace().engine().note(call.session.actor(), "parameter:" + id + "=" + text.substr(0, 100),
                                            "parameter", id));
  return http::Response::empty();
}

}  // namespace

void Api::add_standard_routes(http::Router& router) {
  using http::Method;
  const http::RouteOptions import_options{
      .max_body = 64U << 20U, .timeout = std::chrono::minutes(2), .run = http::Run::heavy};
  route(router, Method::get, "/standards", standards);
  route(router, Method::post, "/standards/import", import, import_options);
  route(router, Method::get, "/standards/{id}/tree", tree);
  route(router, Method::get, "/items/{standard}/{part}/{item}", item);
  route(router, Method::put, "/parameters/{id}", set_parameter);
}

}  // namespace genmei::server
