// Gap list: what is not met in one assessment, in all open ones, or for one service, with the evaluation items that are
// missed or not known to be met.
#include <algorithm>

#include "assure/views.hpp"
#include "operate/overview.hpp"
#include "report/gap.hpp"

namespace genmei::assure {
namespace {

using record::Filter;
using record::Record;

struct Scope {
  std::vector<Record> assessments;
  std::vector<Record> services;  // whose evaluation items are looked at
  std::optional<Record> service;
  std::string subject, secrecy;
};

Result<Scope> scope_of(Source& source) {
  Scope out;
  if (!source.request.service.empty()) {
    GENMEI_LET(service, find_service(source));
    out.subject = service_name(source, service);
    out.secrecy = service.text("class");
    out.services = {service};
    out.service = std::move(service);
  } else {
    GENMEI_LET(services,
               source.session.all("service", {{"state", Filter::Op::ne, {"ended"}}}, source.request.as_of, {"number"}));
    out.services = std::move(services);
  }
  if (!source.request.assessment.empty()) {
    GENMEI_LET(assessment, find_assessment(source, {}));
    if (out.subject.empty()) out.subject = assessment.text("title");
    if (out.secrecy.empty()) out.secrecy = assessment.text("class");
    out.assessments = {std::move(assessment)};
    return out;
  }
  GENMEI_LET(open, source.session.all("assessment", {{"state", Filter::Op::ne, {"closed"}}}, source.request.as_of));
  out.assessments = std::move(open);
  if (out.subject.empty()) out.subject = source.words("gap-all");
  if (out.secrecy.empty()) out.secrecy = "internal";
  return out;
}

bool concerns(const Record& row, const std::optional<Record>& service) {
  if (!service) return true;
  if (row.text("service") == service->id) return true;
  const auto services = row.list("services");
  return std::find(services.begin(), services.end(), service->id) != services.end();
}

report::GapItem::Class class_of(const Row& row) {
  using Class = report::GapItem::Class;
  if (json::boolean(row.fields, "must_reach")) return Class::must_reach;
  const auto rank = row.text("basic");
  if (rank == "basic") return Class::basic;
  return rank == "recommended" ? Class::recommended : Class::other;
}

report::GapItem::State state_of(const Row& row) {
  using State = report::GapItem::State;
  if (row.done()) return State::stale;
  const auto status = row.text("status");
  if (status == "partly") return State::partly;
  if (status == "planned") return State::planned;
  return status == "not-started" ? State::not_done : State::not_judged;
}

// What somebody noted; else what proves nothing any more; else what the item asks for.
std::string missing_of(const Source& source, const Row& row, const Names& names) {
  if (const auto noted = row.text("remarks"); !noted.empty()) return noted;
  if (row.done()) {
    const auto evidence = names_of(source, names, row.fields, "evidence", "evidence");
    return evidence.empty() ? source.words("gap-old-evidence")
                            : source.words("gap-old-evidence-of", {{"evidence", evidence}});
  }
  return row.item ? source.in(source.library().entry(*row.item).item->statement) : std::string();
}

std::string short_title(const Source& source, const standard::Catalogue& catalogue) {
  const auto& title = source.in(catalogue.short_title);
  return title.empty() ? source.in(catalogue.title) : title;
}

Result<void> add_rows(Source& source, const Record& assessment, const Scope& scope, report::GapView& view) {
  GENMEI_LET(
      all, source.session.all("requirement", {{"assessment", Filter::Op::eq, {assessment.id}}}, source.request.as_of));
  std::erase_if(all, [&](const Record& row) { return !concerns(row, scope.service); });
  GENMEI_LET(names, names_in(source, all));
  for (auto& one : all) {
    Row row;
    row.key = one.text("item");
    row.item = source.library().find(row.key);
    row.fields = std::move(one.fields);
    if (!row.applicable()) continue;
    // Evaluation items stand in the list as measured levels, not as rows that somebody judged.
    if (row.item && source.library().entry(*row.item).item->kind == standard::Kind::evaluation_item) continue;
    ++view.judged;
    if (row.done() && !row.stale()) continue;
    report::GapItem item;
    item.rank = class_of(row);
    item.state = state_of(row);
    if (row.item) item.standard = short_title(source, *source.library().entry(*row.item).catalogue);
    item.ref = reference_of(source, row);
    item.title = title_of(source, row);
    item.missing = missing_of(source, row, names);
    if (row.text("status") == "planned") item.action = row.text("what_we_do");
    item.owner = name_of(names, "person", row.text("responsible"));
    if (const auto day = parse_date(row.text("due_on"))) item.due = *day;
    view.items.push_back(std::move(item));
  }
  return {};
}

bool covers(const std::vector<Record>& assessments, const standard::Entry& entry) {
  return std::any_of(assessments.begin(), assessments.end(), [&](const Record& one) {
    return one.text("standard") == entry.catalogue->id &&
           (one.text("part").empty() || one.text("part") == entry.part->id);
  });
}

Result<std::string> definition_owner(Source& source, const std::string& definition) {
  if (definition.empty()) return std::string();
  auto found = source.session.get("measurement-definition", definition, source.request.as_of);
  if (!found) return std::string();
  GENMEI_LET(names, names_in(source, {*found}));
  return name_of(names, "person", found->text("owner"));
}

Result<void> add_levels(Source& source, const Record& service, const Scope& scope, report::GapView& view) {
  GENMEI_LET(profile, operate::service_profile(source.workspace, source.session, service, source.request.as_of));
  if (scope.service) view.pattern = pattern_facts(profile.facts.classification);
  GENMEI_LET(rows, operate::levels(source.workspace, source.session, profile, source.request.as_of));
  for (const auto& row : rows) {
    const auto& entry = source.library().entry(row.item);
    if (!source.request.assessment.empty() && !covers(scope.assessments, entry)) continue;
    ++view.judged;
    if (row.verdict == method::Verdict::met || row.verdict == method::Verdict::free) continue;
    report::GapItem item;
    item.rank = row.required.must_reach ? report::GapItem::Class::must_reach
                : entry.item->basic     ? report::GapItem::Class::basic
                                        : report::GapItem::Class::recommended;
    item.level = level_view(source, row);
    item.state = row.stale                                      ? report::GapItem::State::stale
                 : row.verdict == method::Verdict::not_measured ? report::GapItem::State::not_judged
                                                                : report::GapItem::State::missed;
    item.standard = short_title(source, *entry.catalogue);
    // The guideline prints no number for its evaluation items; people find them by the measure above.
    item.ref = entry.parent ? source.library().entry(*entry.parent).reference : entry.reference;
    item.title = {standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)};
    if (scope.services.size() > 1) {
      item.title.ja += "（" + service.text("name") + "）";
      item.title.en += " (" + service_name(source, service) + ")";
    }
    GENMEI_LET(owner, definition_owner(source, row.definition));
    item.owner = std::move(owner);
    view.items.push_back(std::move(item));
  }
  return {};
}

}  // namespace

Result<report::Document> gap_report(Source& source) {
  GENMEI_LET(scope, scope_of(source));
  report::GapView view;
  GENMEI_LET(front, working_front(source, scope.secrecy));
  view.front = std::move(front);
  view.subject = scope.subject;
  view.today = japan_date(source.at);
  for (const auto& assessment : scope.assessments) GENMEI_TRY(add_rows(source, assessment, scope, view));
  for (const auto& service : scope.services) GENMEI_TRY(add_levels(source, service, scope, view));
  return report::gap_document(view, source.words);
}

}  // namespace genmei::assure
