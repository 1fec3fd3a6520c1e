// Every test here runs on both backends; PostgreSQL is skipped unless GENMEI_TEST_PG holds a connection string.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "store/testing/databases.hpp"

namespace genmei::store {
namespace {

using testing::TestDatabase;

class StoreTest : public ::testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    if (!TestDatabase::available(GetParam())) GTEST_SKIP() << "GENMEI_TEST_PG is not set";
    test_ = TestDatabase::make(GetParam());
    ASSERT_TRUE(test_ != nullptr);
    const Dialect dialect{GetParam()};
    const std::string schema = "CREATE TABLE thing(id " + std::string(dialect.text()) + " PRIMARY KEY, amount " +
                               std::string(dialect.integer()) + " NOT NULL CHECK (amount >= 0), flag " +
                               std::string(dialect.boolean()) + ", ratio " + std::string(dialect.number()) + ", data " +
                               std::string(dialect.bytes()) + ")" + std::string(dialect.strict()) +
                               "; CREATE TABLE part(id " + std::string(dialect.text()) + " PRIMARY KEY, thing " +
                               std::string(dialect.text()) + " NOT NULL REFERENCES thing(id))" +
                               std::string(dialect.strict()) + "; CREATE INDEX part_by_thing ON part(thing);";
    ok(db().write([&](Connection& connection) { return connection.script(schema); }));
  }

  Database& db() { return test_->database(); }
  static void ok(const Result<void>& result) {
    ASSERT_TRUE(result.ok()) << result.problems().list.front().code << ": " << result.problems().list.front().detail;
  }
  static std::string code(const Result<void>& result) {
    return result.ok() ? "ok" : result.problems().list.front().code;
  }
  Result<void> insert(const std::string& id, std::int64_t amount) {
    return db().write([&](Connection& connection) -> Result<void> {
      return connection.send("INSERT INTO thing(id, amount) VALUES ($1, $2)", {id, amount});
    });
  }
  std::int64_t count() {
    std::int64_t number = -1;
    ok(db().read([&](Connection& connection) -> Result<void> {
      GENMEI_LET(found, connection.integer("SELECT count(*) FROM thing"));
      number = found;
      return {};
    }));
    return number;
  }

  std::unique_ptr<TestDatabase> test_;
};

INSTANTIATE_TEST_SUITE_P(Both, StoreTest, ::testing::Values(Backend::sqlite, Backend::postgres),
                         [](const auto& one) { return one.param == Backend::sqlite ? "sqlite" : "postgres"; });

TEST_P(StoreTest, KeepsEveryTypeOfValue) {
  const std::string text = "言明 ' \" \\ 𠮷";
  const std::string bytes("\0\x01\xff'\\", 5);
  ok(db().write([&](Connection& connection) -> Result<void> {
    GENMEI_LET(affected, connection.run("INSERT INTO thing(id, amount, flag, ratio, data) VALUES ($1, $2, $3, $4, $5)",
                                        {text, std::int64_t{9007199254740993}, true, 0.1, Bytes{bytes}}));
    EXPECT_EQ(affected, 1);
    return connection.send("INSERT INTO thing(id, amount, flag, data) VALUES ($1, $2, $3, $4)",
                           {"empty", 0, false, Bytes{""}});
  }));
  ok(db().read([&](Connection& connection) -> Result<void> {
    int rows = 0;
    GENMEI_TRY(connection.each("SELECT id, amount, flag, ratio, data FROM thing WHERE flag", {}, [&](const Row& row) {
      ++rows;
      EXPECT_EQ(row.columns(), 5);
      EXPECT_EQ(row.text(0), text);
      EXPECT_EQ(row.integer(1), 9007199254740993);
      EXPECT_EQ(row.text(1), "9007199254740993");
      EXPECT_TRUE(row.boolean(2));
      EXPECT_EQ(row.integer(2), 1);
      EXPECT_EQ(row.text(2), "1");
      EXPECT_EQ(row.number(3), 0.1);
      EXPECT_EQ(row.bytes(4), bytes);
      return true;
    }));
    EXPECT_EQ(rows, 1);
    GENMEI_TRY(connection.each("SELECT flag, ratio, data FROM thing WHERE NOT flag", {}, [&](const Row& row) {
      EXPECT_FALSE(row.is_null(0));
      EXPECT_FALSE(row.boolean(0));
      EXPECT_TRUE(row.is_null(1));
      EXPECT_EQ(row.text(1), "");
      EXPECT_EQ(row.number(1), 0);
      EXPECT_FALSE(row.is_null(2));
      EXPECT_EQ(row.bytes(2), "");
      return true;
    }));
    return {};
  }));
}

TEST_P(StoreTest, BindsByNumberInAnyOrderAndRepeatedly) {
  ok(insert("a", 7));
  ok(db().read([&](Connection& connection) -> Result<void> {
    GENMEI_LET(found, connection.text("SELECT $3 || $1 || $2 || $1 FROM thing WHERE id = $4 AND amount = $5",
                                      {"1", "2", "3", "a", 7}));
    EXPECT_EQ(found, "3121");
    return {};
  }));
}

TEST_P(StoreTest, BindsNullAndReportsMissingBinds) {
  ok(db().write([](Connection& connection) -> Result<void> {
    return connection.send("INSERT INTO thing(id, amount, flag) VALUES ($1, $2, $3)", {"a", 1, std::monostate{}});
  }));
  EXPECT_EQ(count(), 1);
  const auto missing = db().write([](Connection& connection) -> Result<void> {
    return connection.send("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"b"});
  });
  EXPECT_EQ(code(missing), "store.failed");
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, RefusesTextWithNul) {
  EXPECT_EQ(code(insert(std::string("a\0b", 3), 1)), "store.nul");
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, NamesTheViolatedConstraint) {
  ok(insert("a", 1));
  const auto twice = insert("a", 2);
  ASSERT_EQ(code(twice), "store.unique");
  EXPECT_EQ(twice.problems().list.front().failure, Failure::conflict);
  EXPECT_EQ(twice.problems().list.front().args.at("table"), "thing");
  EXPECT_EQ(twice.problems().list.front().args.at("columns"), "id");
  EXPECT_EQ(code(insert("b", -1)), "store.check");
  const auto orphan = db().write([](Connection& connection) -> Result<void> {
    return connection.send("INSERT INTO part(id, thing) VALUES ($1, $2)", {"p", "none"});
  });
  EXPECT_EQ(code(orphan), "store.foreign-key");
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, AnErrorSpoilsTheWholeJobEvenWhenTheJobIgnoresIt) {
  ok(insert("a", 1));
  const auto outcome = db().write([](Connection& connection) -> Result<void> {
    const auto first = connection.run("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"b", 1});
    EXPECT_TRUE(first.ok());
    const auto second = connection.run("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"a", 1});
    EXPECT_FALSE(second.ok());
    const auto third = connection.run("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"c", 1});
    EXPECT_FALSE(third.ok());
    return {};
  });
  EXPECT_EQ(code(outcome), "store.unique");
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, AFailingOrThrowingJobLeavesNothing) {
  const auto refused = db().write([](Connection& connection) -> Result<void> {
    GENMEI_TRY(connection.send("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"a", 1}));
    return problem(Failure::invalid, "test.refused");
  });
  EXPECT_EQ(code(refused), "test.refused");
  const auto thrown = db().write([](Connection& connection) -> Result<void> {
    GENMEI_TRY(connection.run("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"b", 1}));
    throw std::runtime_error("boom");
  });
  EXPECT_EQ(code(thrown), "store.failed");
  const auto read = db().read([](Connection&) -> Result<void> { throw std::runtime_error("boom"); });
  EXPECT_EQ(code(read), "store.failed");
  EXPECT_EQ(count(), 0);
  ok(insert("c", 1));
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, ASyntaxErrorIsReportedAndTheConnectionGoesOn) {
  for (int round = 0; round < 3; ++round) {
    const auto outcome = db().write(
        [](Connection& connection) -> Result<void> { return connection.send("INSERT INTO nowhere VALUES ($1)", {1}); });
    EXPECT_EQ(code(outcome), "store.failed");
    const auto read = db().read([](Connection& connection) -> Result<void> {
      GENMEI_TRY(connection.integer("SELECT nothing FROM nowhere"));
      return {};
    });
    EXPECT_EQ(code(read), "store.failed");
  }
  ok(insert("a", 1));
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, SentStatementsAreReportedByTheNextOneAtTheLatest) {
  ok(insert("a", 1));
  const auto outcome = db().write([](Connection& connection) -> Result<void> {
    GENMEI_TRY(connection.send("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"b", 1}));
    const auto sent = connection.send("INSERT INTO thing(id, amount) VALUES ($1, $2)", {"a", 1});
    const auto next = connection.sync();
    EXPECT_FALSE(next.ok());
    return {};
  });
  EXPECT_EQ(code(outcome), "store.unique");
  ok(db().write([](Connection& connection) -> Result<void> {
    for (int at = 0; at < 2000; ++at) {
      GENMEI_TRY(connection.send("INSERT INTO thing(id, amount) VALUES ($1, $2)", {std::to_string(at), at}));
    }
    GENMEI_LET(found, connection.integer("SELECT count(*) FROM thing"));
    EXPECT_EQ(found, 2001);
    return {};
  }));
  EXPECT_EQ(count(), 2001);
}

TEST_P(StoreTest, AffectedRowsAndReturningWork) {
  ok(insert("a", 1));
  ok(insert("b", 1));
  ok(db().write([](Connection& connection) -> Result<void> {
    GENMEI_LET(changed, connection.run("UPDATE thing SET amount = amount + $1", {1}));
    EXPECT_EQ(changed, 2);
    GENMEI_LET(none, connection.run("UPDATE thing SET amount = 9 WHERE id = $1", {"z"}));
    EXPECT_EQ(none, 0);
    GENMEI_LET(back, connection.integer("UPDATE thing SET amount = amount + 1 WHERE id = $1 RETURNING amount", {"a"}));
    EXPECT_EQ(back, 3);
    return {};
  }));
}

TEST_P(StoreTest, AReadSeesOneSnapshotAlsoWhenNested) {
  ok(insert("a", 1));
  ok(db().read([&](Connection& connection) -> Result<void> {
    GENMEI_LET(before, connection.integer("SELECT count(*) FROM thing"));
    EXPECT_EQ(before, 1);
    EXPECT_TRUE(std::async(std::launch::async, [&] { return insert("b", 1).ok(); }).get());
    GENMEI_LET(after, connection.integer("SELECT count(*) FROM thing"));
    EXPECT_EQ(after, 1);
    return db().read([&](Connection& inner) -> Result<void> {
      GENMEI_LET(again, inner.integer("SELECT count(*) FROM thing"));
      EXPECT_EQ(again, 1);
      return {};
    });
  }));
  EXPECT_EQ(count(), 2);
}

TEST_P(StoreTest, AReadCannotWrite) {
  const auto outcome = db().read([](Connection& connection) -> Result<void> {
    return connection.send("INSERT INTO thing(id, amount) VALUES ('a', 1)");
  });
  EXPECT_EQ(code(outcome), "store.failed");
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, ACallbackMayRunTheSameStatementAndStopEarly) {
  for (const char* id : {"a", "b", "c"}) ok(insert(id, 1));
  ok(db().read([](Connection& connection) -> Result<void> {
    const std::string_view sql = "SELECT id FROM thing WHERE id >= $1 ORDER BY id";
    int outer = 0;
    int inner = 0;
    GENMEI_TRY(connection.each(sql, {"a"}, [&](const Row&) {
      ++outer;
      const auto done = connection.each(sql, {"b"}, [&](const Row&) {
        ++inner;
        return true;
      });
      EXPECT_TRUE(done.ok());
      return outer < 2;
    }));
    EXPECT_EQ(outer, 2);
    EXPECT_EQ(inner, 4);
    return {};
  }));
}

TEST_P(StoreTest, TellsColumnsAndIndexes) {
  ok(db().read([](Connection& connection) -> Result<void> {
    GENMEI_LET(columns, Database::columns(connection, "thing"));
    EXPECT_EQ(columns, (std::vector<std::string>{"id", "amount", "flag", "ratio", "data"}));
    GENMEI_LET(none, Database::columns(connection, "nothing"));
    EXPECT_TRUE(none.empty());
    GENMEI_LET(indexes, Database::indexes(connection, "part"));
    EXPECT_NE(std::find(indexes.begin(), indexes.end(), "part_by_thing"), indexes.end());
    return {};
  }));
}

TEST_P(StoreTest, SixtyFourThreadsWithFailingNeighboursLoseAndGainNothing) {
  constexpr int threads = 64;
  constexpr int rounds = 40;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> pool;
  for (int thread = 0; thread < threads; ++thread) {
    pool.emplace_back([&, thread] {
      for (int round = 0; round < rounds; ++round) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(round);
        const int kind = (thread + round) % 4;
        const auto outcome = db().write([&](Connection& connection) -> Result<void> {
          GENMEI_TRY(connection.send("INSERT INTO thing(id, amount) VALUES ($1, $2)", {id, 1}));
          GENMEI_TRY(connection.send("INSERT INTO part(id, thing) VALUES ($1, $2)", {id, id}));
          if (kind == 1) return connection.send("INSERT INTO part(id, thing) VALUES ($1, 'none')", {id + "x"});
          if (kind == 2) return problem(Failure::invalid, "test.refused");
          if (kind == 3) throw std::runtime_error("boom");
          return {};
        });
        const std::string expected = kind == 0   ? "ok"
                                     : kind == 1 ? "store.foreign-key"
                                     : kind == 2 ? "test.refused"
                                                 : "store.failed";
        if (code(outcome) != expected) ++wrong;
        if (round % 8 == 0 && count() < 0) ++wrong;
      }
    });
  }
  for (auto& thread : pool) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(count(), threads * rounds / 4);
}

TEST_P(StoreTest, AsynchronousWritesCallBackAfterTheCommit) {
  std::atomic<int> called = 0;
  std::atomic<int> seen = 0;
  std::promise<void> all;
  for (int at = 0; at < 100; ++at) {
    const std::string id = std::to_string(at);
    db().write_async(
        [id](Connection& connection) -> Result<void> {
          return connection.send("INSERT INTO thing(id, amount) VALUES ($1, 1)", {id});
        },
        [&, id](Result<void> outcome) {
          if (outcome.ok()) {
            const auto read = db().read([&](Connection& connection) -> Result<void> {
              GENMEI_LET(found, connection.integer("SELECT count(*) FROM thing WHERE id = $1", {id}));
              if (found == 1) ++seen;
              return {};
            });
            EXPECT_TRUE(read.ok());
          }
          if (++called == 100) all.set_value();
        });
  }
  all.get_future().wait();
  EXPECT_EQ(seen, 100);
}

TEST_P(StoreTest, ClosingCarriesOutWhatWasHandedIn) {
  std::atomic<int> done = 0;
  for (int at = 0; at < 300; ++at) {
    const std::string id = std::to_string(at);
    db().write_async(
        [id](Connection& connection) -> Result<void> {
          return connection.send("INSERT INTO thing(id, amount) VALUES ($1, 1)", {id});
        },
        [&](Result<void> outcome) { done += outcome.ok() ? 1 : 0; });
  }
  test_->reopen();
  EXPECT_EQ(done, 300);
  EXPECT_EQ(count(), 300);
}

}  // namespace
}  // namespace genmei::store
