// PostgreSQL behind the Database interface: pools of connections for reads and for writes, one transaction per job,
// jobs run again after serialisation failures, deadlocks and lost connections where that is safe.
#include <algorithm>
#include <chrono>
#include <thread>

#include "store/postgres_connection.hpp"
#include "store/write_queue.hpp"

namespace genmei::store {
namespace {

constexpr int attempts = 6;
constexpr std::size_t group_most = 64;
constexpr std::chrono::milliseconds patience{20};
constexpr std::chrono::seconds longest_wait{30};

// Connections opened on demand up to a number, handed out last in, first out; lost ones are dropped.
class Pool {
 public:
  Pool(std::string conninfo, int most) : conninfo_(std::move(conninfo)), most_(std::max(1, most)) {}

  Result<std::unique_ptr<PostgresConnection>> take() {
    {
      std::unique_lock lock(mutex_);
      const bool free = wake_.wait_for(lock, longest_wait, [this] { return !idle_.empty() || made_ < most_; });
      if (!free) return busy("no free connection");
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
      ++made_;
    }
    auto opened = PostgresConnection::open(conninfo_);
    if (!opened.ok()) forget();
    return opened;
  }

  void give_back(std::unique_ptr<PostgresConnection> connection) {
    if (connection->lost()) {
      connection.reset();
      return forget();
    }
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(std::move(connection));
    }
    wake_.notify_one();
  }

  // After one connection was lost the others of the pool are probably dead as well.
  void drop_idle() {
    std::vector<std::unique_ptr<PostgresConnection>> dropped;
    {
      const std::lock_guard lock(mutex_);
      dropped.swap(idle_);
      made_ -= static_cast<int>(dropped.size());
    }
    wake_.notify_all();
  }

 private:
  void forget() {
    {
      const std::lock_guard lock(mutex_);
      --made_;
    }
    wake_.notify_one();
  }

  std::string conninfo_;
  int most_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  int made_ = 0;
};

Result<void> guarded(const Job& job, Connection& connection) {
  try {
    return job(connection);
  } catch (...) {
    return from_exception();
  }
}

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const Config& config)
      : readers_(config.conninfo, config.readers), writers_(config.conninfo, config.writers) {
    threads_.emplace_back([this] { group_loop(); });
    for (int at = 1; at < config.writers; ++at) threads_.emplace_back([this] { relief_loop(); });
  }
  ~PostgresDatabase() override {
    queue_.close();
    for (auto& thread : threads_) thread.join();
  }
  PostgresDatabase(const PostgresDatabase&) = delete;
  PostgresDatabase& operator=(const PostgresDatabase&) = delete;

  // Whether the server can be reached at all.
  Result<void> reach() {
    GENMEI_LET(connection, readers_.take());
    readers_.give_back(std::move(connection));
    return {};
  }

  [[nodiscard]] Backend backend() const override { return Backend::postgres; }

  Result<void> read(const Job& job) override {
    // A read inside a read sees the same snapshot, and cannot starve the pool.
    thread_local std::vector<std::pair<const PostgresDatabase*, PostgresConnection*>> open;
    for (const auto& [database, connection] : open) {
      if (database == this) return guarded(job, *connection);
    }
    for (int attempt = 1;; ++attempt) {
      GENMEI_LET(connection, readers_.take());
      connection->begin(PostgresConnection::Access::read);
      open.emplace_back(this, connection.get());
      auto outcome = guarded(job, *connection);
      open.pop_back();
      if (outcome.ok()) {
        outcome = connection->end_read();
      } else {
        connection->roll_back();
      }
      const bool again = connection->may_rerun() && !connection->delivered() && attempt < attempts;
      if (connection->lost()) readers_.drop_idle();
      readers_.give_back(std::move(connection));
      if (outcome.ok() || !again) return outcome;
    }
  }

  Result<void> write(Job job) override {
    if (writing()) return failed("write called from within a write");
    Ticket ticket;
    write_async(std::move(job), [&ticket](Result<void> outcome) { ticket.set(std::move(outcome)); });
    return ticket.wait();
  }

  void write_async(Job job, Done done) override {
    WriteItem item{std::move(job), done, {}};
    if (!queue_.put(std::move(item))) done(busy("the database is closing"));
  }

  Result<void> backup(const std::string& target) override {
    return problem(Failure::invalid, "store.backup-postgres", target);
  }

 private:
  // Whether this thread runs write jobs: a write from within one would wait for itself.
  static bool& writing() {
    thread_local bool inside = false;
    return inside;
  }

  // True when all jobs of the batch have their outcome.
  bool run_group(std::vector<WriteItem>& batch) {
    auto taken = writers_.take();
    if (!taken.ok()) return false;
    PostgresConnection& connection = **taken;
    connection.begin(PostgresConnection::Access::write);
    Result<void> outcome;
    for (auto& item : batch) {
      outcome = guarded(item.job, connection);
      if (!outcome.ok()) break;
    }
    if (outcome.ok()) {
      outcome = connection.commit();
    } else {
      connection.roll_back();
    }
    const bool unknown = connection.outcome_unknown();
    if (connection.lost()) writers_.drop_idle();
    writers_.give_back(std::move(*taken));
    if (!outcome.ok() && !unknown) return false;
    for (auto& item : batch) item.outcome = outcome;
    return true;
  }

  Result<void> run(const Job& job) {
    for (int attempt = 1;; ++attempt) {
      GENMEI_LET(connection, writers_.take());
      connection->begin(PostgresConnection::Access::write);
      auto outcome = guarded(job, *connection);
      if (outcome.ok()) {
        outcome = connection->commit();
      } else {
        connection->roll_back();
      }
      const bool again = !outcome.ok() && connection->may_rerun() && attempt < attempts;
      if (connection->lost()) writers_.drop_idle();
      writers_.give_back(std::move(connection));
      if (!again) return outcome;
      std::this_thread::sleep_for(std::chrono::milliseconds(attempt * attempt));
    }
  }

  void group_loop() {
    writing() = true;
    std::vector<WriteItem> batch;
    while (queue_.take(group_most, batch)) {
      if (batch.size() > 1 && run_group(batch)) {
        for (auto& item : batch) item.finish();
      } else {
        for (auto& item : batch) {
          item.outcome = run(item.job);
          item.finish();
        }
      }
      batch.clear();
    }
  }

  void relief_loop() {
    writing() = true;
    std::vector<WriteItem> batch;
    while (queue_.relieve(patience, batch)) {
      batch.front().outcome = run(batch.front().job);
      batch.front().finish();
      batch.clear();
    }
  }

  Pool readers_;
  Pool writers_;
  WriteQueue queue_;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgres(const Config& config) {
  auto database = std::make_unique<PostgresDatabase>(config);
  GENMEI_TRY(database->reach());
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace genmei::store
