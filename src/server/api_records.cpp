// The generic routes of every kind: lists, one record, changes, workflow, history, links, comments, search.
#include <algorithm>
#include <set>

#include "base/hash.hpp"
#include "base/id.hpp"
#include "server/api.hpp"
#include "server/http/conditional.hpp"

namespace genmei::server {
namespace {

std::string tag(const record::Record& record) { return "\"" + std::to_string(record.revision) + "\""; }

http::Response with_tag(http::Response response, const record::Record& record) {
  response.header("ETag", tag(record));
  return response;
}

const json::Object& object_in(const json::Object& body, std::string_view key) {
  static const json::Object none;
  const auto* value = body.if_contains(key);
  return value != nullptr && value->is_object() ? value->get_object() : none;
}

// A misspelt member must not pass in silence.
Result<void> only(const json::Object& body, std::initializer_list<std::string_view> known) {
  Problems problems;
  for (const auto& member : body) {
    const std::string name(member.key());
    if (std::find(known.begin(), known.end(), name) == known.end())
      problems.add(problem(Failure::invalid, "record.unknown-field", "/" + name, {{"field", name}}));
  }
  if (!problems.empty()) return problems;
  return {};
}

json::Array warnings_json(const Call& call, const Problems& warnings) {
  json::Array out;
  for (const auto& one : warnings.list) {
    json::Object item;
    item["code"] = one.code;
    item["place"] = one.place;
    item["message"] = problem_text(call.workspace().messages(), call.language, one);
    out.push_back(std::move(item));
  }
  return out;
}

Result<http::Response> list(Call& call) {
  const auto* kind = call.workspace().registry().find(call.path("kind"));
  if (kind == nullptr || !call.session.access().may(kind->id, record::Action::read)) {
    return problem(Failure::not_found, "record.kind", {}, {{"value", call.path("kind")}});
  }
  GENMEI_LET(query, record::parse_query(*kind, call.workspace().registry(), call.request.query.items(),
                                        call.session.actor().person, call.workspace().today()));
  GENMEI_LET(text, call.session.list_text(query, call.language));
  auto response = http::Response::json({});
  response.body = text;
  return response;
}

Result<http::Response> get_one(Call& call) {
  const auto kind = call.path("kind");
  const auto id = call.path("id");
  GENMEI_LET(as_of, call.as_of());
  const std::string which(call.request.query.get("revision"));
  record::Record record;
  if (which.empty()) {
    GENMEI_LET(found, call.session.get(kind, id, as_of));
    record = std::move(found);
  } else {
    GENMEI_LET(current, call.session.get(kind, id));
    std::int64_t revision = current.approved_revision.value_or(0);
    if (which != "approved") revision = std::strtoll(which.c_str(), nullptr, 10);
    if (revision <= 0) return problem(Failure::not_found, "record.not-found", {}, {{"value", which}});
    GENMEI_LET(found, call.session.revision(kind, id, revision));
    record = std::move(found);
  }
  if (!as_of && which.empty()) {
    if (auto same = http::not_modified(call.request, tag(record))) return std::move(*same);
  }
  GENMEI_LET(answer, record_answer(call, record));
  return with_tag(Call::ok(answer), record);
}

// Answers a creation made before under the same Idempotency-Key, if there is one.
struct Remembered {
  std::string key, digest;
  std::optional<http::Response> answer;
};

Result<Remembered> remembered(Call& call) {
  Remembered out;
  out.key = call.request.header("Idempotency-Key");
  if (out.key.empty()) return out;
  if (out.key.size() > 200) return problem(Failure::invalid, "record.too-long", "Idempotency-Key", {{"max", "200"}});
  out.digest = hex(sha256(call.request.target, call.request.body));
  auto& engine = call.workspace().engine();
  const auto oldest = format_instant(engine.clock().now() - std::chrono::hours(24));
  std::string request;
  GENMEI_TRY(engine.database().read([&](store::Connection& connection) {
    return connection.each(
        "SELECT request, status, answer FROM idempotency WHERE org = $1 AND account = $2 AND key = $3 AND at > $4",
        {std::string_view(engine.organisation()), std::string_view(call.who.account.id), std::string_view(out.key),
         std::string_view(oldest)},
        [&](const store::Row& row) {
          request = row.text(0);
          out.answer = http::Response::json(std::string(row.text(2)), static_cast<int>(row.integer(1)));
          return false;
        });
  }));
  if (out.answer && request != out.digest) return problem(Failure::conflict, "record.idempotency", "Idempotency-Key");
  return out;
}

record::Statement remember(Call& call, const Remembered& memory, int status, const std::string& answer) {
  record::Statement out;
  auto& engine = call.workspace().engine();
  out.sql =
      "INSERT INTO idempotency(org, account, key, at, request, status, answer) VALUES($1, $2, $3, $4, $5, $6, $7) "
      "ON CONFLICT(org, account, key) DO UPDATE SET at = $4, request = $5, status = $6, answer = $7";
  out.binds.add(engine.organisation());
  out.binds.add(call.who.account.id);
  out.binds.add(memory.key);
  out.binds.add(format_instant(engine.clock().now()));
  out.binds.add(memory.digest);
  out.binds.add(std::int64_t{status});
  out.binds.add(answer);
  return out;
}

http::Response created_answer(const record::Record& record, std::string body) {
  auto response = http::Response::json(std::move(body), 201);
  response.header("Location", "/api/v1/records/" + record.kind + "/" + record.id);
  return with_tag(std::move(response), record);
}

// Creation completes from the database's thread after the grouped commit, so that no worker waits for the disk.
void create(Api& api, const http::Request& request, const http::Responder& responder) {
  auto& workspace = api.workspace();
  auto found = api.call_for(request);
  if (!found) return responder.send(http::problem_response(request, found.problems(), workspace.messages()));
  auto call = std::make_shared<Call>(std::move(*found));
  const auto refuse = [&](const Problems& problems) { responder.send(call->problem(problems)); };
  if (call->who.account.must_change) return refuse(problem(Failure::forbidden, "identity.must-change"));
  auto body = call->body();
  if (!body) return refuse(body.problems());
  if (const auto understood = only(*body, {"fields", "extra"}); !understood) return refuse(understood.problems());
  auto memory = remembered(*call);
  if (!memory) return refuse(memory.problems());
  if (memory->answer) return responder.send(std::move(*memory->answer));
  auto batch = call->session.batch();
  auto record = batch.create(call->path("kind"), object_in(*body, "fields"), object_in(*body, "extra"));
  if (!record) return refuse(record.problems());
  auto value = record->api();
  if (!batch.warnings().empty()) value.get_object()["warnings"] = warnings_json(*call, batch.warnings());
  auto text = json::write(value);
  if (!memory->key.empty()) batch.also(remember(*call, *memory, 201, text));
  batch.commit_async([call, responder, record = std::move(*record), text = std::move(text)](Result<void> outcome) {
    if (!outcome) return responder.send(call->problem(outcome.problems()));
    responder.send(created_answer(record, text));
  });
}

Result<http::Response> patch(Call& call) {
  const auto kind = call.path("kind");
  const auto id = call.path("id");
  GENMEI_LET(expected, call.if_match());
  GENMEI_LET(body, call.body());
  GENMEI_TRY(only(body, {"fields", "extra"}));
  auto batch = call.session.batch();
  auto record = batch.update(kind, id, expected, object_in(body, "fields"), object_in(body, "extra"));
  Result<void> outcome;
  if (record) {
    outcome = batch.commit();
  } else {
    outcome = record.problems();
  }
  if (!outcome) {
    if (outcome.problems().failure() != Failure::stale) return outcome.problems();
    // Both versions, and what they grew from: the form shows them side by side.
    GENMEI_LET(theirs, call.session.get(kind, id));
    std::string extra =
        "\"theirs\":" + json::write(theirs.api()) + ",\"yours\":" + json::write(json::Value(object_in(body, "fields")));
    if (expected) {
      if (const auto base = call.session.revision(kind, id, *expected))
        extra += ",\"base\":" + json::write(base->api());
    }
    return call.problem(outcome.problems(), extra);
  }
  GENMEI_LET(answer, record_answer(call, *record));
  auto value = std::move(answer);
  if (!batch.warnings().empty()) value.get_object()["warnings"] = warnings_json(call, batch.warnings());
  return with_tag(Call::ok(value), *record);
}

Result<http::Response> change_state(Call& call) {
  GENMEI_LET(expected, call.if_match(false));
  GENMEI_LET(body, call.body());
  GENMEI_TRY(only(body, {"comment", "fields"}));
  auto batch = call.session.batch();
  GENMEI_LET(record, batch.transition(call.path("kind"), call.path("id"), expected, call.path("transition"),
                                      json::text(body, "comment"), object_in(body, "fields")));
  GENMEI_TRY(batch.commit());
  GENMEI_LET(answer, record_answer(call, record));
  return with_tag(Call::ok(answer), record);
}

Result<http::Response> archive(Call& call, bool archived) {
  GENMEI_LET(expected, call.if_match(false));
  auto batch = call.session.batch();
  GENMEI_LET(record, batch.archive(call.path("kind"), call.path("id"), expected, archived));
  GENMEI_TRY(batch.commit());
  GENMEI_LET(answer, record_answer(call, record));
  return with_tag(Call::ok(answer), record);
}

Result<http::Response> bulk(Call& call) {
  constexpr std::size_t most = 1000;
  const auto kind = call.path("kind");
  GENMEI_LET(body, call.body());
  GENMEI_TRY(only(body, {"create", "update", "archive"}));
  auto batch = call.session.batch();
  json::Array items;
  Problems problems;
  std::size_t count = 0;
  const auto each = [&](std::string_view part, auto&& change) {
    const auto* list = body.if_contains(part);
    if (list == nullptr || !list->is_array()) return;
    std::size_t i = 0;
    for (const auto& item : list->get_array()) {
      const auto place = "/" + std::string(part) + "/" + std::to_string(i++);
      if (++count > most) continue;
      if (!item.is_object()) {
        problems.add(problem(Failure::invalid, "json.object", place));
        continue;
      }
      Result<record::Record> record = change(item.get_object());
      if (record) {
        items.push_back(record->api());
      } else {
        for (auto one : record.problems().list) {
          one.place = place + one.place;
          problems.add(std::move(one));
        }
      }
    }
  };
  const auto revision = [](const json::Object& item) {
    const auto value = json::integer(item, "revision", -1);
    return value < 0 ? std::optional<std::int64_t>() : std::optional(value);
  };
  each("create", [&](const json::Object& item) {
    return batch.create(kind, item.contains("fields") ? object_in(item, "fields") : item);
  });
  each("update", [&](const json::Object& item) {
    return batch.update(kind, json::text(item, "id"), revision(item), object_in(item, "fields"));
  });
  each("archive",
       [&](const json::Object& item) { return batch.archive(kind, json::text(item, "id"), revision(item), true); });
  if (count > most) return problem(Failure::too_large, "record.too-many", {}, {{"max", std::to_string(most)}});
  if (!problems.empty()) return problems;
  GENMEI_TRY(batch.commit());
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

Result<http::Response> history(Call& call) {
  const auto kind_id = call.path("kind");
  const auto id = call.path("id");
  const std::int64_t before = std::strtoll(std::string(call.request.query.get("cursor")).c_str(), nullptr, 10);
  constexpr int page = 50;
  GENMEI_LET(revisions, call.session.history(kind_id, id, before, page + 1));
  json::Array items;
  std::vector<record::Record> bodies;
  for (const auto& revision : revisions) {
    auto body = record::from_body(revision.body);
    bodies.push_back(body ? std::move(*body) : record::Record{});
  }
  GENMEI_LET(labels, call.session.labels(bodies, call.language));
  std::map<std::string, std::int64_t> indexes;
  GENMEI_TRY(call.workspace().database().read([&](store::Connection& connection) -> Result<void> {
    for (const auto& revision : revisions) {
      GENMEI_TRY(connection.each("SELECT idx FROM ledger_entry WHERE org = $1 AND id = $2",
                                 {std::string_view(call.workspace().organisation()), std::string_view(revision.entry)},
                                 [&](const store::Row& row) {
                                   indexes[revision.entry] = row.integer(0);
                                   return false;
                                 }));
    }
    return {};
  }));
  const auto shown = std::min<std::size_t>(revisions.size(), page);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& revision = revisions[i];
    json::Object item;
    item["revision"] = revision.revision;
    item["at"] = revision.at;
    json::Object actor;
    actor["id"] = revision.actor;
    actor["name"] = call.workspace().engine().actor_name(revision.actor);
    item["actor"] = std::move(actor);
    item["action"] = revision.action;
    if (!revision.comment.empty()) item["comment"] = revision.comment;
    item["digest"] = revision.digest;
    item["state"] = bodies[i].state;
    if (const auto found = indexes.find(revision.entry); found != indexes.end()) {
      json::Object ledger;
      ledger["index"] = found->second;
      item["ledger"] = std::move(ledger);
    }
    json::Array changes;
    const json::Object none;
    const bool known = i + 1 < revisions.size();
    for (auto& change : record::differences(known ? bodies[i + 1].fields : none, bodies[i].fields)) {
      json::Object one;
      one["field"] = change.field;
      one["before"] = std::move(change.before);
      one["after"] = std::move(change.after);
      changes.push_back(std::move(one));
    }
    if (known && bodies[i + 1].state != bodies[i].state) {
      json::Object one;
      one["field"] = "state";
      one["before"] = bodies[i + 1].state;
      one["after"] = bodies[i].state;
      changes.push_back(std::move(one));
    }
    item["changes"] = std::move(changes);
    items.push_back(std::move(item));
  }
  json::Object out;
  out["revisions"] = std::move(items);
  out["labels"] = labels_json(labels);
  if (revisions.size() > shown) {
    out["next"] = std::to_string(revisions[shown - 1].revision);
  } else {
    out["next"] = nullptr;
  }
  return Call::ok(out);
}

Result<http::Response> links(Call& call) {
  GENMEI_LET(links, call.session.links(call.path("kind"), call.path("id")));
  const auto side = [](const std::vector<record::Linked>& list) {
    json::Array out;
    for (const auto& linked : list) {
      json::Object one;
      one["kind"] = linked.kind;
      one["field"] = linked.field;
      one["total"] = linked.total;
      json::Array items;
      for (const auto& item : linked.items) {
        json::Object entry;
        entry["id"] = item.id;
        entry["label"] = item.label;
        entry["number"] = item.number;
        entry["state"] = item.state;
        items.push_back(std::move(entry));
      }
      one["items"] = std::move(items);
      out.push_back(std::move(one));
    }
    return out;
  };
  json::Object out;
  out["out"] = side(links.out);
  out["in"] = side(links.in);
  return Call::ok(out);
}

Result<http::Response> comments(Call& call) {
  const auto kind = call.path("kind");
  const auto id = call.path("id");
  GENMEI_TRY(call.session.get(kind, id));  // whoever may see the record may see what is said about it
  if (call.request.method == http::Method::post) {
    GENMEI_LET(body, call.body());
    json::Object fields;
    fields["on_kind"] = kind;
    fields["on_id"] = id;
    fields["text"] = body.contains("text") ? body.at("text") : json::Value(nullptr);
    auto batch = call.session.batch();
    GENMEI_LET(record, batch.create("comment", fields));
    GENMEI_TRY(batch.commit());
    return created_answer(record, json::write(record.api()));
  }
  GENMEI_LET(items, call.session.as_product().all("comment", {{"on_kind", record::Filter::Op::eq, {kind}},
                                                              {"on_id", record::Filter::Op::eq, {id}}}));
  json::Array out;
  for (const auto& item : items) {
    auto value = item.api();
    value.get_object()["author"] = call.workspace().engine().actor_name(item.created_by);
    out.push_back(std::move(value));
  }
  json::Object answer;
  answer["items"] = std::move(out);
  return Call::ok(answer);
}

Result<http::Response> kinds(Call& call) {
  json::Object out;
  json::Array list;
  for (const auto& kind : call.workspace().registry().kinds()) {
    if (call.session.access().may(kind.id, record::Action::read))
      list.push_back(kind_json(kind, call.session.access()));
  }
  out["kinds"] = std::move(list);
  json::Array groups;
  for (const auto& [id, title] : call.workspace().registry().groups()) {
    json::Object group;
    group["id"] = id;
    group["title"] = bilingual_json(title);
    groups.push_back(std::move(group));
  }
  out["groups"] = std::move(groups);
  json::Array roles;
  for (const auto& role : call.workspace().roles().all()) {
    json::Object item;
    item["id"] = role.id;
    item["title"] = bilingual_json(role.title);
    roles.push_back(std::move(item));
  }
  out["roles"] = std::move(roles);
  return Call::ok(out);
}

Result<http::Response> search(Call& call) {
  const auto text = call.request.query.get("q");
  if (text.size() > 200) return problem(Failure::invalid, "record.too-long", "?q", {{"max", "200"}});
  json::Array items;
  if (!trim(text).empty()) {
    GENMEI_LET(hits, call.session.search(text, 20));
    for (const auto& hit : hits) {
      json::Object item;
      item["type"] = "record";
      item["kind"] = hit.kind;
      item["id"] = hit.id;
      item["label"] = hit.label;
      item["number"] = hit.number;
      item["state"] = hit.state;
      item["path"] = "/records/" + hit.kind + "/" + hit.id;
      items.push_back(std::move(item));
    }
    const auto library = call.workspace().catalogues().library;
    for (const auto& hit : library->search(text, 8)) {
      const auto& entry = library->entry(hit.index);
      json::Object item;
      item["type"] = "standard-item";
      item["id"] = entry.key;
      item["label"] = standard::label(*entry.item, call.language);
      item["number"] = entry.reference;
      item["path"] = "/standards/" + entry.key;
      items.push_back(std::move(item));
    }
  }
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

}  // namespace

Result<json::Value> record_answer(Call& call, const record::Record& record) {
  const auto* kind = call.workspace().registry().find(record.kind);
  json::Object out;
  out["record"] = record.api();
  GENMEI_LET(labels, call.session.labels({record}, call.language));
  out["labels"] = labels_json(labels);
  GENMEI_LET(actions, call.session.actions(record));
  json::Array list;
  for (const auto& action : actions) {
    json::Object item;
    item["transition"] = action.transition;
    item["allowed"] = action.allowed;
    if (!action.allowed) item["reason"] = problem_text(call.workspace().messages(), call.language, action.reason);
    list.push_back(std::move(item));
  }
  out["actions"] = std::move(list);
  const auto& access = call.session.access();
  json::Object may;
  const auto covered = [&](record::Action action) {
    return access.covers(access.reach(record.kind, action), record.text("class"), record.text("owner"),
                         record.created_by, record.text("org_unit"), record.id);
  };
  const auto* state = kind->workflow.state(record.state);
  const bool closed = record.archived || (state != nullptr && state->final);
  may["update"] = covered(record::Action::update) && !closed;
  may["archive"] = covered(record::Action::archive);
  may["comment"] = access.may("comment", record::Action::create);
  out["may"] = std::move(may);
  out["created_by_name"] = call.workspace().engine().actor_name(record.created_by);
  out["updated_by_name"] = call.workspace().engine().actor_name(record.updated_by);
  return json::Value(std::move(out));
}

void Api::add_record_routes(http::Router& router) {
  using http::Method;
  route(router, Method::get, "/kinds", kinds);
  route(router, Method::get, "/records/{kind}", list);
  router.add_async(
      Method::post, "/api/v1/records/{kind}",
      [this](const http::Request& request, const http::Responder& responder) { create(*this, request, responder); });
  route(router, Method::post, "/records/{kind}/bulk", bulk, {.max_body = 16U << 20U});
  route(router, Method::get, "/records/{kind}/{id}", get_one);
  route(router, Method::patch, "/records/{kind}/{id}", patch);
  route(router, Method::post, "/records/{kind}/{id}/transitions/{transition}", change_state);
  route(router, Method::post, "/records/{kind}/{id}/archive", [](Call& call) { return archive(call, true); });
  route(router, Method::post, "/records/{kind}/{id}/restore", [](Call& call) { return archive(call, false); });
  route(router, Method::get, "/records/{kind}/{id}/history", history);
  route(router, Method::get, "/records/{kind}/{id}/links", links);
  route(router, Method::get, "/records/{kind}/{id}/comments", comments);
  route(router, Method::post, "/records/{kind}/{id}/comments", comments);
  route(router, Method::get, "/search", search);
}

}  // namespace genmei::server
