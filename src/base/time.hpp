// Points in time and their texts. All stored times are UTC with milliseconds, "2026-11-21T07:40:00.000Z": fixed width,
// so text order is time order in both databases. Dates are "2026-11-21". The clock is injected everywhere (tests set
// it).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace genmei {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  static const Clock& system();
};

// A clock that stands still until moved: for tests and for replaying the sample provider.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  [[nodiscard]] Instant now() const override { return now_; }
  void set(Instant at) { now_ = at; }
  void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
  Instant now_;
};

std::string format_instant(Instant at);
std::string format_date(Date date);
// Accepts "2026-11-21T07:40:00Z", with fraction, with offset "+09:00". Errors: time.invalid.
Result<Instant> parse_instant(std::string_view text);
Result<Date> parse_date(std::string_view text);  // a real calendar day, "YYYY-MM-DD"
// Japan Standard Time has had no daylight saving since 1952; the date "today" of the organisation is the date there.
Date japan_date(Instant at);
// End of the given day in Japan as an instant: what `as_of=2026-03-31` means.
Instant end_of_japan_day(Date date);

}  // namespace genmei
