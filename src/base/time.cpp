#include "base/time.hpp"

#include <array>
#include <cstdio>

namespace genmei {
namespace {

using namespace std::chrono;

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return floor<milliseconds>(system_clock::now()); }
};

constexpr hours japan_offset{9};

Problem invalid_time(std::string_view text) {
  return problem(Failure::invalid, "time.invalid", {}, {{"value", std::string(text)}});
}

// Reads exactly `count` digits at `at`; -1 when there are others.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

const Clock& Clock::system() {
  static const SystemClock clock;
  return clock;
}

std::string format_instant(Instant at) {
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss time{at - day};
  std::array<char, 40> buffer{};
  const int written =
      std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                    static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return {buffer.data(), static_cast<std::size_t>(written)};
}

std::string format_date(Date date) {
  std::array<char, 20> buffer{};
  const int written = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return {buffer.data(), static_cast<std::size_t>(written)};
}

Result<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return invalid_time(text);
  const int y = digits(text, 0, 4);
  const int m = digits(text, 5, 2);
  const int d = digits(text, 8, 2);
  if (y < 1 || m < 1 || d < 1) return invalid_time(text);
  const Date date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return invalid_time(text);
  return date;
}

Result<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ')) return invalid_time(text);
  auto date = parse_date(text.substr(0, 10));
  if (!date) return invalid_time(text);
  const int h = digits(text, 11, 2);
  const int m = digits(text, 14, 2);
  const int s = digits(text, 17, 2);
  if (text[13] != ':' || text[16] != ':' || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) {
    return invalid_time(text);
  }
  Instant at = sys_days{*date} + hours{h} + minutes{m} + seconds{s};
  std::size_t i = 19;
  if (i < text.size() && text[i] == '.') {
    int scale = 100;
    const std::size_t start = ++i;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, scale /= 10) {
      at += milliseconds{(text[i] - '0') * scale};
    }
    if (i == start || i - start > 9) return invalid_time(text);
  }
  if (i + 1 == text.size() && text[i] == 'Z') return at;
  if (i + 6 == text.size() && (text[i] == '+' || text[i] == '-') && text[i + 3] == ':') {
    const int oh = digits(text, i + 1, 2);
    const int om = digits(text, i + 4, 2);
    if (oh < 0 || oh > 14 || om < 0 || om > 59) return invalid_time(text);
    const minutes offset = hours{oh} + minutes{om};
    return text[i] == '+' ? at - offset : at + offset;
  }
  return invalid_time(text);
}

Date japan_date(Instant at) { return Date{floor<days>(at + japan_offset)}; }

Instant end_of_japan_day(Date date) { return Instant{sys_days{date}} + hours{24} - japan_offset - milliseconds{1}; }

}  // namespace genmei
