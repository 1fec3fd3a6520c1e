// Loads the sample provider of data/sample (its README.md is the format) into an empty organisation, through the record
// engine like any other work: every record has its author, its time and its approvals by somebody else. Used once, by
// `genmei init --sample`. Stops at the first thing that does not fit, with file and line.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "operate/workspace.hpp"

namespace genmei::operate {

// What the loader needs from the layers beside it.
struct SampleHelp {
  // Makes the account of a person and answers it as an actor.
  std::function<Result<record::Actor>(const std::string& login, const std::string& person,
                                      const std::set<std::string>& roles)>
      account;
  // Makes the rows of an assessment that has just been created.
  std::function<Result<void>(record::Session&, const std::string& assessment, Instant at)> rows;
  // Freezes an assessment into the next edition of `kind` and answers its id.
  std::function<Result<std::string>(record::Session&, const std::string& kind, const std::string& assessment,
                                    Instant at)>
      freeze;
};

struct SampleCount {
  int records = 0, transitions = 0, rows = 0;
};

// Errors: sample.form, sample.key, sample.row, calendar.date, and everything the engine refuses, each with its place.
Result<SampleCount> load_sample(Workspace& workspace, const std::string& folder, const SampleHelp& help);

}  // namespace genmei::operate
