// Reference values as the guideline prints them ("99.5%以上*", "ベンダリリースから 3 日以内*", "-"), as numbers. What
// cannot be read as a number stays as printed and is reported; it is never made up. Used by the guideline importer and
// its tests.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "standard/catalogue.hpp"

namespace genmei::standard {

struct PrintedValue {
  ReferenceValue value;
  Operator op = Operator::none;
  std::string unit;       // hours, percent, …; as printed when we do not know it
  std::string condition;  // what stands before the number, for example from when the time runs
  bool understood = false;
};

// `text` may be in full-width characters. Empty text is not understood.
PrintedValue parse_value(std::string_view text);

// The six values as one evaluation in one unit: times of different units are turned into the finest one present (3 days
// beside 24 hours are 72 hours). False when units or directions contradict each other; the evaluation then has no
// values.
bool make_evaluation(const std::array<PrintedValue, pattern_count>& values, Evaluation& out);

}  // namespace genmei::standard
