// Routes, static files, problem bodies, finishing of responses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "server/http/exchange.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"
#include "server/http/static_files.hpp"

namespace genmei::http {
namespace {

using testing::HasSubstr;
using testing::Not;

Response nothing(const Request&) { return Response::empty(); }

std::string pattern(const Router& router, Method method, std::string_view path) {
  const auto match = router.match(method, path);
  return match.route != nullptr ? match.route->pattern : "-" + allow_value(match.allowed);
}

TEST(Router, PrefersLiteralsThenParametersThenRests) {
  Router router;
  for (const auto* one : {"/a/{id}", "/a/new", "/a/{id}/x", "/a/{rest...}", "/"}) router.add(Method::get, one, nothing);
  EXPECT_EQ(pattern(router, Method::get, "/a/new"), "/a/new");
  EXPECT_EQ(pattern(router, Method::get, "/a/7"), "/a/{id}");
  EXPECT_EQ(pattern(router, Method::get, "/a/new/x"), "/a/{id}/x");
  EXPECT_EQ(pattern(router, Method::get, "/a/new/y"), "/a/{rest...}");
  EXPECT_EQ(router.match(Method::get, "/a/b/c%20d").parameters.get("rest"), "b/c d");
  EXPECT_EQ(pattern(router, Method::get, "/"), "/");
  EXPECT_EQ(router.match(Method::get, "/b").route, nullptr);
  EXPECT_EQ(router.match(Method::get, "/a").route, nullptr);
}

TEST(Router, ParameterNamesBelongToTheRoute) {
  Router router;
  router.add(Method::get, "/x/{a}", nothing);
  router.add(Method::post, "/x/{b}/y", nothing);
  EXPECT_EQ(router.match(Method::get, "/x/1").parameters.get("a"), "1");
  EXPECT_EQ(router.match(Method::post, "/x/2/y").parameters.get("b"), "2");
}

TEST(Router, KnowsWhatIsAllowed) {
  Router router;
  router.add(Method::get, "/x", nothing);
  router.add(Method::remove, "/x", nothing);
  EXPECT_EQ(pattern(router, Method::head, "/x"), "/x");
  EXPECT_EQ(pattern(router, Method::put, "/x"), "-GET, HEAD, DELETE, OPTIONS");
}

TEST(Router, RefusesOurMistakesAtStartUp) {
  Router router;
  router.add(Method::get, "/x/{a}", nothing);
  EXPECT_THROW(router.add(Method::get, "/x/{b}", nothing), std::logic_error);
  EXPECT_THROW(router.add(Method::get, "x", nothing), std::logic_error);
  EXPECT_THROW(router.add(Method::get, "/{a", nothing), std::logic_error);
  EXPECT_THROW(router.add(Method::get, "/{a}/{a}", nothing), std::logic_error);
  EXPECT_THROW(router.add(Method::get, "/{a...}/b", nothing), std::logic_error);
}

TEST(Router, DeepPathsAreNotFound) {
  Router router;
  router.add(Method::get, "/{rest...}", nothing);
  std::string path;
  for (int i = 0; i < 100; ++i) path += "/a";
  EXPECT_EQ(router.match(Method::get, path).route, nullptr);
}

Request get(std::string path) {
  Request request;
  request.path = std::move(path);
  return request;
}

class StaticTest : public testing::Test {
 protected:
  StaticTest() {
    files_.add("/index.html", "<style nonce=\"__CSP_NONCE__\"></style>");
    files_.add("/assets/app-B3xk9_aQ.js", std::string(4000, 'x'));
    files_.add("/favicon.svg", "<svg/>");
  }
  StaticFiles files_;
};

TEST_F(StaticTest, PagesGetAFreshNonceEachTime) {
  const auto first = files_.serve(get("/"));
  const auto second = files_.serve(get("/services/01/chain"));
  EXPECT_EQ(first.status, 200);
  EXPECT_THAT(std::string(first.bytes()), Not(HasSubstr("__CSP_NONCE__")));
  EXPECT_NE(first.bytes(), second.bytes());
  const auto policy = std::string(first.headers.get("Content-Security-Policy"));
  const std::string page(first.bytes());
  const auto nonce = page.substr(14, page.find('"', 14) - 14);
  EXPECT_THAT(policy, HasSubstr("style-src 'self' 'nonce-" + nonce + "'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
}

TEST_F(StaticTest, HashedNamesAreCachedForEverOthersAreAskedAgain) {
  EXPECT_THAT(std::string(files_.serve(get("/assets/app-B3xk9_aQ.js")).headers.get("Cache-Control")),
              HasSubstr("immutable"));
  EXPECT_EQ(files_.serve(get("/favicon.svg")).headers.get("Cache-Control"), "no-cache");
  EXPECT_TRUE(hashed_name("/a/index-D4f_x-9Z.css"));
  EXPECT_FALSE(hashed_name("/a/manifest.json"));
  EXPECT_FALSE(hashed_name("/a/site-settings.json"));
}

TEST_F(StaticTest, MissingFilesAndApiPathsAreNotPages) {
  EXPECT_EQ(files_.serve(get("/assets/gone-B3xk9_aQ.js")).status, 404);
  EXPECT_EQ(files_.serve(get("/api/v1/unknown")).status, 404);
}

TEST_F(StaticTest, EachCodingHasItsOwnTag) {
  auto request = get("/assets/app-B3xk9_aQ.js");
  const auto plain = files_.serve(request);
  request.headers.add("Accept-Encoding", "br");
  const auto coded = files_.serve(request);
  EXPECT_EQ(coded.headers.get("Content-Encoding"), "br");
  EXPECT_LT(coded.bytes().size(), 200U);
  EXPECT_NE(plain.headers.get("ETag"), coded.headers.get("ETag"));
  request.headers.add("If-None-Match", std::string(coded.headers.get("ETag")));
  EXPECT_EQ(files_.serve(request).status, 304);
}

TEST_F(StaticTest, UsesReadyCompressedForms) {
  files_.add("/big-AAAAAAA1.css.br", "ready");
  files_.add("/big-AAAAAAA1.css", std::string(3000, 'a'));
  auto request = get("/big-AAAAAAA1.css");
  request.headers.add("Accept-Encoding", "br");
  EXPECT_EQ(files_.serve(request).bytes(), "ready");
}

TEST_F(StaticTest, ServesRanges) {
  auto request = get("/favicon.svg");
  request.headers.add("Range", "bytes=0-3");
  const auto part = files_.serve(request);
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.bytes(), "<svg");
}

TEST(Finish, HeaderValuesCannotWriteHeaders) {
  auto response = Response::empty(200);
  response.headers.set("Location", "/a\r\nSet-Cookie: x=y");
  response.headers.set("Content-Length", "99");
  const auto wire = finish(std::move(response), {});
  EXPECT_THAT(wire.head, HasSubstr("Location: /a  Set-Cookie: x=y\r\n"));
  EXPECT_THAT(wire.head, HasSubstr("Content-Length: 0\r\n"));
  EXPECT_THAT(wire.head, Not(HasSubstr("99")));
}

TEST(Finish, NothingNamesTheProduct) {
  const auto wire = finish(plain_error(Request(), 404, "http.not-found"), {});
  EXPECT_THAT(wire.head + std::string(wire.bytes()), Not(testing::ContainsRegex("[Gg]enmei|Server:|Beast|Boost")));
}

class ProblemTest : public testing::Test {
 protected:
  ProblemTest() {
    auto loaded = Messages::load(std::string(GENMEI_SOURCE_DIR) + "/data/messages");
    EXPECT_TRUE(loaded.ok());
    if (loaded) messages_ = std::move(*loaded);
  }
  json::Object body(const Response& response) { return json::parse(response.bytes())->as_object(); }
  Messages messages_;
};

TEST_F(ProblemTest, ListsEveryProblemWithItsPlaceInTheReadersLanguage) {
  Problems problems;
  problems.add(problem(Failure::invalid, "http.content-type", "/a", {{"expected", "text/csv"}}));
  problems.add(problem(Failure::invalid, "http.form", "/b"));
  Request request;
  request.id = "r-1";
  request.headers.add("Accept-Language", "en");
  const auto response = problem_response(request, problems, messages_, "\"theirs\":{\"x\":1}");
  EXPECT_EQ(response.status, 415);
  const auto object = body(response);
  EXPECT_EQ(json::text(object, "detail"), "The body must be sent as text/csv (Content-Type).");
  EXPECT_EQ(object.at("errors").as_array().size(), 2U);
  EXPECT_EQ(json::text(object.at("errors").as_array().at(1).as_object(), "place"), "/b");
  EXPECT_EQ(json::text(object, "instance"), "/requests/r-1");
  EXPECT_EQ(json::integer(object.at("theirs").as_object(), "x"), 1);
  EXPECT_EQ(json::text(body(problem_response(Request(), problems, messages_)), "detail"),
            "本文の種類（Content-Type）はtext/csvにしてください。");
}

TEST_F(ProblemTest, InternalsStayInside) {
  const auto response =
      problem_response(Request(), problem(Failure::internal, "x.unknown", {}, {}, "SELECT * FROM secret"), messages_);
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(std::string(response.bytes()), Not(HasSubstr("SELECT")));
}

TEST_F(ProblemTest, StatusFollowsTheFailure) {
  EXPECT_EQ(status_of(problem(Failure::invalid, "record.required")), 422);
  EXPECT_EQ(status_of(problem(Failure::invalid, "json.syntax")), 400);
  EXPECT_EQ(status_of(problem(Failure::stale, "record.stale")), 412);
  EXPECT_EQ(status_of(problem(Failure::full, "store.full")), 507);
  EXPECT_EQ(status_of(Problems()), 500);
}

}  // namespace
}  // namespace genmei::http
