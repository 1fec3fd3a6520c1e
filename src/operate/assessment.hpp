// Assessing: rows of requirements made by the method, what supports them, and the editions that freeze them (statement
// of applicability, tailored criteria). Works through the caller's Session; rows the method writes are written by the
// product.
#pragma once

#include "operate/service.hpp"

namespace genmei::operate {

// Evidence past its date, or withdrawn, supports nothing (DESIGN rule 7).
[[nodiscard]] bool is_stale(const record::Record& evidence, std::string_view today);

struct Filled {
  int created = 0, updated = 0;
};
// Makes or refreshes the rows of an assessment from the services in its scope. Rows keep what people wrote; rows no
// longer demanded stay (their services become empty).
Result<Filled> fill_assessment(const Workspace& workspace, record::Session& session, record::Batch& batch,
                               const record::Record& assessment);
// The open assessment of a standard's part, or a new one. Part empty: all parts.
Result<record::Record> ensure_assessment(const Workspace& workspace, record::Session& session, record::Batch& batch,
                                         const std::string& standard, const std::string& part);
// Which parts of a standard get an assessment of their own, with purpose and title.
struct PartPlan {
  std::string standard, part, purpose;
  Bilingual title;
};
std::vector<PartPlan> planned_parts(const standard::Library& library, const std::vector<std::string>& standards);

struct GridRow {
  record::Record record;
  standard::Index item = 0;
  std::string group;                // key of the heading above
  std::optional<int> evidence_age;  // days, of the oldest supporting evidence
  std::vector<standard::Link> mapped;
};
struct Grid {
  record::Record assessment;
  std::vector<GridRow> rows;               // in the order of the document
  std::map<std::string, int> totals;       // by status, and "stale"
  std::optional<record::Record> approved;  // edition in force
  int differences = 0;
};
Result<Grid> grid(const Workspace& workspace, record::Session& session, const std::string& assessment,
                  const std::optional<Instant>& as_of = {});

// The next edition as a draft with a frozen copy of the rows. Kind by the assessment's purpose.
Result<record::Record> freeze(const Workspace& workspace, record::Session& session, record::Batch& batch,
                              const record::Record& assessment, const json::Object& fields);
// Rows of an edition as they were frozen: item key → fields.
std::map<std::string, json::Object> frozen_rows(const record::Record& edition);

struct Difference {
  std::string item;
  std::vector<record::FieldChange> changes;
};
Result<std::vector<Difference>> differences(record::Session& session, const record::Record& assessment,
                                            const record::Record& edition);
Result<std::optional<record::Record>> approved_edition(record::Session& session, const record::Record& assessment,
                                                       const std::optional<Instant>& as_of = {});

// Safeguards that serve a mapped item of another standard and may serve this row too: a mapping proposes, a person
// confirms.
struct Proposal {
  std::string requirement, safeguard, label, via;
  double strength = 0;
};
Result<std::vector<Proposal>> proposals(const Workspace& workspace, record::Session& session,
                                        const std::string& assessment);

// Sets `stale` on rows whose evidence ran out since; run at start and every hour.
Result<int> refresh_staleness(Workspace& workspace);

}  // namespace genmei::operate
