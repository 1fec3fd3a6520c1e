// Speed of the ledger on SQLite: sequencing, verification of the entries alone and with the digest of every history
// row, and verification of the exported folder. Lines read: what | measured | bar, and the processor time of one entry
// (all threads). First argument: number of entries (500000).
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "ledger/testing/log.hpp"

namespace {

using genmei::ledger::testing::TestLog;

double processor() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

struct Took {
  double wall;
  double processor;
};

Took seconds(const std::function<bool()>& work) {
  const double before = processor();
  const auto start = std::chrono::steady_clock::now();
  if (!work()) {
    std::fprintf(stderr, "failed\n");
    std::exit(1);
  }
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), processor() - before};
}

void line(const char* what, std::int64_t entries, const Took& took, const char* bar) {
  const auto count = static_cast<double>(entries);
  std::printf("%s | %.0f/s | %s | %.2f µs\n", what, count / took.wall, bar, took.processor * 1e6 / count);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t entries = argc > 1 ? std::atoll(argv[1]) : 500000;
  auto log = TestLog::make(genmei::store::Backend::sqlite);
  if (log == nullptr) return 1;
  const Took sequenced = seconds([&] {
    for (std::int64_t at = 0; at < entries; at += 5000) {
      if (!log->change(5000, 400).ok() || !log->sequencer().run_once().ok()) return false;
    }
    return true;
  });
  line("write and sequence", entries, sequenced, "-");
  for (int round = 0; round < 2; ++round) {
    line("ledger verify, entries alone", entries, seconds([&] {
           const auto result = log->verification(false);
           return result.ok() && result->ok() && result->entries == entries;
         }),
         "500000/s");
    line("ledger verify, with every history row's digest", entries, seconds([&] {
           const auto result = log->verification(true);
           return result.ok() && result->ok() && result->revisions == entries;
         }),
         "200000/s");
  }
  const std::string folder = log->test().folder() + "/export";
  line("export", entries,
       seconds([&] { return genmei::ledger::export_folder(log->database(), TestLog::org, folder).ok(); }), "-");
  line("verify the exported folder", entries, seconds([&] {
         const auto result = genmei::ledger::verify_folder(folder);
         return result.ok() && result->ok() && result->entries == entries;
       }),
       "-");
  return 0;
}
