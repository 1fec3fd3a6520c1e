// The texts of messages in Japanese and English, by the code of a Problem: data/messages/*.yaml, one file per area,
// each entry `code: {ja: "…{name}…", en: "…{name}…"}`. Loading refuses a code given twice, a missing language, and
// argument names that differ between the languages, so a translation can never lose a fact. Immutable after loading,
// read from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"

namespace genmei {

class Messages {
 public:
  // Reads all *.yaml of a directory in the order of their names. Errors: message.* with file and line, yaml.*.
  static Result<Messages> load(const std::string& directory);
  // Adds the entries of one file. Errors: message.duplicate, message.language, message.arguments.
  Result<void> add(const yaml::File& file);

  [[nodiscard]] bool has(std::string_view code) const { return texts_.find(code) != texts_.end(); }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] const std::map<std::string, Bilingual, std::less<>>& all() const { return texts_; }
  // The text with its {arguments} filled in; `fallback`, or the code itself when that is empty, for an unknown code. An
  // argument that is not given stays empty.
  [[nodiscard]] std::string text(Language language, std::string_view code,
                                 const std::map<std::string, std::string>& args = {},
                                 std::string_view fallback = {}) const;
  [[nodiscard]] std::string text(Language language, const Problem& problem) const {
    return text(language, problem.code, problem.args, problem.detail);
  }

 private:
  std::map<std::string, Bilingual, std::less<>> texts_;
};

// The argument names of a message text in order of appearance, each once: "{a} of {b}" → a, b.
std::vector<std::string> message_arguments(std::string_view text);

}  // namespace genmei
