// A Document as one self-contained HTML page: style inside, drawings inline, no script, nothing fetched. The same page
// is what a browser shows and what the PDF writer prints. The layout stands in Mustache files (data/templates/report);
// all text is escaped by the template engine, drawings come ready from figure.hpp.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "report/document.hpp"

namespace genmei::report {

class HtmlTemplate {
 public:
  // Reads document.mustache and style.css from `folder` once. Errors: report.template (place is the file).
  static Result<HtmlTemplate> load(const std::string& folder);

  HtmlTemplate(HtmlTemplate&&) noexcept;
  HtmlTemplate& operator=(HtmlTemplate&&) noexcept;
  ~HtmlTemplate();

  // Thread-safe. Same document, same bytes. Errors: report.shape when a row has more or fewer cells than the table
  // columns.
  [[nodiscard]] Result<std::string> render(const Document& document) const;

 private:
  struct State;
  explicit HtmlTemplate(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace genmei::report
