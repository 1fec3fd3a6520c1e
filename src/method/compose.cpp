#include "method/compose.hpp"

#include <algorithm>

namespace genmei::method {

int case_of(bool external_operator, bool service_linkage, bool server_linkage) {
  if (service_linkage) return server_linkage ? 4 : 3;
  return external_operator ? 1 : 2;
}

Result<Composition> compose(const Knowledge& knowledge, const Configuration& configuration) {
  Problems problems;
  const auto refuse = [&](std::string code, const std::string& place, const std::string& what) {
    problems.add(problem(Failure::invalid, std::move(code), place, {{"value", what}}, place + ": " + what));
  };
  Composition out;
  out.case_no = configuration.case_no;
  const bool case_known = std::any_of(knowledge.cases.begin(), knowledge.cases.end(),
                                      [&](const Case& one) { return one.no == configuration.case_no; });
  if (!case_known) refuse("method.unknown-case", "/configuration/case", std::to_string(configuration.case_no));

  if (configuration.components.empty()) {
    for (std::size_t i = 0; i < knowledge.components.size(); ++i) out.component_set.set(i);
  }
  for (std::size_t i = 0; i < configuration.components.size(); ++i) {
    if (const auto found = knowledge.component(configuration.components[i])) {
      out.component_set.set(*found);
    } else {
      refuse("method.unknown-component", "/configuration/components/" + std::to_string(i), configuration.components[i]);
    }
  }
  // In the order of the catalogue, whatever the order of the choice.
  for (std::uint16_t i = 0; i < knowledge.components.size(); ++i) {
    if (!out.component_set.test(i)) continue;
    out.components.push_back(i);
    for (const auto asset : knowledge.components[i].assets) {
      out.assets.push_back(asset);
      out.asset_set.set(asset);
    }
  }

  for (std::size_t i = 0; i < configuration.responsibilities.size(); ++i) {
    const auto& one = configuration.responsibilities[i];
    const auto place = "/configuration/responsibilities/" + std::to_string(i);
    const auto activity = std::find_if(knowledge.activities.begin(), knowledge.activities.end(),
                                       [&](const Activity& a) { return a.id == one.activity; });
    if (activity == knowledge.activities.end()) {
      refuse("method.unknown-activity", place, one.activity);
      continue;
    }
    const bool party_known = std::any_of(knowledge.parties.begin(), knowledge.parties.end(),
                                         [&](const Party& p) { return p.id == one.party; });
    if (!party_known) {
      refuse("method.unknown-party", place, one.party);
      continue;
    }
    // The provider may always do a thing itself; an Internet provider serves case 2 only (figure 26).
    const bool allowed =
        one.party == "asp-saas-provider" || (one.party == "isp" && out.case_no == 2) ||
        std::find(activity->parties.begin(), activity->parties.end(), one.party) != activity->parties.end();
    if (!allowed) {
      refuse("method.party-not-allowed", place, one.party);
      continue;
    }
    out.responsibilities.push_back(one);
  }
  for (const auto& activity : knowledge.activities) {
    const bool concerns =
        activity.components.empty() || std::any_of(activity.components.begin(), activity.components.end(),
                                                   [&](std::uint16_t c) { return out.component_set.test(c); });
    const bool settled = std::any_of(out.responsibilities.begin(), out.responsibilities.end(),
                                     [&](const Responsibility& r) { return r.activity == activity.id; });
    if (concerns && !settled) out.open_activities.push_back(activity.id);
  }
  if (!problems.empty()) return problems;
  return out;
}

}  // namespace genmei::method
