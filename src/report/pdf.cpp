#include "report/pdf.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "report/child_process.hpp"
#include "report/figure.hpp"
#include "report/font_subset.hpp"

namespace genmei::report {
namespace {

namespace fs = std::filesystem;

// A folder only we may read, removed with all it holds.
class PrivateFolder {
 public:
  explicit PrivateFolder(const std::string& parent) : path_(parent + "/genmei-report-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

bool write_file(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return static_cast<bool>(out);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Only the cut fonts are visible, so nothing else can be embedded. Where a text has characters that they lack (other
// scripts), the system's remaining fonts stand behind them; the full CJK fonts stay out, for they are what makes it
// slow.
std::string font_configuration(const std::string& folder, const SubsetReport& fonts) {
  std::string text = "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><cachedir>" +
                     escaped(folder) + "/cache</cachedir>";
  if (fonts.cut) text += "<dir>" + escaped(folder) + "/fonts</dir>";
  if (!fonts.cut || !fonts.missing.empty()) {
    text += "<cachedir>/var/cache/fontconfig</cachedir><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>";
  }
  if (fonts.cut) text += "<selectfont><rejectfont><glob>/usr/share/fonts/*/Noto*CJK*</glob></rejectfont></selectfont>";
  return text + "</fontconfig>";
}

}  // namespace

Result<std::string> make_pdf(const PdfInput& input, const PdfSettings& settings, std::stop_token stop) {
  const PrivateFolder folder(settings.temporary);
  const std::string& path = folder.path();
  std::error_code failed;
  if (!path.empty()) fs::create_directories(path + "/fonts", failed);
  if (path.empty() || failed) {
    return problem(Failure::full, "report.temporary", settings.temporary, {}, "no folder for temporary files");
  }
  GENMEI_LET(fonts, subset_fonts(installed_fonts(), characters_of(input.html), path + "/fonts"));
  if (!write_file(path + "/page.html", input.html) ||
      !write_file(path + "/fonts.conf", font_configuration(path, fonts))) {
    return problem(Failure::full, "report.temporary", settings.temporary, {}, "cannot write temporary files");
  }
  const auto epoch = std::chrono::floor<std::chrono::seconds>(input.created).time_since_epoch().count();
  ChildCommand command;
  // Not -q: it would also swallow the reason of a failure.
  command.arguments = {settings.program,   "--encoding",        "utf-8",
                       "--pdf-identifier", input.identifier,    "--base-url",
                       "about:blank",      path + "/page.html", path + "/page.pdf"};
  command.environment = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                         "HOME=" + path,       "XDG_CACHE_HOME=" + path + "/cache",
                         "TMPDIR=" + path,     "FONTCONFIG_FILE=" + path + "/fonts.conf",
                         "PYTHONHASHSEED=0",   "SOURCE_DATE_EPOCH=" + std::to_string(epoch < 0 ? 0 : epoch)};
  command.error_file = path + "/errors.txt";
  command.time_limit = settings.time_limit;
  command.memory_bytes = settings.memory_bytes;
  GENMEI_LET(status, run(command, stop));
  std::string pdf = read_file(path + "/page.pdf");
  if (status != 0 || !pdf.starts_with("%PDF-")) {
    return problem(Failure::internal, "report.pdf", {}, {}, read_file(command.error_file).substr(0, 2000));
  }
  return pdf;
}

}  // namespace genmei::report
