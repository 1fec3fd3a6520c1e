// One SQLite connection: binds `$n` by number, caches prepared statements, turns result codes into problems. After the
// first error within a transaction every later statement answers the same problem (as PostgreSQL does), until
// `forget_error`. Used by one thread at a time (opened with SQLITE_OPEN_NOMUTEX).
#pragma once

#include <sqlite3.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"
#include "store/statement_cache.hpp"

namespace genmei::store {

class SqliteConnection final : public Connection {
 public:
  // What the connection is for decides its pragmas.
  enum class Use { writer, reader, checkpoint, backup };
  static Result<std::unique_ptr<SqliteConnection>> open(const Config& config, Use use);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  using Connection::each;
  using Connection::run;
  using Connection::send;
  [[nodiscard]] Backend backend() const override { return Backend::sqlite; }
  Result<std::int64_t> run(std::string_view sql, std::span<const Bind> binds) override;
  Result<void> each(std::string_view sql, std::span<const Bind> binds, const EachRow& row) override;
  Result<void> send(std::string_view sql, std::span<const Bind> binds) override;
  Result<void> sync() override;
  Result<void> script(std::string_view sql) override;

  // Transaction control: not stopped by an earlier error.
  Result<void> control(std::string_view sql);
  [[nodiscard]] const std::optional<Problem>& error() const { return error_; }
  void forget_error() { error_.reset(); }
  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
  // Foreign keys declared DEFERRABLE that are violated at this moment.
  [[nodiscard]] bool deferred_violations() const;
  [[nodiscard]] sqlite3* handle() const { return db_; }
  // The problem that the result code `code` of this connection stands for.
  [[nodiscard]] Problem problem_of(int code) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  struct Statement {
    std::unique_ptr<sqlite3_stmt, Finalize> handle;
    std::vector<int> numbers;  // of the n-th parameter: the number after '$'
    bool in_use = false;
  };
  explicit SqliteConnection(sqlite3* db);
  Result<Statement> prepare(std::string_view sql, unsigned flags);
  Result<void> bind(const Statement& statement, std::span<const Bind> binds) const;
  Result<void> execute(std::string_view sql, std::span<const Bind> binds, const EachRow* row);
  Result<void> step(Statement& statement, std::span<const Bind> binds, const EachRow* row);

  sqlite3* db_;
  StatementCache<Statement> cache_;
  std::optional<Problem> error_;
};

}  // namespace genmei::store
