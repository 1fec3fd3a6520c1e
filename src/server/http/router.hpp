// Which handler answers a method and a path, and under which limits. Patterns are "/api/v1/records/{kind}/{id}";
// "{rest...}" as the last segment takes one or more segments. A literal segment wins over a parameter, a parameter over
// a rest. The router is filled before the server starts and never changes afterwards, so it is read without locks.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace genmei::http {

// Completes one request, from any thread, at any later time. Copies share one answer: the first `send` wins, later ones
// are ignored. When the last copy goes without an answer, the client gets a 500. The Request given to the handler lives
// as long as any copy does.
class Responder {
 public:
  struct State;
  explicit Responder(std::shared_ptr<State> state) : state_(std::move(state)) {}
  void send(Response response) const;
  [[nodiscard]] const Request& request() const;

 private:
  std::shared_ptr<State> state_;
};

using Handler = std::function<Response(const Request&)>;
using AsyncHandler = std::function<void(const Request&, Responder)>;

enum class Run : std::uint8_t {
  pool,    // on a worker thread
  heavy,   // on a worker thread, but never on all of them: reports, imports, password hashing
  inline_  // on the I/O thread itself: only for handlers that never block (microseconds)
};

struct RouteOptions {
  std::size_t max_body = 1U << 20U;           // bytes; more is answered 413
  std::chrono::milliseconds timeout{30'000};  // from the complete request to the answer; then 503
  Run run = Run::pool;
};

struct Route {
  Method method = Method::get;
  std::string pattern;
  RouteOptions options;
  AsyncHandler handler;
};

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // Throws std::logic_error on a malformed or repeated pattern: a mistake of ours, found at start-up.
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
  void add_async(Method method, std::string_view pattern, AsyncHandler handler, RouteOptions options = {});
  // Answers whatever no pattern matches (GET and HEAD only): the single-page application.
  void fallback(Handler handler, RouteOptions options = {});

  struct Match {
    const Route* route = nullptr;  // null: see `allowed`
    Parameters parameters;
    std::vector<Method> allowed;  // when the path is known but not for this method; empty: 404
  };
  // `path` is decoded, but "/" inside a segment must have been refused or kept apart before: pass the raw path.
  // HEAD falls back to GET. Segments are percent-decoded one by one, so "%2F" never splits a segment.
  [[nodiscard]] Match match(Method method, std::string_view raw_path) const;
  [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;
  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Route> fallback_;
  std::unique_ptr<Node> root_;
};

// "GET, HEAD, OPTIONS": the value of Allow.
std::string allow_value(const std::vector<Method>& methods);

}  // namespace genmei::http
