// Runs a program that we do not trust with our memory or our time: no shell, no inherited files, a small environment,
// its own process group, limits on address space, CPU time and file size. Whatever happens, no child is left behind.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace genmei::report {

struct ChildCommand {
  std::vector<std::string> arguments;    // [0] is the absolute path of the program
  std::vector<std::string> environment;  // "NAME=value"; nothing else is passed on
  std::string error_file;                // standard error goes here; standard input and output are /dev/null
  std::chrono::milliseconds time_limit{60'000};
  std::uint64_t memory_bytes = 2ULL << 30U;  // address space
  std::uint64_t file_bytes = 256ULL << 20U;  // any file it writes
};

// Waits for the end and gives the exit status. Errors: report.program (cannot be started; place is its path),
// report.timeout, report.cancelled, report.crashed (a signal, for instance because of a limit).
Result<int> run(const ChildCommand& command, std::stop_token stop = {});

}  // namespace genmei::report
