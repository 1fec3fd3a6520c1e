#include "operate/sample.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "operate/recurrence.hpp"

namespace genmei::operate {
namespace {

using std::chrono::sys_days;

Holidays japan() {
  auto holidays = Holidays::load(std::string(GENMEI_SOURCE_DIR) + "/data/holidays/japan.yaml");
  EXPECT_TRUE(holidays.ok());
  return holidays ? *holidays : Holidays();
}

Date date(const char* text) { return *parse_date(text); }
std::string text(Date day) { return format_date(day); }

TEST(Holidays, AreThoseOfTheAct) {
  const auto days = japan();
  const auto& all = days.all();
  ASSERT_TRUE(all.contains("2026-09-22"));
  EXPECT_EQ(all.at("2026-09-22").ja, "国民の休日");  // between two holidays
  EXPECT_EQ(all.at("2026-05-06").ja, "振替休日");    // 3 May 2026 is a Sunday
  EXPECT_EQ(all.at("2026-11-23").en, "Labour Thanksgiving Day");
  EXPECT_FALSE(all.contains("2026-11-24"));
}

RC_GTEST_PROP(Holidays, CountingUndoesShifting, ()) {
  static const auto days = japan();
  const Date from{sys_days{date("2025-01-06")} + std::chrono::days{*rc::gen::inRange(0, 1500)}};
  const auto n = *rc::gen::inRange(1, 250);
  const auto to = days.shift(from, n);
  RC_ASSERT(days.is_business_day(to));
  RC_ASSERT(days.between(from, to) == n);
}

TEST(RelativeDate, ReadsEveryForm) {
  const auto holidays = japan();
  const auto today = date("2026-11-21");
  const auto read = [&](std::string_view form) {
    const auto day = relative_date(form, today, holidays);
    return day ? text(*day) : day.problems().list.front().code;
  };
  EXPECT_EQ(read("2016-04-01"), "2016-04-01");
  EXPECT_EQ(read("-30d"), "2026-10-22");
  EXPECT_EQ(read("+3d"), "2026-11-24");
  EXPECT_EQ(read("0d"), "2026-11-21");
  EXPECT_EQ(read("+3b"), "2026-11-26");
  EXPECT_EQ(read("-1m^"), "2026-10-01");
  EXPECT_EQ(read("-9m$"), "2026-02-28");
  EXPECT_EQ(read("-12m$"), "2025-11-30");
  EXPECT_EQ(read("0m^"), "2026-11-01");
}

TEST(RelativeDate, RefusesWhatIsNoDate) {
  const auto holidays = japan();
  for (const auto* form : {"", "d", "3", "3x", "+-3d", "99999d", "2026-02-30", "-1m", "--1d"}) {
    const auto day = relative_date(form, date("2026-11-21"), holidays);
    EXPECT_FALSE(day.ok()) << form;
  }
}

}  // namespace
}  // namespace genmei::operate
