#include "standard/library.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace genmei::standard {
namespace {

namespace fs = std::filesystem;

const std::string data_dir = std::string(GENMEI_SOURCE_DIR) + "/data";

const Library& library() {
  static const Library loaded = [] {
    auto result = Library::load(data_dir);
    if (!result) throw std::runtime_error(result.problems().list.front().detail);
    return std::move(*result);
  }();
  return loaded;
}

std::array<std::size_t, 4> levels(std::string_view part) {
  const auto counts = library().counts("cloud-ism-2013", part);
  return {counts.chapters, counts.sections, counts.controls, counts.details};
}

TEST(Library, CountsOfTheCloudStandard) {
  EXPECT_EQ(levels("governance"), (std::array<std::size_t, 4>{1, 6, 5, 0}));
  EXPECT_EQ(levels("management"), (std::array<std::size_t, 4>{6, 20, 66, 0}));
  EXPECT_EQ(levels("control"), (std::array<std::size_t, 4>{12, 41, 135, 1422}));
  EXPECT_EQ(levels("basic-assertion"), (std::array<std::size_t, 4>{11, 35, 98, 1073}));
}

TEST(Library, CountsOfIsoAndItsRules) {
  const auto annex = library().counts("iso27001-2022", "annex-a");
  EXPECT_EQ(annex.controls, 93U);
  EXPECT_EQ(annex.rules, 417U);
  const std::array<std::pair<const char*, std::size_t>, 4> themes = {
      {{"A.5", 37}, {"A.6", 8}, {"A.7", 14}, {"A.8", 34}}};
  for (const auto& [theme, count] : themes) {
    const auto found = library().find("iso27001-2022", "annex-a", theme);
    ASSERT_TRUE(found);
    EXPECT_EQ(library().children(*found).size(), count) << theme;
  }
  const auto chapters = library().roots("iso27001-2022", "clauses");
  std::vector<std::string> ids;
  for (const auto i : chapters) ids.push_back(library().entry(i).item->id);
  EXPECT_EQ(ids, (std::vector<std::string>{"4", "5", "6", "7", "8", "9", "10"}));
  EXPECT_EQ(library().counts("iso27001-2022", "clauses").clauses, 30U);
}

// T37
TEST(Library, T37PartTwoHas22BasicItemsAnd55BestPractices) {
  const auto counts = library().counts("asp-saas-2008", "II");
  EXPECT_EQ(counts.items, 22U);
  EXPECT_EQ(counts.best_practices, 55U);
  for (const auto i : library().items("asp-saas-2008", "II")) {
    const auto& item = *library().entry(i).item;
    if (item.kind == Kind::item) {
      EXPECT_TRUE(item.basic) << item.id;
    }
  }
}

TEST(Library, IdsRepeatBetweenPartsAndStayApart) {
  const auto activity = library().find("cloud-ism-2013/management/4.3.2");
  const auto control = library().find("cloud-ism-2013/control/4.3.2");
  const auto assertion = library().find("cloud-ism-2013/basic-assertion/4.3.2");
  ASSERT_TRUE(activity && control && assertion);
  EXPECT_NE(library().entry(*activity).item->title.en, library().entry(*control).item->title.en);
  EXPECT_EQ(library().entry(*activity).reference, "IV:4.3.2");
  EXPECT_EQ(library().entry(*control).reference, "V:4.3.2");
  EXPECT_EQ(library().entry(*assertion).reference, "VI:4.3.2");
  EXPECT_EQ(library().twin(*control), assertion);
  EXPECT_EQ(library().twin(*assertion), control);
}

TEST(Library, FindsByReference) {
  EXPECT_EQ(library().by_reference("A.5.1").size(), 1U);
  EXPECT_EQ(library().resolve("a.8.13"), library().by_reference("A.8.13"));
  EXPECT_EQ(library().resolve("iso27001-2022/annex-a/A.5.1"), library().by_reference("A.5.1"));
  EXPECT_EQ(library().entry(library().by_reference("III:1.2.1").at(0)).part->id, "governance");
  EXPECT_EQ(library().entry(library().by_reference("III.2.3.1").at(0)).catalogue->id, "asp-saas-2008");
  EXPECT_TRUE(library().by_reference("A.9.9").empty());
  EXPECT_FALSE(library().find("cloud-ism-2013/control/99"));
}

TEST(Library, TenItemsOfTheBasicAssertionDiffer) {
  std::size_t differing = 0;
  for (const auto i : library().items("cloud-ism-2013", "basic-assertion")) {
    const auto& item = *library().entry(i).item;
    if (!item.assertion_differs) continue;
    ++differing;
    EXPECT_FALSE(item.note.ja.empty()) << item.id;
    EXPECT_FALSE(item.difference.empty()) << item.id;
  }
  EXPECT_EQ(differing, 10U);
  EXPECT_TRUE(library().entry(*library().find("cloud-ism-2013/control/6.4.1")).item->basic);
  EXPECT_FALSE(library().entry(*library().find("cloud-ism-2013/control/3.1.1")).item->basic);
}

TEST(Library, EveryItemThatAsksHasBothLanguages) {
  for (Index i = 0; i < library().size(); ++i) {
    const auto& item = *library().entry(i).item;
    EXPECT_FALSE(label(item, Language::ja).empty()) << library().entry(i).key;
    EXPECT_FALSE(label(item, Language::en).empty()) << library().entry(i).key;
  }
}

TEST(Library, MappingsReadFromBothEnds) {
  const auto item = library().by_reference("II.1.1.1").at(0);
  const auto policy = library().by_reference("A.5.1").at(0);
  const auto to_policy = [&](Index from, Index to) {
    for (const auto& link : library().links(from)) {
      if (link.other == to) return std::optional<Link>(link);
    }
    return std::optional<Link>();
  };
  const auto forth = to_policy(item, policy);
  ASSERT_TRUE(forth);
  EXPECT_EQ(forth->relation, Relation::subset);
  EXPECT_DOUBLE_EQ(forth->strength, 0.8);
  EXPECT_EQ(forth->status, "expert-judgement");
  ASSERT_NE(forth->note, nullptr);
  EXPECT_FALSE(forth->note->ja.empty());
  const auto back = to_policy(policy, item);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->relation, Relation::superset);
  EXPECT_FALSE(back->outgoing);
  // A.5.7 is mapped in part only, and says so.
  ASSERT_FALSE(library().remarks(library().by_reference("A.5.7").at(0)).empty());
}

TEST(Library, SearchFoldsWidthAndKana) {
  const auto first = [&](std::string_view text) {
    const auto hits = library().search(text);
    return hits.empty() ? std::string() : library().entry(hits.front().index).reference;
  };
  EXPECT_EQ(first("Ａ．８．１３"), "A.8.13");
  EXPECT_EQ(first("ばっくあっぷ"), first("バックアップ"));
  EXPECT_FALSE(first("ﾊﾞｯｸｱｯﾌﾟ").empty());
  EXPECT_TRUE(library().search("そのような言葉はない文").empty());
  for (const auto& hit : library().search("ログ", 50, "iso27001-2022")) {
    EXPECT_EQ(library().entry(hit.index).catalogue->id, "iso27001-2022");
  }
  EXPECT_EQ(library().search("管理", 7).size(), 7U);
}

TEST(Library, RulesShowTheirParameters) {
  const auto* const iso = library().catalogue("iso27001-2022");
  ASSERT_NE(iso, nullptr);
  EXPECT_EQ(iso->parameters.size(), 129U);
  const auto* const interval = iso->parameter("policy_review_interval");
  ASSERT_NE(interval, nullptr);
  EXPECT_EQ(render_parameter(*iso, *interval, Language::ja), "1年");
  EXPECT_EQ(render_parameter(*iso, *interval, Language::en, {}, /*after_every=*/true), "year");
  EXPECT_EQ(render_parameter(*iso, *interval, Language::en, "6", true), "6 months");
  EXPECT_EQ(render_parameter(*iso, *interval, Language::en, "1"), "1 month");
  EXPECT_EQ(render_parameter(*iso, *iso->parameter("tls_min_version"), Language::en, "tls13"), "TLS 1.3");
  for (const auto i : library().items("iso27001-2022", "annex-a")) {
    for (const auto& rule : library().entry(i).item->rules) {
      for (const auto language : {Language::ja, Language::en}) {
        const auto text = library().rule_text(*iso, rule, language);
        EXPECT_EQ(text.find("{{"), std::string::npos) << rule.id;
        EXPECT_FALSE(text.empty());
      }
    }
  }
}

// ---- broken data

class BrokenData : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("genmei-standard-" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    fs::copy(data_dir + "/standards", root_ / "standards", fs::copy_options::recursive);
    fs::copy(data_dir + "/mappings", root_ / "mappings", fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(root_); }

  // Replaces the first `from` in a file and gives the first problem of loading.
  Problem after(const std::string& file, const std::string& from, const std::string& to) {
    std::ifstream in(root_ / file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    fs::permissions(root_ / file, fs::perms::owner_all);
    std::ofstream(root_ / file) << text;
    const auto result = Library::load(root_.string());
    EXPECT_FALSE(result.ok());
    return result ? Problem{} : result.problems().list.front();
  }
  fs::path root_;
};

TEST_F(BrokenData, AMissingLanguageStopsTheStartWithFileAndLine) {
  const auto one = after("standards/cloud-ism-2013/01-security-policy.yaml", "en: \"Security policy\"", "en: \"\"");
  EXPECT_EQ(one.code, "standard.required");
  EXPECT_TRUE(one.place.ends_with("01-security-policy.yaml:3")) << one.place;
}

TEST_F(BrokenData, AMappingToNowhereStopsTheStart) {
  const auto one = after("mappings/asp-saas-part2--cloud-ism.yaml", "target: \"V:1.1.1\"", "target: \"V:99.1.1\"");
  EXPECT_EQ(one.code, "standard.unknown-item");
  EXPECT_NE(one.place.find("asp-saas-part2--cloud-ism.yaml:"), std::string::npos);
}

TEST_F(BrokenData, AMisspeltFieldAndABrokenFileStopTheStart) {
  EXPECT_EQ(after("standards/iso27001-2022/a6-people.yaml", "    question:", "    qestion:").code,
            "standard.unknown-field");
  EXPECT_EQ(after("standards/iso27001-2022/a7-physical.yaml", "controls:", "controls: [").code, "yaml.syntax");
}

TEST_F(BrokenData, AnUnknownParameterInARuleStopsTheStart) {
  const auto one = after("standards/iso27001-2022/parameters.yaml", "id: policy_review_interval", "id: other_interval");
  EXPECT_EQ(one.code, "standard.unknown-parameter");
}

// ---- own standards

constexpr const char* own = R"(
id: sample-rules-2026
version: "2026"
title: {ja: "社内基準", en: "House rules"}
parts:
  - id: main
    title: 本則
    by_threats: true
    items:
      - {id: "1", level: chapter, title: 総則}
      - id: "1.1"
        parent: "1"
        title: {ja: "持ち出しの制限", en: "Limits on taking out"}
        statement: {ja: "許可なく持ち出さない", en: "Nothing leaves without leave."}
        threats: [asset-take-out, {threat: asset-theft, how: detect}]
      - id: "1.2"
        parent: "1"
        title: 復旧の時間
        statement: 決めた時間のうちに復旧する
        basic: false
        evaluation:
          title: 復旧までの時間
          operator: "<="
          unit: hours
          values:
            - {pattern: 1, value: 2, must_reach: true}
            - {pattern: 2, value: 4}
            - {pattern: 3, value: 8}
            - {pattern: 4, value: 2, must_reach: true}
            - {pattern: 5, value: 4}
            - {pattern: 6, free: true}
)";

TEST(OwnStandard, HasTheSameRightsAsAShippedOne) {
  const auto file = yaml::parse(own, "own.yaml");
  ASSERT_TRUE(file);
  auto catalogue = catalogue_from_yaml(*file);
  ASSERT_TRUE(catalogue) << catalogue.problems().list.front().detail;
  Library copy = library();
  const auto before = copy.size();
  ASSERT_TRUE(copy.add(*catalogue));
  EXPECT_EQ(copy.size(), before + 4);
  EXPECT_EQ(library().size(), before);  // the original is untouched
  const auto found = copy.find("sample-rules-2026/main/1.1");
  ASSERT_TRUE(found);
  EXPECT_EQ(copy.entry(*found).item->counters.size(), 2U);
  EXPECT_EQ(copy.entry(*found).item->counters.at(1).how, How::detect);
  EXPECT_EQ(copy.entry(*copy.find("sample-rules-2026/main/1.2")).item->title.en, "復旧の時間");
  EXPECT_EQ(copy.search("持ち出しの制限").front().index, *found);
  EXPECT_EQ(copy.counts("sample-rules-2026", "main").evaluation_items, 1U);
  // The same version twice is refused; another version lives beside it.
  EXPECT_EQ(copy.add(*catalogue).problems().list.front().code, "standard.exists");
  catalogue->id = "sample-rules-2027";
  EXPECT_TRUE(copy.add(*catalogue));
}

TEST(OwnStandard, IsWrittenSoThatItReadsBackTheSame) {
  const auto first = catalogue_from_yaml(*yaml::parse(own, "own.yaml"));
  ASSERT_TRUE(first);
  const auto text = to_yaml(*first);
  const auto file = yaml::parse(text, "again.yaml");
  ASSERT_TRUE(file) << file.problems().list.front().detail << text;
  const auto again = catalogue_from_yaml(*file);
  ASSERT_TRUE(again) << again.problems().list.front().detail << text;
  EXPECT_EQ(to_yaml(*again), text);
  const auto& before = first->parts.front();
  const auto& after = again->parts.front();
  ASSERT_EQ(after.items.size(), before.items.size());
  for (std::size_t i = 0; i < before.items.size(); ++i) {
    EXPECT_EQ(after.items[i].id, before.items[i].id);
    EXPECT_EQ(after.items[i].kind, before.items[i].kind);
    EXPECT_EQ(after.items[i].parent, before.items[i].parent);
    EXPECT_EQ(after.items[i].basic, before.items[i].basic);
    EXPECT_EQ(after.items[i].statement.en, before.items[i].statement.en);
    EXPECT_EQ(after.items[i].counters.size(), before.items[i].counters.size());
    EXPECT_EQ(after.items[i].evaluation, before.items[i].evaluation);
  }
  EXPECT_EQ(after.evaluations.at(0).by_pattern[1].value, 4);
  EXPECT_TRUE(after.evaluations.at(0).by_pattern[0].must_reach);
  EXPECT_TRUE(after.evaluations.at(0).by_pattern[5].free);
}

std::string own_problem(const std::string& from, const std::string& to) {
  const auto file = yaml::parse(replace_all(own, from, to), "own.yaml");
  if (!file) return file.problems().list.front().code;
  const auto catalogue = catalogue_from_yaml(*file);
  return catalogue ? "" : catalogue.problems().list.front().code + " " + catalogue.problems().list.front().place;
}

TEST(OwnStandard, ComplaintsNameTheLine) {
  EXPECT_EQ(own_problem("parent: \"1\"", "parent: \"9\""), "standard.unknown-parent own.yaml:12");
  EXPECT_EQ(own_problem("id: \"1.2\"", "id: \"1.1\""), "standard.duplicate-item own.yaml:16");
  EXPECT_EQ(own_problem("id: \"1.1\"", "id: \"../x\""), "standard.bad-id own.yaml:11");
  EXPECT_EQ(own_problem("how: detect", "how: pray"), "standard.value own.yaml:15");
  EXPECT_EQ(own_problem("unit: hours\n", "unit: hours\n          colour: red\n"), "");
  EXPECT_EQ(own_problem("- {pattern: 6, free: true}", ""), "standard.required own.yaml:22");
  EXPECT_EQ(own_problem("version: \"2026\"\n", "version: \"2026\"\nextra: 1\n"), "standard.unknown-field own.yaml:4");
}

}  // namespace
}  // namespace genmei::standard
