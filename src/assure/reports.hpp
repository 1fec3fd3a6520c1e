// The five reports from records: finds the service, assessment or edition that is asked for, reads it through the
// caller's session (what the reader may not see is not in the report), and hands a Document to the renderers. A report
// with an edition is made from that edition's frozen copy alone: the same edition gives the same bytes at any time.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "operate/workspace.hpp"
#include "report/render.hpp"

namespace genmei::assure {

struct ReportRequest {
  std::string report;      // soa, criteria, gap, pattern, disclosure
  std::string service;     // id, number or exact name; may be empty
  std::string assessment;  // id, number or exact title; may be empty
  std::string edition;     // id or number of an edition record (soa, criteria); empty: the working state
  Language language = Language::ja;
  std::optional<Instant> as_of;  // of the working state; an edition has its own moment
};

[[nodiscard]] bool is_report(std::string_view name);

// Errors: report.unknown, report.service-needed, report.service-unknown, report.no-assessment, report.edition-unknown,
// and what the session refuses.
Result<report::Document> build_report(const operate::Workspace& workspace, record::Session& session,
                                      const ReportRequest& request);

// Thread-safe; the templates are read at the first call. Errors: report.* of the renderers.
Result<std::string> render_report(const operate::Workspace& workspace, const report::Document& document,
                                  report::Format format, std::stop_token stop = {});

}  // namespace genmei::assure
