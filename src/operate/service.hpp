// A service seen by the method: from its records (facts, judgement, configuration, components, contracts) to what the
// method derives from them. Reads through the caller's Session; writes nothing. With `as_of` it is the service of that
// day.
#pragma once

#include "method/classify.hpp"
#include "method/compose.hpp"
#include "method/derive.hpp"
#include "operate/workspace.hpp"

namespace genmei::operate {

struct ServiceProfile {
  record::Record service;
  std::optional<record::Record> judgement;  // the approved one, if there is
  std::vector<record::Record> components;   // registered ones; none = the standard components are assumed
  method::ServiceFacts facts;
  method::Composition composition;
  std::vector<method::Requirement> requirements;
  Workspace::Catalogues catalogues;
};

// Standards a service is derived against when it has chosen none.
const std::vector<std::string>& default_standards();

Result<ServiceProfile> service_profile(const Workspace& workspace, record::Session& session,
                                       const record::Record& service, const std::optional<Instant>& as_of = {});
// Only the classification, for the computed fields of the kind.
Result<method::Classification> classify_service(const Workspace& workspace, record::Session& session,
                                                const record::Record& service,
                                                const std::optional<record::Record>& judgement);
// The newest approved judgement of a service.
Result<std::optional<record::Record>> approved_judgement(record::Session& session, const std::string& service,
                                                         const std::optional<Instant>& as_of = {});

// What a service reaches, per evaluation item.
struct LevelRow {
  standard::Index item = 0;
  method::Level reference;                    // of the pattern, strictest over shared assets
  std::optional<double> contract;             // promised value
  method::Level required;                     // the stricter of both
  std::optional<record::Record> measurement;  // newest with a value
  std::vector<record::Record> series;         // newest first, at most 12
  std::optional<double> measured;
  bool stale = false;
  method::Verdict verdict = method::Verdict::not_measured;
  std::vector<std::string> demanded_by;  // names of services
  std::string definition;                // id of the measurement definition, may be empty
};
Result<std::vector<LevelRow>> levels(const Workspace& workspace, record::Session& session,
                                     const ServiceProfile& profile, const std::optional<Instant>& as_of = {});

}  // namespace genmei::operate
