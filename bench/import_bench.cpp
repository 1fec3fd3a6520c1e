// Import of the official cloud standard from text, as a user runs it: bytes in memory, the shipped catalogues loaded.
//   import_bench [file]      (default: ../shared/sources/cloud-ism-2013.txt beside the repository)
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <vector>

#include "standard/import.hpp"
#include "standard/library.hpp"

int main(int argc, char** argv) {
  const std::string path = argc > 1 ? argv[1] : "../shared/sources/cloud-ism-2013.txt";
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::printf("import of the cloud standard from text | not measured: %s is not there | <= 2 s\n", path.c_str());
    return 0;
  }
  std::ostringstream text;
  text << in.rdbuf();
  const auto bytes = text.str();
  const auto library = genmei::standard::Library::load("data");
  if (!library) {
    std::fprintf(stderr, "data: %s\n", library.problems().list.front().detail.c_str());
    return 1;
  }
  std::vector<double> seconds;
  std::size_t items = 0;
  for (int i = 0; i < 21; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = genmei::standard::import_official(bytes, *library);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (!result) return 1;
    items = result->items.size();
  }
  std::sort(seconds.begin(), seconds.end());
  std::printf("import of the cloud standard from text | %.3f s (median of 21, %zu items) | <= 2 s\n",
              seconds[seconds.size() / 2], items);
  return 0;
}
