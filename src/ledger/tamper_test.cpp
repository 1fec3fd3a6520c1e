// Whatever is changed at random in a live log or in an exported folder is found.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "ledger/testing/log.hpp"

namespace genmei::ledger {
namespace {

using testing::TestLog;

constexpr int entries = 280;

// Copies of the tables, so that each try starts from a whole log.
class SpoiledLog {
 public:
  SpoiledLog() : log_(TestLog::make(store::Backend::sqlite)) {
    good_ = log_ != nullptr && log_->change(100).ok() && log_->sequencer().run_once().ok() && log_->change(180).ok() &&
            log_->sequencer().run_once().ok();
    for (const char* table : tables)
      good_ = good_ && run(std::string("CREATE TABLE kept_") + table + " AS SELECT * FROM " + table);
    folder_ = log_->test().folder() + "/export";
    good_ = good_ && export_folder(log_->database(), TestLog::org, folder_).ok();
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] TestLog& log() { return *log_; }
  bool run(const std::string& sql) { return log_->run(sql).ok(); }
  bool restore() {
    std::string sql;
    for (const std::string table : tables)
      sql += "DELETE FROM " + table + ";INSERT INTO " + table + " SELECT * FROM kept_" + table + ";";
    return run(sql);
  }
  // A state that differs from the kept one in content.
  bool differs() {
    std::int64_t rows = 0;
    for (const std::string table : tables) {
      rows +=
          *log_->number("SELECT count(*) FROM (SELECT * FROM " + table + " EXCEPT SELECT * FROM kept_" + table + ")");
      rows +=
          *log_->number("SELECT count(*) FROM (SELECT * FROM kept_" + table + " EXCEPT SELECT * FROM " + table + ")");
    }
    return rows > 0;
  }
  static SpoiledLog& one() {
    static SpoiledLog log;
    return log;
  }

 private:
  static constexpr std::array<const char*, 4> tables = {"ledger_entry", "ledger_tile", "ledger_checkpoint", "history"};
  std::unique_ptr<TestLog> log_;
  std::string folder_;
  bool good_ = false;
};

// `column` with one byte at `offset` (modulo its length) replaced by another.
std::string spoiled(const std::string& column, std::int64_t offset, bool bytes) {
  const std::string at = "(" + std::to_string(offset) + " % length(" + column + "))";
  const std::string one = "substr(" + column + ", 1 + " + at + ", 1)";
  const std::string other = bytes ? "CASE WHEN " + one + " = x'41' THEN x'42' ELSE x'41' END"
                                  : "CASE WHEN " + one + " = 'A' THEN 'B' ELSE 'A' END";
  const std::string joined =
      "substr(" + column + ", 1, " + at + ") || " + other + " || substr(" + column + ", 2 + " + at + ")";
  return bytes ? "CAST(" + joined + " AS BLOB)" : joined;
}

// SQL of one random act.
std::string act() {
  const auto row = *rc::gen::inRange<std::int64_t>(0, entries);
  const auto other = *rc::gen::inRange<std::int64_t>(0, entries);
  const auto offset = *rc::gen::inRange<std::int64_t>(0, 100000);
  const std::string where = " WHERE idx = " + std::to_string(row);
  const std::string picked =
      " WHERE (kind, id, revision) = (SELECT kind, id, revision FROM history ORDER BY id, revision "
      "LIMIT 1 OFFSET " +
      std::to_string(row) + ")";
  switch (*rc::gen::inRange(0, 12)) {
    case 0:
      return "UPDATE ledger_entry SET body = " + spoiled("body", offset, false) + where;
    case 1:
      return "UPDATE ledger_entry SET id = " + spoiled("id", offset, false) + where;
    case 2:
      return "DELETE FROM ledger_entry" + where;
    case 3:  // dropped, the others moved up
      return "DELETE FROM ledger_entry" + where + ";UPDATE ledger_entry SET idx = idx + 10000 WHERE idx > " +
             std::to_string(row) + ";UPDATE ledger_entry SET idx = idx - 10001 WHERE idx >= 10000";
    case 4:  // two entries change places
      return "UPDATE ledger_entry SET idx = -1" + where + ";UPDATE ledger_entry SET idx = " + std::to_string(row) +
             " WHERE idx = " + std::to_string(other) + ";UPDATE ledger_entry SET idx = " + std::to_string(other) +
             " WHERE idx = -1";
    case 5:  // a copy under another id put in, the others moved down
      return "UPDATE ledger_entry SET idx = idx + 10000 WHERE idx >= " + std::to_string(row) +
             ";UPDATE ledger_entry SET idx = idx - 9999 WHERE idx >= 10000;INSERT INTO ledger_entry(org, idx, id, "
             "body) "
             "SELECT org, " +
             std::to_string(row) +
             ", 'copy', replace(body, '192.0', '198.0') FROM ledger_entry WHERE "
             "idx = " +
             std::to_string(row + 1);
    case 6:
      return "UPDATE ledger_entry SET idx = idx + 1 + " + std::to_string(offset % 50) +
             " WHERE idx = " + std::to_string(entries - 1);
    case 7:
      return "UPDATE ledger_tile SET hashes = " + spoiled("hashes", offset, true) +
             " WHERE level = 0 AND number = " + std::to_string(row % 2);
    case 8:
      return "UPDATE ledger_checkpoint SET note = " + spoiled("note", offset, false) +
             " WHERE size = " + (row % 2 == 0 ? "100" : "280");
    case 9: {
      static const std::array<std::string, 8> columns = {"kind",   "id",   "at",     "actor",
                                                         "action", "salt", "digest", "body"};
      const auto& column = columns[static_cast<std::size_t>(other) % columns.size()];
      return "UPDATE history SET " + column + " = " + spoiled(column, offset, false) + picked;
    }
    case 10:
      return "UPDATE history SET entry = " + spoiled("entry", offset, false) + picked;
    default:
      return other % 2 == 0 ? "DELETE FROM history" + picked : "UPDATE history SET body = NULL" + picked;
  }
}

RC_GTEST_PROP(Tamper, WhateverChangesInALiveLogIsFound, ()) {
  auto& spoiled_log = SpoiledLog::one();
  RC_ASSERT(spoiled_log.good());
  const int acts = *rc::gen::inRange(1, 3);
  std::string done;
  for (int at = 0; at < acts; ++at) {
    const std::string sql = act();
    done += sql + "\n";
    RC_ASSERT(spoiled_log.run(sql));
  }
  const bool differs = spoiled_log.differs();
  const auto result = spoiled_log.log().verification();
  RC_LOG() << done << TestLog::codes(result) << "\n";
  RC_ASSERT(spoiled_log.restore());
  RC_ASSERT((TestLog::codes(result) != "ok") == differs);
}

RC_GTEST_PROP(Tamper, WhateverByteChangesInAnExportedFolderIsFound, ()) {
  const std::string folder = SpoiledLog::one().folder();
  static const std::array<std::string, 8> files = {
      "checkpoint",      "key.pub",          "history.jsonl",         "tile/0/000",
      "tile/0/001.p/24", "tile/entries/000", "tile/entries/001.p/24", "tile/entries/000"};
  const std::string path = folder + "/" + files[*rc::gen::inRange<std::size_t>(0, files.size())];
  std::ifstream in(path, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  // The line feed that ends a file carries nothing.
  const auto offset = *rc::gen::inRange<std::size_t>(0, whole.size() - 1);
  std::string changed = whole;
  const auto how = *rc::gen::inRange(0, 3);
  if (how == 0) changed[offset] = static_cast<char>(changed[offset] ^ (1 << *rc::gen::inRange(0, 8)));
  if (how == 1) changed.erase(offset, 1);
  if (how == 2) changed.resize(offset);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << changed;
  const auto result = verify_folder(folder);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << whole;
  RC_LOG() << path << " " << offset << " " << how << " " << TestLog::codes(result) << "\n";
  RC_ASSERT(TestLog::codes(result) != "ok");
  RC_ASSERT(TestLog::codes(verify_folder(folder)) == "ok");
}

}  // namespace
}  // namespace genmei::ledger
