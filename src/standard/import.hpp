// Import of official documents: reads the text or PDF that the user holds and attaches its wording, line by line, to
// the ids we know. Nothing is guessed silently: a line that belongs to no item, an expected item that was not found, a
// number that stands where it cannot be meant as one, all come back as lists with their places. Page furniture and
// footnotes are kept out of the wording; footnotes come back beside the item that carries their mark. The wording lives
// in the organisation's own data; the repository never holds a sentence of it. Time is linear in the size of the
// document (n log n in the number of items). Pure: no files are read or written here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "standard/catalogue.hpp"

namespace genmei::standard {

class Library;

// What the importer has to know of an item. The list gives the items of a part in the order of the document.
struct ExpectedItem {
  std::string standard;
  std::string part;
  std::string id;
  Kind kind = Kind::control;
  std::string title;  // Japanese, of headings; helps to tell a heading from a number at the start of a line
};

enum class Document : std::uint8_t {
  unknown,
  cloud_standard,   // cloud information security management standard, 2013
  guideline_part2,  // ASP/SaaS guideline, organisation and operation
  guideline_part3,  // ASP/SaaS guideline, physical and technical measures
  study_report,     // the report that explains the method
  regulation,       // a company's regulation over the 93 controls of Annex A
};
std::string_view code(Document document);  // "cloud-standard", "guideline-part2", ...

struct TextPlace {
  std::uint32_t first_line = 0;  // 1-based, in the text; in a PDF within the text of all pages
  std::uint32_t last_line = 0;
  std::uint32_t page = 0;  // 1-based; 0 when the text shows no pages
};

struct OfficialItem {
  std::string standard;
  std::string part;
  std::string id;  // empty: printed without a number (figure 38); never attached without a person's choice
  Kind kind = Kind::control;
  std::string wording;    // what the item says; of a heading its title. Paragraphs are parted by line feeds.
  std::string body;       // what stands below it: explanations of governance and management, rules of a regulation
  std::string objective;  // of sections of the control criteria
  std::vector<std::string> footnotes;
  std::string same_as;        // part whose item with this id has the very same wording; empty otherwise
  std::string differs_from;   // part whose item with this id has another wording; empty otherwise
  std::optional<bool> basic;  // guideline: basic (true) or recommended
  std::optional<Evaluation> evaluation;
  std::array<std::string, pattern_count> printed;  // values of the evaluation as printed
  TextPlace place;
};

// Lines that belong to no item. Reasons: "preface", "part-heading", "unknown-number", "footnote", "narrative".
struct Unplaced {
  TextPlace place;
  std::string reason;
  std::string excerpt;  // the first 40 characters
};

struct PartCount {
  std::string part;
  std::size_t found = 0;
  std::size_t expected = 0;
};

struct ImportResult {
  Document document = Document::unknown;
  std::string standard;
  std::vector<OfficialItem> items;    // in the order of the document
  std::vector<Unplaced> unplaced;     // in the order of the document
  std::vector<ExpectedItem> missing;  // expected and not found
  std::vector<Problem> warnings;      // codes import.*, place "line N"; at most 1,000
  std::vector<PartCount> counts;
  std::size_t furniture_lines = 0;  // page footers and headers that were left out

  [[nodiscard]] const OfficialItem* find(std::string_view part, std::string_view id) const;
};

// `bytes` is a PDF or UTF-8 text. Errors: import.empty, import.too-large, import.utf8 (place "byte N"), import.binary,
// import.pdf, import.pdf-locked, import.pdf-no-text, import.unknown-document, import.nothing-found.
Result<ImportResult> import_official(std::string_view bytes, std::span<const ExpectedItem> expected);
// The same, with all catalogues of the library as what is expected.
Result<ImportResult> import_official(std::string_view bytes, const Library& library);
std::vector<ExpectedItem> expected_items(const Library& library);

}  // namespace genmei::standard
