#include "standard/import_catalogue.hpp"

#include <array>
#include <optional>
#include <unordered_map>

#include "base/text.hpp"
#include "standard/import_values.hpp"

namespace genmei::standard {

namespace {

enum Column : std::uint8_t {
  id,
  parent,
  level,
  klass,
  title_ja,
  title_en,
  statement_ja,
  statement_en,
  question_ja,
  question_en,
  note_ja,
  note_en,
  threats,
  components,
  evaluation_ja,
  evaluation_en,
  pattern_1,
  pattern_2,
  pattern_3,
  pattern_4,
  pattern_5,
  pattern_6,
  column_count
};

struct ColumnName {
  std::string_view name;  // compared folded, without blanks
  Column column;
};
constexpr ColumnName column_names[] = {
    {"id", id},
    {"番号", id},
    {"項番", id},
    {"管理番号", id},
    {"parent", parent},
    {"親", parent},
    {"親番号", parent},
    {"上位項目", parent},
    {"level", level},
    {"階層", level},
    {"種別", level},
    {"class", klass},
    {"区分", klass},
    {"title", title_ja},
    {"title_ja", title_ja},
    {"見出し", title_ja},
    {"題名", title_ja},
    {"項目名", title_ja},
    {"項目", title_ja},
    {"title_en", title_en},
    {"見出し(英語)", title_en},
    {"題名(英語)", title_en},
    {"項目名(英語)", title_en},
    {"statement", statement_ja},
    {"statement_ja", statement_ja},
    {"要求事項", statement_ja},
    {"内容", statement_ja},
    {"本文", statement_ja},
    {"statement_en", statement_en},
    {"要求事項(英語)", statement_en},
    {"内容(英語)", statement_en},
    {"本文(英語)", statement_en},
    {"question", question_ja},
    {"question_ja", question_ja},
    {"確認事項", question_ja},
    {"質問", question_ja},
    {"question_en", question_en},
    {"確認事項(英語)", question_en},
    {"質問(英語)", question_en},
    {"note", note_ja},
    {"note_ja", note_ja},
    {"備考", note_ja},
    {"note_en", note_en},
    {"備考(英語)", note_en},
    {"threats", threats},
    {"脅威", threats},
    {"components", components},
    {"構成要素", components},
    {"evaluation", evaluation_ja},
    {"evaluation_ja", evaluation_ja},
    {"評価項目", evaluation_ja},
    {"evaluation_en", evaluation_en},
    {"評価項目(英語)", evaluation_en},
    {"pattern_1", pattern_1},
    {"pattern_2", pattern_2},
    {"pattern_3", pattern_3},
    {"pattern_4", pattern_4},
    {"pattern_5", pattern_5},
    {"pattern_6", pattern_6},
    {"パターン1", pattern_1},
    {"パターン2", pattern_2},
    {"パターン3", pattern_3},
    {"パターン4", pattern_4},
    {"パターン5", pattern_5},
    {"パターン6", pattern_6},
};

std::string plain(std::string_view text) { return replace_all(fold(trim(text)), " ", ""); }

std::optional<Column> column_of(std::string_view text) {
  const auto name = plain(text);
  for (const auto& one : column_names) {
    if (plain(one.name) == name) return one.column;
  }
  return std::nullopt;
}

bool usable_id(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '.' && c != '-' && c != '_') return false;
  }
  return true;
}

std::optional<Kind> level_of(std::string_view text) {
  const auto name = plain(text);
  for (const auto& [word, kind] : {std::pair<std::string_view, Kind>{"chapter", Kind::chapter},
                                   {"章", Kind::chapter},
                                   {"section", Kind::section},
                                   {"節", Kind::section},
                                   {"control", Kind::control},
                                   {"管理策", Kind::control},
                                   {"item", Kind::item},
                                   {"項目", Kind::item},
                                   {"detail", Kind::detail},
                                   {"詳細", Kind::detail}}) {
    if (plain(word) == name) return kind;
  }
  return std::nullopt;
}

// Entries of one cell: parted by line feeds, commas or semicolons, also Japanese ones.
std::vector<std::string> entries(std::string text) {
  for (const std::string_view sign : {"、", "，", "；", ";", "\n"}) text = replace_all(std::move(text), sign, ",");
  std::vector<std::string> out;
  for (const auto one : split(text, ',')) {
    if (!trim(one).empty()) out.emplace_back(trim(one));
  }
  return out;
}

class SheetReader {
 public:
  SheetReader(const sheet::Workbook& book, const SheetHead& head) : book_(book) {
    out_.own = true;
    out_.id = head.id;
    out_.version = head.version;
    out_.title = head.title;
  }

  Result<Catalogue> read() {
    for (const auto& one : book_.sheets) {
      if (!one.hidden && about(one)) read_about(one);
    }
    for (const auto& one : book_.sheets) {
      if (!one.hidden && !about(one) && !one.rows.empty()) read_part(one);
    }
    const std::string place = book_.sheets.empty() ? std::string() : book_.sheets.front().name;
    if (!usable_id(out_.id)) complain(out_.id.empty() ? "standard.required" : "standard.bad-id", place, "id");
    if (out_.version.empty()) complain("standard.required", place, "version");
    complete(out_.title);
    if (out_.title.ja.empty()) complain("standard.required", place, "title");
    out_.short_title = out_.title;
    if (out_.parts.empty() && problems_.empty()) problems_.add(problem(Failure::invalid, "import.no-rows", place));
    if (!problems_.empty()) return std::move(problems_);
    return std::move(out_);
  }

 private:
  static bool about(const sheet::Sheet& one) {
    const auto name = plain(one.name);
    return name == plain("概要") || name == "about";
  }

  void complain(std::string code, const std::string& place, std::string_view field) {
    constexpr std::size_t most = 100;  // a wrong column would otherwise fill pages
    if (problems_.list.size() >= most) return;
    problems_.add(problem(Failure::invalid, std::move(code), place, {{"field", std::string(field)}, {"place", place}}));
  }

  void read_about(const sheet::Sheet& one) {
    for (const auto& row : one.rows) {
      const auto name = plain(one.at(row.number, 1).text);
      const std::string value(trim(one.at(row.number, 2).text));
      if (name == "id" || name == plain("識別子")) {
        out_.id = value;
      } else if (name == "version" || name == plain("版")) {
        out_.version = value;
      } else if (name == "title" || name == "title_ja" || name == plain("名称")) {
        out_.title.ja = value;
      } else if (name == "title_en" || name == plain("名称(英語)")) {
        out_.title.en = value;
      } else if (name == "publisher" || name == plain("発行者")) {
        out_.publisher = {value, value};
      } else if (name == "licence" || name == plain("利用条件")) {
        out_.licence = {value, value};
      } else if (!name.empty()) {
        complain("import.column-unknown", one.place(row.number, 1), one.at(row.number, 1).text);
      }
    }
  }

  // Reads the header; false when the sheet cannot be read without it.
  bool read_header(const sheet::Sheet& one) {
    columns_.fill(0);
    const auto& header = one.rows.front();
    for (const auto& cell : header.cells) {
      const auto column = column_of(cell.text);
      if (!column) {
        complain("import.column-unknown", one.place(cell), cell.text);
      } else if (columns_[*column] != 0) {
        complain("import.column-twice", one.place(cell), cell.text);
      } else {
        columns_[*column] = cell.column;
      }
    }
    if (columns_[id] == 0) complain("import.column-missing", one.place(header.number, 1), "id");
    if (columns_[title_ja] == 0 && columns_[statement_ja] == 0 && columns_[title_en] == 0 &&
        columns_[statement_en] == 0) {
      complain("import.column-missing", one.place(header.number, 1), "title_ja");
    }
    return columns_[id] != 0;
  }

  std::string text(const sheet::Sheet& one, std::uint32_t row, Column column) {
    if (columns_[column] == 0) return {};
    const auto& cell = one.at(row, columns_[column]);
    if (cell.type == sheet::CellType::error) complain("import.cell-error", one.place(row, columns_[column]), cell.text);
    if (cell.formula && cell.type == sheet::CellType::empty) {
      complain("import.cell-formula", one.place(row, columns_[column]), "");
    }
    return std::string(trim(cell.text));
  }

  std::string place(const sheet::Sheet& one, std::uint32_t row, Column column) const {
    return one.place(row, columns_[column] == 0 ? columns_[id] : columns_[column]);
  }

  // A text in one language serves for both.
  static void complete(Bilingual& words) {
    if (words.ja.empty()) words.ja = words.en;
    if (words.en.empty()) words.en = words.ja;
  }

  Bilingual words(const sheet::Sheet& one, std::uint32_t row, Column ja, Column en) {
    Bilingual out{text(one, row, ja), text(one, row, en)};
    complete(out);
    return out;
  }

  void read_part(const sheet::Sheet& one) {
    if (!read_header(one)) return;
    Part part;
    part.id = usable_id(one.name) ? one.name : "part-" + std::to_string(out_.parts.size() + 1);
    part.title = {one.name, one.name};
    part.by_threats = columns_[threats] != 0;
    places_.clear();
    for (std::size_t i = 1; i < one.rows.size(); ++i) {
      const auto row = one.rows[i].number;
      bool any = false;
      for (const auto& cell : one.rows[i].cells) any = any || !trim(cell.text).empty() || cell.formula;
      if (any) read_item(one, row, part);
    }
    if (part.items.empty()) {
      problems_.add(problem(Failure::invalid, "import.no-rows", one.name));
      return;
    }
    out_.parts.push_back(std::move(part));
  }

  void read_item(const sheet::Sheet& one, std::uint32_t row, Part& part) {
    Item item;
    item.id = text(one, row, id);
    if (item.id.empty()) {
      complain("standard.required", place(one, row, id), "id");
    } else if (!usable_id(item.id)) {
      complain("standard.bad-id", place(one, row, id), item.id);
    }
    item.kind = Kind::item;
    if (const auto name = text(one, row, level); !name.empty()) {
      const auto kind = level_of(name);
      if (!kind) complain("standard.value", place(one, row, level), "level");
      item.kind = kind.value_or(Kind::item);
    }
    const bool heading = item.kind == Kind::chapter || item.kind == Kind::section;
    item.title = words(one, row, title_ja, title_en);
    item.statement = words(one, row, statement_ja, statement_en);
    item.question = words(one, row, question_ja, question_en);
    item.note = words(one, row, note_ja, note_en);
    if (item.title.ja.empty() && item.kind != Kind::detail)
      complain("standard.required", place(one, row, title_ja), "title");
    if (item.statement.ja.empty() && !heading)
      complain("standard.required", place(one, row, statement_ja), "statement");
    read_class(one, row, item);
    item.components = entries(text(one, row, components));
    for (const auto& entry : entries(text(one, row, threats))) read_threat(one, row, entry, item);
    read_parent(one, row, item);
    const auto index = static_cast<std::int32_t>(part.items.size());
    if (!item.id.empty() && !places_.emplace(item.id, index).second) {
      complain("standard.duplicate-item", place(one, row, id), item.id);
    }
    part.items.push_back(std::move(item));
    read_evaluation(one, row, part, index);
  }

  void read_class(const sheet::Sheet& one, std::uint32_t row, Item& item) {
    const auto name = plain(text(one, row, klass));
    if (name.empty() || name == "basic" || name == plain("基本")) return;
    item.basic = false;
    if (name != "recommended" && name != plain("推奨")) complain("standard.value", place(one, row, klass), "class");
  }

  // "T01" or "T01:detect".
  void read_threat(const sheet::Sheet& one, std::uint32_t row, const std::string& entry, Item& item) {
    const auto colon = entry.find(':');
    const auto how =
        colon == std::string::npos ? How::prevent : how_of(trim(std::string_view(entry).substr(colon + 1)));
    if (!how) complain("standard.value", place(one, row, threats), "threats");
    item.counters.push_back({std::string(trim(std::string_view(entry).substr(0, colon))), how.value_or(How::prevent)});
  }

  void read_parent(const sheet::Sheet& one, std::uint32_t row, Item& item) {
    if (columns_[parent] != 0) {
      const auto name = text(one, row, parent);
      if (name.empty()) return;
      const auto it = places_.find(name);
      if (it == places_.end()) {
        complain("standard.unknown-parent", place(one, row, parent), name);
      } else {
        item.parent = it->second;
      }
      return;
    }
    for (auto dot = item.id.rfind('.'); dot != std::string::npos && dot > 0; dot = item.id.rfind('.', dot - 1)) {
      const auto it = places_.find(item.id.substr(0, dot));
      if (it == places_.end()) continue;
      item.parent = it->second;
      return;
    }
  }

  // The item itself asks; the number stands in an item of its own below it, so that both can be assessed.
  void read_evaluation(const sheet::Sheet& one, std::uint32_t row, Part& part, std::int32_t owner) {
    const auto title = words(one, row, evaluation_ja, evaluation_en);
    std::array<PrintedValue, pattern_count> values;
    bool any = false;
    for (std::size_t i = 0; i < pattern_count; ++i) {
      const auto column = static_cast<Column>(pattern_1 + i);
      const auto printed = text(one, row, column);
      if (printed.empty()) {
        values[i].value.free = true;
        continue;
      }
      any = true;
      values[i] = parse_value(printed);
      if (!values[i].understood) complain("standard.value", place(one, row, column), printed);
    }
    if (!any && title.ja.empty()) return;
    if (title.ja.empty()) complain("standard.required", place(one, row, evaluation_ja), "evaluation");
    if (!any) complain("standard.required", place(one, row, pattern_1), "pattern_1");
    Evaluation evaluation;
    if (!make_evaluation(values, evaluation)) complain("standard.value", place(one, row, pattern_1), "pattern_1");
    Item item;
    const auto& asking = part.items[static_cast<std::size_t>(owner)];
    item.id = asking.id + ".value";
    item.kind = Kind::evaluation_item;
    item.parent = owner;
    item.basic = asking.basic;
    item.title = title;
    item.components = asking.components;
    item.evaluation = static_cast<std::int32_t>(part.evaluations.size());
    part.evaluations.push_back(evaluation);
    part.items.push_back(std::move(item));
  }

  const sheet::Workbook& book_;
  Catalogue out_;
  Problems problems_;
  std::array<std::uint32_t, column_count> columns_{};
  std::unordered_map<std::string, std::int32_t> places_;
};

}  // namespace

Result<Catalogue> catalogue_from_sheet(const sheet::Workbook& book, const SheetHead& head) {
  return SheetReader(book, head).read();
}

}  // namespace genmei::standard
