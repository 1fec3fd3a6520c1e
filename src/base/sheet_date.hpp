// Excel's serial days as ISO dates, and the question whether a number format shows a date. Used by the xlsx reader
// only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace genmei::sheet {

enum class NumberFormat : std::uint8_t { plain, date, date_time, time };

// Formats that a file names by number alone (ECMA-376 18.8.30, with the East Asian ones 27-36 and 50-58).
NumberFormat builtin_format(unsigned id);
// A format code such as `yyyy"年"m"月"d"日"`: letters in quotes, brackets or after a backslash do not count.
NumberFormat format_of_code(std::string_view code);
// A serial day as text in that format's precision. Nothing for days that do not exist: negative, beyond the year 9999,
// or 29 February 1900, which only Excel believes in.
std::optional<std::string> date_text(double serial, NumberFormat format, bool from_1904);

}  // namespace genmei::sheet
