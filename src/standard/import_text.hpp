// A document as lines: what the importers of the single documents share. Blank lines are gone but remembered, page
// furniture is marked, wrapped lines can be put together again. Used inside standard/import* only; views point into the
// text given to `split_lines`, which must outlive them.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "standard/import.hpp"

namespace genmei::standard {

struct Line {
  std::string_view text;  // without blanks around
  std::uint32_t number = 0;
  std::uint32_t page = 0;
  bool indented = false;
  bool trailing_blank = false;  // in texts copied from these documents: the end of a paragraph
  bool after_gap = false;       // an empty line stands before
  bool after_rule = false;      // a long line of blanks stands before: what is left of the rule above footnotes
  bool new_page = false;        // first of a page: by form feed, or indented with no gap before in a double-spaced text
  bool furniture = false;       // page number, running title
  std::uint32_t footnote = 0;   // number of the footnote the line belongs to
};

struct Lines {
  std::vector<Line> list;
  bool paged = false;             // form feeds part the pages
  bool marks_paragraphs = false;  // trailing blanks mark the ends of paragraphs
  std::size_t furniture = 0;
};

Lines split_lines(std::string_view text);

// The lines as paragraphs: wrapped lines joined, paragraphs parted by line feeds, furniture and footnotes left out.
// `skip` bytes of the first line (its number) are left out.
std::string joined(const Lines& lines, std::size_t first, std::size_t last, std::size_t skip = 0);

// A run of lines without furniture as an unplaced block; nothing when it has no text.
void add_unplaced(const Lines& lines, std::size_t first, std::size_t last, std::string_view reason, ImportResult& into);

// Adds a warning; a document that is nothing but faults does not fill the memory with them.
inline constexpr std::size_t most_warnings = 1'000;
void warn(ImportResult& into, std::string code, std::string place, std::map<std::string, std::string> args = {});

TextPlace place_of(const Lines& lines, std::size_t first, std::size_t last);
std::string line_place(const Line& line);  // "line 12", "page 3, line 12"

// One line that may begin item number `order` of the expected list.
struct Candidate {
  std::size_t line = 0;
  std::size_t order = 0;
  int weight = 1;
};
// The heaviest chain in which order rises with the lines: a stray number never outweighs the items it contradicts.
// Candidates come in the order of lines. Gives the indexes of the chosen ones, ascending.
std::vector<std::size_t> heaviest_chain(std::span<const Candidate> candidates, std::size_t orders);

}  // namespace genmei::standard
