#include "store/postgres_values.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "store/problems.hpp"

namespace genmei::store {
namespace {

constexpr Oid type_boolean = 16;
constexpr Oid type_bytes = 17;

template <class Number>
void append_number(std::string& out, Number value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), end.ptr);
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 0;
}

std::string field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value == nullptr ? "" : value;
}

// "Key (org, name)=(…) already exists." in any language of the server → "org, name". The values stay out.
std::string columns_of(const std::string& detail) {
  const auto from = detail.find('(');
  const auto to = detail.find(")=(");
  if (from == std::string::npos || to == std::string::npos || to < from) return {};
  return detail.substr(from + 1, to - from - 1);
}

}  // namespace

Result<void> PostgresBinds::fill(std::span<const Bind> binds) {
  constexpr std::size_t null = static_cast<std::size_t>(-1);
  arena_.clear();
  offsets_.clear();
  values_.clear();
  lengths_.clear();
  formats_.clear();
  for (const Bind& bind : binds) {
    const std::size_t offset = arena_.size();
    int format = 0;
    if (const auto* text = std::get_if<std::string_view>(&bind)) {
      if (!text->empty() && std::memchr(text->data(), 0, text->size()) != nullptr) return nul_in_text();
      arena_.append(*text);
    } else if (const auto* integer = std::get_if<std::int64_t>(&bind)) {
      append_number(arena_, *integer);
    } else if (const auto* flag = std::get_if<bool>(&bind)) {
      arena_.push_back(*flag ? 't' : 'f');
    } else if (const auto* number = std::get_if<double>(&bind)) {
      append_number(arena_, *number);
    } else if (const auto* bytes = std::get_if<Bytes>(&bind)) {
      arena_.append(bytes->data);
      format = 1;
    }
    const std::size_t length = arena_.size() - offset;
    if (length > (1u << 30) - 1) return problem(Failure::too_large, "store.too-large");
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
    offsets_.push_back(std::holds_alternative<std::monostate>(bind) ? null : offset);
    arena_.push_back('\0');
  }
  for (const std::size_t offset : offsets_) values_.push_back(offset == null ? nullptr : arena_.data() + offset);
  return {};
}

std::string_view PostgresRow::raw(int column) const {
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t PostgresRow::integer(int column) const {
  const std::string_view value = raw(column);
  if (PQftype(result_, column) == type_boolean) return value == "t" ? 1 : 0;
  std::int64_t number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return number;
}

double PostgresRow::number(int column) const {
  const std::string_view value = raw(column);
  double result = 0;
  std::from_chars(value.data(), value.data() + value.size(), result);
  return result;
}

std::string_view PostgresRow::text(int column) const {
  const std::string_view value = raw(column);
  if (PQftype(result_, column) == type_boolean && !value.empty()) return value == "t" ? "1" : "0";
  return value;
}

std::string_view PostgresRow::bytes(int column) const {
  const std::string_view value = raw(column);
  if (PQftype(result_, column) != type_bytes || !value.starts_with("\\x")) return value;
  decoded_.resize(static_cast<std::size_t>(columns()));
  std::string& out = decoded_[static_cast<std::size_t>(column)];
  out.clear();
  for (std::size_t at = 2; at + 1 < value.size(); at += 2) {
    out.push_back(static_cast<char>(digit(value[at]) * 16 + digit(value[at + 1])));
  }
  return out;
}

std::string sqlstate(const PGresult* result) { return field(result, PG_DIAG_SQLSTATE); }

Problem postgres_problem(const PGresult* result) {
  const std::string state = sqlstate(result);
  const std::string message = state + " " + field(result, PG_DIAG_MESSAGE_PRIMARY);
  const auto violated = [&](const char* code) {
    std::string columns = columns_of(field(result, PG_DIAG_MESSAGE_DETAIL));
    if (columns.empty()) columns = field(result, PG_DIAG_COLUMN_NAME);
    std::string name = field(result, PG_DIAG_CONSTRAINT_NAME);
    if (name.empty()) name = columns.empty() ? state : columns;
    return constraint(code, std::move(name), field(result, PG_DIAG_TABLE_NAME), std::move(columns));
  };
  if (state == "23505") return violated("store.unique");
  if (state == "23503") return violated("store.foreign-key");
  if (state.starts_with("23") || state.starts_with("22")) return violated("store.check");
  if (state == "53100") return full(message);
  const bool connection = state.starts_with("08") && state != "08P01";
  if (connection || state.starts_with("53") || state.starts_with("57") || state == "55P03" || state == "40001" ||
      state == "40P01") {
    return busy(message);
  }
  return failed(message);
}

int parameters_of(std::string_view sql) {
  int highest = 0;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    const char c = sql[at];
    if (c == '\'' || c == '"') {
      at = std::min(sql.find(c, at + 1), sql.size());
    } else if (c == '-' && sql.substr(at).starts_with("--")) {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (c == '$') {
      int number = 0;
      std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
      highest = std::max(highest, number);
    }
  }
  return highest;
}

}  // namespace genmei::store
