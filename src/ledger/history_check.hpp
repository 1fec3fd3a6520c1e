// Whether the history rows and the entries fit each other: every row's digest is that of its body, every row has the
// entry it names with the same facts, every entry of a revision has its row. Both sides are boiled down to keyed
// 128-bit hashes (the key is new each time, so nobody can prepare two that collide), sorted and merged.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/audit.hpp"
#include "ledger/entry.hpp"

namespace genmei::ledger {

using Mark = std::array<std::uint64_t, 2>;

class HistoryKeys {
 public:
  HistoryKeys();
  [[nodiscard]] Mark of(std::string_view text) const;

 private:
  std::array<unsigned char, 16> key_;
};

struct EntryMark {
  Mark id;
  Mark facts;
  std::uint64_t subject;  // of kind and record
};

struct HistoryMark {
  Mark entry;
  Mark facts;
};

class EntrySide {
 public:
  explicit EntrySide(const HistoryKeys& keys) : keys_(keys) {}
  void add(const EntryView& entry);
  [[nodiscard]] const HistoryKeys& keys() const { return keys_; }
  void sort();
  [[nodiscard]] const std::vector<EntryMark>& marks() const { return marks_; }
  [[nodiscard]] bool erased(std::uint64_t subject) const;

 private:
  const HistoryKeys& keys_;
  std::string text_;
  std::vector<EntryMark> marks_;
  std::vector<std::uint64_t> erased_;  // subjects with an entry "erase"
};

struct ErasedRow {
  std::uint64_t subject;
  std::string kind, record;
  std::int64_t revision;
};

class HistorySide {
 public:
  explicit HistorySide(const HistoryKeys& keys) : keys_(keys) {}
  Result<void> go_through(LogSource& source);
  [[nodiscard]] const std::vector<HistoryMark>& marks() const { return marks_; }
  [[nodiscard]] const std::vector<ErasedRow>& erased() const { return erased_; }
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
  [[nodiscard]] HistoryMark mark(const HistoryRow& row);

 private:
  const HistoryKeys& keys_;
  std::string text_;
  std::string salt_;
  std::vector<HistoryMark> marks_;
  std::vector<ErasedRow> erased_;
  std::vector<Finding> findings_;  // rows whose body does not fit their own digest
};

// Adds what does not fit to `result`; `entries` and `history` are complete, `entries` sorted.
Result<void> compare(LogSource& source, const EntrySide& entries, HistorySide& history, Verification& result);

}  // namespace genmei::ledger
