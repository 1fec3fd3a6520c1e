// The small parsers: times, ids, cell addresses, number formats, printed values, encodings of bytes, folding.
#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/sheet.hpp"
#include "base/sheet_date.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "input.hpp"
#include "standard/import_values.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace genmei;
  const auto text = fuzz::text(data, size);
  if (const auto at = parse_instant(text)) {
    const auto again = parse_instant(format_instant(*at));
    fuzz::must(again.ok() && *again == *at);
  }
  if (const auto date = parse_date(text)) fuzz::must(format_date(*date) == text);
  fuzz::must(!is_id(text) || text.size() == id_length);
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  if (sheet::parse_address(text, row, column)) {
    std::uint32_t row_again = 0;
    std::uint32_t column_again = 0;
    fuzz::must(sheet::parse_address(sheet::column_name(column) + std::to_string(row), row_again, column_again));
    fuzz::must(row == row_again && column == column_again);
  }
  static_cast<void>(sheet::format_of_code(text));
  fuzz::must(sheet::restored(sheet::neutralised(text)) == text);
  const auto decoded = from_base64(base64(text));
  fuzz::must(decoded.ok() && *decoded == text);
  if (const auto bytes = from_base64(text)) fuzz::must(bytes->size() <= text.size());
  if (const auto digest = digest_from_hex(text)) fuzz::must(hex(*digest).size() == text.size());
  if (valid_utf8(text)) {
    const auto value = standard::parse_value(text);
    fuzz::must(!value.value.free || !value.value.value);
    fuzz::must(nfc(nfc(text)) == nfc(text));
    fuzz::must(valid_utf8(fold(text)) && length(text) <= text.size());
  }
  return 0;
}
