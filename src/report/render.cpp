#include "report/render.hpp"

#include <array>
#include <utility>

#include "report/xlsx.hpp"

namespace genmei::report {
namespace {

struct FormatName {
  Format format;
  std::string_view name, media;
};
constexpr std::array<FormatName, 4> formats = {
    {{Format::html, "html", "text/html; charset=utf-8"},
     {Format::pdf, "pdf", "application/pdf"},
     {Format::xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
     {Format::json, "json", "application/json"}}};

}  // namespace

std::optional<Format> format_from(std::string_view name) {
  for (const auto& entry : formats) {
    if (entry.name == name) return entry.format;
  }
  return std::nullopt;
}

std::string_view media_type(Format format) { return formats.at(static_cast<std::size_t>(format)).media; }

Result<Renderer> Renderer::load(const std::string& templates, PdfSettings pdf) {
  GENMEI_LET(page, HtmlTemplate::load(templates));
  return Renderer(std::move(page), std::move(pdf));
}

Result<std::string> Renderer::render(const Document& document, Format format, std::stop_token stop) const {
  switch (format) {
    case Format::json:
      return to_json(document);
    case Format::html:
      return page_.render(document);
    case Format::xlsx:
      return make_xlsx(document, pdf_.temporary, std::move(stop));
    case Format::pdf:
      break;
  }
  GENMEI_LET(html, page_.render(document));
  PdfInput input;
  input.html = std::move(html);
  input.identifier = document.digest.empty() ? content_digest(document) : document.digest;
  input.created = document.created;
  return make_pdf(input, pdf_, std::move(stop));
}

std::string file_name(const Document& document, Format format) {
  std::string stem = document.number.empty() ? document.kind : document.number;
  if (!document.edition.empty()) stem += "_" + document.edition;
  std::string out;
  for (const char c : stem) {
    const bool unsafe =
        static_cast<unsigned char>(c) < 0x20 || std::string_view("/\\:*?\"<>| ").find(c) != std::string_view::npos;
    out += unsafe ? '_' : c;
  }
  return out + "." + std::string(formats.at(static_cast<std::size_t>(format)).name);
}

}  // namespace genmei::report
