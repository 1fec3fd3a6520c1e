// Digests and text encodings of bytes. SHA-256 only: it is what RFC 6962 and the digests of revisions use.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace genmei {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
Digest sha256(std::string_view first, std::string_view second);  // of the concatenation
std::string hex(std::span<const std::uint8_t> bytes);
Result<Digest> digest_from_hex(std::string_view text);
std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);  // without padding
Result<std::string> from_base64(std::string_view text);
std::string random_bytes(std::size_t count);  // from the operating system
inline std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace genmei
