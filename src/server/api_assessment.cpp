// Assessing over HTTP: the grid, editions, differences, proposals of mappings.
#include <set>

#include "operate/assessment.hpp"
#include "server/api.hpp"

namespace genmei::server {
namespace {

json::Object edition_json(const record::Record& edition) {
  json::Object out;
  out["id"] = edition.id;
  out["kind"] = edition.kind;
  out["number"] = edition.number;
  out["edition"] = json::integer(edition.fields, "edition");
  out["state"] = edition.state;
  out["effective_on"] = edition.text("effective_on");
  out["at"] = edition.updated_at;
  out["revision"] = edition.revision;
  return out;
}

// Why a control was chosen: the threats, the law, the standard itself; as short labels.
json::Array reasons(const record::Record& row, const standard::Library& library, const method::Knowledge& knowledge,
                    standard::Index item, Language language) {
  json::Array out;
  const auto add = [&](const char* kind, const std::string& label) {
    json::Object reason;
    reason["kind"] = kind;
    reason["label"] = label;
    out.push_back(std::move(reason));
  };
  if (row.list("services").empty()) return out;
  std::set<std::uint16_t> threats;
  for (const auto& counter : knowledge.countermeasures) {
    if (counter.item == item) threats.insert(counter.threat);
  }
  const auto count = std::to_string(threats.size());
  if (!threats.empty()) add("threat", language == Language::ja ? "脅威" + count : count + " threats");
  if (row.text("source_kind") == "pattern") add("pattern", language == Language::ja ? "パターン" : "Pattern");
  if (threats.empty() && row.text("source_kind") != "pattern") {
    add("standard", library.entry(item).catalogue->short_title.in(language));
  }
  return out;
}

Result<http::Response> grid(Call& call) {
  GENMEI_LET(as_of, call.as_of());
  const auto catalogues = call.workspace().catalogues();
  const auto& library = *catalogues.library;
  GENMEI_LET(grid, operate::grid(call.workspace(), call.session, call.path("id"), as_of));
  std::vector<record::Record> records{grid.assessment};
  json::Array rows;
  for (const auto& row : grid.rows) {
    const auto& entry = library.entry(row.item);
    records.push_back(row.record);
    json::Object line;
    auto record = row.record.api();
    record.get_object()["fields"].as_object().erase("trace");
    line["record"] = std::move(record);
    line["key"] = entry.key;
    line["ref"] = entry.reference;
    line["title"] =
        bilingual_json({standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)});
    json::Object group;
    group["id"] = row.group;
    if (entry.parent) {
      const auto& heading = library.entry(*entry.parent);
      group["ref"] = heading.reference;
      group["title"] =
          bilingual_json({standard::label(*heading.item, Language::ja), standard::label(*heading.item, Language::en)});
    }
    line["group"] = std::move(group);
    line["reasons"] = reasons(row.record, library, *catalogues.knowledge, row.item, call.language);
    if (row.evidence_age) {
      line["evidence_age_days"] = *row.evidence_age;
    } else {
      line["evidence_age_days"] = nullptr;
    }
    line["stale"] = json::boolean(row.record.fields, "stale");
    json::Array mapped;
    for (std::size_t i = 0; i < std::min<std::size_t>(8, row.mapped.size()); ++i) {
      const auto& other = library.entry(row.mapped[i].other);
      json::Object one;
      one["key"] = other.key;
      one["ref"] = other.reference;
      one["strength"] = row.mapped[i].strength;
      mapped.push_back(std::move(one));
    }
    line["mapped"] = std::move(mapped);
    line["mapped_total"] = row.mapped.size();
    rows.push_back(std::move(line));
  }
  json::Object out;
  out["assessment"] = grid.assessment.api();
  out["rows"] = std::move(rows);
  json::Object totals;
  for (const auto& [status, count] : grid.totals) totals[status] = count;
  out["totals"] = std::move(totals);
  if (grid.approved) {
    auto approved = edition_json(*grid.approved);
    approved["differences"] = grid.differences;
    out["approved"] = std::move(approved);
  } else {
    out["approved"] = nullptr;
  }
  json::Array editions;
  for (const auto* kind : {"statement-of-applicability", "tailored-criteria"}) {
    if (!call.session.access().may(kind, record::Action::read)) continue;
    record::Query query;
    query.kind = kind;
    query.filters.push_back({"assessment", record::Filter::Op::eq, {grid.assessment.id}});
    query.sort = {"-edition"};
    query.fields = {"edition"};
    GENMEI_LET(page, call.session.list(query));
    for (const auto& one : page.items) editions.push_back(edition_json(one));
  }
  out["editions"] = std::move(editions);
  GENMEI_LET(labels, call.session.labels(records, call.language));
  out["labels"] = labels_json(labels);
  return Call::ok(out);
}

Result<http::Response> freeze(Call& call) {
  GENMEI_LET(body, call.body());
  json::Object fields;
  if (const auto* given = body.if_contains("fields"); given != nullptr && given->is_object())
    fields = given->get_object();
  GENMEI_LET(assessment, call.session.get("assessment", call.path("id")));
  auto batch = call.session.batch();
  GENMEI_LET(edition, operate::freeze(call.workspace(), call.session, batch, assessment, fields));
  GENMEI_TRY(batch.commit());
  GENMEI_LET(answer, record_answer(call, edition));
  auto response = Call::ok(answer, 201);
  response.header("Location", "/api/v1/records/" + edition.kind + "/" + edition.id);
  return response;
}

Result<http::Response> differences(Call& call) {
  const auto library = call.workspace().catalogues().library;
  GENMEI_LET(assessment, call.session.get("assessment", call.path("id")));
  std::optional<record::Record> edition;
  const std::string id(call.request.query.get("edition"));
  if (id.empty()) {
    GENMEI_LET(approved, operate::approved_edition(call.session, assessment));
    edition = approved;
  } else {
    auto found = call.session.get("statement-of-applicability", id);
    if (!found) found = call.session.get("tailored-criteria", id);
    if (!found) return found.problems();
    edition = *found;
  }
  json::Object out;
  json::Array items;
  std::vector<record::Record> shown;
  if (edition) {
    GENMEI_LET(changes, operate::differences(call.session, assessment, *edition));
    for (const auto& one : changes) {
      json::Object item;
      item["item"] = one.item;
      if (const auto index = library->find(one.item)) {
        const auto& entry = library->entry(*index);
        item["ref"] = entry.reference;
        item["title"] =
            bilingual_json({standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)});
      }
      json::Array list;
      for (const auto& change : one.changes) {
        json::Object field;
        field["field"] = change.field;
        field["before"] = change.before;
        field["after"] = change.after;
        list.push_back(std::move(field));
        for (const auto* value : {&change.before, &change.after}) {
          if (value->is_null()) continue;
          record::Record holder;
          holder.kind = "requirement";
          holder.fields[change.field] = *value;
          shown.push_back(std::move(holder));
        }
      }
      item["changes"] = std::move(list);
      items.push_back(std::move(item));
    }
    out["edition"] = edition_json(*edition);
  } else {
    out["edition"] = nullptr;
  }
  out["items"] = std::move(items);
  GENMEI_LET(labels, call.session.labels(shown, call.language));
  out["labels"] = labels_json(labels);
  return Call::ok(out);
}

Result<http::Response> proposals(Call& call) {
  const auto library = call.workspace().catalogues().library;
  GENMEI_LET(list, operate::proposals(call.workspace(), call.session, call.path("id")));
  json::Array items;
  for (const auto& one : list) {
    json::Object item;
    item["requirement"] = one.requirement;
    item["safeguard"] = one.safeguard;
    item["label"] = one.label;
    json::Object via;
    via["key"] = one.via;
    if (const auto index = library->find(one.via)) via["ref"] = library->entry(*index).reference;
    via["strength"] = one.strength;
    item["via"] = std::move(via);
    items.push_back(std::move(item));
  }
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

// A mapping proposes, a person confirms: what is accepted carries the person's name in history.
Result<http::Response> accept(Call& call) {
  GENMEI_LET(body, call.body());
  const auto* list = body.if_contains("accept");
  if (list == nullptr || !list->is_array())
    return problem(Failure::invalid, "record.required", "/accept", {{"field", "accept"}});
  std::map<std::string, std::vector<std::string>> by_row;
  for (const auto& one : list->get_array()) {
    if (!one.is_object()) return problem(Failure::invalid, "json.object", "/accept");
    by_row[std::string(json::text(one.get_object(), "requirement"))].emplace_back(
        json::text(one.get_object(), "safeguard"));
  }
  auto batch = call.session.batch();
  for (const auto& [id, safeguards] : by_row) {
    GENMEI_LET(row, call.session.get("requirement", id));
    if (row.text("assessment") != call.path("id"))
      return problem(Failure::invalid, "record.reference", "/accept", {{"value", id}});
    auto held = row.list("safeguards");
    held.insert(held.end(), safeguards.begin(), safeguards.end());
    json::Array values;
    for (const auto& one : held) values.emplace_back(one);
    json::Object fields;
    fields["safeguards"] = std::move(values);
    fields["provenance"] = "confirmed";
    GENMEI_TRY(batch.update("requirement", id, row.revision, fields));
  }
  GENMEI_TRY(batch.commit());
  json::Object out;
  out["accepted"] = list->get_array().size();
  return Call::ok(out);
}

Result<http::Response> refill(Call& call) {
  GENMEI_LET(assessment, call.session.get("assessment", call.path("id")));
  GENMEI_TRY(call.need("assessment", record::Action::update));
  auto batch = call.session.batch();
  GENMEI_LET(filled, operate::fill_assessment(call.workspace(), call.session, batch, assessment));
  GENMEI_TRY(batch.commit());
  json::Object out;
  out["created"] = filled.created;
  out["updated"] = filled.updated;
  return Call::ok(out);
}

}  // namespace

void Api::add_assessment_routes(http::Router& router) {
  using http::Method;
  route(router, Method::get, "/assessments/{id}/grid", grid);
  route(router, Method::post, "/assessments/{id}/freeze", freeze);
  route(router, Method::post, "/assessments/{id}/fill", refill,
        {.timeout = std::chrono::seconds(60), .run = http::Run::heavy});
  route(router, Method::get, "/assessments/{id}/differences", differences);
  route(router, Method::get, "/assessments/{id}/proposals", proposals);
  route(router, Method::post, "/assessments/{id}/proposals", accept);
}

}  // namespace genmei::server
