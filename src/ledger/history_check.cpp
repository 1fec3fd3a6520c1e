#include "ledger/history_check.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace genmei::ledger {
namespace {

// Texts cannot hold NUL (the store refuses it), so NUL separates without ambiguity.
void join(std::string& out, std::initializer_list<std::string_view> parts, std::int64_t revision) {
  out.clear();
  for (const auto part : parts) {
    out += part;
    out += '\0';
  }
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), revision);
  out.append(digits.data(), end.ptr);
}

std::uint64_t subject_of(const HistoryKeys& keys, std::string& text, std::string_view kind, std::string_view record) {
  join(text, {kind, record}, 0);
  return keys.of(text)[0];
}

bool same_hex(const Digest& digest, std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  if (text.size() != digest.size() * 2) return false;
  for (std::size_t at = 0; at < digest.size(); ++at) {
    if (text[2 * at] != digits[digest[at] >> 4U] || text[2 * at + 1] != digits[digest[at] & 15U]) return false;
  }
  return true;
}

// Lower case only, as it was written.
bool unhex(std::string_view text, std::string& out) {
  static constexpr std::string_view digits = "0123456789abcdef";
  out.clear();
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    const auto high = digits.find(text[at]);
    const auto low = digits.find(text[at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return false;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return text.size() % 2 == 0;
}

Finding of_row(std::string code, const HistoryRow& row) {
  Finding one;
  one.code = std::move(code);
  one.kind = row.kind;
  one.record = row.id;
  one.revision = row.revision;
  return one;
}

}  // namespace

HistoryKeys::HistoryKeys() {
  static_assert(sizeof(key_) == crypto_shorthash_siphashx24_KEYBYTES);
  if (sodium_init() >= 0) randombytes_buf(key_.data(), key_.size());
}

Mark HistoryKeys::of(std::string_view text) const {
  Mark mark{};
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(mark.data()),
                              reinterpret_cast<const unsigned char*>(text.data()), text.size(), key_.data());
  return mark;
}

void EntrySide::add(const EntryView& entry) {
  if (entry.kind.empty()) return;
  const std::uint64_t subject = subject_of(keys_, text_, entry.kind, entry.record);
  if (entry.action == erase_action) erased_.push_back(subject);
  if (entry.digest.empty()) return;  // an event without a revision
  join(text_, {entry.kind, entry.record, entry.at, entry.actor, entry.action, entry.digest}, entry.revision);
  marks_.push_back({keys_.of(entry.id), keys_.of(text_), subject});
}

void EntrySide::sort() {
  std::sort(marks_.begin(), marks_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::sort(erased_.begin(), erased_.end());
}

bool EntrySide::erased(std::uint64_t subject) const {
  return std::binary_search(erased_.begin(), erased_.end(), subject);
}

HistoryMark HistorySide::mark(const HistoryRow& row) {
  join(text_, {row.kind, row.id, row.at, row.actor, row.action, row.digest}, row.revision);
  const Mark facts = keys_.of(text_);
  return {keys_.of(row.entry), facts};
}

Result<void> HistorySide::go_through(LogSource& source) {
  GENMEI_TRY(source.history([this](const HistoryRow& row) {
    marks_.push_back(mark(row));
    if (row.erased) {
      erased_.push_back(
          {subject_of(keys_, text_, row.kind, row.id), std::string(row.kind), std::string(row.id), row.revision});
    } else if (!unhex(row.salt, salt_) || !same_hex(salted_digest(salt_, row.body), row.digest)) {
      findings_.push_back(of_row("ledger.history", row));
    }
  }));
  std::sort(marks_.begin(), marks_.end(), [](const auto& a, const auto& b) { return a.entry < b.entry; });
  return {};
}

Result<void> compare(LogSource& source, const EntrySide& entries, HistorySide& history, Verification& result) {
  result.revisions = static_cast<std::int64_t>(history.marks().size());
  for (const auto& one : history.findings()) result.findings.push_back(one);
  for (const auto& row : history.erased()) {
    if (entries.erased(row.subject)) {
      ++result.erased;
    } else {
      Finding one;
      one.code = "ledger.history-erased";
      one.kind = row.kind;
      one.record = row.record;
      one.revision = row.revision;
      result.findings.push_back(std::move(one));
    }
  }
  std::set<std::pair<Mark, Mark>> wrong;
  std::set<Mark> strange;
  std::set<Mark> missing;  // entries
  auto row = history.marks().begin();
  const auto end = history.marks().end();
  // Entries of one id stand together: normally one, more when a copy was put in (the leaves tell which).
  for (auto first = entries.marks().begin(); first != entries.marks().end();) {
    auto last = first;
    while (last != entries.marks().end() && last->id == first->id) ++last;
    for (; row != end && row->entry < first->id; ++row) strange.insert(row->entry);
    bool any = false;
    for (; row != end && row->entry == first->id; ++row) {
      any = true;
      const bool fits = std::any_of(first, last, [&](const EntryMark& entry) { return entry.facts == row->facts; });
      if (!fits) wrong.emplace(row->entry, row->facts);
    }
    if (!any && entries.erased(first->subject)) {
      ++result.erased;
    } else if (!any) {
      missing.insert(first->id);
    }
    first = last;
  }
  for (; row != end; ++row) strange.insert(row->entry);

  // What is wrong is named in a second pass: only then is it worth knowing the names.
  if (!missing.empty()) {
    EntryReader reader;
    const auto name = [&](std::int64_t index, std::string_view, std::string_view text) {
      if (!reader.read(text) || missing.erase(entries.keys().of(reader.view.id)) == 0) return;
      Finding one;
      one.code = "ledger.history-missing";
      one.index = index;
      one.kind = reader.view.kind;
      one.record = reader.view.record;
      one.revision = reader.view.revision;
      result.findings.push_back(std::move(one));
    };
    GENMEI_TRY(source.look([&](LogView& view) -> Result<void> {
      GENMEI_TRY(view.entries(name));
      return view.pending(name);
    }));
  }
  if (strange.empty() && wrong.empty()) return {};
  std::vector<std::pair<std::string, Finding>> unknown;
  GENMEI_TRY(source.history([&](const HistoryRow& one) {
    const HistoryMark mark = history.mark(one);
    if (strange.contains(mark.entry)) {
      unknown.emplace_back(std::string(one.entry), of_row("ledger.history-extra", one));
    } else if (wrong.contains({mark.entry, mark.facts})) {
      result.findings.push_back(of_row("ledger.history", one));
    }
  }));
  for (auto& [id, finding] : unknown) {
    GENMEI_LET(came, source.arrived(id));
    if (!came) result.findings.push_back(std::move(finding));
  }
  return {};
}

}  // namespace genmei::ledger
