// CSV of any encoding: what is read, written and read again has the same cells.
#include "base/sheet.hpp"
#include "base/text.hpp"
#include "input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace genmei;
  const auto book = sheet::read_csv(fuzz::text(data, size));
  if (!book) {
    fuzz::must(!book.problems().empty());
    return 0;
  }
  const auto& one = book->sheets.front();
  std::string out;
  sheet::CsvWriter writer(out);
  std::uint32_t next = 1;
  for (const auto& row : one.rows) {
    std::vector<std::string> cells;
    for (; next < row.number; ++next) writer.row(cells);
    for (const auto& cell : row.cells) {
      fuzz::must(valid_utf8(cell.text));
      cells.resize(cell.column);
      cells.back() = cell.text;
    }
    writer.row(cells);
    ++next;
  }
  const auto again = sheet::read_csv(out, {.delimiter = ','});
  fuzz::must(again.ok());
  for (const auto& row : one.rows) {
    for (const auto& cell : row.cells) {
      const auto& back = again->sheets.front().at(cell.row, cell.column);
      fuzz::must(back.text == replace_all(replace_all(cell.text, "\r\n", "\n"), "\r", "\n"));
    }
  }
  return 0;
}
