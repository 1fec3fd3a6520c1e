// How long a session lasts (cloud V:7.5.5.2-3, 7.5.6): pure functions over times.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/time.hpp"

namespace genmei::identity {

struct SessionLimits {
  std::chrono::minutes idle{30};       // 1 minute to 24 hours
  std::chrono::minutes absolute{720};  // 5 minutes to 30 days; re-authentication after that
};

enum class SessionState : std::uint8_t { open, idle_too_long, too_old };

SessionState session_state(const SessionLimits& limits, Instant created, Instant last_used, Instant now);
// When it ends if nothing more happens.
Instant session_end(const SessionLimits& limits, Instant created, Instant last_used);
// Settings are clamped to sensible bounds: a mistyped 0 must not lock everybody out, nor 99999 keep sessions for ever.
SessionLimits clamped(SessionLimits limits);

// A write from a browser is genuine only when it comes from our own pages (Sec-Fetch-Site, else Origin against the host
// the client asked for) and carries the session's token.
struct WriteOrigin {
  std::string_view sec_fetch_site;  // of the request; empty when absent
  std::string_view origin;          // "https://host:port", "null" or empty
  std::string_view host;            // the Host header
  std::string_view sent_token;      // X-CSRF-Token
};
[[nodiscard]] bool forged(const WriteOrigin& write, std::string_view session_token);

}  // namespace genmei::identity
