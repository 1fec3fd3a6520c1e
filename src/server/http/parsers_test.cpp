// The parsers of untrusted text: URLs, cookies, media types, preferences, ranges, multipart.
#include <gtest/gtest.h>

#include "server/http/conditional.hpp"
#include "server/http/cookie.hpp"
#include "server/http/multipart.hpp"
#include "server/http/negotiation.hpp"
#include "server/http/url.hpp"

namespace genmei::http {
namespace {

TEST(Url, DecodesStrictly) {
  EXPECT_EQ(percent_decode("a%20%E8%A8%80").value(), "a 言");
  EXPECT_EQ(percent_decode("a+b").value(), "a+b");
  EXPECT_EQ(percent_decode("a+b", true).value(), "a b");
  for (const auto* bad : {"%", "%4", "%zz", "%00", "%ff", "%c0%80", "a%E8"}) EXPECT_FALSE(percent_decode(bad)) << bad;
  EXPECT_EQ(percent_encode("言 a/b~"), "%E8%A8%80%20a%2Fb~");
}

TEST(Url, QueryKeepsOrderAndRepeats) {
  const auto query = parse_query("a=1&b=%26&a=2&c&&d=x=y").value();
  EXPECT_EQ(query.all("a"), (std::vector<std::string_view>{"1", "2"}));
  EXPECT_EQ(query.get("b"), "&");
  EXPECT_TRUE(query.has("c"));
  EXPECT_EQ(query.get("d"), "x=y");
  EXPECT_FALSE(parse_query("a=%e8"));
  std::string many;
  for (std::size_t i = 0; i <= max_parameters; ++i) many += "a=1&";
  EXPECT_FALSE(parse_query(many));
}

TEST(Url, TargetsOfOriginAndAbsoluteForm) {
  const auto plain = parse_target("/a/b?x=1?2").value();
  EXPECT_EQ(plain.raw_path, "/a/b");
  EXPECT_EQ(plain.query, "x=1?2");
  const auto absolute = parse_target("http://example.jp:80/x").value();
  EXPECT_EQ(absolute.host, "example.jp:80");
  EXPECT_EQ(absolute.raw_path, "/x");
  for (const auto* bad : {"", "a", "*", "ftp://x/", "/a#b", "/a b", "/\x80", "http:///x", "http://x?y"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

TEST(Url, PathsRefuseWhatCouldClimbOrSplit) {
  EXPECT_EQ(decode_path("/a%20b/").value(), "/a b/");
  for (const auto* bad : {"a", "/..", "/a/%2e%2e/b", "/.", "/a%2fb", "/%00"}) EXPECT_FALSE(decode_path(bad)) << bad;
}

TEST(Url, HostNames) {
  EXPECT_EQ(host_name("Example.JP:8480").value(), "example.jp");
  EXPECT_EQ(host_name("[::1]:80").value(), "[::1]");
  for (const auto* bad : {"", ":80", "a b", "a:b", "a/b", "[::1", "[::1]x", "a:123456"})
    EXPECT_FALSE(host_name(bad)) << bad;
}

TEST(Url, MediaTypes) {
  const auto type = parse_media_type("Text/HTML; charset=\"utf-8\"; x=\"a\\\"b\"").value();
  EXPECT_EQ(type.type, "text/html");
  EXPECT_EQ(type.parameters.get("charset"), "utf-8");
  EXPECT_EQ(type.parameters.get("x"), "a\"b");
  for (const auto* bad : {"", "text", "text/", "/x", "text/html; a", "text/html; a=\"b", "te xt/html=1"}) {
    EXPECT_FALSE(parse_media_type(bad)) << bad;
  }
  EXPECT_EQ(content_type_of("a/B.JSON"), "application/json");
  EXPECT_EQ(content_type_of("noending"), "application/octet-stream");
}

TEST(Cookies, ReadsPairsAndSkipsRubbish) {
  const auto cookies = parse_cookies("a=1; b=\"x\"; broken; =2; c=d=e; f=\x01");
  EXPECT_EQ(cookies.items().size(), 3U);
  EXPECT_EQ(cookies.get("a"), "1");
  EXPECT_EQ(cookies.get("b"), "x");
  EXPECT_EQ(cookies.get("c"), "d=e");
}

TEST(Cookies, WritesOursAndRefusesInjection) {
  EXPECT_EQ(write_cookie({.name = "s", .value = "abc", .max_age = std::chrono::seconds(60)}),
            "s=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict");
  EXPECT_THROW(write_cookie({.name = "s", .value = "a; Domain=x", .max_age = {}}), std::invalid_argument);
  EXPECT_THROW(write_cookie({.name = "s\r\n", .value = "a", .max_age = {}}), std::invalid_argument);
}

TEST(Negotiation, ChoosesLanguage) {
  EXPECT_EQ(choose_language(""), Language::ja);
  EXPECT_EQ(choose_language("en-GB,en;q=0.9,ja;q=0.8"), Language::en);
  EXPECT_EQ(choose_language("fr, en;q=0.1, ja;q=0.5"), Language::ja);
  EXPECT_EQ(choose_language("en;q=0"), Language::ja);
}

TEST(Negotiation, ChoosesCoding) {
  EXPECT_EQ(choose_coding(""), Coding::identity);
  EXPECT_EQ(choose_coding("gzip, deflate, br"), Coding::brotli);
  EXPECT_EQ(choose_coding("gzip, br;q=0.5"), Coding::gzip);
  EXPECT_EQ(choose_coding("br;q=0, gzip;q=0"), Coding::identity);
  EXPECT_EQ(choose_coding("*"), Coding::brotli);
  EXPECT_EQ(choose_coding("identity, gzip;q=0.5"), Coding::identity);
  EXPECT_EQ(choose_coding("gzip;q=2, br;q=x"), Coding::identity);
}

TEST(Conditional, ComparesTags) {
  EXPECT_TRUE(tag_listed("\"a\", \"b\"", "\"b\"", false));
  EXPECT_TRUE(tag_listed("*", "\"b\"", false));
  EXPECT_TRUE(tag_listed("W/\"b\"", "\"b\"", true));
  EXPECT_FALSE(tag_listed("W/\"b\"", "\"b\"", false));
  EXPECT_FALSE(tag_listed("\"b", "\"b\"", true));
  EXPECT_FALSE(tag_listed("b", "\"b\"", true));
}

TEST(Conditional, Answers304OnlyForReads) {
  Request request;
  request.headers.add("If-None-Match", "\"7\"");
  ASSERT_TRUE(not_modified(request, "\"7\""));
  EXPECT_EQ(not_modified(request, "\"7\"")->status, 304);
  EXPECT_FALSE(not_modified(request, "\"8\""));
  request.method = Method::patch;
  EXPECT_FALSE(not_modified(request, "\"7\""));
}

TEST(Conditional, Ranges) {
  Range range;
  EXPECT_EQ(parse_range("bytes=2-4", 10, range), RangeKind::satisfiable);
  EXPECT_EQ(range.first, 2U);
  EXPECT_EQ(range.count, 3U);
  EXPECT_EQ(parse_range("bytes=-3", 10, range), RangeKind::satisfiable);
  EXPECT_EQ(range.first, 7U);
  EXPECT_EQ(parse_range("bytes=8-", 10, range), RangeKind::satisfiable);
  EXPECT_EQ(range.count, 2U);
  EXPECT_EQ(parse_range("bytes=10-", 10, range), RangeKind::unsatisfiable);
  EXPECT_EQ(parse_range("bytes=-0", 10, range), RangeKind::unsatisfiable);
  for (const auto* none :
       {"bytes=4-2", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=", "bytes=99999999999999999999-"}) {
    EXPECT_EQ(parse_range(none, 10, range), RangeKind::none) << none;
  }
}

TEST(Conditional, CutsTheBodyAndHonoursIfRange) {
  Request request;
  request.headers.add("Range", "bytes=1-2");
  auto response = Response::text("abcd");
  response.headers.set("ETag", "\"1\"");
  const auto part = ranged(request, response);
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.bytes(), "bc");
  EXPECT_EQ(part.headers.get("Content-Range"), "bytes 1-2/4");
  request.headers.add("If-Range", "\"0\"");
  EXPECT_EQ(ranged(request, response).status, 200);
}

TEST(Multipart, ReadsFieldsAndFiles) {
  const std::string body =
      "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\ncheck\r\n--B\r\n"
      "content-disposition: form-data; name=\"file\"; filename=\"C:\\dir\\資産.xlsx\"\r\nContent-Type: "
      "application/zip\r\n\r\n"
      "PK\r\n--A\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B--\r\nepilogue";
  const auto parts = parse_multipart(body, "B");
  ASSERT_TRUE(parts.ok()) << parts.problems().list.front().detail;
  ASSERT_EQ(parts->size(), 3U);
  EXPECT_EQ((*parts)[0].name, "mode");
  EXPECT_EQ((*parts)[0].bytes, "check");
  EXPECT_EQ((*parts)[1].file_name, "資産.xlsx");
  EXPECT_EQ((*parts)[1].content_type, "application/zip");
  EXPECT_EQ((*parts)[2].bytes, "");
}

TEST(Multipart, RefusesMalformedBodies) {
  const auto code = [](std::string_view body) {
    const auto parts = parse_multipart(body, "B");
    return parts.ok() ? std::string("ok") : parts.problems().list.front().code;
  };
  EXPECT_EQ(code(""), "http.multipart");
  EXPECT_EQ(code("--B"), "http.multipart");
  EXPECT_EQ(code("--B--"), "ok");
  EXPECT_EQ(code("--B\r\n\r\nx\r\n--B--"), "http.multipart");
  EXPECT_EQ(code("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"), "http.multipart");
  EXPECT_EQ(code("--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--"), "http.multipart");
  EXPECT_EQ(code("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--"), "http.multipart");
  EXPECT_FALSE(parse_multipart("--B--", "").ok());
}

TEST(Multipart, KeepsTheLimits) {
  std::string body;
  for (int i = 0; i < 3; ++i) body += "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc\r\n";
  body += "--B--";
  MultipartLimits limits;
  limits.parts = 2;
  EXPECT_EQ(parse_multipart(body, "B", limits).problems().list.front().code, "http.multipart-limit");
  limits = {};
  limits.part_bytes = 2;
  EXPECT_EQ(parse_multipart(body, "B", limits).problems().list.front().code, "http.multipart-limit");
  limits = {};
  limits.header_bytes = 10;
  EXPECT_EQ(parse_multipart(body, "B", limits).problems().list.front().code, "http.multipart-limit");
}

TEST(Responses, NameDownloadsSafely) {
  const auto file = Response::file("x", "application/pdf", "適用\"宣言\r\n.pdf");
  EXPECT_EQ(file.headers.get("Content-Disposition").find('\n'), std::string_view::npos);
  EXPECT_NE(file.headers.get("Content-Disposition").find("filename*=UTF-8''%E9%81%A9"), std::string_view::npos);
}

}  // namespace
}  // namespace genmei::http
