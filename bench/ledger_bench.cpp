// Speed of the ledger on SQLite: sequencing, verification of the entries alone and with the digest of every history
// row, and verification of the exported folder. Lines read: what | measured | bar. First argument: number of entries
// (500000).
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "ledger/testing/log.hpp"

namespace {

using genmei::ledger::testing::TestLog;

double seconds(const std::function<bool()>& work) {
  const auto start = std::chrono::steady_clock::now();
  if (!work()) {
    std::fprintf(stderr, "failed\n");
    std::exit(1);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void line(const char* what, std::int64_t entries, double took, const char* bar) {
  std::printf("%s | %.0f/s | %s\n", what, static_cast<double>(entries) / took, bar);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t entries = argc > 1 ? std::atoll(argv[1]) : 500000;
  auto log = TestLog::make(genmei::store::Backend::sqlite);
  if (log == nullptr) return 1;
  const double sequenced = seconds([&] {
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
  line("export", entries, seconds([&] { return export_folder(log->database(), TestLog::org, folder).ok(); }), "-");
  line("verify the exported folder", entries, seconds([&] {
         const auto result = genmei::ledger::verify_folder(folder);
         return result.ok() && result->ok() && result->entries == entries;
       }),
       "-");
  return 0;
}
