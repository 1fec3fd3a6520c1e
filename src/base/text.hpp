// Text as Japanese users write it: NFC for storage, a folded form for search and comparison (NFKC, lower case,
// half-width kana widened, katakana to hiragana), strict UTF-8 checks for everything that comes in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace genmei {

[[nodiscard]] bool valid_utf8(std::string_view text);
std::string nfc(std::string_view text);
std::string fold(std::string_view text);  // for search: "ｸﾞﾙｰﾌﾟ" and "グループ" and "ぐるーぷ" fold alike
std::size_t length(std::string_view text);     // code points
std::string_view trim(std::string_view text);  // ASCII and ideographic white space
std::vector<std::string_view> split(std::string_view text, char separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
enum class Language { ja, en };
inline std::string_view code(Language language) { return language == Language::ja ? "ja" : "en"; }

// A text in both languages.
struct Bilingual {
  std::string ja;
  std::string en;
  [[nodiscard]] const std::string& in(Language language) const { return language == Language::ja ? ja : en; }
};

}  // namespace genmei
