// Evaluation items with reference value, contract value and reached value, as gap list, pattern sheet and disclosure
// sheet show them. The judgement itself is the method's; here it becomes words and a meter. Rules: an asterisk must be
// reached, without it the value is a guide, a dash is free; "not measured" is never "met" (R 3.2.3 [7], figures 37 and
// 38).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/view.hpp"

namespace genmei::report {

enum class Judgement : std::uint8_t { met, missed, to_explain, stale, not_measured, free };

struct LevelView {
  std::string item;                 // evaluation item, in the reader's language
  std::string reference_text;       // "24時間以内", "99.5％以上"; empty for a free item
  bool must_reach = false;          // the asterisk
  bool free = false;                // the dash: the provider sets its own value
  bool at_least = true;             // greater is better; else less is better
  std::optional<double> reference;  // for the meter, in the item's unit
  std::optional<double> reached, contract;
  std::string reached_text;         // "31時間"; empty: not measured
  std::string contract_text;        // value promised to the customer; may be empty
  std::optional<Date> measured_on;  // end of the period that the reached value is of
  Judgement judgement = Judgement::not_measured;
};

Tone tone_of(Judgement judgement);
Cell judgement_cell(Judgement judgement, const Wording& words);
// Reference value with its asterisk, or the word for a free item.
Cell reference_cell(const LevelView& level, const Wording& words);
// Reached value with the date as note; not measured is said in words.
Cell reached_cell(const LevelView& level, const Wording& words);
// The row read aloud: "応答時間：31時間。参照値24時間以内（必達）に届いていません。"
std::string level_sentence(const LevelView& level, const Wording& words);
Levels levels_block(const std::vector<LevelView>& levels, const Wording& words);

// Confidentiality, integrity, availability and the pattern that follows (R 3.3.5).
struct PatternFacts {
  enum class Level : std::uint8_t { low, medium, high };
  std::optional<int> pattern;  // 1..6; empty until judged
  Level confidentiality = Level::high, integrity = Level::high, availability = Level::high;
};
PatternGlyph pattern_block(const PatternFacts& facts, const Wording& words);
std::string level_word(PatternFacts::Level level, const Wording& words);

}  // namespace genmei::report
