// Cookies (RFC 6265): reading the request's, writing ours. Pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace genmei::http {

// The Cookie header. Malformed pairs are skipped (other programs on the host may set anything); at most 50 are kept.
Parameters parse_cookies(std::string_view header);

struct Cookie {
  std::string name;   // a token; "__Host-" names need `secure`, path "/" and no domain
  std::string value;  // ASCII without space, comma, semicolon, quotes, backslash: ours are base64url
  std::optional<std::chrono::seconds> max_age;  // absent: until the browser closes; zero: delete
  std::string path = "/";
  bool secure = true;
  bool http_only = true;
  enum class SameSite { strict, lax } same_site = SameSite::strict;
};
// The Set-Cookie value. Throws std::invalid_argument for a name or value a cookie cannot carry: our own mistake.
std::string write_cookie(const Cookie& cookie);

}  // namespace genmei::http
