#include "base/time.hpp"

#include <gtest/gtest.h>

#include "base/id.hpp"

namespace genmei {
namespace {

TEST(Time, ReadsOffsetsAndFractions) {
  EXPECT_EQ(format_instant(*parse_instant("2026-11-21T16:40:00.5+09:00")), "2026-11-21T07:40:00.500Z");
  EXPECT_FALSE(parse_instant("2026-02-30T00:00:00Z").ok());
  EXPECT_FALSE(parse_instant("2026-11-21T07:40:00").ok());
  EXPECT_FALSE(parse_date("2026-2-3").ok());
}

TEST(Time, TheDayEndsInJapan) {
  const auto end = end_of_japan_day(*parse_date("2026-03-31"));
  EXPECT_EQ(format_instant(end), "2026-03-31T14:59:59.999Z");
  EXPECT_EQ(format_date(japan_date(end)), "2026-03-31");
  EXPECT_EQ(format_date(japan_date(end + std::chrono::milliseconds{1})), "2026-04-01");
}

TEST(Id, GrowsWithTimeAndWithinTheMillisecond) {
  const auto at = *parse_instant("2026-11-21T07:40:00Z");
  std::string before = new_id(at);
  for (int i = 0; i < 10'000; ++i) {
    const auto next = new_id(at);
    ASSERT_LT(before, next);
    ASSERT_TRUE(is_id(next));
    before = next;
  }
  EXPECT_FALSE(is_id("01HZ"));
}

}  // namespace
}  // namespace genmei
