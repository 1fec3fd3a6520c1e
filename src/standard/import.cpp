#include "standard/import.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/text.hpp"
#include "standard/import_documents.hpp"
#include "standard/import_pdf.hpp"

namespace genmei::standard {

namespace {

constexpr std::size_t max_bytes = 64U << 20U;
constexpr std::size_t max_text = 16U << 20U;  // the longest of the documents has 0.7 MB

bool contains(std::string_view text, std::string_view words) { return text.find(words) != std::string_view::npos; }

// By names and forms that only the document itself has. Blanks do not count: a PDF spreads titles.
Document recognise(const Lines& lines) {
  std::size_t rules = 0;
  std::size_t measures2 = 0;
  std::size_t measures3 = 0;
  std::size_t evaluations = 0;
  bool governance = false;
  bool assertion = false;
  bool figures = false;
  for (const auto& line : lines.list) {
    const auto text = line.text;
    if (text.starts_with("_____")) ++rules;
    if (contains(text, "【基本】") || contains(text, "【推奨】")) {
      if (text.starts_with("Ⅱ") || text.starts_with("II.")) ++measures2;
      if (text.starts_with("Ⅲ") || text.starts_with("III.")) ++measures3;
    }
    if (text.starts_with("【評価項目】")) ++evaluations;
    if (text.starts_with("Ⅲ") && text.ends_with("ガバナンス基準")) governance = true;
    if (text.starts_with("Ⅵ") && text.ends_with("基本言明要件")) assertion = true;
    if (contains(text, "図表 36") || contains(text, "図表36") || contains(text, "図表 38")) figures = true;
  }
  if (governance || assertion) return Document::cloud_standard;
  if (figures) return Document::study_report;
  if (measures2 > 0 && measures2 >= measures3) return Document::guideline_part2;
  if (measures3 > 0 || evaluations > 0) return Document::guideline_part3;
  return rules >= 10 ? Document::regulation : Document::unknown;
}

std::string_view standard_of(Document document) {
  switch (document) {
    case Document::cloud_standard:
      return cloud_id;
    case Document::guideline_part2:
    case Document::guideline_part3:
    case Document::study_report:
      return guideline_id;
    case Document::regulation:
      return annex_id;
    case Document::unknown:
      break;
  }
  return {};
}

// Parts that the document is expected to fill.
bool concerns(Document document, std::string_view part) {
  switch (document) {
    case Document::cloud_standard:
      return true;
    case Document::guideline_part2:
      return part == "II";
    case Document::guideline_part3:
      return part == "III";
    case Document::regulation:
      return part == "annex-a";
    case Document::study_report:
    case Document::unknown:
      break;
  }
  return false;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t') continue;
    if (text.substr(i).starts_with("　")) {
      i += 2;
      continue;
    }
    out += text[i];
  }
  return out;
}

// The basic assertion repeats items of the control criteria; ten of them say something else and must not be mixed up.
void compare_parts(ImportResult& result) {
  std::unordered_map<std::string_view, const OfficialItem*> controls;
  for (const auto& item : result.items) {
    if (item.part == "control") controls.emplace(item.id, &item);
  }
  for (auto& item : result.items) {
    if (item.part != "basic-assertion") continue;
    const auto it = controls.find(item.id);
    if (it == controls.end()) continue;
    const auto& other = *it->second;
    const bool same = without_blanks(item.wording) == without_blanks(other.wording) &&
                      without_blanks(item.objective) == without_blanks(other.objective);
    (same ? item.same_as : item.differs_from) = "control";
  }
}

void count(std::span<const ExpectedItem> expected, ImportResult& result) {
  std::set<std::pair<std::string_view, std::string_view>> found;
  for (const auto& item : result.items) found.emplace(item.part, item.id);
  const auto part_count = [&result](std::string_view part) -> PartCount& {
    for (auto& one : result.counts) {
      if (one.part == part) return one;
    }
    return result.counts.emplace_back(PartCount{std::string(part), 0, 0});
  };
  for (const auto& one : expected) {
    if (one.standard != result.standard || !concerns(result.document, one.part)) continue;
    ++part_count(one.part).expected;
    if (!found.count({one.part, one.id})) result.missing.push_back(one);
  }
  for (const auto& item : result.items) ++part_count(item.part).found;
}

}  // namespace

std::string_view code(Document document) {
  switch (document) {
    case Document::cloud_standard:
      return "cloud-standard";
    case Document::guideline_part2:
      return "guideline-part2";
    case Document::guideline_part3:
      return "guideline-part3";
    case Document::study_report:
      return "study-report";
    case Document::regulation:
      return "regulation";
    case Document::unknown:
      break;
  }
  return "unknown";
}

const OfficialItem* ImportResult::find(std::string_view part, std::string_view id) const {
  for (const auto& item : items) {
    if (item.part == part && item.id == id) return &item;
  }
  return nullptr;
}

Result<ImportResult> import_official(std::string_view bytes, std::span<const ExpectedItem> expected) {
  if (bytes.empty()) return problem(Failure::invalid, "import.empty");
  if (bytes.size() > max_bytes) {
    return problem(Failure::too_large, "import.too-large", {}, {{"limit", std::to_string(max_bytes >> 20U) + " MB"}});
  }
  std::string from_pdf;
  std::string_view text = bytes;
  if (is_pdf(bytes)) {
    GENMEI_LET(pages, pdf_text(bytes));
    from_pdf = std::move(pages);
    text = from_pdf;
  }
  if (text.size() > max_text) {
    return problem(Failure::too_large, "import.too-large", {}, {{"limit", std::to_string(max_text >> 20U) + " MB"}});
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.find('\0') != std::string_view::npos) return problem(Failure::invalid, "import.binary");
  if (!valid_utf8(text)) return problem(Failure::invalid, "import.utf8");

  auto lines = split_lines(text);
  ImportResult result;
  result.document = recognise(lines);
  result.standard = standard_of(result.document);
  result.furniture_lines = lines.furniture;
  switch (result.document) {
    case Document::cloud_standard:
      import_cloud(lines, expected, result);
      compare_parts(result);
      break;
    case Document::guideline_part2:
    case Document::guideline_part3:
    case Document::study_report:
      import_guideline(lines, result);
      break;
    case Document::regulation:
      import_regulation(lines, expected, result);
      break;
    case Document::unknown:
      return problem(Failure::invalid, "import.unknown-document");
  }
  if (result.items.empty()) {
    return problem(Failure::invalid, "import.nothing-found", {}, {{"document", std::string(code(result.document))}});
  }
  count(expected, result);
  return result;
}

}  // namespace genmei::standard
