// The text of a PDF, through poppler. Pages are parted by form feeds. Used by the importer only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace genmei::standard {

bool is_pdf(std::string_view bytes);
// Errors: import.pdf (damaged), import.pdf-locked, import.pdf-no-text (scanned pictures), import.too-large.
Result<std::string> pdf_text(std::string_view bytes);

}  // namespace genmei::standard
