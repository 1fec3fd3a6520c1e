#include "method/expose.hpp"

#include <algorithm>

namespace genmei::method {
namespace {

bool chosen(const standard::Library& library, standard::Index item, std::span<const std::string> standards) {
  const auto& entry = library.entry(item);
  if (standards.empty()) return !entry.part->optional;
  return std::any_of(standards.begin(), standards.end(), [&](const std::string& one) {
    if (one == entry.catalogue->id) return !entry.part->optional;
    return one.size() == entry.catalogue->id.size() + 1 + entry.part->id.size() &&
           one.starts_with(entry.catalogue->id) && one.ends_with("/" + entry.part->id);
  });
}

// What leaked cannot be brought back.
bool counts(const Countermeasure& one, Property property) {
  return one.how != standard::How::recover || property != Property::confidentiality;
}

}  // namespace

std::vector<Exposure> exposures(const Knowledge& knowledge, std::uint16_t asset) {
  std::vector<Exposure> out;
  for (const auto& one : knowledge.placements_of(asset)) out.push_back({one.property, one.cause, one.threat});
  return out;
}

std::vector<Countermeasure> countermeasures(const Knowledge& knowledge, const standard::Library& library,
                                            std::uint16_t threat, Property property,
                                            std::span<const std::string> standards) {
  std::vector<Countermeasure> out;
  for (const auto& one : knowledge.countermeasures_of(threat)) {
    if (counts(one, property) && chosen(library, one.item, standards)) out.push_back(one);
  }
  return out;
}

std::vector<Coverage> coverage(const Knowledge& knowledge, const standard::Library& library,
                               std::span<const std::uint16_t> assets, const std::vector<bool>& carried_out,
                               std::span<const std::string> standards) {
  // Threats recur over many assets: their sums are made once per property.
  struct Sum {
    bool made = false;
    std::uint16_t demanded = 0;
    std::uint16_t done = 0;
    bool prevented = false;
  };
  constexpr std::size_t properties = 3;
  std::vector<std::array<Sum, properties>> sums(knowledge.threats.size());
  std::vector<Coverage> out;
  for (const auto asset : assets) {
    for (const auto& exposure : exposures(knowledge, asset)) {
      auto& sum = sums[exposure.threat][static_cast<std::size_t>(exposure.property)];
      if (!sum.made) {
        sum.made = true;
        for (const auto& one : countermeasures(knowledge, library, exposure.threat, exposure.property, standards)) {
          ++sum.demanded;
          if (one.item >= carried_out.size() || !carried_out[one.item]) continue;
          ++sum.done;
          sum.prevented = sum.prevented || one.how == standard::How::prevent;
        }
      }
      out.push_back({asset, exposure, sum.demanded, sum.done, sum.prevented});
    }
  }
  return out;
}

std::vector<CommonMeasure> common_measures(const Knowledge& knowledge, std::span<const std::uint16_t> assets) {
  std::unordered_map<standard::Index, std::pair<AssetSet, ThreatSet>> seen;
  for (const auto asset : assets) {
    for (const auto& exposure : exposures(knowledge, asset)) {
      for (const auto& one : knowledge.countermeasures_of(exposure.threat)) {
        if (!counts(one, exposure.property)) continue;
        auto& [asset_set, threat_set] = seen[one.item];
        asset_set.set(asset);
        threat_set.set(exposure.threat);
      }
    }
  }
  std::vector<CommonMeasure> out;
  for (const auto& [item, sets] : seen) {
    if (sets.first.count() < 2) continue;
    out.push_back(
        {item, static_cast<std::uint16_t>(sets.first.count()), static_cast<std::uint16_t>(sets.second.count())});
  }
  std::sort(out.begin(), out.end(), [](const CommonMeasure& a, const CommonMeasure& b) {
    if (a.asset_count != b.asset_count) return a.asset_count > b.asset_count;
    if (a.threat_count != b.threat_count) return a.threat_count > b.threat_count;
    return a.item < b.item;
  });
  return out;
}

}  // namespace genmei::method
