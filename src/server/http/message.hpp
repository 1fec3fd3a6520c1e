// Requests and responses as handlers see them: plain values, free of any transport library.
// Invariants: a Request that reaches a handler has a decoded path without NUL or dot segments, a body within the limit
// of its route, and valid UTF-8 in path, query and cookies. Header names compare without case. A Response is finished
// by the server (length, date, security headers, content coding); handlers set only what they mean.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.hpp"

namespace genmei::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };

std::string_view name(Method method);                                  // "GET", … ; `remove` is "DELETE"
std::optional<Method> method_from(std::string_view name);              // case-sensitive, as HTTP demands
std::string_view reason(int status);                                   // "Not Found"
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);  // ASCII, without case

using Pair = std::pair<std::string, std::string>;

// Header fields in the order of arrival; a name may repeat.
class Headers {
 public:
  void add(std::string name, std::string value);
  void set(std::string_view name, std::string value);  // replaces all fields of that name
  void remove(std::string_view name);
  [[nodiscard]] std::string_view get(std::string_view name) const;  // the first one, empty when absent
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  // All values of a list-valued field joined with ", ".
  [[nodiscard]] std::string joined(std::string_view name) const;
  [[nodiscard]] const std::vector<Pair>& fields() const { return fields_; }

 private:
  std::vector<Pair> fields_;
};

// Names with values in order; names may repeat (query, form fields, cookies, path parameters).
class Parameters {
 public:
  void add(std::string name, std::string value) { items_.emplace_back(std::move(name), std::move(value)); }
  [[nodiscard]] std::string_view get(std::string_view name, std::string_view fallback = {}) const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  [[nodiscard]] const std::vector<Pair>& items() const { return items_; }
  [[nodiscard]] bool empty() const { return items_.empty(); }

 private:
  std::vector<Pair> items_;
};

struct Request {
  Method method = Method::get;
  std::string target;     // as received, "/a%20b?c=d"
  std::string path;       // decoded, "/a b"
  Parameters parameters;  // of the route: {kind} → "asset"
  Parameters query;       // decoded, ordered, may repeat
  Headers headers;
  Parameters cookies;
  std::string body;
  std::string remote;   // address of the client, after trusted proxies
  std::string id;       // unique, for logs and problem bodies
  bool secure = false;  // the client speaks TLS (to us or to the trusted proxy)
  [[nodiscard]] std::string_view header(std::string_view name) const { return headers.get(name); }
  [[nodiscard]] std::string_view parameter(std::string_view name) const { return parameters.get(name); }
  // From ?lang= if given, else Accept-Language; Japanese when nothing is said.
  [[nodiscard]] Language language() const;
};

// Gives the next piece of a streamed body. Called on a worker thread, never twice at once. An empty piece means
// "nothing yet": the server asks again after Options::stream_poll without holding a thread. nullopt ends the body.
using Producer = std::function<std::optional<std::string>()>;

struct Response {
  int status = 200;
  Headers headers;
  std::variant<std::string, std::shared_ptr<const std::string>> body;
  Producer producer;  // if set, `body` is ignored and the answer is sent piece by piece (server-sent events, exports)
  std::function<void()> after;  // run once on a worker thread when the answer was sent or the client is gone
  std::string actor;            // goes into the access log; never sent

  [[nodiscard]] std::string_view bytes() const;  // of the body, without the producer's
  Response& header(std::string_view name, std::string value) {
    headers.set(name, std::move(value));
    return *this;
  }
  static Response empty(int status = 204);
  static Response text(std::string text, int status = 200);  // text/plain; charset=utf-8
  static Response html(std::string text, int status = 200);  // text/html; charset=utf-8
  static Response json(std::string json, int status = 200);  // application/json
  static Response redirect(std::string location, int status = 303);
  // A download; `file_name` may be Japanese (RFC 6266 with filename*).
  static Response file(std::string bytes, std::string_view content_type, std::string_view file_name);
};

}  // namespace genmei::http
