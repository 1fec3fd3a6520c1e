// Levels and their judgement. `*` on a reference value must be reached; without it the value is a guide and a miss has
// to be explained; "-" is free. "Not measured" is never "met". Strictest-of is commutative, associative and idempotent.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/time.hpp"
#include "standard/library.hpp"

namespace genmei::method {

// The level asked for. Unlike a ReferenceValue it knows its direction and unit, so two levels can be compared.
struct Level {
  std::optional<double> value;  // absent: free
  standard::Operator op = standard::Operator::none;
  std::string unit;
  bool must_reach = false;
  bool by_contract = false;  // a stricter SLA value took the place of the reference value
  friend bool operator==(const Level&, const Level&) = default;
};

enum class Verdict : std::uint8_t { met, not_met, shortfall_to_explain, free, not_measured };
std::string_view code(Verdict verdict);  // "met", "not-met", "shortfall", "free", "not-measured"
const Bilingual& label(Verdict verdict);

// A free level is never a shortfall (T30). A level without a direction cannot be missed.
Verdict evaluate(const Level& level, std::optional<double> measured);
// Time from `start` to `end` in the level's unit (hours, minutes or days), judged; no end yet: judged as still running
// at `now`, where a limit that has not passed is "not measured" (T23, T25).
Verdict evaluate_duration(const Level& level, Instant start, std::optional<Instant> end, Instant now);
// Measured minus asked in the direction of "better": negative is a shortfall. Absent where nothing can be compared.
std::optional<double> gap(const Level& level, std::optional<double> measured);

// The stricter of two levels of the same item; must_reach if either says so. Free is the weakest.
Level strictest(const Level& a, const Level& b);
Level strictest(std::span<const Level> levels);
// Replaces the value only where the contract is stricter (R7); keeps the mark of the reference value.
Level with_contract(const Level& reference, double contract_value);

// The level of an evaluation item for one pattern (1..6), or the strictest for several (R6).
Level level_for(const standard::Evaluation& evaluation, int pattern);
Level level_for(const standard::Evaluation& evaluation, std::span<const int> patterns);

// "24時間以内＊", "99.5%以上", "-" ; "within 24 hours *", "at least 99.5 %".
std::string to_text(const Level& level, const standard::Library& library, Language language);

}  // namespace genmei::method
