#include "cli/arguments.hpp"

#include "base/text.hpp"

namespace genmei::cli {

Arguments::Arguments(const std::vector<std::string>& words, const std::set<std::string>& options,
                     const std::set<std::string>& flags) {
  for (std::size_t i = 0; i < words.size() && error_.empty(); ++i) {
    const auto& word = words[i];
    if (!word.starts_with("--") || word == "--") {
      rest_.push_back(word);
      continue;
    }
    const auto equal = word.find('=');
    const auto name = word.substr(2, equal == std::string::npos ? std::string::npos : equal - 2);
    if (flags.contains(name) && equal == std::string::npos) {
      flags_.insert(name);
    } else if (!options.contains(name)) {
      error_ = "--" + name;
    } else if (equal != std::string::npos) {
      values_.emplace(name, word.substr(equal + 1));
    } else if (i + 1 < words.size()) {
      values_.emplace(name, words[++i]);
    } else {
      error_ = "--" + name;
    }
  }
}

std::string Arguments::value(std::string_view name, std::string_view fallback) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? std::string(fallback) : found->second;
}

std::vector<std::string> Arguments::values(std::string_view name) const {
  std::vector<std::string> out;
  const auto [first, last] = values_.equal_range(std::string(name));
  for (auto i = first; i != last; ++i) {
    for (const auto part : split(i->second, ',')) {
      if (!trim(part).empty()) out.emplace_back(trim(part));
    }
  }
  return out;
}

}  // namespace genmei::cli
