#include "standard/import.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/json.hpp"
#include "base/text.hpp"

namespace genmei::standard {
namespace {

// The official documents are not part of the repository; who has them puts them beside it.
const std::string shared = std::string(GENMEI_SOURCE_DIR) + "/../shared/";

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Oracle {
  std::vector<ExpectedItem> expected;
  std::map<std::pair<std::string, std::string>, std::uint32_t> lines;
  std::map<std::pair<std::string, std::string>, std::uint32_t> objectives;
  std::set<std::string> differing;
};

Oracle oracle() {
  Oracle out;
  const auto parsed = json::parse(file(shared + "method/cloud-ism-structure.json"));
  if (!parsed) {
    ADD_FAILURE() << "the oracle is not JSON";
    return out;
  }
  const auto& root = parsed->as_object();
  for (const auto& one : root.at("items").as_array()) {
    const auto& item = one.as_object();
    const std::string part(json::text(item, "part"));
    const std::string id(json::text(item, "id"));
    const auto kind = json::text(item, "kind");
    ExpectedItem expected{"cloud-ism-2013", part, id, Kind::control, std::string(json::text(item, "title"))};
    if (kind == "chapter") expected.kind = Kind::chapter;
    if (kind == "section") expected.kind = Kind::section;
    if (kind == "detail") expected.kind = Kind::detail;
    out.expected.push_back(expected);
    out.lines[{part, id}] = static_cast<std::uint32_t>(json::integer(item, "line"));
  }
  for (const auto& one : root.at("objectives").as_array()) {
    const auto& item = one.as_object();
    out.objectives[{std::string(json::text(item, "part")), std::string(json::text(item, "id"))}] =
        static_cast<std::uint32_t>(json::integer(item, "line"));
  }
  for (const auto& one : root.at("anomalies").as_array()) {
    const auto& anomaly = one.as_object();
    if (json::text(anomaly, "type") != "text-differs-from-control-part") continue;
    out.differing.emplace(anomaly.at("ids").as_array().front().as_string());
  }
  return out;
}

class OfficialCloud : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!std::filesystem::exists(shared + "sources/cloud-ism-2013.txt")) return;
    facts_ = new Oracle(oracle());
    text_ = new std::string(file(shared + "sources/cloud-ism-2013.txt"));
    auto result = import_official(*text_, facts_->expected);
    if (result) result_ = new ImportResult(std::move(*result));
  }
  static void TearDownTestSuite() {
    delete facts_;
    delete text_;
    delete result_;
    facts_ = nullptr;
    text_ = nullptr;
    result_ = nullptr;
  }
  void SetUp() override {
    if (!text_)
      GTEST_SKIP() << "the official document is not beside the repository (../shared/sources/cloud-ism-2013.txt)";
    ASSERT_NE(result_, nullptr);
  }
  static inline Oracle* facts_ = nullptr;
  static inline std::string* text_ = nullptr;
  static inline ImportResult* result_ = nullptr;
};

TEST_F(OfficialCloud, FindsEveryNumberedItemAtItsLine) {
  EXPECT_EQ(result_->document, Document::cloud_standard);
  EXPECT_EQ(result_->items.size(), 2931U);
  EXPECT_TRUE(result_->missing.empty());
  const std::map<std::string, std::size_t> counts = {
      {"governance", 12}, {"management", 92}, {"control", 1610}, {"basic-assertion", 1217}};
  ASSERT_EQ(result_->counts.size(), counts.size());
  for (const auto& one : result_->counts) {
    EXPECT_EQ(one.found, counts.at(one.part)) << one.part;
    EXPECT_EQ(one.expected, counts.at(one.part)) << one.part;
  }
  for (const auto& item : result_->items) {
    const auto key = std::pair{item.part, item.id};
    ASSERT_EQ(item.place.first_line, facts_->lines[key]) << item.part << " " << item.id;
    EXPECT_FALSE(item.wording.empty()) << item.part << " " << item.id;
  }
  for (const auto& warning : result_->warnings) {
    EXPECT_EQ(warning.code, "import.footnote-end") << warning.place;
  }
  EXPECT_EQ(result_->warnings.size(),
            3U);  // footnotes 1 and 2 (twice) have paragraphs that look like the top of a page
}

TEST_F(OfficialCloud, KeepsFurnitureAndFootnotesOutOfTheWording) {
  EXPECT_EQ(result_->furniture_lines, 12U);
  std::map<std::pair<std::string, std::string>, std::size_t> notes;
  for (const auto& item : result_->items) {
    for (const auto* text : {&item.wording, &item.body, &item.objective}) {
      EXPECT_EQ(text->find('*'), std::string::npos) << item.part << " " << item.id;
      EXPECT_EQ(text->find("日本セキュリティ監査協会"), std::string::npos) << item.part << " " << item.id;
    }
    if (!item.footnotes.empty()) notes[{item.part, item.id}] = item.footnotes.size();
  }
  std::map<std::pair<std::string, std::string>, std::size_t> expected;
  for (const std::string part : {"control", "basic-assertion"}) {
    for (const std::string id : {"4", "6.4", "7.3.3", "7.7", "11.1"}) expected[{part, id}] = 1;
  }
  EXPECT_EQ(notes, expected);
  // Footnotes and footers cut each of these in two in one part only, so that the other part shows the whole.
  for (const std::string id : {"4.1.2.2", "7.4.1.4", "7.6.1.10", "7.3.3.2", "7.7.1.10", "7.4.5.3"}) {
    const auto* item = result_->find("basic-assertion", id);
    ASSERT_NE(item, nullptr) << id;
    EXPECT_EQ(item->same_as, "control") << id;
    EXPECT_EQ(item->wording.find('\n'), std::string::npos) << id;
  }
}

TEST_F(OfficialCloud, KeepsTheTenDifferingItemsApart) {
  std::set<std::string> differing;
  std::size_t same = 0;
  for (const auto& item : result_->items) {
    if (!item.differs_from.empty()) {
      EXPECT_EQ(item.part, "basic-assertion");
      EXPECT_NE(item.wording, result_->find("control", item.id)->wording);
      differing.insert(item.id);
    }
    same += item.same_as == "control";
  }
  EXPECT_EQ(differing, facts_->differing);
  EXPECT_EQ(differing.size(), 10U);
  EXPECT_EQ(same, 1207U);
}

TEST_F(OfficialCloud, TellsObjectivesAndExplanationsFromTheWording) {
  std::size_t objectives = 0;
  for (const auto& item : result_->items) {
    if (item.objective.empty()) continue;
    ++objectives;
    EXPECT_TRUE(facts_->objectives.count({item.part, item.id})) << item.part << " " << item.id;
  }
  EXPECT_EQ(objectives, 76U);
  for (const auto& item : result_->items) {
    if (item.kind != Kind::chapter && item.kind != Kind::section) continue;
    const auto& expected =
        *std::find_if(facts_->expected.begin(), facts_->expected.end(),
                      [&](const ExpectedItem& one) { return one.part == item.part && one.id == item.id; });
    EXPECT_EQ(fold(item.wording), fold(expected.title)) << item.part << " " << item.id;
  }
  const auto* scope = result_->find("management", "1.1.1");
  ASSERT_NE(scope, nullptr);
  EXPECT_EQ(scope->wording.find('\n'), std::string::npos);
  EXPECT_EQ(std::count(scope->body.begin(), scope->body.end(), '\n'), 7);
}

TEST_F(OfficialCloud, ListsWhatStandsOutsideTheItems) {
  std::map<std::string, int> reasons;
  std::uint32_t before = 0;
  for (const auto& block : result_->unplaced) {
    ++reasons[block.reason];
    EXPECT_GE(block.place.first_line, before);
    before = block.place.first_line;
    EXPECT_FALSE(block.excerpt.empty());
  }
  EXPECT_EQ(reasons["part-heading"], 4);
  EXPECT_EQ(reasons["preface"], 2);   // before governance; before the controls of the basic assertion
  EXPECT_EQ(reasons["footnote"], 1);  // the one on the preface
  EXPECT_EQ(reasons["unknown-number"], 0);
}

TEST_F(OfficialCloud, NamesWhatACutDocumentLacks) {
  const auto half = import_official(std::string_view(*text_).substr(0, text_->size() / 2 + 1), facts_->expected);
  // Cut inside a character or not, it ends in a result or a message.
  if (!half) {
    EXPECT_EQ(half.problems().list.front().code, "import.utf8");
    return;
  }
  EXPECT_EQ(half->items.size() + half->missing.size(), 2931U);
}

TEST_F(OfficialCloud, IsReadInFarLessThanTwoSeconds) {
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(import_official(*text_, facts_->expected).ok());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

// A document of our own in the form of the cloud standard.
const std::vector<ExpectedItem> small_expected = {
    {"cloud-ism-2013", "governance", "1", Kind::chapter, "統治"},
    {"cloud-ism-2013", "governance", "1.1", Kind::section, ""},
    {"cloud-ism-2013", "control", "1", Kind::chapter, "箱の管理"},
    {"cloud-ism-2013", "control", "1.1", Kind::section, "箱"},
    {"cloud-ism-2013", "control", "1.1.1", Kind::control, ""},
    {"cloud-ism-2013", "control", "1.1.1.1", Kind::detail, ""},
    {"cloud-ism-2013", "control", "1.1.1.2", Kind::detail, ""},
    {"cloud-ism-2013", "control", "1.1.1.3", Kind::detail, ""},
    {"cloud-ism-2013", "control", "C", Kind::chapter, ""},
};
const std::string small =
    "まえがき \n\nⅢ. ガバナンス基準 \n\n1 統治 \n\n1.1 枠組み \n Ⅴ. 管理策基準 \n\n1 箱の管理*7 \n\n1.1 箱 \n\n"
    "目的：箱を守る\nため \n\n1.1.1  箱は、鍵を\n\nかけて置く \n\n1.1.1.1 次の箱を数える \n\n1. 赤い箱 \n\n"
    "2. 青い箱（1.1.1\n\n1.1.1.3 参照）で24\n\n時間以内のもの \n\n1.1.1.2数えた結果を書き、\n\n"
    "                              \n*7 箱とは入れ物をいう。 \n 控えを残す \n\n- 12 -   発行者 \n\n"
    "1.1.1.3 鍵を替える \n\n1.1.1.9 知らない番号 \n\nC 特別な箱 \n";

TEST(ImportCloud, ReadsTheIrregularitiesOfTheForm) {
  const auto result = import_official(small, small_expected);
  ASSERT_TRUE(result.ok());
  const auto& r = *result;
  EXPECT_TRUE(r.missing.empty());
  EXPECT_EQ(r.find("governance", "1.1")->wording, "枠組み");
  const auto* chapter = r.find("control", "1");
  EXPECT_EQ(chapter->wording, "箱の管理");
  EXPECT_EQ(chapter->footnotes, std::vector<std::string>{"箱とは入れ物をいう。"});
  EXPECT_EQ(r.find("control", "1.1")->objective, "箱を守るため");
  EXPECT_EQ(r.find("control", "1.1.1")->wording, "箱は、鍵をかけて置く");
  EXPECT_EQ(r.find("control", "1.1.1.1")->wording,
            "次の箱を数える\n1. 赤い箱\n2. 青い箱（1.1.11.1.1.3 参照）で24時間以内のもの");
  EXPECT_EQ(r.find("control", "1.1.1.2")->wording, "数えた結果を書き、控えを残す");
  EXPECT_EQ(r.find("control", "1.1.1.3")->wording, "鍵を替える");
  EXPECT_EQ(r.find("control", "C")->wording, "特別な箱");
  EXPECT_EQ(r.furniture_lines, 1U);
  bool stray = false;
  for (const auto& warning : r.warnings) stray |= warning.code == "import.stray-number";
  EXPECT_TRUE(stray);
  const auto& last = r.unplaced.back();
  EXPECT_EQ(last.reason, "unknown-number");
  EXPECT_EQ(last.excerpt, "1.1.1.9 知らない番号");
}

TEST(ImportCloud, NamesMissingItemsAndParts) {
  auto expected = small_expected;
  expected.push_back({"cloud-ism-2013", "control", "C.1", Kind::section, ""});
  expected.push_back({"iso27001-2022", "annex-a", "A.5.1", Kind::control, ""});
  const auto result = import_official(small, expected);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->missing.size(), 1U);
  EXPECT_EQ(result->missing[0].id, "C.1");
  std::size_t parts = 0;
  for (const auto& warning : result->warnings) parts += warning.code == "import.part-missing";
  EXPECT_EQ(parts, 2U);  // management and basic assertion
}

TEST(ImportCloud, KeepsWordingsOfTheTwoPartsApart) {
  const std::vector<ExpectedItem> expected = {{"cloud-ism-2013", "control", "1.1.1", Kind::control, ""},
                                              {"cloud-ism-2013", "control", "1.1.2", Kind::control, ""},
                                              {"cloud-ism-2013", "basic-assertion", "1.1.1", Kind::control, ""},
                                              {"cloud-ism-2013", "basic-assertion", "1.1.2", Kind::control, ""}};
  const auto result = import_official(
      "Ⅲ. ガバナンス基準 \nⅤ. 管理策基準 \n1.1.1 箱を\n置く \n1.1.2 鍵を渡す \nⅥ. 基本言明要件 \n1.1.1 箱を置く "
      "\n1.1.2 鍵を示す \n",
      expected);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->find("basic-assertion", "1.1.1")->same_as, "control");
  EXPECT_EQ(result->find("basic-assertion", "1.1.2")->differs_from, "control");
  EXPECT_EQ(result->find("control", "1.1.2")->wording, "鍵を渡す");
}

TEST(ImportCloud, StaysLinearOnAHostileText) {
  std::string text = "Ⅲ. ガバナンス基準 \nⅤ. 管理策基準 \n";
  for (int i = 0; i < 100'000; ++i) text += i % 3 == 0 ? "1.1.1 箱 \n" : i % 3 == 1 ? "*1 注 \n" : "1.1.1.1箱*1 \n\n";
  const auto start = std::chrono::steady_clock::now();
  const auto result = import_official(text, small_expected);
  ASSERT_TRUE(result.ok());
  EXPECT_LE(result->warnings.size(), 1'000U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));  // quadratic would be minutes
}

TEST(ImportOfficial, RefusesWhatItCannotRead) {
  const auto code_of = [](std::string_view bytes) {
    const auto result = import_official(bytes, small_expected);
    return result ? std::string("ok") : result.problems().list.front().code;
  };
  EXPECT_EQ(code_of(""), "import.empty");
  EXPECT_EQ(code_of("\x83\x4B\x83\x6F"), "import.utf8");
  EXPECT_EQ(code_of(std::string_view("a\0b", 3)), "import.binary");
  EXPECT_EQ(code_of("こんにちは\n"), "import.unknown-document");
  EXPECT_EQ(code_of("Ⅲ. ガバナンス基準 \n何もない\n"), "import.nothing-found");
  EXPECT_EQ(code_of("%PDF-1.7 broken"), "import.pdf");
}

}  // namespace
}  // namespace genmei::standard
