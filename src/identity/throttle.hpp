// Waiting after failed log-ons (cloud V:7.5.1.7, 7.5.1.9): per name and per address, growing with every failure, the
// same for names that do not exist. A waiting attempt is refused without looking at the password, so waiting tells
// nothing either. In memory only: a restart forgets, which costs an attacker more than it gives. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace genmei::identity {

struct ThrottleRule {
  int free_failures = 3;               // before the first wait
  std::chrono::seconds first_wait{2};  // doubled with every further failure
  std::chrono::seconds longest_wait{900};
  int free_failures_per_address = 20;       // offices share addresses
  std::chrono::seconds forget_after{3600};  // without a failure
  std::size_t most_entries = 100'000;       // of names and addresses together
};

class Throttle {
 public:
  explicit Throttle(const Clock& clock, ThrottleRule rule = {});

  // Time to wait before this attempt may be looked at; zero: go on.
  [[nodiscard]] std::chrono::seconds wait(std::string_view login, std::string_view address) const;
  void failed(std::string_view login, std::string_view address);
  // A success clears the name; the address keeps its count, or one own account would open it for guessing others.
  void succeeded(std::string_view login);
  [[nodiscard]] std::size_t entries() const;

 private:
  struct Entry {
    int failures = 0;
    Instant last;
  };
  void count(std::unordered_map<std::string, Entry>& entries, const std::string& key, Instant now);
  [[nodiscard]] std::chrono::milliseconds rest(const std::unordered_map<std::string, Entry>& entries,
                                               const std::string& key, int free, Instant now) const;

  const Clock& clock_;
  const ThrottleRule rule_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Entry> logins_;     // by folded name
  std::unordered_map<std::string, Entry> addresses_;  // IPv6: by /64
};

}  // namespace genmei::identity
