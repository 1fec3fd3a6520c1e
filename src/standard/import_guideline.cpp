#include <optional>

#include "base/text.hpp"
#include "standard/import_documents.hpp"
#include "standard/import_values.hpp"

namespace genmei::standard {

namespace {

constexpr std::string_view roman[] = {"i",  "ii", "iii", "iv",  "v",    "vi",  "vii", "viii",
                                      "ix", "x",  "xi",  "xii", "xiii", "xiv", "xv",  "xvi"};

// One digit in either width; 0 bytes taken when there is none.
std::size_t digit_at(std::string_view text, unsigned& value) {
  if (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    value = static_cast<unsigned>(text[0] - '0');
    return 1;
  }
  if (text.size() >= 3 && text[0] == '\xEF' && text[1] == '\xBC') {
    const auto low = static_cast<unsigned char>(text[2]);
    if (low >= 0x90 && low <= 0x99) {
      value = low - 0x90U;
      return 3;
    }
  }
  return 0;
}

struct Number {
  std::string id;    // "II.5.2.1"
  std::string part;  // "II" or "III"
  std::size_t levels = 0;
  std::size_t bytes = 0;  // of the line that the number takes
};

std::optional<Number> leading_number(std::string_view text) {
  Number out;
  for (const auto& [sign, part] :
       {std::pair<std::string_view, std::string_view>{"Ⅲ", "III"}, {"Ⅱ", "II"}, {"III", "III"}, {"II", "II"}}) {
    if (!text.starts_with(sign)) continue;
    out.part = part;
    out.bytes = sign.size();
    break;
  }
  if (out.part.empty()) return std::nullopt;
  out.id = out.part;
  while (out.levels < 4) {
    auto rest = text.substr(out.bytes);
    std::size_t dot = 0;
    for (const std::string_view sign : {".", "．", "・"}) {
      if (rest.starts_with(sign)) dot = sign.size();
    }
    if (dot == 0) break;
    unsigned value = 0;
    unsigned number = 0;
    std::size_t digits = 0;
    while (digits < 9) {
      const auto taken = digit_at(rest.substr(dot + digits), value);
      if (taken == 0) break;
      number = number * 10 + value;
      digits += taken;
    }
    if (digits == 0) break;
    out.id += "." + std::to_string(number);
    out.bytes += dot + digits;
    ++out.levels;
  }
  if (out.levels == 0 || out.levels > 3) return std::nullopt;
  return out;
}

enum class Block { none, heading, statement, best_practice, evaluation, table };

class GuidelineImporter {
 public:
  GuidelineImporter(Lines& lines, ImportResult& into) : lines_(lines), into_(into) {}

  void run() {
    // In the report footnotes are part of the narrative; its figures have none.
    if (!report()) footnotes_ = mark_footnotes(lines_, find_starts(), into_);
    for (std::size_t i = 0; i < lines_.list.size(); ++i) {
      if (lines_.list[i].furniture || lines_.list[i].footnote != 0) continue;
      line(i);
    }
    close(lines_.list.size());
    add_unplaced(lines_, outside_, lines_.list.size(), reason_outside(), into_);
    for (const auto& one : footnotes_) {
      if (!one.used) add_unplaced_footnote(one);
    }
  }

 private:
  // The narrative of the report mentions numbers and marks too; items count only from a figure's caption to the next
  // heading of the report itself.
  [[nodiscard]] bool report() const { return into_.document == Document::study_report; }

  [[nodiscard]] std::string_view reason_outside() const {
    return report() || !into_.items.empty() ? "narrative" : "preface";
  }

  std::vector<bool> find_starts() const {
    std::vector<bool> starts(lines_.list.size() + 1, false);
    for (std::size_t i = 0; i < lines_.list.size(); ++i) starts[i] = leading_number(lines_.list[i].text).has_value();
    return starts;
  }

  void line(std::size_t i) {
    const auto text = lines_.list[i].text;
    if (report() && !figure(i, text)) return;
    if (const auto number = leading_number(text)) {
      const auto rest = trim(text.substr(number->bytes));
      if (number->levels == 3 && begin_item(i, *number, rest)) return;
      if (number->levels <= 2 && begin_heading(i, *number, rest)) return;
    }
    if (text.starts_with("【対策項目】")) return begin_unnumbered(i);
    if (text.starts_with("【ベストプラクティス】")) return begin_block(i, Block::best_practice);
    if (text.starts_with("【評価項目】")) return begin_block(i, Block::evaluation);
    if (block_ == Block::best_practice && begin_entry(i, text, roman_entry(text), Kind::best_practice)) return;
    if (block_ == Block::evaluation || block_ == Block::table) {
      if (begin_entry(i, text, letter_entry(text), Kind::evaluation_item)) return;
      if (table_head(text)) {
        close(i);
        block_ = Block::table;
        return;
      }
      if (block_ == Block::table && row(i, text)) return;
    }
    if (block_ == Block::heading) {  // a heading is one line; what follows belongs to nothing
      close(i);
      block_ = Block::none;
      outside_ = i;
    }
    if (block_ == Block::table) stray(i);
  }

  // In the report: true inside figure 36 or 38.
  bool figure(std::size_t i, std::string_view text) {
    const bool caption = text.starts_with("図表");
    if (caption) {
      const bool wanted = text.starts_with("図表 36") || text.starts_with("図表36") || text.starts_with("図表 38") ||
                          text.starts_with("図表38");
      if (inside_figure_) leave_figure(i);
      inside_figure_ = wanted;
      if (wanted) inside_figure_block_ = false;
      return false;
    }
    if (!inside_figure_) return false;
    const bool chapter = text.starts_with("【") && !text.starts_with("【対策項目】") &&
                         !text.starts_with("【評価項目】") && !text.starts_with("【ベストプラクティス】");
    unsigned value = 0;
    const bool section = digit_at(text, value) == 3;  // "３．３ …"
    const bool complete = block_ == Block::table && next_pattern_ > pattern_count;
    if (chapter || section || (complete && !letter_entry(text))) {
      leave_figure(i);
      return false;
    }
    inside_figure_block_ = true;
    return true;
  }

  void leave_figure(std::size_t i) {
    close(i);
    block_ = Block::none;
    if (inside_figure_block_) outside_ = i;
    inside_figure_ = false;
  }

  void begin(std::size_t i) {
    close(i);
    if (block_ == Block::none) {
      add_unplaced(lines_, outside_, i, reason_outside(), into_);
    }
    outside_ = lines_.list.size();
  }

  bool begin_item(std::size_t i, const Number& number, std::string_view rest) {
    const bool basic = rest.find("【基本】") != std::string_view::npos;
    const bool recommended = rest.find("【推奨】") != std::string_view::npos;
    if (!basic && !recommended) return false;  // a mention in a sentence
    begin(i);
    open(i, number.part, number.id, Kind::item);
    current_->basic = basic;
    skip_ = lines_.list[i].text.size();  // the class stands alone on the line
    item_ = current_->id;
    item_part_ = number.part;
    block_ = Block::statement;
    return true;
  }

  bool begin_heading(std::size_t i, const Number& number, std::string_view rest) {
    if (rest.empty() || rest.size() == lines_.list[i].text.size() - number.bytes) return false;  // no blank: a mention
    begin(i);
    open(i, number.part, number.id, number.levels == 1 ? Kind::chapter : Kind::section);
    skip_ = number.bytes;
    item_.clear();
    block_ = Block::heading;
    return true;
  }

  void begin_unnumbered(std::size_t i) {
    begin(i);
    open(i, "III", "", Kind::item);
    skip_ = lines_.list[i].text.size();
    item_.clear();
    item_part_ = "III";
    block_ = Block::statement;
    warn(into_, "import.unnumbered", line_place(lines_.list[i]));
  }

  void begin_block(std::size_t i, Block block) {
    if (block_ == Block::none) return;
    close(i);
    block_ = block;
    entry_ = 0;
  }

  // "iii. …": the number of the entry when it is the next one.
  [[nodiscard]] std::optional<std::pair<std::string, std::size_t>> roman_entry(std::string_view text) const {
    if (entry_ >= std::size(roman)) return std::nullopt;
    const auto want = roman[entry_];
    if (!text.starts_with(want) || !text.substr(want.size()).starts_with(".")) return std::nullopt;
    return std::pair{std::string(want), want.size() + 1};
  }

  [[nodiscard]] std::optional<std::pair<std::string, std::size_t>> letter_entry(std::string_view text) const {
    if (entry_ >= 26 || text.size() < 2 || text[0] != static_cast<char>('a' + entry_)) return std::nullopt;
    if (text[1] != '.' && text[1] != ')') return std::nullopt;
    return std::pair{std::string(1, text[0]), std::size_t{2}};
  }

  bool begin_entry(std::size_t i, std::string_view text,
                   const std::optional<std::pair<std::string, std::size_t>>& entry, Kind kind) {
    if (!entry || trim(text.substr(entry->second)).empty()) return false;
    close(i);
    finish_values(i);
    if (item_.empty()) {
      open(i, item_part_, "", kind);
    } else {
      open(i, item_part_, item_ + "." + entry->first, kind);
    }
    skip_ = entry->second;
    ++entry_;
    if (kind == Kind::evaluation_item) {
      block_ = Block::evaluation;
      next_pattern_ = 1;
      values_ = {};
      evaluation_ = into_.items.size();  // where `close` will put it
    }
    return true;
  }

  static bool table_head(std::string_view text) {
    return text.starts_with("パターン") && text.find("対策参照値") != std::string_view::npos;
  }

  bool row(std::size_t i, std::string_view text) {
    unsigned pattern = 0;
    const auto taken = digit_at(text, pattern);
    if (taken == 0 || pattern != next_pattern_ || pattern > pattern_count || evaluation_ >= into_.items.size())
      return false;
    const auto printed = trim(text.substr(taken));
    if (printed.empty() || printed.size() == text.size() - taken) return false;  // no blank: another number
    auto& item = into_.items[evaluation_];
    item.printed[pattern - 1] = printed;
    item.place.last_line = lines_.list[i].number;
    values_[pattern - 1] = parse_value(printed);
    if (!values_[pattern - 1].understood) {
      warn(into_, "import.value", line_place(lines_.list[i]), {{"value", std::string(printed)}});
    }
    if (++next_pattern_ > pattern_count) finish_values(i);
    return true;
  }

  // Puts the values read so far into the evaluation item they belong to.
  void finish_values(std::size_t i) {
    if (evaluation_ >= into_.items.size()) return;
    auto& item = into_.items[evaluation_];
    evaluation_ = static_cast<std::size_t>(-1);
    const auto place = line_place(lines_.list[std::min(i, lines_.list.size() - 1)]);
    if (next_pattern_ <= pattern_count) {
      warn(into_, "import.values-missing", place, {{"number", item.id}, {"found", std::to_string(next_pattern_ - 1)}});
    }
    Evaluation evaluation;
    if (make_evaluation(values_, evaluation)) {
      item.evaluation = evaluation;
    } else {
      warn(into_, "import.values-contradict", place, {{"number", item.id}});
    }
  }

  void stray(std::size_t i) { add_unplaced(lines_, i, i + 1, "narrative", into_); }

  void open(std::size_t i, std::string part, std::string id, Kind kind) {
    current_.emplace();
    current_->standard = guideline_id;
    current_->part = std::move(part);
    current_->id = std::move(id);
    current_->kind = kind;
    first_ = i;
  }

  // Ends the item that is being read before line `i`.
  void close(std::size_t i) {
    if (current_) {
      current_->place = place_of(lines_, first_, i);
      current_->wording = joined(lines_, first_, i, skip_);
      current_->footnotes = take_footnotes(current_->wording, first_, i, footnotes_);
      if (current_->wording.empty()) {
        warn(into_, "import.no-wording", line_place(lines_.list[first_]), {{"number", current_->id}});
      }
      into_.items.push_back(std::move(*current_));
      current_.reset();
    } else if (block_ == Block::table) {
      finish_values(i);
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
  ImportResult& into_;
  std::vector<Footnote> footnotes_;
  Block block_ = Block::none;
  std::optional<OfficialItem> current_;
  std::size_t first_ = 0;
  std::size_t skip_ = 0;
  std::size_t outside_ = 0;  // first line that belongs to nothing yet; behind the end when inside an item
  std::string item_;         // id of the numbered item that entries belong to
  std::string item_part_;
  std::size_t entry_ = 0;  // entries of the block read so far
  std::size_t evaluation_ = static_cast<std::size_t>(-1);
  unsigned next_pattern_ = 1;
  std::array<PrintedValue, pattern_count> values_;
  bool inside_figure_ = false;
  bool inside_figure_block_ = false;
};

}  // namespace

void import_guideline(Lines& lines, ImportResult& into) { GuidelineImporter(lines, into).run(); }

}  // namespace genmei::standard
