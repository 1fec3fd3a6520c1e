// HTML page → PDF by WeasyPrint as a limited child process (child_process.hpp), with fonts cut to the page's characters
// (font_subset.hpp) and embedded. The child sees one private folder, no network address occurs in the page, and the
// same page gives the same bytes: creation times come from the document, the file identifier from its digest.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"

namespace genmei::report {

struct PdfSettings {
  std::string program = "/usr/bin/weasyprint";
  std::string temporary = "/tmp";  // a private folder is made in it and removed at the end
  std::chrono::milliseconds time_limit{300'000};
  std::uint64_t memory_bytes = 2ULL << 30U;
};

struct PdfInput {
  std::string html;
  std::string identifier;  // names the content, for instance its digest
  Instant created{};       // the time that goes into the fonts' headers
};

// Errors: report.program (WeasyPrint is not installed), report.timeout, report.cancelled, report.crashed,
// report.pdf (it ran and failed; detail has its words), report.font, report.temporary.
Result<std::string> make_pdf(const PdfInput& input, const PdfSettings& settings, std::stop_token stop = {});

}  // namespace genmei::report
