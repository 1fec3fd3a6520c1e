// The six patterns of the study report: a pair of confidentiality (low, high) and availability (low, medium, high),
// with integrity always high (R1). Patterns are only partly ordered: 3 and 4 are incomparable and together give 1 (R6).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/text.hpp"

namespace genmei::method {

enum class Grade : std::uint8_t { low, medium, high };
std::string_view code(Grade grade);  // "low", "medium", "high"
std::optional<Grade> grade_of(std::string_view code);
const Bilingual& label(Grade grade);  // 低い / 中程度 / 高い

// 1..6. Confidentiality knows only low and high; medium is read as high.
int pattern_of(Grade confidentiality, Grade availability);
Grade confidentiality_of(int pattern);
Grade availability_of(int pattern);
// The pattern whose grades are the strictest of all given; 0 for none given (R6).
int strictest_pattern(std::span<const int> patterns);

}  // namespace genmei::method
