#include "base/messages.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace genmei {
namespace {

Result<Messages> from(std::string_view text) {
  auto file = yaml::parse(text, "m.yaml");
  if (!file) return std::move(file).problems();
  Messages out;
  if (auto added = out.add(*file); !added) return std::move(added).problems();
  return out;
}

TEST(Messages, FillsArgumentsInTheLanguageAskedFor) {
  const auto messages =
      from("a.b: {ja: \"{name}は{max}字までです。\", en: \"{name} takes at most {max} characters.\"}\n");
  ASSERT_TRUE(messages.ok());
  EXPECT_EQ(messages->text(Language::ja, "a.b", {{"name", "件名"}, {"max", "80"}}), "件名は80字までです。");
  EXPECT_EQ(messages->text(Language::en, "a.b", {{"name", "Subject"}, {"max", "80"}}),
            "Subject takes at most 80 characters.");
}

TEST(Messages, DoesNotExpandArgumentsInsideArguments) {
  const auto messages = from("a.b: {ja: \"{name}\", en: \"{name}\"}\n");
  ASSERT_TRUE(messages.ok());
  EXPECT_EQ(messages->text(Language::en, "a.b", {{"name", "{other}"}, {"other", "x"}}), "{other}");
}

TEST(Messages, TakesWordsOfTheProductInTheReadersLanguage) {
  const auto messages = from("a.b: {ja: \"「{field}」を入れます\", en: \"{field} is needed\"}\n");
  ASSERT_TRUE(messages.ok());
  EXPECT_EQ(messages->text(Language::ja, "a.b", {{"field", "件名"}, {"field_en", "Title"}}), "「件名」を入れます");
  EXPECT_EQ(messages->text(Language::en, "a.b", {{"field", "件名"}, {"field_en", "Title"}}), "Title is needed");
  EXPECT_EQ(messages->text(Language::en, "a.b", {{"field", "/x"}}), "/x is needed");
}

TEST(Messages, FallsBackToDetailThenCode) {
  const auto messages = from("a.b: {ja: \"x\", en: \"x\"}\n");
  ASSERT_TRUE(messages.ok());
  EXPECT_EQ(messages->text(Language::ja, "c.d", {}, "detail"), "detail");
  EXPECT_EQ(messages->text(Language::ja, "c.d"), "c.d");
}

TEST(Messages, RefusesArgumentsThatDifferBetweenLanguages) {
  const auto messages = from("ok.one: {ja: \"a\", en: \"b\"}\na.b: {ja: \"{name}\", en: \"name\"}\n");
  ASSERT_FALSE(messages.ok());
  EXPECT_EQ(messages.problems().list.front().code, "message.arguments");
  EXPECT_EQ(messages.problems().list.front().place, "m.yaml:2");
}

TEST(Messages, RefusesAMissingLanguage) {
  const auto messages = from("a.b: {ja: \"x\"}\n");
  ASSERT_FALSE(messages.ok());
  EXPECT_EQ(messages.problems().list.front().code, "message.language");
}

TEST(Messages, ShippedCatalogueLoads) {
  const auto messages = Messages::load(std::string(GENMEI_SOURCE_DIR) + "/data/messages");
  ASSERT_TRUE(messages.ok()) << messages.problems().list.front().code << " " << messages.problems().list.front().place;
  EXPECT_TRUE(messages->has("http.not-found"));
}

}  // namespace
}  // namespace genmei
