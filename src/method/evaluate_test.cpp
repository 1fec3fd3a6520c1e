#include "method/evaluate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "method/method_fixture.hpp"
#include "method/pattern.hpp"

namespace genmei::method {
namespace {

using standard::Operator;
using testing_data::library;

const standard::Evaluation& evaluation(std::string_view id) {
  const auto index = library().find("asp-saas-2008", "III", id);
  if (!index) throw std::runtime_error("no such evaluation item");
  const auto& entry = library().entry(*index);
  return entry.part->evaluations.at(static_cast<std::size_t>(entry.item->evaluation));
}

Instant at(std::string_view text) { return *parse_instant(text); }

TEST(Evaluate, T23PatchStartedWithin24HoursIsMetInPattern2) {
  const auto level = level_for(evaluation("fig38-patch-start"), 2);
  const auto released = at("2026-11-02T09:00:00+09:00");
  const auto later = at("2026-11-20T00:00:00Z");
  EXPECT_EQ(evaluate_duration(level, released, at("2026-11-03T08:59:00+09:00"), later), Verdict::met);
  EXPECT_EQ(evaluate_duration(level, released, at("2026-11-03T09:00:00+09:00"), later), Verdict::met);
  EXPECT_EQ(evaluate_duration(level, released, at("2026-11-03T09:00:01+09:00"), later), Verdict::not_met);
}

TEST(Evaluate, T25PatchStartedWithin72HoursIsMetInPattern5) {
  const auto level = level_for(evaluation("fig38-patch-start"), 5);
  const auto released = at("2026-11-02T09:00:00Z");
  EXPECT_EQ(evaluate_duration(level, released, at("2026-11-05T08:59:00Z"), released), Verdict::met);
  EXPECT_EQ(evaluate_duration(level, released, at("2026-11-05T09:01:00Z"), released), Verdict::not_met);
}

TEST(Evaluate, WorkThatHasNotStartedIsNotMeasuredUntilTheLimitPasses) {
  const auto level = level_for(evaluation("fig38-patch-start"), 1);
  const auto released = at("2026-11-02T09:00:00Z");
  EXPECT_EQ(evaluate_duration(level, released, std::nullopt, at("2026-11-03T08:00:00Z")), Verdict::not_measured);
  EXPECT_EQ(evaluate_duration(level, released, std::nullopt, at("2026-11-03T09:00:01Z")), Verdict::not_met);
}

TEST(Evaluate, T28AndT29IllustratedAvailability) {
  const auto& item = evaluation("fig37-item-1");
  EXPECT_EQ(evaluate(level_for(item, 1), 99.5), Verdict::met);       // T28
  EXPECT_EQ(evaluate(level_for(item, 1), 99.49), Verdict::not_met);  // T28
  EXPECT_EQ(evaluate(level_for(item, 2), 99.0), Verdict::met);       // T29
  EXPECT_EQ(evaluate(level_for(item, 3), 95.0), Verdict::met);       // T29
}

TEST(Evaluate, T30AFreeLevelIsNeverAShortfall) {
  Level free;
  free.op = Operator::at_least;
  for (const double value : {-1.0, 0.0, 1e9}) EXPECT_EQ(evaluate(free, value), Verdict::free);
  EXPECT_EQ(evaluate(free, std::nullopt), Verdict::free);
  EXPECT_EQ(gap(free, 3), std::nullopt);
}

TEST(Evaluate, AGuideMissIsAShortfallAndNothingMeasuredIsNeverMet) {
  Level guide{24, Operator::at_most, "hours", false, false};
  EXPECT_EQ(evaluate(guide, 25), Verdict::shortfall_to_explain);
  EXPECT_EQ(evaluate(guide, std::nullopt), Verdict::not_measured);
  guide.must_reach = true;
  EXPECT_EQ(evaluate(guide, 25), Verdict::not_met);
  EXPECT_EQ(evaluate(guide, std::nan("")), Verdict::not_measured);
  EXPECT_EQ(gap(guide, 31), -7.0);
}

// T20: a database shared by services of patterns 2 and 5.
TEST(Evaluate, T20SharedAssetsTakeTheStricterValueOfEachItem) {
  const std::vector<int> patterns = {2, 5};
  const auto patch = level_for(evaluation("fig38-patch-start"), patterns);
  EXPECT_EQ(patch.value, 24);
  EXPECT_TRUE(patch.must_reach);
  EXPECT_EQ(strictest_pattern(patterns), 2);
  // 3 and 4 are incomparable: together they ask for pattern 1, item by item.
  const std::vector<int> incomparable = {3, 4};
  EXPECT_EQ(strictest_pattern(incomparable), 1);
  EXPECT_EQ(level_for(evaluation("fig38-patch-start"), incomparable).value, 24);
  EXPECT_EQ(level_for(evaluation("fig37-item-1"), incomparable).value, 99.5);
  EXPECT_EQ(strictest_pattern(std::vector<int>{6, 5}), 5);
  EXPECT_EQ(strictest_pattern(std::vector<int>{2, 4}), 1);
}

TEST(Evaluate, AContractCountsOnlyWhereItIsStricter) {
  const auto level = level_for(evaluation("fig37-item-1"), 1);
  EXPECT_EQ(with_contract(level, 99.9).value, 99.9);
  EXPECT_TRUE(with_contract(level, 99.9).by_contract);
  EXPECT_TRUE(with_contract(level, 99.9).must_reach);
  EXPECT_EQ(with_contract(level, 99.0), level);
  const auto patch = level_for(evaluation("fig38-patch-start"), 4);
  EXPECT_EQ(with_contract(patch, 12).value, 12);
  EXPECT_EQ(with_contract(patch, 96), patch);
  EXPECT_EQ(with_contract(Level{std::nullopt, Operator::at_most, "hours", false, false}, 6).value, 6);
}

TEST(Evaluate, LevelsReadInBothLanguages) {
  const auto patch = level_for(evaluation("fig38-patch-start"), 1);
  EXPECT_EQ(to_text(patch, library(), Language::ja), "24時間以内＊");
  EXPECT_EQ(to_text(patch, library(), Language::en), "within 24 hours *");
  const auto uptime = level_for(evaluation("fig37-item-1"), 1);
  EXPECT_EQ(to_text(uptime, library(), Language::ja), "99.5%以上＊");
  EXPECT_EQ(to_text(Level{}, library(), Language::en), "free");
}

// ---- properties

rc::Gen<Level> levels(Operator op) {
  return rc::gen::map(rc::gen::tuple(rc::gen::inRange(-3, 100), rc::gen::arbitrary<bool>()), [op](const auto& pair) {
    Level level;
    level.op = op;
    level.unit = "hours";
    if (std::get<0>(pair) >= 0) {
      level.value = std::get<0>(pair);
      level.must_reach = std::get<1>(pair);
    }
    return level;
  });
}

TEST(EvaluateProperties, StrictestIsCommutativeAssociativeIdempotent) {
  for (const auto op : {Operator::at_least, Operator::at_most}) {
    EXPECT_TRUE(rc::check([op] {
      const auto a = *levels(op);
      const auto b = *levels(op);
      const auto c = *levels(op);
      RC_ASSERT(strictest(a, b) == strictest(b, a));
      RC_ASSERT(strictest(a, a) == a);
      RC_ASSERT(strictest(strictest(a, b), c) == strictest(a, strictest(b, c)));
    }));
  }
}

TEST(EvaluateProperties, WhatMeetsTheStrictestMeetsEach) {
  EXPECT_TRUE(rc::check([] {
    const auto op = *rc::gen::element(Operator::at_least, Operator::at_most);
    const auto a = *levels(op);
    const auto b = *levels(op);
    const double measured = *rc::gen::inRange(-5, 110);
    if (evaluate(strictest(a, b), measured) != Verdict::met) return;
    for (const auto& level : {a, b}) {
      const auto verdict = evaluate(level, measured);
      RC_ASSERT(verdict == Verdict::met || verdict == Verdict::free);
    }
  }));
}

TEST(EvaluateProperties, TheStrictestPatternIsAnUpperBound) {
  EXPECT_TRUE(rc::check([] {
    const auto patterns = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 7)));
    const int strict = strictest_pattern(patterns);
    for (const int one : patterns) {
      RC_ASSERT(confidentiality_of(strict) >= confidentiality_of(one));
      RC_ASSERT(availability_of(strict) >= availability_of(one));
    }
    auto reversed = patterns;
    std::reverse(reversed.begin(), reversed.end());
    RC_ASSERT(strictest_pattern(reversed) == strict);
  }));
}

}  // namespace
}  // namespace genmei::method
