#include "base/yaml.hpp"

#include <gtest/gtest.h>

namespace genmei::yaml {
namespace {

std::string code_of(const Result<File>& result) { return result ? "" : result.problems().list.front().code; }
std::string place_of(const Result<File>& result) { return result ? "" : result.problems().list.front().place; }

TEST(Yaml, KnowsTheLineOfEveryNode) {
  const auto file = parse("a: 1\nb:\n  - x\n  - {k: v}\n", "t.yaml");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->root["a"].line, 1U);
  EXPECT_EQ(file->root["b"].items.at(1)["k"].line, 4U);
  EXPECT_EQ(file->at(file->root["b"].items.at(0)), "t.yaml:3");
}

TEST(Yaml, ReadsScalarsLeniently) {
  const auto file = parse("n: 12\nd: 99.5\nt: yes\nf: false\nz: null\nq: \"12\"\ne: ''\nl: [a, b]\ns: one\n", "t");
  ASSERT_TRUE(file);
  const auto& root = file->root;
  EXPECT_EQ(root["n"].integer(), 12);
  EXPECT_DOUBLE_EQ(root["d"].number(), 99.5);
  EXPECT_EQ(root["d"].integer(7), 7);
  EXPECT_TRUE(root["t"].boolean());
  EXPECT_FALSE(root["f"].boolean(true));
  EXPECT_TRUE(root["z"].is_null());
  EXPECT_EQ(root["z"].str("fallback"), "fallback");
  EXPECT_TRUE(root["q"].quoted);
  EXPECT_TRUE(root["e"].is_scalar());
  EXPECT_EQ(root["l"].strings(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(root["s"].strings(), (std::vector<std::string>{"one"}));
  EXPECT_FALSE(root.has("missing"));
}

TEST(Yaml, ReadsJson) {
  const auto file = parse("{\"a\": [1, {\"b\": null}], \"c\": \"\\u3042\"}", "t.json");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->root["a"].items.at(0).integer(), 1);
  EXPECT_EQ(file->root["c"].str(), "あ");
}

TEST(Yaml, RefusesDuplicateKeysInSmallAndLargeMaps) {
  const auto small = parse("a: 1\nb: 2\na: 3\n", "t.yaml");
  EXPECT_EQ(code_of(small), "yaml.duplicate-key");
  EXPECT_EQ(place_of(small), "t.yaml:3");
  std::string text;
  for (int i = 0; i < 40; ++i) text += "k" + std::to_string(i) + ": 1\n";
  EXPECT_TRUE(parse(text, "t"));
  EXPECT_EQ(code_of(parse(text + "k3: 1\n", "t")), "yaml.duplicate-key");
  EXPECT_EQ(code_of(parse(text + "k30: 1\n", "t")), "yaml.duplicate-key");
}

TEST(Yaml, RefusesAliasesDepthSizeAndSeveralDocuments) {
  EXPECT_EQ(code_of(parse("a: &x 1\nb: *x\n", "t")), "yaml.alias");
  EXPECT_EQ(code_of(parse(std::string(100, '[') + std::string(100, ']'), "t")), "yaml.too-deep");
  EXPECT_EQ(code_of(parse(std::string(max_bytes + 1, ' '), "t")), "yaml.too-large");
  EXPECT_EQ(code_of(parse("a: 1\n---\nb: 2\n", "t")), "yaml.syntax");
}

TEST(Yaml, NamesTheLineOfBrokenSyntax) {
  const auto file = parse("a: 1\nb: [1, 2\nc: 3\n", "bad.yaml");
  EXPECT_EQ(code_of(file), "yaml.syntax");
  EXPECT_TRUE(place_of(file) == "bad.yaml:3" || place_of(file) == "bad.yaml:4") << place_of(file);
  EXPECT_EQ(code_of(parse("a: \xff\n", "t")), "yaml.syntax");
  EXPECT_EQ(code_of(parse("? [a]\n: 1\n", "t")), "yaml.syntax");
}

TEST(Yaml, EmptyTextIsANullNodeAndAMissingFileAProblem) {
  const auto empty = parse("", "t");
  ASSERT_TRUE(empty);
  EXPECT_TRUE(empty->root.is_null());
  EXPECT_EQ(code_of(load("/nonexistent/file.yaml")), "yaml.unreadable");
  EXPECT_EQ(parse("\xEF\xBB\xBF"
                  "a: 1",
                  "t")
                ->root["a"]
                .integer(),
            1);
}

}  // namespace
}  // namespace genmei::yaml
