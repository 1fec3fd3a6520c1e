// A thin layer over libxlsxwriter with the house rules of our workbooks: Yu Gothic, thin rules, A4, text never as a
// formula, the same input giving the same bytes. One Book is one file; it is written to a private temporary file and
// read back. Sheets and formats belong to the Book. Problems (a text beyond Excel's 32,767 characters) are kept and
// told by finish().
#pragma once

#include <xlsxwriter.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "report/document.hpp"

namespace genmei::report {

// What a cell looks like. Equal looks share one format.
struct Look {
  bool bold = false;
  bool ruled = false;  // thin border on all sides
  bool head = false;   // shaded head of a table
  bool wrap = false;
  bool fixed = false;  // identifiers
  double size = 10;    // points
  Align align = Align::start;
  Tone tone = Tone::plain;
  std::string number_format;  // of Excel; empty: general
  auto operator<=>(const Look&) const = default;
};

class Book {
 public:
  struct Properties {
    std::string title, author, comments;
    Instant created{};
    Language language = Language::ja;
  };
  // `temporary` is the folder for the file while it is made. Errors of it are told by finish().
  Book(const Properties& properties, const std::string& temporary);
  ~Book();
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  // The name is cut to what Excel allows (31 characters, none of []:*?/\) and made unique in the book.
  lxw_worksheet* sheet(std::string_view name);
  lxw_format* format(const Look& look);
  void text(lxw_worksheet* sheet, unsigned row, unsigned column, std::string_view text, const Look& look);
  // Typed where the cell has a number or a date that its text says; else text, with note and must-reach mark.
  void cell(lxw_worksheet* sheet, unsigned row, unsigned column, const Cell& cell, Look look);
  void merged(lxw_worksheet* sheet, unsigned row, unsigned first, unsigned last, std::string_view text,
              const Look& look);
  // A drop-down list for the column from `first` to `last` row. Long lists are kept on a sheet of their own.
  void choices(lxw_worksheet* sheet, unsigned column, unsigned first, unsigned last,
               const std::vector<std::string>& allowed);
  // The sheet that holds long choice lists, named by the caller before the first long list.
  void name_choices(std::string name) { choices_name_ = std::move(name); }
  // Closes the book and gives the file's bytes. Errors: report.cell-too-long, report.workbook.
  Result<std::string> finish();

 private:
  void fail(std::string_view code, lxw_worksheet* sheet, unsigned row, unsigned column);
  std::string path_;
  lxw_workbook* book_ = nullptr;
  Language language_;
  std::map<Look, lxw_format*> formats_;
  std::set<std::string> names_;
  std::map<std::vector<std::string>, std::string> ranges_;  // long list → its range
  std::string choices_name_ = "choices";
  lxw_worksheet* choices_sheet_ = nullptr;
  Problems problems_;
};

// How wide a text is in half-width cells: full-width characters count two. Of several lines the longest.
unsigned display_width(std::string_view text);
// Excel's date format that shows a date as date_text does; empty when `text` is not written so.
std::string date_format_for(const Cell& cell, Language language);
// Doubles & for page headers and footers and cuts to Excel's limit.
std::string header_text(std::string_view text);

}  // namespace genmei::report
