#include "ledger/difference.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <unordered_map>

namespace genmei::ledger {
namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

struct LeafHash {
  std::size_t operator()(const Digest& digest) const {
    std::size_t value = 0;
    std::memcpy(&value, digest.data(), sizeof value);
    return value;
  }
};

Finding finding(std::string code, std::int64_t index, const PresentLeaf* leaf) {
  Finding one;
  one.index = index;
  one.code = std::move(code);
  if (leaf != nullptr) {
    one.kind = leaf->kind;
    one.record = leaf->record;
    one.revision = leaf->revision;
  }
  return one;
}

// Marks a longest run of present leaves that stand in the remembered order; the others were moved.
std::vector<bool> in_order(const std::vector<std::size_t>& places) {
  std::vector<std::size_t> tails;  // position in `places` of the smallest end of a run of each length
  std::vector<std::size_t> before(places.size(), nowhere);
  for (std::size_t at = 0; at < places.size(); ++at) {
    if (places[at] == nowhere) continue;
    const auto tail = std::lower_bound(tails.begin(), tails.end(), places[at],
                                       [&](std::size_t one, std::size_t place) { return places[one] < place; });
    before[at] = tail == tails.begin() ? nowhere : *(tail - 1);
    if (tail == tails.end()) {
      tails.push_back(at);
    } else {
      *tail = at;
    }
  }
  std::vector<bool> kept(places.size(), false);
  for (std::size_t at = tails.empty() ? nowhere : tails.back(); at != nowhere; at = before[at]) kept[at] = true;
  return kept;
}

}  // namespace

std::vector<Finding> difference(const std::vector<RememberedLeaf>& remembered,
                                const std::vector<PresentLeaf>& present) {
  std::unordered_map<Digest, std::size_t, LeafHash> where;
  for (std::size_t at = 0; at < remembered.size(); ++at) where.emplace(remembered[at].leaf, at);
  std::vector<std::size_t> places(present.size(), nowhere);
  std::vector<bool> found(remembered.size(), false);
  for (std::size_t at = 0; at < present.size(); ++at) {
    const auto place = where.find(present[at].leaf);
    if (place == where.end() || found[place->second]) continue;  // a copy of an entry is an insertion
    places[at] = place->second;
    found[place->second] = true;
  }
  const std::vector<bool> kept = in_order(places);

  std::vector<Finding> findings;
  std::vector<std::size_t> strange;  // present, never remembered, since the last leaf that is in order
  std::size_t next = 0;              // first remembered leaf not dealt with
  const auto close = [&](std::size_t until) {
    std::size_t used = 0;
    for (; next < until; ++next) {
      if (found[next]) continue;
      if (used < strange.size()) {
        findings.push_back(finding("ledger.changed", remembered[next].index, &present[strange[used++]]));
      } else {
        findings.push_back(finding("ledger.dropped", remembered[next].index, nullptr));
      }
    }
    for (; used < strange.size(); ++used) {
      findings.push_back(finding("ledger.inserted", present[strange[used]].index, &present[strange[used]]));
    }
    strange.clear();
  };
  for (std::size_t at = 0; at < present.size(); ++at) {
    if (places[at] == nowhere) {
      strange.push_back(at);
    } else if (kept[at]) {
      close(places[at]);
      next = places[at] + 1;
    } else {
      findings.push_back(finding("ledger.reordered", present[at].index, &present[at]));
    }
  }
  close(remembered.size());
  return findings;
}

}  // namespace genmei::ledger
