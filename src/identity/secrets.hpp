// Random secrets: one-time passwords, session ids, API tokens. All but one-time passwords carry 256 random bits and are
// stored as SHA-256 only (a fast hash is enough for what cannot be guessed).
#pragma once

#include <string>
#include <string_view>

namespace genmei::identity {

inline constexpr std::string_view token_prefix = "gmt_";

// Four groups of four small letters and digits without look-alikes, about 79 bits: "k7pm-x3hd-w9rt-b4ns". Typed once
// (cloud V:7.2.3.4-8: unique, not guessable, changed at the first log-on).
std::string new_one_time_password();
std::string new_session_id();  // 43 characters of base64url
std::string new_token();       // "gmt_" and 43 characters
[[nodiscard]] bool looks_like_token(std::string_view text);
// What is stored: hex of the SHA-256.
std::string stored_form(std::string_view secret);
// The value the browser must send back with every write; derived from the session, so it needs no storage.
std::string csrf_token(std::string_view session_id);
// In time that depends on the lengths only.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace genmei::identity
