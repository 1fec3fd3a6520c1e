#include "identity/known_words.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace genmei::identity {
namespace {

// The whole file; nullopt-like empty string and false when it cannot be read.
bool read_file(const std::string& path, std::string& out) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  out.append(std::istreambuf_iterator<char>(file), {});
  out += '\n';
  return !file.bad();
}

template <class Each>
void each_word(std::string_view text, const Each& each) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.starts_with('#')) continue;
    while (!line.empty()) {
      const auto begin = line.find_first_not_of(" \r\t");
      if (begin == std::string_view::npos) break;
      line.remove_prefix(begin);
      const auto word = line.substr(0, line.find_first_of(" \r\t"));
      each(word);
      line.remove_prefix(word.size());
    }
  }
}

}  // namespace

Result<KnownWords> KnownWords::load(const std::string& folder) {
  const auto missing = [](const std::string& path) {
    return problem(Failure::internal, "identity.word-list", path, {{"file", path}}, "cannot read word list");
  };
  KnownWords out;
  std::string all;
  if (!read_file(folder + "/common.txt", all)) return missing(folder + "/common.txt");
  read_file(folder + "/own.txt", all);
  const auto common_size = all.size();
  if (!read_file(folder + "/words.txt", all)) return missing(folder + "/words.txt");

  out.text_ = std::make_unique<const std::string>(std::move(all));
  const std::string_view text = *out.text_;
  std::size_t rank = 0;
  each_word(text.substr(0, common_size), [&](std::string_view word) { out.common_.push_back({word, ++rank}); });
  std::stable_sort(out.common_.begin(), out.common_.end(),
                   [](const auto& a, const auto& b) { return a.word < b.word; });
  each_word(text.substr(common_size), [&](std::string_view word) { out.words_.push_back(word); });
  if (!std::is_sorted(out.words_.begin(), out.words_.end())) std::sort(out.words_.begin(), out.words_.end());
  return out;
}

std::size_t KnownWords::common_rank(std::string_view word) const {
  const auto found = std::lower_bound(common_.begin(), common_.end(), word,
                                      [](const Common& one, std::string_view key) { return one.word < key; });
  return found != common_.end() && found->word == word ? found->rank : 0;
}

bool KnownWords::is_word(std::string_view word) const { return std::binary_search(words_.begin(), words_.end(), word); }

std::string undo_substitutions(std::string_view text) {
  std::string out(text);
  for (auto& c : out) {
    switch (c) {
      case '@':
      case '4':
        c = 'a';
        break;
      case '3':
        c = 'e';
        break;
      case '1':
      case '!':
        c = 'i';
        break;
      case '0':
        c = 'o';
        break;
      case '$':
      case '5':
        c = 's';
        break;
      case '7':
      case '+':
        c = 't';
        break;
      default:
        break;
    }
  }
  return out;
}

}  // namespace genmei::identity
