#include "operate/recurrence.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace genmei::operate {
namespace {

TEST(Recurrence, KnowsWhatItCanCount) {
  for (const auto* good : {"", "FREQ=DAILY", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY;INTERVAL=99"})
    EXPECT_TRUE(valid_recurrence(good)) << good;
  for (const auto* bad : {"MONTHLY", "FREQ=HOURLY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=100",
                          "FREQ=DAILY;INTERVAL=2x", "FREQ=DAILY;COUNT=3"})
    EXPECT_FALSE(valid_recurrence(bad)) << bad;
}

TEST(Recurrence, EndOfMonthComesBackToTheSameDay) {
  EXPECT_EQ(next_due("FREQ=MONTHLY", "2026-01-31", "2026-01-31"), "2026-02-28");
  EXPECT_EQ(next_due("FREQ=MONTHLY", "2026-01-31", "2026-02-28"), "2026-03-31");  // not the 28th
  EXPECT_EQ(next_due("FREQ=YEARLY", "2028-02-29", "2028-03-01"), "2029-02-28");
}

TEST(Recurrence, DutyDoneLateFallsDueAfterToday) {
  EXPECT_EQ(next_due("FREQ=WEEKLY;INTERVAL=2", "2026-01-01", "2026-03-01"), "2026-03-12");
  EXPECT_EQ(next_due("FREQ=DAILY", "2026-11-20", "2026-11-21"), "2026-11-22");
  EXPECT_EQ(next_due("FREQ=MONTHLY;INTERVAL=6", "2026-11-21", "2026-10-01"), "2027-05-21");  // done early
}

TEST(Recurrence, WithoutARuleOrADayThereIsNoNext) {
  EXPECT_EQ(next_due("", "2026-11-21", "2026-11-21"), "");
  EXPECT_EQ(next_due("FREQ=DAILY", "", "2026-11-21"), "");
  EXPECT_EQ(next_due("FREQ=HOURLY", "2026-11-21", "2026-11-21"), "");
}

RC_GTEST_PROP(Recurrence, NextLiesAfterTodayAndAfterTheDayBefore, ()) {
  using std::chrono::days;
  using std::chrono::sys_days;
  const auto from = sys_days{*parse_date("2020-01-01")};
  const auto due = format_date(Date{from + days{*rc::gen::inRange(0, 3000)}});
  const auto today = format_date(Date{from + days{*rc::gen::inRange(0, 3000)}});
  const auto rule = "FREQ=" + *rc::gen::element<std::string>("DAILY", "WEEKLY", "MONTHLY", "YEARLY") +
                    ";INTERVAL=" + std::to_string(*rc::gen::inRange(1, 100));
  const auto next = next_due(rule, due, today);
  RC_ASSERT(next > today);
  RC_ASSERT(next > due);
}

}  // namespace
}  // namespace genmei::operate
