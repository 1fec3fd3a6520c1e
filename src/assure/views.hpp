// What the makers of the five reports share: the request with everything it is read from, finding the subject by id,
// number or name, the rows of an assessment as they stand or as an edition froze them, and evaluation items as the
// reports show them. Only reports.cpp calls the makers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assure/reports.hpp"
#include "operate/assessment.hpp"
#include "report/level.hpp"
#include "report/view.hpp"

namespace genmei::assure {

struct Source {
  const operate::Workspace& workspace;
  record::Session& session;
  const ReportRequest& request;
  operate::Workspace::Catalogues catalogues;
  report::Wording words;
  Instant at;  // the moment that the report shows

  [[nodiscard]] const standard::Library& library() const { return *catalogues.library; }
  [[nodiscard]] Language language() const { return request.language; }
  [[nodiscard]] const std::string& in(const Bilingual& text) const { return words.of(text); }
};

// Names of records by "kind/id", as the reader may see them.
using Names = std::map<std::string, std::string>;
std::string name_of(const Names& names, std::string_view kind, std::string_view id);
// The names of a many-valued field, joined for the reader; unknown ones are left out.
std::string names_of(const Source& source, const Names& names, const json::Object& fields, std::string_view field,
                     std::string_view kind);
Result<Names> names_in(Source& source, const std::vector<record::Record>& records);

// Errors: report.service-needed (none given and not exactly one exists), report.service-unknown.
Result<record::Record> find_service(Source& source);
std::string service_name(const Source& source, const record::Record& service);
// The one that is named, or the newest open one with that purpose. Error: report.no-assessment.
Result<record::Record> find_assessment(Source& source, const std::string& purpose);

// One row: an item of a standard with what was decided about it.
struct Row {
  std::string key;
  std::optional<standard::Index> item;  // empty: the standard is no longer there
  json::Object fields;
  [[nodiscard]] std::string text(std::string_view field) const { return std::string(json::text(fields, field)); }
  [[nodiscard]] bool applicable() const { return json::boolean(fields, "applicable", true); }
  [[nodiscard]] bool stale() const { return json::boolean(fields, "stale"); }
  [[nodiscard]] bool done() const;  // carried out, whatever its evidence
};
std::string reference_of(const Source& source, const Row& row);  // "A.5.1"
Bilingual title_of(const Source& source, const Row& row);

// An assessment as it stands, or as an edition froze it.
struct Assessed {
  std::string standard, part;
  std::optional<record::Record> assessment;  // as at the moment shown; empty where the reader may not see it
  std::optional<record::Record> edition;
  std::vector<Row> rows;  // in the order of the document
  Names names;
  report::FrontView front;
};
// For soa and criteria: the edition that is asked for, else the working state of the assessment with that purpose.
Result<Assessed> assessed(Source& source, const std::string& edition_kind, const std::string& purpose);
// "ISO/IEC 27001 附属書A（2022）" and the like.
Bilingual catalogue_title(const Source& source, const std::string& standard, const std::string& part);

// Differences of the working state from the approved edition, in words.
struct WordedChange {
  Row row;
  std::string field, before, after;
};
struct Compared {
  std::optional<int> edition;  // empty: nothing approved, or not today's state
  std::vector<WordedChange> changes;
};
Result<Compared> compare(Source& source, const Assessed& assessed);

// Organisation and moment; `secrecy` is the class of secrecy of the record that the report is about, may be empty.
Result<report::FrontView> working_front(Source& source, const std::string& secrecy);
Result<std::optional<record::Record>> organisation(Source& source);

report::PatternFacts pattern_facts(const method::Classification& classification);
report::LevelView level_view(const Source& source, const operate::LevelRow& row);

Result<report::Document> soa_report(Source& source);
Result<report::Document> criteria_report(Source& source);
Result<report::Document> gap_report(Source& source);
Result<report::Document> pattern_report(Source& source);
Result<report::Document> disclosure_report(Source& source);

}  // namespace genmei::assure
