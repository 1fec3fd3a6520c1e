// Values on their way to and from PostgreSQL: binds as libpq parameters (text format, bytes in binary), rows of a
// PGresult in text format, and SQLSTATEs as problems.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace genmei::store {

// The arrays that libpq wants; valid until the next `fill`.
class PostgresBinds {
 public:
  Result<void> fill(std::span<const Bind> binds);
  [[nodiscard]] const char* const* values() const { return values_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  std::string arena_;
  std::vector<std::size_t> offsets_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

class PostgresRow final : public Row {
 public:
  explicit PostgresRow(const PGresult* result) : result_(result) {}
  void set(int row) { row_ = row; }
  [[nodiscard]] int columns() const override { return PQnfields(result_); }
  [[nodiscard]] bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] double number(int column) const override;
  [[nodiscard]] bool boolean(int column) const override { return integer(column) != 0; }
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] std::string_view bytes(int column) const override;

 private:
  [[nodiscard]] std::string_view raw(int column) const;
  const PGresult* result_;
  int row_ = 0;
  mutable std::vector<std::string> decoded_;  // bytes of the current row
};

[[nodiscard]] std::string sqlstate(const PGresult* result);
[[nodiscard]] Problem postgres_problem(const PGresult* result);
// The highest n of the `$n` outside quotes and comments.
[[nodiscard]] int parameters_of(std::string_view sql);

}  // namespace genmei::store
