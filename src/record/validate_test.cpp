#include "record/testing/world.hpp"

namespace genmei::record {
namespace {

using testing::code;

class Normalise : public ::testing::Test {
 protected:
  Result<json::Object> run(const json::Object& fields, bool product = false) {
    return normalise(*registry_.find("paper"), fields, {}, product);
  }
  std::string refusal(const char* field, const json::Value& value) { return code(run({{field, value}})); }
  json::Value clean(const char* field, const json::Value& value) {
    const auto out = run({{field, value}});
    return out.ok() ? out->at(field) : json::Value(code(out));
  }
  Registry registry_ = *testing::small_registry();
};

TEST_F(Normalise, RefusesUnknownAndReadOnlyFieldsAndNamesThem) {
  const auto out = run({{"nothing", 1}, {"computed", 3}});
  ASSERT_FALSE(out.ok());
  ASSERT_EQ(out.problems().list.size(), 2U);  // all faults at once
  EXPECT_EQ(out.problems().list[0].code, "record.unknown-field");
  EXPECT_EQ(out.problems().list[0].place, "/fields/nothing");
  EXPECT_EQ(out.problems().list[1].code, "record.readonly");
  EXPECT_TRUE(run({{"computed", 3}}, true).ok());
}

TEST_F(Normalise, ComposesTextAndTrimsIt) {
  EXPECT_EQ(clean("name", "  カ\xE3\x82\x99  "), json::Value("ガ"));  // base + combining mark become one
  EXPECT_EQ(clean("name", "a\nb"), json::Value("a b"));
  EXPECT_EQ(clean("body", "a\nb"), json::Value("a\nb"));
  EXPECT_EQ(clean("name", ""), json::Value(nullptr));
}

TEST_F(Normalise, CountsCharactersNotBytes) {
  EXPECT_EQ(refusal("name", "一二三四五六七八九十一二三四五六七八九十"), "ok");
  EXPECT_EQ(refusal("name", "一二三四五六七八九十一二三四五六七八九十1"), "record.too-long");
}

TEST_F(Normalise, RefusesControlCharacters) {
  EXPECT_EQ(refusal("name",
                    "a\x07"
                    "b"),
            "record.control");
  EXPECT_EQ(refusal("body", "a\x7F"), "record.control");
  EXPECT_EQ(refusal("name", boost::json::string("a\0b", 3)), "record.control");
}

TEST_F(Normalise, KnowsRealDaysAndTimes) {
  EXPECT_EQ(refusal("due_on", "2028-02-29"), "ok");
  EXPECT_EQ(refusal("due_on", "2026-02-29"), "record.date");
  EXPECT_EQ(refusal("due_on", "21.11.2026"), "record.date");
  EXPECT_EQ(clean("seen_at", "2026-11-21T12:00:00+09:00"), json::Value("2026-11-21T03:00:00.000Z"));
  EXPECT_EQ(refusal("seen_at", "yesterday"), "record.date");
}

TEST_F(Normalise, KnowsDurations) {
  for (const auto* good : {"P1Y", "P6M", "PT15M", "P1DT12H", "P2W"}) EXPECT_EQ(refusal("every", good), "ok") << good;
  for (const auto* bad : {"P", "PT", "1Y", "P1H", "P-1D", "p1d"}) EXPECT_EQ(refusal("every", bad), "record.duration");
}

TEST_F(Normalise, KnowsAddresses) {
  EXPECT_EQ(refusal("link", "https://example.jp/a"), "ok");
  for (const auto* bad : {"javascript:alert(1)", "ftp://a", "https://a b", "https://a\"b"})
    EXPECT_EQ(refusal("link", bad), "record.url") << bad;
  EXPECT_EQ(refusal("mail", "a@example.jp"), "ok");
  for (const auto* bad : {"a", "@b.jp", "a@@b.jp", "a@b", "a b@c.jp"}) EXPECT_EQ(refusal("mail", bad), "record.email");
}

TEST_F(Normalise, KeepsTypesApart) {
  EXPECT_EQ(refusal("weight", 3.5), "record.type");
  EXPECT_EQ(refusal("weight", "3"), "record.type");
  EXPECT_EQ(refusal("weight", 1001), "record.range");
  EXPECT_EQ(refusal("weight", std::uint64_t{1} << 63U), "record.type");
  EXPECT_EQ(clean("score", 3), json::Value(3.0));
  EXPECT_EQ(refusal("secret_part", "true"), "record.type");
  EXPECT_EQ(refusal("colour", "green"), "record.enum");
  EXPECT_EQ(refusal("about", "no id"), "record.reference");
  EXPECT_EQ(refusal("readers", "one"), "record.type");
  EXPECT_EQ(refusal("shape", "text"), "record.type");
  EXPECT_EQ(refusal("code", "AB-12"), "ok");
  EXPECT_EQ(refusal("code", "AB-12x"), "record.pattern");
}

TEST_F(Normalise, ListsLoseDoublesAndBlanks) {
  EXPECT_EQ(clean("words", json::Array{"a", "", "a", "b"}), json::Value(json::Array{"a", "b"}));
  EXPECT_EQ(clean("words", json::Array{}), json::Value(nullptr));
  const auto out = run({{"words", json::Array{"a", 3}}});
  EXPECT_EQ(out.problems().list.front().place, "/fields/words/1");
}

TEST(Rules, OrderRefusesAndWarningsOnlyWarn) {
  const auto registry = testing::small_registry();
  Record record;
  record.kind = "row";
  record.state = "active";
  record.fields = {{"label", "a"}, {"first_on", "2026-02-01"}, {"last_on", "2026-01-31"}, {"position", 1}};
  Problems problems;
  Problems warnings;
  check_record(*registry->find("row"), record, problems, warnings);
  ASSERT_EQ(problems.list.size(), 1U);
  EXPECT_EQ(problems.list.front().code, "record.order");
  EXPECT_EQ(problems.list.front().place, "/fields/last_on");
  ASSERT_EQ(warnings.list.size(), 1U);
  EXPECT_EQ(warnings.list.front().place, "/fields/unit");
}

}  // namespace
}  // namespace genmei::record
