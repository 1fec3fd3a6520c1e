// What the five builders say: order, words, what must be there and what must never be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "report/sample_reports.hpp"

namespace genmei::report {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Messages& messages() {
  static const Messages loaded = Messages::load(GENMEI_SOURCE_DIR "/data/messages").value();
  return loaded;
}

Wording words(Language language = Language::ja, bool era = false) { return {messages(), language, era}; }

const Table& table(const Document& document, std::string_view id) {
  for (const auto& block : document.blocks) {
    if (const auto* found = std::get_if<Table>(&block); found != nullptr && found->id == id) return *found;
  }
  throw std::runtime_error("no table " + std::string(id));
}

template <class T>
const T& first(const Document& document) {
  for (const auto& block : document.blocks) {
    if (const auto* found = std::get_if<T>(&block)) return *found;
  }
  throw std::runtime_error("no such block");
}

template <class T>
bool has(const Document& document) {
  return std::any_of(document.blocks.begin(), document.blocks.end(),
                     [](const Block& block) { return std::holds_alternative<T>(block); });
}

TEST(Words, EveryTextOfEveryReportIsWrittenInBothLanguages) {
  for (const auto language : {Language::ja, Language::en}) {
    const auto w = words(language);
    for (const auto& document :
         {soa_document(sample::soa(), w), criteria_document(sample::criteria(), w), gap_document(sample::gap(), w),
          pattern_document(sample::pattern(), w), disclosure_document(sample::disclosure(), w)}) {
      for (const auto& text : texts(document)) EXPECT_THAT(text, Not(HasSubstr("report."))) << document.kind;
    }
  }
}

TEST(Soa, ListsEveryControlOnceUnderItsTheme) {
  const auto document = soa_document(sample::soa(93), words());
  const auto& controls = table(document, "controls");
  std::vector<std::size_t> sizes;
  for (const auto& group : controls.groups) sizes.push_back(group.rows.size());
  EXPECT_THAT(sizes, ElementsAre(37, 8, 14, 34));
}

TEST(Soa, StaleEvidenceIsNotCountedAsDone) {
  SoaView view = sample::soa(1);
  auto& control = view.themes.at(0).controls.at(0);
  control.status = SoaControl::Status::implemented;
  control.stale_evidence = true;
  const auto document = soa_document(view, words());
  EXPECT_EQ(first<Verdict>(document).tone, Tone::warn);
  EXPECT_EQ(table(document, "controls").groups.at(0).rows.at(0).cells.at(5).text, "証拠が古い");
  control.stale_evidence = false;
  EXPECT_EQ(first<Verdict>(soa_document(view, words())).text, "適用する1の管理策は、すべて実施されています。");
}

TEST(Soa, ControlsWithoutAssessmentMakeTheVerdictUnknownNotGood) {
  SoaView view = sample::soa(2);
  view.themes.at(0).controls.at(1).status = SoaControl::Status::not_assessed;
  EXPECT_EQ(first<Verdict>(soa_document(view, words())).tone, Tone::none);
}

TEST(Soa, ExcludedControlsShowTheirReasonAndNoPractice) {
  const auto document = soa_document(sample::soa(93), words());
  const auto& exclusions = table(document, "exclusions");
  ASSERT_EQ(exclusions.groups.at(0).rows.size(), 4U);
  EXPECT_EQ(exclusions.groups.at(0).rows.at(0).cells.at(0).text, "A.5.23");
  EXPECT_THAT(exclusions.groups.at(0).rows.at(0).cells.at(2).text, HasSubstr("委託していない"));
  const auto& row = table(document, "controls").groups.at(0).rows.at(22);
  EXPECT_EQ(row.cells.at(2).text, "除外");
  EXPECT_EQ(row.cells.at(4).text, "—");
}

TEST(Front, SealsOnlyWhereSomebodySigned) {
  SoaView view = sample::soa(1);
  view.front.seals.at(0).date.reset();
  const auto document = soa_document(view, words());
  EXPECT_FALSE(document.approvals.at(0).date.has_value());
  EXPECT_TRUE(document.approvals.at(0).date_text.empty());
  EXPECT_EQ(document.approvals.at(1).surname, "髙﨑");
}

TEST(Front, EraWhenChosenAndLedgerInTheFoot) {
  const auto document = soa_document(sample::soa(1), words(Language::ja, true));
  EXPECT_EQ(document.front.at(1).value.text, "令和8年7月1日");
  EXPECT_EQ(document.trail, "証跡 15,904 番");
  EXPECT_EQ(document.digest_text, "sha256 7c1e 90b4 5fd2 … a83e");
}

TEST(Front, TheWorkingStateHasADigestOfItsContentAndSaysThatItIsNoEdition) {
  GapView view = sample::gap();
  const auto one = gap_document(view, words());
  view.items.at(0).owner = "別の人";
  const auto other = gap_document(view, words());
  EXPECT_EQ(one.state, "作業中の姿");
  EXPECT_TRUE(one.digest.empty());
  EXPECT_NE(one.digest_text, other.digest_text);
}

TEST(Gap, MustReachFirstThenBasicBeforeRecommended) {
  const auto document = gap_document(sample::gap(), words());
  const auto& gaps = table(document, "gaps");
  std::vector<std::string> order;
  for (const auto& group : gaps.groups) {
    for (const auto& row : group.rows) order.push_back(row.cells.at(0).text);
  }
  EXPECT_THAT(order, ElementsAre("III.2.2", "III.2.1", "A.5.7", "A.8.9", "II.4.3.1"));
  EXPECT_EQ(gaps.groups.at(0).title, "必達の参照値");
  EXPECT_EQ(gaps.groups.at(1).title, "基本の対策");
}

TEST(Gap, ShowsReachedAgainstReferenceAndCountsLateDays) {
  const auto document = gap_document(sample::gap(), words());
  const auto& gaps = table(document, "gaps");
  const auto& missed = gaps.groups.at(0).rows.at(0);
  EXPECT_EQ(missed.cells.at(5).text, "24時間以内");
  EXPECT_TRUE(missed.cells.at(5).must_reach);
  EXPECT_EQ(missed.cells.at(6).text, "31時間");
  EXPECT_EQ(gaps.groups.at(1).rows.at(1).cells.at(8).note, "5日超過");
}

TEST(Gap, NothingAssessedIsNotNothingMissing) {
  GapView view = sample::gap();
  view.items.clear();
  view.judged = 0;
  EXPECT_EQ(first<Verdict>(gap_document(view, words())).tone, Tone::none);
  view.judged = 128;
  EXPECT_EQ(first<Verdict>(gap_document(view, words())).tone, Tone::met);
}

TEST(Pattern, OffersNoReferenceValuesBeforeThePatternIsJudged) {
  PatternView view = sample::pattern();
  EXPECT_TRUE(has<Levels>(pattern_document(view, words())));
  view.facts.pattern.reset();
  EXPECT_FALSE(has<Levels>(pattern_document(view, words())));
}

TEST(Pattern, AThreatWithoutControlsIsOpen) {
  const auto document = pattern_document(sample::pattern(), words());
  const auto& threats = table(document, "threats");
  ASSERT_EQ(threats.groups.size(), 2U);
  EXPECT_EQ(threats.groups.at(1).rows.at(0).cells.at(2).tone, Tone::miss);
}

// T68: pattern, each item with reference value, reached value, must-reach mark, date; no internal evidence.
TEST(Disclosure, ShowsPatternAndEachItemWithReferenceReachedMarkAndDate) {
  const auto document = disclosure_document(sample::disclosure(), words());
  EXPECT_EQ(first<PatternGlyph>(document).pattern, 3);
  const auto& rows = first<Levels>(document).rows;
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows.at(0).reference.text, "99.5％以上");
  EXPECT_TRUE(rows.at(0).reference.must_reach);
  EXPECT_EQ(rows.at(0).reached.text, "99.93％");
  EXPECT_EQ(rows.at(0).reached.note, "2026年10月31日");
  EXPECT_EQ(rows.at(3).state.text, "未計測");
}

TEST(Disclosure, WhatIsNotDisclosedIsAbsentAndNobodyIsNamed) {
  const auto document = disclosure_document(sample::disclosure(), words());
  const auto all = to_json(document);
  EXPECT_THAT(all, Not(HasSubstr("操作ログを残す期間")));
  EXPECT_THAT(all, Not(HasSubstr("監査の所見")));
  EXPECT_THAT(all, Not(HasSubstr("佐藤")));
  EXPECT_THAT(all, HasSubstr("準拠法"));
}

TEST(Disclosure, NotMeasuredIsNeverCountedAsMet) {
  DisclosureView view = sample::disclosure();
  for (auto& entry : view.levels) {
    if (entry.level.judgement == Judgement::missed) entry.disclosed = false;
  }
  const auto document = disclosure_document(view, words());
  const auto& verdict = first<Verdict>(document);
  EXPECT_EQ(verdict.tone, Tone::none);
  EXPECT_THAT(verdict.text, HasSubstr("1項目は測っている途中"));
}

TEST(Criteria, DroppedItemsAndDetailsStandWithTheirReasons) {
  const auto document = criteria_document(sample::criteria(1), words());
  const auto& dropped = table(document, "exclusions").groups.at(0).rows;
  std::vector<std::string> refs;
  for (const auto& row : dropped) refs.push_back(row.cells.at(0).text);
  EXPECT_THAT(refs, ElementsAre("V:5.1.2.4", "V:5.1.3", "V:5.1.4.4", "V:5.1.4.8", "V:5.1.4.12"));
  EXPECT_EQ(table(document, "items").groups.at(0).rows.at(3).cells.at(1).note, "当社が加えた項目");
  EXPECT_EQ(table(document, "items").groups.at(0).rows.at(1).cells.at(6).text, "5 / 6");
}

TEST(Criteria, ADroppedItemWithoutReasonIsTheVerdict) {
  CriteriaView view = sample::criteria(1);
  view.sections.at(0).items.at(2).reason.clear();
  const auto document = criteria_document(view, words());
  EXPECT_EQ(first<Verdict>(document).tone, Tone::warn);
  EXPECT_THAT(texts(document), Contains("理由が書かれていません"));
}

TEST(Dates, AreWrittenAsReadersWriteThem) {
  using std::chrono::day;
  using std::chrono::month;
  using std::chrono::year;
  const Date date{year(2026), month(11), day(21)};
  EXPECT_EQ(date_text(date, Language::ja, false, Weekday::with), "2026年11月21日（土）");
  EXPECT_EQ(date_text(date, Language::ja, true), "令和8年11月21日");
  EXPECT_EQ(date_text(date, Language::en, true), "21 Nov 2026");
  EXPECT_EQ(date_text(Date{year(2019), month(5), day(1)}, Language::ja, true), "令和元年5月1日");
  EXPECT_EQ(date_text(Date{year(2019), month(4), day(30)}, Language::ja, true), "平成31年4月30日");
  EXPECT_EQ(date_text(Date{year(1989), month(1), day(7)}, Language::ja, true), "昭和64年1月7日");
  EXPECT_EQ(date_text(Date{year(1926), month(12), day(24)}, Language::ja, true), "1926年12月24日");
  EXPECT_EQ(instant_text(parse_instant("2026-06-30T15:05:00Z").value(), Language::ja, false), "2026年7月1日 0:05");
  EXPECT_EQ(seal_date(Date{year(2006), month(6), day(3)}), "06.6.3");
}

}  // namespace
}  // namespace genmei::report
