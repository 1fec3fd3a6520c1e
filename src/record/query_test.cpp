// Filters, order, paging, counting and the past, the same on both databases.
#include <algorithm>

#include "record/testing/world.hpp"

namespace genmei::record {
namespace {

using testing::code;
using Names = std::vector<std::string>;

class Lists : public testing::OnBoth {
 protected:
  Record add(const std::string& name, json::Object fields = {}) {
    fields["name"] = name;
    return world->made(world->product(), "paper", fields);
  }
  Query query(const std::vector<std::pair<std::string, std::string>>& pairs) {
    auto parsed = parse_query(world->kind("paper"), world->registry(), pairs, "me", "2026-11-21");
    EXPECT_TRUE(parsed.ok()) << code(parsed);
    return parsed ? *parsed : Query();
  }
  std::string refusal(const std::vector<std::pair<std::string, std::string>>& pairs) {
    return code(parse_query(world->kind("paper"), world->registry(), pairs, "me", "2026-11-21"));
  }
  Names names(std::vector<std::pair<std::string, std::string>> pairs, std::optional<Instant> as_of = {}) {
    if (std::none_of(pairs.begin(), pairs.end(), [](const auto& p) { return p.first == "sort"; }))
      pairs.emplace_back("sort", "name");
    auto asked = query(pairs);
    asked.as_of = as_of;
    asked.count = true;
    const auto page = world->product().list(asked);
    EXPECT_TRUE(page.ok()) << code(page) << (page.ok() ? "" : page.problems().list.front().detail);
    Names out;
    if (!page) return out;
    for (const auto& item : page->items) out.push_back(item.text("name"));
    EXPECT_EQ(page->total, static_cast<std::int64_t>(out.size()));
    return out;
  }
};

TEST_P(Lists, FilterByValue) {
  add("a", {{"weight", 1}, {"score", 1.5}, {"secret_part", true}, {"due_on", "2026-01-01"}, {"colour", "red"}});
  add("b", {{"weight", 2}, {"score", 2}, {"secret_part", false}, {"due_on", "2026-11-21"}, {"colour", "blue"}});
  add("c");
  EXPECT_EQ(names({{"weight", "2"}}), Names{"b"});
  EXPECT_EQ(names({{"weight[ne]", "2"}}), (Names{"a", "c"}));  // what has no value differs too
  EXPECT_EQ(names({{"weight[lt]", "2"}}), Names{"a"});
  EXPECT_EQ(names({{"weight[ge]", "1"}}), (Names{"a", "b"}));
  EXPECT_EQ(names({{"weight[in]", "1,2,7"}}), (Names{"a", "b"}));
  EXPECT_EQ(names({{"score[gt]", "1.5"}}), Names{"b"});
  EXPECT_EQ(names({{"score", "2"}}), Names{"b"});
  EXPECT_EQ(names({{"secret_part", "true"}}), Names{"a"});
  EXPECT_EQ(names({{"secret_part", "false"}}), Names{"b"});
  EXPECT_EQ(names({{"due_on[le]", "@today"}}), (Names{"a", "b"}));
  EXPECT_EQ(names({{"due_on[empty]", "true"}}), Names{"c"});
  EXPECT_EQ(names({{"due_on[empty]", "false"}}), (Names{"a", "b"}));
  EXPECT_EQ(names({{"colour[in]", "red,blue"}}), (Names{"a", "b"}));
  EXPECT_EQ(names({{"state", "draft"}, {"weight", "1"}}), Names{"a"});
  EXPECT_EQ(names({{"revision", "1"}}), (Names{"a", "b", "c"}));
}

TEST_P(Lists, ContainsTakesWildcardsAsLetters) {
  add("100% sure");
  add("1000 sure");
  add("A_b");
  EXPECT_EQ(names({{"name[contains]", "0%"}}), Names{"100% sure"});
  EXPECT_EQ(names({{"name[contains]", "a_B"}}), Names{"A_b"});
  EXPECT_EQ(names({{"name[contains]", "\\"}}), Names{});
}

TEST_P(Lists, ContainsWorksOnEveryType) {
  add("a", {{"weight", 123}, {"secret_part", true}, {"due_on", "2026-01-01"}});
  EXPECT_EQ(names({{"weight[contains]", "23"}}), Names{"a"});
  EXPECT_EQ(names({{"due_on[contains]", "-01-"}}), Names{"a"});
  EXPECT_EQ(names({{"weight[contains]", "9"}}), Names{});
}

TEST_P(Lists, FilterByManyValuedAndByReferenceFields) {
  const auto north = world->unit("north");
  const auto south = world->unit("south");
  const auto ann = world->person("ann");
  const auto bob = world->person("bob");
  add("a", {{"about", north}, {"readers", json::Array{ann, bob}}, {"words", json::Array{"x", "y"}}});
  add("b", {{"about", south}, {"readers", json::Array{bob}}, {"words", json::Array{"y"}}});
  add("c");
  EXPECT_EQ(names({{"readers", ann}}), Names{"a"});
  EXPECT_EQ(names({{"readers[in]", ann + "," + bob}}), (Names{"a", "b"}));
  EXPECT_EQ(names({{"readers[ne]", ann}}), (Names{"b", "c"}));
  EXPECT_EQ(names({{"readers[empty]", "true"}}), Names{"c"});
  EXPECT_EQ(names({{"words", "x"}}), Names{"a"});
  EXPECT_EQ(names({{"words[ne]", "x"}}), (Names{"b", "c"}));
  EXPECT_EQ(names({{"about.name", "south"}}), Names{"b"});
  EXPECT_EQ(names({{"readers.name", "ann"}}), Names{"a"});
  EXPECT_EQ(names({{"readers.name[contains]", "B"}}), (Names{"a", "b"}));
}

TEST_P(Lists, ThePastAnswersTheSameQuestions) {
  const auto ann = world->person("ann");
  const auto bob = world->person("bob");
  const auto start = world->clock.now();
  world->clock.advance(std::chrono::hours(1));
  auto a = add("a", {{"weight", 1},
                     {"secret_part", true},
                     {"score", 2.5},
                     {"readers", json::Array{ann}},
                     {"words", json::Array{"x"}}});
  add("b", {{"weight", 2}});
  const auto first = world->clock.now();
  world->clock.advance(std::chrono::hours(1));
  a = *world->update(world->product(), a,
                     {{"weight", 5}, {"secret_part", false}, {"readers", json::Array{bob}}, {"words", nullptr}});
  const auto second = world->clock.now();

  EXPECT_EQ(names({}, start), Names{});
  EXPECT_EQ(names({}, first), (Names{"a", "b"}));
  EXPECT_EQ(names({{"weight", "1"}}, first), Names{"a"});
  EXPECT_EQ(names({{"weight", "1"}}, second), Names{});
  EXPECT_EQ(names({{"weight[gt]", "1"}}, first), Names{"b"});
  EXPECT_EQ(names({{"secret_part", "true"}}, first), Names{"a"});
  EXPECT_EQ(names({{"secret_part", "false"}}, second), Names{"a"});
  EXPECT_EQ(names({{"score[ge]", "2.5"}}, first), Names{"a"});
  EXPECT_EQ(names({{"readers", ann}}, first), Names{"a"});
  EXPECT_EQ(names({{"readers", ann}}, second), Names{});
  EXPECT_EQ(names({{"readers.name", "ann"}}, first), Names{"a"});
  EXPECT_EQ(names({{"readers.name", "ann"}}, second), Names{});
  EXPECT_EQ(names({{"words", "x"}}, first), Names{"a"});
  EXPECT_EQ(names({{"words[empty]", "true"}}, second), (Names{"a", "b"}));
  EXPECT_EQ(names({{"sort", "-weight"}}, first), (Names{"b", "a"}));
  EXPECT_EQ(names({{"sort", "-weight"}}, second), (Names{"a", "b"}));
  const auto was = world->product().get("paper", a.id, first);
  ASSERT_TRUE(was.ok());
  EXPECT_EQ(was->revision, 1);
  EXPECT_EQ(was->fields.at("weight"), json::Value(1));
  EXPECT_EQ(was->list("readers"), Names{ann});
  EXPECT_EQ(code(world->product().get("paper", a.id, start)), "record.not-found");
  EXPECT_EQ(world->product().get("paper", a.id, second)->fields, a.fields);
}

TEST_P(Lists, ReferencedRecordsAreOfTheSamePast) {
  const auto unit = world->made(world->product(), "org-unit", {{"name", "old"}});
  add("a", {{"about", unit.id}});
  const auto then = world->clock.now();
  world->clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(world->update(world->product(), unit, {{"name", "new"}}).ok());
  EXPECT_EQ(names({{"about.name", "old"}}, then), Names{"a"});
  EXPECT_EQ(names({{"about.name", "new"}}, then), Names{});
  EXPECT_EQ(names({{"about.name", "new"}}), Names{"a"});
}

TEST_P(Lists, EveryRowComesOnceInEveryOrder) {
  constexpr int rows = 130;
  auto session = world->product();
  auto batch = session.batch();
  for (int i = 0; i < rows; ++i) {
    json::Object fields{{"name", "n" + std::to_string(i)}};
    if (i % 3 != 0) fields["weight"] = i % 7;
    if (i % 4 != 0) fields["score"] = (i % 5) * 0.5;
    if (i % 5 != 0) fields["due_on"] = "2026-01-0" + std::to_string(1 + i % 9);
    if (i % 2 != 0) fields["secret_part"] = i % 6 == 1;
    ASSERT_TRUE(batch.create("paper", fields).ok());
  }
  ASSERT_TRUE(batch.commit().ok());
  for (const auto* sort : {"weight", "-weight", "score", "-score", "due_on", "-due_on", "secret_part", "-secret_part",
                           "weight,-due_on", "-weight,score", "id", "-id", "-updated_at", "archived"}) {
    for (const bool past : {false, true}) {
      auto asked = query({{"sort", sort}, {"limit", "17"}});
      if (past) asked.as_of = world->clock.now();
      std::set<std::string> seen;
      Names order;
      int pages = 0;
      do {
        const auto page = session.list(asked);
        ASSERT_TRUE(page.ok()) << sort << code(page) << page.problems().list.front().detail;
        for (const auto& item : page->items) {
          EXPECT_TRUE(seen.insert(item.id).second) << sort;
          order.push_back(item.id);
        }
        asked.cursor = page->next;
      } while (!asked.cursor.empty() && ++pages < 20);
      EXPECT_EQ(seen.size(), static_cast<std::size_t>(rows)) << sort << (past ? " past" : "");
      asked.cursor.clear();
      asked.limit = 500;
      Names whole;
      const auto all = session.list(asked);
      for (const auto& item : all->items) whole.push_back(item.id);
      EXPECT_EQ(order, whole) << sort;
    }
  }
}

TEST_P(Lists, RecordsWithoutAValueStandFirstAndLast) {
  add("a", {{"weight", 2}});
  add("b");
  add("c", {{"weight", 1}});
  EXPECT_EQ(names({{"sort", "weight"}}), (Names{"b", "c", "a"}));
  EXPECT_EQ(names({{"sort", "-weight"}}), (Names{"a", "c", "b"}));
}

TEST_P(Lists, ForgedCursorsAreRefused) {
  for (const auto* text : {"x", "[]", "[1]", "{}", "[\"x\",\"y\"]", "[1,{}]", "[true,\"a\"]", "[1,2]"}) {
    auto asked = query({{"sort", "weight"}});
    asked.cursor = base64url(text);
    EXPECT_EQ(code(world->product().list(asked)), "record.cursor") << text;
  }
}

TEST_P(Lists, CountsFollowEveryChange) {
  const auto total = [&] { return *world->product().list(query({{"count", "true"}}))->total; };
  EXPECT_EQ(total(), 0);
  const auto a = add("a");
  EXPECT_EQ(total(), 1);
  add("b");
  EXPECT_EQ(total(), 2);
  ASSERT_TRUE(world->archive(world->product(), a).ok());
  EXPECT_EQ(total(), 1);
  ASSERT_TRUE(world->archive(world->product(), a, false).ok());
  EXPECT_EQ(total(), 2);
}

TEST_P(Lists, CountOverAReferenceFollowsTheReferencedRecord) {
  const auto unit = world->made(world->product(), "org-unit", {{"name", "old"}});
  add("a", {{"about", unit.id}});
  const auto asked = query({{"about.name", "old"}, {"count", "true"}});
  EXPECT_EQ(world->product().list(asked)->total, 1);
  ASSERT_TRUE(world->update(world->product(), unit, {{"name", "new"}}).ok());
  EXPECT_EQ(world->product().list(asked)->total, 0);
}

TEST_P(Lists, ArchivedOnesAreLeftOutUnlessAskedFor) {
  const auto a = add("a");
  add("b");
  ASSERT_TRUE(world->archive(world->product(), a).ok());
  EXPECT_EQ(names({}), Names{"b"});
  EXPECT_EQ(names({{"archived", "true"}}), Names{"a"});
  EXPECT_EQ(names({{"archived", "all"}}), (Names{"a", "b"}));
}

TEST_P(Lists, SearchFoldsWidthAndKana) {
  add("ﾊﾞｯｸｱｯﾌﾟ Ａ");
  add("other");
  EXPECT_EQ(names({{"q", "バックアップ"}}), Names{"ﾊﾞｯｸｱｯﾌﾟ Ａ"});
  EXPECT_EQ(names({{"q", "ばっくあっぷ a"}}), Names{"ﾊﾞｯｸｱｯﾌﾟ Ａ"});
  EXPECT_EQ(names({{"q", "%"}}), Names{});
}

TEST_P(Lists, UnknownNamesAndValuesAreRefused) {
  EXPECT_EQ(refusal({{"nothing", "1"}}), "record.unknown-field");
  EXPECT_EQ(refusal({{"about.nothing", "1"}}), "record.unknown-field");
  EXPECT_EQ(refusal({{"name.x", "1"}}), "record.unknown-field");
  EXPECT_EQ(refusal({{"weight[like]", "1"}}), "record.filter");
  EXPECT_EQ(refusal({{"sort", "readers"}}), "record.sort");
  EXPECT_EQ(refusal({{"sort", "name\";--"}}), "record.sort");
  EXPECT_EQ(refusal({{"limit", "0"}}), "record.limit");
  EXPECT_EQ(refusal({{"limit", "501"}}), "record.limit");
  EXPECT_EQ(refusal({{"offset", "-1"}}), "record.limit");
  EXPECT_EQ(refusal({{"as_of", "soon"}}), "time.invalid");
  EXPECT_EQ(refusal({{"name", "\xff"}}), "record.filter");
  auto asked = query({{"weight", "heavy"}});
  EXPECT_EQ(code(world->product().list(asked)), "record.filter");
}

TEST_P(Lists, ADayMeansItsEndInJapan) {
  const auto asked = query({{"as_of", "2026-11-20"}});
  EXPECT_EQ(format_instant(*asked.as_of), "2026-11-20T14:59:59.999Z");
}

INSTANTIATE_TEST_SUITE_P(Both, Lists, ::testing::Values(store::Backend::sqlite, store::Backend::postgres),
                         testing::backend_name);

}  // namespace
}  // namespace genmei::record
