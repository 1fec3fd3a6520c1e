#include "server/http/cookie.hpp"

#include <algorithm>
#include <stdexcept>

namespace genmei::http {
namespace {

bool value_char(char c) { return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; }

bool name_char(char c) { return value_char(c) && std::string_view("()<>@:/[]?={}").find(c) == std::string_view::npos; }

}  // namespace

Parameters parse_cookies(std::string_view header) {
  Parameters out;
  while (!header.empty() && out.items().size() < 50) {
    const auto end = header.find(';');
    auto pair = header.substr(0, end);
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    while (!pair.empty() && pair.back() == ' ') pair.remove_suffix(1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    const auto name = pair.substr(0, equals);
    auto value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (!std::all_of(name.begin(), name.end(), name_char) || !std::all_of(value.begin(), value.end(), value_char))
      continue;
    out.add(std::string(name), std::string(value));
  }
  return out;
}

std::string write_cookie(const Cookie& cookie) {
  if (cookie.name.empty() || !std::all_of(cookie.name.begin(), cookie.name.end(), name_char) ||
      !std::all_of(cookie.value.begin(), cookie.value.end(), value_char) ||
      !std::all_of(cookie.path.begin(), cookie.path.end(), value_char)) {
    throw std::invalid_argument("cookie " + cookie.name);
  }
  std::string out = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) out += "; Max-Age=" + std::to_string(cookie.max_age->count());
  if (cookie.secure) out += "; Secure";
  if (cookie.http_only) out += "; HttpOnly";
  out += cookie.same_site == Cookie::SameSite::strict ? "; SameSite=Strict" : "; SameSite=Lax";
  return out;
}

}  // namespace genmei::http
