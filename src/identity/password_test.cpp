// The password rule and the strength estimate against the shipped word lists.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "identity/password_hash.hpp"
#include "identity/password_rule.hpp"
#include "identity/secrets.hpp"

namespace genmei::identity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const KnownWords& known() {
  static const auto loaded = KnownWords::load(std::string(GENMEI_SOURCE_DIR) + "/data/passwords");
  EXPECT_TRUE(loaded.ok());
  return *loaded;
}

std::vector<std::string> codes(const Problems& problems) {
  std::vector<std::string> out;
  for (const auto& one : problems.list) out.push_back(one.code);
  return out;
}

std::vector<std::string> check(std::string_view password, const PasswordRule& rule = {},
                               const std::vector<std::string>& own = {}) {
  return codes(check_password(rule, password, known(), own));
}

TEST(PasswordRule, RefusesSevenLettersOfOneKind) {  // A.5.17
  const auto problems = check_password({}, "abcdefg", known());
  EXPECT_THAT(codes(problems),
              ElementsAre("identity.password-short", "identity.password-kinds", "identity.password-known"));
  EXPECT_EQ(problems.list[0].args.at("min"), "8");
  EXPECT_EQ(problems.list[0].args.at("length"), "7");
  EXPECT_EQ(problems.list[1].args.at("found"), "1");
}

TEST(PasswordRule, TakesEightCharactersOfTwoKinds) {
  EXPECT_THAT(check("vq7mzkwp"), IsEmpty());
  EXPECT_THAT(check("vqKmzkwp"), IsEmpty());
  EXPECT_THAT(check("vqzmzkwp"), ElementsAre("identity.password-kinds"));
}

TEST(PasswordRule, StrictReadingCountsLettersOnceAndWantsBothCases) {
  PasswordRule strict;
  strict.strict = true;
  EXPECT_THAT(check("vqKmzkwp", strict), ElementsAre("identity.password-kinds-strict"));
  EXPECT_THAT(check("vq7mzkwp", strict), ElementsAre("identity.password-cases"));
  EXPECT_THAT(check("vQ7mzkwp", strict), IsEmpty());
}

TEST(PasswordRule, SettingsCannotGoBelowTheFloor) {
  PasswordRule lax;
  lax.min_length = 1;
  lax.kinds = 0;
  EXPECT_THAT(check("a", lax), Contains("identity.password-short"));
  PasswordRule hard;
  hard.min_length = 12;
  hard.kinds = 4;
  EXPECT_THAT(check("vq7mzkwp", hard), ElementsAre("identity.password-short", "identity.password-kinds"));
}

TEST(PasswordRule, CountsCharactersNotBytes) {
  EXPECT_THAT(check("さくら餅7つ食"), Contains("identity.password-short"));  // 7 characters, 19 bytes
  EXPECT_THAT(check("庭の柿が8つ熟れた"), IsEmpty());
}

TEST(PasswordRule, RefusesKnownWordsWithDecoration) {
  for (const auto* bad : {"password", "P@ssw0rd", "Password2024!", "Sakura123", "qwerty!!", "1qaz2wsx", "Sunshine99",
                          "2024tanaka", "Elephant1", "!Welcome1"}) {
    EXPECT_THAT(check(bad), Contains("identity.password-known")) << bad;
  }
  for (const auto* good : {"Yama-to-kawa-7", "Haru-no-hi-3", "Kasa-wo-hirogeru-88", "k7pm-x3hd-w9rt-b4ns"}) {
    EXPECT_THAT(check(good), IsEmpty()) << good;
  }
}

TEST(PasswordRule, RefusesOwnNames) {
  EXPECT_THAT(check("xk9-nakamura-q", {}, {"nakamura", "中村"}), Contains("identity.password-own-word"));
  EXPECT_THAT(check("xk9-N4kamur4-q", {}, {"nakamura"}), Contains("identity.password-own-word"));
  EXPECT_THAT(check("ナカムラの庭に8本", {}, {"なかむら"}), Contains("identity.password-own-word"));
  EXPECT_THAT(check("xk9-ao-vbq7m", {}, {"ao"}), IsEmpty());  // too short to forbid
}

TEST(PasswordRule, RefusesWhatIsLongButEmpty) {
  EXPECT_THAT(check("aaaaaaaaaaaaaaa1"), Not(IsEmpty()));
  EXPECT_THAT(check("123456789012"), Not(IsEmpty()));
}

TEST(PasswordRule, NormalisesWidthAndComposition) {
  EXPECT_EQ(*normalise_password("Ｐａｓｓ１"), "Pass1");
  EXPECT_EQ(*normalise_password("か\u3099"), "が");
  EXPECT_EQ(normalise_password("\xff").problems().list.front().code, "identity.password-encoding");
  EXPECT_EQ(normalise_password(std::string("a\0b", 3)).problems().list.front().code, "identity.password-encoding");
  EXPECT_TRUE(normalise_password(std::string(1024, 'a')).ok());
  EXPECT_EQ(normalise_password(std::string(1025, 'a')).problems().list.front().code, "identity.password-long");
  // One character that NFKC makes eighteen of: the limit holds after normalising.
  std::string ligatures;
  for (int i = 0; i < 300; ++i) ligatures += "\uFDFA";
  EXPECT_EQ(normalise_password(ligatures).problems().list.front().code, "identity.password-long");
}

TEST(Strength, OrdersPasswordsAsAttackersDo) {
  const auto score = [](std::string_view password) { return estimate(password, known()).score; };
  EXPECT_EQ(score("password"), 0);
  EXPECT_EQ(score("abcdefg"), 0);
  EXPECT_EQ(score("aaaaaaaaaaaa"), 0);
  EXPECT_LE(score("19850312"), 1);
  EXPECT_LE(score("Sakura2024"), 1);
  EXPECT_GE(score("Yama-to-kawa-7"), 2);
  EXPECT_GE(score("Kasa-wo-hirogeru-88"), 3);
  EXPECT_EQ(score("correct horse battery staple"), 4);
  EXPECT_EQ(score("k7pm-x3hd-w9rt-b4ns"), 4);
  EXPECT_EQ(score(""), 0);
}

TEST(Strength, HintsNameTheWeakness) {
  const auto hints = [](std::string_view password, const std::vector<std::string>& own = {}) {
    std::vector<std::string> out;
    for (const auto& one : estimate(password, known(), own).hints) out.push_back(one.code);
    return out;
  };
  EXPECT_THAT(hints("password1"), Contains("identity.hint-common"));
  EXPECT_THAT(hints("efghijk"), Contains("identity.hint-sequence"));
  EXPECT_THAT(hints("xqxqxqxq"), Contains("identity.hint-repeat"));
  EXPECT_THAT(hints("kz1985-03-12"), Contains("identity.hint-date"));
  EXPECT_THAT(hints("zweigwerk1", {"zweigwerk"}), Contains("identity.hint-own"));
  EXPECT_THAT(hints("k7pm-x3hd-w9rt-b4ns"), IsEmpty());
}

TEST(Strength, StaysQuickOnTheLongestPassword) {
  EXPECT_EQ(estimate(std::string(1024, 'a') + "b", known()).score, 4);  // beyond 64 bytes single characters count
}

TEST(Words, ListsAreThereAndSorted) {
  EXPECT_GT(known().size(), 50'000U);
  EXPECT_GT(known().common_rank("password"), 0U);
  EXPECT_LT(known().common_rank("qwerty"), known().common_rank("sakura"));
  EXPECT_TRUE(known().is_word("elephant"));
  EXPECT_FALSE(known().is_word("xqzzt"));
  EXPECT_EQ(KnownWords::load("/nonexistent").problems().list.front().code, "identity.word-list");
}

TEST(Hashing, VerifiesOnlyTheRightPassword) {
  PasswordHasher hasher(1);
  const auto encoded = hasher.hash("庭の柿が8つ");
  EXPECT_THAT(encoded, testing::StartsWith("$argon2id$"));
  EXPECT_TRUE(hasher.verify(encoded, "庭の柿が8つ"));
  EXPECT_FALSE(hasher.verify(encoded, "庭の柿が9つ"));
  EXPECT_NE(encoded, hasher.hash("庭の柿が8つ"));
  EXPECT_FALSE(PasswordHasher::outdated(encoded));
  EXPECT_FALSE(hasher.verify("", "x"));
}

TEST(Hashing, PretendingCostsAsMuchAsVerifying) {
  PasswordHasher hasher(1);
  const auto encoded = hasher.hash("庭の柿が8つ");
  const auto time = [](const auto& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::steady_clock::now() - begin;
  };
  const auto real = time([&] { EXPECT_FALSE(hasher.verify(encoded, "x")); });
  const auto pretended = time([&] { hasher.pretend("x"); });
  EXPECT_GT(pretended * 4, real);
}

TEST(Secrets, AreUniqueAndOfTheirForm) {
  const auto once = new_one_time_password();
  EXPECT_THAT(once, testing::MatchesRegex("[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}"));
  EXPECT_NE(once, new_one_time_password());
  EXPECT_THAT(check(once), IsEmpty());
  const auto token = new_token();
  EXPECT_TRUE(looks_like_token(token));
  EXPECT_FALSE(looks_like_token(token + "x"));
  EXPECT_FALSE(looks_like_token(new_session_id()));
  EXPECT_EQ(stored_form("a").size(), 64U);
  EXPECT_NE(csrf_token("a"), csrf_token("b"));
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
}

}  // namespace
}  // namespace genmei::identity
