// A small log with its history table for tests and benchmarks: changes, events, erasures, sequenced in batches.
#pragma once

#include <memory>
#include <string>

#include "ledger/ledger.hpp"
#include "store/testing/databases.hpp"

namespace genmei::ledger::testing {

class TestLog {
 public:
  // nullptr when the database cannot be made.
  static std::unique_ptr<TestLog> make(store::Backend backend);

  [[nodiscard]] store::Database& database() { return test_->database(); }
  [[nodiscard]] store::testing::TestDatabase& test() { return *test_; }
  [[nodiscard]] const KeyPair& key() const { return key_; }
  [[nodiscard]] Sequencer& sequencer() { return *sequencer_; }
  [[nodiscard]] ManualClock& clock() { return clock_; }

  // `count` changes of records of the kind "asset", each with its entry, in one transaction.
  Result<void> change(int count, std::size_t body_size = 80);
  Result<void> event(const std::string& action, const std::string& kind = {}, const std::string& record = {});
  Result<void> run(const std::string& sql);  // several statements
  Result<std::int64_t> number(const std::string& sql);
  // "code code …" of what a verification finds, sorted, each once; "ok" when nothing.
  std::string verified(bool with_history = true);
  Result<Verification> verification(bool with_history = true);
  static std::string codes(const Result<Verification>& result);

  static constexpr const char* org = "acme";

 private:
  TestLog();
  std::unique_ptr<store::testing::TestDatabase> test_;
  ManualClock clock_;
  KeyPair key_;
  std::unique_ptr<Sequencer> sequencer_;
  std::int64_t next_ = 0;
};

}  // namespace genmei::ledger::testing
