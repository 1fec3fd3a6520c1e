#include "store/sqlite_connection.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <mutex>

#include "store/problems.hpp"

namespace genmei::store {
namespace {

constexpr std::size_t cached_statements = 500;

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] int columns() const override { return sqlite3_data_count(statement_); }
  [[nodiscard]] bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  [[nodiscard]] std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] double number(int column) const override { return sqlite3_column_double(statement_, column); }
  [[nodiscard]] bool boolean(int column) const override { return sqlite3_column_int64(statement_, column) != 0; }
  [[nodiscard]] std::string_view text(int column) const override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  [[nodiscard]] std::string_view bytes(int column) const override {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

// "UNIQUE constraint failed: person.org, person.name" → constraint text, table, columns.
Problem constraint_problem(std::string code, std::string_view message) {
  const auto colon = message.find(": ");
  const std::string_view names = colon == std::string_view::npos ? message : message.substr(colon + 2);
  std::string table;
  std::string columns;
  for (std::size_t at = 0; at < names.size();) {
    auto end = names.find(", ", at);
    if (end == std::string_view::npos) end = names.size();
    const std::string_view one = names.substr(at, end - at);
    const auto dot = one.find('.');
    if (dot != std::string_view::npos && one.find(' ') == std::string_view::npos) {
      table = std::string(one.substr(0, dot));
      columns += (columns.empty() ? "" : ", ") + std::string(one.substr(dot + 1));
    }
    at = end + 2;
  }
  return constraint(std::move(code), std::string(names), std::move(table), std::move(columns));
}

std::vector<std::string> pragmas(const Config& config, SqliteConnection::Use use) {
  using Use = SqliteConnection::Use;
  std::vector<std::string> list = {"PRAGMA busy_timeout=10000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                   "PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY"};
  // The page cache of a reader is dropped whenever another connection commits, so mapping the file serves readers
  // better.
  if (use == Use::reader) {
    list.push_back("PRAGMA cache_size=-2048");
    list.push_back("PRAGMA mmap_size=" + std::to_string(config.mmap_bytes));
    list.push_back("PRAGMA query_only=ON");
  }
  if (use == Use::writer) {
    list.push_back("PRAGMA cache_size=-" + std::to_string(config.cache_kib));
    list.push_back("PRAGMA journal_size_limit=67108864");
    if (config.max_pages > 0) list.push_back("PRAGMA max_page_count=" + std::to_string(config.max_pages));
  }
  list.push_back("PRAGMA wal_autocheckpoint=0");  // a thread of its own does it
  return list;
}

void configure_once() {
  static std::once_flag once;
  // Without statistics the allocator needs no global lock. Refused (and harmless) when SQLite was initialised before.
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const Config& config, Use use) {
  configure_once();
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(config.path.c_str(), &db,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (db == nullptr) return failed("out of memory while opening the database");
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(db));
  if (code != SQLITE_OK) {
    return problem(Failure::internal, "store.open", config.path, {{"reason", sqlite3_errmsg(db)}}, sqlite3_errmsg(db));
  }
  sqlite3_extended_result_codes(db, 1);
  for (const auto& pragma : pragmas(config, use)) {
    char* message = nullptr;
    if (sqlite3_exec(db, pragma.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
      std::string reason = message == nullptr ? "unknown" : message;
      sqlite3_free(message);
      if (sqlite3_errcode(db) == SQLITE_FULL) return full(reason);
      return problem(Failure::internal, "store.open", config.path, {{"reason", reason}}, pragma + ": " + reason);
    }
  }
  return connection;
}

SqliteConnection::SqliteConnection(sqlite3* db) : db_(db), cache_(cached_statements) {}

SqliteConnection::~SqliteConnection() {
  cache_.clear();
  sqlite3_close_v2(db_);
}

bool SqliteConnection::deferred_violations() const {
  int current = 0;
  int highest = 0;
  sqlite3_db_status(db_, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0);
  return current != 0;
}

Problem SqliteConnection::problem_of(int code) const {
  const std::string message = sqlite3_errmsg(db_);
  const int extended = (code & ~0xff) != 0 ? code : sqlite3_extended_errcode(db_);
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return constraint_problem("store.unique", message);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return constraint_problem("store.foreign-key", message);
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_NOTNULL:
    case SQLITE_CONSTRAINT_DATATYPE:
    case SQLITE_CONSTRAINT_TRIGGER:
      return constraint_problem("store.check", message);
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_FULL:
      return full(message);
    case SQLITE_IOERR: {
      // Growing the shared-memory file fails with an I/O error, not with SQLITE_FULL.
      const int reason = sqlite3_system_errno(db_);
      if (reason == ENOSPC || reason == EDQUOT) return full(message);
      return failed(message + " (" + std::to_string(extended) + ")");
    }
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return busy(message);
    case SQLITE_CONSTRAINT:
      return constraint_problem("store.check", message);
    default:
      return failed(message + " (" + std::to_string(extended) + ")");
  }
}

Result<SqliteConnection::Statement> SqliteConnection::prepare(std::string_view sql, unsigned flags) {
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), flags, &handle, &rest);
  Statement statement;
  statement.handle.reset(handle);
  if (code != SQLITE_OK) {
    Problem one = problem_of(code);
    one.detail += " in: " + std::string(sql);
    return one;
  }
  if (handle == nullptr) return failed("empty statement");
  const std::string_view left(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
  if (left.find_first_not_of(" \n\t;") != std::string_view::npos) return failed("two statements: " + std::string(sql));
  const int count = sqlite3_bind_parameter_count(handle);
  for (int at = 1; at <= count; ++at) {
    int number = 0;
    if (const char* name = sqlite3_bind_parameter_name(handle, at); name != nullptr) {
      const char* end = name + std::strlen(name);
      const auto parsed = std::from_chars(name + 1, end, number);
      if (name[0] != '$' || parsed.ec != std::errc() || parsed.ptr != end) number = 0;
    }
    if (number <= 0) return failed("parameters are written $1, $2, …: " + std::string(sql));
    statement.numbers.push_back(number);
  }
  return statement;
}

Result<void> SqliteConnection::bind(const Statement& statement, std::span<const Bind> binds) const {
  sqlite3_stmt* handle = statement.handle.get();
  for (std::size_t at = 0; at < statement.numbers.size(); ++at) {
    const auto number = static_cast<std::size_t>(statement.numbers[at]);
    const int place = static_cast<int>(at) + 1;
    if (number > binds.size()) return failed(std::string("too few binds for: ") + sqlite3_sql(handle));
    const Bind& value = binds[number - 1];
    int code = SQLITE_OK;
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      if (std::memchr(text->data() == nullptr ? "" : text->data(), 0, text->size()) != nullptr) return nul_in_text();
      code = sqlite3_bind_text64(handle, place, text->data() == nullptr ? "" : text->data(), text->size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      code = sqlite3_bind_int64(handle, place, *integer);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      code = sqlite3_bind_int(handle, place, *flag ? 1 : 0);
    } else if (const auto* number_value = std::get_if<double>(&value)) {
      code = sqlite3_bind_double(handle, place, *number_value);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      code = sqlite3_bind_blob64(handle, place, bytes->data.data() == nullptr ? "" : bytes->data.data(),
                                 bytes->data.size(), SQLITE_STATIC);
    } else {
      code = sqlite3_bind_null(handle, place);
    }
    if (code == SQLITE_TOOBIG) return problem(Failure::too_large, "store.too-large");
    if (code != SQLITE_OK) return problem_of(code);
  }
  return {};
}

Result<void> SqliteConnection::step(Statement& statement, std::span<const Bind> binds, const EachRow* row) {
  GENMEI_TRY(bind(statement, binds));
  struct Reset {
    Statement& statement;
    ~Reset() {
      sqlite3_reset(statement.handle.get());
      statement.in_use = false;
    }
  } reset{statement};
  statement.in_use = true;
  const SqliteRow current(statement.handle.get());
  while (true) {
    const int code = sqlite3_step(statement.handle.get());
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) {
      Problem one = problem_of(code);
      if (one.code == "store.failed") one.detail += std::string(" in: ") + sqlite3_sql(statement.handle.get());
      return one;
    }
    if (row != nullptr && !(*row)(current)) return {};
  }
}

Result<void> SqliteConnection::execute(std::string_view sql, std::span<const Bind> binds, const EachRow* row) {
  Statement* cached = cache_.find(sql);
  if (cached != nullptr && !cached->in_use) return step(*cached, binds, row);
  if (cached != nullptr) {  // a callback of `each` runs the very statement it is a callback of
    GENMEI_LET(once, prepare(sql, 0));
    return step(once, binds, row);
  }
  GENMEI_LET(fresh, prepare(sql, SQLITE_PREPARE_PERSISTENT));
  Statement& kept = cache_.add(
      sql, std::move(fresh), [](const Statement& old) { return !old.in_use; }, [](const Statement&) {});
  return step(kept, binds, row);
}

Result<std::int64_t> SqliteConnection::run(std::string_view sql, std::span<const Bind> binds) {
  if (error_) return *error_;
  const sqlite3_int64 before = sqlite3_total_changes64(db_);
  auto done = execute(sql, binds, nullptr);
  if (!done.ok()) {
    error_ = done.problems().list.front();
    return std::move(done).problems();
  }
  // sqlite3_changes keeps the number of an earlier statement when this one changed nothing.
  if (sqlite3_total_changes64(db_) == before) return std::int64_t{0};
  return static_cast<std::int64_t>(sqlite3_changes64(db_));
}

Result<void> SqliteConnection::each(std::string_view sql, std::span<const Bind> binds, const EachRow& row) {
  if (error_) return *error_;
  auto done = execute(sql, binds, &row);
  if (!done.ok()) error_ = done.problems().list.front();
  return done;
}

Result<void> SqliteConnection::send(std::string_view sql, std::span<const Bind> binds) {
  if (error_) return *error_;
  auto done = execute(sql, binds, nullptr);
  if (!done.ok()) error_ = done.problems().list.front();
  return done;
}

Result<void> SqliteConnection::sync() {
  if (error_) return *error_;
  return {};
}

Result<void> SqliteConnection::script(std::string_view sql) {
  if (error_) return *error_;
  const int code = sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  error_ = problem_of(code);
  return *error_;
}

Result<void> SqliteConnection::control(std::string_view sql) { return execute(sql, {}, nullptr); }

}  // namespace genmei::store
