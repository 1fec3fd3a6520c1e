#include "standard/import_catalogue.hpp"

#include <gtest/gtest.h>

#include "standard/library.hpp"

namespace genmei::standard {
namespace {

const SheetHead head{"house-rules", "2026", {"社内基準", "House rules"}};

Result<Catalogue> from_csv(std::string_view csv, const SheetHead& with = head) {
  auto book = sheet::read_csv(csv, {.name = "rules"});
  EXPECT_TRUE(book.ok());
  return catalogue_from_sheet(*book, with);
}

std::vector<std::pair<std::string, std::string>> problems_of(std::string_view csv) {
  const auto result = from_csv(csv);
  std::vector<std::pair<std::string, std::string>> out;
  if (result) return out;
  for (const auto& one : result.problems().list) out.emplace_back(one.code, one.place);
  return out;
}

using Found = std::vector<std::pair<std::string, std::string>>;

TEST(CatalogueFromSheet, ReadsJapaneseAndEnglishHeadersAlike) {
  const auto ja = from_csv(
      "項番,種別,見出し,見出し（英語）,要求事項,区分,脅威\n1,章,箱,Boxes,,,\n1.1,,鍵,Keys,箱に鍵を掛ける,推奨,"
      "\"T01、T02:detect\"\n");
  const auto en = from_csv(
      "ID,Level,title_ja,title_en,statement_ja,class,threats\n1,chapter,箱,Boxes,,,\n1.1,item,鍵,Keys,箱に鍵を掛ける,"
      "recommended,T01;T02:detect\n");
  for (const auto* result : {&ja, &en}) {
    ASSERT_TRUE(result->ok());
    const auto& catalogue = **result;
    EXPECT_TRUE(catalogue.own);
    EXPECT_EQ(catalogue.id, "house-rules");
    ASSERT_EQ(catalogue.parts.size(), 1U);
    EXPECT_EQ(catalogue.parts[0].id, "rules");
    EXPECT_TRUE(catalogue.parts[0].by_threats);
    ASSERT_EQ(catalogue.parts[0].items.size(), 2U);
    EXPECT_EQ(catalogue.parts[0].items[0].kind, Kind::chapter);
    const auto& item = catalogue.parts[0].items[1];
    EXPECT_EQ(item.parent, 0);
    EXPECT_EQ(item.title.en, "Keys");
    EXPECT_EQ(item.statement.en, "箱に鍵を掛ける");  // one language serves for both
    EXPECT_FALSE(item.basic);
    ASSERT_EQ(item.counters.size(), 2U);
    EXPECT_EQ(item.counters[1].threat, "T02");
    EXPECT_EQ(item.counters[1].how, How::detect);
  }
}

TEST(CatalogueFromSheet, ReadsReferenceValuesAsTheGuidelinePrintsThem) {
  const auto result = from_csv(
      "番号,項目名,内容,評価項目,パターン1,パターン2,パターン3\nR1,戻す,控えから戻す,戻す時間,30分以内*,1時間以内,-\n");
  ASSERT_TRUE(result.ok());
  const auto& part = result->parts[0];
  ASSERT_EQ(part.items.size(), 2U);
  EXPECT_EQ(part.items[1].id, "R1.value");
  EXPECT_EQ(part.items[1].parent, 0);
  const auto& evaluation = part.evaluations.at(0);
  EXPECT_EQ(evaluation.unit, "minutes");
  EXPECT_EQ(evaluation.op, Operator::at_most);
  EXPECT_TRUE(evaluation.by_pattern[0].must_reach);
  EXPECT_EQ(evaluation.by_pattern[1].value, 60.0);
  EXPECT_TRUE(evaluation.by_pattern[2].free);
  EXPECT_TRUE(evaluation.by_pattern[5].free);
}

TEST(CatalogueFromSheet, TakesTheHeadFromTheAboutSheetAndEachOtherSheetAsAPart) {
  auto book = *sheet::read_csv("id,title_ja,statement_ja\nA,鍵,掛ける\n", {.name = "one"});
  auto two = *sheet::read_csv("id,title_ja,statement_ja\nA,窓,閉める\n", {.name = "二番"});
  auto about = *sheet::read_csv("識別子,own\n版,3\n名称,うちの基準\n名称（英語）,Ours\n", {.name = "概要"});
  auto hidden = *sheet::read_csv("nonsense\n", {.name = "hidden"});
  hidden.sheets[0].hidden = true;
  for (auto* one : {&two, &about, &hidden}) book.sheets.push_back(one->sheets[0]);
  const auto result = catalogue_from_sheet(book, {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->id, "own");
  EXPECT_EQ(result->version, "3");
  EXPECT_EQ(result->title.en, "Ours");
  ASSERT_EQ(result->parts.size(), 2U);
  EXPECT_EQ(result->parts[1].id, "part-2");
  EXPECT_EQ(result->parts[1].title.ja, "二番");
}

TEST(CatalogueFromSheet, NamesTheCellOfEveryFault) {
  EXPECT_EQ(problems_of("id,title_ja,statement_ja,colour\nA,鍵,掛ける,red\n"),
            (Found{{"import.column-unknown", "rules!D1"}}));
  EXPECT_EQ(problems_of("id,title_ja,statement_ja,項番\nA,鍵,掛ける,1\n"),
            (Found{{"import.column-twice", "rules!D1"}}));
  EXPECT_EQ(problems_of("title_ja,statement_ja\n鍵,掛ける\n"), (Found{{"import.column-missing", "rules!A1"}}));
  EXPECT_EQ(problems_of("id,title_ja,statement_ja\n"), (Found{{"import.no-rows", "rules"}}));
  EXPECT_EQ(problems_of("id,parent,level,title_ja,statement_ja,class,threats,pattern_1\n"
                        "A,,,鍵,掛ける,,,\nA,B,floor,,閉める,良,T1:maybe,\nC D,,,窓,,,,3日\n"),
            (Found{{"standard.value", "rules!C3"},
                   {"standard.required", "rules!D3"},
                   {"standard.value", "rules!F3"},
                   {"standard.value", "rules!G3"},
                   {"standard.unknown-parent", "rules!B3"},
                   {"standard.duplicate-item", "rules!A3"},
                   {"standard.bad-id", "rules!A4"},
                   {"standard.required", "rules!E4"},
                   {"standard.required", "rules!A4"}}));
}

TEST(CatalogueFromSheet, RefusesErrorsAndFormulasWithoutValue) {
  auto book = *sheet::read_csv("id,title_ja,statement_ja\nA,鍵,掛ける\n", {.name = "rules"});
  auto& cells = book.sheets[0].rows[1].cells;
  cells[1].type = sheet::CellType::error;
  cells[1].text = "#REF!";
  cells[2].type = sheet::CellType::empty;
  cells[2].formula = true;
  cells[2].text.clear();
  const auto result = catalogue_from_sheet(book, head);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.problems().list[0].code, "import.cell-error");
  EXPECT_EQ(result.problems().list[0].place, "rules!B2");
  EXPECT_EQ(result.problems().list[1].code, "import.cell-formula");
  EXPECT_EQ(result.problems().list[1].place, "rules!C2");
}

TEST(CatalogueFromSheet, GivesTheSameCatalogueAsYaml) {
  const auto sheet =
      from_csv("id,title_ja,title_en,statement_ja,statement_en,class\nK1,鍵,Keys,掛ける,Lock,recommended\n");
  const auto file = yaml::parse(
      "id: house-rules\nversion: \"2026\"\ntitle: {ja: 社内基準, en: House rules}\nparts:\n  - id: rules\n    title: "
      "rules\n    items:\n"
      "      - {id: K1, title: {ja: 鍵, en: Keys}, statement: {ja: 掛ける, en: Lock}, basic: false}\n",
      "own.yaml");
  ASSERT_TRUE(sheet.ok());
  ASSERT_TRUE(file.ok());
  const auto yaml = catalogue_from_yaml(*file);
  ASSERT_TRUE(yaml.ok());
  const auto& a = sheet->parts[0].items[0];
  const auto& b = yaml->parts[0].items[0];
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.parent, b.parent);
  EXPECT_EQ(a.basic, b.basic);
  EXPECT_EQ(a.title.ja, b.title.ja);
  EXPECT_EQ(a.statement.en, b.statement.en);
  EXPECT_EQ(sheet->title.en, yaml->title.en);
  EXPECT_EQ(sheet->parts[0].id, yaml->parts[0].id);
  Library library;
  EXPECT_TRUE(library.add(*sheet).ok());
}

}  // namespace
}  // namespace genmei::standard
