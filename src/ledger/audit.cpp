#include "ledger/audit.hpp"

#include <chrono>
#include <future>
#include <optional>

#include "ledger/difference.hpp"
#include "ledger/entry.hpp"
#include "ledger/history_check.hpp"
#include "ledger/note.hpp"

namespace genmei::ledger {
namespace {

// One stored checkpoint and what the entries say to it.
struct Head {
  std::int64_t size = 0;
  std::string note;
  bool well_signed = false;
  Digest root{};
  std::optional<bool> agrees;  // unset: there are not that many entries
};

// Entries on their way through the verification: while one batch is hashed by another thread, the next is read.
struct Batch {
  struct Item {
    std::int64_t index;
    std::size_t id, text, end;  // offsets in `texts`
  };
  std::string texts;
  std::vector<Item> items;
  std::vector<Digest> leaves;

  void add(std::int64_t index, std::string_view id, std::string_view text) {
    const std::size_t start = texts.size();
    texts.append(id).append(text);
    items.push_back({index, start, start + id.size(), texts.size()});
  }
  [[nodiscard]] std::string_view id(const Item& item) const {
    return std::string_view(texts).substr(item.id, item.text - item.id);
  }
  [[nodiscard]] std::string_view text(const Item& item) const {
    return std::string_view(texts).substr(item.text, item.end - item.text);
  }
  void hash() {
    leaves.resize(items.size());
    for (std::size_t at = 0; at < items.size(); ++at) leaves[at] = leaf_hash(text(items[at]));
  }
  void clear() {
    texts.clear();
    items.clear();
  }
};
constexpr std::size_t batch_entries = 4096;

class Entries {
 public:
  Entries(std::string name, std::string public_key, EntrySide* side)
      : name_(std::move(name)), public_key_(std::move(public_key)), side_(side) {}

  Result<void> go_through(LogView& view, Verification& result, const std::function<void()>& looked) {
    GENMEI_LET(stored, view.heads());
    for (auto& one : stored) heads_.push_back({one.size, std::move(one.note), false, {}, std::nullopt});
    looked();
    for (auto& head : heads_) {
      // The texts are compared on the way; whether they are signed is checked meanwhile.
      const auto gap = head.note.rfind("\n\n");
      const auto said = parse_checkpoint(gap == std::string::npos ? "" : head.note.substr(0, gap + 1), name_);
      if (said.ok() && said->size == head.size) head.root = said->root;
    }
    auto signatures = std::async(std::launch::async, [this] { check_signatures(); });
    auto outcome = view.entries([&](std::int64_t index, std::string_view id, std::string_view text) {
      filling_.add(index, id, text);
      if (filling_.items.size() >= batch_entries) hand_over(view, result);
    });
    hand_over(view, result);
    hand_over(view, result);
    if (outcome.ok()) {
      outcome = view.pending([&](std::int64_t /*index*/, std::string_view /*id*/, std::string_view text) {
        ++result.pending;
        if (side_ != nullptr && reader_.read(text)) side_->add(reader_.view);
      });
    }
    signatures.get();
    GENMEI_TRY(outcome);
    GENMEI_TRY(tile_error_);
    result.entries = frontier_.size();
    remember_until(view, signed_size());
    GENMEI_TRY(tile_error_);
    conclude(view, result);
    return {};
  }

 private:
  // Of the newest checkpoint with a good signature: what else is written there is nobody's word.
  [[nodiscard]] std::int64_t signed_size() const {
    std::int64_t size = 0;
    for (const auto& head : heads_) size = head.well_signed ? head.size : size;
    return size;
  }

  void check_signatures() {
    for (auto& head : heads_) {
      const auto said = open_checkpoint(head.note, name_, public_key_);
      head.well_signed = said.ok() && said->size == head.size;
    }
  }

  void compare_heads() {
    while (next_head_ < heads_.size() && heads_[next_head_].size <= frontier_.size()) {
      auto& head = heads_[next_head_++];
      if (head.size == frontier_.size()) head.agrees = frontier_.root() == head.root;
    }
  }

  // The leaf that the stored tree has at `index`; none when the tile ends before.
  std::optional<Digest> remembered(LogView& view, std::int64_t index) {
    const std::int64_t number = index / tile_width;
    if (number != tile_number_) {
      tile_number_ = number;
      tile_.clear();
      auto bytes = view.tile(0, number);
      if (!bytes.ok()) {
        tile_error_ = std::move(bytes).problems();
        return std::nullopt;
      }
      if (auto hashes = tile_hashes(*bytes); hashes.ok()) tile_ = std::move(*hashes);
    }
    const auto at = static_cast<std::size_t>(index % tile_width);
    return at < tile_.size() ? std::optional(tile_[at]) : std::nullopt;
  }

  // Leaves of the tree for which there is no entry.
  void remember_until(LogView& view, std::int64_t until) {
    for (; next_remembered_ < until; ++next_remembered_) {
      if (const auto leaf = remembered(view, next_remembered_); leaf) remembered_.push_back({next_remembered_, *leaf});
    }
  }

  // Starts hashing what was read last, and meanwhile looks at what was hashed before.
  void hand_over(LogView& view, Verification& result) {
    if (hashed_.valid()) hashed_.get();
    std::swap(filling_, hashing_);
    std::swap(filling_, ready_);
    hashed_ = std::async(std::launch::async, [this] { hashing_.hash(); });
    for (std::size_t at = 0; at < ready_.items.size(); ++at) {
      const auto& item = ready_.items[at];
      see(view, item.index, ready_.id(item), ready_.text(item), ready_.leaves[at], result);
    }
    ready_.clear();
  }

  void see(LogView& view, std::int64_t index, std::string_view id, std::string_view text, const Digest& leaf,
           Verification& result) {
    remember_until(view, index);
    const bool readable = reader_.read(text);
    const EntryView& entry = reader_.view;
    const auto expected = remembered(view, index);
    next_remembered_ = index + 1;
    if (expected != leaf) {
      if (expected) remembered_.push_back({index, *expected});
      PresentLeaf present{index, leaf, {}, {}, 0};
      if (readable) {
        present.kind = entry.kind;
        present.record = entry.record;
        present.revision = entry.revision;
      }
      present_.push_back(std::move(present));
    } else if (!id.empty() && (!readable || entry.id != id)) {
      Finding one;  // the column beside the entry is not what the entry says
      one.index = index;
      one.code = "ledger.changed";
      result.findings.push_back(std::move(one));
    }
    if (index != frontier_.size() && !misnumbered_) misnumbered_ = frontier_.size();
    frontier_.append(leaf);
    compare_heads();
    if (side_ != nullptr && readable) side_->add(entry);
  }

  // The root of the leaves that the tree remembers.
  std::optional<Digest> remembered_root(LogView& view, std::int64_t size) {
    Frontier frontier;
    for (std::int64_t index = 0; index < size; ++index) {
      const auto leaf = remembered(view, index);
      if (!leaf) return std::nullopt;
      frontier.append(*leaf);
    }
    return frontier.root();
  }

  void conclude(LogView& view, Verification& result) {
    const Head* trusted = nullptr;
    std::int64_t good = 0;  // entries before this one are as signed
    std::optional<std::int64_t> bad;
    for (const auto& head : heads_) {
      if (!head.well_signed) {
        add(result, "ledger.signature", head.size - 1, -1);
        continue;
      }
      trusted = &head;
      if (head.agrees.value_or(false)) {
        good = head.size;
        bad.reset();
      } else if (!bad) {
        bad = head.size;
      }
    }
    const bool in_agreement = trusted == nullptr ? frontier_.size() == 0 : trusted->agrees.value_or(false);
    const bool right = in_agreement && !misnumbered_;
    for (const auto& head : heads_) {  // signed heads that do not lie on the way to the newest one
      if (right && head.well_signed && !head.agrees.value_or(false))
        add(result, "ledger.checkpoint", head.size - 1, -1);
    }
    const std::int64_t covered = signed_size();
    if (right) {
      note_tiles(covered, result);
      return note_beyond(view, covered, result);
    }
    if (trusted == nullptr) return add(result, "ledger.checkpoint", 0, frontier_.size() - 1);
    auto differences = difference(remembered_, present_);
    if (differences.empty() && misnumbered_) add(result, "ledger.reordered", *misnumbered_, -1);
    for (auto& one : differences) result.findings.push_back(std::move(one));
    // The tree was changed along with the entries: the signed heads still tell the range.
    if (remembered_root(view, trusted->size) != trusted->root) {
      add(result, "ledger.root", good, bad.value_or(trusted->size) - 1);
    }
  }

  // The entries are as signed, so where the tree differs it is the tree that is wrong.
  void note_tiles(std::int64_t covered, Verification& result) {
    std::int64_t last = -1;
    for (const auto& one : present_) {
      if (one.index >= covered || one.index / tile_width == last) continue;
      last = one.index / tile_width;
      add(result, "ledger.tile", last * tile_width, std::min(covered, (last + 1) * tile_width) - 1);
    }
  }

  // Entries after the newest checkpoint: in the tree, then a checkpoint was taken away; not in it, then they were put
  // in.
  void note_beyond(LogView& view, std::int64_t covered, Verification& result) {
    if (frontier_.size() <= covered) return;
    std::vector<PresentLeaf> strange;
    for (auto& one : present_) {
      if (one.index >= covered) strange.push_back(std::move(one));
    }
    if (frontier_.size() - covered > static_cast<std::int64_t>(strange.size())) {
      std::int64_t last = covered;
      while (last + 1 < next_remembered_ && remembered(view, last + 1)) ++last;
      add(result, "ledger.checkpoint", covered, last);
    }
    for (auto& one : difference({}, strange)) result.findings.push_back(std::move(one));
  }

  static void add(Verification& result, std::string code, std::int64_t index, std::int64_t last) {
    Finding one;
    one.index = index;
    one.last = last;
    one.code = std::move(code);
    result.findings.push_back(std::move(one));
  }

  std::string name_;
  std::string public_key_;
  EntrySide* side_;
  Batch filling_;
  Batch hashing_;
  Batch ready_;
  std::future<void> hashed_;  // of hashing_
  EntryReader reader_;
  Frontier frontier_;
  std::vector<Head> heads_;
  std::size_t next_head_ = 0;
  std::int64_t tile_number_ = -1;
  std::vector<Digest> tile_;
  Result<void> tile_error_;
  std::int64_t next_remembered_ = 0;
  std::vector<RememberedLeaf> remembered_;  // where the two differ
  std::vector<PresentLeaf> present_;
  std::optional<std::int64_t> misnumbered_;  // the first index that is not the number of entries before it
};

}  // namespace

Result<Verification> audit(LogSource& source, const std::string& name, const std::string& public_key,
                           bool with_history) {
  const auto start = std::chrono::steady_clock::now();
  Verification result;
  HistoryKeys keys;
  EntrySide entry_side(keys);
  HistorySide history_side(keys);
  Entries entries(name, public_key, with_history ? &entry_side : nullptr);
  std::future<Result<void>> history;
  const auto looked = [&] {
    // Only now: what the entries' moment holds, the history's moment then holds as well.
    if (with_history) history = std::async(std::launch::async, [&] { return history_side.go_through(source); });
  };
  auto outcome = source.look([&](LogView& view) { return entries.go_through(view, result, looked); });
  entry_side.sort();
  if (history.valid()) {
    auto other = history.get();
    if (outcome.ok()) outcome = other;
  }
  GENMEI_TRY(outcome);
  if (with_history) GENMEI_TRY(compare(source, entry_side, history_side, result));
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace genmei::ledger
