// What every fuzz target shares: the input as text, parts of it, and a check that stops the run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace genmei::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Takes the text up to `sign` off the front; the sign itself is gone too.
inline std::string_view take(std::string_view& rest, char sign) {
  const auto at = rest.find(sign);
  const auto part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

inline void must(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace genmei::fuzz
