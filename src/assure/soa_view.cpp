// Statement of applicability from the rows of ISO/IEC 27001 Annex A, or of any part that an assessment is of.
#include "assure/views.hpp"
#include "report/soa.hpp"

namespace genmei::assure {
namespace {

report::SoaControl::Status status_of(const Row& row) {
  using Status = report::SoaControl::Status;
  if (row.done()) return Status::implemented;
  const auto status = row.text("status");
  if (status == "partly") return Status::partly;
  if (status == "planned") return Status::planned;
  if (status == "not-started") return Status::not_started;
  return Status::not_assessed;
}

// Why a control is in: threats to services brought it (how many services), a law, a contract, our own rule, or the
// standard alone.
std::vector<report::SoaReason> reasons_of(const Source& source, const Row& row) {
  using Kind = report::SoaReason::Kind;
  std::vector<report::SoaReason> out;
  const auto* services = row.fields.if_contains("services");
  if (services != nullptr && services->is_array() && !services->get_array().empty()) {
    const auto count = std::to_string(services->get_array().size());
    out.push_back({Kind::risk, 0, source.words("soa-services", {{"count", count}})});
  }
  const auto origin = row.text("source_kind");
  if (origin == "law") out.push_back({Kind::law, 0, {}});
  if (origin == "contract") out.push_back({Kind::contract, 0, {}});
  if (origin == "own") out.push_back({Kind::business, 0, {}});
  if (out.empty()) out.push_back({Kind::standard, 0, {}});
  return out;
}

report::SoaControl control_of(const Source& source, const Assessed& assessed, const Row& row) {
  report::SoaControl out;
  out.ref = reference_of(source, row);
  out.title = title_of(source, row);
  if (const auto* decided = row.fields.if_contains("applicable"); decided != nullptr && decided->is_bool())
    out.applicable = decided->get_bool();
  out.status = status_of(row);
  out.stale_evidence = row.stale();
  const auto safeguards = names_of(source, assessed.names, row.fields, "safeguards", "safeguard");
  out.practice = row.text("what_we_do").empty() ? safeguards : row.text("what_we_do");
  out.evidence = names_of(source, assessed.names, row.fields, "evidence", "evidence");
  if (out.evidence.empty()) out.evidence = safeguards;
  out.owner = name_of(assessed.names, "person", row.text("responsible"));
  if (!out.applicable || *out.applicable) {
    out.reasons = reasons_of(source, row);
  } else {
    out.justification = row.text("exclusion_reason");
  }
  return out;
}

// The heading at the top of an item's branch, or the part itself.
report::SoaTheme theme_of(const Source& source, const Assessed& assessed, const Row& row) {
  report::SoaTheme out;
  if (row.item) {
    auto at = source.library().entry(*row.item).parent;
    while (at && source.library().entry(*at).parent) at = source.library().entry(*at).parent;
    if (at) {
      const auto& heading = *source.library().entry(*at).item;
      out.id = heading.id;
      out.title = {standard::label(heading, Language::ja), standard::label(heading, Language::en)};
      return out;
    }
  }
  out.title = catalogue_title(source, assessed.standard, assessed.part);
  return out;
}

}  // namespace

Result<report::Document> soa_report(Source& source) {
  GENMEI_LET(made, assessed(source, "statement-of-applicability", "soa"));
  report::SoaView view;
  view.front = made.front;
  view.catalogue = catalogue_title(source, made.standard, made.part);
  GENMEI_LET(house, organisation(source));
  if (house) view.scope = house->text("scope_statement");
  if (made.assessment) view.assessment = made.assessment->number + "　" + made.assessment->text("title");
  for (const auto& row : made.rows) {
    auto theme = theme_of(source, made, row);
    if (view.themes.empty() || view.themes.back().id != theme.id || view.themes.back().title.ja != theme.title.ja)
      view.themes.push_back(std::move(theme));
    view.themes.back().controls.push_back(control_of(source, made, row));
  }
  GENMEI_LET(compared, compare(source, made));
  view.compared_edition = compared.edition;
  for (auto& change : compared.changes) {
    view.differences.push_back({reference_of(source, change.row), title_of(source, change.row), std::move(change.field),
                                std::move(change.before), std::move(change.after)});
  }
  return report::soa_document(view, source.words);
}

}  // namespace genmei::assure
