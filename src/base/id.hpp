// Identifiers: UUIDv7 (RFC 9562) in 26 characters of Crockford base 32, lower case. They sort by time of creation, need
// no database to make, and never repeat (cloud V:7.2.1.13: ids are never issued again).
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace genmei {

inline constexpr std::size_t id_length = 26;
// Thread-safe; within one millisecond later calls give greater ids.
std::string new_id(Instant at);
[[nodiscard]] bool is_id(std::string_view text);

}  // namespace genmei
