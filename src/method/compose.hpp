// The system of a service: one of four configurations (figures 25-28), the components it consists of, and who carries
// out which activity. From them follow the information assets (figures 30, 31). Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "method/knowledge.hpp"

namespace genmei::method {

struct Responsibility {
  std::string activity;  // id in Knowledge::activities
  std::string party;     // id in Knowledge::parties
};

struct Configuration {
  int case_no = 1;                      // 1..4
  std::vector<std::string> components;  // ids; empty = all 15
  std::vector<Responsibility> responsibilities;
};

struct Composition {
  int case_no = 1;
  std::vector<std::uint16_t> components;
  std::vector<std::uint16_t> assets;
  ComponentSet component_set;
  AssetSet asset_set;
  std::vector<Responsibility> responsibilities;
  std::vector<std::string> open_activities;  // activities on these components without a party
};

// Errors: method.unknown-component, method.unknown-case, method.unknown-activity, method.unknown-party,
// method.party-not-allowed, all collected.
Result<Composition> compose(const Knowledge& knowledge, const Configuration& configuration);
// The configuration case from the two questions (external operator, linkage) and, with linkage, whether servers are
// linked.
int case_of(bool external_operator, bool service_linkage, bool server_linkage);

}  // namespace genmei::method
