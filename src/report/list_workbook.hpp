// Lists of any kind of record as workbook or CSV, and templates to fill in: one head row with the titles, drop-down
// lists where only certain values are allowed, a comment on each title with the field's name, a sheet with an example
// and one that explains the columns. The head is in row 1 and rows follow at once, so the same file can be read in
// again. Text is never a formula. Same input, same bytes.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "report/document.hpp"
#include "report/wording.hpp"

namespace genmei::report {

struct ListColumn {
  std::string field;  // name in the API: "due_on"
  std::string title;  // in the reader's language
  enum class Kind : std::uint8_t { text, number, date, boolean, choice, reference } kind = Kind::text;
  bool required = false;
  std::vector<std::string> choices;  // allowed texts, for choice and boolean
  std::string help;                  // how to fill it in; may be empty
  std::string example;               // for templates; may be empty
};

struct RecordList {
  std::string title;  // names the sheet and the file
  std::string organisation;
  Instant created{};  // goes into the file instead of the time of day
  std::vector<ListColumn> columns;
  std::vector<Row>
      rows;  // dates as cells with `date`, numbers with `number`; texts as ISO dates are accepted by import
};

// `blank_rows` empty rows get drop-down lists too (a template has some hundred). Errors: those of make_xlsx.
Result<std::string> list_workbook(const RecordList& list, const Wording& words, unsigned blank_rows,
                                  const std::string& temporary, std::stop_token stop = {});
// UTF-8 with byte order mark and CRLF, as Excel in Japan opens it; head row with titles; dates as 2026-11-21; formula
// signs neutralised (base/sheet.hpp takes that off again on import).
std::string list_csv(const RecordList& list);

}  // namespace genmei::report
