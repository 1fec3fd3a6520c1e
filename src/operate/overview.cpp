#include "operate/overview.hpp"

#include <algorithm>

namespace genmei::operate {
namespace {

using record::Filter;
using record::Record;

void count(PartPosture& out, std::string_view status, bool applicable, int n) {
  out.total += n;
  if (!applicable || status == "not-applicable") {
    out.excluded += n;
  } else if (status == "implemented" || status == "verified") {
    out.met += n;
  } else if (status == "partly") {
    out.partly += n;
  } else if (status == "not-started" || status == "planned") {
    out.not_met += n;
  } else {
    out.none += n;
  }
}

}  // namespace

Result<std::vector<PartPosture>> posture(const Workspace& workspace, record::Session& session,
                                         const std::optional<Instant>& as_of) {
  const auto catalogues = workspace.catalogues();
  GENMEI_LET(assessments, session.all("assessment", {{"state", Filter::Op::ne, {"closed"}}}, as_of, {"number"}));
  std::map<std::string, PartPosture> by_assessment;
  std::vector<std::string> order;
  for (const auto& assessment : assessments) {
    auto& out = by_assessment[assessment.id];
    order.push_back(assessment.id);
    out.assessment = assessment.id;
    out.standard = assessment.text("standard");
    out.part = assessment.text("part");
    const auto title = assessment.text("title");
    out.title = {title, title};
    if (const auto* catalogue = catalogues.library->catalogue(out.standard)) {
      out.title = catalogue->short_title;
      if (const auto* part = catalogue->part(out.part)) {
        out.title.ja += " " + part->title.ja;
        out.title.en += " " + part->title.en;
      }
    }
  }
  const auto counters = as_of ? Result<std::map<std::string, std::int64_t>>(Problems{}) : session.tally("requirement");
  if (counters) {
    for (const auto& [key, n] : *counters) {
      // ["assessment","status",applicable,must_reach], as the engine wrote it.
      const auto parts = split(key, ',');
      if (parts.size() < 3 || parts[0].size() < 4 || parts[1].size() < 2) continue;
      const auto found = by_assessment.find(std::string(parts[0].substr(2, parts[0].size() - 3)));
      if (found == by_assessment.end()) continue;
      const auto status = parts[1].front() == '"' ? parts[1].substr(1, parts[1].size() - 2) : std::string_view();
      count(found->second, status, parts[2] != "false", static_cast<int>(n));
    }
  } else {
    GENMEI_LET(rows, session.all("requirement", {}, as_of));
    for (const auto& row : rows) {
      const auto found = by_assessment.find(row.text("assessment"));
      if (found != by_assessment.end())
        count(found->second, row.text("status"), json::boolean(row.fields, "applicable", true), 1);
    }
  }
  // A status that rests on old evidence does not count as met.
  GENMEI_LET(stale, session.all("requirement", {{"stale", Filter::Op::eq, {"true"}}}, as_of));
  for (const auto& row : stale) {
    const auto found = by_assessment.find(row.text("assessment"));
    if (found == by_assessment.end()) continue;
    ++found->second.stale;
    const auto status = row.text("status");
    if (status == "implemented" || status == "verified") {
      --found->second.met;
      ++found->second.partly;
    }
  }
  std::vector<PartPosture> out;
  for (const auto& id : order) out.push_back(std::move(by_assessment[id]));
  return out;
}

Result<std::vector<ServiceStanding>> standings(const Workspace& workspace, record::Session& session,
                                               const std::optional<Instant>& as_of) {
  GENMEI_LET(services, session.all("service", {{"state", Filter::Op::ne, {"ended"}}}, as_of, {"number"}));
  std::vector<ServiceStanding> out;
  for (auto& service : services) {
    ServiceStanding standing;
    GENMEI_LET(profile, service_profile(workspace, session, service, as_of));
    GENMEI_LET(rows, levels(workspace, session, profile, as_of));
    for (const auto& row : rows) {
      if (row.verdict == method::Verdict::not_measured) ++standing.unmeasured;
      if (!row.required.must_reach) continue;
      ++standing.must_total;
      if (row.verdict == method::Verdict::met) ++standing.must_met;
      if (row.verdict == method::Verdict::not_met) ++standing.must_missed;
    }
    standing.levels = std::move(rows);
    standing.facts = std::move(profile.facts);
    standing.service = std::move(service);
    out.push_back(std::move(standing));
  }
  return out;
}

Result<std::map<std::string, DutyDay>> duty_days(const Workspace& workspace, record::Session& session,
                                                 const std::string& from, const std::string& to) {
  std::map<std::string, DutyDay> out;
  const auto today = workspace.today();
  GENMEI_LET(tasks, session.all("task", {{"due_on", Filter::Op::ge, {from}},
                                         {"due_on", Filter::Op::le, {to}},
                                         {"state", Filter::Op::ne, {"cancelled"}}}));
  for (const auto& task : tasks) {
    auto& day = out[task.text("due_on")];
    if (task.state == "done") {
      ++day.done;
    } else if (task.text("due_on") < today) {
      ++day.late;
    } else {
      ++day.due;
    }
  }
  return out;
}

Date fiscal_year_start(Date today, int first_month) {
  const std::chrono::month month{static_cast<unsigned>(std::clamp(first_month, 1, 12))};
  const auto year = today.month() >= month ? today.year() : today.year() - std::chrono::years{1};
  return year / month / std::chrono::day{1};
}

Result<Record> organisation_record(record::Session& session) {
  record::Query query;
  query.kind = "organisation";
  query.limit = 1;
  query.sort = {"created_at"};
  GENMEI_LET(page, session.as_product().list(query));
  if (page.items.empty()) return problem(Failure::not_found, "record.not-found", {}, {{"kind", "organisation"}});
  return std::move(page.items.front());
}

}  // namespace genmei::operate
