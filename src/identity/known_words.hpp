// Words and passwords everybody knows, off-line: the lists of data/passwords. Immutable after loading; about 0.8 MB.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace genmei::identity {

class KnownWords {
 public:
  // Reads common.txt, words.txt and, if present, own.txt of the folder. Error: identity.word-list (place: the file).
  static Result<KnownWords> load(const std::string& folder);
  // Position among the passwords attackers try first, from 1 (list order); 0 when not listed. `word` in lower case.
  [[nodiscard]] std::size_t common_rank(std::string_view word) const;
  [[nodiscard]] bool is_word(std::string_view word) const;  // an ordinary dictionary word
  [[nodiscard]] std::size_t size() const { return common_.size() + words_.size(); }

 private:
  struct Common {
    std::string_view word;
    std::size_t rank;
  };
  std::unique_ptr<const std::string> text_;  // what the views point into; on the heap, so that moving keeps them valid
  std::vector<Common> common_;               // sorted by word
  std::vector<std::string_view> words_;      // sorted
};

// Undoes the substitutions people believe in: "p@$$w0rd" → "password". Lower case in, lower case out.
std::string undo_substitutions(std::string_view text);

}  // namespace genmei::identity
