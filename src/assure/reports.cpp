#include "assure/reports.hpp"

#include <array>
#include <map>
#include <memory>
#include <mutex>

#include "assure/views.hpp"

namespace genmei::assure {
namespace {

struct Maker {
  std::string_view name;
  Result<report::Document> (*make)(Source&);
};

constexpr std::array<Maker, 5> makers = {{{"soa", soa_report},
                                          {"criteria", criteria_report},
                                          {"gap", gap_report},
                                          {"pattern", pattern_report},
                                          {"disclosure", disclosure_report}}};

// One renderer for each folder of templates in this process.
class Renderers {
 public:
  Result<std::shared_ptr<const report::Renderer>> get(const std::string& folder) {
    const std::scoped_lock lock(mutex_);
    auto& known = loaded_[folder];
    if (!known) {
      GENMEI_LET(made, report::Renderer::load(folder));
      known = std::make_shared<const report::Renderer>(std::move(made));
    }
    return known;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const report::Renderer>> loaded_;
};

// Japanese calendar years are the house's habit; an edition keeps western years, because its bytes must not follow a
// setting.
Result<bool> era_years(const operate::Workspace& workspace, const ReportRequest& request) {
  if (!request.edition.empty()) return false;
  GENMEI_LET(value, workspace.setting("era_dates", "false"));
  return value == "true";
}

}  // namespace

bool is_report(std::string_view name) {
  for (const auto& maker : makers) {
    if (maker.name == name) return true;
  }
  return false;
}

Result<report::Document> build_report(const operate::Workspace& workspace, record::Session& session,
                                      const ReportRequest& request) {
  for (const auto& maker : makers) {
    if (maker.name != request.report) continue;
    GENMEI_LET(era, era_years(workspace, request));
    Source source{workspace,
                  session,
                  request,
                  workspace.catalogues(),
                  report::Wording(workspace.messages(), request.language, era),
                  request.as_of.value_or(workspace.clock().now())};
    return maker.make(source);
  }
  return problem(Failure::not_found, "report.unknown", {}, {{"value", request.report}});
}

Result<std::string> render_report(const operate::Workspace& workspace, const report::Document& document,
                                  report::Format format, std::stop_token stop) {
  static Renderers renderers;
  GENMEI_LET(renderer, renderers.get(workspace.shipped() + "/templates/report"));
  return renderer->render(document, format, std::move(stop));
}

}  // namespace genmei::assure
