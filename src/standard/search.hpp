// Folded texts of all entries, built at the first search (folding two megabytes is not worth doing at every start).
// Only Library uses it; thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "standard/library.hpp"

namespace genmei::standard {

struct Library::SearchTexts {
  std::vector<Hit> search(const std::vector<Entry>& entries, std::string_view text, std::size_t limit,
                          std::string_view standard);

 private:
  struct Texts {
    std::string reference;
    std::string title;
    std::string body;
  };
  std::once_flag once_;
  std::vector<Texts> texts_;
};

}  // namespace genmei::standard
