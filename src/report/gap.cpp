#include "report/gap.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace genmei::report {
namespace {

using std::chrono::sys_days;

std::vector<GapItem> in_order(std::vector<GapItem> items) {
  std::stable_sort(items.begin(), items.end(), [](const GapItem& a, const GapItem& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.state != b.state) return a.state < b.state;
    // Without a due date nothing presses: such items come last.
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    if (a.due && *a.due != *b.due) return sys_days(*a.due) < sys_days(*b.due);
    return std::pair(a.standard, a.ref) < std::pair(b.standard, b.ref);
  });
  return items;
}

Cell state_of(const GapItem& item, const Wording& words) {
  switch (item.state) {
    case GapItem::State::missed:
      return state_cell(Tone::miss, words("judged-missed"));
    case GapItem::State::not_done:
      return state_cell(Tone::miss, words("status-not-started"));
    case GapItem::State::partly:
      return state_cell(Tone::warn, words("status-partly"));
    case GapItem::State::stale:
      return state_cell(Tone::stale, words("status-stale"));
    case GapItem::State::planned:
      return state_cell(Tone::info, words("status-planned"));
    case GapItem::State::not_judged:
      break;
  }
  return state_cell(Tone::none, words("status-not-assessed"));
}

bool overdue(const GapItem& item, Date today) { return item.due && sys_days(*item.due) < sys_days(today); }

Cell due_of(const GapItem& item, Date today, const Wording& words) {
  Cell cell = date_cell(item.due, words);
  if (overdue(item, today)) {
    const auto days = (sys_days(today) - sys_days(*item.due)).count();
    cell.note = words("days-late", {{"days", std::to_string(days)}});
  }
  return cell;
}

Table table_of(const std::vector<GapItem>& items, const GapView& view, const Wording& words) {
  constexpr std::array<std::string_view, 4> codes = {"gap-must-reach", "gap-basic", "gap-recommended", "gap-other"};
  Table table;
  table.id = "gaps";
  table.title = words("gap-list");
  table.group_title = words("gap-class");
  table.empty = words("gap-empty");
  table.columns = {
      column("ref", words("no"), 9, ColumnKind::ref),   column("title", words("item"), 22),
      column("standard", words("standard"), 11),        column("state", words("state"), 9, ColumnKind::state),
      column("missing", words("gap-missing"), 24),      column("reference", words("reference-value"), 11),
      column("reached", words("reached-value"), 12),    column("owner", words("owner"), 8),
      column("due", words("due"), 12, ColumnKind::date)};
  table.columns[1].strong = true;
  for (const std::string_view code : {"judged-missed", "status-not-started", "status-partly", "status-stale",
                                      "status-planned", "status-not-assessed"}) {
    table.columns[3].choices.push_back(words(code));
  }
  for (std::size_t rank = 0; rank < codes.size(); ++rank) {
    Group group;
    for (const auto& item : items) {
      if (static_cast<std::size_t>(item.rank) != rank) continue;
      Cell missing = text_cell(item.missing.empty() && item.level ? level_sentence(*item.level, words) : item.missing);
      if (!item.action.empty()) missing.note = words("gap-action", {{"action", item.action}});
      group.rows.push_back(
          {{text_cell(item.ref), text_cell(words.of(item.title)), text_cell(item.standard), state_of(item, words),
            std::move(missing), item.level ? reference_cell(*item.level, words) : text_cell("—"),
            item.level ? reached_cell(*item.level, words) : text_cell("—"),
            text_cell(item.owner.empty() ? words("owner-open") : item.owner), due_of(item, view.today, words)}});
    }
    if (group.rows.empty()) continue;
    group.title = words(codes.at(rank));
    group.note = words("count-items", {{"count", std::to_string(group.rows.size())}});
    table.groups.push_back(std::move(group));
  }
  return table;
}

Verdict verdict(const GapView& view, const Wording& words) {
  std::array<std::int64_t, 4> counts{};
  std::int64_t late = 0;
  for (const auto& item : view.items) {
    ++counts.at(static_cast<std::size_t>(item.rank));
    if (overdue(item, view.today)) ++late;
  }
  const Arguments numbers = {{"must", std::to_string(counts[0])},
                             {"basic", std::to_string(counts[1])},
                             {"recommended", std::to_string(counts[2])},
                             {"other", std::to_string(counts[3])},
                             {"late", std::to_string(late)},
                             {"total", std::to_string(view.items.size())},
                             {"judged", std::to_string(view.judged)}};
  Verdict out;
  out.sub = words("gap-verdict-sub", numbers);
  if (view.items.empty()) {
    out.tone = view.judged > 0 ? Tone::met : Tone::none;
    out.text = words(view.judged > 0 ? "gap-verdict-none" : "gap-verdict-nothing-judged", numbers);
  } else if (counts[0] > 0) {
    out.tone = Tone::miss;
    out.text = words("gap-verdict-must", numbers);
  } else if (counts[1] > 0) {
    out.tone = Tone::warn;
    out.text = words("gap-verdict-basic", numbers);
  } else {
    out.tone = Tone::info;
    out.text = words("gap-verdict-rest", numbers);
  }
  return out;
}

}  // namespace

Document gap_document(const GapView& view, const Wording& words) {
  Document out = begin_document(view.front, words, "gap");
  out.orientation = Orientation::landscape;
  out.title = words("gap-title");
  out.subtitle = view.subject;
  out.blocks.emplace_back(verdict(view, words));
  if (view.pattern) out.blocks.emplace_back(pattern_block(*view.pattern, words));
  out.blocks.emplace_back(Heading{2, words("gap-list"), "gaps"});
  out.blocks.emplace_back(Paragraph{words("gap-order"), true});
  auto table = table_of(in_order(view.items), view, words);
  out.blocks.emplace_back(std::move(table));
  end_document(out, view.front, words);
  return out;
}

}  // namespace genmei::report
