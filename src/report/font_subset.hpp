// Cuts the Japanese fonts down to the characters of one report before WeasyPrint sees them. WeasyPrint 57 otherwise
// walks all 65,535 glyphs of each font it embeds: measured 17 s and 525 MB for 93 rows, against 2 s and 82 MB with cut
// fonts. Uses HarfBuzz's subset library, found at run time (it has a stable C interface); without it the whole fonts
// are used, the output is as right and only slower.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace genmei::report {

struct FontSource {
  std::string file;         // .ttc or .otf
  unsigned face = 0;        // index within a collection
  std::string output;       // file name of the cut font: "regular.otf"
  bool latin_only = false;  // for identifiers and digests: characters from U+2100 on come from the first font
};

// Noto Sans CJK JP regular, bold and fixed-width where the distributions keep them; empty when not installed.
std::vector<FontSource> installed_fonts();

struct SubsetReport {
  bool cut = false;            // false: no subset library or no fonts; nothing was written
  std::set<char32_t> missing;  // wanted characters that the first font has not
};

// Writes a cut copy of each font into `folder`. Errors: report.font when a font cannot be read or written.
Result<SubsetReport> subset_fonts(const std::vector<FontSource>& fonts, const std::set<char32_t>& characters,
                                  const std::string& folder);

// The code points of valid UTF-8 text, with the printable ASCII ones always in the set.
std::set<char32_t> characters_of(std::string_view text);

}  // namespace genmei::report
