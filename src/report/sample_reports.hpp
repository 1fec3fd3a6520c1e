// Made-up view models of a small provider, for the tests of this folder and for the benchmark. They hold what breaks
// renderers: markup, formulas, rare kanji, half-width kana, variation selectors, empty texts, long texts. No fact of
// them comes from a standard; controls are numbered, not quoted.
#pragma once

#include "report/criteria.hpp"
#include "report/disclosure.hpp"
#include "report/gap.hpp"
#include "report/pattern.hpp"
#include "report/soa.hpp"

namespace genmei::report::sample {

// Markup, a formula, 髙﨑𠮷, ①, half-width kana, an ideographic variation sequence, and an ampersand.
extern const char* const hostile_text;

FrontView front();
// Five themes' worth of controls, `count` in all; 93 is the size of Annex A.
SoaView soa(int count = 93);
// `sections` sections of four items with up to ten details each.
CriteriaView criteria(int sections = 3);
GapView gap();
PatternView pattern();
DisclosureView disclosure();
// A must-reach value met, a must-reach value missed, a guide, a free item, one not measured.
std::vector<LevelView> levels();

}  // namespace genmei::report::sample
