#include "identity/password_hash.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/hash.hpp"

namespace genmei::identity {
namespace {

// Holds a slot while it lives.
class Slot {
 public:
  explicit Slot(std::counting_semaphore<64>& slots) : slots_(slots) { slots_.acquire(); }
  ~Slot() { slots_.release(); }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

 private:
  std::counting_semaphore<64>& slots_;
};

}  // namespace

PasswordHasher::PasswordHasher(int parallel) : slots_(std::clamp(parallel, 1, 64)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  // A well-formed hash that no password is known for; making a real one would cost the start 60 ms.
  const auto part = [](std::size_t size) {
    auto text = base64(random_bytes(size));
    text.erase(text.find_last_not_of('=') + 1);
    return text;
  };
  decoy_ = "$argon2id$v=19$m=" + std::to_string(crypto_pwhash_MEMLIMIT_INTERACTIVE / 1024) +
           ",t=" + std::to_string(crypto_pwhash_OPSLIMIT_INTERACTIVE) + ",p=1$" + part(16) + "$" + part(32);
}

std::string PasswordHasher::hash(std::string_view normalised_password) {
  const Slot slot(slots_);
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), normalised_password.data(), normalised_password.size(),
                            crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return {};
  }
  return out.data();
}

bool PasswordHasher::verify(std::string_view encoded, std::string_view normalised_password) {
  const Slot slot(slots_);
  const std::string terminated(encoded);
  return crypto_pwhash_str_verify(terminated.c_str(), normalised_password.data(), normalised_password.size()) == 0;
}

void PasswordHasher::pretend(std::string_view normalised_password) {
  if (verify(decoy_, normalised_password)) throw std::logic_error("the decoy has no password");
}

bool PasswordHasher::outdated(std::string_view encoded) {
  const std::string terminated(encoded);
  return crypto_pwhash_str_needs_rehash(terminated.c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

}  // namespace genmei::identity
