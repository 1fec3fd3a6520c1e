#include <algorithm>
#include <set>

#include "base/hash.hpp"
#include "base/id.hpp"
#include "record/engine.hpp"
#include "record/schema.hpp"
#include "record/writer.hpp"

namespace genmei::record {

Batch::Batch(Session& session) : state_(std::make_unique<State>(session)) {}
Batch::Batch(Batch&&) noexcept = default;
Batch::~Batch() = default;

void Batch::at(Instant at) { state_->at = std::min(at, state_->engine().clock().now()); }
void Batch::also(Statement statement) { state_->plan.push_back({std::move(statement), false, {}, {}, {}}); }
Batch::Elevated::Elevated(Batch& batch)
    : batch_(batch),
      before_(batch.state_->current_session),
      product_(std::make_unique<Session>(before_->as_product())) {
  batch_.state_->current_session = product_.get();
}
Batch::Elevated::~Elevated() { batch_.state_->current_session = before_; }

const Problems& Batch::warnings() const { return state_->warnings; }
bool Batch::empty() const { return state_->plan.empty(); }

namespace {

// The job that writes a plan; shared because PostgreSQL may run it again and SQLite runs it on another thread.
store::Job job_of(std::shared_ptr<const std::vector<Planned>> plan) {
  return [plan = std::move(plan)](store::Connection& connection) -> Result<void> {
    for (const auto& step : *plan) {
      if (step.entry) {
        GENMEI_TRY(ledger::append(connection, *step.entry));
        continue;
      }
      const auto binds = step.statement.binds.view();
      if (!step.must_affect) {
        GENMEI_TRY(connection.send(step.statement.sql, std::span<const store::Bind>(binds)));
        continue;
      }
      GENMEI_LET(rows, connection.run(step.statement.sql, std::span<const store::Bind>(binds)));
      if (rows == 0) return problem(Failure::stale, "record.stale", {}, {{"kind", step.kind}, {"value", step.record}});
    }
    return connection.sync();
  };
}

// Turns what the database found into words of the record engine.
Result<void> explained(Result<void> outcome) {
  if (outcome.ok()) return outcome;
  Problems problems = outcome.problems();
  for (auto& one : problems.list) {
    if (one.code == "store.unique") {
      // "org, name": the organisation is in every key and tells nobody anything.
      auto columns = one.args["columns"];
      if (columns.starts_with("org, ")) columns.erase(0, 5);
      one = problem(Failure::conflict, "record.unique", "/fields/" + columns.substr(0, columns.find(',')),
                    {{"columns", columns}}, one.detail);
    }
    if (one.code == "store.foreign-key") one = problem(Failure::conflict, "record.reference", {}, one.args, one.detail);
  }
  return problems;
}

}  // namespace

Result<void> Batch::commit() {
  if (state_->plan.empty()) return {};
  auto& engine = state_->engine();
  const auto plan = std::make_shared<const std::vector<Planned>>(std::move(state_->plan));
  GENMEI_TRY(explained(engine.database().write(job_of(plan))));
  for (const auto& kind : state_->kinds) engine.touched(kind);
  engine.committed();
  return {};
}

void Batch::commit_async(store::Done done) {
  auto& engine = state_->engine();
  const auto plan = std::make_shared<const std::vector<Planned>>(std::move(state_->plan));
  engine.database().write_async(job_of(plan),
                                [&engine, kinds = state_->kinds, done = std::move(done)](Result<void> outcome) {
                                  if (outcome.ok()) {
                                    for (const auto& kind : kinds) engine.touched(kind);
                                    engine.committed();
                                  }
                                  done(explained(std::move(outcome)));
                                });
}

Result<Record> Batch::create(std::string_view kind_id, const json::Object& fields, const json::Object& extra) {
  auto& session = state_->session();
  GENMEI_LET(kind, state_->kind(kind_id, Action::create));
  GENMEI_LET(clean, normalise(*kind, fields, state_->engine().catalogues(), session.actor().system));
  Record record;
  record.id = new_id(state_->engine().clock().now());
  record.kind = kind->id;
  record.state = kind->workflow.initial;
  for (auto& member : clean) {
    if (!member.value().is_null()) record.fields.emplace(member.key(), std::move(member.value()));
  }
  for (const auto& field : kind->fields) {
    if (!field.default_value.is_null() && !record.fields.contains(field.name))
      record.fields[field.name] = field.default_value;
  }
  if (!record.fields.contains("owner") && !session.actor().person.empty())
    record.fields["owner"] = session.actor().person;
  record.extra = extra;
  const auto reach = session.access().reach(kind_id, Action::create);
  const auto unit = record.text("org_unit");
  if (reach.by_class[class_index(record.text("class"))] == Scope::unit && !unit.empty() &&
      !session.actor().units.contains(unit)) {
    return problem(Failure::forbidden, "record.forbidden", "/fields/org_unit");
  }
  record.created_at = record.updated_at = format_instant(state_->at);
  record.created_by = record.updated_by = session.actor().account;
  record.revision = 1;
  if (!session.actor().system) state_->edited.insert(kind->id + "/" + record.id);
  return state_->finish(*this, *kind, nullptr, std::move(record), "create", {});
}

Result<Record> Batch::update(std::string_view kind_id, std::string_view id, std::optional<std::int64_t> expected,
                             const json::Object& fields, const json::Object& extra) {
  auto& session = state_->session();
  GENMEI_LET(kind, state_->kind(kind_id, Action::update));
  GENMEI_LET(before, state_->current(kind_id, id, expected, Action::update));
  if (before.archived) return problem(Failure::conflict, "record.archived");
  const auto* state = kind->workflow.state(before.state);
  if (state != nullptr && state->final && !session.actor().system) {
    return problem(Failure::conflict, "record.frozen", {}, {{"state", state->title.ja}, {"state_en", state->title.en}});
  }
  GENMEI_LET(clean, normalise(*kind, fields, state_->engine().catalogues(), session.actor().system));
  Record record = before;
  for (auto& member : clean) {
    if (member.value().is_null()) {
      record.fields.erase(member.key());
    } else {
      record.fields[member.key()] = std::move(member.value());
    }
  }
  for (const auto& member : extra) record.extra[member.key()] = member.value();
  if (record.fields == before.fields && record.extra == before.extra) return before;  // nothing to say, no revision
  // An edit of what is frozen starts a new draft; the approved revision stays in force.
  if (state != nullptr && state->frozen && !session.actor().system) record.state = kind->workflow.initial;
  if (!session.actor().system) state_->edited.insert(kind->id + "/" + record.id);
  return state_->finish(*this, *kind, &before, std::move(record), "update", {});
}

Result<Record> Batch::transition(std::string_view kind_id, std::string_view id, std::optional<std::int64_t> expected,
                                 std::string_view transition_id, std::string_view comment, const json::Object& fields) {
  auto& session = state_->session();
  GENMEI_LET(kind, state_->kind(kind_id, Action::read));
  GENMEI_LET(before, state_->current(kind_id, id, expected, Action::read));
  const auto* transition = kind->workflow.transition(transition_id);
  if (transition == nullptr)
    return problem(Failure::not_found, "record.transition", {}, {{"value", std::string(transition_id)}});
  GENMEI_TRY(may_transition(session, *kind, before, *transition));
  // Who decides on the work of others adds nothing to it but what the step itself asks for.
  const bool separated = !session.actor().system && std::find(transition->not_by.begin(), transition->not_by.end(),
                                                              "author") != transition->not_by.end();
  const auto separation = [&](const std::string& place) {
    return problem(Failure::forbidden, "record.separation", place,
                   {{"transition", transition->title.ja},
                    {"transition_en", transition->title.en},
                    {"relation", "author"},
                    {"reason", "決める人は内容を変えられない"},
                    {"reason_en", "who decides cannot change the contents"}});
  };
  if (separated && state_->edited.contains(std::string(kind_id) + "/" + before.id)) return separation({});
  if (transition->comment == "required" && trim(comment).empty())
    return problem(Failure::invalid, "record.comment-required", "/comment");
  if (!valid_utf8(comment) || comment.size() > 8000)
    return problem(Failure::invalid, "record.too-long", "/comment", {{"max", "2000"}});
  GENMEI_LET(clean, normalise(*kind, fields, state_->engine().catalogues(), session.actor().system));
  Record record = before;
  for (auto& member : clean) {
    if (member.value().is_null()) {
      record.fields.erase(member.key());
    } else {
      record.fields[member.key()] = std::move(member.value());
    }
  }
  if (separated) {
    for (const auto& change : differences(before.fields, record.fields)) {
      if (std::find(transition->needs.begin(), transition->needs.end(), change.field) == transition->needs.end())
        return separation("/fields/" + change.field);
    }
  }
  Problems problems;
  for (const auto& name : transition->needs) {
    if (!is_empty(record.fields, name)) continue;
    const auto* field = kind->field(name);
    if (field == nullptr) continue;
    problems.add(problem(Failure::invalid, "record.requires", "/fields/" + name,
                         {{"field", field->title.ja}, {"field_en", field->title.en}}));
  }
  if (!problems.empty()) return problems;
  record.state = transition->to;
  return state_->finish(*this, *kind, &before, std::move(record), "transition:" + transition->id, comment);
}

Result<Record> Batch::archive(std::string_view kind_id, std::string_view id, std::optional<std::int64_t> expected,
                              bool archived) {
  GENMEI_LET(kind, state_->kind(kind_id, Action::archive));
  GENMEI_LET(before, state_->current(kind_id, id, expected, Action::archive));
  if (before.archived == archived) return before;
  if (archived) {
    // No link may break silently (IV:6.2.1): what others refer to stays.
    auto product = state_->session().as_product();
    for (const auto& [from, field] : state_->engine().registry().referrers(kind_id)) {
      Query query;
      query.kind = from->id;
      query.filters.push_back({field->name, Filter::Op::eq, {before.id}});
      query.limit = 3;
      query.count = true;
      GENMEI_LET(page, product.list(query));
      std::erase_if(page.items, [&](const Record& r) { return r.id == before.id && r.kind == before.kind; });
      if (!page.items.empty()) {
        return problem(Failure::conflict, "record.referenced", {},
                       {{"kind", from->title.ja},
                        {"kind_en", from->title.en},
                        {"count", std::to_string(*page.total)},
                        {"value", page.items.front().number}});
      }
    }
  }
  Record record = before;
  record.archived = archived;
  return state_->finish(*this, *kind, &before, std::move(record), archived ? "archive" : "restore", {});
}

}  // namespace genmei::record
