#include "report/xlsx.hpp"

#include <algorithm>

#include "report/xlsx_book.hpp"

namespace genmei::report {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

constexpr unsigned label_width = 26;
constexpr unsigned value_width = 92;

void paper(lxw_worksheet* sheet, const Document& document, bool landscape) {
  worksheet_set_paper(sheet, 9);  // A4
  if (landscape) worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_margins(sheet, 0.45, 0.45, 0.7, 0.65);
  worksheet_center_horizontally(sheet);
  const auto head = "&L&8" + std::string(" ") + header_text(document.organisation) + "&R&8 " +
                    header_text(document.secrecy.empty() ? document.state : document.secrecy);
  const auto foot = "&L&8 " + header_text(document.title + " " + document.number + " " + document.edition) +
                    "&C&8&P / &N&R&8 " + header_text(document.digest_text);
  worksheet_set_header(sheet, head.c_str());
  worksheet_set_footer(sheet, foot.c_str());
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

// Height of wrapped text in points: merged cells do not grow by themselves.
double height_of(std::string_view text, unsigned width, double size) {
  unsigned lines = 0;
  for (const auto line : split(text, '\n')) lines += std::max(1U, (display_width(line) + width - 1) / width);
  return std::max(1U, lines) * size * 1.7;
}

Table table_of(const Levels& levels) {
  Table table;
  table.title = levels.item_title;
  const auto column = [](std::string id, const std::string& title, bool strong) {
    Column out;
    out.id = std::move(id);
    out.title = title;
    out.strong = strong;
    return out;
  };
  table.columns = {column("item", levels.item_title, true), column("reference", levels.reference_title, false),
                   column("contract", levels.contract_title, false), column("reached", levels.reached_title, false),
                   column("state", levels.state_title, false)};
  Group group;
  for (const auto& row : levels.rows) {
    Cell item;
    item.text = row.item;
    group.rows.push_back({{item, row.reference, row.contract, row.reached, row.state}});
  }
  table.groups.push_back(std::move(group));
  return table;
}

class Writer {
 public:
  Writer(const Document& document, const std::string& temporary)
      : document_(document),
        book_({joined({document.title, document.number, document.edition}, " "), document.organisation,
               document.digest_text, document.created, document.language},
              temporary) {}

  Result<std::string> write(const std::stop_token& stop) {
    overview();
    for (const auto& block : document_.blocks) {
      if (stop.stop_requested()) return problem(Failure::conflict, "report.cancelled");
      if (const auto* table = std::get_if<Table>(&block)) {
        GENMEI_TRY(own_sheet(*table));
      } else if (const auto* levels = std::get_if<Levels>(&block)) {
        GENMEI_TRY(own_sheet(table_of(*levels)));
      }
    }
    return book_.finish();
  }

 private:
  void line(std::string_view text, const Look& look) {
    book_.merged(sheet_, row_, 0, 1, text, look);
    worksheet_set_row(sheet_, row_, height_of(text, label_width + value_width, look.size), nullptr);
    ++row_;
  }
  void fact(std::string_view label, const Cell& value) {
    Look left;
    left.ruled = left.head = left.wrap = true;
    Look right;
    right.ruled = right.wrap = true;
    book_.text(sheet_, row_, 0, label, left);
    book_.cell(sheet_, row_, 1, value, right);
    ++row_;
  }
  void fact(std::string_view label, std::string text) {
    Cell value;
    value.text = std::move(text);
    fact(label, value);
  }

  void overview() {
    sheet_ = book_.sheet(document_.title);
    if (sheet_ == nullptr) return;
    worksheet_set_column(sheet_, 0, 0, label_width, nullptr);
    worksheet_set_column(sheet_, 1, 1, value_width, nullptr);
    worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
    paper(sheet_, document_, false);
    Look title;
    title.bold = true;
    title.size = 16;
    line(joined({document_.organisation, document_.secrecy.empty() ? "" : "［" + document_.secrecy + "］",
                 document_.state.empty() ? "" : "（" + document_.state + "）"},
                "　"),
         {});
    line(document_.title, title);
    if (!document_.subtitle.empty()) line(document_.subtitle, {});
    ++row_;
    for (const auto& front : document_.front) fact(front.label, front.value);
    for (const auto& approval : document_.approvals) {
      fact(approval.box, approval.date ? joined({approval.office, approval.name, approval.date_text}, "　") : "");
    }
    ++row_;
    for (const auto& block : document_.blocks) overview(block);
    ++row_;
    Look small;
    small.size = 9;
    small.wrap = true;
    line(joined({document_.trail, document_.digest_text, document_.trail_note}, "　"), small);
    if (!document_.digest.empty()) line("SHA-256 " + document_.digest, small);
  }

  void overview(const Block& block) {
    Look bold;
    bold.bold = true;
    bold.size = 11;
    Look wrapped;
    wrapped.wrap = true;
    const Overloaded visit = {[&](const Heading& heading) {
                                ++row_;
                                line(heading.text, bold);
                              },
                              [&](const Paragraph& paragraph) { line(paragraph.text, wrapped); },
                              [&](const Facts& facts) {
                                for (const auto& item : facts.items) fact(item.label, item.value);
                              },
                              [&](const List& list) {
                                for (std::size_t i = 0; i < list.items.size(); ++i) {
                                  const auto mark = list.ordered ? std::to_string(i + 1) + ". " : std::string("・");
                                  line(mark + list.items[i], wrapped);
                                }
                              },
                              [&](const Verdict& verdict) {
                                Look look = bold;
                                look.size = 13;
                                look.wrap = true;
                                look.tone = verdict.tone;
                                line(verdict.text, look);
                                if (!verdict.sub.empty()) line(verdict.sub, wrapped);
                              },
                              [&](const PatternGlyph& glyph) { fact(glyph.text, glyph.note); },
                              [&](const Coverage& coverage) {
                                line(coverage.title, bold);
                                for (const auto& part : coverage.parts) {
                                  Cell count;
                                  count.text = std::to_string(part.count);
                                  count.number = static_cast<double>(part.count);
                                  fact(part.label, count);
                                }
                              },
                              [&](const Table&) {},
                              [&](const Levels&) {}};
    std::visit(visit, block);
  }

  Result<void> own_sheet(const Table& table) {
    const bool grouped = !table.group_title.empty();
    const unsigned shift = grouped ? 1 : 0;
    auto* sheet = book_.sheet(table.title.empty() ? document_.title : table.title);
    if (sheet == nullptr) return {};
    paper(sheet, document_, true);
    Look title;
    title.bold = true;
    title.size = 14;
    book_.text(sheet, 0, 0, table.title.empty() ? document_.title : table.title, title);
    book_.text(sheet, 1, 0,
               joined({document_.organisation, document_.title, document_.number, document_.edition, document_.secrecy,
                       document_.state},
                      "　"),
               {});
    std::vector<std::string> front;
    for (const auto& fact : document_.front) front.push_back(fact.label + "：" + fact.value.text);
    book_.text(sheet, 2, 0, joined(front, "　"), {});

    const unsigned head_row = 4;
    Look head;
    head.bold = head.ruled = head.head = head.wrap = true;
    std::vector<unsigned> widths(table.columns.size() + shift, 0);
    if (grouped) {
      book_.text(sheet, head_row, 0, table.group_title, head);
      widths[0] = display_width(table.group_title);
    }
    for (unsigned i = 0; i < table.columns.size(); ++i) {
      book_.text(sheet, head_row, i + shift, table.columns[i].title, head);
      widths[i + shift] = display_width(table.columns[i].title) + 3;  // room for the filter's button
    }
    unsigned row = head_row + 1;
    for (const auto& group : table.groups) {
      for (const auto& line : group.rows) {
        if (line.cells.size() != table.columns.size()) return problem(Failure::internal, "report.shape", table.id);
        if (grouped) {
          Look look;
          look.ruled = look.wrap = true;
          book_.text(sheet, row, 0, joined({group.title, group.note}, " "), look);
          widths[0] = std::max(widths[0], display_width(group.title) + display_width(group.note) + 1);
        }
        for (unsigned i = 0; i < line.cells.size(); ++i) {
          const auto& column = table.columns[i];
          Look look;
          look.ruled = look.wrap = true;
          look.bold = column.strong;
          look.fixed = column.kind == ColumnKind::ref;
          look.align = column.kind == ColumnKind::number ? Align::end : column.align;
          book_.cell(sheet, row, i + shift, line.cells[i], look);
          widths[i + shift] =
              std::max({widths[i + shift], display_width(line.cells[i].text) + (line.cells[i].must_reach ? 2 : 0),
                        display_width(line.cells[i].note)});
        }
        ++row;
      }
    }
    const auto columns = static_cast<lxw_col_t>(widths.size());
    if (row == head_row + 1) {
      book_.text(sheet, row, 0, table.empty, {});
    } else {
      worksheet_autofilter(sheet, head_row, 0, row - 1, static_cast<lxw_col_t>(columns - 1));
    }
    unsigned frozen = shift;
    for (const auto& column : table.columns) {
      if (column.kind != ColumnKind::ref && !column.strong) break;
      ++frozen;
    }
    worksheet_freeze_panes(sheet, head_row + 1, static_cast<lxw_col_t>(std::min<unsigned>(frozen, 3)));
    worksheet_repeat_rows(sheet, head_row, head_row);
    for (unsigned i = 0; i < widths.size(); ++i) {
      // 42 half-width cells hold 21 kanji: longer texts wrap.
      worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i),
                           std::clamp(widths[i], 5U, 42U) * 1.05 + 1.5, nullptr);
    }
    for (unsigned i = 0; i < table.columns.size(); ++i) {
      if (row > head_row + 1) book_.choices(sheet, i + shift, head_row + 1, row - 1, table.columns[i].choices);
    }
    return {};
  }

  const Document& document_;
  Book book_;
  lxw_worksheet* sheet_ = nullptr;
  unsigned row_ = 0;
};

}  // namespace

Result<std::string> make_xlsx(const Document& document, const std::string& temporary, std::stop_token stop) {
  return Writer(document, temporary).write(stop);
}

}  // namespace genmei::report
