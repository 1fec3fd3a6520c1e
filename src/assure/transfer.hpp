// Export and import of any kind of record, from its declaration alone: no code here knows a kind by name. A sheet that
// was exported can be imported again; its head row holds titles, in either language, or field names. Invariants: an
// export holds only records that the reader may export in bulk; an import is all or nothing in one batch through the
// same gate, rules and hooks as work by hand; every fault names its cell; formulas are refused. Called by the HTTP API
// and the command line.
#pragma once

#include "operate/workspace.hpp"
#include "record/engine.hpp"

namespace genmei::assure {

enum class TransferFormat { xlsx, csv, json };

// Every match of `query` (its page and limit do not count): head row with number, own and common fields and state;
// references as "NUMBER label", enums as titles, several values on lines of one cell. JSON is an array of records as
// the API gives them. Noted in the ledger. Errors: record.kind, record.forbidden, report.too-many-rows.
Result<std::string> export_records(const operate::Workspace& workspace, record::Session& session,
                                   const record::Query& query, TransferFormat format, Language language);

// An empty workbook to fill in: writable fields, lists of values, an example, an explanation of the columns.
// Errors: record.kind, record.forbidden (the reader may not create such records).
Result<std::string> template_workbook(const operate::Workspace& workspace, record::Session& session,
                                      std::string_view kind, Language language);

struct ImportColumn {
  std::string header;
  std::string field;     // empty: not recognised, the column is not read
  bool ignored = false;  // recognised, but written by the product only
};

struct ImportOutcome {
  std::int64_t rows = 0, create = 0, update = 0, unchanged = 0;
  std::vector<Problem> errors;  // place "Sheet1!B7", or "/0/fields/name" in JSON; at most `most_import_errors`
  std::vector<ImportColumn> columns;
  bool applied = false;
};
inline constexpr std::size_t most_import_errors = 200;
inline constexpr std::size_t most_import_rows = 20'000;

// Reads xlsx, CSV (any Japanese encoding) or JSON (an array of records or of {"fields":{…}}). A row whose number or id
// exists changes that record, every other row makes one; an empty cell clears its field. Without `apply`, or with any
// error, nothing is written and no number is given out. Errors beside those in the outcome: what makes the file
// unreadable (sheet.*, json.*, import.no-rows, transfer.no-columns, transfer.too-many-rows), record.kind,
// record.forbidden.
Result<ImportOutcome> import_records(operate::Workspace& workspace, record::Session& session, std::string_view kind,
                                     std::string_view bytes, std::string_view file_name, bool apply);

}  // namespace genmei::assure
