// Entity tags, conditional requests (RFC 9110 section 13) and byte ranges (section 14): pure functions for handlers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace genmei::http {

// `"…"` over the content: first 128 bits of its SHA-256.
std::string content_tag(std::string_view bytes);
// Whether `header` (If-None-Match, If-Match: a list of tags or "*") names `tag`. Weak comparison ignores "W/".
[[nodiscard]] bool tag_listed(std::string_view header, std::string_view tag, bool weak);
// 304 with the tag when If-None-Match names it and the method is GET or HEAD; otherwise nullopt and the handler goes
// on.
std::optional<Response> not_modified(const Request& request, std::string_view tag);

struct Range {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};
enum class RangeKind : std::uint8_t { none, satisfiable, unsatisfiable };
// "bytes=0-99", "bytes=100-", "bytes=-5" over a body of `size` bytes. Several ranges or another unit count as none.
RangeKind parse_range(std::string_view header, std::uint64_t size, Range& range);
// Applies Range (and If-Range against the response's ETag) to a 200 answer with a body; others pass unchanged.
Response ranged(const Request& request, Response response);

}  // namespace genmei::http
