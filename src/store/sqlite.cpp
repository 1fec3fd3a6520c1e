// SQLite behind the Database interface: one writer thread commits many jobs together, each isolated by a savepoint;
// readers run on the calling threads, a snapshot each; a third thread copies the write-ahead log back into the file so
// that the writer need not wait for it.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <thread>

#include "store/sqlite_connection.hpp"
#include "store/write_queue.hpp"

namespace genmei::store {
namespace {

// Pages in the write-ahead log after which the background thread copies it back, and after which the writer does what
// is left itself (the background never catches up with a writer that never rests, and the log would grow without end).
constexpr int checkpoint_pages = 2000;
constexpr int checkpoint_pages_at_most = 16000;

class Checkpointer {
 public:
  explicit Checkpointer(std::unique_ptr<SqliteConnection> connection) : connection_(std::move(connection)) {
    thread_ = std::thread([this] { loop(); });
  }
  ~Checkpointer() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  void request() {
    if (wanted_.exchange(true)) return;
    const std::lock_guard lock(mutex_);
    wake_.notify_one();
  }

 private:
  void loop() {
    while (true) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stop_ || wanted_.load(); });
        if (stop_) return;
      }
      // An error (no space) leaves the log as it is: the data is safe there, and the next request tries again.
      sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
      wanted_ = false;
    }
  }

  std::unique_ptr<SqliteConnection> connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> wanted_ = false;
  bool stop_ = false;
  std::thread thread_;
};

// Runs batches of write jobs; everything here happens on the writer thread.
class Writer {
 public:
  explicit Writer(std::unique_ptr<SqliteConnection> connection) : connection_(std::move(connection)) {
    sqlite3_wal_hook(
        connection_->handle(),
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<Writer*>(self)->log_pages_ = pages;
          return SQLITE_OK;
        },
        this);
  }

  [[nodiscard]] int log_pages() const { return log_pages_; }
  void checkpoint() {
    sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }

  void run(std::vector<WriteItem>& batch) {
    if (batch.size() == 1) return run_alone(batch.front());
    if (auto begun = begin(); !begun.ok()) return fail_all(batch, begun.problems());
    for (std::size_t at = 0; at < batch.size(); ++at) {
      if (auto saved = connection_->control("SAVEPOINT job"); !saved.ok()) {
        batch[at].outcome = saved;
      } else {
        batch[at].outcome = outcome_of(batch[at].job);
        const auto closed = batch[at].outcome.ok() ? connection_->control("RELEASE job") : undo_savepoint();
        if (!closed.ok()) batch[at].outcome = closed;
      }
      if (!connection_->in_transaction()) {
        // SQLite gave the whole transaction up because of this job: the ones before it are run again, each alone.
        for (std::size_t before = 0; before < at; ++before) {
          if (batch[before].outcome.ok()) run_alone(batch[before]);
        }
        std::vector<WriteItem> rest(std::make_move_iterator(batch.begin() + static_cast<std::ptrdiff_t>(at) + 1),
                                    std::make_move_iterator(batch.end()));
        if (!rest.empty()) run(rest);
        std::move(rest.begin(), rest.end(), batch.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        return;
      }
    }
    if (auto committed = commit(); !committed.ok()) {
      for (auto& item : batch) {
        if (item.outcome.ok()) item.outcome = committed;
      }
    }
  }

 private:
  void run_alone(WriteItem& item) {
    item.outcome = begin();
    if (!item.outcome.ok()) return;
    item.outcome = outcome_of(item.job);
    if (item.outcome.ok()) {
      item.outcome = commit();
    } else {
      roll_back();
    }
  }

  Result<void> begin() {
    connection_->forget_error();
    return connection_->control("BEGIN IMMEDIATE");
  }

  Result<void> commit() {
    auto done = connection_->control("COMMIT");
    if (!done.ok()) roll_back();
    return done;
  }

  void roll_back() {
    // SQLite may have rolled back by itself; then there is nothing left to undo.
    if (connection_->in_transaction()) {
      const auto undone = connection_->control("ROLLBACK");
      static_cast<void>(undone);
    }
  }

  Result<void> undo_savepoint() {
    if (!connection_->in_transaction()) return {};
    GENMEI_TRY(connection_->control("ROLLBACK TO job"));
    return connection_->control("RELEASE job");
  }

  Result<void> outcome_of(const Job& job) {
    connection_->forget_error();
    Result<void> outcome;
    try {
      outcome = job(*connection_);
    } catch (...) {
      outcome = from_exception();
    }
    if (!outcome.ok()) return outcome;
    if (connection_->error()) return *connection_->error();
    // Left to the commit this would fail the whole batch.
    if (connection_->deferred_violations()) return constraint("store.foreign-key", "deferred", {}, {});
    return outcome;
  }

  static void fail_all(std::vector<WriteItem>& batch, const Problems& problems) {
    for (auto& item : batch) item.outcome = problems;
  }

  std::unique_ptr<SqliteConnection> connection_;
  int log_pages_ = 0;
};

// Reader connections. A thread comes back to the connection it used last; when all are taken it waits.
class Readers {
 public:
  explicit Readers(std::vector<std::unique_ptr<SqliteConnection>> connections) : slots_(connections.size()) {
    for (std::size_t at = 0; at < slots_.size(); ++at) slots_[at].connection = std::move(connections[at]);
  }

  class Lease {
   public:
    Lease(Readers& readers, std::size_t slot) : readers_(&readers), slot_(slot) {}
    ~Lease() { readers_->give_back(slot_); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    [[nodiscard]] SqliteConnection& connection() const { return *readers_->slots_[slot_].connection; }

   private:
    Readers* readers_;
    std::size_t slot_;
  };

  Lease take() {
    static std::atomic<std::size_t> threads = 0;
    thread_local std::size_t favourite = threads.fetch_add(1);
    while (true) {
      for (std::size_t step = 0; step < slots_.size(); ++step) {
        const std::size_t slot = (favourite + step) % slots_.size();
        if (!slots_[slot].taken.load(std::memory_order_relaxed) &&
            !slots_[slot].taken.exchange(true, std::memory_order_acquire)) {
          favourite = slot;
          return {*this, slot};
        }
      }
      std::unique_lock lock(mutex_);
      waiting_.fetch_add(1);
      wake_.wait(lock, [this] { return any_free(); });
      waiting_.fetch_sub(1);
    }
  }

 private:
  struct alignas(64) Slot {
    std::unique_ptr<SqliteConnection> connection;
    std::atomic<bool> taken = false;
  };

  [[nodiscard]] bool any_free() const {
    for (const auto& slot : slots_) {
      if (!slot.taken.load()) return true;
    }
    return false;
  }

  void give_back(std::size_t slot) {
    slots_[slot].taken.store(false);
    if (waiting_.load() == 0) return;
    const std::lock_guard lock(mutex_);
    wake_.notify_one();
  }

  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<int> waiting_ = 0;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(Config config, std::unique_ptr<SqliteConnection> writer, std::unique_ptr<SqliteConnection> checkpoint,
                 std::vector<std::unique_ptr<SqliteConnection>> readers)
      : config_(std::move(config)),
        readers_(std::move(readers)),
        checkpointer_(std::move(checkpoint)),
        writer_(std::move(writer)) {
    thread_ = std::thread([this] { loop(); });
  }

  // What was handed in before is still carried out.
  ~SqliteDatabase() override {
    queue_.close();
    thread_.join();
  }
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  [[nodiscard]] Backend backend() const override { return Backend::sqlite; }

  Result<void> read(const Job& job) override {
    // A read inside a read sees the same snapshot, and cannot starve the pool.
    thread_local std::vector<std::pair<const SqliteDatabase*, SqliteConnection*>> open;
    for (const auto& [database, connection] : open) {
      if (database == this) return guarded(job, *connection);
    }
    const auto lease = readers_.take();
    SqliteConnection& connection = lease.connection();
    connection.forget_error();
    GENMEI_TRY(connection.control("BEGIN"));
    open.emplace_back(this, &connection);
    auto outcome = guarded(job, connection);
    open.pop_back();
    const auto ended = connection.control("COMMIT");
    if (!ended.ok() && connection.in_transaction()) {
      const auto undone = connection.control("ROLLBACK");
      static_cast<void>(undone);
    }
    return outcome;
  }

  Result<void> write(Job job) override {
    if (std::this_thread::get_id() == thread_.get_id()) return failed("write called from within a write");
    Ticket ticket;
    write_async(std::move(job), [&ticket](Result<void> outcome) { ticket.set(std::move(outcome)); });
    return ticket.wait();
  }

  void write_async(Job job, Done done) override {
    WriteItem item{std::move(job), done, {}};
    if (!queue_.put(std::move(item))) done(busy("the database is closing"));
  }

  Result<void> backup(const std::string& target) override;

 private:
  static Result<void> guarded(const Job& job, SqliteConnection& connection) {
    try {
      return job(connection);
    } catch (...) {
      return from_exception();
    }
  }

  void loop() {
    std::vector<WriteItem> batch;
    const auto limit = static_cast<std::size_t>(std::max(1, config_.group_max));
    while (queue_.take(limit, batch)) {
      writer_.run(batch);
      for (auto& item : batch) item.finish();
      batch.clear();
      if (writer_.log_pages() > checkpoint_pages_at_most) writer_.checkpoint();
      if (writer_.log_pages() > checkpoint_pages) checkpointer_.request();
    }
  }

  Config config_;
  Readers readers_;
  Checkpointer checkpointer_;
  Writer writer_;
  WriteQueue queue_;
  std::thread thread_;
};

// The whole copy is one step under one read snapshot: writers go on, and the copy needs no second try when they do.
Result<void> SqliteDatabase::backup(const std::string& target) {
  const std::string part = target + ".part";
  std::remove(part.c_str());
  auto opened = SqliteConnection::open(config_, SqliteConnection::Use::backup);
  if (!opened.ok()) return std::move(opened).problems();
  SqliteConnection& source = **opened;
  sqlite3* copy = nullptr;
  int code = sqlite3_open_v2(part.c_str(), &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  if (code == SQLITE_OK) {
    sqlite3_backup* work = sqlite3_backup_init(copy, "main", source.handle(), "main");
    if (work == nullptr) {
      code = sqlite3_errcode(copy);
    } else {
      sqlite3_backup_step(work, -1);
      code = sqlite3_backup_finish(work);
    }
  }
  const std::string reason = copy == nullptr ? "out of memory" : sqlite3_errmsg(copy);
  if (sqlite3_close(copy) != SQLITE_OK && code == SQLITE_OK) code = SQLITE_ERROR;
  if (code == SQLITE_OK) {
    const int file = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (synced && std::rename(part.c_str(), target.c_str()) == 0) return {};
    code = SQLITE_IOERR;
  }
  std::remove(part.c_str());
  if ((code & 0xff) == SQLITE_FULL) return full(reason);
  return problem(Failure::internal, "store.backup", target, {{"reason", reason}}, reason);
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const Config& config) {
  using Use = SqliteConnection::Use;
  GENMEI_LET(writer, SqliteConnection::open(config, Use::writer));
  GENMEI_LET(checkpoint, SqliteConnection::open(config, Use::checkpoint));
  std::vector<std::unique_ptr<SqliteConnection>> readers;
  for (int at = 0; at < std::max(1, config.readers); ++at) {
    GENMEI_LET(reader, SqliteConnection::open(config, Use::reader));
    readers.push_back(std::move(reader));
  }
  return std::unique_ptr<Database>(
      std::make_unique<SqliteDatabase>(config, std::move(writer), std::move(checkpoint), std::move(readers)));
}

}  // namespace genmei::store
