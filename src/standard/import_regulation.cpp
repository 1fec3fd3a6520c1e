#include <unordered_map>

#include "base/text.hpp"
#include "standard/import_documents.hpp"

namespace genmei::standard {

namespace {

// "5.12" at the start of a line, followed by a blank.
std::string_view leading_number(std::string_view text) {
  std::size_t i = 0;
  std::size_t dots = 0;
  while (i < text.size() && i < 5 && ((text[i] >= '0' && text[i] <= '9') || (text[i] == '.' && dots++ == 0))) ++i;
  if (i == 0 || i >= text.size() || text[i] != ' ') return {};
  return text[i - 1] == '.' ? std::string_view() : text.substr(0, i);
}

bool rule(const Line& line) {
  return line.text.size() >= 5 && line.text.find_first_not_of('_') == std::string_view::npos;
}

struct Start {
  std::size_t line = 0;
  std::size_t skip = 0;
  const ExpectedItem* item = nullptr;
  bool heading = false;  // "5 …": a chapter that the catalogue may not list
};

void take(const Lines& lines, const Start& start, std::size_t end, ImportResult& into) {
  OfficialItem item;
  item.standard = annex_id;
  item.part = start.item->part;
  item.id = start.item->id;
  item.kind = start.item->kind;
  item.place = place_of(lines, start.line, end);
  if (item.kind == Kind::chapter || item.kind == Kind::section) {
    item.wording = joined(lines, start.line, start.line + 1, start.skip);
    item.body = joined(lines, start.line + 1, end);
    into.items.push_back(std::move(item));
    return;
  }
  std::size_t first_rule = 0;
  std::size_t second_rule = 0;
  for (std::size_t i = start.line + 1; i < end && second_rule == 0; ++i) {
    if (!rule(lines.list[i])) continue;
    (first_rule == 0 ? first_rule : second_rule) = i;
  }
  if (second_rule != 0) {
    item.wording = joined(lines, first_rule + 1, second_rule);
    item.body = joined(lines, second_rule + 1, end);
  } else {
    item.body = joined(lines, start.line + 1, end);
  }
  if (item.wording.empty()) {
    warn(into, "import.no-wording", line_place(lines.list[start.line]), {{"number", item.id}});
  }
  into.items.push_back(std::move(item));
}

}  // namespace

void import_regulation(Lines& lines, std::span<const ExpectedItem> expected, ImportResult& into) {
  std::unordered_map<std::string, std::size_t> order;
  std::vector<const ExpectedItem*> items;
  for (const auto& one : expected) {
    if (one.standard != annex_id || one.part != "annex-a") continue;
    const std::string_view id = one.id;
    order.emplace(id.starts_with("A.") ? id.substr(2) : id, items.size());
    items.push_back(&one);
  }
  std::vector<Candidate> candidates;
  std::vector<bool> starts(lines.list.size() + 1, false);
  for (std::size_t i = 0; i < lines.list.size(); ++i) {
    const auto id = leading_number(lines.list[i].text);
    const auto it = id.empty() ? order.end() : order.find(std::string(id));
    if (it == order.end()) continue;
    Candidate one{i, it->second, 4};
    if (i + 1 < lines.list.size() && rule(lines.list[i + 1])) one.weight += 4;
    if (fold(trim(lines.list[i].text.substr(id.size()))) == fold(items[it->second]->title)) one.weight += 2;
    candidates.push_back(one);
  }
  std::vector<Start> found;
  std::size_t next = 0;
  const auto stray = [&](const Candidate& one) {
    warn(into, "import.stray-number", line_place(lines.list[one.line]),
         {{"number", std::string(leading_number(lines.list[one.line].text))}});
  };
  for (const auto index : heaviest_chain(candidates, items.size())) {
    for (; next < index; ++next) stray(candidates[next]);
    ++next;
    const auto line = candidates[index].line;
    found.push_back({line, leading_number(lines.list[line].text).size(), items[candidates[index].order], false});
    starts[line] = true;
  }
  for (; next < candidates.size(); ++next) stray(candidates[next]);

  // A chapter's own line ("6 …") right before its first control is a heading, not the end of the control before.
  std::vector<Start> all;
  for (const auto& one : found) {
    if (one.line > 0 && !starts[one.line - 1]) {
      const auto id = leading_number(lines.list[one.line - 1].text);
      const auto number = leading_number(lines.list[one.line].text);
      if (id.size() == 1 && number.starts_with(id) && number.ends_with(".1")) {
        all.push_back({one.line - 1, id.size(), nullptr, true});
      }
    }
    all.push_back(one);
  }
  auto footnotes = mark_footnotes(lines, starts, into);
  add_unplaced(lines, 0, all.empty() ? lines.list.size() : all.front().line, "preface", into);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto end = i + 1 < all.size() ? all[i + 1].line : lines.list.size();
    if (all[i].heading) {
      add_unplaced(lines, all[i].line, end, "part-heading", into);
    } else {
      take(lines, all[i], end, into);
    }
  }
}

}  // namespace genmei::standard
