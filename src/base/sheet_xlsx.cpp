#include <zip.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <pugixml.hpp>
#include <unordered_map>

#include "base/sheet.hpp"
#include "base/sheet_date.hpp"
#include "base/text.hpp"

namespace genmei::sheet {

namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Problem damaged(std::string part, std::string detail) {
  return problem(Failure::invalid, "sheet.damaged", part, {{"part", part}}, std::move(detail));
}

Problem too_large(std::string what, std::size_t limit, std::string place = {}) {
  return problem(Failure::too_large, "sheet.too-large", std::move(place),
                 {{"what", std::move(what)}, {"limit", std::to_string(limit)}});
}

// Names without their namespace prefix: some programs write <x:row> for <row>.
std::string_view local(const char* name) {
  const std::string_view whole = name;
  const auto colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (auto one = node.first_child(); one; one = one.next_sibling()) {
    if (local(one.name()) == name) return one;
  }
  return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (auto one = node.first_attribute(); one; one = one.next_attribute()) {
    if (local(one.name()) == name) return one.value();
  }
  return {};
}

template <class Number>
bool parse_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

bool yes(std::string_view text) { return text == "1" || text == "true"; }

// The packed files, expanded one at a time under the limits.
class Archive {
 public:
  explicit Archive(const Limits& limits) : limits_(limits) {}

  Result<void> open(std::string_view bytes) {
    if (bytes.size() > limits_.file_bytes) return too_large("file_bytes", limits_.file_bytes);
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
      return problem(Failure::invalid, "sheet.old-format", {}, {}, "an .xls file or a workbook with a password");
    }
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (!archive && source) zip_source_free(source);
    zip_error_fini(&error);
    if (!archive) return problem(Failure::invalid, "sheet.not-xlsx", {}, {}, "not a zip archive");
    archive_.reset(archive);
    if (zip_get_num_entries(archive, 0) > static_cast<zip_int64_t>(limits_.entries)) {
      return too_large("entries", limits_.entries);
    }
    return {};
  }

  [[nodiscard]] bool has(const std::string& name) const {
    return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
  }

  Result<std::string> read(const std::string& name) {
    const auto index = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return damaged(name, "missing part");
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0 ||
        (stat.valid & needed) != needed) {
      return damaged(name, "unreadable directory entry");
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
      return problem(Failure::invalid, "sheet.encrypted", name, {}, "the archive is encrypted");
    }
    if (stat.size > limits_.entry_bytes) return too_large("entry_bytes", limits_.entry_bytes, name);
    if (stat.size > limits_.ratio_from_bytes && stat.size / limits_.ratio > stat.comp_size) {
      return too_large("ratio", limits_.ratio, name);
    }
    if (expanded_ + stat.size > limits_.total_bytes) return too_large("total_bytes", limits_.total_bytes, name);
    expanded_ += stat.size;

    const std::unique_ptr<zip_file_t, CloseEntry> file(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    if (!file) return damaged(name, "cannot be expanded");
    // The directory may lie about the size: read one byte more than it says and compare.
    std::string content(static_cast<std::size_t>(stat.size) + 1, '\0');
    std::size_t have = 0;
    while (have < content.size()) {
      const auto count = zip_fread(file.get(), content.data() + have, content.size() - have);
      if (count < 0) return damaged(name, "cannot be expanded");
      if (count == 0) break;
      have += static_cast<std::size_t>(count);
    }
    if (have != stat.size) return damaged(name, "size differs from the directory");
    content.resize(have);
    return content;
  }

  Result<void> parse(const std::string& name, std::string& buffer, pugi::xml_document& document) {
    GENMEI_LET(content, read(name));
    buffer = std::move(content);
    const auto outcome =
        document.load_buffer_inplace(buffer.data(), buffer.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!outcome)
      return damaged(name, "XML: " + std::string(outcome.description()) + " at " + std::to_string(outcome.offset));
    return {};
  }

 private:
  const Limits& limits_;
  std::unique_ptr<zip_t, CloseArchive> archive_;
  std::size_t expanded_ = 0;
};

// "_x000D_" stands for a character that XML cannot hold.
std::string unescape(std::string text) {
  if (text.find("_x") == std::string::npos) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    const std::string_view rest = std::string_view(text).substr(i);
    if (rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_') {
      const auto [end, error] = std::from_chars(rest.data() + 2, rest.data() + 6, code, 16);
      if (error == std::errc{} && end == rest.data() + 6 && code < 0x80 && code != 0) {
        if (code != '\r') out += static_cast<char>(code);
        i += 6;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

// The text of <si> or <is>: its own and its runs', without the reading aids (furigana) in <rPh>.
std::string rich_text(const pugi::xml_node& node) {
  std::string text;
  for (auto one = node.first_child(); one; one = one.next_sibling()) {
    const auto name = local(one.name());
    if (name == "t") text += one.text().get();
    if (name == "r") text += child(one, "t").text().get();
  }
  return unescape(std::move(text));
}

// Where a relationship of `base` leads, as a path inside the archive.
std::string resolve(std::string_view base, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  const auto slash = base.rfind('/');
  std::string path = slash == std::string_view::npos ? std::string() : std::string(base.substr(0, slash));
  for (const auto step : split(target, '/')) {
    if (step == "." || step.empty()) continue;
    if (step == "..") {
      const auto up = path.rfind('/');
      path.resize(up == std::string::npos ? 0 : up);
      continue;
    }
    if (!path.empty()) path += '/';
    path += step;
  }
  return path;
}

std::string relations_of(std::string_view part) {
  const auto slash = part.rfind('/');
  if (slash == std::string_view::npos) return "_rels/" + std::string(part) + ".rels";
  return std::string(part.substr(0, slash)) + "/_rels/" + std::string(part.substr(slash + 1)) + ".rels";
}

struct Relation {
  std::string type;  // last word of its URI
  std::string path;
};

class XlsxReader {
 public:
  explicit XlsxReader(const Limits& limits) : limits_(limits), archive_(limits) {}

  Result<Workbook> read(std::string_view bytes) {
    GENMEI_TRY(archive_.open(bytes));
    if (!archive_.has("_rels/.rels"))
      return problem(Failure::invalid, "sheet.not-xlsx", {}, {}, "an archive, but no workbook");
    GENMEI_LET(roots, relations("_rels/.rels", ""));
    std::string workbook;
    for (const auto& [id, relation] : roots) {
      if (relation.type == "officeDocument") workbook = relation.path;
    }
    if (workbook.empty() || !archive_.has(workbook)) {
      return problem(Failure::invalid, "sheet.not-xlsx", {}, {}, "an archive, but no workbook");
    }
    std::string buffer;
    pugi::xml_document document;
    GENMEI_TRY(archive_.parse(workbook, buffer, document));
    const auto root = document.document_element();
    if (local(root.name()) != "workbook")
      return problem(Failure::invalid, "sheet.not-xlsx", workbook, {}, "no workbook");
    GENMEI_LET(parts, relations(relations_of(workbook), workbook));
    from_1904_ = yes(attribute(child(root, "workbookPr"), "date1904"));
    for (const auto& [id, relation] : parts) {
      if (relation.type == "sharedStrings") GENMEI_TRY(read_strings(relation.path));
      if (relation.type == "styles") GENMEI_TRY(read_styles(relation.path));
    }
    Workbook book;
    const auto sheets = child(root, "sheets");
    for (auto one = sheets.first_child(); one; one = one.next_sibling()) {
      if (local(one.name()) != "sheet") continue;
      if (book.sheets.size() >= limits_.sheets) return too_large("sheets", limits_.sheets);
      const auto part = parts.find(relation_id(one));
      if (part == parts.end()) return damaged(workbook, "a sheet without its part");
      if (part->second.type != "worksheet") continue;  // chart sheets hold no cells
      Sheet sheet;
      sheet.name = attribute(one, "name");
      if (!valid_utf8(sheet.name)) return damaged(workbook, "sheet name is not UTF-8");
      const auto state = attribute(one, "state");
      sheet.hidden = state == "hidden" || state == "veryHidden";
      GENMEI_TRY(read_sheet(part->second.path, sheet));
      book.sheets.push_back(std::move(sheet));
    }
    if (!problems_.empty()) return std::move(problems_);
    if (book.sheets.empty()) return damaged(workbook, "no sheets");
    return book;
  }

 private:
  // <sheet r:id="…" sheetId="…">: the prefixed one, whatever the prefix.
  static std::string relation_id(const pugi::xml_node& sheet) {
    for (auto one = sheet.first_attribute(); one; one = one.next_attribute()) {
      const std::string_view name = one.name();
      if (name.ends_with(":id")) return one.value();
    }
    return {};
  }

  Result<std::unordered_map<std::string, Relation>> relations(const std::string& part, std::string_view base) {
    std::unordered_map<std::string, Relation> found;
    if (!archive_.has(part)) return found;
    std::string buffer;
    pugi::xml_document document;
    GENMEI_TRY(archive_.parse(part, buffer, document));
    const auto root = document.document_element();
    for (auto one = root.first_child(); one; one = one.next_sibling()) {
      if (attribute(one, "TargetMode") == "External") continue;
      const auto type = attribute(one, "Type");
      found[std::string(attribute(one, "Id"))] =
          Relation{std::string(type.substr(type.rfind('/') + 1)), resolve(base, attribute(one, "Target"))};
    }
    return found;
  }

  Result<void> read_strings(const std::string& part) {
    std::string buffer;
    pugi::xml_document document;
    GENMEI_TRY(archive_.parse(part, buffer, document));
    const auto root = document.document_element();
    for (auto one = root.first_child(); one; one = one.next_sibling()) {
      if (local(one.name()) != "si") continue;
      if (strings_.size() >= limits_.cells) return too_large("cells", limits_.cells, part);
      strings_.push_back(rich_text(one));
    }
    return {};
  }

  Result<void> read_styles(const std::string& part) {
    std::string buffer;
    pugi::xml_document document;
    GENMEI_TRY(archive_.parse(part, buffer, document));
    const auto root = document.document_element();
    std::unordered_map<unsigned, NumberFormat> own;
    const auto formats = child(root, "numFmts");
    for (auto one = formats.first_child(); one; one = one.next_sibling()) {
      unsigned id = 0;
      if (parse_number(attribute(one, "numFmtId"), id)) own[id] = format_of_code(attribute(one, "formatCode"));
    }
    const auto styles = child(root, "cellXfs");
    for (auto one = styles.first_child(); one; one = one.next_sibling()) {
      if (local(one.name()) != "xf") continue;
      unsigned id = 0;
      if (!parse_number(attribute(one, "numFmtId"), id)) id = 0;
      const auto it = own.find(id);
      styles_.push_back(it == own.end() ? builtin_format(id) : it->second);
    }
    return {};
  }

  Result<void> read_sheet(const std::string& part, Sheet& sheet) {
    std::string buffer;
    pugi::xml_document document;
    GENMEI_TRY(archive_.parse(part, buffer, document));
    const auto root = document.document_element();
    std::uint32_t last_row = 0;
    const auto data = child(root, "sheetData");
    for (auto node = data.first_child(); node; node = node.next_sibling()) {
      if (local(node.name()) != "row") continue;
      Row row;
      row.number = last_row + 1;
      const auto number = attribute(node, "r");
      if (!number.empty() && (!parse_number(number, row.number) || row.number <= last_row)) {
        return damaged(part, "rows out of order");
      }
      if (row.number > limits_.rows) return too_large("rows", limits_.rows, sheet.name);
      last_row = row.number;
      row.hidden = yes(attribute(node, "hidden"));
      GENMEI_TRY(read_row(node, part, sheet, row));
      if (!row.cells.empty()) sheet.rows.push_back(std::move(row));
    }
    const auto ranges = child(root, "mergeCells");
    for (auto node = ranges.first_child(); node; node = node.next_sibling()) {
      if (sheet.merged.size() >= limits_.rows) return too_large("merged", limits_.rows, sheet.name);
      const auto corners = split(attribute(node, "ref"), ':');
      Range range;
      if (corners.size() != 2 || !parse_address(corners[0], range.first_row, range.first_column) ||
          !parse_address(corners[1], range.last_row, range.last_column)) {
        return damaged(part, "merged range");
      }
      sheet.merged.push_back(range);
    }
    return {};
  }

  Result<void> read_row(const pugi::xml_node& node, const std::string& part, const Sheet& sheet, Row& row) {
    std::uint32_t last = 0;
    for (auto one = node.first_child(); one; one = one.next_sibling()) {
      if (local(one.name()) != "c") continue;
      Cell cell;
      cell.row = row.number;
      cell.column = last + 1;
      const auto address = attribute(one, "r");
      if (!address.empty()) {
        std::uint32_t named_row = 0;
        if (!parse_address(address, named_row, cell.column) || named_row != row.number || cell.column <= last) {
          return damaged(part, "cell address " + std::string(address.substr(0, 20)));
        }
      }
      last = cell.column;
      if (!read_cell(one, cell)) {
        if (problems_.list.size() < limits_.problems) {
          problems_.add(problem(Failure::invalid, "sheet.cell", sheet.place(cell), {}, std::move(cell.text)));
        }
        continue;
      }
      if (cell.type == CellType::empty && !cell.formula) continue;
      if (cell.column > limits_.columns) return too_large("columns", limits_.columns, sheet.place(cell));
      if (cell.text.size() > limits_.cell_bytes) return too_large("cell_bytes", limits_.cell_bytes, sheet.place(cell));
      if (++cells_ > limits_.cells) return too_large("cells", limits_.cells, sheet.name);
      if (!valid_utf8(cell.text)) return problem(Failure::invalid, "sheet.utf8", sheet.place(cell));
      row.cells.push_back(std::move(cell));
    }
    return {};
  }

  // False when the cell cannot be understood; its text then says why.
  bool read_cell(const pugi::xml_node& node, Cell& cell) {
    const auto type = attribute(node, "t");
    const std::string_view value = child(node, "v").text().get();
    cell.formula = static_cast<bool>(child(node, "f"));
    const auto fail = [&cell](std::string why) {
      cell.text = std::move(why);
      return false;
    };
    if (type == "inlineStr") {
      cell.text = rich_text(child(node, "is"));
      cell.type = cell.text.empty() ? CellType::empty : CellType::text;
      return true;
    }
    if (type == "str") {
      cell.text = unescape(std::string(value));
      cell.type = cell.text.empty() ? CellType::empty : CellType::text;
      return true;
    }
    if (value.empty()) return true;
    if (type == "s") {
      std::size_t index = 0;
      if (!parse_number(value, index) || index >= strings_.size()) return fail("unknown shared string");
      cell.text = strings_[index];
      cell.type = cell.text.empty() ? CellType::empty : CellType::text;
      return true;
    }
    if (type == "b") {
      cell.text = yes(value) ? "true" : "false";
      cell.type = CellType::boolean;
      return true;
    }
    if (type == "e" || type == "d") {
      cell.text = value;
      cell.type = type == "e" ? CellType::error : CellType::date;
      return true;
    }
    if (!type.empty() && type != "n") return fail("unknown cell type");
    double number = 0;
    if (!parse_number(value, number) || !std::isfinite(number)) return fail("not a number");
    unsigned style = 0;
    const auto named = attribute(node, "s");
    if (!named.empty() && !parse_number(named, style)) return fail("unknown style");
    const auto format = style < styles_.size() ? styles_[style] : NumberFormat::plain;
    if (format != NumberFormat::plain) {
      if (auto date = date_text(number, format, from_1904_)) {
        cell.text = std::move(*date);
        cell.type = CellType::date;
        return true;
      }
      return fail("a date that does not exist");
    }
    char digits[32];
    const bool whole = std::fabs(number) < 1e15;
    const auto end = whole ? std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed)
                           : std::to_chars(digits, digits + sizeof digits, number);
    if (end.ec != std::errc{}) {  // a small fraction is too long in fixed notation
      const auto general = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::general);
      cell.text.assign(digits, general.ptr);
    } else {
      cell.text.assign(digits, end.ptr);
    }
    cell.type = CellType::number;
    return true;
  }

  const Limits& limits_;
  Archive archive_;
  std::vector<std::string> strings_;
  std::vector<NumberFormat> styles_;
  Problems problems_;
  std::size_t cells_ = 0;
  bool from_1904_ = false;
};

}  // namespace

Result<Workbook> read_xlsx(std::string_view bytes, const Limits& limits) { return XlsxReader(limits).read(bytes); }

}  // namespace genmei::sheet
