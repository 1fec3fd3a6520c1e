#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.hpp"
#include "standard/import_documents.hpp"

namespace genmei::standard {

namespace {

struct PartHeading {
  std::string_view part;
  std::string_view numeral;
  std::string_view word;
  std::size_t line = 0;  // index behind the heading; 0 when not found
};

// The number at the start of a line: "C" or digits, then up to three more levels. Empty when there is none.
std::string_view leading_number(std::string_view text) {
  std::size_t i = 0;
  if (text.starts_with('C') && text.size() > 1 && (text[1] == '.' || text[1] == ' ')) {
    i = 1;
  } else {
    while (i < text.size() && i < 3 && text[i] >= '0' && text[i] <= '9') ++i;
    if (i == 0) return {};
  }
  for (int level = 1; level < 4 && i + 1 < text.size() && text[i] == '.'; ++level) {
    std::size_t k = i + 1;
    while (k < text.size() && k - i <= 3 && text[k] >= '0' && text[k] <= '9') ++k;
    if (k == i + 1) break;
    i = k;
  }
  // "1." and "1)" number a list, "24時間" and "1.5%" are figures in a sentence.
  if (i < text.size() && (text[i] == '.' || text[i] == ')' || text[i] == '%' || (text[i] >= '0' && text[i] <= '9')))
    return {};
  return text.substr(0, i);
}

std::size_t levels(std::string_view id) { return static_cast<std::size_t>(std::count(id.begin(), id.end(), '.')) + 1; }

class CloudImporter {
 public:
  CloudImporter(Lines& lines, std::span<const ExpectedItem> expected, ImportResult& into)
      : lines_(lines), expected_(expected), into_(into), starts_(lines.list.size() + 1, false) {}

  void run() {
    find_parts();
    std::size_t first = lines_.list.size();
    std::vector<std::pair<std::size_t, std::size_t>> ranges;  // lines of each part
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].line == 0) continue;
      first = std::min(first, parts_[i].line);
      std::size_t end = lines_.list.size();
      for (std::size_t k = i + 1; k < parts_.size(); ++k) {
        if (parts_[k].line != 0) {
          end = parts_[k].line - 1;
          break;
        }
      }
      choose(parts_[i].part, parts_[i].line, end);
    }
    footnotes_ = mark_footnotes(lines_, starts_, into_);
    add_unplaced(lines_, 0, first == 0 ? 0 : first - 1, "preface", into_);
    for (const auto& range : chosen_parts_) take(range);
    for (const auto& one : footnotes_) {
      if (!one.used) add_unplaced_footnote(one);
    }
    std::sort(into_.unplaced.begin(), into_.unplaced.end(),
              [](const Unplaced& a, const Unplaced& b) { return a.place.first_line < b.place.first_line; });
  }

 private:
  struct Start {
    std::size_t line = 0;
    std::size_t skip = 0;                // bytes of the number
    const ExpectedItem* item = nullptr;  // nullptr: a number we do not know
  };
  struct ChosenPart {
    std::string_view part;
    std::size_t first = 0;
    std::size_t last = 0;
    std::vector<Start> starts;
  };

  // A heading is the numeral, the word and little else; a table of contents may name it before, so the last one counts.
  void find_parts() {
    for (std::size_t i = 0; i < lines_.list.size(); ++i) {
      const auto text = lines_.list[i].text;
      for (auto& part : parts_) {
        if (!text.starts_with(part.numeral) || !text.ends_with(part.word) || length(text) > 30) continue;
        part.line = i + 1;
      }
    }
    std::size_t before = 0;
    for (auto& part : parts_) {
      if (part.line == 0 || part.line < before) {
        part.line = 0;
        warn(into_, "import.part-missing", {}, {{"part", std::string(part.part)}});
      } else {
        before = part.line;
      }
    }
  }

  void choose(std::string_view part, std::size_t first, std::size_t last) {
    std::unordered_map<std::string_view, std::size_t> order;
    std::vector<const ExpectedItem*> items;
    for (const auto& one : expected_) {
      if (one.standard != cloud_id || one.part != part) continue;
      order.emplace(one.id, items.size());
      items.push_back(&one);
    }
    std::vector<Candidate> candidates;
    std::vector<std::size_t> unknown;
    for (std::size_t i = first; i < last; ++i) {
      const auto& line = lines_.list[i];
      if (line.furniture) continue;
      const auto id = leading_number(line.text);
      if (id.empty()) continue;
      const auto rest = line.text.substr(id.size());
      const bool blank = rest.starts_with(' ') || rest.starts_with("　");
      const auto it = order.find(id);
      if (it == order.end()) {
        if (levels(id) >= 3 && blank && line.after_gap) unknown.push_back(i);
        continue;
      }
      // Headings always have a blank; without one a short number is a figure in a sentence.
      if (levels(id) <= 2 && !blank) continue;
      Candidate one{i, it->second, 8};
      if (blank) one.weight += 2;
      if (line.after_gap || line.new_page) one.weight += 2;
      if (i == 0 || lines_.list[i - 1].trailing_blank || lines_.list[i - 1].furniture) one.weight += 1;
      const auto& title = items[it->second]->title;
      if (levels(id) <= 2 && !title.empty() && fold(trim(rest)) == fold(title)) one.weight += 4;
      candidates.push_back(one);
    }
    ChosenPart chosen{part, first, last, {}};
    std::size_t next = 0;
    for (const auto index : heaviest_chain(candidates, items.size())) {
      for (; next < index; ++next) stray(candidates[next]);
      ++next;
      const auto& one = candidates[index];
      chosen.starts.push_back({one.line, items[one.order]->id.size(), items[one.order]});
      starts_[one.line] = true;
    }
    for (; next < candidates.size(); ++next) stray(candidates[next]);
    for (const auto line : unknown) {
      chosen.starts.push_back({line, 0, nullptr});
      starts_[line] = true;
    }
    std::sort(chosen.starts.begin(), chosen.starts.end(),
              [](const Start& a, const Start& b) { return a.line < b.line; });
    chosen_parts_.push_back(std::move(chosen));
  }

  void stray(const Candidate& one) {
    const auto& line = lines_.list[one.line];
    warn(into_, "import.stray-number", line_place(line), {{"number", std::string(leading_number(line.text))}});
  }

  void take(const ChosenPart& part) {
    const bool explained = part.part == "governance" || part.part == "management";
    add_unplaced(lines_, part.first - 1, part.first, "part-heading", into_);
    add_unplaced(lines_, part.first, part.starts.empty() ? part.last : part.starts.front().line, "preface", into_);
    for (std::size_t i = 0; i < part.starts.size(); ++i) {
      const auto& start = part.starts[i];
      const auto end = i + 1 < part.starts.size() ? part.starts[i + 1].line : part.last;
      if (!start.item) {
        add_unplaced(lines_, start.line, end, "unknown-number", into_);
        continue;
      }
      OfficialItem item;
      item.standard = cloud_id;
      item.part = part.part;
      item.id = start.item->id;
      item.kind = start.item->kind;
      item.place = place_of(lines_, start.line, end);
      auto text = text_of(start, end);
      item.footnotes = take_footnotes(text, start.line, end, footnotes_);
      divide(std::move(text), explained || levels(item.id) <= 2, item);
      if (item.wording.empty()) {
        warn(into_, "import.no-wording", line_place(lines_.list[start.line]), {{"number", item.id}});
      }
      into_.items.push_back(std::move(item));
    }
  }

  // Where line ends do not tell paragraphs, a heading is its own line.
  std::string text_of(const Start& start, std::size_t end) const {
    if (lines_.marks_paragraphs || levels(start.item->id) > 2) return joined(lines_, start.line, end, start.skip);
    auto text = joined(lines_, start.line, start.line + 1, start.skip);
    const auto rest = joined(lines_, start.line + 1, end);
    return rest.empty() ? text : text + "\n" + rest;
  }

  // Headings and activities: the first paragraph is the wording, an objective stands apart, the rest explains.
  static void divide(std::string text, bool first_only, OfficialItem& item) {
    if (!first_only) {
      item.wording = std::move(text);
      return;
    }
    bool first = true;
    for (const auto paragraph : split(text, '\n')) {
      if (first) {
        item.wording = paragraph;
        first = false;
        continue;
      }
      bool objective = false;
      for (const std::string_view mark : {"目的：", "目的:"}) {
        if (!paragraph.starts_with(mark)) continue;
        item.objective = trim(paragraph.substr(mark.size()));
        objective = true;
      }
      if (objective) continue;
      if (!item.body.empty()) item.body += '\n';
      item.body += paragraph;
    }
  }

  void add_unplaced_footnote(const Footnote& one) {
    Unplaced block;
    block.place = {lines_.list[one.first].number, lines_.list[one.last - 1].number, lines_.list[one.first].page};
    block.reason = "footnote";
    block.excerpt = (one.starred ? "*" : "") + std::to_string(one.number);
    into_.unplaced.push_back(std::move(block));
  }

  Lines& lines_;
  std::span<const ExpectedItem> expected_;
  ImportResult& into_;
  std::vector<bool> starts_;
  std::vector<Footnote> footnotes_;
  std::vector<ChosenPart> chosen_parts_;
  std::array<PartHeading, 4> parts_ = {
      PartHeading{"governance", "Ⅲ", "ガバナンス基準"}, PartHeading{"management", "Ⅳ", "マネジメント基準"},
      PartHeading{"control", "Ⅴ", "管理策基準"}, PartHeading{"basic-assertion", "Ⅵ", "基本言明要件"}};
};

}  // namespace

void import_cloud(Lines& lines, std::span<const ExpectedItem> expected, ImportResult& into) {
  CloudImporter(lines, expected, into).run();
}

}  // namespace genmei::standard
