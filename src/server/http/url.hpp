// Percent-encoding, queries, form bodies, request targets and media types: pure parsers over untrusted text. All of
// them are strict (a lone "%", a NUL, bad UTF-8, a raw control character is an error, never a guess) and bounded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace genmei::http {

inline constexpr std::size_t max_parameters = 1000;

// nullopt on a malformed escape, a NUL or bad UTF-8. `plus_is_space` for queries and forms.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
// Encodes all but unreserved characters (RFC 3986).
std::string percent_encode(std::string_view text);
// "a=1&b=2&a=3"; also the body of application/x-www-form-urlencoded. nullopt when malformed or too many.
std::optional<Parameters> parse_query(std::string_view text);

struct Target {
  std::string_view raw_path;  // still encoded, begins with "/"
  std::string_view query;     // without "?"
  std::string_view host;      // of the absolute form, else empty
};
// Origin form ("/a?b") or absolute form ("http://host/a?b"). Refuses fragments, control characters, spaces, bytes over
// 0x7e.
std::optional<Target> parse_target(std::string_view target);
// The decoded path; refuses escapes of "/" and NUL, and segments "." and "..".
std::optional<std::string> decode_path(std::string_view raw_path);
// Host header: name or address with optional port; the name in lower case, without the port. nullopt when malformed.
std::optional<std::string> host_name(std::string_view host);

// "text/html; charset=utf-8" → type "text/html" in lower case and its parameters.
struct MediaType {
  std::string type;
  Parameters parameters;
};
std::optional<MediaType> parse_media_type(std::string_view text);
// `; name=value; name="quoted \" value"`, the tail of Content-Type and Content-Disposition. Names in lower case.
std::optional<Parameters> parse_header_parameters(std::string_view text);
// The media type for a file name's ending; application/octet-stream when unknown.
std::string_view content_type_of(std::string_view file_name);

}  // namespace genmei::http
