#include "record/writer.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "base/id.hpp"
#include "record/schema.hpp"

namespace genmei::record {
namespace {

Owned column_value(const Field& field, const json::Object& fields) {
  const auto* value = fields.if_contains(field.name);
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) return std::string(value->get_string());
  if (value->is_bool()) return value->get_bool();
  if (value->is_int64()) return value->get_int64();
  if (value->is_double()) return value->get_double();
  return json::write(*value);
}

// What the folded search finds a record by.
std::string search_text(const Kind& kind, const Record& record) {
  constexpr std::size_t most = 4000;
  std::string text = record.number;
  for (const auto& field : kind.fields) {
    if (field.type != FieldType::text && field.type != FieldType::longtext && field.type != FieldType::email &&
        field.type != FieldType::url)
      continue;
    const auto part = json::text(record.fields, field.name);
    if (part.empty()) continue;
    text += '\n';
    text += part.substr(0, 1000);
    if (text.size() > most) break;
  }
  return fold(text);
}

std::string tally_key(const std::vector<std::string>& names, const Record& record) {
  json::Array key;
  for (const auto& name : names) {
    if (name == "state") {
      key.emplace_back(record.state);
    } else if (const auto* value = record.fields.if_contains(name); value != nullptr) {
      key.push_back(*value);
    } else {
      key.emplace_back(nullptr);
    }
  }
  return json::write(key);
}

bool holds_role(const Actor& actor, const std::string& name, const Record& record) {
  if (actor.roles.contains(name)) return true;
  if (name == "system") return actor.system;
  if (name == "author") return record.created_by == actor.account || record.updated_by == actor.account;
  if (actor.person.empty()) return false;
  static constexpr std::string_view relations[] = {"owner",  "assignee", "requester", "subject",
                                                   "holder", "deputy",   "judge",     "responsible"};
  for (const auto relation : relations) {
    if (name == relation && record.text(relation) == actor.person) return true;
  }
  return false;
}

// Did the step between two revisions change what people write?
bool wrote(const Kind& kind, std::string_view before, std::string_view after) {
  const auto was = from_body(before);
  const auto now = from_body(after);
  if (!was || !now) return false;  // erased by the retention procedure
  const auto changes = differences(was->fields, now->fields);
  return std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
    const auto* field = kind.field(change.field);
    return field != nullptr && !field->readonly;
  });
}

// Why a relation to the record keeps the actor from deciding on it, as the clause of a sentence.
Bilingual why_not(std::string_view relation) {
  if (relation == "author") return {"この版はあなたが書いた", "you wrote this revision"};
  if (relation == "owner") return {"この記録の責任者はあなたである", "you own this record"};
  if (relation == "requester") return {"これを申し出たのはあなたである", "you asked for it"};
  return {"あなた自身にかかわる記録である", "the record is about yourself"};
}

}  // namespace

Result<void> may_transition(Session& session, const Kind& kind, const Record& record, const Transition& transition) {
  const auto& actor = session.actor();
  if (record.archived) return problem(Failure::conflict, "record.archived");
  if (std::find(transition.from.begin(), transition.from.end(), record.state) == transition.from.end()) {
    const auto* state = kind.workflow.state(record.state);
    return problem(Failure::conflict, "record.transition", {},
                   {{"transition", transition.title.ja},
                    {"transition_en", transition.title.en},
                    {"state", state != nullptr ? state->title.ja : record.state},
                    {"state_en", state != nullptr ? state->title.en : record.state}});
  }
  if (actor.system) return {};
  const auto reach = session.access().reach(kind.id, Action::transition);
  const bool reached = session.access().covers(reach, record.text("class"), record.text("owner"), record.created_by,
                                               record.text("org_unit"), record.id);
  const bool named = std::any_of(transition.by.begin(), transition.by.end(),
                                 [&](const auto& name) { return holds_role(actor, name, record); });
  if (!reached || (!transition.by.empty() && !named)) {
    Bilingual who;
    for (const auto& name : transition.by) {
      const auto* role = session.engine().roles().find(name);
      if (role == nullptr) continue;
      who.ja += (who.ja.empty() ? "" : "、") + role->title.ja;
      who.en += (who.en.empty() ? "" : ", ") + role->title.en;
    }
    return problem(Failure::forbidden, "record.transition-role", {},
                   {{"roles", who.ja},
                    {"roles_en", who.en},
                    {"transition", transition.title.ja},
                    {"transition_en", transition.title.en}});
  }
  // Nobody approves their own work (A.5.3): whoever wrote anything since the last approved revision is its author.
  for (const auto& relation : transition.not_by) {
    bool self = false;
    if (relation == "author") {
      self = record.created_by == actor.account && !record.approved_revision;
      const auto since = record.approved_revision.value_or(0);
      // A step writes too when it carried fields.
      GENMEI_TRY(session.engine().database().read([&](store::Connection& connection) {
        return connection.each(
            "SELECT h.action, h.body, p.body FROM history AS h LEFT JOIN history AS p ON p.org = h.org AND p.kind = "
            "h.kind AND p.id = h.id AND p.revision = h.revision - 1 WHERE h.org = $1 AND h.kind = $2 AND h.id = $3 AND "
            "h.revision > $4 AND h.actor = $5 AND (h.action IN ('create','update') OR h.action LIKE 'transition:%')",
            {std::string_view(session.engine().organisation()), std::string_view(kind.id), std::string_view(record.id),
             since, std::string_view(actor.account)},
            [&](const store::Row& row) {
              self = self || !row.text(0).starts_with("transition:") || wrote(kind, row.text(2), row.text(1));
              return !self;
            });
      }));
    } else {
      self = holds_role(actor, relation, record);
    }
    if (self) {
      return problem(Failure::forbidden, "record.separation", {},
                     {{"transition", transition.title.ja},
                      {"transition_en", transition.title.en},
                      {"relation", relation},
                      {"reason", why_not(relation).ja},
                      {"reason_en", why_not(relation).en}});
    }
  }
  return {};
}

Result<std::vector<ActionInfo>> Session::actions(const Record& record) {
  std::vector<ActionInfo> out;
  const auto* kind = engine_->registry().find(record.kind);
  for (const auto& transition : kind->workflow.transitions) {
    if (std::find(transition.from.begin(), transition.from.end(), record.state) == transition.from.end()) continue;
    if (transition.by == std::vector<std::string>{"system"}) continue;
    auto allowed = may_transition(*this, *kind, record, transition);
    out.push_back({transition.id, allowed.ok(), allowed.ok() ? Problem{} : allowed.problems().list.front()});
  }
  return out;
}

Result<const Kind*> Batch::State::kind(std::string_view id, Action action) const {
  const auto* found = engine().registry().find(id);
  if (found == nullptr || !session().access().may(id, Action::read)) {
    return problem(Failure::not_found, "record.kind", {}, {{"value", std::string(id)}});
  }
  if (!session().access().may(id, action))
    return problem(Failure::forbidden, "record.forbidden", {},
                   {{"kind", found->title.ja}, {"kind_en", found->title.en}});
  return found;
}

Result<Record> Batch::State::current(std::string_view kind_id, std::string_view id,
                                     std::optional<std::int64_t> expected, Action action) {
  const auto key = std::string(kind_id) + "/" + std::string(id);
  Record record;
  if (const auto found = pending.find(key); found != pending.end()) {
    record = found->second;
  } else {
    GENMEI_LET(stored, session().get(kind_id, id));
    record = std::move(stored);
  }
  const auto& access = session().access();
  if (!access.covers(access.reach(kind_id, action), record.text("class"), record.text("owner"), record.created_by,
                     record.text("org_unit"), record.id)) {
    return problem(Failure::forbidden, "record.forbidden");
  }
  if (expected && *expected != record.revision) {
    return problem(Failure::stale, "record.stale", {}, {{"kind", std::string(kind_id)}, {"value", record.id}});
  }
  return record;
}

void Batch::State::add(Statement statement, bool must_affect, const Record* record) {
  plan.push_back({std::move(statement),
                  must_affect,
                  record != nullptr ? record->kind : "",
                  record != nullptr ? record->id : "",
                  {}});
}

Result<Record> Batch::State::finish(Batch& batch, const Kind& kind, const Record* before, Record record,
                                    const std::string& action, std::string_view comment) {
  record.updated_at = format_instant(at);
  record.updated_by = session().actor().account;
  if (before != nullptr) record.revision = before->revision + 1;
  const bool approves = action.starts_with("transition:") && kind.workflow.transition(action.substr(11))->approves;
  if (approves) record.approved_revision = record.revision;
  for (const auto& hook : engine().hooks(kind.id)) GENMEI_TRY(hook(session(), batch, before, record, action));
  Problems problems;
  if (!record.archived) check_record(kind, record, problems, warnings);
  if (!problems.empty()) return problems;
  GENMEI_TRY(check_references(kind, before, record));
  GENMEI_TRY(check_cycles(kind, record));
  if (before == nullptr) {
    GENMEI_LET(number, engine().next_number(kind));
    record.number = std::move(number);
  }
  write_row(kind, before, record);
  write_links(kind, before, record);
  write_tallies(kind, before, record);

  const auto body = json::canonical(record.body());
  const auto salt = random_bytes(16);
  const auto digest = hex(sha256(salt, body));
  ledger::Entry entry;
  entry.id = new_id(engine().clock().now());
  entry.org = engine().organisation();
  entry.at = at;
  entry.actor = session().actor().account;
  entry.place = session().actor().place;
  entry.action = action;
  entry.kind = kind.id;
  entry.record = record.id;
  entry.revision = record.revision;
  entry.digest = digest;
  Statement history;
  history.sql =
      "INSERT INTO history(org, kind, id, revision, at, actor, action, comment, salt, digest, entry, body) "
      "VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
  history.binds.add(engine().organisation());
  history.binds.add(kind.id);
  history.binds.add(record.id);
  history.binds.add(record.revision);
  history.binds.add(record.updated_at);
  history.binds.add(session().actor().account);
  history.binds.add(action);
  history.binds.add(comment.empty() ? Owned() : Owned(std::string(comment)));
  history.binds.add(hex(std::span(reinterpret_cast<const std::uint8_t*>(salt.data()), salt.size())));
  history.binds.add(digest);
  history.binds.add(entry.id);
  history.binds.add(body);
  add(std::move(history));
  Planned planned;
  planned.entry = std::move(entry);
  plan.push_back(std::move(planned));
  kinds.insert(kind.id);
  pending[kind.id + "/" + record.id] = record;

  const bool refuses = action == "transition:refuse";
  if ((approves || refuses) && kind.id != "approval" && engine().registry().find("approval") != nullptr) {
    json::Object fields;
    fields["subject_label"] = record.text(kind.title_field).empty() ? record.number : record.text(kind.title_field);
    fields["subject_kind"] = kind.id;
    fields["subject_id"] = record.id;
    fields["subject_revision"] = approves ? record.revision : before->revision;
    fields["subject_digest"] = digest;
    fields["transition"] = action.substr(11);
    fields["decision"] = approves ? "approved" : "refused";
    if (!session().actor().person.empty()) fields["decided_by"] = session().actor().person;
    fields["decided_at"] = format_instant(at);
    if (!comment.empty()) fields["comment"] = boost::json::string(comment.data(), comment.size());
    GENMEI_TRY(batch.as_product([&] { return batch.create("approval", fields); }));
  }
  return record;
}

Result<void> Batch::State::check_references(const Kind& kind, const Record* before, const Record& record) {
  Record changed;
  changed.kind = kind.id;
  for (const auto& field : kind.fields) {
    if (!field.is_reference()) continue;
    const auto* now = record.fields.if_contains(field.name);
    if (now == nullptr) continue;
    const auto* was = before != nullptr ? before->fields.if_contains(field.name) : nullptr;
    if (was == nullptr || !(*was == *now)) changed.fields[field.name] = *now;
  }
  if (changed.fields.empty()) return {};
  GENMEI_LET(found, session().labels({changed}, Language::ja));
  Problems problems;
  for (const auto& field : kind.fields) {
    if (!changed.fields.contains(field.name)) continue;
    const auto targets =
        field.type == FieldType::refs ? changed.list(field.name) : std::vector<std::string>{changed.text(field.name)};
    for (const auto& target : targets) {
      const auto key = field.to + "/" + target;
      if (found.contains(key) || pending.contains(key) || (field.to == kind.id && target == record.id)) continue;
      problems.add(problem(Failure::invalid, "record.reference", "/fields/" + field.name,
                           {{"field", field.title.ja}, {"field_en", field.title.en}, {"value", target}}));
    }
  }
  if (!problems.empty()) return problems;
  return {};
}

Result<void> Batch::State::check_cycles(const Kind& kind, const Record& record) {
  constexpr int deepest = 100;
  for (const auto& rule : kind.rules) {
    if (rule.form != Rule::Form::no_cycle) continue;
    const auto& field = *kind.field(rule.field);
    auto product = session().as_product();
    std::set<std::string> seen;
    std::vector<std::string> open =
        field.type == FieldType::refs ? record.list(field.name) : std::vector<std::string>{record.text(field.name)};
    for (int steps = 0; !open.empty() && steps < deepest; ++steps) {
      const auto id = open.back();
      open.pop_back();
      if (id.empty() || !seen.insert(id).second) continue;
      if (id == record.id) {
        return problem(Failure::conflict, "record.cycle", "/fields/" + field.name,
                       {{"field", field.title.ja}, {"field_en", field.title.en}});
      }
      Record next;
      if (const auto found = pending.find(kind.id + "/" + id); found != pending.end()) {
        next = found->second;
      } else if (auto stored = product.get(kind.id, id)) {
        next = *stored;
      } else {
        continue;
      }
      for (auto& target :
           field.type == FieldType::refs ? next.list(field.name) : std::vector<std::string>{next.text(field.name)})
        open.push_back(std::move(target));
    }
  }
  return {};
}

void Batch::State::write_row(const Kind& kind, const Record* before, const Record& record) {
  Statement out;
  std::string names;
  std::string values;
  const auto set = [&](std::string_view name, Owned value) {
    const auto place = out.binds.add(std::move(value));
    if (before == nullptr) {
      names += (names.empty() ? "" : ", ") + quoted(name);
      values += (values.empty() ? "" : ", ") + place;
    } else {
      names += (names.empty() ? "" : ", ") + quoted(name) + " = " + place;
    }
  };
  if (before == nullptr) {
    set("org", engine().organisation());
    set("id", record.id);
    set("number", record.number);
    set("created_at", record.created_at);
    set("created_by", record.created_by);
  }
  set("revision", record.revision);
  if (before == nullptr || before->state != record.state) set("state", record.state);
  if (before == nullptr || before->archived != record.archived) set("archived", record.archived);
  if (record.approved_revision && (before == nullptr || before->approved_revision != record.approved_revision)) {
    set("approved_revision", *record.approved_revision);
  }
  set("updated_at", record.updated_at);
  set("updated_by", record.updated_by);
  if (before == nullptr ? !record.extra.empty() : !(before->extra == record.extra))
    set("extra", json::write(json::Value(record.extra)));
  auto search = search_text(kind, record);
  if (before == nullptr || search_text(kind, *before) != search) set("search", std::move(search));
  for (const auto& field : kind.fields) {
    const auto* now = record.fields.if_contains(field.name);
    const auto* was = before != nullptr ? before->fields.if_contains(field.name) : nullptr;
    const bool same = (now == nullptr && was == nullptr) || (now != nullptr && was != nullptr && *now == *was);
    if (!same) set(field.name, column_value(field, record.fields));
  }
  if (before == nullptr) {
    out.sql = "INSERT INTO " + kind.table + "(" + names + ") VALUES(" + values + ")";
    add(std::move(out));
  } else {
    out.sql = "UPDATE " + kind.table + " SET " + names + " WHERE org = " + out.binds.add(engine().organisation()) +
              " AND id = " + out.binds.add(record.id) + " AND revision = " + out.binds.add(before->revision);
    add(std::move(out), true, &record);
  }
}

void Batch::State::write_links(const Kind& kind, const Record* before, const Record& record) {
  for (const auto& field : kind.fields) {
    if (field.type != FieldType::refs && field.type != FieldType::catalogues) continue;
    auto now = record.list(field.name);
    auto was = before != nullptr ? before->list(field.name) : std::vector<std::string>{};
    std::sort(now.begin(), now.end());
    std::sort(was.begin(), was.end());
    if (now == was) continue;
    const auto table = link_table(kind, field);
    const auto write = [&](const std::string& target, bool insert) {
      Statement out;
      out.sql = insert ? "INSERT INTO " + table + "(org, id, target) VALUES($1, $2, $3)"
                       : "DELETE FROM " + table + " WHERE org = $1 AND id = $2 AND target = $3";
      out.binds.add(engine().organisation());
      out.binds.add(record.id);
      out.binds.add(target);
      add(std::move(out));
    };
    for (const auto& target : was) {
      if (!std::binary_search(now.begin(), now.end(), target)) write(target, false);
    }
    for (const auto& target : now) {
      if (!std::binary_search(was.begin(), was.end(), target)) write(target, true);
    }
  }
}

void Batch::State::write_tallies(const Kind& kind, const Record* before, const Record& record) {
  for (std::size_t spec = 0; spec < kind.tally.size(); ++spec) {
    const bool counted_before = before != nullptr && !before->archived;
    const auto was = counted_before ? tally_key(kind.tally[spec], *before) : std::string();
    const auto now = record.archived ? std::string() : tally_key(kind.tally[spec], record);
    if (was == now) continue;
    const auto count = [&](const std::string& key, std::int64_t by) {
      if (key.empty()) return;
      Statement out;
      out.sql =
          "INSERT INTO tally(org, kind, spec, key, n) VALUES($1, $2, $3, $4, $5) ON CONFLICT(org, kind, spec, key) DO "
          "UPDATE SET n = tally.n + $5";
      out.binds.add(engine().organisation());
      out.binds.add(kind.id);
      out.binds.add(std::to_string(spec));
      out.binds.add(key);
      out.binds.add(by);
      add(std::move(out));
    };
    count(was, -1);
    count(now, 1);
  }
}

}  // namespace genmei::record
