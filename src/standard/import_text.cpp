#include "standard/import_text.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"

namespace genmei::standard {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool latin(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || digit(c); }

// "- 61 -", alone or before a publisher's name: the footer of a page.
bool page_number(std::string_view text) {
  if (!text.starts_with('-')) return false;
  std::size_t i = 1;
  while (i < text.size() && text[i] == ' ') ++i;
  const std::size_t first = i;
  while (i < text.size() && digit(text[i])) ++i;
  if (i == first || i - first > 4) return false;
  while (i < text.size() && text[i] == ' ') ++i;
  return i < text.size() && text[i] == '-' && (i + 1 == text.size() || text[i + 1] == ' ');
}

// The first and last lines that repeat on most pages are running titles; lone numbers there are page numbers.
void mark_running_titles(Lines& lines) {
  std::vector<std::size_t> edges;
  for (std::size_t i = 0; i < lines.list.size(); ++i) {
    const bool first = i == 0 || lines.list[i - 1].page != lines.list[i].page;
    const bool last = i + 1 == lines.list.size() || lines.list[i + 1].page != lines.list[i].page;
    if (first || last) edges.push_back(i);
  }
  const std::size_t pages = lines.list.empty() ? 0 : lines.list.back().page;
  std::unordered_map<std::string_view, std::size_t> seen;
  for (const auto i : edges) ++seen[lines.list[i].text];
  for (const auto i : edges) {
    auto& line = lines.list[i];
    const bool number = line.text.size() <= 4 && std::all_of(line.text.begin(), line.text.end(), digit);
    if (number || (pages >= 3 && seen[line.text] * 2 > pages)) line.furniture = true;
  }
}

// Columns of a fixed-width font.
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80U) {
      ++columns;
    } else if (byte >= 0xC0U) {
      columns += 2;
    }
  }
  return columns;
}

// The usual width of a line that was wrapped, by the middle one.
std::size_t usual_width(const Lines& lines) {
  std::vector<std::size_t> widths;
  for (const auto& line : lines.list) {
    if (!line.trailing_blank) widths.push_back(width(line.text));
  }
  if (widths.empty()) return 0;
  const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return *middle;
}

bool bullet(std::string_view text) {
  for (const std::string_view sign : {"・", "●", "○", "■", "※", "【", "（", "①", "②", "③", "例", "目的：", "目的:"}) {
    if (text.starts_with(sign)) return true;
  }
  std::size_t i = 0;
  while (i < text.size() && i < 4 && latin(text[i])) ++i;
  return i > 0 && i < text.size() && (text[i] == ')' || (text[i] == '.' && i + 1 < text.size() && !digit(text[i + 1])));
}

}  // namespace

Lines split_lines(std::string_view text) {
  Lines lines;
  lines.paged = text.find('\f') != std::string_view::npos;
  std::uint32_t number = 0;
  std::uint32_t page = 1;
  bool gap = false;
  bool rule = false;
  bool turned = false;
  std::size_t at = 0;
  std::size_t gaps = 0;
  while (at < text.size()) {
    auto end = text.find_first_of("\n\f", at);
    if (end == std::string_view::npos) end = text.size();
    auto raw = text.substr(at, end - at);
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    const bool feed = end < text.size() && text[end] == '\f';
    if (!feed || !raw.empty()) ++number;
    at = end + 1;
    const auto inner = trim(raw);
    if (!inner.empty()) {
      Line line;
      line.text = inner;
      line.number = number;
      line.page = lines.paged ? page : 0;
      line.indented = raw.data() != inner.data();
      line.trailing_blank = raw.data() + raw.size() != inner.data() + inner.size();
      line.after_gap = gap;
      line.after_rule = rule;
      line.new_page = turned;
      line.furniture = page_number(inner);
      gaps += gap;
      lines.list.push_back(line);
      gap = rule = turned = false;
    } else if (!feed) {
      gap = true;
      rule = rule || raw.size() >= 20;
    }
    if (feed) {
      ++page;
      turned = true;
    }
  }
  // Copied from a page viewer, every line is followed by an empty one, save at the foot of a page.
  const bool double_spaced = gaps * 2 > lines.list.size();
  std::size_t ends = 0;
  for (std::size_t i = 0; i < lines.list.size(); ++i) {
    auto& line = lines.list[i];
    if (!lines.paged && double_spaced && i > 0 && line.indented && !line.after_gap) line.new_page = true;
    ends += line.trailing_blank;
  }
  lines.marks_paragraphs = ends * 20 > lines.list.size();
  // A full line that ends with a Latin word has the blank of a word, not of a paragraph.
  const std::size_t full = usual_width(lines);
  for (auto& line : lines.list) {
    if (full > 20 && latin(line.text.back()) && width(line.text) + 4 >= full) line.trailing_blank = false;
  }
  if (lines.paged) mark_running_titles(lines);
  for (const auto& line : lines.list) lines.furniture += line.furniture;
  return lines;
}

std::string joined(const Lines& lines, std::size_t first, std::size_t last, std::size_t skip) {
  std::string out;
  bool ended = false;
  for (std::size_t i = first; i < last; ++i) {
    const auto& line = lines.list[i];
    if (line.furniture || line.footnote != 0) continue;
    const auto text = i == first ? trim(line.text.substr(skip)) : line.text;
    if (text.empty()) continue;
    const bool paragraph = lines.marks_paragraphs ? ended : bullet(text) || (line.after_gap && line.indented);
    if (!out.empty()) {
      // A line that breaks between two Latin words ends with a blank too.
      const bool words = latin(out.back()) && text.front() >= 'a' && text.front() <= 'z' && !bullet(text);
      if (paragraph && !words) {
        out += '\n';
      } else if (words && (ended || !lines.marks_paragraphs)) {
        out += ' ';
      }
    }
    out += text;
    ended = line.trailing_blank;
  }
  return out;
}

void warn(ImportResult& into, std::string code, std::string place, std::map<std::string, std::string> args) {
  if (into.warnings.size() >= most_warnings) return;
  into.warnings.push_back(problem(Failure::invalid, std::move(code), std::move(place), std::move(args)));
}

TextPlace place_of(const Lines& lines, std::size_t first, std::size_t last) {
  TextPlace place;
  if (first >= last) return place;
  place.first_line = lines.list[first].number;
  place.page = lines.list[first].page;
  place.last_line = place.first_line;
  for (std::size_t i = first; i < last; ++i) {
    if (!lines.list[i].furniture && lines.list[i].footnote == 0) place.last_line = lines.list[i].number;
  }
  return place;
}

void add_unplaced(const Lines& lines, std::size_t first, std::size_t last, std::string_view reason,
                  ImportResult& into) {
  while (first < last && (lines.list[first].furniture || lines.list[first].footnote != 0)) ++first;
  if (first >= last) return;
  Unplaced block;
  block.place = place_of(lines, first, last);
  block.reason = reason;
  const auto text = lines.list[first].text;
  std::size_t characters = 0;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U && ++characters > 40) break;
  }
  block.excerpt = text.substr(0, end);
  into.unplaced.push_back(std::move(block));
}

std::string line_place(const Line& line) {
  const auto number = "line " + std::to_string(line.number);
  return line.page == 0 ? number : "page " + std::to_string(line.page) + ", " + number;
}

std::vector<std::size_t> heaviest_chain(std::span<const Candidate> candidates, std::size_t orders) {
  struct Best {
    long weight = 0;
    std::size_t end = 0;  // index of the candidate + 1; 0 is none
  };
  std::vector<Best> tree(orders + 1);  // Fenwick tree: best chain that ends at an order below
  std::vector<std::size_t> before(candidates.size(), 0);
  Best best;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Best prefix;
    for (std::size_t k = candidates[i].order; k > 0; k -= k & (~k + 1)) {
      if (tree[k].weight > prefix.weight) prefix = tree[k];
    }
    before[i] = prefix.end;
    const Best mine{prefix.weight + candidates[i].weight, i + 1};
    for (std::size_t k = candidates[i].order + 1; k <= orders; k += k & (~k + 1)) {
      if (mine.weight > tree[k].weight) tree[k] = mine;
    }
    if (mine.weight > best.weight) best = mine;
  }
  std::vector<std::size_t> chosen;
  for (std::size_t at = best.end; at != 0; at = before[at - 1]) chosen.push_back(at - 1);
  std::reverse(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace genmei::standard
