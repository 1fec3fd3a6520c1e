#include "operate/hooks.hpp"

#include <algorithm>

#include "operate/assessment.hpp"
#include "operate/recurrence.hpp"
#include "operate/service.hpp"

namespace genmei::operate {
namespace {

using record::Batch;
using record::Filter;
using record::Record;
using record::Session;

// What the method makes of the answers; `pattern` absent where it has to be judged.
void write_classification(Record& record, const method::Classification& result, bool judged_field, bool judged) {
  const auto put = [&](const char* name, const std::optional<method::Grade>& grade) {
    if (grade) {
      record.fields[name] = std::string(method::code(*grade));
    } else {
      record.fields.erase(name);
    }
  };
  if (result.pattern) {
    record.fields["pattern"] = static_cast<std::int64_t>(*result.pattern);
  } else {
    record.fields.erase("pattern");
  }
  put("confidentiality", result.pattern ? result.confidentiality : std::nullopt);
  put("availability", result.pattern ? result.availability : std::nullopt);
  record.fields["integrity"] = "high";
  if (judged_field) record.fields["judged"] = judged ? "judged" : result.pattern ? "by-type" : "to-be-judged";
}

// S03: pattern and levels follow from the facts; an approved judgement decides where there is one.
Result<void> service(const Workspace& workspace, Session& session, Record& after) {
  auto product = session.as_product();
  std::optional<Record> judgement;
  if (after.revision > 1) {
    GENMEI_LET(found, approved_judgement(product, after.id));
    judgement = found;
  }
  GENMEI_LET(result, classify_service(workspace, product, after, judgement));
  write_classification(after, result, true, judgement.has_value());
  return {};
}

Result<void> judgement(const Workspace& workspace, Session& session, Batch& batch, const Record* before, Record& after,
                       std::string_view action) {
  const auto catalogues = workspace.catalogues();
  auto product = session.as_product();
  if (action == "create" || action == "update") {
    method::ClassifyInput input;
    const auto flag = [&](const char* name) {
      const auto* value = after.fields.if_contains(name);
      return value != nullptr && value->is_bool() ? std::optional(value->get_bool()) : std::nullopt;
    };
    input.personal_data = flag("personal_data");
    input.trade_secret = flag("trade_secret");
    if (const auto effect = after.text("stop_effect"); !effect.empty())
      input.stop_effect = method::stop_effect_of(effect);
    if (const auto host = after.text("host_service"); !host.empty()) {
      if (const auto found = product.get("service", host)) {
        if (const auto pattern = json::integer(found->fields, "pattern"); pattern > 0)
          input.hosted_patterns.push_back(static_cast<int>(pattern));
      }
    }
    const bool answered =
        input.personal_data && input.trade_secret && (input.stop_effect || !input.hosted_patterns.empty());
    const auto result = method::classify(*catalogues.knowledge, input);
    if (answered && result.pattern) {
      const auto stated = json::integer(after.fields, "pattern");
      if (stated > 0 && stated != *result.pattern && after.text("basis") == "judged") {
        return problem(Failure::invalid, "method.judgement-answers", "/fields/pattern",
                       {{"value", std::to_string(stated)}, {"pattern", std::to_string(*result.pattern)}});
      }
      after.fields["pattern"] = static_cast<std::int64_t>(*result.pattern);
    }
    if (const auto pattern = json::integer(after.fields, "pattern"); pattern >= 1 && pattern <= 6) {
      after.fields["confidentiality"] =
          std::string(method::code(method::confidentiality_of(static_cast<int>(pattern))));
      after.fields["availability"] = std::string(method::code(method::availability_of(static_cast<int>(pattern))));
      after.fields["integrity"] = "high";
    }
    return {};
  }
  if (action != "transition:approve" || before == nullptr) return {};
  // The approved judgement takes the place of the one before, and the service follows it.
  GENMEI_LET(earlier, product.all("service-judgement", {{"service", Filter::Op::eq, {after.text("service")}},
                                                        {"state", Filter::Op::eq, {"approved"}}}));
  return batch.as_product([&]() -> Result<void> {
    for (const auto& old : earlier) {
      if (old.id != after.id) GENMEI_TRY(batch.transition("service-judgement", old.id, {}, "supersede", {}));
    }
    const auto pattern = json::integer(after.fields, "pattern");
    if (pattern < 1 || pattern > 6) return {};
    json::Object fields;
    fields["pattern"] = pattern;
    fields["confidentiality"] = std::string(method::code(method::confidentiality_of(static_cast<int>(pattern))));
    fields["availability"] = std::string(method::code(method::availability_of(static_cast<int>(pattern))));
    fields["integrity"] = "high";
    fields["judged"] = "judged";
    GENMEI_TRY(batch.update("service", after.text("service"), {}, fields));
    return {};
  });
}

Result<void> evidence(const Workspace& workspace, Record& after) {
  const auto id = after.text("file");
  if (id.empty()) {
    after.fields.erase("digest");
    return {};
  }
  GENMEI_LET(file, workspace.file(id));
  after.fields["digest"] = file.digest;
  return {};
}

Result<void> requirement(const Workspace& workspace, Session& session, const Record* before, Record& after) {
  const bool applicable = json::boolean(after.fields, "applicable", true);
  if (!applicable) {
    after.fields["status"] = "not-applicable";
  } else if (after.text("status") == "not-applicable") {
    after.fields["status"] = "unassessed";
  }
  // The product says so itself when the evidence changes in the same batch and is not yet stored (evidence_effect).
  if (session.actor().system && before != nullptr &&
      json::boolean(before->fields, "stale") != json::boolean(after.fields, "stale"))
    return {};
  auto product = session.as_product();
  bool stale = false;
  for (const auto& id : after.list("evidence")) {
    const auto found = product.get("evidence", id);
    if (found && is_stale(*found, workspace.today())) stale = true;
  }
  after.fields["stale"] = stale;
  return {};
}

// Evidence that is renewed or runs out changes the rows it proves.
Result<void> evidence_effect(const Workspace& workspace, Session& session, Batch& batch, const Record* before,
                             const Record& after) {
  if (before == nullptr) return {};
  const auto today = workspace.today();
  if (is_stale(*before, today) == is_stale(after, today)) return {};
  auto product = session.as_product();
  GENMEI_LET(rows, product.all("requirement", {{"evidence", Filter::Op::eq, {after.id}}}));
  return batch.as_product([&]() -> Result<void> {
    for (const auto& row : rows) {
      bool stale = is_stale(after, today);
      for (const auto& id : row.list("evidence")) {
        if (id == after.id) continue;
        const auto other = product.get("evidence", id);
        if (other && is_stale(*other, today)) stale = true;
      }
      if (stale == json::boolean(row.fields, "stale")) continue;
      json::Object fields;
      fields["stale"] = stale;
      GENMEI_TRY(batch.update("requirement", row.id, {}, fields));
    }
    return {};
  });
}

Result<void> task(Workspace& workspace, Batch& batch, Record& after, std::string_view action) {
  if (action == "transition:finish") {
    if (json::boolean(after.fields, "requires_evidence") && after.list("evidence").empty()) {
      return problem(Failure::invalid, "task.evidence", "/fields/evidence");
    }
    after.fields["done_at"] = after.updated_at;
    // The next one of a recurring duty stands as soon as this one is done; a running deadline is never moved.
    const auto next = next_due(after.text("recurrence"), after.text("due_on"), workspace.today());
    if (next.empty()) return {};
    json::Object fields = after.fields;
    for (const auto* name : {"done_at", "evidence", "result"}) fields.erase(name);
    fields["due_on"] = next;
    return batch.as_product([&]() -> Result<void> {
      GENMEI_TRY(batch.create("task", fields));
      return {};
    });
  }
  if (action == "transition:reopen") after.fields.erase("done_at");
  if ((action == "create" || action == "update") && !valid_recurrence(after.text("recurrence"))) {
    return problem(Failure::invalid, "task.recurrence", "/fields/recurrence", {{"value", after.text("recurrence")}});
  }
  return {};
}

Result<void> edition(Session& session, Batch& batch, const Record& after, std::string_view action) {
  if (action != "transition:approve") return {};
  auto product = session.as_product();
  GENMEI_LET(earlier, product.all(after.kind, {{"assessment", Filter::Op::eq, {after.text("assessment")}},
                                               {"state", Filter::Op::eq, {"approved"}}}));
  return batch.as_product([&]() -> Result<void> {
    for (const auto& old : earlier) {
      if (old.id != after.id) GENMEI_TRY(batch.transition(after.kind, old.id, {}, "supersede", {}));
    }
    return {};
  });
}

}  // namespace

void add_hooks(Workspace& workspace) {
  auto& engine = workspace.engine();
  engine.add_hook("service", [&workspace](Session& session, Batch&, const Record*, Record& after, std::string_view) {
    if (session.actor().system && after.text("judged") == "judged")
      return Result<void>();  // written by an approved judgement
    return service(workspace, session, after);
  });
  engine.add_hook("service-judgement", [&workspace](Session& session, Batch& batch, const Record* before, Record& after,
                                                    std::string_view action) {
    return judgement(workspace, session, batch, before, after, action);
  });
  engine.add_hook("evidence",
                  [&workspace](Session& session, Batch& batch, const Record* before, Record& after,
                               std::string_view) -> Result<void> {
                    GENMEI_TRY(evidence(workspace, after));
                    return evidence_effect(workspace, session, batch, before, after);
                  });
  engine.add_hook("requirement",
                  [&workspace](Session& session, Batch&, const Record* before, Record& after, std::string_view) {
                    return requirement(workspace, session, before, after);
                  });
  engine.add_hook("task", [&workspace](Session&, Batch& batch, const Record*, Record& after, std::string_view action) {
    return task(workspace, batch, after, action);
  });
  for (const auto* kind : {"statement-of-applicability", "tailored-criteria"}) {
    engine.add_hook(kind, [](Session& session, Batch& batch, const Record*, Record& after, std::string_view action) {
      return edition(session, batch, after, action);
    });
  }
}

}  // namespace genmei::operate
