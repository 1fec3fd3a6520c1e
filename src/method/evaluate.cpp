#include "method/evaluate.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace genmei::method {
namespace {

using standard::Operator;

bool reaches(const Level& level, double measured) {
  return level.op == Operator::at_least ? measured >= *level.value : measured <= *level.value;
}

Verdict missed(const Level& level) { return level.must_reach ? Verdict::not_met : Verdict::shortfall_to_explain; }

std::optional<double> in_unit(std::chrono::milliseconds time, std::string_view unit) {
  const double seconds = static_cast<double>(time.count()) / 1000.0;
  if (unit == "seconds") return seconds;
  if (unit == "minutes") return seconds / 60.0;
  if (unit == "hours") return seconds / 3600.0;
  if (unit == "days") return seconds / 86400.0;
  return std::nullopt;
}

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string();
}

bool is_time(std::string_view unit) {
  for (const std::string_view one : {"seconds", "minutes", "hours", "days", "weeks", "months", "years"}) {
    if (one == unit) return true;
  }
  return false;
}

}  // namespace

std::string_view code(Verdict verdict) {
  constexpr std::string_view codes[] = {"met", "not-met", "shortfall", "free", "not-measured"};
  return codes[static_cast<std::size_t>(verdict)];
}

const Bilingual& label(Verdict verdict) {
  static const Bilingual labels[] = {
      {"達成", "Met"}, {"未達", "Not met"}, {"要説明", "To explain"}, {"自由", "Free"}, {"未計測", "Not measured"}};
  return labels[static_cast<std::size_t>(verdict)];
}

Verdict evaluate(const Level& level, std::optional<double> measured) {
  if (!level.value || level.op == Operator::none) return Verdict::free;
  if (!measured || !std::isfinite(*measured)) return Verdict::not_measured;
  return reaches(level, *measured) ? Verdict::met : missed(level);
}

Verdict evaluate_duration(const Level& level, Instant start, std::optional<Instant> end, Instant now) {
  const auto elapsed = in_unit(end.value_or(now) - start, level.unit);
  if (!level.value || level.op == Operator::none) return Verdict::free;
  if (!elapsed || *elapsed < 0) return Verdict::not_measured;
  if (end) return evaluate(level, elapsed);
  // Still running: a limit that has passed is missed already, whatever comes.
  const bool limit_passed = level.op == Operator::at_most && *elapsed > *level.value;
  return limit_passed ? missed(level) : Verdict::not_measured;
}

std::optional<double> gap(const Level& level, std::optional<double> measured) {
  if (!level.value || !measured || level.op == Operator::none) return std::nullopt;
  return level.op == Operator::at_least ? *measured - *level.value : *level.value - *measured;
}

Level strictest(const Level& a, const Level& b) {
  // The weakest level is the free one; between two values the direction decides.
  if (!a.value && !b.value) {
    Level out = a.op == Operator::none ? b : a;
    out.must_reach = false;
    return out;
  }
  if (!a.value) return b;
  if (!b.value) return a;
  const Operator op = a.op == Operator::none ? b.op : a.op;
  Level out = a;
  out.op = op;
  // Without a direction the greater value is taken, only so that the order of asking does not matter.
  const bool b_stricter = op == Operator::at_most ? *b.value < *a.value : *b.value > *a.value;
  if (b_stricter) out.value = b.value;
  const bool same = *a.value == *b.value;
  out.by_contract = same ? a.by_contract || b.by_contract : (b_stricter ? b.by_contract : a.by_contract);
  out.must_reach = a.must_reach || b.must_reach;
  return out;
}

Level strictest(std::span<const Level> levels) {
  if (levels.empty()) return {};
  Level out = levels.front();
  for (const auto& level : levels.subspan(1)) out = strictest(out, level);
  return out;
}

Level with_contract(const Level& reference, double contract_value) {
  if (reference.value && reference.op != Operator::none) {
    const bool stricter =
        reference.op == Operator::at_least ? contract_value > *reference.value : contract_value < *reference.value;
    if (!stricter) return reference;
  } else if (reference.value) {
    return reference;  // no direction: stricter cannot be said
  }
  Level out = reference;
  out.value = contract_value;
  out.by_contract = true;
  return out;
}

Level level_for(const standard::Evaluation& evaluation, int pattern) {
  const auto& reference = evaluation.by_pattern.at(static_cast<std::size_t>(pattern - 1));
  Level out;
  out.op = evaluation.op;
  out.unit = evaluation.unit;
  if (reference.free) return out;
  out.value = reference.value;
  out.must_reach = reference.must_reach;
  return out;
}

Level level_for(const standard::Evaluation& evaluation, std::span<const int> patterns) {
  Level out;
  bool first = true;
  for (const int pattern : patterns) {
    const auto level = level_for(evaluation, pattern);
    out = first ? level : strictest(out, level);
    first = false;
  }
  return out;
}

std::string to_text(const Level& level, const standard::Library& library, Language language) {
  if (!level.value) return language == Language::ja ? "自由" : "free";
  const auto* const unit = library.label("unit", level.unit);
  const std::string unit_text = unit == nullptr ? level.unit : unit->in(language);
  const std::string mark = level.must_reach ? (language == Language::ja ? "＊" : " *") : "";
  const auto value = number_text(*level.value);
  if (language == Language::ja) {
    const char* const word = level.op == Operator::at_least ? "以上"
                             : level.op == Operator::none   ? ""
                             : is_time(level.unit)          ? "以内"
                                                            : "以下";
    return value + unit_text + word + mark;
  }
  const char* const word = level.op == Operator::at_least ? "at least "
                           : level.op == Operator::none   ? ""
                           : is_time(level.unit)          ? "within "
                                                          : "at most ";
  const bool singular = *level.value == 1 && unit_text.ends_with('s');
  return word + value + " " + (singular ? unit_text.substr(0, unit_text.size() - 1) : unit_text) + mark;
}

}  // namespace genmei::method
