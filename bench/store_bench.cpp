// Speed of the store: point reads, durable single-row writes grouped into commits, and a transaction of the shape of
// "create a record" (record, history row, ledger entry) at 64 client threads. Lines read: what | measured | bar.
// SQLite in a temporary folder (TMPDIR decides the disk); PostgreSQL when GENMEI_TEST_PG holds a connection string.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>
#include <vector>

#include "store/testing/databases.hpp"

namespace {

using genmei::Result;
using genmei::store::Backend;
using genmei::store::Bind;
using genmei::store::Connection;
using genmei::store::Database;
using genmei::store::Dialect;
using genmei::store::Row;
using genmei::store::testing::TestDatabase;

constexpr std::chrono::milliseconds duration{2000};

// Calls `work(thread, round)` from `threads` threads for a while; answers calls per second, 0 when one failed.
double rate(int threads, const std::function<bool(int, int)>& work) {
  std::atomic<bool> stop = false;
  std::atomic<bool> good = true;
  std::atomic<std::int64_t> calls = 0;
  std::vector<std::thread> pool;
  const auto start = std::chrono::steady_clock::now();
  for (int thread = 0; thread < threads; ++thread) {
    pool.emplace_back([&, thread] {
      std::int64_t mine = 0;
      for (int round = 0; !stop.load(std::memory_order_relaxed); ++round) {
        if (!work(thread, round)) {
          good = false;
          break;
        }
        ++mine;
      }
      calls += mine;
    });
  }
  std::this_thread::sleep_for(duration);
  stop = true;
  for (auto& thread : pool) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return good ? static_cast<double>(calls.load()) / took.count() : 0;
}

void line(const char* backend, const char* what, double measured, const char* bar) {
  std::printf("%s: %s | %.0f/s | %s\n", backend, what, measured, bar);
  std::fflush(stdout);
}

std::string schema(Backend backend) {
  const Dialect d{backend};
  const std::string text(d.text());
  const std::string integer(d.integer());
  return "CREATE TABLE thing(org " + text + ", id " + text + ", version " + integer + ", body " + text +
         ", PRIMARY KEY(org, id))" + std::string(d.strict_keyed()) + ";CREATE TABLE history(org " + text + ", id " +
         text + ", revision " + integer + ", body " + text + ", PRIMARY KEY(org, id, revision))" +
         std::string(d.strict_keyed()) + ";CREATE TABLE entry(id " + text + " PRIMARY KEY, body " + text + ")" +
         std::string(d.strict_keyed()) + ";";
}

void measure(Backend backend, const char* name, const char* create_bar) {
  if (!TestDatabase::available(backend)) return;
  auto test = TestDatabase::make(backend);
  if (test == nullptr) return;
  Database& db = test->database();
  if (!db.write([&](Connection& connection) { return connection.script(schema(backend)); }).ok()) return;
  const std::string body(400, 'x');
  const bool loaded =
      db.write([&](Connection& connection) -> Result<void> {
          for (int at = 0; at < 20000; ++at) {
            GENMEI_TRY(connection.send("INSERT INTO thing(org, id, version, body) VALUES ($1, $2, 1, $3)",
                                       {"org", "row-" + std::to_string(at), body}));
          }
          return {};
        }).ok();
  if (!loaded) return;
  const auto point = [&](int thread, int round) {
    const std::string id = "row-" + std::to_string((thread * 7919 + round * 31) % 20000);
    bool found = false;
    const auto done = db.read([&](Connection& connection) -> Result<void> {
      const Bind binds[] = {Bind(std::string_view("org")), Bind(std::string_view(id))};
      return connection.each("SELECT version, body FROM thing WHERE org = $1 AND id = $2", binds, [&](const Row& row) {
        found = row.text(1).size() == 400;
        return true;
      });
    });
    return done.ok() && found;
  };
  line(name, "point reads, 1 thread", rate(1, point), backend == Backend::sqlite ? "200000/s" : "-");
  line(name, "point reads, 2 threads", rate(2, point), "-");
  const auto single = [&](int thread, int round) {
    const std::string id = "w" + std::to_string(thread) + "-" + std::to_string(round);
    return db
        .write([&](Connection& connection) -> Result<void> {
          return connection.send("INSERT INTO thing(org, id, version, body) VALUES ($1, $2, 1, $3)", {"one", id, body});
        })
        .ok();
  };
  line(name, "durable single-row writes, 1 thread", rate(1, single), "-");
  const auto many = [&](int thread, int round) { return single(thread + 1000, round); };
  line(name, "durable single-row writes, 32 threads", rate(32, many), "-");
  const auto create = [&](int thread, int round) {
    const std::string id = "c" + std::to_string(thread) + "-" + std::to_string(round);
    return db
        .write([&](Connection& connection) -> Result<void> {
          GENMEI_TRY(
              connection.send("INSERT INTO thing(org, id, version, body) VALUES ($1, $2, 1, $3)", {"three", id, body}));
          GENMEI_TRY(connection.send("INSERT INTO history(org, id, revision, body) VALUES ($1, $2, 1, $3)",
                                     {"three", id, body}));
          return connection.send("INSERT INTO entry(id, body) VALUES ($1, $2)", {id, body});
        })
        .ok();
  };
  line(name, "create-like transactions (3 inserts), 64 threads", rate(64, create), create_bar);
}

}  // namespace

int main() {
  measure(Backend::sqlite, "sqlite", "8000/s");
  measure(Backend::postgres, "postgres", "3000/s");
  return 0;
}
