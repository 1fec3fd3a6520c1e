// The four formats say the same, are safe against what people write, and come out the same every time.
#include "report/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-font.h>
#include <poppler-page.h>
#include <poppler-toc.h>
#include <zip.h>

#include <memory>
#include <thread>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/sheet.hpp"
#include "report/child_process.hpp"
#include "report/figure.hpp"
#include "report/font_subset.hpp"
#include "report/sample_reports.hpp"
#include "report/xlsx_book.hpp"

namespace genmei::report {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const Messages& messages() {
  static const Messages loaded = Messages::load(GENMEI_SOURCE_DIR "/data/messages").value();
  return loaded;
}

const Renderer& renderer() {
  static const Renderer loaded = Renderer::load(GENMEI_SOURCE_DIR "/data/templates/report").value();
  return loaded;
}

std::string render(const Document& document, Format format) {
  auto result = renderer().render(document, format);
  EXPECT_TRUE(result.ok()) << (result.ok()
                                   ? ""
                                   : result.problems().list.front().code + " " + result.problems().list.front().detail);
  return result.ok() ? *result : std::string();
}

std::vector<Document> every_report(Language language = Language::ja) {
  const Wording words(messages(), language, true);
  return {soa_document(sample::soa(12), words), criteria_document(sample::criteria(1), words),
          gap_document(sample::gap(), words), pattern_document(sample::pattern(), words),
          disclosure_document(sample::disclosure(), words)};
}

// One file of an xlsx archive.
std::string zipped_file(const std::string& bytes, const char* name) {
  zip_error_t error;
  zip_error_init(&error);
  zip_t* archive =
      zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), ZIP_RDONLY, &error);
  std::string out;
  if (zip_file_t* file = zip_fopen(archive, name, 0); file != nullptr) {
    char buffer[4096];
    for (zip_int64_t n = 0; (n = zip_fread(file, buffer, sizeof buffer)) > 0;)
      out.append(buffer, static_cast<std::size_t>(n));
    zip_fclose(file);
  }
  zip_discard(archive);
  return out;
}

// Lines are broken anywhere on paper, and the selector of a glyph variant is not text.
std::string bare(std::string text) {
  for (const std::string_view gone : {" ", "\n", "\f", "\r", "　", "\xF3\xA0\x84\x80"})
    text = replace_all(text, gone, "");
  return text;
}

struct Paper {
  std::string text;
  std::vector<std::string> pages;
  std::vector<std::string> bookmarks;
  std::vector<std::string> fonts;
  bool all_embedded = true;
};

void collect(const poppler::toc_item& item, std::vector<std::string>& out) {
  for (const auto* child : item.children()) {
    const auto title = child->title().to_utf8();
    out.emplace_back(title.begin(), title.end());
    collect(*child, out);
  }
}

Paper read_pdf(const std::string& bytes) {
  Paper out;
  const std::unique_ptr<poppler::document> pdf(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (pdf == nullptr) return out;
  for (int i = 0; i < pdf->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(pdf->create_page(i));
    const auto text = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
    out.pages.emplace_back(text.begin(), text.end());
    out.text += out.pages.back();
  }
  for (const auto& font : pdf->fonts()) {
    out.fonts.push_back(font.name());
    out.all_embedded = out.all_embedded && font.is_embedded();
  }
  const std::unique_ptr<poppler::toc> toc(pdf->create_toc());
  if (toc) collect(*toc->root(), out.bookmarks);
  return out;
}

TEST(Html, HasEveryTextOfTheModelAndNoMarkupOfTheText) {
  for (const auto& document : every_report()) {
    const auto page = render(document, Format::html);
    for (const auto& text : texts(document)) EXPECT_THAT(page, HasSubstr(escaped(text))) << document.kind;
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("src=")));
  }
}

TEST(Html, DropsLinksThatAreNoPlainAddresses) {
  Document document = every_report().at(3);
  Facts facts;
  Cell bad;
  bad.text = "押す";
  bad.link = "javascript:alert(1)";
  facts.items.push_back({"x", bad});
  Cell good = bad;
  good.link = "https://example.jp/?a=1&b=\"2\"";
  facts.items.push_back({"y", good});
  document.blocks.emplace_back(facts);
  const auto page = render(document, Format::html);
  EXPECT_THAT(page, Not(HasSubstr("javascript:")));
  EXPECT_THAT(page, HasSubstr("href=\"https://example.jp/?a=1&amp;b=&quot;2&quot;\""));
}

TEST(Html, RefusesATableWithUnevenRows) {
  Document document;
  Table table;
  table.columns.resize(2);
  table.groups.push_back({"", "", {Row{{Cell{}}}}});
  document.blocks.emplace_back(table);
  for (const auto format : {Format::html, Format::xlsx}) {
    const auto result = renderer().render(document, format);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problems().list.front().code, "report.shape");
  }
}

TEST(Json, IsTheModelAndParses) {
  for (const auto& document : every_report()) {
    const auto value = json::parse(render(document, Format::json));
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(json::text(value->as_object(), "kind"), document.kind);
    EXPECT_EQ(value->as_object().at("blocks").as_array().size(), document.blocks.size());
  }
}

TEST(Pdf, HasTheSameTextsEmbeddedFontsBookmarksPageNumbersAndDigest) {
  for (const auto& document : every_report()) {
    const auto paper = read_pdf(render(document, Format::pdf));
    ASSERT_FALSE(paper.pages.empty()) << document.kind;
    const auto all = bare(paper.text);
    for (const auto& text : texts(document)) EXPECT_THAT(all, HasSubstr(bare(text))) << document.kind;
    EXPECT_FALSE(paper.fonts.empty());
    EXPECT_TRUE(paper.all_embedded);
    for (const auto& font : paper.fonts) EXPECT_THAT(font, HasSubstr("CJK-JP"));
    EXPECT_THAT(paper.bookmarks, Contains(document.title));
    EXPECT_THAT(paper.bookmarks, Contains("この文書の確かめ方"));
    for (std::size_t i = 0; i < paper.pages.size(); ++i) {
      const auto page = bare(paper.pages[i]);
      EXPECT_THAT(page, HasSubstr(std::to_string(i + 1) + "/" + std::to_string(paper.pages.size())));
      EXPECT_THAT(page, HasSubstr(bare(document.digest_text)));
    }
  }
}

TEST(Pdf, RepeatsTheHeadOfATableAndBookmarksItsGroups) {
  const Wording words(messages(), Language::ja);
  const auto paper = read_pdf(render(soa_document(sample::soa(60), words), Format::pdf));
  ASSERT_GE(paper.pages.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_THAT(bare(paper.pages[i]), HasSubstr("選んだ・除いた理由")) << i;
  EXPECT_THAT(paper.bookmarks, Contains("6　人的管理策"));
}

TEST(Pdf, TakesOtherScriptsFromTheFontsOfTheSystem) {
  Document document;
  document.title = "題";
  document.blocks.emplace_back(Paragraph{"日本語 שלום 終わり", false});
  const auto paper = read_pdf(render(document, Format::pdf));
  EXPECT_THAT(paper.text, HasSubstr("終わり"));
  EXPECT_THAT(paper.text, HasSubstr("ש"));
  EXPECT_TRUE(paper.all_embedded);
  EXPECT_THAT(paper.fonts, Contains(Not(HasSubstr("CJK"))));
}

TEST(Pdf, ComesOutTheSameByteForByte) {
  const auto document = every_report().at(4);
  const auto first = render(document, Format::pdf);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  EXPECT_EQ(hex(sha256(first)), hex(sha256(render(document, Format::pdf))));
}

TEST(Pdf, SaysWhenTheProgramIsMissingAndStopsWhenAsked) {
  PdfSettings settings;
  settings.program = "/nonexistent/weasyprint";
  const auto missing = make_pdf({"<p>a", "x", {}}, settings);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.problems().list.front().code, "report.program");
  std::stop_source source;
  source.request_stop();
  const auto stopped = make_pdf({"<p>a", "x", {}}, {}, source.get_token());
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.problems().list.front().code, "report.cancelled");
}

TEST(ChildProcess, IsEndedByItsTimeLimitAndByTheCaller) {
  ChildCommand command;
  command.arguments = {"/bin/sleep", "30"};
  command.time_limit = std::chrono::milliseconds(100);
  const auto start = std::chrono::steady_clock::now();
  const auto late = run(command);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.problems().list.front().code, "report.timeout");
  command.time_limit = std::chrono::seconds(30);
  std::stop_source source;
  std::jthread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    source.request_stop();
  });
  const auto stopped = run(command, source.get_token());
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.problems().list.front().code, "report.cancelled");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(ChildProcess, IsHeldToItsMemoryLimit) {
  ChildCommand command;
  command.arguments = {"/usr/bin/python3", "-c", "import time; time.sleep(0.3); x = bytearray(400 << 20)"};
  command.environment = {"PATH=/usr/bin:/bin"};
  ASSERT_EQ(run(command).value(), 0);
  command.memory_bytes = 300ULL << 20U;
  const auto limited = run(command);
  EXPECT_TRUE(!limited.ok() || *limited != 0);
}

TEST(Fonts, AreCutToTheCharactersAndNameWhatTheyLack) {
  const auto fonts = installed_fonts();
  ASSERT_EQ(fonts.size(), 3U);
  const std::string folder = ::testing::TempDir();
  const auto report = subset_fonts(fonts, characters_of("適用宣言書髙﨑𠮷①ｱ葛\xF3\xA0\x84\x80\xE0\xB8\x81"), folder);
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->cut);
  EXPECT_EQ(report->missing, (std::set<char32_t>{0x0E01}));  // Thai
}

const sheet::Sheet& sheet_of(const sheet::Workbook& book, std::string_view name) {
  const auto* found = book.find(name);
  if (found == nullptr) throw std::runtime_error("no sheet " + std::string(name));
  return *found;
}

TEST(Xlsx, HasEveryCellOfEveryTableAsTextNeverAsFormula) {
  for (const auto& document : every_report()) {
    const auto book = sheet::read_xlsx(render(document, Format::xlsx));
    ASSERT_TRUE(book.ok()) << document.kind;
    std::string all;
    for (const auto& sheet : book->sheets) {
      for (const auto& row : sheet.rows) {
        for (const auto& cell : row.cells) {
          EXPECT_FALSE(cell.formula);
          // A date is a number in the file; its format shows it as the other formats write it (tested below).
          const auto date = cell.type == sheet::CellType::date ? parse_date(cell.text) : Result<Date>(Problem{});
          all += (date.ok() ? date_text(*date, document.language, true) : cell.text) + "\n";
        }
      }
    }
    for (const auto& block : document.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table == nullptr) continue;
      const auto& sheet = sheet_of(*book, table->title);
      const std::uint32_t shift = table->group_title.empty() ? 1 : 2;
      std::uint32_t row = 6;
      for (const auto& group : table->groups) {
        for (const auto& line : group.rows) {
          for (std::uint32_t i = 0; i < line.cells.size(); ++i) {
            const auto& cell = line.cells[i];
            std::string expected = cell.text + (cell.must_reach ? "＊" : "");
            if (!cell.note.empty()) expected += "\n" + cell.note;
            if (cell.date && cell.note.empty()) expected = format_date(*cell.date);
            EXPECT_EQ(sheet.at(row, i + shift).text, expected) << document.kind << " row " << row;
          }
          ++row;
        }
      }
    }
    for (const auto& text : texts(document)) {
      EXPECT_THAT(bare(all), HasSubstr(bare(text))) << document.kind;
    }
  }
}

TEST(Xlsx, ShowsDatesInTheReadersCalendarAndKeepsThemSortable) {
  Cell cell;
  cell.date = Date{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(21)};
  cell.text = "令和8年11月21日";
  EXPECT_EQ(date_format_for(cell, Language::ja), "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\"");
  cell.text = "2026年11月21日";
  EXPECT_EQ(date_format_for(cell, Language::ja), "yyyy\"年\"m\"月\"d\"日\"");
  cell.text = "11月末";  // not the date in words: stays text
  EXPECT_EQ(date_format_for(cell, Language::ja), "");
}

TEST(Xlsx, IsSetUpForPaperFilterAndSending) {
  const auto bytes = render(every_report().at(0), Format::xlsx);
  const auto overview = zipped_file(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(overview, HasSubstr("paperSize=\"9\""));
  const auto table = zipped_file(bytes, "xl/worksheets/sheet2.xml");
  EXPECT_THAT(table, HasSubstr("<autoFilter ref=\"A5:I17\""));
  EXPECT_THAT(table, HasSubstr("topLeftCell=\"D6\" activePane=\"bottomRight\" state=\"frozen\""));
  EXPECT_THAT(table, HasSubstr("<pageSetUpPr fitToPage=\"1\"/>"));
  EXPECT_THAT(table, HasSubstr("orientation=\"landscape\""));
  EXPECT_THAT(table, HasSubstr("&amp;P / &amp;N"));
  EXPECT_THAT(table, HasSubstr("\"適用,除外,未決定\""));
  EXPECT_THAT(zipped_file(bytes, "xl/workbook.xml"), HasSubstr("_xlnm.Print_Titles"));
  EXPECT_THAT(zipped_file(bytes, "xl/styles.xml"), HasSubstr("游ゴシック"));
  EXPECT_THAT(zipped_file(bytes, "docProps/core.xml"), HasSubstr("2026-06-30T15:00:00Z"));
}

TEST(Xlsx, ComesOutTheSameByteForByte) {
  const auto document = every_report().at(0);
  const auto first = render(document, Format::xlsx);
  std::this_thread::sleep_for(std::chrono::milliseconds(2100));  // zip times have a step of two seconds
  EXPECT_EQ(hex(sha256(first)), hex(sha256(render(document, Format::xlsx))));
}

TEST(Xlsx, RefusesATextThatExcelCannotHoldAndNamesTheCell) {
  SoaView view = sample::soa(1);
  view.themes.at(0).controls.at(0).practice = std::string(32'768, 'x');
  const auto result = renderer().render(soa_document(view, Wording(messages(), Language::ja)), Format::xlsx);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.problems().list.front().code, "report.cell-too-long");
  EXPECT_EQ(result.problems().list.front().place, "管理策ごとの決定!F6");
}

TEST(FileName, ComesFromNumberAndEdition) {
  EXPECT_EQ(file_name(every_report().at(0), Format::pdf), "SOA-001_第4版.pdf");
  EXPECT_EQ(file_name(every_report().at(2), Format::xlsx), "gap.xlsx");
}

}  // namespace
}  // namespace genmei::report
