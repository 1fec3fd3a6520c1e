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

}  // namespace

int main(int argc, char** argv) {
  const auto messages = Messages::load("data/messages");
  const auto renderer = Renderer::load("data/templates/report");
  if (!messages.ok() || !renderer.ok()) {
    std::fputs("run from the root of the repository\n", stderr);
    return 3;
  }
  const Wording ja(*messages, Language::ja, true);
  const auto soa = soa_document(sample::soa(93), ja);
  const std::vector<Bar> bars = {{"soa-93", soa, Format::json, 0},
                                 {"soa-93", soa, Format::html, 0},
                                 {"soa-93", soa, Format::xlsx, 0.5},
                                 {"soa-93", soa, Format::pdf, 6}};
  bool passed = true;
  for (const auto& bar : bars) {
    double best = 1e9;
    std::string bytes;
    for (int turn = 0; turn < 3; ++turn) {
      const auto start = std::chrono::steady_clock::now();
      auto result = renderer->render(bar.document, bar.format);
      if (!result.ok()) {
        std::fprintf(stderr, "%s: %s\n", bar.name.c_str(), result.problems().list.front().detail.c_str());
        return 1;
      }
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      bytes = std::move(*result);
    }
    const bool good = bar.seconds == 0 || best <= bar.seconds;
    passed = passed && good;
    const std::string file = file_name(bar.document, bar.format);
    std::printf("%-10s %-28s %8.3f s  %8zu bytes", bar.name.c_str(), file.c_str(), best, bytes.size());
    bar.seconds > 0 ? std::printf("  bar %.1f s %s\n", bar.seconds, good ? "ok" : "MISSED") : std::printf("\n");
    if (argc > 1) std::ofstream(std::string(argv[1]) + "/" + bar.document.kind + "-" + file, std::ios::binary) << bytes;
  }
  rusage children{};
  getrusage(RUSAGE_CHILDREN, &children);
  std::printf("largest child: %ld MiB\n", children.ru_maxrss / 1024);
  return passed ? 0 : 1;
}
