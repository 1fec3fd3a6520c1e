#include "base/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>

namespace genmei::json {
namespace {

TEST(Json, CanonicalFormFollowsRfc8785) {
  auto value =
      parse(R"({"b":[1e21,0.000001,1e-7,4.50,2e-3,1E30,-0],"a":"\u20ac$\u000f\nA'B\"\\","\ud83d\ude00":1,"\ufb33":2})");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(canonical(*value),
            "{\"a\":\"€$\\u000f\\nA'B\\\"\\\\\",\"b\":[1e+21,0.000001,1e-7,4.5,0.002,1e+30,0],\"😀\":1,\"\uFB33\":2}");
}

TEST(Json, RefusesWhatOthersLetPass) {
  EXPECT_EQ(parse(R"({"a":1,"b":{"c":1,"c":2}})").problems().list[0].code, "json.duplicate-key");
  EXPECT_EQ(parse(R"({"a":1,"b":{"c":1,"c":2}})").problems().list[0].place, "/b/c");
  EXPECT_EQ(parse("[1e400]").problems().list[0].code, "json.number");
  EXPECT_EQ(parse(std::string(200, '[')).problems().list[0].code, "json.too-deep");
  EXPECT_EQ(parse("{} x").problems().list[0].code, "json.syntax");
  EXPECT_FALSE(parse("\"\xff\"").ok());
  EXPECT_FALSE(parse("").ok());
}

TEST(Json, WriterPlacesCommas) {
  std::string out;
  Writer(out).begin_object().key("a").begin_array().integer(1).string("x").end_array().key("b").null().end_object();
  EXPECT_EQ(out, R"({"a":[1,"x"],"b":null})");
}

RC_GTEST_PROP(Json, StringsSurviveTheRoundTrip, (const std::string& text)) {
  std::string ascii;
  for (const char c : text) ascii += static_cast<char>(static_cast<unsigned char>(c) & 0x7FU);
  std::string out;
  write_string(ascii, out);
  auto back = parse(out);
  RC_ASSERT(back.ok());
  RC_ASSERT(std::string(back->as_string()) == ascii);
}

TEST(Json, NumbersAreReadToTheLastBit) {
  EXPECT_TRUE(rc::check("any double", [] {
    const auto bits = *rc::gen::arbitrary<std::uint64_t>();
    const auto value = std::bit_cast<double>(bits);
    RC_PRE(std::isfinite(value) && value != 0);
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
    const auto read = json::parse(std::string_view(text, static_cast<std::size_t>(end - text)));
    RC_ASSERT(read.ok());
    RC_ASSERT(read->as_double() == value);
  }));
}

}  // namespace
}  // namespace genmei::json
