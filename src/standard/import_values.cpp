#include "standard/import_values.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.hpp"

namespace genmei::standard {

namespace {

// Full-width ASCII as ASCII, blanks left out; kana and kanji stay.
std::string narrowed(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0xEF && i + 2 < text.size()) {
      const auto code = 0xF000U | ((static_cast<unsigned char>(text[i + 1]) & 0x3FU) << 6U) |
                        (static_cast<unsigned char>(text[i + 2]) & 0x3FU);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out += static_cast<char>(code - 0xFEE0);
        i += 2;
        continue;
      }
    }
    if (text.substr(i).starts_with("　")) {
      i += 2;
      continue;
    }
    if (text[i] != ' ' && text[i] != '\t') out += text[i];
  }
  return out;
}

bool dash(std::string_view text) {
  for (const std::string_view sign : {"-", "―", "−", "‐", "–", "—", "ー", "─"}) {
    if (text == sign) return true;
  }
  return false;
}

struct UnitName {
  std::string_view printed;
  std::string_view unit;
};
constexpr UnitName unit_names[] = {
    {"%", "percent"},   {"時間", "hours"},      {"分", "minutes"},  {"秒", "seconds"},  {"日", "days"},
    {"週間", "weeks"},  {"か月", "months"},     {"ヶ月", "months"}, {"カ月", "months"}, {"ヵ月", "months"},
    {"ケ月", "months"}, {"月", "months"},       {"年", "years"},    {"回", "times"},    {"世代", "generations"},
    {"件", "count"},    {"文字", "characters"}, {"ビット", "bits"}};

std::string unit_of(std::string_view printed) {
  for (const auto& one : unit_names) {
    if (printed == one.printed) return std::string(one.unit);
  }
  return std::string(printed);
}

// Seconds in one of the unit; 0 for units that are no fixed time.
double seconds_in(std::string_view unit) {
  if (unit == "seconds") return 1;
  if (unit == "minutes") return 60;
  if (unit == "hours") return 3'600;
  if (unit == "days") return 86'400;
  if (unit == "weeks") return 604'800;
  return 0;
}

bool number_at(std::string_view text, std::size_t& at, double& out) {
  const auto begin = text.find_first_of("0123456789", at);
  if (begin == std::string_view::npos) return false;
  std::string digits;
  std::size_t i = begin;
  for (; i < text.size(); ++i) {
    if (text[i] == ',' && i + 3 < text.size()) continue;
    if (!((text[i] >= '0' && text[i] <= '9') || (text[i] == '.' && i + 1 < text.size()))) break;
    digits += text[i];
  }
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(out)) return false;
  at = i;
  return true;
}

// "以上", "以下", "以内" or "未満" taken off the end, or off the middle of "1回以上/5分".
Operator take_operator(std::string& text) {
  for (const auto& [word, op] : {std::pair<std::string_view, Operator>{"以上", Operator::at_least},
                                 {"以下", Operator::at_most},
                                 {"以内", Operator::at_most},
                                 {"未満", Operator::at_most}}) {
    const auto at = text.find(word);
    if (at == std::string::npos) continue;
    text.erase(at, word.size());
    return op;
  }
  return Operator::none;
}

}  // namespace

PrintedValue parse_value(std::string_view text) {
  PrintedValue out;
  std::string rest = narrowed(text);
  if (rest.ends_with('*')) {
    out.value.must_reach = true;
    rest.pop_back();
  }
  if (dash(rest)) {
    out.value.free = true;
    out.understood = !out.value.must_reach;  // "must be reached" and "free" cannot both hold
    return out;
  }
  out.op = take_operator(rest);
  std::size_t at = 0;
  double number = 0;
  if (!number_at(rest, at, number)) return out;
  const auto begin = rest.find_first_of("0123456789");
  out.condition = rest.substr(0, begin);
  std::string printed = rest.substr(at);

  // "1回/5分": once in five minutes is an interval of at most five minutes.
  const auto slash = printed.find('/');
  if (number == 1 && printed.starts_with("回/")) {
    std::size_t next = slash + 1;
    double interval = 1;
    const bool counted = next < printed.size() && printed[next] >= '0' && printed[next] <= '9';
    if (counted && !number_at(printed, next, interval)) return out;
    out.value.value = interval;
    out.unit = unit_of(std::string_view(printed).substr(next));
    if (out.op == Operator::at_least) out.op = Operator::at_most;
    out.understood = !out.unit.empty();
    return out;
  }
  out.value.value = number;
  out.unit = unit_of(printed);
  out.understood = printed.find_first_of("0123456789") == std::string::npos;
  if (!out.understood) out.value.value.reset();
  return out;
}

bool make_evaluation(const std::array<PrintedValue, pattern_count>& values, Evaluation& out) {
  std::string unit;
  Operator op = Operator::none;
  std::string condition;
  bool first = true;
  bool limited = false;
  for (const auto& one : values) {
    if (one.value.free || !one.value.value) continue;
    if (first) {
      unit = one.unit;
      condition = one.condition;
      first = false;
    } else if (one.unit != unit) {
      if (seconds_in(one.unit) == 0 || seconds_in(unit) == 0) return false;
      if (seconds_in(one.unit) < seconds_in(unit)) unit = one.unit;
    }
    if (one.op != Operator::none) {
      if (limited && one.op != op) return false;
      op = one.op;
      limited = true;
    }
  }
  out.op = op;
  out.unit = unit;
  out.start_event = condition;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& one = values[i];
    out.by_pattern[i] = one.value;
    if (one.value.value && one.unit != unit) {
      out.by_pattern[i].value = *one.value.value * seconds_in(one.unit) / seconds_in(unit);
    }
  }
  return true;
}

}  // namespace genmei::standard
