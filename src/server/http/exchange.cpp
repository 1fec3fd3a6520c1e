#include "server/http/exchange.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/json.hpp"
#include "server/http/cookie.hpp"
#include "server/http/security.hpp"
#include "server/http/url.hpp"

namespace genmei::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool contains(const std::vector<std::string>& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// The client behind trusted proxies: the last address in X-Forwarded-For that is not a trusted proxy itself.
void trust_proxy(const Options& options, Request& request) {
  if (!contains(options.trusted_proxies, request.remote)) return;
  const auto forwarded = request.headers.joined("X-Forwarded-For");
  std::string_view left = forwarded;
  while (!left.empty()) {
    const auto comma = left.rfind(',');
    const auto address = trimmed(comma == std::string_view::npos ? left : left.substr(comma + 1));
    left = comma == std::string_view::npos ? std::string_view() : left.substr(0, comma);
    if (address.empty() || address.size() > 45) break;
    request.remote = address;
    if (!contains(options.trusted_proxies, address)) break;
  }
  if (same_name(request.header("X-Forwarded-Proto"), "https")) request.secure = true;
}

std::optional<Refusal> check_host(const RawHead& head, const Options& options, std::string_view target_host) {
  const auto hosts = head.headers.all("Host");
  if (hosts.size() > 1 || (hosts.empty() && head.version == 11)) return Refusal{400, "http.host"};
  const auto given = target_host.empty() ? (hosts.empty() ? std::string_view() : hosts.front()) : target_host;
  if (given.empty()) {
    if (head.version == 11) return Refusal{400, "http.host"};
    return std::nullopt;
  }
  const auto name = host_name(given);
  if (!name) return Refusal{400, "http.host"};
  if (!options.hosts.empty() && !contains(options.hosts, *name)) return Refusal{421, "http.misdirected"};
  return std::nullopt;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) {
    // A line break here would let a value write headers of its own.
    out += (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == 0x7f ? ' ' : c;
  }
  out += "\r\n";
}

}  // namespace

std::optional<Refusal> check_head(const RawHead& head, const Options& options, std::string_view peer, Request& request,
                                  std::string_view& raw_path) {
  request.headers = head.headers;
  request.target = head.target;
  request.remote = peer;
  if (head.version != 10 && head.version != 11) return Refusal{505, "http.version"};
  if (head.headers.fields().size() > options.limits.header_fields) return Refusal{431, "http.header-too-large"};
  if (head.target.size() > options.limits.target_bytes) return Refusal{414, "http.target-too-long"};
  const auto method = method_from(head.method);
  if (method) request.method = *method;

  const auto target = parse_target(head.target);
  // "OPTIONS *" asks about the server as a whole; it is answered like any unknown path.
  const bool asterisk = head.target == "*" && method == Method::options;
  if (!target && !asterisk) return Refusal{400, "http.target"};
  if (auto refused = check_host(head, options, target ? target->host : std::string_view())) return refused;
  if (!method) return Refusal{501, "http.method"};

  const auto& headers = head.headers;
  const auto codings = headers.all("Transfer-Encoding");
  if (!codings.empty()) {
    if (head.version == 10 || headers.has("Content-Length")) return Refusal{400, "http.framing"};
    if (codings.size() > 1 || !same_name(trimmed(codings.front()), "chunked")) return Refusal{501, "http.framing"};
  }
  if (headers.all("Content-Length").size() > 1) return Refusal{400, "http.framing"};
  const auto expect = headers.get("Expect");
  if (!expect.empty() && !same_name(trimmed(expect), "100-continue")) return Refusal{417, "http.expectation"};
  const auto content = headers.get("Content-Encoding");
  if (!content.empty() && !same_name(trimmed(content), "identity")) return Refusal{415, "http.content-coding"};

  if (target) {
    raw_path = target->raw_path;
    auto path = decode_path(target->raw_path);
    if (!path) return Refusal{400, "http.target"};
    request.path = std::move(*path);
    auto query = parse_query(target->query);
    if (!query) return Refusal{400, "http.query"};
    request.query = std::move(*query);
  } else {
    raw_path = "*";
    request.path = "*";
  }
  if (headers.has("Cookie")) request.cookies = parse_cookies(headers.joined("Cookie"));
  trust_proxy(options, request);
  return std::nullopt;
}

std::string_view Wire::bytes() const {
  if (const auto* own = std::get_if<std::string>(&body)) return *own;
  const auto& shared = std::get<std::shared_ptr<const std::string>>(body);
  return shared ? std::string_view(*shared) : std::string_view();
}

bool wants_coding(const Response& response, const WireOptions& options) {
  return options.coding != Coding::identity && options.compress_from > 0 && !response.producer &&
         options.method != Method::head && response.status != 206 && response.status != 304 && response.status != 204 &&
         response.bytes().size() >= options.compress_from && !response.headers.has("Content-Encoding") &&
         compressible(response.headers.get("Content-Type"));
}

Wire finish(Response response, const WireOptions& options) {
  Wire wire;
  wire.status = response.status;
  wire.close = options.close;
  wire.after = std::move(response.after);
  wire.actor = std::move(response.actor);
  auto& headers = response.headers;
  if (wants_coding(response, options)) {
    const int level = options.coding == Coding::brotli ? 4 : 5;
    if (auto smaller = compress(response.bytes(), options.coding, level)) {
      response.body = std::move(*smaller);
      headers.set("Content-Encoding", std::string(token(options.coding)));
    }
  }
  if (!response.producer && options.compress_from > 0 && compressible(headers.get("Content-Type"))) {
    auto vary = headers.joined("Vary");
    if (vary.find("Accept-Encoding") == std::string::npos) {
      headers.set("Vary", vary.empty() ? "Accept-Encoding" : vary + ", Accept-Encoding");
    }
  }
  // The framing is ours alone.
  for (const auto* name : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Server"}) headers.remove(name);
  add_security_headers(headers, options.secure);

  const bool bodiless = wire.status == 204 || wire.status == 304 || wire.status < 200;
  wire.send_body = !bodiless && options.method != Method::head;
  std::string& head = wire.head;
  head.reserve(768);
  head += "HTTP/1.1 ";
  head += std::to_string(wire.status);
  head += ' ';
  head += reason(wire.status);
  head += "\r\nDate: ";
  head += http_date();
  head += "\r\n";
  for (const auto& [key, value] : headers.fields()) append_field(head, key, value);
  if (response.producer && !bodiless) {
    // A client of HTTP/1.0 knows no chunks: the end of the connection ends the body.
    if (options.version == 11) {
      wire.chunked = true;
      head += "Transfer-Encoding: chunked\r\n";
    } else {
      wire.close = true;
    }
    if (wire.send_body) wire.producer = std::make_shared<Producer>(std::move(response.producer));
  } else if (!bodiless) {
    head += "Content-Length: " + std::to_string(response.bytes().size()) + "\r\n";
    wire.body = std::move(response.body);
  }
  if (wire.close) {
    head += "Connection: close\r\n";
  } else if (options.version == 10) {
    head += "Connection: keep-alive\r\n";
  }
  head += "\r\n";
  return wire;
}

Response plain_error(const Request& request, int status, std::string_view code) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("type").string("about:blank").key("title").string(reason(status));
  writer.key("status").integer(status).key("code").string(code);
  if (!request.id.empty()) writer.key("instance").string("/requests/" + request.id);
  writer.end_object();
  auto out = Response::json(std::move(body), status);
  out.headers.set("Content-Type", "application/problem+json");
  return out;
}

const std::string& http_date() {
  static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t last = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != last) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> buffer{};
    // strftime would follow the locale; HTTP wants English names.
    const int size = std::snprintf(buffer.data(), buffer.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                                   months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                                   parts.tm_hour, parts.tm_min, parts.tm_sec);
    text.assign(buffer.data(), static_cast<std::size_t>(size));
    last = now;
  }
  return text;
}

Responder::State::~State() {
  if (!answered.exchange(true) && deliver) deliver(plain_error(request, 500, "http.internal"), request);
}

void Responder::send(Response response) const {
  if (state_->answered.exchange(true)) return;
  state_->deliver(std::move(response), state_->request);
}

const Request& Responder::request() const { return state_->request; }

}  // namespace genmei::http
