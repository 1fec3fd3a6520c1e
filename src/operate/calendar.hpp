// Days on which people work in Japan: Monday to Friday, without the national holidays of data/holidays/japan.yaml.
// Deadlines in business days are counted here and nowhere else. Immutable after loading; years outside the file have no
// holidays but weekends.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace genmei::operate {

class Calendar {
 public:
  // Errors: calendar.date (with file and line), yaml.*.
  static Result<Calendar> load(const std::string& path);
  // The name of the holiday on this day, or null.
  [[nodiscard]] const Bilingual* holiday(Date date) const;
  [[nodiscard]] bool business_day(Date date) const;
  // The n-th business day after `from` (before it when n < 0); with n = 0 the day itself or the next business day.
  [[nodiscard]] Date add_business_days(Date from, int n) const;
  // Business days after `from` up to and including `to`; negative when `to` lies before `from`.
  [[nodiscard]] int business_days(Date from, Date to) const;
  [[nodiscard]] const std::map<std::chrono::sys_days, Bilingual>& holidays() const { return holidays_; }

 private:
  std::map<std::chrono::sys_days, Bilingual> holidays_;
};

// A date as the sample provider writes it: "2026-04-01", "-30d" calendar days, "+3b" business days, "-1m^" / "-1m$"
// first and last day of a month, all counted from `today`. Error calendar.date.
Result<Date> relative_date(std::string_view text, Date today, const Calendar& calendar);

}  // namespace genmei::operate
