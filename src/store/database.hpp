// The thin layer over SQLite and PostgreSQL: one SQL text with $1 binds for both, prepared statements cached per
// connection, grouped durable commits. It knows nothing of kinds or organisations.
//
// SQLite: WAL, synchronous=FULL, foreign keys on, one writer thread that commits many jobs' savepoints in one
// transaction, readers in parallel (one connection per thread). PostgreSQL: pools of connections, statements without
// results pipelined, jobs that have queued up commit in one transaction (one by one again when one of them fails).
// Invariants: a job either commits whole or leaves nothing; `write` returns after the commit is durable; a job must not
// keep the Connection. After an error every later statement of the job answers that error, and the job fails even when
// it hides it. Rules for SQL that runs on both: docs/architecture.md ("one SQL").
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace genmei::store {

enum class Backend { sqlite, postgres };

// Bytes as such (BLOB / BYTEA); text is string_view. A Bind does not own: what it points to lives until the call
// returns (for `send`: until it returns as well; implementations copy).
struct Bytes {
  std::string_view data;
};
using Bind = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, Bytes>;

// One row of a result; valid only inside the callback. Columns count from 0. Booleans are stored as 0/1 in SQLite.
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual int columns() const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual double number(int column) const = 0;
  [[nodiscard]] virtual bool boolean(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;   // "" when null
  [[nodiscard]] virtual std::string_view bytes(int column) const = 0;  // "" when null
};

using EachRow = std::function<bool(const Row&)>;  // false stops early

// One connection, used by one thread at a time. Errors: store.unique, store.foreign-key, store.check (args:
// constraint), store.busy, store.full, store.failed (detail for the log only).
class Connection {
 public:
  virtual ~Connection() = default;
  [[nodiscard]] virtual Backend backend() const = 0;
  // Runs a statement; answers the number of affected rows.
  virtual Result<std::int64_t> run(std::string_view sql, std::span<const Bind> binds) = 0;
  virtual Result<void> each(std::string_view sql, std::span<const Bind> binds, const EachRow& row) = 0;
  // Like run, but the outcome may arrive later (PostgreSQL pipelining): it is reported by the next run, each or sync on
  // this connection, at the latest by the commit. Inside write jobs only.
  virtual Result<void> send(std::string_view sql, std::span<const Bind> binds) = 0;
  virtual Result<void> sync() = 0;
  // Several statements without binds separated by ';' (schema changes).
  virtual Result<void> script(std::string_view sql) = 0;

  Result<std::int64_t> run(std::string_view sql, std::initializer_list<Bind> binds = {}) {
    return run(sql, std::span<const Bind>(binds.begin(), binds.size()));
  }
  Result<void> each(std::string_view sql, std::initializer_list<Bind> binds, const EachRow& row) {
    return each(sql, std::span<const Bind>(binds.begin(), binds.size()), row);
  }
  Result<void> send(std::string_view sql, std::initializer_list<Bind> binds = {}) {
    return send(sql, std::span<const Bind>(binds.begin(), binds.size()));
  }
  // The first column of the first row as text/integer; empty/0 without a row.
  Result<std::string> text(std::string_view sql, std::initializer_list<Bind> binds = {});
  Result<std::int64_t> integer(std::string_view sql, std::initializer_list<Bind> binds = {});
};

struct Config {
  Backend backend = Backend::sqlite;
  std::string path{};                     // SQLite: file of the database
  std::string conninfo{};                 // PostgreSQL: libpq connection string
  int readers = 4;                        // SQLite: reader connections kept; PostgreSQL: connections for reads
  int writers = 8;                        // PostgreSQL: connections for writes (SQLite always has one writer)
  int group_max = 128;                    // SQLite: jobs per commit at most
  std::int64_t mmap_bytes = 128LL << 20;  // SQLite readers: part of the file that is mapped at most
  int cache_kib = 8192;                   // SQLite writer: page cache
  std::int64_t max_pages = 0;             // SQLite: pages of 4 KiB the file may have; 0 = no limit
};

using Job = std::function<Result<void>(Connection&)>;
using Done = std::function<void(Result<void>)>;

class Database {
 public:
  virtual ~Database() = default;
  static Result<std::unique_ptr<Database>> open(const Config& config);

  [[nodiscard]] virtual Backend backend() const = 0;
  // Runs `job` against one consistent snapshot, read-only.
  virtual Result<void> read(const Job& job) = 0;
  // Runs `job` as one transaction and returns when it is durable. PostgreSQL may run it again (serialisation failure,
  // deadlock, lost connection, failed neighbour): a job has no effects outside the connection but through variables it
  // sets anew on every run. PostgreSQL's isolation is READ COMMITTED: what a job read may change before it writes
  // unless it locks it. Not from within a job or a `done`.
  virtual Result<void> write(Job job) = 0;
  // The same without waiting: `done` is called from another thread after the commit (or failure); it holds up the
  // writes of everybody while it runs.
  virtual void write_async(Job job, Done done) = 0;
  // A consistent copy of everything into `target` (SQLite: a file, while serving; PostgreSQL: unsupported, use pg_dump:
  // error store.backup-postgres).
  virtual Result<void> backup(const std::string& target) = 0;

  // Names of the columns of `table`, empty when it does not exist; and names of its indexes.
  static Result<std::vector<std::string>> columns(Connection& connection, std::string_view table);
  static Result<std::vector<std::string>> indexes(Connection& connection, std::string_view table);
};

// The words in which the two dialects differ; everything else is one text.
struct Dialect {
  Backend backend;
  [[nodiscard]] std::string_view integer() const { return backend == Backend::sqlite ? "INTEGER" : "BIGINT"; }
  [[nodiscard]] std::string_view boolean() const { return backend == Backend::sqlite ? "INTEGER" : "BOOLEAN"; }
  [[nodiscard]] std::string_view number() const { return backend == Backend::sqlite ? "REAL" : "DOUBLE PRECISION"; }
  [[nodiscard]] std::string_view text() const { return backend == Backend::sqlite ? "TEXT" : "TEXT COLLATE \"C\""; }
  [[nodiscard]] std::string_view bytes() const { return backend == Backend::sqlite ? "BLOB" : "BYTEA"; }
  [[nodiscard]] std::string_view strict() const { return backend == Backend::sqlite ? " STRICT" : ""; }
  [[nodiscard]] std::string_view strict_keyed() const {
    return backend == Backend::sqlite ? " STRICT, WITHOUT ROWID" : "";
  }
};

}  // namespace genmei::store
