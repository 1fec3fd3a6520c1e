// What happened between the leaves that the stored tree remembers and the leaves that are there now: which entries were
// changed, dropped, inserted or moved. Only the places where the two differ are looked at.
#pragma once

#include <vector>

#include "base/hash.hpp"
#include "ledger/ledger.hpp"

namespace genmei::ledger {

struct RememberedLeaf {
  std::int64_t index;
  Digest leaf;
};

struct PresentLeaf {
  std::int64_t index;
  Digest leaf;
  std::string kind, record;
  std::int64_t revision;
};

// Both in the order of their indexes. Findings: ledger.changed, .dropped, .inserted, .reordered.
std::vector<Finding> difference(const std::vector<RememberedLeaf>& remembered, const std::vector<PresentLeaf>& present);

}  // namespace genmei::ledger
