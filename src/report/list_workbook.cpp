#include "report/list_workbook.hpp"

#include <algorithm>
#include <array>

#include "base/sheet.hpp"
#include "report/xlsx_book.hpp"

namespace genmei::report {
namespace {

constexpr unsigned most_rows = 1'048'576;  // of an Excel sheet
constexpr unsigned most_columns = 16'384;

std::string kind_word(ListColumn::Kind kind, const Wording& words) {
  constexpr std::array<std::string_view, 6> codes = {"list-text",    "list-number", "list-date",
                                                     "list-boolean", "list-choice", "list-reference"};
  return words(codes.at(static_cast<std::size_t>(kind)));
}

// Dates in lists are ISO, which every spreadsheet sorts and the import reads, whatever the language of the reader.
Look look_of(ListColumn::Kind kind) {
  Look look;
  look.ruled = look.wrap = true;
  if (kind == ListColumn::Kind::date) look.number_format = "yyyy-mm-dd";
  if (kind == ListColumn::Kind::number) look.align = Align::end;
  return look;
}

class Writer {
 public:
  Writer(const RecordList& list, const Wording& words, const std::string& temporary)
      : list_(list),
        words_(words),
        book_({list.title, list.organisation, {}, list.created, words.language()}, temporary) {}

  Result<std::string> write(unsigned blank_rows, const std::stop_token& stop) {
    if (list_.rows.size() + blank_rows + 1 > most_rows || list_.columns.size() > most_columns) {
      return problem(Failure::too_large, "report.too-many-rows", {}, {{"max", std::to_string(most_rows - 1)}});
    }
    book_.name_choices(words_("list-choices"));
    lxw_worksheet* sheet = book_.sheet(list_.title);
    if (sheet == nullptr) return book_.finish();
    std::vector<unsigned> widths = head(sheet);
    unsigned row = 0;
    for (const auto& line : list_.rows) {
      ++row;
      if (row % 256 == 0 && stop.stop_requested()) return problem(Failure::conflict, "report.cancelled");
      if (line.cells.size() != list_.columns.size()) return problem(Failure::internal, "report.shape", list_.title);
      for (unsigned i = 0; i < line.cells.size(); ++i) {
        put(sheet, row, i, line.cells[i]);
        widths[i] = std::max(widths[i], display_width(line.cells[i].text));
      }
    }
    for (unsigned i = 0; i < list_.columns.size(); ++i) {
      book_.choices(sheet, i, 1, row + blank_rows, list_.columns[i].choices);
      worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i),
                           std::clamp(widths[i], 8U, 48U) * 1.05 + 1.5, nullptr);
    }
    if (row > 0 && !list_.columns.empty()) {
      worksheet_autofilter(sheet, 0, 0, row, static_cast<lxw_col_t>(list_.columns.size() - 1));
    }
    worksheet_freeze_panes(sheet, 1, 1);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_set_paper(sheet, 9);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, ("&L&8 " + header_text(list_.title) + "&C&8&P / &N").c_str());
    example();
    explanation();
    return book_.finish();
  }

 private:
  std::vector<unsigned> head(lxw_worksheet* sheet) {
    std::vector<unsigned> widths;
    for (unsigned i = 0; i < list_.columns.size(); ++i) {
      const auto& column = list_.columns[i];
      Look look;
      look.bold = look.ruled = look.head = look.wrap = true;
      book_.text(sheet, 0, i, column.title, look);
      std::string about = column.field;
      if (column.required) about += "\n" + words_("list-required");
      if (!column.help.empty()) about += "\n" + column.help;
      lxw_comment_options options{};
      auto author = list_.organisation;
      options.author = author.data();
      options.x_scale = 1.6;
      worksheet_write_comment_opt(sheet, 0, static_cast<lxw_col_t>(i), about.c_str(), &options);
      widths.push_back(display_width(column.title) + 3);
    }
    return widths;
  }

  void put(lxw_worksheet* sheet, unsigned row, unsigned at, Cell cell) {
    Look look = look_of(list_.columns[at].kind);
    cell.tone = Tone::plain;
    if (cell.date && cell.note.empty()) {
      lxw_datetime day{};
      day.year = static_cast<int>(cell.date->year());
      day.month = static_cast<int>(static_cast<unsigned>(cell.date->month()));
      day.day = static_cast<int>(static_cast<unsigned>(cell.date->day()));
      worksheet_write_datetime(sheet, row, static_cast<lxw_col_t>(at), &day, book_.format(look));
      return;
    }
    book_.cell(sheet, row, at, cell, look);
  }

  // The example stands on a sheet of its own, so that nobody imports it by mistake.
  void example() {
    if (std::all_of(list_.columns.begin(), list_.columns.end(), [](const auto& c) { return c.example.empty(); }))
      return;
    lxw_worksheet* sheet = book_.sheet(words_("list-example"));
    const auto widths = head(sheet);
    for (unsigned i = 0; i < list_.columns.size(); ++i) {
      const auto& text = list_.columns[i].example;
      book_.text(sheet, 1, i, text, look_of(ListColumn::Kind::text));
      worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i),
                           std::clamp(std::max(widths[i], display_width(text)), 8U, 48U) * 1.05 + 1.5, nullptr);
    }
  }

  void explanation() {
    lxw_worksheet* sheet = book_.sheet(words_("list-columns"));
    Look head;
    head.bold = head.ruled = head.head = true;
    Look body;
    body.ruled = body.wrap = true;
    const std::array<std::string_view, 6> titles = {"list-column", "list-field", "list-kind",
                                                    "list-need",   "list-help",  "list-allowed"};
    const std::array<double, 6> widths = {24, 24, 14, 8, 52, 52};
    for (unsigned i = 0; i < titles.size(); ++i) {
      book_.text(sheet, 0, i, words_(titles.at(i)), head);
      worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), widths.at(i), nullptr);
    }
    unsigned row = 0;
    for (const auto& column : list_.columns) {
      ++row;
      std::string allowed;
      for (const auto& choice : column.choices) allowed += (allowed.empty() ? "" : "\n") + choice;
      const std::array<std::string, 6> texts = {column.title,
                                                column.field,
                                                kind_word(column.kind, words_),
                                                column.required ? words_("list-required") : std::string(),
                                                column.help,
                                                allowed};
      for (unsigned i = 0; i < texts.size(); ++i) book_.text(sheet, row, i, texts.at(i), body);
    }
    worksheet_freeze_panes(sheet, 1, 1);
  }

  const RecordList& list_;
  const Wording& words_;
  Book book_;
};

}  // namespace

Result<std::string> list_workbook(const RecordList& list, const Wording& words, unsigned blank_rows,
                                  const std::string& temporary, std::stop_token stop) {
  return Writer(list, words, temporary).write(blank_rows, stop);
}

std::string list_csv(const RecordList& list) {
  std::string out;
  sheet::CsvWriter writer(out);
  std::vector<std::string> cells;
  for (const auto& column : list.columns) cells.push_back(column.title);
  writer.row(cells);
  for (const auto& row : list.rows) {
    cells.clear();
    for (const auto& cell : row.cells) cells.push_back(cell.date ? format_date(*cell.date) : cell.text);
    writer.row(cells);
  }
  return out;
}

}  // namespace genmei::report
