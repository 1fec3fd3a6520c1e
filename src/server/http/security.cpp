#include "server/http/security.hpp"

#include "base/hash.hpp"

namespace genmei::http {
namespace {

void set_default(Headers& headers, std::string_view name, std::string_view value) {
  if (!headers.has(name)) headers.add(std::string(name), std::string(value));
}

}  // namespace

void add_security_headers(Headers& headers, bool secure) {
  set_default(headers, "X-Content-Type-Options", "nosniff");
  set_default(headers, "Referrer-Policy", "no-referrer");
  set_default(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  set_default(headers, "Cross-Origin-Opener-Policy", "same-origin");
  set_default(headers, "Cross-Origin-Resource-Policy", "same-origin");
  set_default(headers, "Cache-Control", "no-store");
  if (secure) set_default(headers, "Strict-Transport-Security", "max-age=31536000");
}

std::string page_policy(std::string_view nonce) {
  std::string out = "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-";
  out += nonce;
  out +=
      "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
      "form-action 'self'; frame-ancestors 'none'";
  return out;
}

std::string new_nonce() { return base64url(random_bytes(16)); }

}  // namespace genmei::http
