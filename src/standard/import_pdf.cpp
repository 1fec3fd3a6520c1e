#include "standard/import_pdf.hpp"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <memory>

namespace genmei::standard {

namespace {

constexpr int max_pages = 3'000;
constexpr std::size_t max_text = 64U << 20U;

void ignore(const std::string&, void*) {}

}  // namespace

bool is_pdf(std::string_view bytes) { return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos; }

Result<std::string> pdf_text(std::string_view bytes) {
  poppler::set_debug_error_function(ignore, nullptr);  // its complaints go to the log of nobody
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) return problem(Failure::invalid, "import.pdf");
  if (document->is_locked()) return problem(Failure::invalid, "import.pdf-locked");
  const int pages = document->pages();
  if (pages > max_pages)
    return problem(Failure::too_large, "import.too-large", {}, {{"limit", std::to_string(max_pages) + " pages"}});
  std::string text;
  bool any = false;
  for (int i = 0; i < pages; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (page) {
      const auto utf8 = page->text(poppler::rectf(), poppler::page::physical_layout).to_utf8();
      any = any || std::any_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; });
      text.append(utf8.begin(), utf8.end());
    }
    if (text.size() > max_text) return problem(Failure::too_large, "import.too-large", {}, {{"limit", "64 MB"}});
    if (!text.ends_with('\f')) text += '\f';
  }
  if (!any) return problem(Failure::invalid, "import.pdf-no-text");
  return text;
}

}  // namespace genmei::standard
