// What the client prefers: language, content coding. Pure functions over header values; malformed parts are skipped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace genmei::http {

// "a;q=0.5, b" → {("b", 1000), ("a", 500)}: by quality in thousandths, then order. Items with q=0 are kept, at the end.
std::vector<std::pair<std::string, int>> parse_preferences(std::string_view value);

// The better of ja and en; Japanese when neither is asked for.
Language choose_language(std::string_view accept_language);

enum class Coding : std::uint8_t { identity, gzip, brotli };
std::string_view token(Coding coding);  // "gzip", "br"; empty for identity
// Brotli before gzip at equal quality; identity when neither is accepted.
Coding choose_coding(std::string_view accept_encoding);
// Whether bodies of this Content-Type get smaller by coding: text, JSON, JavaScript, XML, SVG; never event streams.
bool compressible(std::string_view content_type);
// `level`: 1-9 for gzip, 0-11 for brotli. nullopt when the coder fails.
std::optional<std::string> compress(std::string_view bytes, Coding coding, int level);

}  // namespace genmei::http
