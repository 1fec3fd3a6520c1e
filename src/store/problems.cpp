#include "store/problems.hpp"

#include <exception>
#include <utility>

namespace genmei::store {

Problem failed(std::string detail) { return problem(Failure::internal, "store.failed", {}, {}, std::move(detail)); }

Problem busy(std::string detail) { return problem(Failure::busy, "store.busy", {}, {}, std::move(detail)); }

Problem full(std::string detail) { return problem(Failure::full, "store.full", {}, {}, std::move(detail)); }

Problem constraint(std::string code, std::string name, std::string table, std::string columns) {
  std::string detail = code + ": " + name;
  return problem(Failure::conflict, std::move(code), {},
                 {{"constraint", std::move(name)}, {"table", std::move(table)}, {"columns", std::move(columns)}},
                 std::move(detail));
}

Problem nul_in_text() { return problem(Failure::invalid, "store.nul", {}, {}, "text holds a NUL byte"); }

Problem from_exception() {
  try {
    throw;
  } catch (const std::exception& error) {
    return failed(std::string("a job threw: ") + error.what());
  } catch (...) {
    return failed("a job threw something that is no std::exception");
  }
}

}  // namespace genmei::store
