// Recurring duties: the part of RFC 5545 that a duty needs (FREQ, INTERVAL, COUNT-free), and Japanese business days.
// Pure but for the holidays, which are data.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace genmei::operate {

// "FREQ=MONTHLY;INTERVAL=6" with FREQ of DAILY, WEEKLY, MONTHLY, YEARLY and INTERVAL 1..99; empty is valid (does not
// recur).
[[nodiscard]] bool valid_recurrence(std::string_view rule);
// The due date after `due_on` that lies after `today`; empty when the rule is empty or wrong.
std::string next_due(std::string_view rule, std::string_view due_on, std::string_view today);
// The date `months` later; the last day of a shorter month (31 January + 1 month = 28 February).
Date add_months(Date date, int months);

// National holidays of Japan by date, from data/holidays/japan.yaml.
class Holidays {
 public:
  static Result<Holidays> load(const std::string& path);
  [[nodiscard]] bool is_business_day(Date date) const;  // neither weekend nor holiday
  // `count` business days after (negative: before) `date`; 0 gives the date itself or the next business day.
  [[nodiscard]] Date shift(Date date, int count) const;
  // Business days from `from` (exclusive) to `to` (inclusive); 0 when `to` is not later.
  [[nodiscard]] int between(Date from, Date to) const;
  [[nodiscard]] const std::map<std::string, Bilingual>& all() const { return days_; }

 private:
  std::map<std::string, Bilingual> days_;
};

// Business days by which a duty is late today; 0 when it is not.
inline int days_late(const Holidays& holidays, Date due, Date today) { return holidays.between(due, today); }

}  // namespace genmei::operate
