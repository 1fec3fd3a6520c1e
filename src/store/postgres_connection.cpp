#include "store/postgres_connection.hpp"

#include <array>
#include <charconv>

#include "store/postgres_values.hpp"
#include "store/problems.hpp"

namespace genmei::store {
namespace {

constexpr std::size_t cached_statements = 500;
// Answers that may wait unread: they lie in the buffers of the socket and of libpq.
constexpr std::size_t pending_at_most = 500;

void ignore_notice(void* /*unused*/, const PGresult* /*unused*/) {}

std::string first_line(const char* message) {
  const std::string_view all = message == nullptr ? "" : message;
  return std::string(all.substr(0, all.find('\n')));
}

}  // namespace

PostgresConnection::PostgresConnection(PGconn* connection) : connection_(connection), cache_(cached_statements) {}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& conninfo) {
  // What the connection string says comes later and wins.
  const std::array<const char*, 6> keys = {"application_name", "connect_timeout", "tcp_user_timeout",
                                           "client_encoding",  "dbname",          nullptr};
  const std::array<const char*, 6> values = {"genmei", "10", "30000", "UTF8", conninfo.c_str(), nullptr};
  PGconn* raw = PQconnectdbParams(keys.data(), values.data(), 1);
  if (raw == nullptr) return failed("out of memory while connecting");
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(raw));
  if (PQstatus(raw) != CONNECTION_OK) {
    const std::string reason = first_line(PQerrorMessage(raw));
    return problem(Failure::busy, "store.open", {}, {{"reason", reason}}, reason);
  }
  GENMEI_TRY(connection->enter_session());
  return connection;
}

Result<void> PostgresConnection::enter_session() {
  PQsetNoticeReceiver(connection_, ignore_notice, nullptr);
  // The search path is pinned to the one schema in use, temporary tables last: nobody can slip another table under a
  // name. A server that is set to confirm commits before they are durable is overruled.
  const Answer answer(PQexec(connection_,
                             "SELECT set_config('search_path', quote_ident(coalesce(current_schema(), 'public')) || "
                             "', pg_temp', false), set_config('TimeZone', 'UTC', false), set_config("
                             "'standard_conforming_strings', 'on', false), set_config('bytea_output', 'hex', false), "
                             "set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') = 'off' "
                             "THEN 'on' ELSE current_setting('synchronous_commit') END, false)"));
  if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return postgres_problem(answer.get());
  if (PQenterPipelineMode(connection_) != 1) return failed("pipeline mode refused");
  return {};
}

void PostgresConnection::begin(Access access) {
  begin_sql_ = access == Access::read ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
  error_.reset();
  rerun_ = false;
  commit_sent_ = false;
  delivered_ = false;
}

void PostgresConnection::lose() {
  lost_ = true;
  pending_.clear();
  if (!error_) error_ = busy("connection lost: " + first_line(PQerrorMessage(connection_)));
}

void PostgresConnection::control(const char* sql) {
  if (PQsendQueryParams(connection_, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) return lose();
  pending_.push_back({Step::control, {}});
}

Result<PostgresConnection::Statement*> PostgresConnection::prepared(std::string_view sql) {
  if (Statement* known = cache_.find(sql); known != nullptr) return known;
  Statement fresh{"s" + std::to_string(++names_), parameters_of(sql)};
  std::string text(sql);
  if (PQsendPrepare(connection_, fresh.name.c_str(), text.c_str(), 0, nullptr) != 1) {
    lose();
    return *error_;
  }
  pending_.push_back({Step::prepare, std::move(text)});
  return &cache_.add(
      sql, std::move(fresh), [](const Statement&) { return true; },
      [this](const Statement& old) { control(("DEALLOCATE " + old.name).c_str()); });
}

Result<void> PostgresConnection::queue(std::string_view sql, std::span<const Bind> binds) {
  if (error_) return *error_;
  if (!begin_sql_.empty()) {
    control(begin_sql_.c_str());
    begin_sql_.clear();
    open_ = true;
  }
  thread_local PostgresBinds values;
  auto filled = values.fill(binds);
  if (!filled.ok()) {
    error_ = filled.problems().list.front();
    return filled;
  }
  GENMEI_LET(statement, prepared(sql));
  if (static_cast<std::size_t>(statement->parameters) > binds.size()) {
    error_ = failed("too few binds for: " + std::string(sql));
    return *error_;
  }
  if (lost_ || PQsendQueryPrepared(connection_, statement->name.c_str(), statement->parameters, values.values(),
                                   values.lengths(), values.formats(), 0) != 1) {
    lose();
    return *error_;
  }
  pending_.push_back({Step::statement, {}});
  return {};
}

void PostgresConnection::note(const PGresult* result) {
  const std::string state = sqlstate(result);
  if (error_) return;  // what follows an error is only its consequence
  error_ = postgres_problem(result);
  rerun_ = state == "40001" || state == "40P01";
  if (state == "0A000" || state == "26000") {  // the schema changed under prepared statements, or they are gone
    rerun_ = true;
    cache_.clear();
  }
}

Result<PostgresConnection::Answer> PostgresConnection::collect() {
  Answer last;
  if (lost_ || PQpipelineSync(connection_) != 1) {
    lose();
    return *error_;
  }
  pending_.push_back({Step::sync, {}});
  while (!pending_.empty()) {
    const Pending pending = std::move(pending_.front());
    pending_.pop_front();
    Answer answer(PQgetResult(connection_));
    if (PQstatus(connection_) == CONNECTION_BAD || answer == nullptr) {
      if (answer != nullptr && !error_) error_ = postgres_problem(answer.get());
      lose();
      break;
    }
    if (pending.step == Step::sync) continue;
    const ExecStatusType status = PQresultStatus(answer.get());
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    if (!good && pending.step == Step::prepare) cache_.remove(pending.sql);
    if (!good && status != PGRES_PIPELINE_ABORTED) note(answer.get());
    while (Answer more{PQgetResult(connection_)}) {
    }
    if (good && pending.step != Step::prepare) last = std::move(answer);
  }
  if (error_) return *error_;
  return last;
}

Result<PostgresConnection::Answer> PostgresConnection::fetch(std::string_view sql, std::span<const Bind> binds) {
  GENMEI_TRY(queue(sql, binds));
  auto answer = collect();
  if (answer.ok()) delivered_ = true;
  return answer;
}

Result<std::int64_t> PostgresConnection::run(std::string_view sql, std::span<const Bind> binds) {
  GENMEI_LET(answer, fetch(sql, binds));
  const std::string_view affected = PQcmdTuples(answer.get());
  std::int64_t number = 0;
  std::from_chars(affected.data(), affected.data() + affected.size(), number);
  return number;
}

Result<void> PostgresConnection::each(std::string_view sql, std::span<const Bind> binds, const EachRow& row) {
  GENMEI_LET(answer, fetch(sql, binds));
  PostgresRow current(answer.get());
  const int rows = PQntuples(answer.get());
  for (int at = 0; at < rows; ++at) {
    current.set(at);
    if (!row(current)) break;
  }
  return {};
}

Result<void> PostgresConnection::send(std::string_view sql, std::span<const Bind> binds) {
  GENMEI_TRY(queue(sql, binds));
  return pending_.size() < pending_at_most ? Result<void>() : sync();
}

Result<void> PostgresConnection::sync() {
  if (error_) return *error_;
  auto answer = collect();
  if (!answer.ok()) return std::move(answer).problems();
  return {};
}

Result<void> PostgresConnection::script(std::string_view sql) {
  if (error_) return *error_;
  if (!begin_sql_.empty()) {
    control(begin_sql_.c_str());
    begin_sql_.clear();
    open_ = true;
  }
  GENMEI_TRY(sync());
  if (PQexitPipelineMode(connection_) != 1) {
    lose();
    return *error_;
  }
  const Answer answer(PQexec(connection_, std::string(sql).c_str()));
  if (PQstatus(connection_) == CONNECTION_BAD) {
    lose();
    return *error_;
  }
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) note(answer.get());
  PQenterPipelineMode(connection_);
  delivered_ = true;
  if (error_) return *error_;
  return {};
}

Result<void> PostgresConnection::commit() {
  if (!open_ && !error_) {
    begin_sql_.clear();
    return {};
  }
  if (error_) {
    const Problem reason = *error_;
    roll_back();
    return reason;
  }
  control("COMMIT");
  if (!lost_) commit_sent_ = true;
  auto answer = collect();
  if (answer.ok() && std::string_view(PQcmdStatus(answer->get())) == "COMMIT") {
    open_ = false;
    return {};
  }
  if (outcome_unknown()) return failed("connection lost during the commit: its outcome is unknown");
  const Problem reason = error_ ? *error_ : failed("the commit was answered by a rollback");
  roll_back();
  return reason;
}

void PostgresConnection::roll_back() {
  begin_sql_.clear();
  if (lost_) return;
  if (!pending_.empty()) {
    const auto rest = collect();
    static_cast<void>(rest);
  }
  if (open_ && !lost_) {
    control("ROLLBACK");
    const auto done = collect();
    static_cast<void>(done);
  }
  open_ = false;
}

Result<void> PostgresConnection::end_read() {
  begin_sql_.clear();
  if (error_ || !pending_.empty()) {
    const auto rest = sync();
    if (!rest.ok()) {
      roll_back();
      return rest;
    }
  }
  if (!open_) return {};
  open_ = false;
  control("COMMIT");
  if (lost_ || PQpipelineSync(connection_) != 1) {
    lose();
    return {};  // the job has its results already
  }
  pending_.push_back({Step::sync, {}});
  if (PQflush(connection_) < 0) lose();
  return {};
}

}  // namespace genmei::store
