#include "identity/session_limits.hpp"

#include <algorithm>

#include "identity/secrets.hpp"

namespace genmei::identity {

using std::chrono::hours;
using std::chrono::minutes;

SessionState session_state(const SessionLimits& limits, Instant created, Instant last_used, Instant now) {
  if (now - created >= limits.absolute) return SessionState::too_old;
  if (now - last_used >= limits.idle) return SessionState::idle_too_long;
  return SessionState::open;
}

Instant session_end(const SessionLimits& limits, Instant created, Instant last_used) {
  return std::min<Instant>(created + limits.absolute, last_used + limits.idle);
}

SessionLimits clamped(SessionLimits limits) {
  limits.idle = std::clamp<minutes>(limits.idle, minutes(1), hours(24));
  limits.absolute = std::clamp<minutes>(limits.absolute, minutes(5), hours(24 * 30));
  return limits;
}

bool forged(const WriteOrigin& write, std::string_view session_token) {
  if (!write.sec_fetch_site.empty()) {
    if (write.sec_fetch_site != "same-origin") return true;
  } else if (!write.origin.empty()) {
    const auto scheme = write.origin.find("://");
    if (scheme == std::string_view::npos || write.origin.substr(scheme + 3) != write.host) return true;
  }
  return session_token.empty() || !same_secret(write.sent_token, session_token);
}

}  // namespace genmei::identity
