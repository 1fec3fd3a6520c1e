// One PostgreSQL connection, always in pipeline mode: statements are queued and answered together at the next point
// where a result is needed, so that a job of `send`s costs one round trip including BEGIN and COMMIT. Statements are
// prepared once by their text. After the first error every later statement of the job answers the same problem. One
// thread at a time.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"
#include "store/statement_cache.hpp"

namespace genmei::store {

class PostgresConnection final : public Connection {
 public:
  static Result<std::unique_ptr<PostgresConnection>> open(const std::string& conninfo);
  ~PostgresConnection() override;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  using Connection::each;
  using Connection::run;
  using Connection::send;
  [[nodiscard]] Backend backend() const override { return Backend::postgres; }
  Result<std::int64_t> run(std::string_view sql, std::span<const Bind> binds) override;
  Result<void> each(std::string_view sql, std::span<const Bind> binds, const EachRow& row) override;
  Result<void> send(std::string_view sql, std::span<const Bind> binds) override;
  Result<void> sync() override;
  Result<void> script(std::string_view sql) override;

  // A transaction begins with its first statement.
  enum class Access { read, write };
  void begin(Access access);
  // Durable when ok. Not ok: rolled back, or, when `outcome_unknown`, nobody can tell.
  Result<void> commit();
  void roll_back();
  // Ends a read: reports what was sent and not asked about yet; does not wait for the end itself, which is collected
  // with the next statement.
  Result<void> end_read();

  [[nodiscard]] bool lost() const { return lost_; }
  [[nodiscard]] bool outcome_unknown() const { return lost_ && commit_sent_; }
  // Whether the job may run again: nothing of it was kept, and the reason is one that passes (serialisation failure,
  // deadlock, plans made void by a change of schema, a connection lost before the commit).
  [[nodiscard]] bool may_rerun() const { return (rerun_ || lost_) && !outcome_unknown(); }
  // Whether a result has reached the job since `begin`.
  [[nodiscard]] bool delivered() const { return delivered_; }

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Answer = std::unique_ptr<PGresult, Clear>;
  struct Statement {
    std::string name;
    int parameters = 0;
  };
  enum class Step { prepare, statement, control, sync };
  struct Pending {
    Step step;
    std::string sql;  // of a prepare, so that a failed one is forgotten
  };

  explicit PostgresConnection(PGconn* connection);
  Result<void> enter_session();
  Result<void> queue(std::string_view sql, std::span<const Bind> binds);
  void control(const char* sql);
  Result<Statement*> prepared(std::string_view sql);
  // Sends what is queued and reads every answer; the last one that is not of a prepare.
  Result<Answer> collect();
  Result<Answer> fetch(std::string_view sql, std::span<const Bind> binds);
  void note(const PGresult* result);
  void lose();

  PGconn* connection_;
  StatementCache<Statement> cache_;
  std::deque<Pending> pending_;
  std::optional<Problem> error_;
  std::string begin_sql_;  // not sent yet
  bool open_ = false;      // a transaction is open on the server
  bool lost_ = false;
  bool rerun_ = false;
  bool commit_sent_ = false;
  bool delivered_ = false;
  std::uint64_t names_ = 0;
};

}  // namespace genmei::store
