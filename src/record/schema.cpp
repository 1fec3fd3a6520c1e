#include "record/schema.hpp"

#include <algorithm>

#include "record/sql.hpp"

namespace genmei::record {
namespace {

using store::Backend;

std::string_view sql_type(const Field& field, const store::Dialect& dialect) {
  switch (field.type) {
    case FieldType::integer:
    case FieldType::money:
      return dialect.integer();
    case FieldType::decimal:
    case FieldType::percent:
      return dialect.number();
    case FieldType::boolean:
      return dialect.boolean();
    default:
      return dialect.text();
  }
}

// Index columns sort null as the smallest on both databases.
std::string index_column(std::string_view name, Backend backend) {
  return quoted(name) + (backend == Backend::postgres ? " NULLS FIRST" : "");
}

class Migration {
 public:
  Migration(store::Connection& connection, const Registry& registry)
      : connection_(connection), registry_(registry), dialect_{connection.backend()} {}

  Result<void> run() {
    GENMEI_TRY(shared_tables());
    for (const auto& kind : registry_.kinds()) GENMEI_TRY(table(kind));
    // References come after all tables exist: PostgreSQL wants the target first.
    for (const auto& kind : registry_.kinds()) {
      GENMEI_TRY(references(kind));
      GENMEI_TRY(kind_indexes(kind));
    }
    return {};
  }

 private:
  Result<void> shared_tables() {
    const std::string text(dialect_.text());
    const std::string integer(dialect_.integer());
    const std::string end = ")" + std::string(dialect_.strict_keyed()) + ";";
    return connection_.script(
        "CREATE TABLE IF NOT EXISTS history(org " + text + " NOT NULL, kind " + text + " NOT NULL, id " + text +
        " NOT NULL, revision " + integer + " NOT NULL, at " + text + " NOT NULL, actor " + text + " NOT NULL, action " +
        text + " NOT NULL, comment " + text + ", salt " + text + " NOT NULL, digest " + text + " NOT NULL, entry " +
        text + " NOT NULL, body " + text + ", PRIMARY KEY(org, kind, id, revision)" + end +
        "CREATE TABLE IF NOT EXISTS tally(org " + text + " NOT NULL, kind " + text + " NOT NULL, spec " + text +
        " NOT NULL, key " + text + " NOT NULL, n " + integer + " NOT NULL, PRIMARY KEY(org, kind, spec, key)" + end +
        "CREATE TABLE IF NOT EXISTS idempotency(org " + text + " NOT NULL, account " + text + " NOT NULL, key " + text +
        " NOT NULL, at " + text + " NOT NULL, request " + text + " NOT NULL, status " + integer + " NOT NULL, answer " +
        text + " NOT NULL, PRIMARY KEY(org, account, key)" + end + "CREATE TABLE IF NOT EXISTS file(org " + text +
        " NOT NULL, id " + text + " NOT NULL, name " + text + " NOT NULL, size " + integer + " NOT NULL, type " + text +
        " NOT NULL, digest " + text + " NOT NULL, at " + text + " NOT NULL, account " + text +
        " NOT NULL, PRIMARY KEY(org, id)" + end + "CREATE TABLE IF NOT EXISTS setting(org " + text +
        " NOT NULL, name " + text + " NOT NULL, value " + text + " NOT NULL, PRIMARY KEY(org, name)" + end);
  }

  Result<void> table(const Kind& kind) {
    GENMEI_LET(existing, store::Database::columns(connection_, kind.table));
    if (existing.empty()) return create(kind);
    std::string sql = link_tables(kind);
    for (const auto& field : kind.fields) {
      if (std::find(existing.begin(), existing.end(), field.name) == existing.end()) {
        sql += "ALTER TABLE " + kind.table + " ADD COLUMN " + quoted(field.name) + " " +
               std::string(sql_type(field, dialect_)) + ";";
        added_.emplace_back(kind.id, field.name);
      }
    }
    for (const auto& name : existing) {
      const auto& base = base_columns();
      if (kind.field(name) == nullptr && std::find(base.begin(), base.end(), name) == base.end()) {
        return problem(Failure::internal, "schema.migration", kind.table + "." + name);
      }
    }
    if (!sql.empty()) GENMEI_TRY(connection_.script(sql));
    return {};
  }

  Result<void> create(const Kind& kind) {
    const std::string text(dialect_.text());
    const std::string integer(dialect_.integer());
    std::string sql = "CREATE TABLE " + kind.table + "(org " + text + " NOT NULL, id " + text + " NOT NULL, revision " +
                      integer + " NOT NULL, number " + text + " NOT NULL, state " + text + " NOT NULL, archived " +
                      std::string(dialect_.boolean()) + " NOT NULL, approved_revision " + integer + ", created_at " +
                      text + " NOT NULL, created_by " + text + " NOT NULL, updated_at " + text +
                      " NOT NULL, updated_by " + text + " NOT NULL, extra " + text + ", search " + text + " NOT NULL";
    for (const auto& field : kind.fields)
      sql += ", " + quoted(field.name) + " " + std::string(sql_type(field, dialect_));
    sql += ", PRIMARY KEY(org, id), UNIQUE(org, number)";
    if (dialect_.backend == Backend::sqlite) {
      for (const auto& field : kind.fields) {
        if (field.type == FieldType::ref) sql += ", " + reference(field);
      }
    }
    sql += ")" + std::string(dialect_.strict()) + ";";
    sql += link_tables(kind);
    for (const auto& field : kind.fields) added_.emplace_back(kind.id, field.name);
    return connection_.script(sql);
  }

  // Targets of many-valued references. SQLite cannot add a reference to a table that exists, so a reference column
  // added later is guarded by the engine's own check alone; new tables and PostgreSQL get the full key.
  [[nodiscard]] std::string link_tables(const Kind& kind) const {
    const std::string text(dialect_.text());
    std::string sql;
    for (const auto& field : kind.fields) {
      if (field.type != FieldType::refs && field.type != FieldType::catalogues) continue;
      const auto name = link_table(kind, field);
      sql += "CREATE TABLE IF NOT EXISTS " + name + "(org " + text + " NOT NULL, id " + text + " NOT NULL, target " +
             text + " NOT NULL, PRIMARY KEY(org, id, target)";
      if (dialect_.backend == Backend::sqlite && field.type == FieldType::refs) {
        sql += ", FOREIGN KEY(org, target) REFERENCES k_" + underscored(field.to) + "(org, id)";
      }
      sql += ")" + std::string(dialect_.strict_keyed()) + ";";
      sql += "CREATE INDEX IF NOT EXISTS i_" + name + " ON " + name + "(org, target, id);";
    }
    return sql;
  }

  static std::string underscored(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
  }

  static std::string reference(const Field& field) {
    return "FOREIGN KEY(org, " + quoted(field.name) + ") REFERENCES k_" + underscored(field.to) + "(org, id)";
  }

  Result<void> references(const Kind& kind) {
    if (dialect_.backend != Backend::postgres) return {};
    std::string sql;
    for (const auto& field : kind.fields) {
      if (std::find(added_.begin(), added_.end(), std::pair{kind.id, field.name}) == added_.end()) continue;
      if (field.type == FieldType::ref) sql += "ALTER TABLE " + kind.table + " ADD " + reference(field) + ";";
      if (field.type == FieldType::refs) {
        sql += "ALTER TABLE " + link_table(kind, field) + " ADD FOREIGN KEY(org, target) REFERENCES k_" +
               underscored(field.to) + "(org, id);";
      }
    }
    if (sql.empty()) return {};
    return connection_.script(sql);
  }

  Result<void> kind_indexes(const Kind& kind) {
    std::string sql;
    const auto add = [&](const std::string& suffix, const std::vector<std::string>& columns, bool unique,
                         const std::string& where) {
      sql += std::string(unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX") + " IF NOT EXISTS i_" + kind.table + "_" +
             suffix + " ON " + kind.table + "(org";
      for (const auto& column : columns) sql += ", " + index_column(column, dialect_.backend);
      sql += ")" + where + ";";
    };
    add("updated_at", {"updated_at", "id"}, false, "");
    add("state", {"state", "updated_at", "id"}, false, "");
    // What a reader of one unit may see is found by these (record::Access::visible).
    add("unit", {"org_unit", "class", "id"}, false, "");
    add("author", {"created_by", "id"}, false, "");
    for (const auto& field : kind.fields) {
      if (field.many() || field.type == FieldType::json || field.type == FieldType::longtext ||
          field.name == "org_unit")
        continue;
      // Enumerations and booleans pick too many rows for an index to pay for its writes; kinds declare those they need.
      const bool selective =
          field.filter && !field.common && field.type != FieldType::enumeration && field.type != FieldType::boolean;
      if (field.sort || selective || field.type == FieldType::ref) add(field.name, {field.name, "id"}, false, "");
      if (field.unique)
        add("u_" + field.name, {field.name}, true, " WHERE NOT archived AND " + quoted(field.name) + " IS NOT NULL");
    }
    int position = 0;
    for (const auto& names : kind.indexes) {
      auto columns = names;
      columns.emplace_back("id");
      add("x" + std::to_string(++position), columns, false, "");
    }
    position = 0;
    for (const auto& names : kind.unique) {
      sql += "CREATE UNIQUE INDEX IF NOT EXISTS i_" + kind.table + "_k" + std::to_string(++position) + " ON " +
             kind.table + "(org";
      for (const auto& name : names) {
        // Two rows without a value count as equal: unique per (assessment, item, no service).
        const auto* field = kind.field(name);
        const auto type = field != nullptr ? sql_type(*field, dialect_) : dialect_.text();
        sql += ", COALESCE(" + quoted(name) + (type == dialect_.text() ? ", '')" : ", -1)");
      }
      sql += ") WHERE NOT archived;";
    }
    return connection_.script(sql);
  }

  store::Connection& connection_;
  const Registry& registry_;
  store::Dialect dialect_;
  std::vector<std::pair<std::string, std::string>> added_;  // (kind, field) columns made in this run
};

}  // namespace

const std::vector<std::string>& base_columns() {
  static const std::vector<std::string> columns{
      "org",        "id",         "revision",   "number",     "state", "archived", "approved_revision",
      "created_at", "created_by", "updated_at", "updated_by", "extra", "search"};
  return columns;
}

std::string link_table(const Kind& kind, const Field& field) { return "l" + kind.table.substr(1) + "_" + field.name; }

Result<void> migrate(store::Connection& connection, const Registry& registry) {
  return Migration(connection, registry).run();
}

}  // namespace genmei::record
