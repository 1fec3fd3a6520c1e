// What a change of a service's facts does to its duties: shown before it is applied, then applied in one transaction -
// service, components, assets, assessments, rows and first tasks. The first-hour guide ends here.
#pragma once

#include "operate/assessment.hpp"

namespace genmei::operate {

struct PlannedItem {
  standard::Index item = 0;
  bool basic = true;
  std::optional<method::Level> before, after;
};

struct Plan {
  method::Classification before, after;
  std::vector<PlannedItem> added, removed, changed;
  std::size_t kept = 0;
};

// `changes` are fields of the service; `standards` replaces the chosen ones unless empty.
Result<Plan> plan(const Workspace& workspace, record::Session& session, const record::Record& service,
                  const json::Object& changes);

struct Applied {
  record::Record service;
  int components = 0, assets = 0, rows = 0;
  std::vector<record::Record> tasks;
};
// Errors: whatever the record engine refuses; nothing is written then.
Result<Applied> apply_plan(const Workspace& workspace, record::Session& session, const record::Record& service,
                           const json::Object& changes, const std::vector<std::string>& component_types);

}  // namespace genmei::operate
