#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/sheet.hpp"
#include "base/text.hpp"

namespace genmei::sheet {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// Windows reads seven signs of Shift_JIS as other characters than the standard does; our users' files come from
// Windows.
char16_t as_windows(char16_t unit) {
  switch (unit) {
    case 0x301C:
      return 0xFF5E;
    case 0x2016:
      return 0x2225;
    case 0x2212:
      return 0xFF0D;
    case 0x2014:
      return 0x2015;
    case 0x00A2:
      return 0xFFE0;
    case 0x00A3:
      return 0xFFE1;
    case 0x00AC:
      return 0xFFE2;
    default:
      return unit;
  }
}

// Strict conversion: one byte that is not of the encoding makes it fail.
bool decode(std::string_view bytes, const char* encoding, std::string& out) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(encoding, &error));
  if (U_FAILURE(error)) return false;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::u16string units(bytes.size() + 1, u'\0');
  const auto count = ucnv_toUChars(converter.get(), units.data(), static_cast<int32_t>(units.size()), bytes.data(),
                                   static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return false;
  units.resize(static_cast<std::size_t>(count));
  if (std::string_view(encoding).starts_with("windows") || std::string_view(encoding).starts_with("euc")) {
    std::transform(units.begin(), units.end(), units.begin(), as_windows);
  }
  std::string text(units.size() * 3 + 1, '\0');
  int32_t length = 0;
  u_strToUTF8(text.data(), static_cast<int32_t>(text.size()), &length, units.data(), static_cast<int32_t>(units.size()),
              &error);
  if (U_FAILURE(error)) return false;
  text.resize(static_cast<std::size_t>(length));
  out = std::move(text);
  return true;
}

// EUC-JP is often valid Shift_JIS too (as half-width kana), so that the frequencies have to decide.
bool looks_like_euc(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&error));
  if (U_FAILURE(error)) return false;
  const auto sample = bytes.substr(0, 65'536);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &error);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || !match) return false;
  const char* name = ucsdet_getName(match, &error);
  return U_SUCCESS(error) && std::string_view(name) == "EUC-JP";
}

Result<std::string> to_utf8(std::string_view bytes) {
  std::string text;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    if (decode(bytes.substr(2), bytes.front() == '\xFF' ? "UTF-16LE" : "UTF-16BE", text)) return text;
    return problem(Failure::invalid, "sheet.encoding", {}, {}, "not valid UTF-16");
  }
  if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  if (bytes.find('\0') != std::string_view::npos) {
    return problem(Failure::invalid, "sheet.binary", {}, {}, "the file is not text");
  }
  if (valid_utf8(bytes)) return std::string(bytes);
  if (looks_like_euc(bytes) && decode(bytes, "euc-jp", text)) return text;
  if (decode(bytes, "windows-31j", text)) return text;
  return problem(Failure::invalid, "sheet.encoding", {}, {}, "neither UTF-8 nor Shift_JIS nor EUC-JP");
}

// The sign that stands most often outside quotes in the first lines; a comma when none does.
char sniff(std::string_view text) {
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  std::size_t lines = 0;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' && ++lines == 5) break;
    counts[0] += c == ',';
    counts[1] += c == '\t';
    counts[2] += c == ';';
  }
  if (counts[1] > counts[0] && counts[1] >= counts[2]) return '\t';
  return counts[2] > counts[0] ? ';' : ',';
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char delimiter, const CsvOptions& options, const Limits& limits)
      : text_(text), delimiter_(delimiter), options_(options), limits_(limits) {
    sheet_.name = options.name;
  }

  Result<Workbook> read() {
    while (at_ < text_.size()) {
      if (row_ > limits_.rows) return too_large("rows", limits_.rows);
      GENMEI_TRY(record());
      ++row_;
    }
    Workbook book;
    book.sheets.push_back(std::move(sheet_));
    return book;
  }

 private:
  Problem too_large(std::string what, std::size_t limit) {
    return problem(Failure::too_large, "sheet.too-large", sheet_.place(row_, std::max(column_, 1U)),
                   {{"what", std::move(what)}, {"limit", std::to_string(limit)}});
  }

  // One record up to its line end, which is taken too.
  Result<void> record() {
    Row row;
    row.number = row_;
    for (column_ = 1;; ++column_) {
      if (column_ > limits_.columns) return too_large("columns", limits_.columns);
      GENMEI_TRY(field());
      if (field_.size() > limits_.cell_bytes) return too_large("cell_bytes", limits_.cell_bytes);
      if (!field_.empty()) {
        if (++cells_ > limits_.cells) return too_large("cells", limits_.cells);
        row.cells.push_back(Cell{row_, column_, CellType::text, false, options_.restore ? restored(field_) : field_});
      }
      if (at_ < text_.size() && text_[at_] == delimiter_) {
        ++at_;
        continue;
      }
      break;
    }
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    if (!row.cells.empty()) sheet_.rows.push_back(std::move(row));
    return {};
  }

  Result<void> field() {
    field_.clear();
    if (at_ >= text_.size() || text_[at_] != '"') {
      const char stops[] = {delimiter_, '\r', '\n', '\0'};
      const auto end = std::min(text_.find_first_of(stops, at_), text_.size());
      field_ = text_.substr(at_, end - at_);
      at_ = end;
      return {};
    }
    ++at_;
    for (;;) {
      const auto quote = text_.find('"', at_);
      if (quote == std::string_view::npos) return bad_quote("unterminated quote");
      field_ += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      field_ += '"';
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\r' && text_[at_] != '\n') {
      return bad_quote("text after a closing quote");
    }
    // Line ends inside a cell are one line feed, as in xlsx.
    if (field_.find('\r') != std::string::npos) {
      field_ = replace_all(std::move(field_), "\r\n", "\n");
      std::replace(field_.begin(), field_.end(), '\r', '\n');
    }
    return {};
  }

  Problem bad_quote(std::string detail) {
    return problem(Failure::invalid, "sheet.quote", sheet_.place(row_, column_), {}, std::move(detail));
  }

  std::string_view text_;
  char delimiter_;
  const CsvOptions& options_;
  const Limits& limits_;
  Sheet sheet_;
  std::string field_;
  std::size_t at_ = 0;
  std::size_t cells_ = 0;
  std::uint32_t row_ = 1;
  std::uint32_t column_ = 1;
};

// Length of a formula sign at the start of the text, 0 when there is none. The full-width signs count: Excel in Japan
// takes them for the narrow ones.
std::size_t formula_sign(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) return 1;
  for (const std::string_view sign : {"＝", "＋", "－", "＠"}) {
    if (text.starts_with(sign)) return sign.size();
  }
  return 0;
}

bool plain_number(std::string_view text) {
  std::size_t i = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  bool digit = false;
  bool point = false;
  for (; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') {
      digit = true;
    } else if (text[i] == '.' && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digit;
}

}  // namespace

Result<Workbook> read_csv(std::string_view bytes, const CsvOptions& options, const Limits& limits) {
  if (bytes.size() > limits.file_bytes) {
    return problem(Failure::too_large, "sheet.too-large", {},
                   {{"what", "file_bytes"}, {"limit", std::to_string(limits.file_bytes)}});
  }
  GENMEI_LET(text, to_utf8(bytes));
  std::string_view rest = text;
  if (rest.find('\0') != std::string_view::npos) {
    return problem(Failure::invalid, "sheet.binary", {}, {}, "the file is not text");
  }
  char delimiter = options.delimiter;
  if (rest.starts_with("sep=") && rest.size() > 5 && (rest[5] == '\r' || rest[5] == '\n') && rest[4] != '"') {
    if (delimiter == 0) delimiter = rest[4];
    rest.remove_prefix(rest[5] == '\r' && rest.size() > 6 && rest[6] == '\n' ? 7 : 6);
  }
  if (delimiter == 0) delimiter = sniff(rest);
  return CsvReader(rest, delimiter, options, limits).read();
}

std::string neutralised(std::string_view text) {
  const std::string_view after =
      text.starts_with('\'')
          ? text.substr(text.find_first_not_of('\'') == std::string_view::npos ? text.size()
                                                                               : text.find_first_not_of('\''))
          : text;
  const bool dangerous = formula_sign(after) > 0 && (after.size() != text.size() || !plain_number(text));
  return dangerous ? "'" + std::string(text) : std::string(text);
}

std::string restored(std::string_view text) {
  if (!text.starts_with('\'')) return std::string(text);
  const auto after = text.find_first_not_of('\'');
  if (after == std::string_view::npos || formula_sign(text.substr(after)) == 0) return std::string(text);
  return std::string(text.substr(1));
}

CsvWriter::CsvWriter(std::string& out, CsvStyle style) : out_(out), style_(style) {
  if (style_.mark) out_ += utf8_mark;
}

void CsvWriter::row(std::span<const std::string> cells) {
  const char specials[] = {style_.delimiter, '"', '\r', '\n', '\0'};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out_ += style_.delimiter;
    const std::string text = style_.neutralise ? neutralised(cells[i]) : cells[i];
    // A record of one empty cell would look like an empty line, a first cell "sep=;" like Excel's own first line.
    if (text.find_first_of(specials) == std::string::npos && !(text.empty() && cells.size() == 1) &&
        !text.starts_with("sep=")) {
      out_ += text;
      continue;
    }
    out_ += '"';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }
  out_ += "\r\n";
}

}  // namespace genmei::sheet
