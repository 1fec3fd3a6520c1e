// Time and size of the reports. Bars (issue 2, section 11): statement of applicability with 93 controls as PDF ≤ 6 s,
// as xlsx ≤ 0.5 s, on a machine of two cores. Writes the files into the folder given as first argument, or nowhere. Run
// from the repository's root: build/bench/report_bench [folder]
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "base/messages.hpp"
#include "report/render.hpp"
#include "report/sample_reports.hpp"

namespace {

using namespace genmei;
using namespace genmei::report;

struct Bar {
  std::string name;
  Document document;
  Format format;
  double seconds;  // 0: no bar
};

double child_seconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  const auto messages = Messages::load("data/messages");
  const auto renderer = Renderer::load("data/templates/report");
  if (!messages.ok() || !renderer.ok()) {
    std::fputs("run from the root of the repository\n", stderr);
    return 3;
  }
  const Wording ja(*messages, Language::ja, true);
  const Wording en(*messages, Language::en);
  const auto soa = soa_document(sample::soa(93), ja);
  const std::vector<Bar> bars = {{"soa-93", soa, Format::json, 0},
                                 {"soa-93", soa, Format::html, 0},
                                 {"soa-93", soa, Format::xlsx, 0.5},
                                 {"soa-93", soa, Format::pdf, 6},
                                 {"soa-93-en", soa_document(sample::soa(93), en), Format::pdf, 6},
                                 {"gap", gap_document(sample::gap(), ja), Format::pdf, 0},
                                 {"pattern", pattern_document(sample::pattern(), ja), Format::pdf, 0},
                                 {"disclosure", disclosure_document(sample::disclosure(), ja), Format::pdf, 0},
                                 {"criteria", criteria_document(sample::criteria(41), ja), Format::pdf, 0},
                                 {"criteria", criteria_document(sample::criteria(41), ja), Format::xlsx, 0}};
  bool passed = true;
  for (const auto& bar : bars) {
    double best = 1e9;
    double processor = 0;
    std::string bytes;
    // A PDF takes seconds: once is enough there.
    for (int turn = 0; turn < (bar.format == Format::pdf ? 1 : 5); ++turn) {
      const double before = child_seconds();
      const auto start = std::chrono::steady_clock::now();
      auto result = renderer->render(bar.document, bar.format);
      if (!result.ok()) {
        std::fprintf(stderr, "%s: %s\n", bar.name.c_str(), result.problems().list.front().detail.c_str());
        return 1;
      }
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      processor = child_seconds() - before;
      bytes = std::move(*result);
    }
    const bool good = bar.seconds == 0 || best <= bar.seconds;
    passed = passed && good;
    const std::string file = file_name(bar.document, bar.format);
    std::printf("report: %s as %s | %.3f s (child %.2f s of processor), %zu KiB | ", bar.name.c_str(),
                file.substr(file.rfind('.') + 1).c_str(), best, processor, bytes.size() / 1024);
    bar.seconds > 0 ? std::printf("<= %.1f s %s\n", bar.seconds, good ? "ok" : "MISSED") : std::printf("-\n");
    if (argc > 1) std::ofstream(std::string(argv[1]) + "/" + bar.document.kind + "-" + file, std::ios::binary) << bytes;
  }
  rusage children{};
  getrusage(RUSAGE_CHILDREN, &children);
  std::printf("report: largest child process | %ld MiB | -\n", children.ru_maxrss / 1024);
  return passed ? 0 : 1;
}
