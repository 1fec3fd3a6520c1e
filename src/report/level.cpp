#include "report/level.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace genmei::report {
namespace {

// From zero to a quarter beyond the greatest value; a share of 100 needs its end enlarged, or 99.5 and 99.9 fall
// together.
LevelScale scale_of(const LevelView& level) {
  LevelScale scale;
  scale.at_least = level.at_least;
  scale.reference = level.reference;
  scale.reached = level.reached;
  scale.contract = level.contract;
  double lowest = *level.reference;
  double highest = *level.reference;
  for (const auto& value : {level.reached, level.contract}) {
    if (!value) continue;
    lowest = std::min(lowest, *value);
    highest = std::max(highest, *value);
  }
  if (lowest > 90 && highest <= 100) {
    scale.low = 100 - (100 - lowest) * 2;
    scale.high = 100;
  } else {
    scale.low = std::min(0.0, lowest * 1.25);
    scale.high = highest > 0 ? highest * 1.25 : 1;
  }
  if (scale.high <= scale.low) scale.low = scale.high - 1;
  return scale;
}

std::string_view sentence_code(const LevelView& level) {
  switch (level.judgement) {
    case Judgement::met:
      return "level-met";
    case Judgement::missed:
      return "level-missed";
    case Judgement::to_explain:
      return "level-to-explain";
    case Judgement::stale:
      return "level-stale";
    case Judgement::not_measured:
      return "level-not-measured";
    case Judgement::free:
      break;
  }
  return "level-free";
}

}  // namespace

Tone tone_of(Judgement judgement) {
  switch (judgement) {
    case Judgement::met:
      return Tone::met;
    case Judgement::missed:
      return Tone::miss;
    case Judgement::to_explain:
      return Tone::warn;
    case Judgement::stale:
      return Tone::stale;
    case Judgement::not_measured:
      return Tone::none;
    case Judgement::free:
      break;
  }
  return Tone::free;
}

Cell judgement_cell(Judgement judgement, const Wording& words) {
  constexpr std::array<std::string_view, 6> codes = {"judged-met",   "judged-missed",       "judged-to-explain",
                                                     "status-stale", "judged-not-measured", "judged-free"};
  return state_cell(tone_of(judgement), words(codes.at(static_cast<std::size_t>(judgement))));
}

Cell reference_cell(const LevelView& level, const Wording& words) {
  Cell cell = text_cell(level.free || level.reference_text.empty() ? words("judged-free") : level.reference_text);
  cell.must_reach = level.must_reach && !level.free;
  return cell;
}

Cell reached_cell(const LevelView& level, const Wording& words) {
  if (level.reached_text.empty()) {
    return level.free ? text_cell("—") : state_cell(Tone::none, words("judged-not-measured"));
  }
  Cell cell = text_cell(level.reached_text);
  if (level.measured_on) cell.note = words.date(*level.measured_on);
  return cell;
}

std::string level_sentence(const LevelView& level, const Wording& words) {
  std::string sentence = words(sentence_code(level), {{"item", level.item},
                                                      {"reached", level.reached_text},
                                                      {"reference", level.reference_text},
                                                      {"binding", words(level.must_reach ? "must-reach" : "guide")}});
  return sentence;
}

Levels levels_block(const std::vector<LevelView>& levels, const Wording& words) {
  Levels out;
  out.item_title = words("evaluation-item");
  out.reference_title = words("reference-value");
  out.contract_title = words("contract-value");
  out.reached_title = words("reached-value");
  out.state_title = words("judgement");
  for (const auto& level : levels) {
    LevelRow row;
    row.item = level.item;
    row.reference = reference_cell(level, words);
    row.contract = text_cell(level.contract_text.empty() ? "—" : level.contract_text);
    row.reached = reached_cell(level, words);
    row.state = judgement_cell(level.judgement, words);
    row.sentence = level_sentence(level, words);
    if (!level.free && level.reference) row.scale = scale_of(level);
    out.rows.push_back(std::move(row));
  }
  return out;
}

std::string level_word(PatternFacts::Level level, const Wording& words) {
  switch (level) {
    case PatternFacts::Level::low:
      return words("level-low");
    case PatternFacts::Level::medium:
      return words("level-medium");
    case PatternFacts::Level::high:
      break;
  }
  return words("level-high");
}

PatternGlyph pattern_block(const PatternFacts& facts, const Wording& words) {
  PatternGlyph glyph;
  glyph.row_title = words("confidentiality");
  glyph.column_title = words("availability");
  if (!facts.pattern) {
    glyph.text = words("pattern-open");
    glyph.note = words("pattern-open-note");
    return glyph;
  }
  glyph.pattern = facts.pattern;
  glyph.text = words("pattern-name", {{"pattern", std::to_string(*facts.pattern)}});
  glyph.note = words("pattern-levels", {{"confidentiality", level_word(facts.confidentiality, words)},
                                        {"integrity", level_word(facts.integrity, words)},
                                        {"availability", level_word(facts.availability, words)}});
  return glyph;
}

}  // namespace genmei::report
