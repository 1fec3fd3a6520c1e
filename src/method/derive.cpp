#include "method/derive.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace genmei::method {
namespace {

using standard::How;
using standard::Index;

// How often a threat reaches the service's assets, and where first. Data assets come first: they are what it is about.
struct Reach {
  std::uint32_t count = 0;
  const Placement* first = nullptr;
  void add(const Placement& placement, bool data, bool& first_is_data) {
    ++count;
    if (first != nullptr && (first_is_data || !data)) return;
    first = &placement;
    first_is_data = data;
  }
};

// Everything about the service that does not depend on the item.
struct Scene {
  std::array<Reach, max_threats> any;      // all properties
  std::array<Reach, max_threats> lasting;  // integrity and availability: what recovery can help
  ThreatSet acting;
  ThreatSet acting_lasting;
};

Scene make_scene(const Knowledge& knowledge, const AssetSet& assets) {
  Scene scene;
  std::array<bool, max_threats> any_is_data{};
  std::array<bool, max_threats> lasting_is_data{};
  for (const auto& placement : knowledge.placements) {
    if (!assets.test(placement.asset)) continue;
    const bool data = knowledge.assets[placement.asset].kind == Asset::Kind::data;
    const std::size_t threat = placement.threat;
    scene.any[threat].add(placement, data, any_is_data[threat]);
    scene.acting.set(threat);
    if (placement.property == Property::confidentiality) continue;
    scene.lasting[threat].add(placement, data, lasting_is_data[threat]);
    scene.acting_lasting.set(threat);
  }
  return scene;
}

// Fills the trace from the threats that reach the item; false when none does.
bool trace_threats(const Scene& scene, const Knowledge::Demand& demand, Trace& trace) {
  trace.threats = (demand.counters & scene.acting) | (demand.recovers & scene.acting_lasting);
  if (trace.threats.none()) return false;
  trace.reason = Reason::threat;
  const Placement* strongest = nullptr;
  for (const auto& help : demand.helps) {
    if (!trace.threats.test(help.threat)) continue;
    const auto& reach = help.how == How::recover ? scene.lasting[help.threat] : scene.any[help.threat];
    trace.path_count += reach.count;
    if (strongest != nullptr) continue;
    strongest = reach.first;
    trace.how = help.how;
  }
  trace.asset = strongest->asset;
  trace.property = strongest->property;
  trace.cause = strongest->cause;
  trace.threat = strongest->threat;
  return true;
}

struct Shared {
  std::uint16_t component = 0;
  std::span<const int> patterns;
};

class Deriver {
 public:
  Deriver(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts)
      : knowledge_(knowledge), library_(library), facts_(facts) {}

  Result<std::vector<Requirement>> run() {
    auto composition = compose(knowledge_, facts_.configuration);
    if (!composition) return std::move(composition).problems();
    resolve_pattern();
    resolve_shared();
    resolve_contract();
    const auto plans = chosen_plans();
    if (!problems_.empty()) return std::move(problems_);

    scene_ = make_scene(knowledge_, composition->asset_set);
    std::size_t size = 0;
    for (const auto* plan : plans) size += plan->demands.size();
    found_.reserve(size);
    for (const auto* plan : plans) walk(*plan);
    return in_order();
  }

 private:
  void refuse(std::string code, std::string place, const std::string& value) {
    problems_.add(problem(Failure::invalid, std::move(code), std::move(place), {{"value", value}}, value));
  }

  void resolve_pattern() {
    if (!facts_.classification.pattern) return;
    pattern_ = *facts_.classification.pattern;
    if (pattern_ < 1 || pattern_ > 6) refuse("method.pattern", "/pattern", std::to_string(pattern_));
  }

  void resolve_shared() {
    for (std::size_t i = 0; i < facts_.shared.size(); ++i) {
      const auto& one = facts_.shared[i];
      const auto place = "/shared/" + std::to_string(i);
      const auto asset = knowledge_.asset(one.asset);
      const auto component = knowledge_.component(one.asset);
      if (!asset && !component) refuse("method.unknown-asset", place + "/asset", one.asset);
      for (const int pattern : one.patterns) {
        if (pattern < 1 || pattern > 6) refuse("method.pattern", place + "/patterns", std::to_string(pattern));
      }
      shared_.push_back({component ? *component
                         : asset   ? knowledge_.assets[*asset].component
                                   : std::uint16_t{0},
                         one.patterns});
    }
  }

  void resolve_contract() {
    contract_items_.assign(facts_.contract.size(), 0);
    for (std::size_t i = 0; i < facts_.contract.size(); ++i) {
      const auto& wanted = facts_.contract[i].item;
      bool known = false;
      for (const auto& plan : knowledge_.plans) {
        for (const auto& demand : plan.demands) {
          const auto& entry = library_.entry(demand.item);
          if (entry.item->evaluation == standard::none) continue;
          if (entry.key != wanted && entry.item->id != wanted) continue;
          contract_items_[i] = demand.item;
          known = true;
        }
      }
      if (!known) refuse("method.unknown-evaluation-item", "/sla/" + std::to_string(i) + "/item", wanted);
    }
  }

  // In the order chosen; a part that is chosen twice counts once.
  std::vector<const Knowledge::Plan*> chosen_plans() {
    std::vector<const Knowledge::Plan*> out;
    for (std::size_t i = 0; i < facts_.standards.size(); ++i) {
      const std::string_view wanted = facts_.standards[i];
      const auto slash = wanted.find('/');
      bool known = false;
      for (const auto& plan : knowledge_.plans) {
        if (plan.catalogue->id != wanted.substr(0, slash)) continue;
        const bool fits =
            slash == std::string_view::npos ? !plan.part->optional : plan.part->id == wanted.substr(slash + 1);
        known = known || fits;
        if (fits && std::find(out.begin(), out.end(), &plan) == out.end()) out.push_back(&plan);
      }
      if (!known) refuse("method.unknown-standard", "/standards/" + std::to_string(i), facts_.standards[i]);
    }
    return out;
  }

  void walk(const Knowledge::Plan& plan) {
    places_.assign(plan.demands.size(), -1);
    for (std::size_t i = 0; i < plan.demands.size(); ++i) {
      const auto& demand = plan.demands[i];
      const auto& item = *library_.entry(demand.item).item;
      Requirement requirement;
      requirement.item = demand.item;
      requirement.basic = item.basic;
      if (item.evaluation != standard::none) {
        if (pattern_ == 0) continue;  // T12: without a pattern there are no reference values
        if (demand.parent >= 0) {
          const auto above = places_[static_cast<std::size_t>(demand.parent)];
          if (above < 0) continue;
          requirement.trace = found_[static_cast<std::size_t>(above)].trace;
        }
        set_level(plan, demand.item, item, requirement);
      } else if (!trace_threats(scene_, demand, requirement.trace)) {
        // An item that counters threats comes in through them alone; one that counters none, or stands in a part that
        // applies whatever the pattern (R9), comes with the standard.
        const bool counters_something = demand.counters.any() || demand.recovers.any();
        if (plan.part->by_threats && counters_something) continue;
        requirement.trace.reason = Reason::standard;
      }
      places_[i] = static_cast<std::int32_t>(found_.size());
      found_.push_back(std::move(requirement));
    }
  }

  // R6, then R7. A shared asset counts for the items that are about its component.
  void set_level(const Knowledge::Plan& plan, Index index, const standard::Item& item, Requirement& requirement) {
    const auto& evaluation = plan.part->evaluations[static_cast<std::size_t>(item.evaluation)];
    auto& trace = requirement.trace;
    trace.reason = Reason::level;
    trace.pattern = static_cast<std::uint8_t>(pattern_);
    Level level = level_for(evaluation, pattern_);
    for (std::size_t i = 0; i < shared_.size(); ++i) {
      const auto& component = knowledge_.components[shared_[i].component].id;
      const bool concerns = item.components.empty() || std::find(item.components.begin(), item.components.end(),
                                                                 component) != item.components.end();
      if (!concerns || shared_[i].patterns.empty()) continue;
      const auto stricter = strictest(level, level_for(evaluation, shared_[i].patterns));
      if (stricter == level) continue;
      level = stricter;
      trace.shared = static_cast<std::int16_t>(i);
    }
    for (std::size_t i = 0; i < contract_items_.size(); ++i) {
      if (contract_items_[i] != index) continue;
      const auto replaced = with_contract(level, facts_.contract[i].value);
      if (replaced == level) continue;
      level = replaced;
      trace.contract = static_cast<std::int16_t>(i);
    }
    requirement.level = std::move(level);
  }

  std::vector<Requirement> in_order() {
    const auto class_of = [](const Requirement& one) -> std::size_t {
      if (one.level && one.level->must_reach) return 0;
      return one.basic ? 1 : 2;
    };
    std::array<std::vector<std::size_t>, 3> classes;
    for (std::size_t i = 0; i < found_.size(); ++i) classes[class_of(found_[i])].push_back(i);
    std::vector<Requirement> out;
    out.reserve(found_.size());
    for (const auto& members : classes) {
      for (const auto i : members) {
        out.push_back(std::move(found_[i]));
        out.back().order = static_cast<std::uint32_t>(out.size() - 1);
      }
    }
    return out;
  }

  const Knowledge& knowledge_;
  const standard::Library& library_;
  const ServiceFacts& facts_;
  Problems problems_;
  Scene scene_;
  int pattern_ = 0;
  std::vector<Shared> shared_;
  std::vector<Index> contract_items_;
  std::vector<std::int32_t> places_;  // of demands in found_
  std::vector<Requirement> found_;
};

}  // namespace

std::string_view code(Reason reason) {
  constexpr std::string_view codes[] = {"threat", "standard", "level"};
  return codes[static_cast<std::size_t>(reason)];
}

Result<std::vector<Requirement>> derive(const Knowledge& knowledge, const standard::Library& library,
                                        const ServiceFacts& facts) {
  return Deriver(knowledge, library, facts).run();
}

Delta delta(std::span<const Requirement> before, std::span<const Requirement> after) {
  std::unordered_map<Index, const Requirement*> old;
  for (const auto& one : before) old.emplace(one.item, &one);
  Delta out;
  for (const auto& one : after) {
    const auto found = old.find(one.item);
    if (found == old.end()) {
      out.added.push_back(one);
      continue;
    }
    if (found->second->level != one.level) out.level_changed.push_back({one.item, found->second->level, one.level});
    old.erase(found);
  }
  for (const auto& one : before) {
    if (old.contains(one.item)) out.removed.push_back(one);
  }
  return out;
}

void order_gaps(std::vector<Gap>& gaps) {
  const auto key = [](const Gap& one) {
    const auto& requirement = one.requirement;
    const int group = requirement.level && requirement.level->must_reach ? 0 : requirement.basic ? 1 : 2;
    int state = 0;
    switch (one.verdict) {
      case Verdict::not_met:
        state = 0;
        break;
      case Verdict::not_measured:
        state = 1;
        break;
      case Verdict::shortfall_to_explain:
        state = 2;
        break;
      case Verdict::met:
      case Verdict::free:
        state = 3;
        break;
    }
    return std::tuple(state == 3, group, state, requirement.order);
  };
  std::stable_sort(gaps.begin(), gaps.end(), [&](const Gap& a, const Gap& b) { return key(a) < key(b); });
}

}  // namespace genmei::method
