// The verification itself, over anything that can hand out checkpoints, entries, tiles and history rows: a live
// database or an exported folder. Goes through entries and history at the same time on two threads and keeps 32 to 48
// bytes of each.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "ledger/merkle.hpp"

namespace genmei::ledger {

struct SignedHead {
  std::int64_t size = 0;  // as stored beside the note
  std::string note;
};

struct HistoryRow {
  std::string_view kind, id, at, actor, action, salt, digest, entry, body;
  std::int64_t revision = 0;
  bool erased = false;  // there is no body
};

// Reads of one moment. Used by one thread.
class LogView {
 public:
  virtual ~LogView() = default;
  virtual Result<std::vector<SignedHead>> heads() = 0;  // by size
  using EachEntry = std::function<void(std::int64_t index, std::string_view id, std::string_view text)>;
  // In the order of index; `id` is "" where it is not kept beside the entry.
  virtual Result<void> entries(const EachEntry& entry) = 0;
  virtual Result<void> pending(const EachEntry& entry) = 0;
  virtual Result<std::string> tile(int level, std::int64_t number) = 0;
};

class LogSource {
 public:
  virtual ~LogSource() = default;
  virtual Result<void> look(const std::function<Result<void>(LogView&)>& job) = 0;
  virtual Result<void> history(const std::function<void(const HistoryRow&)>& row) = 0;
  // Whether an entry came after `look`: its history row may have been seen already.
  virtual Result<bool> arrived(std::string_view entry_id) = 0;
};

// The history table in the order of its key.
Result<void> each_history_row(store::Connection& connection, const std::string& org,
                              const std::function<void(const HistoryRow&)>& each);

Result<Verification> audit(LogSource& source, const std::string& name, const std::string& public_key,
                           bool with_history);

}  // namespace genmei::ledger
