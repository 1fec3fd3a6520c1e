#include "report/xlsx_book.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "report/font_subset.hpp"
#include "report/wording.hpp"

namespace genmei::report {
namespace {

constexpr std::size_t longest_text = 32'767;  // UTF-16 units, Excel's limit of a cell
constexpr std::size_t longest_list = 255;     // of a drop-down list written in place
constexpr std::size_t longest_name = 31;

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

// Excel reads _x0041_ in a file as the letter A; an underscore that would begin such a code is written as a code
// itself.
std::string literal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto is_hex = [&](std::size_t at) { return std::isxdigit(static_cast<unsigned char>(text[at])) != 0; };
    if (text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_' && is_hex(i + 2) &&
        is_hex(i + 3) && is_hex(i + 4) && is_hex(i + 5)) {
      out += "_x005F_";
    } else if (text[i] != '\r') {
      out += text[i];
    }
  }
  return out;
}

lxw_color_t color_of(Tone tone) {
  switch (tone) {
    case Tone::met:
      return 0x0A604E;
    case Tone::warn:
    case Tone::stale:
      return 0x764B00;
    case Tone::miss:
      return 0xA3221A;
    case Tone::info:
      return 0x23478B;
    case Tone::none:
    case Tone::draft:
    case Tone::free:
    case Tone::excluded:
      return 0x555B69;
    case Tone::plain:
      break;
  }
  return 0x1B2230;
}

bool web_link(std::string_view link) {
  return link.size() < 2000 &&
         (link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:"));
}

std::string folded_name(std::string_view name) { return fold(name); }

}  // namespace

Book::Book(const Properties& properties, const std::string& temporary)
    : path_(temporary + "/genmei-book-XXXXXX"), language_(properties.language) {
  const int file = mkstemp(path_.data());
  if (file < 0) {
    problems_.add(problem(Failure::full, "report.temporary", temporary));
    path_.clear();
    return;
  }
  close(file);
  book_ = workbook_new(path_.c_str());
  lxw_doc_properties about{};
  auto title = literal(properties.title);
  auto author = literal(properties.author);
  auto comments = literal(properties.comments);
  about.title = title.data();
  about.author = author.data();
  about.comments = comments.data();
  // Without a time of our own the library would write the time of day into the file.
  const auto seconds = std::chrono::floor<std::chrono::seconds>(properties.created).time_since_epoch().count();
  about.created = seconds > 0 ? static_cast<time_t>(seconds) : 1;
  workbook_set_properties(book_, &about);
}

Book::~Book() {
  if (book_ != nullptr) workbook_close(book_);
  if (!path_.empty()) unlink(path_.c_str());
}

lxw_worksheet* Book::sheet(std::string_view name) {
  std::string allowed;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < name.size();) {
    const auto lead = static_cast<unsigned char>(name[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    letters += size == 4 ? 2 : 1;
    if (letters > longest_name - 3) break;  // room for a number
    const bool forbidden =
        lead < 0x20 || (size == 1 && std::string_view("[]:*?/\\'").find(name[i]) != std::string_view::npos);
    allowed += forbidden ? "_" : std::string(name.substr(i, size));
    i += size;
  }
  if (trim(allowed).empty()) allowed = "Sheet";
  std::string unique = allowed;
  for (int number = 2; !names_.insert(folded_name(unique)).second; ++number) {
    unique = allowed + " " + std::to_string(number);
  }
  return book_ == nullptr ? nullptr : workbook_add_worksheet(book_, unique.c_str());
}

lxw_format* Book::format(const Look& look) {
  if (book_ == nullptr) return nullptr;
  auto& found = formats_[look];
  if (found != nullptr) return found;
  found = workbook_add_format(book_);
  format_set_font_name(found, look.fixed ? "ＭＳ ゴシック" : "游ゴシック");
  format_set_font_size(found, look.size);
  format_set_font_color(found, look.head ? 0x1B2230 : color_of(look.tone));
  format_set_align(found, look.head ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
  if (look.align == Align::end) format_set_align(found, LXW_ALIGN_RIGHT);
  if (look.align == Align::center) format_set_align(found, LXW_ALIGN_CENTER);
  if (look.bold) format_set_bold(found);
  if (look.wrap) format_set_text_wrap(found);
  if (look.head) format_set_bg_color(found, 0xEFEDE7);
  if (look.ruled) {
    format_set_border(found, LXW_BORDER_THIN);
    format_set_border_color(found, 0x85868B);
  }
  if (!look.number_format.empty()) format_set_num_format(found, look.number_format.c_str());
  return found;
}

void Book::fail(std::string_view code, lxw_worksheet* sheet, unsigned row, unsigned column) {
  char address[LXW_MAX_CELL_NAME_LENGTH] = {};
  lxw_rowcol_to_cell(address, row, static_cast<lxw_col_t>(column));
  problems_.add(problem(Failure::too_large, std::string(code), std::string(sheet->name) + "!" + address));
}

void Book::text(lxw_worksheet* sheet, unsigned row, unsigned column, std::string_view text, const Look& look) {
  if (book_ == nullptr) return;
  if (utf16_length(text) > longest_text) {
    fail("report.cell-too-long", sheet, row, column);
    return;
  }
  const auto at = static_cast<lxw_col_t>(column);
  if (text.empty()) {
    worksheet_write_blank(sheet, row, at, format(look));
  } else if (worksheet_write_string(sheet, row, at, literal(text).c_str(), format(look)) != LXW_NO_ERROR) {
    fail("report.workbook", sheet, row, column);
  }
}

void Book::cell(lxw_worksheet* sheet, unsigned row, unsigned column, const Cell& cell, Look look) {
  if (book_ == nullptr) return;
  const auto at = static_cast<lxw_col_t>(column);
  look.tone = cell.tone;
  if (cell.note.empty() && !cell.must_reach) {
    if (cell.number) {
      look.align = Align::end;
      worksheet_write_number(sheet, row, at, *cell.number, format(look));
      return;
    }
    if (cell.date) {
      look.number_format = date_format_for(cell, language_);
      if (!look.number_format.empty()) {
        lxw_datetime day{};
        day.year = static_cast<int>(cell.date->year());
        day.month = static_cast<int>(static_cast<unsigned>(cell.date->month()));
        day.day = static_cast<int>(static_cast<unsigned>(cell.date->day()));
        worksheet_write_datetime(sheet, row, at, &day, format(look));
        return;
      }
    }
    if (web_link(cell.link) && !cell.text.empty() && utf16_length(cell.text) < 2000) {
      look.tone = Tone::info;
      if (worksheet_write_url_opt(sheet, row, at, cell.link.c_str(), format(look), literal(cell.text).c_str(),
                                  nullptr) == LXW_NO_ERROR) {
        return;
      }
    }
  }
  std::string words = cell.text;
  if (cell.must_reach) words += "＊";
  if (!cell.note.empty()) words += (words.empty() ? "" : "\n") + cell.note;
  text(sheet, row, column, words, look);
}

void Book::merged(lxw_worksheet* sheet, unsigned row, unsigned first, unsigned last, std::string_view words,
                  const Look& look) {
  if (book_ == nullptr) return;
  if (utf16_length(words) > longest_text) {
    fail("report.cell-too-long", sheet, row, first);
    return;
  }
  worksheet_merge_range(sheet, row, static_cast<lxw_col_t>(first), row, static_cast<lxw_col_t>(last),
                        literal(words).c_str(), format(look));
}

void Book::choices(lxw_worksheet* sheet, unsigned column, unsigned first, unsigned last,
                   const std::vector<std::string>& allowed) {
  if (book_ == nullptr || allowed.empty() || last < first) return;
  std::size_t size = 0;
  bool comma = false;
  for (const auto& choice : allowed) {
    size += utf16_length(choice) + 1;
    comma = comma || choice.find(',') != std::string::npos;
  }
  lxw_data_validation rule{};
  rule.ignore_blank = LXW_VALIDATION_ON;
  rule.show_input = LXW_VALIDATION_ON;
  rule.show_error = LXW_VALIDATION_ON;
  std::vector<std::string> words = allowed;
  std::vector<char*> values;  // the library takes, but does not change, writable text
  std::string range;
  if (size <= longest_list && !comma) {
    for (auto& choice : words) values.push_back(choice.data());
    values.push_back(nullptr);
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = values.data();
  } else {
    auto& known = ranges_[allowed];
    if (known.empty()) {
      if (choices_sheet_ == nullptr) choices_sheet_ = this->sheet(choices_name_);
      const auto at = static_cast<unsigned>(ranges_.size() - 1);
      for (unsigned i = 0; i < allowed.size(); ++i) text(choices_sheet_, i, at, allowed[i], {});
      char address[LXW_MAX_CELL_RANGE_LENGTH] = {};
      lxw_rowcol_to_range_abs(address, 0, static_cast<lxw_col_t>(at), static_cast<lxw_row_t>(allowed.size() - 1),
                              static_cast<lxw_col_t>(at));
      known = "='" + std::string(choices_sheet_->name) + "'!" + address;
    }
    range = known;
    rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule.value_formula = range.data();
  }
  worksheet_data_validation_range(sheet, first, static_cast<lxw_col_t>(column), last, static_cast<lxw_col_t>(column),
                                  &rule);
}

Result<std::string> Book::finish() {
  if (book_ != nullptr) {
    const auto status = workbook_close(book_);
    book_ = nullptr;
    if (status != LXW_NO_ERROR) {
      problems_.add(problem(Failure::internal, "report.workbook", {}, {}, lxw_strerror(status)));
    }
  }
  if (!problems_.empty()) return problems_;
  std::ifstream in(path_, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) return problem(Failure::internal, "report.workbook", path_);
  return bytes.str();
}

unsigned display_width(std::string_view text) {
  unsigned widest = 0;
  unsigned width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      widest = std::max(widest, width);
      width = 0;
    } else if (byte < 0x80) {
      ++width;
    } else if (byte >= 0xE0) {
      // Half-width kana (U+FF61..FF9F, EF BD A1..EF BE 9F) are narrow, all else of three and four bytes counts as wide.
      const bool half =
          byte == 0xEF && i + 1 < text.size() &&
          (static_cast<unsigned char>(text[i + 1]) == 0xBD || static_cast<unsigned char>(text[i + 1]) == 0xBE);
      width += half ? 1 : 2;
    } else if (byte >= 0xC0) {
      ++width;
    }
  }
  return std::max(widest, width);
}

std::string date_format_for(const Cell& cell, Language language) {
  if (!cell.date) return {};
  if (language == Language::en) {
    return cell.text == date_text(*cell.date, language, false) ? "[$-809]d mmm yyyy" : "";
  }
  if (cell.text == date_text(*cell.date, language, false)) return "yyyy\"年\"m\"月\"d\"日\"";
  if (cell.text == date_text(*cell.date, language, true)) return "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\"";
  return {};
}

std::string header_text(std::string_view text) {
  std::string out;
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (++units > 60) break;
    if (lead >= 0x20) out += text[i] == '&' ? "&&" : std::string(text.substr(i, size));
    i += size;
  }
  return out;
}

}  // namespace genmei::report
