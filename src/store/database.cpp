#include "store/database.hpp"

#include "store/problems.hpp"

namespace genmei::store {

// One function per backend, in its own file.
Result<std::unique_ptr<Database>> open_sqlite(const Config& config);
Result<std::unique_ptr<Database>> open_postgres(const Config& config);

Result<std::unique_ptr<Database>> Database::open(const Config& config) {
  return config.backend == Backend::sqlite ? open_sqlite(config) : open_postgres(config);
}

Result<std::string> Connection::text(std::string_view sql, std::initializer_list<Bind> binds) {
  std::string value;
  GENMEI_TRY(each(sql, binds, [&](const Row& row) {
    value = row.text(0);
    return false;
  }));
  return value;
}

Result<std::int64_t> Connection::integer(std::string_view sql, std::initializer_list<Bind> binds) {
  std::int64_t value = 0;
  GENMEI_TRY(each(sql, binds, [&](const Row& row) {
    value = row.integer(0);
    return false;
  }));
  return value;
}

namespace {
Result<std::vector<std::string>> names(Connection& connection, std::string_view sql, std::string_view table) {
  std::vector<std::string> list;
  GENMEI_TRY(connection.each(sql, {table}, [&](const Row& row) {
    list.emplace_back(row.text(0));
    return true;
  }));
  return list;
}
}  // namespace

Result<std::vector<std::string>> Database::columns(Connection& connection, std::string_view table) {
  if (connection.backend() == Backend::sqlite) {
    return names(connection, "SELECT name FROM pragma_table_info($1) ORDER BY cid", table);
  }
  return names(connection,
               "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND "
               "table_name = $1 ORDER BY ordinal_position",
               table);
}

Result<std::vector<std::string>> Database::indexes(Connection& connection, std::string_view table) {
  if (connection.backend() == Backend::sqlite) {
    return names(connection, "SELECT name FROM pragma_index_list($1) ORDER BY name", table);
  }
  return names(connection,
               "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = $1 "
               "ORDER BY indexname",
               table);
}

}  // namespace genmei::store
