#include "operate/calendar.hpp"

#include <charconv>
#include <cstdlib>

#include "base/yaml.hpp"

namespace genmei::operate {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

}  // namespace

Result<Calendar> Calendar::load(const std::string& path) {
  GENMEI_LET(file, yaml::load(path));
  Calendar calendar;
  for (const auto& item : file.root["holidays"].items) {
    const auto date = parse_date(item["date"].str());
    if (!date) return problem(Failure::internal, "calendar.date", file.at(item), {{"value", item["date"].str()}});
    calendar.holidays_.emplace(sys_days{*date}, Bilingual{item["name"]["ja"].str(), item["name"]["en"].str()});
  }
  return calendar;
}

const Bilingual* Calendar::holiday(Date date) const {
  const auto found = holidays_.find(sys_days{date});
  return found == holidays_.end() ? nullptr : &found->second;
}

bool Calendar::business_day(Date date) const {
  const auto week = std::chrono::weekday(sys_days{date}).iso_encoding();
  return week <= 5 && holiday(date) == nullptr;
}

Date Calendar::add_business_days(Date from, int n) const {
  const days step{n < 0 ? -1 : 1};
  sys_days day{from};
  if (n == 0) {
    while (!business_day(day)) day += step;
    return day;
  }
  for (int left = std::abs(n); left > 0;) {
    day += step;
    if (business_day(day)) --left;
  }
  return day;
}

int Calendar::business_days(Date from, Date to) const {
  if (sys_days{to} < sys_days{from}) return -business_days(to, from);
  int count = 0;
  for (sys_days day{from}; day < sys_days{to};) {
    day += days{1};
    if (business_day(day)) ++count;
  }
  return count;
}

Result<Date> relative_date(std::string_view text, Date today, const Calendar& calendar) {
  const auto wrong = [&] { return problem(Failure::invalid, "calendar.date", {}, {{"value", std::string(text)}}); };
  if (auto date = parse_date(text)) return *date;
  auto number = text.starts_with('+') ? text.substr(1) : text;
  int n = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), n);
  if (read.ec != std::errc{} || std::abs(n) > 10000) return wrong();
  const std::string_view unit(read.ptr, static_cast<std::size_t>(number.data() + number.size() - read.ptr));
  if (unit == "d") return Date{sys_days{today} + days{n}};
  if (unit == "b") return calendar.add_business_days(today, n);
  const auto month = today.year() / today.month() + months{n};
  if (unit == "m^") return Date{month / std::chrono::day{1}};
  if (unit == "m$") return Date{month / std::chrono::last};
  return wrong();
}

}  // namespace genmei::operate
