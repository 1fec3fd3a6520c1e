// Which threats act directly on an asset, which controls counter a threat, and what stays uncovered (T1-T6 of the
// report). An entry "recover" does not count for confidentiality: what leaked cannot be brought back. Pure.
#pragma once

#include <span>
#include <vector>

#include "method/knowledge.hpp"

namespace genmei::method {

struct Exposure {
  Property property = Property::confidentiality;
  Cause cause = Cause::malicious;
  std::uint16_t threat = 0;
};
// In the order of figure 33: by property, cause, place in the cell.
std::vector<Exposure> exposures(const Knowledge& knowledge, std::uint16_t asset);

// Controls of the given standards ("standard" or "standard/part"; empty = all) that count for this threat and property.
std::vector<Countermeasure> countermeasures(const Knowledge& knowledge, const standard::Library& library,
                                            std::uint16_t threat, Property property,
                                            std::span<const std::string> standards = {});

// How well one threat to one property of one asset is covered by what is carried out.
struct Coverage {
  std::uint16_t asset = 0;
  Exposure exposure;
  std::uint16_t demanded = 0;  // controls that count
  std::uint16_t carried_out = 0;
  bool prevented = false;  // at least one preventing control is carried out
  [[nodiscard]] bool uncovered() const { return carried_out == 0; }
};
// `carried_out` tells of every item of the library whether it is carried out (index = standard::Index).
std::vector<Coverage> coverage(const Knowledge& knowledge, const standard::Library& library,
                               std::span<const std::uint16_t> assets, const std::vector<bool>& carried_out,
                               std::span<const std::string> standards = {});

// Controls that recur over several assets (T6), most assets first.
struct CommonMeasure {
  standard::Index item = 0;
  std::uint16_t asset_count = 0;
  std::uint16_t threat_count = 0;
};
std::vector<CommonMeasure> common_measures(const Knowledge& knowledge, std::span<const std::uint16_t> assets);

}  // namespace genmei::method
