#include "server/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "base/json.hpp"
#include "server/http/raw_client_for_test.hpp"

namespace genmei::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

// A server with a few routes on a free port.
class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    options_.limits.header_time = 600ms;
    options_.limits.idle_time = 600ms;
    options_.limits.body_grace = 600ms;
    options_.access_log = [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      log_.emplace_back(line);
    };
    router_.add(Method::get, "/ping", [](const Request&) { return Response::text("pong"); }, {.run = Run::inline_});
    router_.add(Method::get, "/slow", [](const Request&) {
      std::this_thread::sleep_for(300ms);
      return Response::text("slow");
    });
    router_.add(Method::post, "/echo", [](const Request& request) { return Response::text(request.body); },
                {.max_body = 1000});
    router_.add(Method::get, "/items/{id}", [](const Request& request) {
      return Response::json("{\"id\":\"" + std::string(request.parameter("id")) + "\",\"q\":\"" +
                            std::string(request.query.get("q")) + "\"}");
    });
    router_.add(Method::get, "/throws", [](const Request&) -> Response { throw std::runtime_error("SELECT secret"); });
    router_.add(Method::get, "/big", [](const Request&) { return Response::text(std::string(5000, 'a')); });
  }
  void TearDown() override { stop(0ms); }

  void start() {
    server_ = std::make_unique<Server>(std::move(router_), options_);
    const auto started = server_->start();
    ASSERT_TRUE(started.ok());
  }
  bool stop(std::chrono::milliseconds grace) {
    if (!server_) return true;
    return server_->stop(grace);
  }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  // One request on a new connection.
  RawAnswer ask(std::string_view request) const { return RawClient(port()).ask(request); }
  std::string log_line(std::size_t at) {
    for (int i = 0; i < 100; ++i) {
      {
        const std::lock_guard lock(mutex_);
        if (log_.size() > at) return log_[at];
      }
      std::this_thread::sleep_for(10ms);
    }
    return {};
  }

  Router router_;
  Options options_;
  std::unique_ptr<Server> server_;
  std::mutex mutex_;
  std::vector<std::string> log_;
};

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
  start();
  RawClient client(port());
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "pong");
    EXPECT_EQ(answer.header("Content-Length"), "4");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Server"), "");
    EXPECT_THAT(answer.header("Date"), testing::EndsWith(" GMT"));
  }
}

TEST_F(ServerTest, DecodesPathParametersAndQuery) {
  start();
  EXPECT_EQ(ask("GET /items/a%20b?q=%E8%A8%80+x HTTP/1.1\r\nHost: x\r\n\r\n").body, "{\"id\":\"a b\",\"q\":\"言 x\"}");
}

TEST_F(ServerTest, AnswersHeadFromGetAndOptionsFromTheRoutes) {
  start();
  RawClient client(port());
  client.send("HEAD /big HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto head = client.answer(/*head_only=*/true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "5000");
  const auto options = client.ask("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "POST, OPTIONS");
  const auto wrong = client.ask("DELETE /ping HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.ask("GET /none HTTP/1.1\r\nHost: x\r\n\r\n").status, 404);
}

TEST_F(ServerTest, KeepsPipelinedAnswersInOrder) {
  start();
  RawClient client(port());
  client.send(
      "GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /ping HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /items/9 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.answer().body, "slow");
  EXPECT_EQ(client.answer().body, "pong");
  EXPECT_EQ(client.answer().body, "abc");
  EXPECT_EQ(client.answer().body, "{\"id\":\"9\",\"q\":\"\"}");
}

TEST_F(ServerTest, AnswersTenThousandPipelinedRequestsOfOneBurst) {
  start();
  RawClient client(port());
  std::thread sender([&] {
    std::string burst;
    for (int i = 0; i < 10'000; ++i) burst += "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
    client.send(burst);
  });
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(client.answer().body, "pong") << i;
  sender.join();
}

struct Bad {
  const char* name;
  std::string request;
  int status;
};

class BadRequest : public ServerTest, public testing::WithParamInterface<Bad> {};

TEST_P(BadRequest, IsAnsweredAndTheConnectionClosed) {
  start();
  RawClient client(port());
  client.send(GetParam().request);
  // Something that would be run if the server lost the framing.
  client.send("GET /items/smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto first = client.answer();
  EXPECT_EQ(first.status, GetParam().status);
  EXPECT_EQ(first.header("Connection"), "close");
  EXPECT_EQ(first.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(client.answer().status, 0);
  EXPECT_TRUE(client.closed());
}

INSTANTIATE_TEST_SUITE_P(
    Http, BadRequest,
    testing::Values(
        Bad{"length_and_chunked",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Bad{"two_lengths", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
            400},
        Bad{"signed_length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd", 400},
        Bad{"odd_length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4abc\r\n\r\nabcd", 400},
        Bad{"gzip_chunked", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        Bad{"chunked_in_1_0", "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Bad{"space_before_colon", "GET /ping HTTP/1.1\r\nHost : x\r\n\r\n", 400},
        Bad{"bare_line_feed", "GET /ping HTTP/1.1\r\nHost: x\n\r\n", 400},
        Bad{"nul_in_value", std::string("GET /ping HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 39), 400},
        Bad{"no_host", "GET /ping HTTP/1.1\r\nAccept: x\r\n\r\n", 400},
        Bad{"two_hosts", "GET /ping HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
        Bad{"bad_host", "GET /ping HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        Bad{"nul_in_path", "GET /items/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"slash_in_segment", "GET /items/a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"dot_segment", "GET /items/%2e%2e HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"broken_escape", "GET /items/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"broken_query", "GET /ping?a=%e8 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"unknown_method", "BREW /ping HTTP/1.1\r\nHost: x\r\n\r\n", 501},
        Bad{"trace", "TRACE /ping HTTP/1.1\r\nHost: x\r\n\r\n", 501},
        Bad{"expectation", "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: x\r\nContent-Length: 0\r\n\r\n", 417},
        Bad{"coded_body", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\na",
            415},
        Bad{"long_target", "GET /" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        Bad{"large_head", "GET /ping HTTP/1.1\r\nHost: x\r\nA: " + std::string(100'000, 'a') + "\r\n\r\n", 431},
        Bad{"large_body", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'a'),
            413},
        Bad{"large_chunked_body",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, 'a') +
                "\r\n0\r\n\r\n",
            413},
        Bad{"huge_declared_body", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413}),
    [](const auto& one) { return one.param.name; });

TEST_F(ServerTest, RefusesTooManyHeaderFields) {
  start();
  std::string request = "GET /ping HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 150; ++i) request += "A" + std::to_string(i) + ": b\r\n";
  EXPECT_EQ(ask(request + "\r\n").status, 431);
}

TEST_F(ServerTest, BoundsChunkExtensions) {
  start();
  RawClient client(port());
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;");
  const std::string piece(10'000, 'x');
  for (int i = 0; i < 100; ++i) {
    if (!client.send(piece)) break;
  }
  EXPECT_EQ(client.answer().status, 400);
}

TEST_F(ServerTest, TakesChunkedBodiesAndContinue) {
  start();
  RawClient client(port());
  EXPECT_EQ(
      client.ask("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
          .body,
      "abcde");
  EXPECT_EQ(client.ask("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").status,
            100);
  EXPECT_EQ(client.ask("hi").body, "hi");
}

TEST_F(ServerTest, RefusesALargeBodyBeforeAskingForIt) {
  start();
  EXPECT_EQ(ask("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n").status, 413);
}

TEST_F(ServerTest, CutsAHeaderThatDrips) {
  start();
  RawClient client(port());
  const auto begin = std::chrono::steady_clock::now();
  client.send("GET /ping HTTP/1.1\r\n");
  bool cut = false;
  for (int i = 0; i < 40 && !cut; ++i) {
    cut = !client.send("a") || client.closed(100ms);
  }
  EXPECT_TRUE(cut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST_F(ServerTest, CutsABodyBelowTheMinimumRate) {
  options_.limits.body_rate = 1000;
  start();
  RawClient client(port());
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n");
  bool cut = false;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 60 && !cut; ++i) cut = !client.send("a") || client.closed(50ms);
  EXPECT_TRUE(cut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  EXPECT_THAT(log_line(0), HasSubstr("\"status\":408"));
}

TEST_F(ServerTest, ClosesIdleConnections) {
  start();
  RawClient client(port());
  EXPECT_EQ(client.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  EXPECT_TRUE(client.closed(2s));
}

TEST_F(ServerTest, NeverLeaksAnExceptionsText) {
  start();
  const auto answer = ask("GET /throws HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, HasSubstr("http.internal"));
  EXPECT_THAT(answer.body, Not(HasSubstr("SELECT")));
}

TEST_F(ServerTest, CodesLargeTextForClientsThatAcceptIt) {
  start();
  RawClient client(port());
  const auto plain = client.ask("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(plain.body.size(), 5000U);
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
  const auto brotli = client.ask("GET /big HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\n\r\n");
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_LT(brotli.body.size(), 100U);
  const auto gzip = client.ask("GET /big HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br;q=0\r\n\r\n");
  EXPECT_EQ(gzip.header("Content-Encoding"), "gzip");
  EXPECT_EQ(gzip.body.substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(client.ask("GET /ping HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n").header("Content-Encoding"), "");
}

TEST_F(ServerTest, AsynchronousHandlersAnswerFromAnyThreadAndOnlyOnce) {
  std::vector<std::thread> threads;
  router_.add_async(Method::get, "/later", [&](const Request&, const Responder& responder) {
    threads.emplace_back([responder] {
      std::this_thread::sleep_for(50ms);
      responder.send(Response::text(responder.request().path));
      responder.send(Response::text("second"));
    });
  });
  router_.add_async(Method::get, "/forgets", [](const Request&, const Responder&) {});
  start();
  RawClient client(port());
  EXPECT_EQ(client.ask("GET /later HTTP/1.1\r\nHost: x\r\n\r\n").body, "/later");
  EXPECT_EQ(client.ask("GET /forgets HTTP/1.1\r\nHost: x\r\n\r\n").status, 500);
  EXPECT_EQ(client.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").body, "pong");
  for (auto& thread : threads) thread.join();
}

TEST_F(ServerTest, AnswersForAHandlerThatTakesTooLong) {
  std::promise<void> go;
  auto gate = go.get_future().share();
  router_.add(Method::get, "/stuck",
              [gate](const Request&) {
                gate.wait();
                return Response::text("late");
              },
              {.timeout = 100ms});
  start();
  RawClient client(port());
  EXPECT_EQ(client.ask("GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n").status, 503);
  go.set_value();
  EXPECT_EQ(client.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").body, "pong");
}

TEST_F(ServerTest, FullQueueIsAnswered503WithRetryAfter) {
  options_.workers = 1;
  options_.limits.queue = 1;
  std::promise<void> go;
  auto gate = go.get_future().share();
  std::atomic<int> entered{0};
  router_.add(Method::get, "/gate", [&, gate](const Request&) {
    ++entered;
    gate.wait();
    return Response::text("ok");
  });
  start();
  RawClient first(port());
  first.send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
  while (entered == 0) std::this_thread::sleep_for(1ms);
  RawClient second(port());
  second.send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
  while (server_->stats().queued == 0) std::this_thread::sleep_for(1ms);
  const auto third = ask("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(third.status, 503);
  EXPECT_EQ(third.header("Retry-After"), "1");
  EXPECT_EQ(ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").body, "pong");  // inline handlers need no worker
  go.set_value();
  EXPECT_EQ(first.answer().body, "ok");
  EXPECT_EQ(second.answer().body, "ok");
  EXPECT_EQ(server_->stats().overloaded, 1U);
}

TEST_F(ServerTest, HeavyRequestsLeaveWorkersToOthers) {
  options_.workers = 2;
  options_.heavy_workers = 1;
  std::promise<void> go;
  auto gate = go.get_future().share();
  router_.add(Method::get, "/heavy",
              [gate](const Request&) {
                gate.wait();
                return Response::text("heavy");
              },
              {.run = Run::heavy});
  start();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<RawClient>(port()));
    clients.back()->send("GET /heavy HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  EXPECT_EQ(ask("GET /items/1 HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  go.set_value();
  for (auto& client : clients) EXPECT_EQ(client->answer().body, "heavy");
}

TEST_F(ServerTest, RefusesConnectionsOverTheLimit) {
  options_.limits.connections = 2;
  start();
  RawClient first(port());
  RawClient second(port());
  EXPECT_EQ(first.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  EXPECT_EQ(second.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  RawClient third(port());
  EXPECT_EQ(third.answer().status, 503);
  EXPECT_EQ(server_->stats().refused, 1U);
}

TEST_F(ServerTest, StreamsPieceByPieceAndTellsTheEnd) {
  std::atomic<bool> after{false};
  router_.add(Method::get, "/stream", [&](const Request&) {
    Response response;
    response.headers.set("Content-Type", "text/plain");
    response.producer = [n = 0]() mutable -> std::optional<std::string> {
      ++n;
      if (n == 2) return std::string();  // nothing yet
      if (n > 4) return std::nullopt;
      return "piece" + std::to_string(n) + ";";
    };
    response.after = [&] { after = true; };
    return response;
  });
  options_.stream_poll = 10ms;
  start();
  RawClient client(port());
  EXPECT_EQ(client.ask("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n").body, "piece1;piece3;piece4;");
  EXPECT_EQ(client.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").body, "pong");
  for (int i = 0; i < 100 && !after; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(after);
}

TEST_F(ServerTest, DrainDeliversWhatRunsAndClosesWhatIdles) {
  start();
  RawClient idle(port());
  EXPECT_EQ(idle.ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  RawClient busy(port());
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  while (server_->stats().requests < 2) std::this_thread::sleep_for(1ms);
  auto stopped = std::async(std::launch::async, [&] { return stop(5s); });
  const auto answer = busy.answer();
  EXPECT_EQ(answer.body, "slow");
  EXPECT_TRUE(busy.closed());
  EXPECT_TRUE(idle.closed());
  EXPECT_TRUE(stopped.get());
  EXPECT_FALSE(RawClient(server_->port()).connected());
}

TEST_F(ServerTest, DrainGivesUpAfterTheGrace) {
  std::vector<Responder> kept;
  router_.add_async(Method::get, "/never",
                    [&](const Request&, const Responder& responder) { kept.push_back(responder); });
  start();
  RawClient client(port());
  client.send("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
  while (server_->stats().requests < 1) std::this_thread::sleep_for(1ms);
  EXPECT_FALSE(stop(100ms));
  EXPECT_TRUE(client.closed());
  server_.reset();
  kept.front().send(Response::text("nobody is there"));  // outlives the server without harm
}

TEST_F(ServerTest, BelievesForwardedAddressesOnlyFromTrustedProxies) {
  router_.add(Method::get, "/who", [](const Request& request) { return Response::text(request.remote); });
  Router plain;
  plain.add(Method::get, "/who", [](const Request& request) { return Response::text(request.remote); });
  options_.trusted_proxies = {"127.0.0.1", "10.0.0.1"};
  start();
  const auto* request = "GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9, 192.0.2.7, 10.0.0.1\r\n\r\n";
  EXPECT_EQ(ask(request).body, "192.0.2.7");
  Server other(std::move(plain), Options{});
  ASSERT_TRUE(other.start().ok());
  EXPECT_EQ(RawClient(other.port()).ask(request).body, "127.0.0.1");
}

TEST_F(ServerTest, ServesOnlyItsOwnHostNames) {
  options_.hosts = {"isms.example.jp"};
  start();
  EXPECT_EQ(ask("GET /ping HTTP/1.1\r\nHost: ISMS.example.jp:443\r\n\r\n").status, 200);
  EXPECT_EQ(ask("GET /ping HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 421);
  EXPECT_EQ(ask("GET http://evil.example/ping HTTP/1.1\r\nHost: isms.example.jp\r\n\r\n").status, 421);
}

TEST_F(ServerTest, LogsOneJsonLineWithoutTheQuery) {
  start();
  ask("GET /items/7?secret=1 HTTP/1.1\r\nHost: x\r\nUser-Agent: test\r\n\r\n");
  const auto line = json::parse(log_line(0));
  ASSERT_TRUE(line.ok());
  const auto& entry = line->as_object();
  EXPECT_EQ(json::text(entry, "path"), "/items/7");
  EXPECT_EQ(json::text(entry, "method"), "GET");
  EXPECT_EQ(json::integer(entry, "status"), 200);
  EXPECT_EQ(json::text(entry, "remote"), "127.0.0.1");
  EXPECT_THAT(log_line(0), Not(HasSubstr("secret")));
}

TEST_F(ServerTest, SaysThatThePortIsTaken) {
  start();
  Options options;
  options.port = port();
  Server second(Router(), options);
  const auto started = second.start();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.problems().list.front().code, "http.port-in-use");
  Options wrong;
  wrong.address = "not an address";
  EXPECT_EQ(Server(Router(), wrong).start().problems().list.front().code, "http.address");
}

TEST_F(ServerTest, FiveHundredIdleConnectionsDoNotDisturb) {
  start();
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 500; ++i) idle.push_back(std::make_unique<RawClient>(port()));
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ask("GET /items/1 HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 500ms);
}

}  // namespace
}  // namespace genmei::http
