#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "standard/import.hpp"
#include "standard/import_catalogue.hpp"
#include "standard/import_values.hpp"
#include "standard/library.hpp"

namespace genmei::standard {
namespace {

const std::string shared = std::string(GENMEI_SOURCE_DIR) + "/../shared/";

std::string source(const std::string& name) {
  std::ifstream in(shared + "sources/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Part III in the form of figures 36 and 38, in our own words.
const std::string part3 =
    "表紙 \n\nⅢ．２ アプリケーションなど \n\nⅢ．２．３ データを守る \n\nⅢ．２．３．１【基本】 \n\n"
    "データの控えを決めた間隔で取り、別の場所に\n\n置く。 \n\n【ベストプラクティス】 \n\ni. 戻せることを試す。 \n\n"
    "ii. 控えの世代を決める。 \n\na) 日次 \n\nb) 月次 \n\n【評価項目】 \n\na. 控えを取る間隔 \n\nパターン 対策参照値 "
    "\n\n"
    "1 １回以上／日* \n\n2 1 回／日 \n\n3 1 回／週間 \n\n4 - \n\n5 － \n\n6 － \n\n"
    "b. 復旧にかかる時間 \n\nパターン 対策参照値 \n\n1 障害から 30 分以内* \n\n2 障害から 1 時間以内* \n\n3 障害から 2 "
    "時間以内 \n\n"
    "4 障害から 30 分以内* \n\n5 障害から 1 時間以内* \n\n6 - \n Ⅲ．２．３．２ 【推奨】 \n\n稼働を数字で示す。 "
    "\n\n【評価項目】 \n\n"
    "a. 稼働率 \n\nパターン 対策参照値 \n\n1 99.5%以上* \n\n2 99%以上* \n\n3 95％以上＊ \n\n4 99.5 %以上* \n\n5 "
    "99%以上* \n\n6 95%以上* \n";

TEST(ImportGuideline, ReadsItemsBestPracticesAndReferenceValues) {
  const auto result = import_official(part3, std::vector<ExpectedItem>{});
  ASSERT_TRUE(result.ok());
  const auto& r = *result;
  EXPECT_EQ(r.document, Document::guideline_part3);
  EXPECT_EQ(r.standard, "asp-saas-2008");
  const std::vector<std::pair<std::string, Kind>> expected = {
      {"III.2", Kind::chapter},
      {"III.2.3", Kind::section},
      {"III.2.3.1", Kind::item},
      {"III.2.3.1.i", Kind::best_practice},
      {"III.2.3.1.ii", Kind::best_practice},
      {"III.2.3.1.a", Kind::evaluation_item},
      {"III.2.3.1.b", Kind::evaluation_item},
      {"III.2.3.2", Kind::item},
      {"III.2.3.2.a", Kind::evaluation_item},
  };
  ASSERT_EQ(r.items.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(r.items[i].id, expected[i].first);
    EXPECT_EQ(r.items[i].kind, expected[i].second) << expected[i].first;
  }
  EXPECT_EQ(r.find("III", "III.2.3.1")->wording, "データの控えを決めた間隔で取り、別の場所に置く。");
  EXPECT_EQ(r.find("III", "III.2.3.1")->basic, true);
  EXPECT_EQ(r.find("III", "III.2.3.2")->basic, false);
  EXPECT_EQ(r.find("III", "III.2.3.1.ii")->wording, "控えの世代を決める。\na) 日次\nb) 月次");
  EXPECT_TRUE(r.warnings.empty());
  ASSERT_EQ(r.unplaced.size(), 1U);
  EXPECT_EQ(r.unplaced[0].excerpt, "表紙");

  const auto& interval = *r.find("III", "III.2.3.1.a")->evaluation;
  EXPECT_EQ(interval.op, Operator::at_most);
  EXPECT_EQ(interval.unit, "days");
  EXPECT_EQ(interval.by_pattern[0].value, 1.0);
  EXPECT_TRUE(interval.by_pattern[0].must_reach);
  EXPECT_FALSE(interval.by_pattern[1].must_reach);
  EXPECT_EQ(interval.by_pattern[2].value, 7.0);
  EXPECT_FALSE(interval.by_pattern[3].value.has_value());
  EXPECT_TRUE(interval.by_pattern[5].free);
  EXPECT_EQ(r.find("III", "III.2.3.1.a")->printed[2], "1 回／週間");

  const auto& recovery = *r.find("III", "III.2.3.1.b")->evaluation;
  EXPECT_EQ(recovery.unit, "minutes");
  EXPECT_EQ(recovery.start_event, "障害から");
  EXPECT_EQ(recovery.by_pattern[2].value, 120.0);
  EXPECT_TRUE(recovery.by_pattern[5].free);

  const auto& uptime = *r.find("III", "III.2.3.2.a")->evaluation;
  EXPECT_EQ(uptime.op, Operator::at_least);
  EXPECT_EQ(uptime.unit, "percent");
  EXPECT_EQ(uptime.by_pattern[2].value, 95.0);
  EXPECT_TRUE(uptime.by_pattern[2].must_reach);
}

TEST(ImportGuideline, MakesACatalogueOfPart3) {
  const auto result = import_official(part3, std::vector<ExpectedItem>{});
  ASSERT_TRUE(result.ok());
  const auto catalogue = catalogue_from_import(*result);
  ASSERT_TRUE(catalogue.ok());
  Library library;
  ASSERT_TRUE(library.add(*catalogue).ok());
  const auto value = library.find("asp-saas-2008-part3", "III", "III.2.3.2.a");
  ASSERT_TRUE(value.has_value());
  const auto& entry = library.entry(*value);
  EXPECT_EQ(library.entry(*entry.parent).item->id, "III.2.3.2");
  EXPECT_FALSE(entry.item->basic);  // as the item it measures
  const auto& evaluation = entry.part->evaluations.at(static_cast<std::size_t>(entry.item->evaluation));
  EXPECT_EQ(evaluation.by_pattern[1].value, 99.0);
  const auto item = library.find("asp-saas-2008-part3", "III", "III.2.3.1");
  EXPECT_EQ(library.entry(*library.entry(*item).parent).item->title.ja, "データを守る");
  EXPECT_EQ(library.counts("asp-saas-2008-part3", "III").evaluation_items, 3U);
}

TEST(ImportGuideline, TellsWhatItCouldNotUnderstand) {
  const auto result = import_official(
      "Ⅲ．１．１．１【基本】 \n箱を見る。 \n【評価項目】 \na. 見る間隔 \nパターン 対策参照値 \n1 毎朝* \n2 3 日以内 "
      "\n【対策項目】 \n番号のない項目。 \n",
      std::vector<ExpectedItem>{});
  ASSERT_TRUE(result.ok());
  std::map<std::string, std::string> places;
  for (const auto& warning : result->warnings) places[warning.code] = warning.place;
  EXPECT_EQ(places.at("import.value"), "line 6");
  EXPECT_EQ(places.at("import.values-missing"), "line 8");
  EXPECT_EQ(places.at("import.unnumbered"), "line 8");
  const auto* item = result->find("III", "III.1.1.1.a");
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(item->printed[0], "毎朝*");
  EXPECT_FALSE(item->evaluation->by_pattern[0].value.has_value());
  EXPECT_EQ(item->evaluation->by_pattern[1].value, 3.0);
  EXPECT_EQ(result->items.back().id, "");
  EXPECT_EQ(result->items.back().wording, "番号のない項目。");
}

TEST(ImportValues, ReadsTheFormsThatArePrinted) {
  const auto value = [](std::string_view text) { return parse_value(text); };
  EXPECT_EQ(value("24 時間以内*").value.value, 24.0);
  EXPECT_EQ(value("24 時間以内*").unit, "hours");
  EXPECT_TRUE(value("24 時間以内＊").value.must_reach);
  EXPECT_EQ(value("９９．５％以上").value.value, 99.5);
  EXPECT_EQ(value("1,000 回以下").value.value, 1000.0);
  EXPECT_EQ(value("3か月").unit, "months");
  EXPECT_TRUE(value("-").value.free);
  EXPECT_TRUE(value("―").understood);
  EXPECT_FALSE(value("-*").understood);
  EXPECT_FALSE(value("").understood);
  EXPECT_FALSE(value("適宜").understood);
  EXPECT_FALSE(value("1日又は2日").understood);
  EXPECT_FALSE(value("1日又は2日").value.value.has_value());
  EXPECT_EQ(value("5 世代").unit, "generations");
  EXPECT_EQ(value("3 箱以上").unit, "箱");
}

TEST(ImportValues, RefusesToMixWhatDoesNotMix) {
  std::array<PrintedValue, pattern_count> values;
  for (auto& one : values) one = parse_value("3 か月以内*");
  Evaluation out;
  EXPECT_TRUE(make_evaluation(values, out));
  values[3] = parse_value("10 日以内");
  EXPECT_FALSE(make_evaluation(values, out));
  values[3] = parse_value("3 か月以上");
  EXPECT_FALSE(make_evaluation(values, out));
}

class OfficialSource : public testing::Test {
 protected:
  static std::string read(const std::string& name) {
    return std::filesystem::exists(shared + "sources/" + name) ? source(name) : std::string();
  }
};

TEST_F(OfficialSource, GuidelinePart2HasItsItemsAndBestPractices) {
  const auto text = read("asp-saas-guideline-part2.txt");
  if (text.empty()) GTEST_SKIP() << "not beside the repository: ../shared/sources/asp-saas-guideline-part2.txt";
  const auto result = import_official(text, std::vector<ExpectedItem>{});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->document, Document::guideline_part2);
  std::map<Kind, int> kinds;
  std::size_t notes = 0;
  for (const auto& item : result->items) {
    ++kinds[item.kind];
    EXPECT_EQ(item.part, "II");
    EXPECT_FALSE(item.wording.empty()) << item.id;
    EXPECT_EQ(item.basic.has_value(), item.kind == Kind::item) << item.id;
    notes += item.footnotes.size();
  }
  EXPECT_EQ(kinds[Kind::item], 22);
  EXPECT_EQ(kinds[Kind::best_practice], 55);
  EXPECT_EQ(kinds[Kind::chapter], 8);
  EXPECT_EQ(kinds[Kind::section], 13);
  EXPECT_EQ(notes, 2U);
  EXPECT_EQ(result->find("II", "II.2.1.1.i")->wording.find("10"), std::string::npos);
  EXPECT_TRUE(result->warnings.empty());
}

TEST_F(OfficialSource, StudyReportGivesTheTwoFiguresAndLeavesTheRestAlone) {
  const auto text = read("asp-saas-study-report.txt");
  if (text.empty()) GTEST_SKIP() << "not beside the repository: ../shared/sources/asp-saas-study-report.txt";
  const auto result = import_official(text, std::vector<ExpectedItem>{});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->document, Document::study_report);
  ASSERT_EQ(result->items.size(), 5U);
  EXPECT_NE(result->find("III", "III.2.3.1"), nullptr);
  EXPECT_NE(result->find("III", "III.2.3.1.i"), nullptr);
  const auto& patch = result->items.back();
  EXPECT_EQ(patch.id, "");  // figure 38 prints no number
  ASSERT_TRUE(patch.evaluation.has_value());
  EXPECT_EQ(patch.evaluation->unit, "hours");
  EXPECT_EQ(patch.evaluation->op, Operator::at_most);
  for (std::size_t i = 0; i < pattern_count; ++i) {
    EXPECT_EQ(patch.evaluation->by_pattern[i].value, i < 3 ? 24.0 : 72.0);
    EXPECT_TRUE(patch.evaluation->by_pattern[i].must_reach);
  }
  EXPECT_EQ(result->unplaced.size(), 3U);
}

TEST_F(OfficialSource, RegulationHasAllControlsOfAnnexA) {
  const auto text = read("isms-regulation-2022.txt");
  if (text.empty()) GTEST_SKIP() << "not beside the repository: ../shared/sources/isms-regulation-2022.txt";
  std::vector<ExpectedItem> expected;
  const std::array<int, 4> counts = {37, 8, 14, 34};
  for (std::size_t theme = 0; theme < counts.size(); ++theme) {
    for (int i = 1; i <= counts[theme]; ++i) {
      expected.push_back(
          {"iso27001-2022", "annex-a", "A." + std::to_string(theme + 5) + "." + std::to_string(i), Kind::control, ""});
    }
  }
  const auto result = import_official(text, expected);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->document, Document::regulation);
  EXPECT_EQ(result->items.size(), 93U);
  EXPECT_TRUE(result->missing.empty());
  for (const auto& item : result->items) {
    EXPECT_FALSE(item.wording.empty()) << item.id;
    EXPECT_FALSE(item.body.empty()) << item.id;
    EXPECT_EQ(item.wording.find('_'), std::string::npos) << item.id;
    EXPECT_EQ(item.body.find('_'), std::string::npos) << item.id;
  }
}

}  // namespace
}  // namespace genmei::standard
