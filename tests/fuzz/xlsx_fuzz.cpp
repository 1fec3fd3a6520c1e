// Workbooks. A packed file is almost never hit by chance, so the input is the XML inside: sheet, shared strings, styles
// and workbook properties, parted by NUL bytes; an input that begins with "PK" is taken as the packed file.
#include <zip.h>

#include <string>

#include "base/sheet.hpp"
#include "base/text.hpp"
#include "input.hpp"

namespace {

void add(zip_t* archive, const char* name, const std::string& content) {
  zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
  const auto index = zip_file_add(archive, name, part, ZIP_FL_OVERWRITE);
  zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
}

std::string packed(std::string_view rest) {
  const std::string sheet(genmei::fuzz::take(rest, '\0'));
  const std::string strings(genmei::fuzz::take(rest, '\0'));
  const std::string styles(genmei::fuzz::take(rest, '\0'));
  const std::string head = "<Relationships><Relationship Id=\"";
  const std::string roots = head + "a\" Type=\"x/officeDocument\" Target=\"w.xml\"/></Relationships>";
  const std::string parts =
      head +
      "r1\" Type=\"x/worksheet\" Target=\"s.xml\"/><Relationship Id=\"r2\" Type=\"x/sharedStrings\" "
      "Target=\"t.xml\"/><Relationship Id=\"r3\" Type=\"x/styles\" Target=\"y.xml\"/></Relationships>";
  const std::string book =
      "<workbook>" + std::string(rest) + "<sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>";
  const std::string table = "<worksheet>" + sheet + "</worksheet>";
  const std::string shared = "<sst>" + strings + "</sst>";
  const std::string formats = "<styleSheet>" + styles + "</styleSheet>";
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  add(archive, "_rels/.rels", roots);
  add(archive, "w.xml", book);
  add(archive, "_rels/w.xml.rels", parts);
  add(archive, "s.xml", table);
  add(archive, "t.xml", shared);
  add(archive, "y.xml", formats);
  std::string bytes;
  if (zip_close(archive) == 0 && zip_source_open(target) == 0) {
    zip_source_seek(target, 0, SEEK_END);
    bytes.resize(static_cast<std::size_t>(zip_source_tell(target)));
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
  } else {
    zip_discard(archive);
  }
  zip_source_free(target);
  zip_error_fini(&error);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace genmei;
  const auto input = fuzz::text(data, size);
  sheet::Limits limits;
  limits.rows = 1'000;
  const auto book = sheet::read_xlsx(input.starts_with("PK") ? std::string(input) : packed(input), limits);
  if (!book) {
    fuzz::must(!book.problems().empty());
    return 0;
  }
  for (const auto& one : book->sheets) {
    std::uint32_t row_before = 0;
    for (const auto& row : one.rows) {
      fuzz::must(row.number > row_before && row.number <= limits.rows);
      row_before = row.number;
      std::uint32_t before = 0;
      for (const auto& cell : row.cells) {
        fuzz::must(cell.column > before && cell.row == row.number && valid_utf8(cell.text));
        before = cell.column;
        fuzz::must(one.at(cell.row, cell.column).text == cell.text || cell.type == sheet::CellType::empty);
      }
    }
  }
  return 0;
}
