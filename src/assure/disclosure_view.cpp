// Disclosure sheet for customers: levels, what the service's record says to customers, and the duties of disclosure
// that are met. Nothing written for the house goes out: no evidence, no finding, no person, no text of a row (T68).
#include <algorithm>
#include <array>
#include <set>

#include "assure/views.hpp"
#include "report/disclosure.hpp"

namespace genmei::assure {
namespace {

using record::Filter;
using record::Record;

constexpr std::array<std::string_view, 8> customer_fields = {"functions",    "operating_hours", "customer_data_access",
                                                             "data_regions", "governing_law",   "encryption",
                                                             "redundancy",   "portability"};

std::string section_title(const Source& source, const record::Kind& kind, const std::string& id) {
  for (const auto& [name, title] : kind.sections) {
    if (name == id) return source.in(title);
  }
  return {};
}

void add_statements(const Source& source, const Record& service, report::DisclosureView& view) {
  const auto* kind = source.workspace.registry().find("service");
  if (kind == nullptr) return;
  const auto section = section_title(source, *kind, "facts");
  for (const auto name : customer_fields) {
    const auto* field = kind->field(name);
    if (field == nullptr) continue;
    view.statements.push_back({section, source.in(field->title), service.text(name), true});
  }
}

Result<void> add_duties(Source& source, const Record& service, report::DisclosureView& view) {
  GENMEI_LET(rows, source.session.all("requirement",
                                      {{"services", Filter::Op::eq, {service.id}},
                                       {"customer_duty", Filter::Op::eq, {"disclose"}},
                                       {"applicable", Filter::Op::eq, {"true"}}},
                                      source.request.as_of));
  std::set<standard::Index> met;
  for (auto& one : rows) {
    Row row;
    row.key = one.text("item");
    row.fields = std::move(one.fields);
    if (const auto item = source.library().find(row.key); item && row.done() && !row.stale()) met.insert(*item);
  }
  const auto section = source.words("disclosure-duties");
  for (const auto item : met) {
    const auto& entry = source.library().entry(item);
    view.statements.push_back({section, standard::label(*entry.item, source.language()),
                               source.words("disclosure-duty-met", {{"ref", entry.reference}}), true});
  }
  return {};
}

}  // namespace

Result<report::Document> disclosure_report(Source& source) {
  GENMEI_LET(service, find_service(source));
  GENMEI_LET(profile, operate::service_profile(source.workspace, source.session, service, source.request.as_of));
  report::DisclosureView view;
  GENMEI_LET(front, working_front(source, {}));
  view.front = std::move(front);
  view.service = service_name(source, service);
  view.description = service.text("description");
  view.audience = source.words("disclosure-audience");
  view.contact = service.text("support_window");
  view.facts = pattern_facts(profile.facts.classification);
  GENMEI_LET(rows, operate::levels(source.workspace, source.session, profile, source.request.as_of));
  for (const auto& row : rows) view.levels.push_back({level_view(source, row), true});
  add_statements(source, service, view);
  GENMEI_TRY(add_duties(source, service, view));
  return report::disclosure_document(view, source.words);
}

}  // namespace genmei::assure
