// What only PostgreSQL does: deadlocks, lost connections, commits of unknown outcome, plans made void by schema
// changes.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "store/postgres_values.hpp"
#include "store/testing/databases.hpp"

namespace genmei::store {
namespace {

using testing::TestDatabase;

std::string code(const Result<void>& result) { return result.ok() ? "ok" : result.problems().list.front().code; }

class Postgres : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!TestDatabase::available(Backend::postgres)) GTEST_SKIP() << "GENMEI_TEST_PG is not set";
    test_ = TestDatabase::make(Backend::postgres);
    ASSERT_TRUE(test_ != nullptr);
    const auto made = db().write([](Connection& connection) {
      return connection.script(
          "CREATE TABLE thing(id TEXT PRIMARY KEY, amount BIGINT NOT NULL);"
          "INSERT INTO thing VALUES ('a', 1), ('b', 1)");
    });
    ASSERT_EQ(code(made), "ok");
  }
  Database& db() { return test_->database(); }
  std::int64_t number(std::string_view sql) {
    std::int64_t value = -1;
    EXPECT_EQ(code(db().read([&](Connection& connection) -> Result<void> {
                GENMEI_LET(found, connection.integer(sql));
                value = found;
                return {};
              })),
              "ok");
    return value;
  }
  // Ends the server process behind `connection` while it is in use.
  void cut(std::int64_t pid) {
    EXPECT_EQ(code(db().read([&](Connection& other) -> Result<void> {
                GENMEI_TRY(other.integer("SELECT CASE WHEN pg_terminate_backend($1, 5000) THEN 1 ELSE 0 END", {pid}));
                return {};
              })),
              "ok");
  }

  std::unique_ptr<TestDatabase> test_;
};

TEST_F(Postgres, JobsThatDeadlockAreRunAgainAndBothSucceed) {
  // The second job is handed in when the first is under way: otherwise they could share a transaction.
  std::promise<void> entered;
  std::latch both(2);
  const auto job = [&](const char* first, const char* second, std::promise<void>* signal) {
    auto met = std::make_shared<std::atomic<bool>>(false);
    return db().write([&both, met, first, second, signal](Connection& connection) -> Result<void> {
      GENMEI_TRY(connection.run("UPDATE thing SET amount = amount + 1 WHERE id = $1", {first}));
      if (!met->exchange(true)) {
        if (signal != nullptr) signal->set_value();
        both.arrive_and_wait();
      }
      GENMEI_TRY(connection.run("UPDATE thing SET amount = amount + 1 WHERE id = $1", {second}));
      return {};
    });
  };
  auto other = std::async(std::launch::async, [&] { return job("b", "a", &entered); });
  entered.get_future().wait();
  EXPECT_EQ(code(job("a", "b", nullptr)), "ok");
  EXPECT_EQ(code(other.get()), "ok");
  EXPECT_EQ(number("SELECT sum(amount) FROM thing"), 6);
}

TEST_F(Postgres, AJobWhoseConnectionIsLostBeforeTheCommitRunsAgain) {
  int runs = 0;
  const auto outcome = db().write([&](Connection& connection) -> Result<void> {
    ++runs;
    GENMEI_TRY(connection.send("INSERT INTO thing VALUES ('c', 1)"));
    GENMEI_LET(pid, connection.integer("SELECT pg_backend_pid()"));
    if (runs == 1) cut(pid);
    GENMEI_TRY(connection.send("INSERT INTO thing VALUES ('d', 1)"));
    return connection.sync();
  });
  EXPECT_EQ(code(outcome), "ok");
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(number("SELECT count(*) FROM thing"), 4);
}

TEST_F(Postgres, IdleConnectionsThatDiedAreReplaced) {
  const auto pids = [&] {
    std::int64_t pid = 0;
    const auto done = db().write([&](Connection& connection) -> Result<void> {
      GENMEI_LET(found, connection.integer("SELECT pg_backend_pid()"));
      pid = found;
      return {};
    });
    EXPECT_TRUE(done.ok());
    return pid;
  };
  const auto before = pids();
  cut(before);
  const auto after = pids();
  EXPECT_NE(before, after);
  EXPECT_EQ(number("SELECT count(*) FROM thing"), 2);
}

TEST_F(Postgres, ACommitOfUnknownOutcomeIsReportedAsFailedAndNotRepeated) {
  // A deferred trigger makes the commit itself take long enough to be cut in the middle.
  ASSERT_EQ(
      code(db().write([](Connection& connection) {
        return connection.script(
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(20); RETURN NULL; "
            "END'; CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
            "EXECUTE FUNCTION slow()");
      })),
      "ok");
  std::atomic<std::int64_t> pid = 0;
  std::atomic<int> runs = 0;
  auto outcome = std::async(std::launch::async, [&] {
    return db().write([&](Connection& connection) -> Result<void> {
      ++runs;
      GENMEI_LET(mine, connection.integer("SELECT pg_backend_pid()"));
      GENMEI_TRY(connection.send("INSERT INTO thing VALUES ('c', 1)"));
      pid = mine;
      return {};
    });
  });
  while (pid == 0) std::this_thread::yield();
  const std::string committing =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = " + std::to_string(pid);
  while (number(committing) == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  cut(pid);
  EXPECT_EQ(code(outcome.get()), "store.failed");
  EXPECT_EQ(runs, 1);
}

TEST_F(Postgres, PreparedStatementsSurviveAChangeOfTheSchema) {
  const auto columns = [&] {
    int count = 0;
    const auto done = db().read([&](Connection& connection) {
      return connection.each("SELECT * FROM thing WHERE id = $1", {"a"}, [&](const Row& row) {
        count = row.columns();
        return true;
      });
    });
    EXPECT_EQ(code(done), "ok");
    return count;
  };
  EXPECT_EQ(columns(), 2);
  ASSERT_EQ(code(db().write(
                [](Connection& connection) { return connection.script("ALTER TABLE thing ADD COLUMN note TEXT"); })),
            "ok");
  EXPECT_EQ(columns(), 3);
}

TEST_F(Postgres, ManyDifferentStatementsStayWithinTheCache) {
  EXPECT_EQ(code(db().read([](Connection& connection) -> Result<void> {
              for (int at = 0; at < 1200; ++at) {
                GENMEI_LET(found, connection.integer("SELECT " + std::to_string(at)));
                EXPECT_EQ(found, at);
              }
              GENMEI_LET(kept, connection.integer("SELECT count(*) FROM pg_prepared_statements"));
              EXPECT_LE(kept, 500);
              return {};
            })),
            "ok");
}

TEST_F(Postgres, TheSearchPathIsPinnedWithTemporaryTablesLast) {
  EXPECT_EQ(code(db().read([](Connection& connection) -> Result<void> {
              GENMEI_LET(path, connection.text("SELECT current_setting('search_path')"));
              EXPECT_NE(path.find(", pg_temp"), std::string::npos);
              return {};
            })),
            "ok");
}

TEST_F(Postgres, ABackupIsLeftToPgDump) { EXPECT_EQ(code(db().backup("/tmp/x")), "store.backup-postgres"); }

TEST(PostgresOpen, AServerThatIsNotThereIsNamed) {
  Config config;
  config.backend = Backend::postgres;
  config.conninfo = "host=/nowhere dbname=none";
  const auto opened = Database::open(config);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.problems().list.front().code, "store.open");
}

TEST(PostgresValues, ParametersInQuotesAndCommentsDoNotCount) {
  EXPECT_EQ(parameters_of("SELECT $2, '$9', \"$8\" -- $7\n WHERE a = $10"), 10);
  EXPECT_EQ(parameters_of("SELECT 'it''s $3', $1"), 1);
  EXPECT_EQ(parameters_of("SELECT 1"), 0);
}

}  // namespace
}  // namespace genmei::store
