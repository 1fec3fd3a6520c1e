// The marks of our own as SVG: state marks, pattern glyph, level meter, coverage bar, date seal. Pure functions from
// numbers to text; every text that goes in is escaped here. They need no font but for the seal, no style sheet and no
// script, so the same drawing stands on screen and on paper. Shape first, colour last: all are readable in black and
// white.
#pragma once

#include <string>
#include <string_view>

#include "report/document.hpp"

namespace genmei::report {

// Text for HTML and SVG content and quoted attributes. Control characters that XML forbids become U+FFFD.
std::string escaped(std::string_view text);

// 12×12 mark; empty for Tone::plain.
std::string state_mark(Tone tone);
std::string pattern_square(const PatternGlyph& glyph);
std::string level_meter(const LevelRow& row);
std::string coverage_bar(const Coverage& coverage);
// Empty for a step that was not done.
std::string date_seal(const Approval& approval);

}  // namespace genmei::report
