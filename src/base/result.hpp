// Result<T>: expected failure travels by value; exceptions stay for start-up and for our own mistakes.
// A Problem is what a user may see: a stable code, a place (JSON pointer, file:line, cell), and arguments for the
// message in the user's language. The texts live in data/messages/{ja,en}.yaml under the same code; `detail` is the
// English fallback for logs and for codes without arguments. Never put secrets or SQL into a Problem.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace genmei {

// What kind of answer a problem leads to. HTTP status and exit code follow from it and from nothing else.
enum class Failure {
  invalid,       // 400/422: the input is wrong; nothing changed
  unauthorized,  // 401: not logged on
  forbidden,     // 403: known, but not allowed (separation of duties, role)
  not_found,     // 404: does not exist, or the reader may not know that it does
  conflict,      // 409: a rule of the data forbids it (unique, referenced, wrong state)
  stale,         // 412: somebody else saved first
  too_large,     // 413: a limit was passed
  busy,          // 429/503: try again later
  full,          // 507: no space; reads go on
  internal       // 500: our own mistake; details only in the log
};

struct Problem {
  Failure failure = Failure::invalid;
  std::string code;                         // "record.required", kebab words with one dot: area.what
  std::string place;                        // "/name" (JSON pointer), "data/x.yaml:12", "Sheet1!B7"; may be empty
  std::map<std::string, std::string> args;  // named arguments of the message
  std::string detail;                       // English, for logs and as last resort
};

// One or more problems: validation reports all it finds, not only the first.
struct Problems {
  std::vector<Problem> list;
  Problems() = default;
  Problems(Problem one) { list.push_back(std::move(one)); }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool empty() const { return list.empty(); }
  [[nodiscard]] Failure failure() const { return list.empty() ? Failure::internal : list.front().failure; }
  void add(Problem one) { list.push_back(std::move(one)); }
  void add(Problems more) {
    for (auto& one : more.list) list.push_back(std::move(one));
  }
};

[[nodiscard]] inline Problem problem(Failure failure, std::string code, std::string place = {},
                                     std::map<std::string, std::string> args = {}, std::string detail = {}) {
  return Problem{failure, std::move(code), std::move(place), std::move(args), std::move(detail)};
}

// Either a value or the problems that prevented it.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Problems problems) : state_(std::in_place_index<1>, std::move(problems)) {}  // NOLINT
  Result(Problem one) : state_(std::in_place_index<1>, Problems(std::move(one))) {}   // NOLINT

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  [[nodiscard]] const Problems& problems() const& { return std::get<1>(state_); }
  [[nodiscard]] Problems&& problems() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Problems> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Problems problems) : problems_(std::move(problems)) {}  // NOLINT(google-explicit-constructor)
  Result(Problem one) : problems_(Problems(std::move(one))) {}   // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool ok() const { return !problems_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Problems& problems() const& { return *problems_; }
  [[nodiscard]] Problems&& problems() && { return std::move(*problems_); }

 private:
  std::optional<Problems> problems_;
};

}  // namespace genmei

// Leaves the function with the problems of EXPR, or goes on. The one macro of control flow we allow ourselves.
#define GENMEI_JOIN_(a, b) a##b
#define GENMEI_JOIN(a, b) GENMEI_JOIN_(a, b)
#define GENMEI_TRY_AS(name, expr)                                          \
  do {                                                                     \
    if (auto name = (expr); !name.ok()) return std::move(name).problems(); \
  } while (false)
#define GENMEI_TRY(expr) GENMEI_TRY_AS(GENMEI_JOIN(genmei_try_, __LINE__), expr)

// GENMEI_LET(name, expr): binds the value of EXPR to NAME or leaves with its problems.
#define GENMEI_LET(name, expr)                                           \
  auto name##_result_ = (expr);                                          \
  if (!name##_result_.ok()) return std::move(name##_result_).problems(); \
  auto& name = *name##_result_
