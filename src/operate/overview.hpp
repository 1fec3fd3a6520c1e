// "Are we all right, and what do I do next?": posture over all standards, levels of the services, duties, the year. One
// view model for home, posture and reports, so that two pages never tell different stories.
#pragma once

#include "operate/assessment.hpp"
#include "operate/recurrence.hpp"

namespace genmei::operate {

struct PartPosture {
  std::string standard, part, assessment;
  Bilingual title;
  int total = 0, met = 0, partly = 0, not_met = 0, none = 0, excluded = 0, stale = 0;
};
// Counts of every open assessment. With `as_of` out of history; otherwise from exact counters (≤ 20 ms at 200,000
// rows).
Result<std::vector<PartPosture>> posture(const Workspace& workspace, record::Session& session,
                                         const std::optional<Instant>& as_of = {});

struct ServiceStanding {
  record::Record service;
  int must_met = 0, must_total = 0, must_missed = 0, unmeasured = 0;
  std::vector<LevelRow> levels;
  method::ServiceFacts facts;
};
Result<std::vector<ServiceStanding>> standings(const Workspace& workspace, record::Session& session,
                                               const std::optional<Instant>& as_of = {});

struct DutyDay {
  int done = 0, due = 0, late = 0;
};
// Duties by date within [from, to], both included.
Result<std::map<std::string, DutyDay>> duty_days(const Workspace& workspace, record::Session& session,
                                                 const std::string& from, const std::string& to);

// First day of the fiscal year that contains `today`, by the organisation's first month.
Date fiscal_year_start(Date today, int first_month);
Result<record::Record> organisation_record(record::Session& session);  // not-found before the first hour

}  // namespace genmei::operate
