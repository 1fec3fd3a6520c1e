#include "base/sheet.hpp"

#include <algorithm>

namespace genmei::sheet {

namespace {

const Cell empty_cell{};

const Cell* stored(const Sheet& sheet, std::uint32_t row, std::uint32_t column) {
  const auto r = std::lower_bound(sheet.rows.begin(), sheet.rows.end(), row,
                                  [](const Row& have, std::uint32_t want) { return have.number < want; });
  if (r == sheet.rows.end() || r->number != row) return nullptr;
  const auto c = std::lower_bound(r->cells.begin(), r->cells.end(), column,
                                  [](const Cell& have, std::uint32_t want) { return have.column < want; });
  if (c == r->cells.end() || c->column != column) return nullptr;
  return &*c;
}

}  // namespace

const Cell& Sheet::at(std::uint32_t row, std::uint32_t column) const {
  const Cell* cell = stored(*this, row, column);
  if (cell && cell->type != CellType::empty) return *cell;
  for (const auto& range : merged) {
    if (row < range.first_row || row > range.last_row || column < range.first_column || column > range.last_column)
      continue;
    if (const Cell* first = stored(*this, range.first_row, range.first_column)) return *first;
  }
  return cell ? *cell : empty_cell;
}

std::string Sheet::place(std::uint32_t row, std::uint32_t column) const {
  return name + "!" + column_name(column) + std::to_string(row);
}

const Sheet* Workbook::first_visible() const {
  for (const auto& sheet : sheets) {
    if (!sheet.hidden) return &sheet;
  }
  return nullptr;
}

const Sheet* Workbook::find(std::string_view name) const {
  for (const auto& sheet : sheets) {
    if (sheet.name == name) return &sheet;
  }
  return nullptr;
}

std::string column_name(std::uint32_t column) {
  std::string name;
  while (column > 0) {
    --column;
    name.insert(name.begin(), static_cast<char>('A' + column % 26));
    column /= 26;
  }
  return name;
}

bool parse_address(std::string_view text, std::uint32_t& row, std::uint32_t& column) {
  std::size_t i = 0;
  const auto skip_sign = [&] {
    if (i < text.size() && text[i] == '$') ++i;
  };
  std::uint32_t c = 0;
  std::uint32_t r = 0;
  skip_sign();
  const std::size_t letters = i;
  for (; i < text.size() && i - letters < 4; ++i) {
    const char letter = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    if (letter < 'A' || letter > 'Z') break;
    c = c * 26 + static_cast<std::uint32_t>(letter - 'A' + 1);
  }
  skip_sign();
  const std::size_t digits = i;
  for (; i < text.size() && i - digits < 8 && text[i] >= '0' && text[i] <= '9'; ++i) {
    r = r * 10 + static_cast<std::uint32_t>(text[i] - '0');
  }
  if (c == 0 || r == 0 || i != text.size()) return false;
  row = r;
  column = c;
  return true;
}

Result<Workbook> read_any(std::string_view bytes, const Limits& limits) {
  const bool archive = bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
  const bool compound = bytes.starts_with("\xD0\xCF\x11\xE0");  // old .xls, or an xlsx with a password
  if (archive || compound) return read_xlsx(bytes, limits);
  return read_csv(bytes, {}, limits);
}

}  // namespace genmei::sheet
