#include "identity/throttle.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace genmei::identity {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// One customer's line gets a whole /64: counting single IPv6 addresses would count nothing.
std::string network_of(std::string_view address) {
  const std::string text(address);
  in6_addr six{};
  if (::inet_pton(AF_INET6, text.c_str(), &six) != 1) return text;
  std::fill(std::begin(six.s6_addr) + 8, std::end(six.s6_addr), std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> out{};
  ::inet_ntop(AF_INET6, &six, out.data(), out.size());
  return out.data();
}

// A proxy that nobody declared as trusted makes all clients look like this machine: one guesser must not lock out the
// rest.
bool is_loopback(const std::string& network) { return network.starts_with("127.") || network == "::"; }

// Long names are cut: nobody has one, and the table must stay small.
std::string key_of(std::string_view login) { return fold(login.substr(0, 256)); }

}  // namespace

Throttle::Throttle(const Clock& clock, ThrottleRule rule) : clock_(clock), rule_(rule) {}

milliseconds Throttle::rest(const std::unordered_map<std::string, Entry>& entries, const std::string& key, int free,
                            Instant now) const {
  const auto found = entries.find(key);
  if (found == entries.end() || found->second.failures < free || now - found->second.last > rule_.forget_after) {
    return milliseconds(0);
  }
  const int doublings = std::min(found->second.failures - free, 20);
  const auto wait = std::min<seconds>(rule_.first_wait * (1LL << doublings), rule_.longest_wait);
  return std::max<milliseconds>(found->second.last + wait - now, milliseconds(0));
}

seconds Throttle::wait(std::string_view login, std::string_view address) const {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  auto longest = rest(logins_, key_of(login), rule_.free_failures, now);
  const auto network = network_of(address);
  if (!is_loopback(network)) {
    longest = std::max(longest, rest(addresses_, network, rule_.free_failures_per_address, now));
  }
  return std::chrono::ceil<seconds>(longest);
}

void Throttle::count(std::unordered_map<std::string, Entry>& entries, const std::string& key, Instant now) {
  if (entries.size() >= rule_.most_entries / 2 && !entries.contains(key)) {
    std::erase_if(entries, [&](const auto& one) { return now - one.second.last > rule_.forget_after; });
    // Still full: somebody sprays names. The oldest half goes; the addresses still make the sprayer wait.
    if (entries.size() >= rule_.most_entries / 2) {
      std::vector<Instant> times;
      times.reserve(entries.size());
      for (const auto& [name, entry] : entries) times.push_back(entry.last);
      std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
      const auto middle = times[times.size() / 2];
      std::erase_if(entries, [&](const auto& one) { return one.second.last <= middle; });
    }
  }
  auto& entry = entries[key];
  if (entry.failures > 0 && now - entry.last > rule_.forget_after) entry.failures = 0;
  ++entry.failures;
  entry.last = now;
}

void Throttle::failed(std::string_view login, std::string_view address) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  count(logins_, key_of(login), now);
  count(addresses_, network_of(address), now);
}

void Throttle::succeeded(std::string_view login) {
  const std::lock_guard lock(mutex_);
  logins_.erase(key_of(login));
}

std::size_t Throttle::entries() const {
  const std::lock_guard lock(mutex_);
  return logins_.size() + addresses_.size();
}

}  // namespace genmei::identity
