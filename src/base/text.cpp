#include "base/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <stdexcept>

namespace genmei {
namespace {

bool ascii_only(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string normalized(const icu::Normalizer2* form, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU could not normalise a text");
  return out;
}

const icu::Normalizer2* nfc_form() {
  static const icu::Normalizer2* const form = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFC data");
    return found;
  }();
  return form;
}

// NFKC with case folding and without default-ignorable code points.
const icu::Normalizer2* fold_form() {
  static const icu::Normalizer2* const form = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFKC_Casefold data");
    return found;
  }();
  return form;
}

// Katakana with a hiragana twin (U+30A1-30F6, iteration marks U+30FD-30FE) lie 0x60 above it. All are three bytes in
// UTF-8, so the text keeps its length.
void katakana_to_hiragana(std::string& text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) != 0xE3) continue;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const auto third = static_cast<unsigned char>(text[i + 2]);
    if (second < 0x82 || second > 0x83) continue;
    const unsigned point = 0x3000U | ((second & 0x3FU) << 6U) | (third & 0x3FU);
    const bool katakana = (point >= 0x30A1 && point <= 0x30F6) || point == 0x30FD || point == 0x30FE;
    if (!katakana) continue;
    const unsigned hiragana = point - 0x60;
    text[i + 1] = static_cast<char>(0x80U | ((hiragana >> 6U) & 0x3FU));
    text[i + 2] = static_cast<char>(0x80U | (hiragana & 0x3FU));
    i += 2;
  }
}

constexpr std::string_view ideographic_space = "\xE3\x80\x80";

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

}  // namespace

// Well-formed byte sequences by table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing beyond
// U+10FFFF.
bool valid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const auto within = [](unsigned char value, unsigned char low, unsigned char high) {
    return value >= low && value <= high;
  };
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned char lead = byte(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t size = within(lead, 0xC2, 0xDF)   ? 2
                             : within(lead, 0xE0, 0xEF) ? 3
                             : within(lead, 0xF0, 0xF4) ? 4
                                                        : 0;
    if (size == 0 || i + size > text.size()) return false;
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (!within(byte(i + 1), low, high)) return false;
    for (std::size_t k = 2; k < size; ++k) {
      if (!within(byte(i + k), 0x80, 0xBF)) return false;
    }
    i += size;
  }
  return true;
}

std::string nfc(std::string_view text) {
  if (ascii_only(text)) return std::string(text);
  return normalized(nfc_form(), text);
}

std::string fold(std::string_view text) {
  if (ascii_only(text)) {
    std::string out(text);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  std::string out = normalized(fold_form(), text);
  katakana_to_hiragana(out);
  return out;
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    if (blank(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with(ideographic_space)) {
      text.remove_prefix(ideographic_space.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (blank(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(ideographic_space)) {
      text.remove_suffix(ideographic_space.size());
    } else {
      break;
    }
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const auto at = text.find(separator);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  if (from.empty()) return text;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace genmei
