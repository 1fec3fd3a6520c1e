#include "standard/import_pdf.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "standard/import.hpp"

namespace genmei::standard {
namespace {

std::string hex4(unsigned value) {
  char out[5];
  std::snprintf(out, sizeof out, "%04X", value);
  return out;
}

// Text of the basic plane as the hexadecimal string of a PDF.
std::string hex_string(std::string_view utf8) {
  std::string out = "<";
  for (std::size_t i = 0; i < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : 3;
    unsigned code = length == 1 ? byte : length == 2 ? byte & 0x1FU : byte & 0x0FU;
    for (std::size_t k = 1; k < length; ++k) code = (code << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    out += hex4(code);
    i += length;
  }
  return out + ">";
}

std::string stream(const std::string& content) {
  return "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream";
}

// A PDF whose glyph numbers are the characters themselves.
std::string pdf(const std::vector<std::vector<std::string>>& pages) {
  std::string map =
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
      "1 begincodespacerange <0000> <FFFF> endcodespacerange\n";
  for (unsigned block = 0; block < 256; block += 64) {
    map += "64 beginbfrange\n";
    for (unsigned i = block; i < block + 64; ++i) {
      map += "<" + hex4(i << 8U) + "> <" + hex4((i << 8U) + 255) + "> <" + hex4(i << 8U) + ">\n";
    }
    map += "endbfrange\n";
  }
  map += "endcmap end end";
  std::vector<std::string> objects;
  objects.push_back("<< /Type /Catalog /Pages 2 0 R >>");
  objects.emplace_back();
  objects.push_back(stream(map));
  objects.push_back(
      "<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 "
      "/Descent -120 /CapHeight 700 /StemV 80 >>");
  objects.push_back(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering "
      "(Identity) /Supplement 0 >> /FontDescriptor 4 0 R /DW 1000 >>");
  objects.push_back(
      "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 3 0 R >>");
  std::string kids;
  for (const auto& lines : pages) {
    std::string content = "BT /F 10 Tf\n";
    int y = 800;
    for (const auto& line : lines) {
      content += "1 0 0 1 60 " + std::to_string(y) + " Tm " + hex_string(line) + " Tj\n";
      y -= 20;
    }
    objects.push_back(stream(content + "ET"));
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents " +
                      std::to_string(objects.size()) + " 0 R /Resources << /Font << /F 6 0 R >> >> >>");
    kids += std::to_string(objects.size()) + " 0 R ";
  }
  objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages.size()) + " >>";
  std::string out = "%PDF-1.5\n";
  std::string table = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
    table += entry;
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto start = out.size();
  return out + table + "trailer << /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(start) + "\n%%EOF\n";
}

TEST(ImportPdf, GivesPagesOfText) {
  const auto bytes = pdf({{"一頁目"}, {"二頁目"}});
  ASSERT_TRUE(is_pdf(bytes));
  const auto text = pdf_text(bytes);
  ASSERT_TRUE(text.ok());
  const auto feed = text->find('\f');
  ASSERT_NE(feed, std::string::npos);
  EXPECT_NE(text->substr(0, feed).find("一頁目"), std::string::npos);
  EXPECT_NE(text->substr(feed).find("二頁目"), std::string::npos);
}

TEST(ImportPdf, ReadsADocumentAcrossPages) {
  const std::vector<ExpectedItem> expected = {{"cloud-ism-2013", "control", "1", Kind::chapter, "箱の管理"},
                                              {"cloud-ism-2013", "control", "1.1", Kind::section, "箱"},
                                              {"cloud-ism-2013", "control", "1.1.1", Kind::control, ""},
                                              {"cloud-ism-2013", "control", "1.1.1.1", Kind::detail, ""},
                                              {"cloud-ism-2013", "control", "1.1.1.2", Kind::detail, ""}};
  const auto bytes = pdf({{"箱の基準", "Ⅲ. ガバナンス基準", "1"},
                          {"箱の基準", "Ⅴ. 管理策基準", "1 箱の管理", "1.1 箱*2", "目的：箱を守る", "1.1.1 箱を置",
                           "*2 入れ物のこと", "である", "2"},
                          {"箱の基準", "く場所を決める", "1.1.1.1 場所を書", "く", "1.1.1.2 毎年見直す", "3"}});
  const auto result = import_official(bytes, expected);
  ASSERT_TRUE(result.ok()) << result.problems().list.front().code;
  EXPECT_TRUE(result->missing.empty());
  EXPECT_EQ(result->furniture_lines, 6U);
  EXPECT_EQ(result->find("control", "1")->wording, "箱の管理");
  EXPECT_EQ(result->find("control", "1.1")->wording, "箱");
  EXPECT_EQ(result->find("control", "1.1")->objective, "箱を守る");
  EXPECT_EQ(result->find("control", "1.1")->footnotes, std::vector<std::string>{"入れ物のことである"});
  EXPECT_EQ(result->find("control", "1.1.1")->wording, "箱を置く場所を決める");
  EXPECT_EQ(result->find("control", "1.1.1.1")->wording, "場所を書く");
  EXPECT_EQ(result->find("control", "1.1.1.2")->place.page, 3U);
}

TEST(ImportPdf, RefusesDamagedAndEmptyFiles) {
  const auto code_of = [](const std::string& bytes) {
    const auto result = pdf_text(bytes);
    return result ? std::string("ok") : result.problems().list.front().code;
  };
  const auto whole = pdf({{"一頁目"}});
  EXPECT_EQ(code_of("%PDF-1.5\nnothing"), "import.pdf");
  EXPECT_EQ(code_of(pdf({{}})), "import.pdf-no-text");
  for (std::size_t length = 0; length < whole.size(); length += 997) {
    const auto result = pdf_text(whole.substr(0, length));
    EXPECT_TRUE(result.ok() || !result.problems().empty());
  }
}

}  // namespace
}  // namespace genmei::standard
