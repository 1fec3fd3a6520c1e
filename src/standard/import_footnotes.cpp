#include <algorithm>

#include "base/text.hpp"
#include "standard/import_documents.hpp"

namespace genmei::standard {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// "*2 …" anywhere, "10 …" only below a rule: gives the number and the length of the mark.
bool footnote_start(const Line& line, std::uint32_t& number, std::size_t& length, bool& starred) {
  const auto text = line.text;
  starred = text.starts_with('*');
  std::size_t i = starred ? 1 : 0;
  if (!starred && !line.after_rule) return false;
  number = 0;
  while (i < text.size() && digit(text[i]) && i < 5) number = number * 10 + static_cast<std::uint32_t>(text[i++] - '0');
  if (number == 0 || i >= text.size() || text[i] != ' ') return false;
  length = i + 1;
  return true;
}

// Where the page of a footnote that begins at `first` ends. With form feeds the page says so. Otherwise the top of the
// next page is the last line before the next item that looks like one, because a paragraph of the footnote looks like
// it too.
std::size_t page_end(const Lines& lines, std::size_t first, const std::vector<bool>& starts, ImportResult& into) {
  const auto& list = lines.list;
  const std::size_t limit = std::min(list.size(), first + 80);
  if (lines.paged) {
    std::size_t i = first + 1;
    while (i < list.size() && list[i].page == list[first].page && !list[i].furniture) ++i;
    return i;
  }
  std::vector<std::size_t> turns;
  std::size_t footer = 0;
  bool item_follows = false;
  std::size_t i = first + 1;
  for (; i < limit && footer == 0 && !item_follows; ++i) {
    if (list[i].new_page) turns.push_back(i);
    if (list[i].furniture) footer = i;
    item_follows = starts[i];
  }
  std::size_t end = item_follows ? i - 1 : i;
  if (!turns.empty()) end = item_follows ? turns.back() : turns.front();
  if (footer != 0) {
    // The footer closes the footnote's own page, unless then the rest of an item that was cut in two would be lost.
    const bool cut = first > 0 && lines.marks_paragraphs && !list[first - 1].trailing_blank;
    const bool nothing_left = footer + 1 >= list.size() || starts[footer + 1];
    end = !turns.empty() && cut && nothing_left ? turns.back() : footer;
  }
  if (turns.size() > 1 || (footer != 0 && !turns.empty())) {
    warn(into, "import.footnote-end", line_place(list[first]),
         {{"line", std::to_string(list[std::min(end, list.size() - 1)].number)}});
  }
  return end;
}

}  // namespace

std::vector<Footnote> mark_footnotes(Lines& lines, const std::vector<bool>& starts, ImportResult& into) {
  std::vector<Footnote> found;
  for (std::size_t i = 0; i < lines.list.size(); ++i) {
    std::uint32_t number = 0;
    std::size_t length = 0;
    bool starred = false;
    if (lines.list[i].furniture || !footnote_start(lines.list[i], number, length, starred)) continue;
    const auto end = page_end(lines, i, starts, into);
    // Several footnotes may share the foot of a page.
    std::size_t first = i;
    for (std::size_t k = i + 1; k <= end; ++k) {
      std::uint32_t next = 0;
      std::size_t next_length = 0;
      bool next_starred = false;
      if (k < end) {
        auto line = lines.list[k];
        line.after_rule = true;
        if (!footnote_start(line, next, next_length, next_starred) || next != number + 1) continue;
      }
      Footnote one;
      one.number = number;
      one.first = first;
      one.last = k;
      one.starred = starred;
      one.text = joined(lines, first, k, length);
      found.push_back(std::move(one));
      first = k;
      number = next;
      length = next_length;
      starred = next_starred;
    }
    for (std::size_t k = i; k < end; ++k) lines.list[k].footnote = found.back().number;
    if (end > i) i = end - 1;
  }
  return found;
}

std::vector<std::string> take_footnotes(std::string& text, std::size_t first, std::size_t last,
                                        std::vector<Footnote>& footnotes) {
  std::vector<std::string> texts;
  // The note stands at the foot of the page that carries its mark, so never far below the item.
  auto from = std::lower_bound(footnotes.begin(), footnotes.end(), first,
                               [](const Footnote& one, std::size_t line) { return one.last < line; });
  for (; from != footnotes.end() && from->first <= last + 60; ++from) {
    auto& one = *from;
    if (one.used) continue;
    const auto mark = (one.starred ? "*" : "") + std::to_string(one.number);
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      const auto end = at + mark.size();
      const bool more = end < text.size() && digit(text[end]);
      // A bare number is a mark only when it is glued to a word.
      const bool glued =
          at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n' && text[at - 1] != '.' && !digit(text[at - 1]);
      if (more || (!one.starred && !glued)) continue;
      text.erase(at, mark.size());
      texts.push_back(one.text);
      one.used = true;
      break;
    }
  }
  return texts;
}

}  // namespace genmei::standard
