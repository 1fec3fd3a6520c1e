// Headers that protect the reader: added to every response that does not set its own. No header names the product
// (cloud V:7.5.1.3: nothing identifies the system before log-on).
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace genmei::http {

// Defaults: nosniff, no referrer, same-origin opener and resource policy, no framing, no storing, and a content policy
// that forbids everything (right for JSON and downloads). `secure` adds strict transport security.
void add_security_headers(Headers& headers, bool secure);
// The policy for our own pages: scripts and styles from ourselves, inline styles only with the nonce.
std::string page_policy(std::string_view nonce);
// 128 random bits, base64url: new for every response.
std::string new_nonce();

}  // namespace genmei::http
