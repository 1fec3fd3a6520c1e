// Home, posture and calendar: the same view model in three sizes.
#include <algorithm>

#include "operate/overview.hpp"
#include "server/api.hpp"

namespace genmei::server {
namespace {

using operate::PartPosture;
using record::Filter;

json::Object posture_json(const PartPosture& part) {
  json::Object out;
  out["standard"] = part.standard;
  out["part"] = part.part;
  out["title"] = bilingual_json(part.title);
  out["total"] = part.total;
  out["met"] = part.met;
  out["partly"] = part.partly;
  out["not"] = part.not_met;
  out["none"] = part.none;
  out["excluded"] = part.excluded;
  out["stale"] = part.stale;
  out["assessment"] = part.assessment;
  return out;
}

json::Array postures_json(const std::vector<PartPosture>& parts) {
  json::Array out;
  for (const auto& part : parts) out.push_back(posture_json(part));
  return out;
}

struct Totals {
  std::int64_t must_total = 0, must_missed = 0, unmeasured = 0;
  std::string missed_service;
};

Totals totals_of(const std::vector<operate::ServiceStanding>& standings) {
  Totals out;
  for (const auto& one : standings) {
    out.must_total += one.must_total;
    out.must_missed += one.must_missed;
    out.unmeasured += one.unmeasured;
    if (one.must_missed > 0 && out.missed_service.empty()) out.missed_service = one.service.text("name");
  }
  return out;
}

// Number of records a filter finds, with the list that shows them.
Result<std::int64_t> count(Call& call, const char* kind, std::vector<Filter> filters) {
  record::Query query;
  query.kind = kind;
  query.filters = std::move(filters);
  query.limit = 1;
  query.count = true;
  GENMEI_LET(page, call.session.list(query));
  return page.total.value_or(0);
}

struct Duties {
  std::int64_t overdue = 0, today = 0, week = 0, stale_evidence = 0, evidence = 0;
};

Result<Duties> duties(Call& call) {
  Duties out;
  const auto today = call.workspace().today();
  const auto week =
      format_date(Date{std::chrono::sys_days{japan_date(call.workspace().clock().now())} + std::chrono::days{7}});
  const Filter open{"state", Filter::Op::eq, {"open"}};
  GENMEI_LET(overdue, count(call, "task", {open, {"due_on", Filter::Op::lt, {today}}}));
  GENMEI_LET(now, count(call, "task", {open, {"due_on", Filter::Op::eq, {today}}}));
  GENMEI_LET(soon,
             count(call, "task", {open, {"due_on", Filter::Op::gt, {today}}, {"due_on", Filter::Op::le, {week}}}));
  GENMEI_LET(stale, count(call, "evidence",
                          {{"expires_on", Filter::Op::lt, {today}}, {"state", Filter::Op::ne, {"withdrawn"}}}));
  GENMEI_LET(all, count(call, "evidence", {{"state", Filter::Op::ne, {"withdrawn"}}}));
  out = {overdue, now, soon, stale, all};
  return out;
}

Result<http::Response> posture(Call& call) {
  GENMEI_LET(as_of, call.as_of());
  GENMEI_LET(parts, operate::posture(call.workspace(), call.session, as_of));
  json::Object out;
  out["standards"] = postures_json(parts);
  if (call.request.query.get("part") == "standards") return Call::ok(out);
  GENMEI_LET(standings, operate::standings(call.workspace(), call.session, as_of));
  const auto totals = totals_of(standings);
  json::Object must;
  must["total"] = totals.must_total;
  must["missed"] = totals.must_missed;
  out["must_reach"] = std::move(must);
  GENMEI_LET(work, duties(call));
  json::Object tasks;
  tasks["overdue"] = work.overdue;
  tasks["today"] = work.today;
  tasks["week"] = work.week;
  out["tasks"] = std::move(tasks);
  json::Object evidence;
  evidence["stale"] = work.stale_evidence;
  evidence["total"] = work.evidence;
  out["evidence"] = std::move(evidence);
  json::Array services;
  for (const auto& one : standings) {
    json::Object service;
    service["id"] = one.service.id;
    service["name"] = one.service.text("name");
    service["must_met"] = one.must_met;
    service["must_total"] = one.must_total;
    service["must_missed"] = one.must_missed;
    services.push_back(std::move(service));
  }
  out["by_service"] = std::move(services);
  return Call::ok(out);
}

json::Object figure(const char* id, std::int64_t value, Bilingual unit, Bilingual label, Bilingual note,
                    const char* tone, const std::string& path) {
  json::Object out;
  out["id"] = id;
  out["value"] = value;
  out["unit"] = bilingual_json(unit);
  out["label"] = bilingual_json(label);
  out["note"] = bilingual_json(note);
  out["tone"] = tone;
  out["path"] = path;
  return out;
}

std::string n(std::int64_t value) { return std::to_string(value); }

// The verdict names the one worst thing, in a fixed order: a must-reach level missed, overdue work, old evidence, all
// well.
json::Object verdict(const Totals& totals, const Duties& work, std::int64_t open_rows, bool any_service) {
  json::Object out;
  Bilingual text;
  Bilingual sub;
  const char* level = "met";
  if (!any_service) {
    level = "none";
    text = {"まず、サービスを1つ書くところから始めます。", "Begin by describing one service."};
    sub = {"守る水準とすることの一覧が、10分ほどで出ます。",
           "Ten minutes give you the level to keep and the list of what to do."};
  } else if (totals.must_missed > 0) {
    level = "miss";
    text = {"必達の水準は、" + n(totals.must_missed) + "項目を除いて守れています。",
            totals.must_missed == 1 ? "All must-reach levels hold, except one."
                                    : "All must-reach levels hold, except " + n(totals.must_missed) + "."};
  } else if (work.overdue > 0) {
    level = "warn";
    text = {"期限を過ぎた仕事が" + n(work.overdue) + "件あります。",
            work.overdue == 1 ? "One task is overdue." : n(work.overdue) + " tasks are overdue."};
  } else if (work.stale_evidence > 0) {
    level = "warn";
    text = {"古くなった証拠が" + n(work.stale_evidence) + "件あります。",
            n(work.stale_evidence) + " pieces of evidence are out of date."};
  } else if (totals.must_total > 0 && totals.unmeasured > 0) {
    level = "none";
    text = {"守れていない水準はありません。まだ測っていない項目が" + n(totals.unmeasured) + "つあります。",
            "No level is missed. " + n(totals.unmeasured) + " are not measured yet."};
  } else {
    text = {"必達の水準は、すべて守れています。", "All must-reach levels hold."};
  }
  if (any_service) {
    sub = {"期限を過ぎた仕事が" + n(work.overdue) + "件、今日が期限の仕事が" + n(work.today) +
               "件あります。手を打つ要求事項は" + n(open_rows) + "件です。",
           n(work.overdue) + " overdue, " + n(work.today) + " due today. " + n(open_rows) +
               " requirements call for action."};
  }
  out["level"] = level;
  out["text"] = bilingual_json(text);
  out["sub"] = bilingual_json(sub);
  return out;
}

Result<json::Object> calendar_json(Call& call, const std::string& from, const std::string& to) {
  GENMEI_LET(days, operate::duty_days(call.workspace(), call.session, from, to));
  GENMEI_LET(holidays, operate::Holidays::load(call.workspace().shipped() + "/holidays/japan.yaml"));
  json::Object out;
  out["from"] = from;
  out["to"] = to;
  json::Array list;
  std::map<std::string, int> weeks;  // Monday → open duties
  for (const auto& [date, day] : days) {
    json::Object one;
    one["date"] = date;
    one["done"] = day.done;
    one["due"] = day.due;
    one["late"] = day.late;
    list.push_back(std::move(one));
    if (const auto parsed = parse_date(date); parsed && day.due > 0) {
      const std::chrono::sys_days at{*parsed};
      const auto monday = at - (std::chrono::weekday{at} - std::chrono::Monday);
      weeks[format_date(Date{monday})] += day.due;
    }
  }
  out["days"] = std::move(list);
  json::Array dates;
  for (const auto& [date, name] : holidays.all()) {
    if (date < from || date > to) continue;
    json::Object holiday;
    holiday["date"] = date;
    holiday["name"] = bilingual_json(name);
    dates.push_back(std::move(holiday));
  }
  out["holidays"] = std::move(dates);
  const auto peak =
      std::max_element(weeks.begin(), weeks.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (peak != weeks.end()) {
    json::Object next;
    next["week"] = peak->first;
    next["count"] = peak->second;
    out["next_peak"] = std::move(next);
  } else {
    out["next_peak"] = nullptr;
  }
  return out;
}

Result<http::Response> home(Call& call) {
  const auto catalogues = call.workspace().catalogues();
  const auto today = call.workspace().today();
  GENMEI_LET(parts, operate::posture(call.workspace(), call.session));
  GENMEI_LET(standings, operate::standings(call.workspace(), call.session));
  GENMEI_LET(work, duties(call));
  const auto totals = totals_of(standings);
  std::int64_t open_rows = 0;
  std::int64_t unjudged = 0;
  for (const auto& part : parts) {
    open_rows += part.partly + part.not_met;
    unjudged += part.none;
  }
  GENMEI_LET(waiting, count(call, "statement-of-applicability", {{"state", Filter::Op::eq, {"submitted"}}}));
  json::Object out;
  out["today"] = today;
  out["verdict"] = verdict(totals, work, open_rows, !standings.empty());
  json::Array figures;
  figures.push_back(figure(
      "must-missed", totals.must_missed, {"項目", "items"}, {"必達の未達", "Must-reach missed"},
      {"全" + n(totals.must_total) + "項目のうち" + (totals.missed_service.empty() ? "" : "。" + totals.missed_service),
       "of " + n(totals.must_total) + (totals.missed_service.empty() ? "" : ", " + totals.missed_service)},
      totals.must_missed > 0 ? "miss" : "met", "/services"));
  figures.push_back(figure(
      "overdue", work.overdue, {"件", "tasks"}, {"期限を過ぎた仕事", "Overdue work"},
      {"今週が期限の仕事は" + n(work.today + work.week) + "件", n(work.today + work.week) + " due within a week"},
      work.overdue > 0 ? "miss" : "met", "/work"));
  figures.push_back(figure("to-act", open_rows, {"件", "items"}, {"手を打つ要求事項", "Requirements to act on"},
                           {"一部と未実施", "partly or not done"}, open_rows > 0 ? "warn" : "met",
                           "/records/requirement?view=act"));
  figures.push_back(figure("stale", work.stale_evidence, {"件", "items"}, {"古くなった証拠", "Old evidence"},
                           {"全" + n(work.evidence) + "件のうち", "of " + n(work.evidence)},
                           work.stale_evidence > 0 ? "warn" : "met", "/records/evidence?view=stale"));
  figures.push_back(figure("unjudged", unjudged, {"件", "items"}, {"未評価の要求事項", "Not assessed yet"},
                           {"承認を待つ版は" + n(waiting) + "件", n(waiting) + " editions wait for approval"},
                           unjudged > 0 ? "none" : "met", "/records/requirement?view=unassessed"));
  out["figures"] = std::move(figures);

  record::Query query;
  query.kind = "task";
  query.filters.push_back({"state", Filter::Op::eq, {"open"}});
  query.sort = {"due_on"};
  query.limit = 6;
  query.count = true;
  GENMEI_LET(next, call.session.list(query));
  GENMEI_LET(holidays, operate::Holidays::load(call.workspace().shipped() + "/holidays/japan.yaml"));
  json::Array tasks;
  const auto now = japan_date(call.workspace().clock().now());
  for (const auto& task : next.items) {
    auto value = task.api();
    if (const auto due = parse_date(task.text("due_on")))
      value.get_object()["late_business_days"] = operate::days_late(holidays, *due, now);
    tasks.push_back(std::move(value));
  }
  out["tasks"] = std::move(tasks);
  out["tasks_total"] = next.total.value_or(0);

  json::Array services;
  for (const auto& one : standings) {
    json::Object service;
    service["id"] = one.service.id;
    service["name"] = one.service.text("name");
    service["pattern"] =
        json::integer(one.service.fields, "pattern") > 0 ? one.service.fields.at("pattern") : json::Value(nullptr);
    json::Object must;
    must["met"] = one.must_met;
    must["total"] = one.must_total;
    must["missed"] = one.must_missed;
    service["must_reach"] = std::move(must);
    service["unmeasured"] = one.unmeasured;
    // The row worth showing: a miss first, else one that was measured.
    const operate::LevelRow* lead = nullptr;
    for (const auto& row : one.levels) {
      if (row.verdict == method::Verdict::not_met && row.required.must_reach) lead = &row;
    }
    for (const auto& row : one.levels) {
      if (lead == nullptr && row.measured) lead = &row;
    }
    service["lead"] = lead != nullptr ? json::Value(level_json(call, catalogues, *lead, {})) : json::Value(nullptr);
    services.push_back(std::move(service));
  }
  out["services"] = std::move(services);
  json::Object posture;
  posture["standards"] = postures_json(parts);
  out["posture"] = std::move(posture);
  int first_month = 4;
  if (const auto organisation = operate::organisation_record(call.session)) {
    first_month = static_cast<int>(json::integer(organisation->fields, "fiscal_year_start", 4));
  }
  const auto from = operate::fiscal_year_start(now, first_month);
  const auto to = Date{std::chrono::sys_days{operate::add_months(from, 12)} - std::chrono::days{1}};
  GENMEI_LET(calendar, calendar_json(call, format_date(from), format_date(to)));
  out["calendar"] = std::move(calendar);
  const auto checkpoint = call.workspace().sequencer().latest();
  json::Object ledger;
  ledger["entries"] = checkpoint.size;
  ledger["verified_at"] = checkpoint.size > 0 ? json::Value(format_instant(checkpoint.at)) : json::Value(nullptr);
  out["ledger"] = std::move(ledger);
  json::Object setup;
  setup["done"] = !parts.empty();
  setup["services"] = standings.size();
  out["setup"] = std::move(setup);
  std::vector<record::Record> shown = next.items;
  GENMEI_LET(labels, call.session.labels(shown, call.language));
  out["labels"] = labels_json(labels);
  return Call::ok(out);
}

Result<http::Response> calendar(Call& call) {
  const std::string from(call.request.query.get("from"));
  const std::string to(call.request.query.get("to"));
  GENMEI_TRY(parse_date(from));
  GENMEI_TRY(parse_date(to));
  GENMEI_LET(out, calendar_json(call, from, to));
  record::Query query;
  query.kind = "task";
  query.filters = {
      {"due_on", Filter::Op::ge, {from}}, {"due_on", Filter::Op::le, {to}}, {"state", Filter::Op::ne, {"cancelled"}}};
  if (const std::string owner(call.request.query.get("owner")); !owner.empty()) {
    query.filters.push_back({"owner", Filter::Op::eq, {owner == "@me" ? call.session.actor().person : owner}});
  }
  query.sort = {"due_on"};
  query.limit = 500;
  GENMEI_LET(page, call.session.list(query));
  json::Array tasks;
  for (const auto& task : page.items) tasks.push_back(task.api());
  out["tasks"] = std::move(tasks);
  GENMEI_LET(labels, call.session.labels(page.items, call.language));
  out["labels"] = labels_json(labels);
  return Call::ok(out);
}

}  // namespace

void Api::add_overview_routes(http::Router& router) {
  using http::Method;
  route(router, Method::get, "/home", home);
  route(router, Method::get, "/posture", posture);
  route(router, Method::get, "/calendar", calendar);
}

}  // namespace genmei::server
