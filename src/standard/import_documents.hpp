// The importers of the single documents. Each fills items, unplaced lines and warnings of a result whose document is
// already recognised; counting, missing items and comparison of parts are the caller's (import.cpp).
#pragma once

#include <span>
#include <string_view>

#include "standard/import_text.hpp"

namespace genmei::standard {

// Ids of the shipped standards that the documents belong to.
inline constexpr std::string_view cloud_id = "cloud-ism-2013";
inline constexpr std::string_view guideline_id = "asp-saas-2008";
inline constexpr std::string_view annex_id = "iso27001-2022";

// Governance, management, control criteria and basic assertion: headings of parts, then numbered items.
void import_cloud(Lines& lines, std::span<const ExpectedItem> expected, ImportResult& into);
// Parts II and III of the guideline and the examples of figures 36 and 38 in the report: headings, items with class,
// best practices i., ii. …, evaluation items a., b. … with a table of pattern and value.
void import_guideline(Lines& lines, ImportResult& into);
// A regulation over Annex A: number and title, the control between two rules, the house's own rules below.
void import_regulation(Lines& lines, std::span<const ExpectedItem> expected, ImportResult& into);

// Marks the lines of footnotes: from a rule followed by "*2 …" or "10 …" to the foot of the page. `starts` tells which
// lines begin an item (by index); it decides where a page without form feed ends. Texts come back by number.
struct Footnote {
  std::uint32_t number = 0;
  std::size_t first = 0;  // line index
  std::size_t last = 0;   // behind the last line
  bool starred = false;
  bool used = false;
  std::string text;
};
std::vector<Footnote> mark_footnotes(Lines& lines, const std::vector<bool>& starts, ImportResult& into);
// Takes the marks of known footnotes out of `text` and gives the footnotes' texts; `first`..`last` are the text's
// lines.
std::vector<std::string> take_footnotes(std::string& text, std::size_t first, std::size_t last,
                                        std::vector<Footnote>& footnotes);

}  // namespace genmei::standard
