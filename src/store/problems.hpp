// The problems of the store in one place, so that both backends answer the same codes with the same arguments.
// Arguments of store.unique, store.foreign-key and store.check: constraint (as the backend names it), table, columns
// ("org, name"; empty when the backend does not tell). `detail` is for the log: it may name SQL, never values.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace genmei::store {

[[nodiscard]] Problem failed(std::string detail);
[[nodiscard]] Problem busy(std::string detail);
[[nodiscard]] Problem full(std::string detail);
[[nodiscard]] Problem constraint(std::string code, std::string name, std::string table, std::string columns);
// Text with a NUL byte is refused by both backends (PostgreSQL cannot store it).
[[nodiscard]] Problem nul_in_text();
// The problem that an exception leaving a job becomes; call inside a catch block.
[[nodiscard]] Problem from_exception();

}  // namespace genmei::store
