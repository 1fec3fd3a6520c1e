// A Document as a workbook that an office can send on: an overview sheet with seal boxes, facts and verdict, and one
// sheet per table with title block, filter, frozen head, repeated print titles and drop-down lists where states are
// chosen. Group titles become a column of their own, so that filter and sort keep working. Same document, same bytes.
#pragma once

#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "report/document.hpp"

namespace genmei::report {

// `temporary` is a folder for the file while it is made. Errors: report.cell-too-long (place is the cell),
// report.workbook, report.temporary, report.cancelled, report.shape.
Result<std::string> make_xlsx(const Document& document, const std::string& temporary, std::stop_token stop = {});

}  // namespace genmei::report
