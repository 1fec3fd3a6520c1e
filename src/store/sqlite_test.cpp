// What only SQLite does: grouping, full disks, backup while serving, checkpoints.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <latch>
#include <thread>

#include "store/statement_cache.hpp"
#include "store/testing/databases.hpp"

namespace genmei::store {
namespace {

using testing::TestDatabase;

std::string code(const Result<void>& result) { return result.ok() ? "ok" : result.problems().list.front().code; }

std::int64_t number(Database& db, std::string_view sql) {
  std::int64_t value = -1;
  const auto done = db.read([&](Connection& connection) -> Result<void> {
    GENMEI_LET(found, connection.integer(sql));
    value = found;
    return {};
  });
  EXPECT_TRUE(done.ok());
  return value;
}

std::unique_ptr<TestDatabase> with_table(Config config = {}) {
  auto test = TestDatabase::make(Backend::sqlite, std::move(config));
  const auto made = test->database().write([](Connection& connection) {
    return connection.script(
        "CREATE TABLE blob(id TEXT PRIMARY KEY, data BLOB) STRICT;"
        "CREATE TABLE child(id TEXT PRIMARY KEY, parent TEXT REFERENCES blob(id) DEFERRABLE INITIALLY DEFERRED) "
        "STRICT");
  });
  EXPECT_EQ(code(made), "ok");
  return test;
}

Result<void> put(Connection& connection, const std::string& id, std::size_t size) {
  const std::string data(size, 'x');
  return connection.send("INSERT INTO blob(id, data) VALUES ($1, $2)", {id, Bytes{data}});
}

// Keeps the writer thread busy until opened, so that what is handed in meanwhile becomes one batch.
class Gate {
 public:
  explicit Gate(Database& db) {
    db.write_async(
        [this](Connection&) -> Result<void> {
          entered_.set_value();
          open_.get_future().wait();
          return {};
        },
        [](const Result<void>&) {});
    entered_.get_future().wait();
  }
  void open() { open_.set_value(); }

 private:
  std::promise<void> entered_;
  std::promise<void> open_;
};

TEST(Sqlite, AFullFileRefusesWritesWhileReadsGoOn) {
  auto test = with_table({.max_pages = 200});
  auto& db = test->database();
  int stored = 0;
  Result<void> outcome;
  while (outcome.ok() && stored < 1000) {
    outcome = db.write([&](Connection& connection) { return put(connection, std::to_string(stored), 10000); });
    stored += outcome.ok() ? 1 : 0;
  }
  EXPECT_EQ(code(outcome), "store.full");
  EXPECT_EQ(outcome.problems().failure(), Failure::full);
  EXPECT_GT(stored, 10);
  EXPECT_EQ(number(db, "SELECT count(*) FROM blob"), stored);
  EXPECT_EQ(code(db.write([](Connection& connection) { return connection.send("DELETE FROM blob WHERE id < '5'"); })),
            "ok");
  EXPECT_EQ(code(db.write([](Connection& connection) { return put(connection, "again", 10000); })), "ok");
  EXPECT_EQ(number(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

TEST(Sqlite, AJobThatFillsTheFileDoesNotTakeItsBatchNeighboursWithIt) {
  auto test = with_table({.max_pages = 400});
  auto& db = test->database();
  Gate gate(db);
  std::vector<std::string> codes(9);
  std::latch all(9);
  for (std::size_t at = 0; at < 9; ++at) {
    db.write_async(
        [at](Connection& connection) { return put(connection, std::to_string(at), at == 4 ? 4000000 : 100); },
        [&, at](const Result<void>& outcome) {
          codes[at] = code(outcome);
          all.count_down();
        });
  }
  gate.open();
  all.wait();
  for (std::size_t at = 0; at < 9; ++at) EXPECT_EQ(codes[at], at == 4 ? "store.full" : "ok") << at;
  EXPECT_EQ(number(db, "SELECT count(*) FROM blob"), 8);
}

TEST(Sqlite, ADeferredViolationFailsItsOwnJobOnly) {
  auto test = with_table();
  auto& db = test->database();
  Gate gate(db);
  std::vector<std::string> codes(3);
  std::latch all(3);
  for (std::size_t at = 0; at < 3; ++at) {
    db.write_async(
        [at](Connection& connection) -> Result<void> {
          GENMEI_TRY(connection.send("INSERT INTO child(id, parent) VALUES ($1, $2)",
                                     {std::to_string(at), at == 1 ? "none" : std::to_string(at)}));
          return put(connection, std::to_string(at), 10);
        },
        [&, at](const Result<void>& outcome) {
          codes[at] = code(outcome);
          all.count_down();
        });
  }
  gate.open();
  all.wait();
  EXPECT_EQ(codes, (std::vector<std::string>{"ok", "store.foreign-key", "ok"}));
  EXPECT_EQ(number(db, "SELECT count(*) FROM child"), 2);
  EXPECT_EQ(number(db, "SELECT count(*) FROM blob"), 2);
}

TEST(Sqlite, AWriteFromWithinAWriteIsRefusedInsteadOfHanging) {
  auto test = with_table();
  auto& db = test->database();
  const auto outcome = db.write([&](Connection&) { return db.write([](Connection&) -> Result<void> { return {}; }); });
  EXPECT_EQ(code(outcome), "store.failed");
}

TEST(Sqlite, ABackupTakenWhileServingIsConsistentAndComplete) {
  auto test = with_table();
  auto& db = test->database();
  for (int at = 0; at < 200; ++at) {
    ASSERT_EQ(code(db.write([&](Connection& connection) { return put(connection, std::to_string(at), 5000); })), "ok");
  }
  std::atomic<bool> stop = false;
  std::atomic<int> written = 200;
  std::thread busy([&] {
    // Blobs come in pairs: a consistent copy never holds half of one.
    while (!stop) {
      const int at = written;
      const auto done = db.write([&](Connection& connection) -> Result<void> {
        GENMEI_TRY(put(connection, std::to_string(at), 3000));
        return put(connection, std::to_string(at + 1), 3000);
      });
      EXPECT_TRUE(done.ok());
      written += 2;
    }
  });
  while (written < 300) std::this_thread::yield();
  const std::string target = test->folder() + "/copy.db";
  const auto outcome = db.backup(target);
  const int after = written;
  while (written < after + 20) std::this_thread::yield();
  stop = true;
  busy.join();
  ASSERT_EQ(code(outcome), "ok");
  auto copy = Database::open({.backend = Backend::sqlite, .path = target});
  ASSERT_TRUE(copy.ok());
  const auto rows = number(**copy, "SELECT count(*) FROM blob");
  EXPECT_GE(rows, 300);
  EXPECT_EQ(rows % 2, 0);
  EXPECT_EQ(number(**copy, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
  EXPECT_FALSE(std::filesystem::exists(target + ".part"));
  EXPECT_EQ(code(db.backup("/nowhere/copy.db")), "store.backup");
}

TEST(Sqlite, TheWriteAheadLogDoesNotGrowWithoutEnd) {
  auto test = with_table();
  auto& db = test->database();
  for (int at = 0; at < 1400; ++at) {  // about 90 MB of log in all
    ASSERT_EQ(code(db.write([&](Connection& connection) -> Result<void> {
                return connection.send(
                    "INSERT INTO blob(id, data) VALUES ($1, $2) ON CONFLICT(id) DO UPDATE SET data = "
                    "excluded.data",
                    {std::to_string(at % 40), Bytes{std::string(60000, static_cast<char>(at))}});
              })),
              "ok");
  }
  EXPECT_LT(std::filesystem::file_size(test->config().path + "-wal"), 70u << 20);
}

TEST(Sqlite, AFolderThatDoesNotExistIsNamed) {
  const auto opened = Database::open({.backend = Backend::sqlite, .path = "/nowhere/genmei.db"});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.problems().list.front().code, "store.open");
  EXPECT_EQ(opened.problems().list.front().place, "/nowhere/genmei.db");
}

TEST(StatementCache, DropsTheLeastRecentlyUsedThatMayGo) {
  StatementCache<int> cache(2);
  std::vector<int> gone;
  const auto add = [&](std::string_view sql, int value) {
    cache.add(
        sql, value, [](int old) { return old != 1; }, [&](int old) { gone.push_back(old); });
  };
  add("one", 1);
  add("two", 2);
  add("three", 3);  // "one" may not go
  EXPECT_EQ(gone, std::vector<int>{2});
  ASSERT_NE(cache.find("one"), nullptr);
  EXPECT_EQ(cache.find("two"), nullptr);
  add("four", 4);
  EXPECT_EQ(gone, (std::vector<int>{2, 3}));
  cache.remove("one");
  EXPECT_EQ(cache.find("one"), nullptr);
  EXPECT_EQ(cache.size(), 1u);
}

}  // namespace
}  // namespace genmei::store
