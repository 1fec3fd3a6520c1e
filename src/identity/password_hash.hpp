// Argon2id (libsodium, interactive limits: about 60 ms and 64 MiB each). At most `parallel` hashes run at once, so that
// a burst of log-ons cannot take all memory; the others wait. Thread-safe.
#pragma once

#include <semaphore>
#include <string>
#include <string_view>

namespace genmei::identity {

class PasswordHasher {
 public:
  explicit PasswordHasher(int parallel = 2);
  // The encoded hash with its own salt and parameters; empty when there is no memory for it.
  std::string hash(std::string_view normalised_password);
  [[nodiscard]] bool verify(std::string_view encoded, std::string_view normalised_password);
  // As long as a verification that fails: for unknown names, so that time tells nothing.
  void pretend(std::string_view normalised_password);
  // Whether `encoded` was made with weaker parameters than ours.
  [[nodiscard]] static bool outdated(std::string_view encoded);

 private:
  std::counting_semaphore<64> slots_;
  std::string decoy_;
};

}  // namespace genmei::identity
