#include "base/text.hpp"

#include <gtest/gtest.h>

namespace genmei {
namespace {

TEST(Text, FoldsWidthKanaAndCase) {
  EXPECT_EQ(fold("ｸﾞﾙｰﾌﾟ"), fold("グループ"));
  EXPECT_EQ(fold("ぐるーぷ"), fold("グループ"));
  EXPECT_EQ(fold("ＣＲＭ"), "crm");
  EXPECT_EQ(fold("Groupware"), "groupware");
  EXPECT_EQ(fold("ヴァ"), "ゔぁ");
  EXPECT_NE(fold("受注"), fold("発注"));
}

TEST(Text, ComposesForStorage) {
  EXPECT_EQ(nfc("か\u3099"), "が");
  EXPECT_EQ(nfc("plain"), "plain");
}

TEST(Text, ChecksUtf8Strictly) {
  EXPECT_TRUE(valid_utf8("言明 Genmei 𠮷"));
  EXPECT_FALSE(valid_utf8("\xff"));
  EXPECT_FALSE(valid_utf8("\xc0\xaf"));          // overlong
  EXPECT_FALSE(valid_utf8("\xed\xa0\x80"));      // surrogate
  EXPECT_FALSE(valid_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(valid_utf8("\xe3\x81"));          // cut short
}

TEST(Text, CountsTrimsSplitsReplaces) {
  EXPECT_EQ(length("言明a"), 3U);
  EXPECT_EQ(trim(" \t　言明　\n"), "言明");
  EXPECT_EQ(trim("　"), "");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(replace_all("aXbX", "X", "XX"), "aXXbXX");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
}

}  // namespace
}  // namespace genmei
