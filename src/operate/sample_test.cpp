#include "operate/sample.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/id.hpp"
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

// The whole sample on one day: a Saturday before a holiday, and the end of a fiscal year.
class Sample : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("genmei-sample-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    ASSERT_TRUE(Workspace::create(folder_, "").ok());
    clock_.set(*parse_instant(GetParam()));
    auto opened = Workspace::open({folder_, std::string(GENMEI_SOURCE_DIR) + "/data", &clock_, false});
    ASSERT_TRUE(opened.ok()) << opened.problems().list.front().code << opened.problems().list.front().place;
    workspace_ = std::move(*opened);
  }
  void TearDown() override {
    workspace_.reset();
    std::filesystem::remove_all(folder_);
  }

  Result<SampleCount> load() {
    return load_sample(*workspace_, workspace_->shipped() + "/sample",
                       [&](const std::string& login, const std::string& person,
                           const std::set<std::string>& roles) -> Result<record::Actor> {
                         record::Actor actor;
                         actor.account = new_id(clock_.now());
                         actor.person = person;
                         actor.name = login;
                         actor.roles = roles;
                         actor.place = "sample";
                         return actor;
                       });
  }

  std::filesystem::path folder_;
  ManualClock clock_{Instant{}};
  std::unique_ptr<Workspace> workspace_;
};

TEST_P(Sample, LoadsWithItsAuthorsAndApprovals) {
  const auto count = load();
  ASSERT_TRUE(count.ok()) << count.problems().list.front().code << " " << count.problems().list.front().place;
  EXPECT_GT(count->records, 300);
  auto product = workspace_->engine().product("test");

  std::set<std::int64_t> patterns;
  const auto services = product.all("service");
  for (const auto& service : *services) patterns.insert(json::integer(service.fields, "pattern"));
  EXPECT_EQ(patterns, (std::set<std::int64_t>{1, 2, 6}));

  std::map<std::string, int> statuses;
  const auto rows = product.all("requirement");
  for (const auto& row : *rows) {
    if (row.text("item").starts_with("iso27001-2022/annex-a/")) ++statuses[row.text("status")];
  }
  EXPECT_EQ(statuses, (std::map<std::string, int>{{"implemented", 71},
                                                  {"partly", 12},
                                                  {"planned", 3},
                                                  {"not-started", 1},
                                                  {"unassessed", 2},
                                                  {"not-applicable", 4}}));

  int overdue = 0;
  const auto tasks = product.all("task");
  for (const auto& task : *tasks) {
    if (task.state == "open" && task.text("due_on") < workspace_->today()) ++overdue;
  }
  EXPECT_EQ(overdue, 2);

  const auto statements = product.all("statement-of-applicability");
  ASSERT_EQ(statements->size(), 1U);
  EXPECT_EQ(statements->front().state, "approved");
  const auto approvals = product.all("approval");
  for (const auto& approval : *approvals) {
    EXPECT_FALSE(approval.text("subject_digest").empty()) << approval.number;
  }
}

INSTANTIATE_TEST_SUITE_P(Days, Sample, testing::Values("2026-11-21T03:00:00Z", "2027-03-31T03:00:00Z"));

}  // namespace
}  // namespace genmei::operate
