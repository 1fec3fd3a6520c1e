// Lists of records: what is written can be read in again, and is safe in a spreadsheet.
#include "report/list_workbook.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include "base/sheet.hpp"
#include "report/sample_reports.hpp"
#include "report/view.hpp"

namespace genmei::report {
namespace {

using ::testing::HasSubstr;

const Messages& messages() {
  static const Messages loaded = Messages::load(GENMEI_SOURCE_DIR "/data/messages").value();
  return loaded;
}

Wording words() { return {messages(), Language::ja}; }

RecordList assets() {
  RecordList list;
  list.title = "情報資産";
  list.organisation = "サンプルクラウド株式会社";
  list.created = parse_instant("2026-11-21T00:00:00Z").value();
  std::vector<std::string> many;
  for (int i = 0; i < 60; ++i) many.push_back("選択肢その" + std::to_string(i));
  list.columns = {{"name", "名前", ListColumn::Kind::text, true, {}, "ほかと区別できる名前", "勤怠の記録"},
                  {"state", "状態", ListColumn::Kind::choice, true, {"使用中", "廃棄"}, "", "使用中"},
                  {"place", "置き場所", ListColumn::Kind::choice, false, many, "", ""},
                  {"count", "数", ListColumn::Kind::number, false, {}, "", "3"},
                  {"due_on", "期限", ListColumn::Kind::date, false, {}, "", "2026-11-30"}};
  using std::chrono::day;
  using std::chrono::month;
  using std::chrono::year;
  Cell due = date_cell(Date{year(2026), month(11), day(30)}, words());
  list.rows.push_back({{text_cell("=1+1"), text_cell("使用中"), text_cell("選択肢その3"), number_cell(12), due}});
  list.rows.push_back({{text_cell(sample::hostile_text), text_cell("廃棄"), Cell{}, Cell{}, Cell{}}});
  return list;
}

// One file of the archive as text.
std::string part(const std::string& bytes, const char* name) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  std::string out;
  if (zip_file_t* file = zip_fopen(archive, name, 0)) {
    char buffer[4096];
    for (zip_int64_t n = 0; (n = zip_fread(file, buffer, sizeof buffer)) > 0;)
      out.append(buffer, static_cast<std::size_t>(n));
    zip_fclose(file);
  }
  zip_discard(archive);
  return out;
}

TEST(ListWorkbook, ReadsBackAsItWasWritten) {
  const auto bytes = list_workbook(assets(), words(), 0, "/tmp");
  ASSERT_TRUE(bytes.ok());
  const auto book = sheet::read_xlsx(*bytes);
  ASSERT_TRUE(book.ok());
  const auto& sheet = *book->first_visible();
  EXPECT_EQ(sheet.name, "情報資産");
  EXPECT_EQ(sheet.at(1, 1).text, "名前");
  EXPECT_EQ(sheet.at(2, 1).text, "=1+1");
  EXPECT_FALSE(sheet.at(2, 1).formula);
  EXPECT_EQ(sheet.at(2, 4).type, sheet::CellType::number);
  EXPECT_EQ(sheet.at(2, 5).text, "2026-11-30");
  EXPECT_EQ(sheet.at(3, 1).text, sample::hostile_text);
  EXPECT_EQ(sheet.last_row(), 3U);
}

TEST(ListWorkbook, HasDropDownListsFrozenHeadFilterAndFieldNames) {
  const auto bytes = list_workbook(assets(), words(), 200, "/tmp");
  ASSERT_TRUE(bytes.ok());
  const auto sheet = part(*bytes, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("sqref=\"B2:B203\""));
  EXPECT_THAT(sheet, HasSubstr("\"使用中,廃棄\""));
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, HasSubstr("<autoFilter ref=\"A1:E3\""));
  EXPECT_THAT(part(*bytes, "xl/comments1.xml"), HasSubstr("due_on"));
  EXPECT_THAT(part(*bytes, "xl/styles.xml"), HasSubstr("游ゴシック"));
  // The long list stands on a sheet of its own.
  EXPECT_THAT(sheet, HasSubstr("$A$1:$A$60"));
  const auto book = sheet::read_xlsx(*bytes);
  ASSERT_TRUE(book.ok());
  ASSERT_NE(book->find("選択肢"), nullptr);
  EXPECT_EQ(book->find("選択肢")->at(60, 1).text, "選択肢その59");
  EXPECT_EQ(book->find("記入例")->at(2, 1).text, "勤怠の記録");
  EXPECT_EQ(book->find("列の説明")->at(2, 2).text, "name");
}

TEST(ListWorkbook, ComesOutTheSameByteForByte) {
  EXPECT_EQ(list_workbook(assets(), words(), 5, "/tmp").value(), list_workbook(assets(), words(), 5, "/tmp").value());
}

TEST(ListCsv, NeutralisesFormulasAndReadsBack) {
  const auto csv = list_csv(assets());
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF名前,"));
  EXPECT_THAT(csv, HasSubstr("'=1+1"));
  const auto book = sheet::read_csv(csv);
  ASSERT_TRUE(book.ok());
  EXPECT_EQ(book->sheets.at(0).at(2, 1).text, "=1+1");
  EXPECT_EQ(book->sheets.at(0).at(2, 5).text, "2026-11-30");
  EXPECT_EQ(book->sheets.at(0).at(3, 1).text, sample::hostile_text);
}

}  // namespace
}  // namespace genmei::report
