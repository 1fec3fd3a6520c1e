// One call for all formats: the server and the command line hand in a Document and get bytes. Synchronous; a PDF takes
// seconds, so the server runs it as a job and stops it through the token.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "report/document.hpp"
#include "report/html.hpp"
#include "report/pdf.hpp"

namespace genmei::report {

enum class Format : std::uint8_t { html, pdf, xlsx, json };
std::optional<Format> format_from(std::string_view name);
std::string_view media_type(Format format);

class Renderer {
 public:
  // `templates` is the folder data/templates/report. Errors: report.template.
  static Result<Renderer> load(const std::string& templates, PdfSettings pdf = {});

  // Thread-safe. The errors of html.hpp, pdf.hpp and xlsx.hpp.
  [[nodiscard]] Result<std::string> render(const Document& document, Format format, std::stop_token stop = {}) const;

 private:
  Renderer(HtmlTemplate page, PdfSettings pdf) : page_(std::move(page)), pdf_(std::move(pdf)) {}
  HtmlTemplate page_;
  PdfSettings pdf_;
};

// "SOA-001_第4版.pdf": from number and edition, or from the kind where a document has no number.
std::string file_name(const Document& document, Format format);

}  // namespace genmei::report
