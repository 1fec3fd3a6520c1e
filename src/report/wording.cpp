#include "report/wording.hpp"

#include <array>

namespace genmei::report {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

struct Era {
  std::string_view name;
  Date first;
};

constexpr std::array<Era, 3> eras = {{{"令和", Date{year(2019), month(5), day(1)}},
                                      {"平成", Date{year(1989), month(1), day(8)}},
                                      {"昭和", Date{year(1926), month(12), day(25)}}}};
constexpr std::array<std::string_view, 7> weekdays_ja = {"日", "月", "火", "水", "木", "金", "土"};
constexpr std::array<std::string_view, 7> weekdays_en = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months_en = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

const Era* era_of(Date date) {
  for (const auto& era : eras) {
    if (sys_days(date) >= sys_days(era.first)) return &era;
  }
  return nullptr;
}

int year_in(const Era& era, Date date) {
  return static_cast<int>(date.year()) - static_cast<int>(era.first.year()) + 1;
}

std::string two_digits(long value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::string date_text(Date date, Language language, bool era, Weekday weekday) {
  const auto month_number = static_cast<unsigned>(date.month());
  const auto day_number = static_cast<unsigned>(date.day());
  const auto week = std::chrono::weekday(sys_days(date)).c_encoding();
  if (language == Language::en) {
    std::string text = weekday == Weekday::with ? std::string(weekdays_en.at(week)) + " " : std::string();
    return text + std::to_string(day_number) + " " + std::string(months_en.at(month_number - 1)) + " " +
           std::to_string(static_cast<int>(date.year()));
  }
  std::string text;
  const Era* in = era ? era_of(date) : nullptr;
  if (in != nullptr) {
    const int count = year_in(*in, date);
    text = std::string(in->name) + (count == 1 ? std::string("元") : std::to_string(count));
  } else {
    text = std::to_string(static_cast<int>(date.year()));
  }
  text += "年" + std::to_string(month_number) + "月" + std::to_string(day_number) + "日";
  if (weekday == Weekday::with) text += "（" + std::string(weekdays_ja.at(week)) + "）";
  return text;
}

std::string instant_text(Instant at, Language language, bool era) {
  using namespace std::chrono;
  const auto local = at + hours(9);
  const auto minutes_of_day = duration_cast<minutes>(local - floor<days>(local)).count();
  const auto date = date_text(Date(floor<days>(local)), language, era);
  const auto hour = minutes_of_day / 60;
  const auto minute = two_digits(minutes_of_day % 60);
  if (language == Language::en) return date + " " + two_digits(hour) + ":" + minute + " JST";
  return date + " " + std::to_string(hour) + ":" + minute;
}

std::string seal_date(Date date) {
  return two_digits(static_cast<int>(date.year()) % 100) + "." + std::to_string(static_cast<unsigned>(date.month())) +
         "." + std::to_string(static_cast<unsigned>(date.day()));
}

std::string Wording::operator()(std::string_view code, const Arguments& arguments) const {
  return messages_->text(language_, "report." + std::string(code), arguments);
}

std::string Wording::date(Date date, Weekday weekday) const { return date_text(date, language_, era_, weekday); }

std::string Wording::date(const std::optional<Date>& date) const { return date ? this->date(*date) : "—"; }

const std::string& Wording::of(const Bilingual& text) const {
  const auto& wanted = text.in(language_);
  return wanted.empty() ? text.in(language_ == Language::ja ? Language::en : Language::ja) : wanted;
}

}  // namespace genmei::report
