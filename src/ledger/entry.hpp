// Reading the members of an entry's canonical text without copying them, for going through millions of entries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/ledger.hpp"

namespace genmei::ledger {

struct EntryView {
  std::string_view action, actor, at, digest, id, kind, org, place, record;
  std::int64_t revision = 0;
};

// `view` points into the text that was read, or into the reader itself: it holds until the next `read`.
class EntryReader {
 public:
  // False when `text` is not the canonical form of an entry.
  bool read(std::string_view text);
  EntryView view;

 private:
  Entry kept_;  // of an entry with escapes
  std::string at_;
};

}  // namespace genmei::ledger
