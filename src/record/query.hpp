// From a Query to SQL: filters, folded search, keyset paging, the gate's predicate, and the same over the past (as_of),
// where the rows come out of history instead of the kind's table.
#pragma once

#include <set>

#include "record/access.hpp"
#include "record/record.hpp"
#include "record/sql.hpp"

namespace genmei::record {

struct Statement {
  std::string sql;
  Binds binds;
};

class Compiler {
 public:
  Compiler(const Kind& kind, const Registry& registry, const Access& access, std::string org, store::Backend backend);
  // Rows of one page (limit + 1, to know whether there is more) in the column order of `columns()`.
  [[nodiscard]] Result<Statement> page(const Query& query) const;
  [[nodiscard]] Result<Statement> count(const Query& query) const;
  // One record by id through the gate.
  [[nodiscard]] Statement one(std::string_view id, const std::optional<Instant>& as_of) const;
  // id, title, number, state of several records through the gate; `count` ids are bound as given.
  [[nodiscard]] Statement labels(const std::vector<std::string>& ids) const;
  // The cursor that continues after `last`.
  [[nodiscard]] std::string cursor(const Query& query, const Record& last) const;

  // The select list: base columns without org and search, then the fields in declared order.
  [[nodiscard]] const std::string& select_list() const { return select_; }

 private:
  [[nodiscard]] std::string source(const std::optional<Instant>& as_of, const std::string& alias, Binds& binds) const;
  Result<std::string> where(const Query& query, Binds& binds) const;
  Result<std::string> filter(const Filter& filter, const Kind& kind, const std::string& alias,
                             const std::optional<Instant>& as_of, Binds& binds) const;
  std::vector<std::pair<std::string, bool>> order(const Query& query) const;  // (column, descending)

  const Kind& kind_;
  const Registry& registry_;
  const Access& access_;
  std::string org_;
  store::Backend backend_;
  std::string select_;
};

// Writes a row of `select_list()` as the API shows a record, straight from the columns. `names`: fields wanted, empty =
// all. What the row refers to is added to `wanted`: target kind → ids, or catalogue (with a leading '#') → values.
using Wanted = std::map<std::string, std::set<std::string>>;
void write_row(const Kind& kind, const store::Row& row, const std::vector<std::string>& names, std::string& out,
               Wanted& wanted);

// Reads a row of `select_list()`.
Record read_record(const Kind& kind, const store::Row& row);

}  // namespace genmei::record
