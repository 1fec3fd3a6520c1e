// Deriving requirements and loading the catalogues, printed beside the bars of the project: "what | measured | bar".
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "method/derive.hpp"

namespace {

using namespace genmei;
using Steady = std::chrono::steady_clock;

double milliseconds_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

// Of the one core that derives, so that what else runs on the machine does not count.
double processor_time() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void row(const std::string& what, double measured, const char* unit, double bar) {
  std::printf("%-72s | %10.1f %-2s | <= %.0f %s%s\n", what.c_str(), measured, unit, bar, unit,
              measured <= bar ? "" : "   MISSED");
}

method::ServiceFacts service(int number) {
  method::ServiceFacts facts;
  facts.id = "service-" + std::to_string(number);
  facts.name = facts.id;
  const int pattern = 1 + number % 6;
  facts.classification.pattern = pattern;
  facts.classification.confidentiality = method::confidentiality_of(pattern);
  facts.classification.availability = method::availability_of(pattern);
  facts.standards = {"iso27001-2022", "cloud-ism-2013", "cloud-ism-2013/basic-assertion", "asp-saas-2008"};
  if (number % 3 == 0) facts.shared = {{"database", {1 + (number / 3) % 6}, {"other"}}};
  return facts;
}

struct Sum {
  std::size_t requirements = 0;
  std::size_t paths = 0;
};

// Every requirement with its trace; with_paths: each trace written out as all its paths.
Sum derive_all(const method::Knowledge& knowledge, const standard::Library& library, int count, bool with_paths) {
  Sum sum;
  for (int i = 0; i < count; ++i) {
    const auto facts = service(i);
    const auto result = method::derive(knowledge, library, facts);
    if (!result) std::exit(1);
    sum.requirements += result->size();
    if (!with_paths) continue;
    const auto composition = method::compose(knowledge, facts.configuration);
    for (const auto& one : *result) sum.paths += method::paths(knowledge, composition->asset_set, one).size();
  }
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = argc > 1 ? argv[1] : "data";
  constexpr int repeats = 5;
  double best_load = 1e9;
  for (int i = 0; i < repeats; ++i) {
    const auto start = Steady::now();
    const auto library = standard::Library::load(data);
    if (!library) {
      std::fprintf(stderr, "%s\n", library.problems().list.front().detail.c_str());
      return 1;
    }
    const auto knowledge = method::Knowledge::load(data, *library);
    if (!knowledge) {
      std::fprintf(stderr, "%s\n", knowledge.problems().list.front().detail.c_str());
      return 1;
    }
    best_load = std::min(best_load, milliseconds_since(start));
  }
  row("load and check all catalogues, mappings and the method", best_load, "ms", 100);

  const auto library = standard::Library::load(data);
  const auto knowledge = method::Knowledge::load(data, *library);
  double start = processor_time();
  const auto thousand = derive_all(*knowledge, *library, 1000, /*with_paths=*/false);
  const double small = processor_time() - start;
  row("derive 1,000 services, all standards, " + std::to_string(thousand.requirements) + " requirements with traces",
      small, "ms", 1000);
  start = processor_time();
  const auto all = derive_all(*knowledge, *library, 1000, /*with_paths=*/true);
  row("the same, every trace written out: " + std::to_string(all.paths) + " paths", processor_time() - start, "ms",
      1000);
  start = processor_time();
  derive_all(*knowledge, *library, 10000, /*with_paths=*/false);
  row("derive 10,000 services, bar 11 x the first", processor_time() - start, "ms", 11 * small);
  return 0;
}
