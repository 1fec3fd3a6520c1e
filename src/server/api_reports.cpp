// Reports over HTTP: one route for five reports in four formats. A PDF takes seconds, so it is a job; when it is ready
// soon the answer is the file itself, else a job that the client follows.
#include "assure/reports.hpp"
#include "server/api.hpp"

namespace genmei::server {
namespace {

using report::Format;

// The page comes from us but shows texts of many people: it may style itself and nothing else.
constexpr std::string_view page_policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
constexpr std::chrono::seconds patience{8};

// The document is read in the request, with the caller's rights; the job only prints it.
Result<http::Response> pdf(Call& call, std::shared_ptr<const report::Document> document) {
  auto& jobs = call.api.jobs();
  const auto& messages = call.workspace().messages();
  const auto code = "report." + document->kind + "-title";
  const Bilingual title{messages.text(Language::ja, code) + "（PDF）", messages.text(Language::en, code) + " (PDF)"};
  const auto& account = call.who.account.id;
  const auto id =
      jobs.start(account, title,
                 [&workspace = call.workspace(), document](std::stop_token stop,
                                                           const Jobs::Progress& progress) -> Result<JobResult> {
                   if (!progress(20)) return problem(Failure::conflict, "report.cancelled");
                   GENMEI_LET(bytes, assure::render_report(workspace, *document, Format::pdf, std::move(stop)));
                   return JobResult{std::move(bytes), std::string(report::media_type(Format::pdf)),
                                    report::file_name(*document, Format::pdf)};
                 });
  json::Object out;
  out["job"] = id;
  if (!jobs.wait(id, patience)) return Call::ok(out, 202);
  if (const auto done = jobs.result(id, account))
    return http::Response::file((*done)->bytes, (*done)->content_type, (*done)->file_name);
  // It failed or was cancelled; the job says why.
  GENMEI_LET(info, jobs.info(id, account));
  if (info.state == "cancelled") return problem(Failure::conflict, "report.cancelled");
  return problem(Failure::internal, "report.failed", {}, {{"note", info.note}});
}

Result<http::Response> make(Call& call) {
  GENMEI_TRY(call.need("@reports"));
  assure::ReportRequest request;
  request.report = call.path("report");
  if (!assure::is_report(request.report))
    return problem(Failure::not_found, "report.unknown", {}, {{"value", request.report}});
  const auto& query = call.request.query;
  request.service = query.get("service");
  request.assessment = query.get("assessment");
  request.edition = query.get("edition");
  request.language = call.language;
  GENMEI_LET(as_of, call.as_of());
  request.as_of = as_of;
  const std::string name(query.get("format", "html"));
  const auto format = report::format_from(name);
  if (!format) return problem(Failure::invalid, "report.format", "format", {{"value", name}});
  GENMEI_LET(document, assure::build_report(call.workspace(), call.session, request));
  if (*format == Format::pdf) return pdf(call, std::make_shared<const report::Document>(std::move(document)));
  GENMEI_LET(bytes, assure::render_report(call.workspace(), document, *format));
  if (*format == Format::html) {
    auto response = http::Response::html(std::move(bytes));
    response.header("Content-Security-Policy", std::string(page_policy));
    return response;
  }
  if (*format == Format::json) return http::Response::json(std::move(bytes));
  return http::Response::file(std::move(bytes), report::media_type(*format), report::file_name(document, *format));
}

}  // namespace

void Api::add_report_routes(http::Router& router) {
  const http::RouteOptions options{.timeout = std::chrono::minutes(1), .run = http::Run::heavy};
  route(router, http::Method::get, "/reports/{report}", make, options);
}

}  // namespace genmei::server
