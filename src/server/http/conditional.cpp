#include "server/http/conditional.hpp"

#include <algorithm>
#include <charconv>

#include "base/hash.hpp"

namespace genmei::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string content_tag(std::string_view bytes) {
  const auto digest = sha256(bytes);
  return "\"" + hex(std::span(digest).first(16)) + "\"";
}

bool tag_listed(std::string_view header, std::string_view tag, bool weak) {
  header = trimmed(header);
  if (header == "*") return true;
  const auto bare = tag.starts_with("W/") ? tag.substr(2) : tag;
  while (!header.empty()) {
    bool is_weak = false;
    if (header.starts_with("W/")) {
      is_weak = true;
      header.remove_prefix(2);
    }
    if (!header.starts_with('"')) return false;
    const auto end = header.find('"', 1);
    if (end == std::string_view::npos) return false;
    if (header.substr(0, end + 1) == bare && (weak || (!is_weak && bare.size() == tag.size()))) return true;
    header = trimmed(header.substr(end + 1));
    if (header.starts_with(',')) header = trimmed(header.substr(1));
  }
  return false;
}

std::optional<Response> not_modified(const Request& request, std::string_view tag) {
  if (request.method != Method::get && request.method != Method::head) return std::nullopt;
  if (!request.headers.has("If-None-Match") || !tag_listed(request.headers.joined("If-None-Match"), tag, true)) {
    return std::nullopt;
  }
  auto out = Response::empty(304);
  out.headers.set("ETag", std::string(tag));
  return out;
}

RangeKind parse_range(std::string_view header, std::uint64_t size, Range& range) {
  header = trimmed(header);
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit) || header.find(',') != std::string_view::npos) return RangeKind::none;
  header = trimmed(header.substr(unit.size()));
  const auto dash = header.find('-');
  if (dash == std::string_view::npos) return RangeKind::none;
  const auto first = trimmed(header.substr(0, dash));
  const auto last = trimmed(header.substr(dash + 1));
  if (first.empty()) {
    const auto count = number(last);
    if (!count) return RangeKind::none;
    if (*count == 0 || size == 0) return RangeKind::unsatisfiable;
    range.count = std::min(*count, size);
    range.first = size - range.count;
    return RangeKind::satisfiable;
  }
  const auto from = number(first);
  const auto to = last.empty() ? std::optional<std::uint64_t>(size == 0 ? 0 : size - 1) : number(last);
  if (!from || !to || (!last.empty() && *to < *from)) return RangeKind::none;
  if (*from >= size) return RangeKind::unsatisfiable;
  range.first = *from;
  range.count = std::min(*to, size - 1) - *from + 1;
  return RangeKind::satisfiable;
}

Response ranged(const Request& request, Response response) {
  if (response.status != 200 || response.producer || request.method != Method::get) return response;
  response.headers.set("Accept-Ranges", "bytes");
  const auto header = request.header("Range");
  if (header.empty()) return response;
  const auto condition = request.header("If-Range");
  const auto tag = response.headers.get("ETag");
  if (!condition.empty() && (tag.empty() || condition != tag || tag.starts_with("W/"))) return response;
  const auto bytes = response.bytes();
  Range range;
  switch (parse_range(header, bytes.size(), range)) {
    case RangeKind::none:
      return response;
    case RangeKind::unsatisfiable: {
      auto out = Response::empty(416);
      out.headers.set("Content-Range", "bytes */" + std::to_string(bytes.size()));
      return out;
    }
    case RangeKind::satisfiable:
      break;
  }
  response.status = 206;
  response.headers.set("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                            std::to_string(range.first + range.count - 1) + "/" +
                                            std::to_string(bytes.size()));
  response.body = std::string(bytes.substr(range.first, range.count));
  return response;
}

}  // namespace genmei::http
