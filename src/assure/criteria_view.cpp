// Tailored criteria from the rows of the cloud standard's control part; the details come from the catalogue and follow
// the decision about their control.
#include "assure/views.hpp"
#include "report/criteria.hpp"

namespace genmei::assure {
namespace {

std::string statement_of(const Source& source, const standard::Item& item) {
  const auto& statement = source.in(item.statement);
  return statement.empty() ? standard::label(item, source.language()) : statement;
}

std::string reason_of(const Source& source, const Row& row) {
  if (!row.applicable()) return row.text("exclusion_reason");
  const auto* services = row.fields.if_contains("services");
  if (services == nullptr || !services->is_array() || services->get_array().empty())
    return source.words("reason-standard");
  return source.words("criteria-threats", {{"count", std::to_string(services->get_array().size())}});
}

report::CriteriaItem item_of(const Source& source, const Assessed& assessed, const Row& row) {
  report::CriteriaItem out;
  out.ref = reference_of(source, row);
  out.text = row.item ? statement_of(source, *source.library().entry(*row.item).item) : row.key;
  out.applicable = row.applicable();
  out.reason = reason_of(source, row);
  out.owner = name_of(assessed.names, "person", row.text("responsible"));
  if (!row.item) return out;
  for (const auto child : source.library().children(*row.item)) {
    const auto& detail = source.library().entry(child);
    if (detail.item->kind != standard::Kind::detail) continue;
    out.details.push_back({detail.reference, statement_of(source, *detail.item), out.applicable,
                           row.applicable() ? std::string() : source.words("criteria-with-control"), false});
  }
  return out;
}

report::CriteriaSection section_of(const Source& source, const Assessed& assessed, const Row& row) {
  report::CriteriaSection out;
  const auto parent = row.item ? source.library().entry(*row.item).parent : std::nullopt;
  if (parent) {
    const auto& heading = source.library().entry(*parent);
    out.ref = heading.reference;
    out.title = standard::label(*heading.item, source.language());
    out.objective = source.in(heading.item->objective);
  } else {
    out.title = source.in(catalogue_title(source, assessed.standard, assessed.part));
  }
  return out;
}

// The services that the assessment names; else the whole organisation.
Result<std::string> subject_of(Source& source, const Assessed& assessed) {
  if (assessed.assessment && !assessed.assessment->list("services").empty()) {
    std::string out;
    for (const auto& id : assessed.assessment->list("services")) {
      const auto service = source.session.get("service", id, source.at);
      if (!service) continue;
      out += (out.empty() ? "" : source.words("list-separator")) + service_name(source, *service);
    }
    if (!out.empty()) return out;
  }
  return assessed.front.organisation;
}

}  // namespace

Result<report::Document> criteria_report(Source& source) {
  GENMEI_LET(made, assessed(source, "tailored-criteria", "criteria"));
  report::CriteriaView view;
  view.front = made.front;
  const auto base = source.in(catalogue_title(source, made.standard, made.part));
  view.name = made.edition ? made.edition->text("title") : made.assessment ? made.assessment->text("title") : base;
  GENMEI_LET(subject, subject_of(source, made));
  view.subject = std::move(subject);
  view.catalogue = base;
  if (made.edition) view.grounds = made.edition->text("reason");
  for (const auto& row : made.rows) {
    auto section = section_of(source, made, row);
    if (view.sections.empty() || view.sections.back().ref != section.ref || view.sections.back().title != section.title)
      view.sections.push_back(std::move(section));
    view.sections.back().items.push_back(item_of(source, made, row));
  }
  GENMEI_LET(compared, compare(source, made));
  view.compared_edition = compared.edition;
  for (auto& change : compared.changes) {
    view.changes.push_back({reference_of(source, change.row),
                            std::move(change.field),
                            std::move(change.before),
                            std::move(change.after),
                            {}});
  }
  return report::criteria_document(view, source.words);
}

}  // namespace genmei::assure
