#include "base/sheet.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <zip.h>

#include <map>

#include "base/sheet_date.hpp"

namespace genmei::sheet {
namespace {

using Files = std::map<std::string, std::string>;

std::string packed(const Files& files, bool encrypt = false) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : files) {
    zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
    const auto index = zip_file_add(archive, name.c_str(), part, ZIP_FL_OVERWRITE);
    if (encrypt) zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "secret");
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  const auto size = static_cast<std::size_t>(zip_source_tell(target));
  zip_source_seek(target, 0, SEEK_SET);
  std::string bytes(size, '\0');
  EXPECT_EQ(zip_source_read(target, bytes.data(), size), static_cast<zip_int64_t>(size));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

Files workbook(const std::string& rows, const std::string& strings = "", const std::string& after = "",
               const std::string& properties = "") {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string main =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"" + office + "\"";
  return Files{
      {"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"" + office +
                          "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", "<workbook " + main + ">" + properties +
                              "<sheets><sheet name=\"作業用\" sheetId=\"1\" state=\"hidden\" r:id=\"r2\"/>"
                              "<sheet name=\"一覧\" sheetId=\"2\" r:id=\"r1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"r1\" Type=\"" + office +
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" + office +
           "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"" + office +
           "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r4\" Type=\"" + office +
           "/styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId=\"164\" "
       "formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
       "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/>"
       "<xf numFmtId=\"20\"/></cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml",
       "<worksheet " + main + "><sheetData>" + rows + "</sheetData>" + after + "</worksheet>"},
      {"xl/worksheets/sheet2.xml", "<worksheet " + main + "><sheetData/></worksheet>"}};
}

Workbook good(const Files& files) {
  auto result = read_xlsx(packed(files));
  if (!result) {
    ADD_FAILURE() << result.problems().list.front().code << " " << result.problems().list.front().detail;
    return {};
  }
  return std::move(*result);
}

Problem bad(const std::string& bytes, const Limits& limits = {}) {
  const auto result = read_any(bytes, limits);
  if (result) {
    ADD_FAILURE() << "was read";
    return {};
  }
  return result.problems().list.front();
}

TEST(Xlsx, ReadsEveryTypeOfCell) {
  const auto book = good(workbook(
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\"><v>0.10000000000000001</v></c><c r=\"C2\" "
      "t=\"b\"><v>1</v></c>"
      "<c r=\"D2\" s=\"1\"><v>46112</v></c><c r=\"E2\" s=\"2\"><v>46112.5</v></c><c r=\"F2\" s=\"3\"><v>46112</v></c>"
      "<c r=\"G2\" t=\"inlineStr\"><is><t>改 行</t></is></c><c r=\"H2\" t=\"e\"><v>#REF!</v></c>"
      "<c r=\"I2\"><f>1+1</f><v>2</v></c><c r=\"J2\" s=\"4\"><v>0.375</v></c><c r=\"K2\"><f>A1</f></c>"
      "<c r=\"AA2\" t=\"str\"><f>T(1)</f><v>a_x000D_&#10;b</v></c></row>",
      "<si><r><t>言</t></r><r><t>明</t></r><rPh sb=\"0\" eb=\"2\"><t>ゲンメイ</t></rPh></si>"));
  ASSERT_EQ(book.sheets.size(), 2U);
  EXPECT_TRUE(book.sheets[0].hidden);
  EXPECT_EQ(book.first_visible()->name, "一覧");
  const auto& sheet = *book.find("一覧");
  const std::vector<std::pair<CellType, std::string>> expected = {{CellType::text, "言明"},
                                                                  {CellType::number, "0.1"},
                                                                  {CellType::boolean, "true"},
                                                                  {CellType::date, "2026-03-31"},
                                                                  {CellType::date, "2026-03-31T12:00:00"},
                                                                  {CellType::date, "2026-03-31"},
                                                                  {CellType::text, "改 行"},
                                                                  {CellType::error, "#REF!"},
                                                                  {CellType::number, "2"},
                                                                  {CellType::date, "09:00:00"},
                                                                  {CellType::empty, ""}};
  for (std::uint32_t column = 1; column <= expected.size(); ++column) {
    EXPECT_EQ(sheet.at(2, column).type, expected[column - 1].first) << column_name(column);
    EXPECT_EQ(sheet.at(2, column).text, expected[column - 1].second) << column_name(column);
  }
  EXPECT_TRUE(sheet.at(2, 9).formula);
  EXPECT_TRUE(sheet.at(2, 11).formula);
  EXPECT_FALSE(sheet.at(2, 2).formula);
  EXPECT_EQ(sheet.at(2, 27).text, "a\nb");
  EXPECT_EQ(sheet.place(sheet.at(2, 27)), "一覧!AA2");
  EXPECT_EQ(sheet.at(1, 1).type, CellType::empty);
}

TEST(Xlsx, PlacesCellsWithoutAddressesOneAfterAnother) {
  const auto book =
      good(workbook("<row><c><v>1</v></c><c r=\"C1\"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>"));
  const auto& sheet = book.sheets[1];
  EXPECT_EQ(sheet.at(1, 1).text, "1");
  EXPECT_EQ(sheet.at(1, 2).text, "");
  EXPECT_EQ(sheet.at(1, 4).text, "4");
  EXPECT_EQ(sheet.at(2, 1).text, "5");
}

TEST(Xlsx, GivesTheValueOfAMergedRangeToEveryPlaceInIt) {
  const auto book = good(workbook("<row r=\"1\"><c r=\"A1\"><v>7</v></c><c r=\"B1\"><v>8</v></c></row>", "",
                                  "<mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>"));
  EXPECT_EQ(book.sheets[1].at(3, 1).text, "7");
  EXPECT_EQ(book.sheets[1].at(4, 1).text, "");
  EXPECT_EQ(book.sheets[1].at(3, 2).text, "");
}

TEST(Xlsx, CountsDaysFrom1904WhereTheWorkbookDoes) {
  const auto book = good(workbook("<row><c s=\"1\"><v>0</v></c></row>", "", "", "<workbookPr date1904=\"1\"/>"));
  EXPECT_EQ(book.sheets[1].at(1, 1).text, "1904-01-01");
}

TEST(Xlsx, NamesTheCellThatCannotBeRead) {
  const auto all =
      read_xlsx(packed(workbook("<row r=\"3\"><c r=\"B3\" t=\"s\"><v>9</v></c><c r=\"C3\"><v>abc</v></c><c r=\"D3\" "
                                "s=\"1\"><v>60</v></c></row>")));
  ASSERT_FALSE(all.ok());
  ASSERT_EQ(all.problems().list.size(), 3U);
  EXPECT_EQ(all.problems().list[0].place, "一覧!B3");
  EXPECT_EQ(all.problems().list[1].place, "一覧!C3");
  EXPECT_EQ(all.problems().list[2].place, "一覧!D3");
  EXPECT_EQ(all.problems().list[2].code, "sheet.cell");
}

TEST(Xlsx, RefusesWhatIsNotAWorkbook) {
  EXPECT_EQ(bad(packed({{"a.txt", "hello"}})).code, "sheet.not-xlsx");
  EXPECT_EQ(bad("PK\x03\x04 broken").code, "sheet.not-xlsx");
  EXPECT_EQ(bad("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").code, "sheet.old-format");
  EXPECT_EQ(bad(packed(workbook(""), /*encrypt=*/true)).code, "sheet.encrypted");
  auto files = workbook("<row><c></row>");
  EXPECT_EQ(bad(packed(files)).code, "sheet.damaged");
  files.erase("xl/worksheets/sheet1.xml");
  EXPECT_EQ(bad(packed(files)).place, "xl/worksheets/sheet1.xml");
  EXPECT_EQ(bad(packed(workbook("<row r=\"2\"/><row r=\"2\"/>"))).code, "sheet.damaged");
  EXPECT_EQ(bad(packed(workbook("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>"))).code, "sheet.damaged");
}

TEST(Xlsx, StopsAtEveryLimit) {
  const auto limit = [](const std::string& bytes, const Limits& limits) {
    const auto one = bad(bytes, limits);
    EXPECT_EQ(one.code, "sheet.too-large");
    EXPECT_EQ(one.failure, Failure::too_large);
    return one.args.count("what") ? one.args.at("what") : std::string();
  };
  const auto small = packed(workbook("<row r=\"5\"><c r=\"E5\" t=\"str\"><v>long text</v></c></row>"));
  Limits limits;
  EXPECT_EQ((limits = {}, limits.file_bytes = 100, limit(small, limits)), "file_bytes");
  EXPECT_EQ((limits = {}, limits.entries = 3, limit(small, limits)), "entries");
  EXPECT_EQ((limits = {}, limits.sheets = 1, limit(small, limits)), "sheets");
  EXPECT_EQ((limits = {}, limits.rows = 4, limit(small, limits)), "rows");
  EXPECT_EQ((limits = {}, limits.columns = 4, limit(small, limits)), "columns");
  EXPECT_EQ((limits = {}, limits.cell_bytes = 4, limit(small, limits)), "cell_bytes");
  EXPECT_EQ((limits = {}, limits.cells = 0, limit(small, limits)), "cells");
  EXPECT_EQ((limits = {}, limits.total_bytes = 500, limit(small, limits)), "total_bytes");
}

TEST(Xlsx, RefusesABombWithoutExpandingIt) {
  const auto bomb = packed(workbook("<row>" + std::string(80U << 20U, ' ') + "</row>"));
  EXPECT_LT(bomb.size(), 200'000U);
  EXPECT_EQ(bad(bomb).args.at("what"), "entry_bytes");
  const auto lesser = packed(workbook("<row>" + std::string(8U << 20U, ' ') + "</row>"));
  EXPECT_EQ(bad(lesser).args.at("what"), "ratio");
}

TEST(Xlsx, NeverCrashesOnDamagedBytes) {
  const auto whole = packed(workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", "<si><t>a</t></si>"));
  EXPECT_TRUE(rc::check("any byte changed", [&] {
    auto bytes = whole;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[at] = *rc::gen::arbitrary<char>();
    const auto result = read_any(bytes);
    RC_ASSERT((result.ok() || !result.problems().empty()));
  }));
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    const auto result = read_xlsx(std::string_view(whole).substr(0, length));
    EXPECT_FALSE(result.ok());
  }
}

std::vector<std::vector<std::string>> cells_of(const Result<Workbook>& result) {
  std::vector<std::vector<std::string>> all;
  if (!result) {
    ADD_FAILURE() << result.problems().list.front().code << " at " << result.problems().list.front().place;
    return all;
  }
  for (const auto& row : result->sheets[0].rows) {
    while (all.size() < row.number) all.emplace_back();
    for (const auto& cell : row.cells) {
      all.back().resize(cell.column);
      all.back()[cell.column - 1] = cell.text;
    }
  }
  return all;
}

using Grid = std::vector<std::vector<std::string>>;

TEST(Csv, ReadsQuotesLineFeedsAndAllLineEnds) {
  EXPECT_EQ(cells_of(read_csv("a,\"b \"\"c\"\"\",\"d\r\ne\"\r\nf,,g\rh\n")),
            (Grid{{"a", "b \"c\"", "d\ne"}, {"f", "", "g"}, {"h"}}));
  EXPECT_EQ(cells_of(read_csv("a\n\nb")), (Grid{{"a"}, {}, {"b"}}));
  EXPECT_EQ(cells_of(read_csv("5\" disk,x")), (Grid{{"5\" disk", "x"}}));
  EXPECT_EQ(cells_of(read_csv("")), Grid{});
}

TEST(Csv, FindsTheDelimiter) {
  EXPECT_EQ(cells_of(read_csv("a\tb,c\td")), (Grid{{"a", "b,c", "d"}}));
  EXPECT_EQ(cells_of(read_csv("a;b;c\n1;2;\"3,4\"")), (Grid{{"a", "b", "c"}, {"1", "2", "3,4"}}));
  EXPECT_EQ(cells_of(read_csv("sep=|\r\na|b")), (Grid{{"a", "b"}}));
  EXPECT_EQ(cells_of(read_csv("a;b", {.delimiter = ','})), (Grid{{"a;b"}}));
}

TEST(Csv, ReadsTheEncodingsOfJapaneseOffices) {
  const Grid expected{{"管理責任者", "髙～"}};
  EXPECT_EQ(cells_of(read_csv("\xEF\xBB\xBF管理責任者,髙～")), expected);
  EXPECT_EQ(cells_of(read_csv("\x8A\xC7\x97\x9D\x90\xD3\x94\x43\x8E\xD2,\xFB\xFC\x81\x60")), expected);
  EXPECT_EQ(cells_of(read_csv(std::string_view("\xFF\xFE\xA1\x7B\x06\x74\t\0", 8))), (Grid{{"管理"}}));
  EXPECT_EQ(
      cells_of(read_csv("\xB4\xC9\xCD\xFD\xC0\xD5\xC7\xA4\xBC\xD4\xA4\xCE\xBB\xE1\xCC\xBE\xA4\xF2\xBD\xF1\xA4\xAF,x")),
      (Grid{{"管理責任者の氏名を書く", "x"}}));
}

TEST(Csv, NamesWhatIsWrong) {
  EXPECT_EQ(bad("a,b\nc,\"d").place, "Sheet1!B2");
  EXPECT_EQ(bad("a,b\nc,\"d\"e").code, "sheet.quote");
  EXPECT_EQ(bad("\x81\xFF\xFF\xA0").code, "sheet.encoding");
  EXPECT_EQ(bad(std::string_view("a\0b", 3).data() == nullptr ? "" : std::string("a\0b", 3)).code, "sheet.binary");
  Limits limits;
  limits.rows = 2;
  EXPECT_EQ(bad("1\n2\n3", limits).args.at("what"), "rows");
  limits = {};
  limits.columns = 2;
  EXPECT_EQ(bad("1,2,3", limits).place, "Sheet1!C1");
}

TEST(CsvWriter, TakesTheTeethOutOfFormulas) {
  std::string out;
  CsvWriter writer(out, {.mark = false});
  const std::vector<std::string> cells = {
      "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "＝1", "-12.5", "+81", "a=b", "'=x"};
  writer.row(cells);
  EXPECT_EQ(out, "'=1+1,'+cmd|' /C calc'!A0,'-2+3,'@SUM(A1),'\tx,'＝1,-12.5,+81,a=b,''=x\r\n");
}

TEST(CsvWriter, QuotesAsRfc4180AndMarksUtf8) {
  std::string out;
  CsvWriter writer(out);
  const std::vector<std::string> cells = {"a,b", "say \"hi\"", "two\nlines", ""};
  writer.row(cells);
  EXPECT_EQ(out, "\xEF\xBB\xBF\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
}

TEST(CsvWriter, IsReadBackExactly) {
  // Cells put together from what is hard to write; small grids, so that a hundred of them take no time.
  const auto piece = rc::gen::element<std::string>("", "'", "=", "-", "+1", "管", "\"", "\n", "＠", ",", "\t", ";", " ",
                                                   "a", "sep", "sep=");
  const auto cell = rc::gen::apply(
      [](const std::string& a, const std::string& b, const std::string& c) { return a + b + c; }, piece, piece, piece);
  const auto row = rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(cell));
  const auto rows = rc::gen::resize(6, rc::gen::container<Grid>(row));
  EXPECT_TRUE(rc::check("round trip", [&] {
    const Grid grid = *rows;
    std::string out;
    CsvWriter writer(out);
    for (const auto& one : grid) writer.row(one);
    const auto book = read_csv(out, {.delimiter = ','});
    RC_ASSERT(book.ok());
    for (std::uint32_t r = 0; r < grid.size(); ++r) {
      for (std::uint32_t c = 0; c < grid[r].size(); ++c) {
        RC_ASSERT(book->sheets[0].at(r + 1, c + 1).text == grid[r][c]);
      }
    }
  }));
}

TEST(SheetDate, TellsDatesFromNumbers) {
  EXPECT_EQ(format_of_code("yyyy/mm/dd"), NumberFormat::date);
  EXPECT_EQ(format_of_code("[$-411]ge.m.d;@"), NumberFormat::date);
  EXPECT_EQ(format_of_code("h:mm"), NumberFormat::time);
  EXPECT_EQ(format_of_code("[h]:mm"), NumberFormat::time);
  EXPECT_EQ(format_of_code("m/d/yy h:mm"), NumberFormat::date_time);
  EXPECT_EQ(format_of_code("0.00E+00"), NumberFormat::plain);
  EXPECT_EQ(format_of_code("#,##0\"days\";[Red]-#,##0"), NumberFormat::plain);
  EXPECT_EQ(format_of_code("General\"円\""), NumberFormat::plain);
}

TEST(SheetDate, KnowsTheDayThatOnlyExcelBelievesIn) {
  EXPECT_EQ(date_text(59, NumberFormat::date, false), "1900-02-28");
  EXPECT_EQ(date_text(60, NumberFormat::date, false), std::nullopt);
  EXPECT_EQ(date_text(61, NumberFormat::date, false), "1900-03-01");
  EXPECT_EQ(date_text(-1, NumberFormat::date, false), std::nullopt);
  EXPECT_EQ(date_text(2958465, NumberFormat::date, false), "9999-12-31");
  EXPECT_EQ(date_text(46112.9999999, NumberFormat::date_time, false), "2026-04-01T00:00:00");
}

TEST(SheetAddress, RoundTrips) {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  for (const std::uint32_t want : {1U, 26U, 27U, 702U, 703U, 16'384U}) {
    ASSERT_TRUE(parse_address(column_name(want) + "12", row, column));
    EXPECT_EQ(column, want);
    EXPECT_EQ(row, 12U);
  }
  EXPECT_TRUE(parse_address("$b$7", row, column));
  EXPECT_FALSE(parse_address("7B", row, column));
  EXPECT_FALSE(parse_address("A0", row, column));
  EXPECT_FALSE(parse_address("A1B", row, column));
}

}  // namespace
}  // namespace genmei::sheet
