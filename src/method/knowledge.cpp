#include "method/knowledge.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace genmei::method {
namespace {

std::optional<std::uint16_t> look_up(const std::unordered_map<std::string, std::uint16_t>& ids, std::string_view id) {
  const auto found = ids.find(std::string(id));
  if (found == ids.end()) return std::nullopt;
  return found->second;
}

// Whether the item stands below one of the sections, by its headings or, where they were not loaded, by its number.
bool below(const standard::Library& library, standard::Index item, const std::vector<std::string>& sections) {
  const auto& own = library.entry(item).item->id;
  for (const auto& section : sections) {
    if (own.starts_with(section + ".")) return true;
  }
  for (auto parent = library.entry(item).parent; parent; parent = library.entry(*parent).parent) {
    const auto& id = library.entry(*parent).item->id;
    if (std::find(sections.begin(), sections.end(), id) != sections.end()) return true;
  }
  return false;
}

// A measure that exists only to explain how reference values work.
bool only_illustrates(const standard::Library& library, standard::Index item) {
  bool any = false;
  for (const auto child : library.children(item)) {
    const auto& entry = library.entry(child);
    if (entry.item->evaluation == standard::none) continue;
    any = true;
    if (!entry.part->evaluations[static_cast<std::size_t>(entry.item->evaluation)].illustration) return false;
  }
  return any;
}

}  // namespace

std::string_view code(Property property) {
  constexpr std::string_view codes[] = {"confidentiality", "integrity", "availability"};
  return codes[static_cast<std::size_t>(property)];
}

std::string_view letter(Property property) {
  constexpr std::string_view letters[] = {"C", "I", "A"};
  return letters[static_cast<std::size_t>(property)];
}

const Bilingual& label(Property property) {
  static const Bilingual labels[] = {
      {"機密性", "confidentiality"}, {"完全性", "integrity"}, {"可用性", "availability"}};
  return labels[static_cast<std::size_t>(property)];
}

std::string_view code(Cause cause) {
  constexpr std::string_view codes[] = {"malicious", "negligent", "environment"};
  return codes[static_cast<std::size_t>(cause)];
}

const Bilingual& label(Cause cause) {
  static const Bilingual labels[] = {{"悪意", "malice"}, {"過失", "negligence"}, {"人以外の要因", "non-human causes"}};
  return labels[static_cast<std::size_t>(cause)];
}

std::optional<std::uint16_t> Knowledge::asset(std::string_view id) const { return look_up(asset_ids_, id); }
std::optional<std::uint16_t> Knowledge::component(std::string_view id) const { return look_up(component_ids_, id); }
std::optional<std::uint16_t> Knowledge::threat(std::string_view id) const { return look_up(threat_ids_, id); }

const MethodRule* Knowledge::rule(std::string_view id) const {
  for (const auto& one : rules) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

std::span<const Placement> Knowledge::placements_of(std::uint16_t asset) const {
  const auto [first, last] = placement_ranges_.at(asset);
  return std::span(placements).subspan(first, last - first);
}

std::span<const Placement> Knowledge::placements_with(std::uint16_t threat) const {
  const auto [first, last] = threat_ranges_.at(threat);
  return std::span(placements_by_threat_).subspan(first, last - first);
}

std::span<const Countermeasure> Knowledge::countermeasures_of(std::uint16_t threat) const {
  const auto [first, last] = countermeasure_ranges_.at(threat);
  return std::span(countermeasures).subspan(first, last - first);
}

Result<Knowledge> Knowledge::with(const standard::Library& library) const {
  Knowledge copy = *this;
  GENMEI_TRY(copy.bind(library));
  return copy;
}

Result<void> Knowledge::bind(const standard::Library& library) {
  Problems problems;
  countermeasures = shipped_;
  // The basic assertion repeats controls: what counters a threat there counters it here.
  for (const auto& one : shipped_) {
    if (library.entry(one.item).part->id != "control") continue;
    if (const auto twin = library.twin(one.item)) countermeasures.push_back({*twin, one.threat, one.how, one.rank});
  }
  for (standard::Index i = 0; i < library.size(); ++i) {
    const auto& entry = library.entry(i);
    for (const auto& counter : entry.item->counters) {
      const auto threat = this->threat(counter.threat);
      if (!threat) {
        problems.add(problem(Failure::invalid, "method.unknown-threat", entry.key,
                             {{"item", entry.key}, {"threat", counter.threat}},
                             entry.key + ": unknown threat " + counter.threat));
        continue;
      }
      countermeasures.push_back({i, *threat, counter.how, 0});
    }
    // Items of a loaded part III count for the threats whose sections they stand in (figure 41).
    if (entry.part->id != "III" || !entry.part->complete || entry.item->kind != standard::Kind::item) continue;
    for (std::uint16_t t = 0; t < threats.size(); ++t) {
      if (below(library, i, threats[t].part3_sections)) {
        countermeasures.push_back({i, t, standard::How::prevent, 0});
      }
    }
  }
  if (!problems.empty()) return problems;
  std::stable_sort(countermeasures.begin(), countermeasures.end(),
                   [](const auto& a, const auto& b) { return a.threat < b.threat; });
  // One control has one entry per threat: the first one said.
  std::unordered_set<std::uint64_t> seen;
  std::erase_if(countermeasures, [&](const Countermeasure& one) {
    return !seen.insert((std::uint64_t{one.threat} << 32U) | one.item).second;
  });
  index();
  plan(library);
  return {};
}

void Knowledge::index() {
  asset_ids_.clear();
  component_ids_.clear();
  threat_ids_.clear();
  for (std::uint16_t i = 0; i < assets.size(); ++i) asset_ids_.emplace(assets[i].id, i);
  for (std::uint16_t i = 0; i < components.size(); ++i) component_ids_.emplace(components[i].id, i);
  for (std::uint16_t i = 0; i < threats.size(); ++i) threat_ids_.emplace(threats[i].id, i);

  const auto ranges = [](const auto& list, std::size_t groups, auto group_of) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out(groups, {0, 0});
    std::uint32_t at = 0;
    for (std::size_t group = 0; group < groups; ++group) {
      const auto first = at;
      while (at < list.size() && group_of(list[at]) == group) ++at;
      out[group] = {first, at};
    }
    return out;
  };
  placement_ranges_ = ranges(placements, assets.size(), [](const Placement& p) { return p.asset; });
  placements_by_threat_ = placements;
  std::stable_sort(placements_by_threat_.begin(), placements_by_threat_.end(),
                   [](const Placement& a, const Placement& b) { return a.threat < b.threat; });
  threat_ranges_ = ranges(placements_by_threat_, threats.size(), [](const Placement& p) { return p.threat; });
  countermeasure_ranges_ = ranges(countermeasures, threats.size(), [](const Countermeasure& c) { return c.threat; });
}

void Knowledge::plan(const standard::Library& library) {
  std::vector<ThreatSet> counters(library.size());
  std::vector<ThreatSet> recovers(library.size());
  std::unordered_map<standard::Index, std::vector<Countermeasure>> helps;
  for (const auto& one : countermeasures) {
    helps[one.item].push_back(one);
    (one.how == standard::How::recover ? recovers : counters)[one.item].set(one.threat);
  }
  for (auto& [item, list] : helps) {
    std::stable_sort(list.begin(), list.end(), [](const Countermeasure& a, const Countermeasure& b) {
      return std::tie(a.how, a.rank) < std::tie(b.how, b.rank);
    });
  }
  plans.clear();
  std::vector<std::int32_t> place(library.size(), -1);
  for (standard::Index i = 0; i < library.size(); ++i) {
    const auto& entry = library.entry(i);
    if (plans.empty() || plans.back().part != entry.part) plans.push_back({entry.catalogue, entry.part, {}});
    auto& demands = plans.back().demands;
    using standard::Kind;
    std::int32_t parent = -1;
    switch (entry.item->kind) {
      case Kind::control:
      case Kind::clause:
      case Kind::item:
        if (only_illustrates(library, i)) continue;
        break;
      case Kind::evaluation_item:
        if (entry.part->evaluations[static_cast<std::size_t>(entry.item->evaluation)].illustration) continue;
        if (entry.parent) parent = place[*entry.parent];
        break;
      case Kind::chapter:
      case Kind::section:
      case Kind::detail:
      case Kind::best_practice:
        continue;
    }
    place[i] = static_cast<std::int32_t>(demands.size());
    demands.push_back({i, std::move(helps[i]), parent, counters[i], recovers[i]});
  }
}

}  // namespace genmei::method
