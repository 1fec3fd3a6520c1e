// Spreadsheets in and CSV out, as plain values: xlsx (libzip, pugixml), CSV and TSV become a Workbook of sheets, rows
// and cells with their addresses. Everything a stranger can send ends in a Workbook or in Problems that name the cell:
// archives that expand too far, damaged XML, broken quotes, unknown encodings. Nothing is thrown at the caller and no
// formula is ever evaluated: a formula cell carries the value its program saved last, and says that it was a formula.
// Rows and cells are sparse and ascending; row and column numbers are 1-based, as people see them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace genmei::sheet {

enum class CellType : std::uint8_t { empty, text, number, boolean, date, error };

struct Cell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  CellType type = CellType::empty;
  bool formula = false;  // `text` is the value cached by the program that saved the file; empty when it cached none
  // text: as written, line feeds kept. number: shortest decimal. boolean: "true" or "false". date: "2026-03-31",
  // "2026-03-31T09:30:00" (local, no zone) or "09:30:00". error: "#REF!" and the like.
  std::string text;
};

struct Row {
  std::uint32_t number = 0;
  bool hidden = false;
  std::vector<Cell> cells;
};

// Both corners belong to the range.
struct Range {
  std::uint32_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;
};

struct Sheet {
  std::string name;
  bool hidden = false;
  std::vector<Row> rows;
  std::vector<Range> merged;

  // The cell at that place, or an empty one. A place covered by a merged range has the value of the range's first cell.
  [[nodiscard]] const Cell& at(std::uint32_t row, std::uint32_t column) const;
  // "Sheet1!B7", as messages name the cell.
  [[nodiscard]] std::string place(std::uint32_t row, std::uint32_t column) const;
  [[nodiscard]] std::string place(const Cell& cell) const { return place(cell.row, cell.column); }
  [[nodiscard]] std::uint32_t last_row() const { return rows.empty() ? 0 : rows.back().number; }
};

struct Workbook {
  std::vector<Sheet> sheets;
  // The first sheet that is not hidden, or nullptr.
  [[nodiscard]] const Sheet* first_visible() const;
  [[nodiscard]] const Sheet* find(std::string_view name) const;
};

// What a file may cost us. The defaults fit the largest register an office keeps by hand.
struct Limits {
  std::size_t file_bytes = 32U << 20U;
  std::size_t entries = 2'000;            // files in the archive
  std::size_t entry_bytes = 64U << 20U;   // one file, expanded
  std::size_t total_bytes = 160U << 20U;  // all files we expand
  std::size_t ratio = 200;                // expanded : packed, for entries beyond ratio_from_bytes
  std::size_t ratio_from_bytes = 4U << 20U;
  std::size_t sheets = 200;
  std::uint32_t rows = 200'000;
  std::uint32_t columns = 1'000;
  std::size_t cells = 2'000'000;
  std::size_t cell_bytes = 131'072;  // Excel itself stops at 32,767 characters
  std::size_t problems = 50;         // more are not listed
};

// Errors: sheet.not-xlsx, sheet.encrypted, sheet.old-format, sheet.too-large (args what, limit), sheet.damaged (args
// part), sheet.utf8, sheet.cell (a cell that cannot be read; place is its address).
Result<Workbook> read_xlsx(std::string_view bytes, const Limits& limits = {});

struct CsvOptions {
  char delimiter = 0;           // 0: comma, tab or semicolon, whichever the first lines use
  std::string name = "Sheet1";  // of the one sheet, for addresses
  bool restore = true;          // take off the apostrophe that CsvStyle::neutralise put before a formula sign
};
// UTF-8 with or without mark, UTF-16 with mark, CP932 (Shift_JIS) or EUC-JP; all line ends; line feeds inside quotes; a
// first line "sep=;" as Excel writes it. Every cell is text. A row's number counts records, as a spreadsheet shows
// them. Errors: sheet.encoding, sheet.binary, sheet.quote (place is the cell), sheet.too-large.
Result<Workbook> read_csv(std::string_view bytes, const CsvOptions& options = {}, const Limits& limits = {});

// By content, not by file name: an archive is xlsx, all else is CSV.
Result<Workbook> read_any(std::string_view bytes, const Limits& limits = {});

struct CsvStyle {
  char delimiter = ',';
  bool mark = true;        // UTF-8 byte order mark, without which Excel in Japan shows garbage
  bool neutralise = true;  // put an apostrophe before text that a spreadsheet would run as a formula
};
// RFC 4180: CRLF after each record, quotes only where needed.
class CsvWriter {
 public:
  explicit CsvWriter(std::string& out, CsvStyle style = {});
  void row(std::span<const std::string> cells);

 private:
  std::string& out_;
  CsvStyle style_;
};

// Text that begins with = + - @, their full-width forms, tab or carriage return gets an apostrophe in front, unless it
// is a plain number; so does text that already has one there, so that `restored` undoes it exactly.
std::string neutralised(std::string_view text);
std::string restored(std::string_view text);

// 1 → "A", 27 → "AA".
std::string column_name(std::uint32_t column);
// "B7" → row 7, column 2; false when it is no address. `$` signs are allowed.
bool parse_address(std::string_view text, std::uint32_t& row, std::uint32_t& column);

}  // namespace genmei::sheet
