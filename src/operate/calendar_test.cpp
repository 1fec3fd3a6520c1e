#include "operate/calendar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace genmei::operate {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

Calendar japan() {
  auto calendar = Calendar::load(std::string(GENMEI_SOURCE_DIR) + "/data/holidays/japan.yaml");
  EXPECT_TRUE(calendar.ok());
  return calendar ? *calendar : Calendar();
}

Date date(const char* text) { return *parse_date(text); }
std::string text(Date day) { return format_date(day); }

TEST(Calendar, KnowsTheHolidaysOfTheAct) {
  const auto calendar = japan();
  ASSERT_NE(calendar.holiday(date("2026-09-22")), nullptr);
  EXPECT_EQ(calendar.holiday(date("2026-09-22"))->ja, "国民の休日");  // between two holidays
  EXPECT_EQ(calendar.holiday(date("2026-05-06"))->ja, "振替休日");    // 3 May 2026 is a Sunday
  EXPECT_EQ(calendar.holiday(date("2026-11-23"))->en, "Labour Thanksgiving Day");
  EXPECT_EQ(calendar.holiday(date("2026-11-24")), nullptr);
}

TEST(Calendar, CountsBusinessDaysOverWeekendAndHoliday) {
  const auto calendar = japan();
  const auto saturday = date("2026-11-21");
  EXPECT_EQ(text(calendar.add_business_days(saturday, 0)), "2026-11-24");  // Monday is a holiday
  EXPECT_EQ(text(calendar.add_business_days(saturday, 1)), "2026-11-24");
  EXPECT_EQ(text(calendar.add_business_days(saturday, -1)), "2026-11-20");
  EXPECT_EQ(text(calendar.add_business_days(saturday, -4)), "2026-11-17");
  EXPECT_EQ(calendar.business_days(date("2026-11-17"), date("2026-11-20")), 3);
  EXPECT_EQ(calendar.business_days(date("2026-11-20"), date("2026-11-17")), -3);
  EXPECT_EQ(calendar.business_days(date("2026-11-20"), date("2026-11-23")), 0);
}

RC_GTEST_PROP(Calendar, AddingIsUndoneByCounting, ()) {
  static const auto calendar = japan();
  const Date from{sys_days{date("2025-01-06")} + days{*rc::gen::inRange(0, 1500)}};
  const auto n = *rc::gen::inRange(1, 250);
  const auto to = calendar.add_business_days(from, n);
  RC_ASSERT(calendar.business_day(to));
  RC_ASSERT(calendar.business_days(from, to) == n);
}

TEST(RelativeDate, ReadsEveryForm) {
  const auto calendar = japan();
  const auto today = date("2026-11-21");
  const auto read = [&](std::string_view form) {
    const auto day = relative_date(form, today, calendar);
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
  const auto calendar = japan();
  for (const auto* form : {"", "d", "3", "3x", "+-3d", "99999d", "2026-02-30", "-1m", "--1d"}) {
    const auto day = relative_date(form, date("2026-11-21"), calendar);
    EXPECT_FALSE(day.ok()) << form;
  }
}

}  // namespace
}  // namespace genmei::operate
