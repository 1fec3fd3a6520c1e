#include "identity/throttle.hpp"

#include <gtest/gtest.h>

#include "identity/session_limits.hpp"

namespace genmei::identity {
namespace {

using namespace std::chrono_literals;

class ThrottleTest : public testing::Test {
 protected:
  ManualClock clock_{Instant(1'800'000'000'000ms)};
  Throttle throttle_{clock_};
  void fail(const std::string& login, int times, const std::string& address = "192.0.2.1") {
    for (int i = 0; i < times; ++i) throttle_.failed(login, address);
  }
};

TEST_F(ThrottleTest, WaitsDoubleAfterThreeFailures) {
  fail("haruka", 2);
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.1"), 0s);
  fail("haruka", 1);
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.1"), 2s);
  clock_.advance(2s);
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.1"), 0s);
  fail("haruka", 1);
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.1"), 4s);
  fail("haruka", 20);
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.9"), 900s);
}

TEST_F(ThrottleTest, CountsNamesThatLookAlikeTogether) {
  fail("haruka", 1);
  fail("HARUKA", 1);
  fail("ｈａｒｕｋａ", 1);
  EXPECT_GT(throttle_.wait("haruka", "192.0.2.1"), 0s);
}

TEST_F(ThrottleTest, SuccessClearsTheNameButNotTheAddress) {
  for (int i = 0; i < 20; ++i) fail("name" + std::to_string(i), 1);
  EXPECT_GT(throttle_.wait("fresh", "192.0.2.1"), 0s);
  EXPECT_EQ(throttle_.wait("fresh", "192.0.2.2"), 0s);
  throttle_.succeeded("name1");
  EXPECT_GT(throttle_.wait("name1", "192.0.2.1"), 0s);
  fail("haruka", 3, "192.0.2.3");
  throttle_.succeeded("haruka");
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.3"), 0s);
}

TEST_F(ThrottleTest, AnIPv6NetworkIsOneAddress) {
  for (int i = 0; i < 20; ++i) fail("n" + std::to_string(i), 1, "2001:db8:1:2::" + std::to_string(i + 1));
  EXPECT_GT(throttle_.wait("x", "2001:db8:1:2:ffff::1"), 0s);
  EXPECT_EQ(throttle_.wait("x", "2001:db8:1:3::1"), 0s);
}

TEST_F(ThrottleTest, AnUndeclaredProxyDoesNotLockEverybodyOut) {
  for (int i = 0; i < 50; ++i) fail("n" + std::to_string(i), 1, "127.0.0.1");
  EXPECT_EQ(throttle_.wait("haruka", "127.0.0.1"), 0s);
}

TEST_F(ThrottleTest, ForgetsAfterAnHour) {
  fail("haruka", 10);
  clock_.advance(61min);
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.1"), 0s);
  fail("haruka", 1);
  EXPECT_EQ(throttle_.wait("haruka", "192.0.2.1"), 0s);
}

TEST(Throttle, StaysSmallWhenNamesAreSprayed) {
  ManualClock clock{Instant(1'800'000'000'000ms)};
  ThrottleRule rule;
  rule.most_entries = 100;
  Throttle throttle(clock, rule);
  for (int i = 0; i < 1000; ++i) {
    clock.advance(1ms);
    throttle.failed("n" + std::to_string(i), "192.0.2." + std::to_string(i % 256));
  }
  EXPECT_LE(throttle.entries(), 100U);
}

TEST(SessionLimits, IdleAndAbsolute) {
  const Instant start(0ms);
  const SessionLimits limits{30min, 12h};
  EXPECT_EQ(session_state(limits, start, start, start + 29min), SessionState::open);
  EXPECT_EQ(session_state(limits, start, start, start + 30min), SessionState::idle_too_long);
  EXPECT_EQ(session_state(limits, start, start + 719min, start + 12h), SessionState::too_old);
  EXPECT_EQ(session_end(limits, start, start), start + 30min);
  EXPECT_EQ(session_end(limits, start, start + 719min), start + 12h);
  EXPECT_EQ(clamped({0min, 0min}).idle, 1min);
  EXPECT_EQ(clamped({0min, 0min}).absolute, 5min);
}

TEST(Forgery, NeedsOurOwnPageAndItsToken) {
  EXPECT_FALSE(forged({"same-origin", "", "isms.example.jp", "t"}, "t"));
  EXPECT_FALSE(forged({"", "https://isms.example.jp", "isms.example.jp", "t"}, "t"));
  EXPECT_FALSE(forged({"", "", "isms.example.jp", "t"}, "t"));
  EXPECT_TRUE(forged({"cross-site", "", "isms.example.jp", "t"}, "t"));
  EXPECT_TRUE(forged({"same-site", "", "isms.example.jp", "t"}, "t"));
  EXPECT_TRUE(forged({"", "https://evil.example", "isms.example.jp", "t"}, "t"));
  EXPECT_TRUE(forged({"", "null", "isms.example.jp", "t"}, "t"));
  EXPECT_TRUE(forged({"same-origin", "", "isms.example.jp", "x"}, "t"));
  EXPECT_TRUE(forged({"same-origin", "", "isms.example.jp", ""}, ""));
}

}  // namespace
}  // namespace genmei::identity
