#include "base/id.hpp"

#include <sodium.h>

#include <array>
#include <cstdint>
#include <mutex>

namespace genmei {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

// Version and variant bits as RFC 9562 wants them; the 12 bits after the time are a counter within one millisecond.
struct Counter {
  std::mutex mutex;
  std::int64_t last_ms = 0;
  std::uint32_t sequence = 0;
};

Counter& counter() {
  static Counter instance;
  return instance;
}

}  // namespace

std::string new_id(Instant at) {
  std::int64_t ms = at.time_since_epoch().count();
  std::uint32_t sequence = 0;
  {
    auto& state = counter();
    const std::scoped_lock lock(state.mutex);
    if (ms > state.last_ms) {
      state.last_ms = ms;
      state.sequence = randombytes_random() & 0x7FFU;  // room to count up within the millisecond
    } else if (++state.sequence > 0xFFFU) {
      ++state.last_ms;
      state.sequence = 0;
    }
    ms = state.last_ms;
    sequence = state.sequence;
  }
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  bytes[6] = static_cast<std::uint8_t>(0x70U | (sequence >> 8U));
  bytes[7] = static_cast<std::uint8_t>(sequence);
  randombytes_buf(&bytes[8], 8);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  std::string out(id_length, '0');
  std::uint32_t buffer = 0;
  int bits = 2;  // 130 bits of digits for 128 bits of id: two leading zero bits
  std::size_t position = 0;
  for (const auto byte : bytes) {
    buffer = (buffer << 8U) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out[position++] = alphabet[(buffer >> static_cast<unsigned>(bits)) & 0x1FU];
    }
  }
  return out;
}

bool is_id(std::string_view text) {
  return text.size() == id_length && text.find_first_not_of(alphabet) == std::string_view::npos;
}

}  // namespace genmei
