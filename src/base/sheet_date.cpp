#include "base/sheet_date.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace genmei::sheet {

NumberFormat builtin_format(unsigned id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58) {
    return NumberFormat::date;
  }
  if (id == 22) return NumberFormat::date_time;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56) {
    return NumberFormat::time;
  }
  return NumberFormat::plain;
}

namespace {

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[i]) return false;
  }
  return true;
}

}  // namespace

NumberFormat format_of_code(std::string_view code) {
  bool day = false;
  bool time = false;
  bool month = false;  // m is minutes beside h or s, else months
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (equals_ignoring_case(code.substr(i, 7), "general")) {
      i += 6;
      continue;
    }
    switch (code[i]) {
      case '"': {
        const auto end = code.find('"', i + 1);
        i = end == std::string_view::npos ? code.size() : end;
        break;
      }
      case '[': {
        const auto end = code.find(']', i + 1);
        const auto inside = code.substr(i + 1, end == std::string_view::npos ? code.size() : end - i - 1);
        // [h], [mm] and [ss] are durations; colours, conditions and locales are not part of the shape.
        if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) time = true;
        i = end == std::string_view::npos ? code.size() : end;
        break;
      }
      case '\\':
      case '_':
      case '*':
        ++i;
        break;
      case ';':  // the second section is for negative numbers
        i = code.size();
        break;
      case 'y':
      case 'Y':
      case 'd':
      case 'D':
      case 'g':
      case 'G':
      case 'e':
        // `e` is a Japanese year; in "0.00E+00" it is an exponent, which is written in capitals.
        day = true;
        break;
      case 'm':
      case 'M':
        month = true;
        break;
      case 'h':
      case 'H':
      case 's':
      case 'S':
        time = true;
        break;
      default:
        break;
    }
  }
  if (month && !time) day = true;
  if (day && time) return NumberFormat::date_time;
  if (day) return NumberFormat::date;
  return time ? NumberFormat::time : NumberFormat::plain;
}

std::optional<std::string> date_text(double serial, NumberFormat format, bool from_1904) {
  if (!std::isfinite(serial) || serial < 0 || serial >= 2'958'466) return std::nullopt;
  auto days = static_cast<long>(std::floor(serial));
  auto seconds = std::lround((serial - static_cast<double>(days)) * 86'400);
  if (seconds == 86'400) {
    seconds = 0;
    ++days;
  }
  std::array<char, 32> clock{};
  std::snprintf(clock.data(), clock.size(), "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (format == NumberFormat::time && days == 0) return std::string(clock.data());

  using std::chrono::sys_days;
  sys_days base;
  if (from_1904) {
    base = sys_days{std::chrono::year{1904} / 1 / 1};
  } else {
    if (days == 0 || days == 60) return std::nullopt;
    base = sys_days{std::chrono::year{1899} / 12 / (days < 60 ? 31 : 30)};
  }
  const std::chrono::year_month_day date{base + std::chrono::days{days}};
  if (static_cast<int>(date.year()) > 9999) return std::nullopt;
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  std::string text = out.data();
  if (format != NumberFormat::date || seconds != 0) text += "T" + std::string(clock.data());
  return text;
}

}  // namespace genmei::sheet
