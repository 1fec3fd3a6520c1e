#include "identity/secrets.hpp"

#include <sodium.h>

#include "base/hash.hpp"

namespace genmei::identity {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_length = 43;  // of 32 bytes in base64url

}  // namespace

std::string new_one_time_password() {
  // No i, l, o, 0, 1: they are mistaken for each other on paper. 31 signs.
  static constexpr std::string_view signs = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string out;
  // A password of letters only would break the rule it is checked against.
  do {
    out.clear();
    for (int i = 0; i < 16; ++i) {
      if (i > 0 && i % 4 == 0) out += '-';
      out += signs[randombytes_uniform(static_cast<std::uint32_t>(signs.size()))];
    }
  } while (out.find_first_of("23456789") == std::string::npos);
  return out;
}

std::string new_session_id() { return base64url(random_bytes(secret_bytes)); }

std::string new_token() { return std::string(token_prefix) + base64url(random_bytes(secret_bytes)); }

bool looks_like_token(std::string_view text) {
  return text.starts_with(token_prefix) && text.size() == token_prefix.size() + secret_length;
}

std::string stored_form(std::string_view secret) { return hex(sha256(secret)); }

std::string csrf_token(std::string_view session_id) { return base64url(bytes_of(sha256("csrf:", session_id))); }

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace genmei::identity
