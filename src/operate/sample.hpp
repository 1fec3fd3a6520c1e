// Loads the sample provider of data/sample (its README.md is the format) into an empty organisation, through the record
// engine like any other work: every record has its author, its time and its approvals by somebody else. Used once, by
// `genmei init --sample`. Stops at the first thing that does not fit, with file and line.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "operate/workspace.hpp"

namespace genmei::operate {

// Makes the account of a person and answers it as an actor.
using MakeAccount = std::function<Result<record::Actor>(const std::string& login, const std::string& person,
                                                        const std::set<std::string>& roles)>;

struct SampleCount {
  int records = 0, transitions = 0, rows = 0;
};

// Errors: sample.form, sample.key, sample.row, sample.date, and everything the engine refuses, each with its place.
Result<SampleCount> load_sample(Workspace& workspace, const std::string& folder, const MakeAccount& account);

class Holidays;
// A date as the sample writes it: "2026-04-01", "-30d" calendar days, "+3b" business days, "-1m^" / "-1m$" first and
// last day of a month, all counted from `today`. Error sample.date.
Result<Date> relative_date(std::string_view text, Date today, const Holidays& holidays);

}  // namespace genmei::operate
