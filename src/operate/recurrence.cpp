#include "operate/recurrence.hpp"

#include <charconv>

#include "base/yaml.hpp"

namespace genmei::operate {
namespace {

using namespace std::chrono;

struct Rule {
  char frequency = 0;  // D, W, M, Y
  int interval = 1;
};

bool parse(std::string_view text, Rule& rule) {
  for (const auto part : split(text, ';')) {
    if (part.starts_with("FREQ=")) {
      const auto value = part.substr(5);
      if (value != "DAILY" && value != "WEEKLY" && value != "MONTHLY" && value != "YEARLY") return false;
      rule.frequency = value.front();
    } else if (part.starts_with("INTERVAL=")) {
      const auto value = part.substr(9);
      const auto end = value.data() + value.size();
      const auto read = std::from_chars(value.data(), end, rule.interval);
      if (read.ec != std::errc{} || read.ptr != end || rule.interval < 1 || rule.interval > 99) return false;
    } else {
      return false;
    }
  }
  return rule.frequency != 0;
}

}  // namespace

bool valid_recurrence(std::string_view rule) {
  Rule parsed;
  return rule.empty() || parse(rule, parsed);
}

Date add_months(Date date, int months) {
  const auto moved = date.year() / date.month() / day{1} + std::chrono::months{months};
  const Date same{moved.year(), moved.month(), date.day()};
  if (same.ok()) return same;
  return Date{sys_days{moved.year() / moved.month() / last}};
}

std::string next_due(std::string_view text, std::string_view due_on, std::string_view today) {
  Rule rule;
  const auto start = parse_date(due_on);
  if (text.empty() || !parse(text, rule) || !start) return {};
  for (int step = 1; step < 5000; ++step) {
    const int count = step * rule.interval;
    Date next = *start;
    switch (rule.frequency) {
      case 'D':
        next = Date{sys_days{*start} + days{count}};
        break;
      case 'W':
        next = Date{sys_days{*start} + days{7 * count}};
        break;
      case 'M':
        next = add_months(*start, count);
        break;
      default:
        next = add_months(*start, 12 * count);
    }
    auto out = format_date(next);
    if (out > today) return out;
  }
  return {};
}

Result<Holidays> Holidays::load(const std::string& path) {
  GENMEI_LET(file, yaml::load(path));
  Holidays out;
  for (const auto& node : file.root["holidays"].items) {
    const auto date = node["date"].str();
    if (!parse_date(date)) return problem(Failure::internal, "holidays.date", file.at(node), {{"value", date}});
    const auto& name = node.has("name") ? node["name"] : node;
    out.days_[date] = {name["ja"].str(), name["en"].str()};
  }
  return out;
}

bool Holidays::is_business_day(Date date) const {
  const weekday day{sys_days{date}};
  return day != Saturday && day != Sunday && !days_.contains(format_date(date));
}

Date Holidays::shift(Date date, int count) const {
  auto at = sys_days{date};
  if (count == 0) {
    while (!is_business_day(Date{at})) at += days{1};
    return Date{at};
  }
  const days step{count > 0 ? 1 : -1};
  for (int left = count > 0 ? count : -count; left > 0;) {
    at += step;
    if (is_business_day(Date{at})) --left;
  }
  return Date{at};
}

int Holidays::between(Date from, Date to) const {
  int out = 0;
  for (auto at = sys_days{from} + days{1}; at <= sys_days{to}; at += days{1}) {
    if (is_business_day(Date{at})) ++out;
  }
  return out;
}

}  // namespace genmei::operate
