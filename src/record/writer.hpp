// The inside of a Batch: what is planned, and how one change becomes statements. Private to the record engine.
#pragma once

#include <set>

#include "record/engine.hpp"

namespace genmei::record {

// One step of the transaction: a statement, or an entry of the ledger.
struct Planned {
  Statement statement;
  bool must_affect = false;  // zero rows mean that somebody else saved first
  std::string kind, record;
  std::optional<ledger::Entry> entry;
};

struct Batch::State {
  explicit State(Session& s) : current_session(&s), at(s.engine().clock().now()) {}
  [[nodiscard]] Engine& engine() const { return current_session->engine(); }
  [[nodiscard]] Session& session() const { return *current_session; }

  Result<const Kind*> kind(std::string_view id, Action action) const;
  // The record as it stands, with what this batch already changed; checks the expected revision and the gate.
  Result<Record> current(std::string_view kind, std::string_view id, std::optional<std::int64_t> expected,
                         Action action);
  // Hooks, checks, statements, history, ledger.
  Result<Record> finish(Batch& batch, const Kind& kind, const Record* before, Record record, const std::string& action,
                        std::string_view comment);

  Session* current_session;
  Instant at;
  std::vector<Planned> plan;
  std::map<std::string, Record> pending;  // "kind/id"
  std::set<std::string> edited;           // "kind/id" that people wrote in this batch
  std::set<std::string> kinds;
  Problems warnings;

 private:
  Result<void> check_references(const Kind& kind, const Record* before, const Record& record);
  Result<void> check_cycles(const Kind& kind, const Record& record);
  void write_row(const Kind& kind, const Record* before, const Record& record);
  void write_links(const Kind& kind, const Record* before, const Record& record);
  void write_tallies(const Kind& kind, const Record* before, const Record& record);
  void add(Statement statement, bool must_affect = false, const Record* record = nullptr);
};

// Is this actor allowed to take this transition now? The reason says who could, in words.
Result<void> may_transition(Session& session, const Kind& kind, const Record& record, const Transition& transition);

}  // namespace genmei::record
