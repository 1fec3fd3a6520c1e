// Gap list of a service or an assessment: what is missing, in the order in which it should be done. Must-reach values
// first, then basic, then recommended measures (R 3.3.4); within each the worse state, then the nearer due date, then
// the number.
#pragma once

#include "report/level.hpp"

namespace genmei::report {

struct GapItem {
  enum class Class : std::uint8_t { must_reach, basic, recommended, other };
  enum class State : std::uint8_t { missed, not_done, partly, stale, planned, not_judged };
  Class rank = Class::other;
  State state = State::not_judged;
  std::string standard;  // title of the standard, in the reader's language
  std::string ref;
  Bilingual title;
  std::string missing;             // what is not there, or what the value lacks
  std::optional<LevelView> level;  // where the gap is a value
  std::string action;              // what is planned; may be empty
  std::string owner;
  std::optional<Date> due;
};

struct GapView {
  FrontView front;
  std::string subject;  // service or assessment
  std::optional<PatternFacts> pattern;
  std::int64_t judged = 0;     // how many requirements were looked at, for the verdict
  Date today{};                // overdue is counted from here
  std::vector<GapItem> items;  // in any order
};

Document gap_document(const GapView& view, const Wording& words);

}  // namespace genmei::report
