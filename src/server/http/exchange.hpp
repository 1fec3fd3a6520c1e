// What happens to one request between the parser and the socket, without any transport library: checking the head,
// building the Request, finishing the Response into bytes. Private to this folder; connection.hpp drives it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/http/message.hpp"
#include "server/http/negotiation.hpp"
#include "server/http/router.hpp"
#include "server/http/server.hpp"

namespace genmei::http {

// The head as the parser gives it.
struct RawHead {
  std::string_view method;
  std::string_view target;
  int version = 11;  // 10 or 11
  Headers headers;
};

// Why a request is refused before any handler sees it.
struct Refusal {
  int status = 400;
  std::string_view code = "http.malformed";
};

// Checks what the parser leaves open (Host, Expect, Transfer-Encoding, Content-Encoding, forms of the target, counts)
// and fills all of `request` but body, parameters and id. `request` is filled as far as possible even when refused.
std::optional<Refusal> check_head(const RawHead& head, const Options& options, std::string_view peer, Request& request,
                                  std::string_view& raw_path);

// A response as it goes onto the wire.
struct Wire {
  int status = 200;
  std::string head;
  std::variant<std::string, std::shared_ptr<const std::string>> body;
  bool send_body = true;
  bool close = false;
  bool chunked = false;
  std::shared_ptr<Producer> producer;  // shared, never copied: producers keep their position inside
  std::function<void()> after;
  std::string actor;
  [[nodiscard]] std::string_view bytes() const;
};

struct WireOptions {
  Method method = Method::get;
  int version = 11;
  bool close = false;
  bool secure = false;
  Coding coding = Coding::identity;  // chosen for this client
  std::size_t compress_from = 1024;
};

// Whether finishing would compress: the caller may then choose the thread.
[[nodiscard]] bool wants_coding(const Response& response, const WireOptions& options);
// Adds length, date, security headers and content coding; header values lose control characters.
Wire finish(Response response, const WireOptions& options);

// A minimal RFC 9457 body for errors the server itself finds.
Response plain_error(const Request& request, int status, std::string_view code);
// "Sat, 21 Nov 2026 07:40:00 GMT", computed once a second per thread.
const std::string& http_date();

// One unanswered request. Lives while the handler holds a Responder.
struct Responder::State {
  Request request;
  std::atomic<bool> answered{false};
  // Takes the one answer, from any thread.
  std::function<void(Response response, const Request& request)> deliver;
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();
};

}  // namespace genmei::http
