// Routes of export and import; the work is done in assure/transfer.
#include <algorithm>

#include "assure/transfer.hpp"
#include "server/api.hpp"
#include "server/http/multipart.hpp"

namespace genmei::server {
namespace {

constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Result<const record::Kind*> readable(const Call& call) {
  const auto* kind = call.workspace().registry().find(call.path("kind"));
  if (kind == nullptr || !call.session.access().may(kind->id, record::Action::read))
    return problem(Failure::not_found, "record.kind", {}, {{"value", call.path("kind")}});
  return kind;
}

Result<http::Response> export_list(Call& call) {
  GENMEI_LET(kind, readable(call));
  GENMEI_LET(query, record::parse_query(*kind, call.workspace().registry(), call.request.query.items(),
                                        call.session.actor().person, call.workspace().today()));
  const std::string format(call.request.query.get("format", "xlsx"));
  auto as = assure::TransferFormat::xlsx;
  std::string_view type = xlsx_type;
  if (format == "csv") {
    as = assure::TransferFormat::csv;
    type = "text/csv; charset=utf-8";
  } else if (format == "json") {
    as = assure::TransferFormat::json;
    type = "application/json";
  } else if (format != "xlsx") {
    return problem(Failure::invalid, "transfer.format", "?format", {{"value", format}});
  }
  GENMEI_LET(bytes, assure::export_records(call.workspace(), call.session, query, as, call.language));
  return http::Response::file(std::move(bytes), type,
                              kind->plural.in(call.language) + "-" + call.workspace().today() + "." + format);
}

Result<http::Response> template_file(Call& call) {
  GENMEI_LET(kind, readable(call));
  GENMEI_LET(bytes, assure::template_workbook(call.workspace(), call.session, kind->id, call.language));
  return http::Response::file(std::move(bytes), xlsx_type, kind->plural.in(call.language) + ".xlsx");
}

Result<http::Response> import_list(Call& call) {
  GENMEI_LET(kind, readable(call));
  const auto mode = call.request.query.get("mode", "check");
  if (mode != "check" && mode != "apply") return problem(Failure::invalid, "transfer.mode", "?mode");
  GENMEI_LET(parts, http::parse_multipart(call.request));
  const auto file = std::find_if(parts.begin(), parts.end(), [](const auto& part) { return part.name == "file"; });
  if (file == parts.end() || file->bytes.empty()) return problem(Failure::invalid, "transfer.file", "file");
  GENMEI_LET(outcome, assure::import_records(call.workspace(), call.session, kind->id, file->bytes, file->file_name,
                                             mode == "apply"));
  json::Object out;
  out["rows"] = outcome.rows;
  out["create"] = outcome.create;
  out["update"] = outcome.update;
  out["unchanged"] = outcome.unchanged;
  out["applied"] = outcome.applied;
  json::Array errors;
  for (const auto& error : outcome.errors) {
    json::Object one;
    one["place"] = error.place;
    one["code"] = error.code;
    one["message"] = problem_text(call.workspace().messages(), call.language, error);
    errors.push_back(std::move(one));
  }
  out["errors"] = std::move(errors);
  json::Array columns;
  for (const auto& column : outcome.columns) {
    json::Object one;
    one["header"] = column.header;
    one["field"] = nullptr;
    if (!column.field.empty()) one["field"] = column.field;
    one["ignored"] = column.ignored || column.field.empty();
    columns.push_back(std::move(one));
  }
  out["columns"] = std::move(columns);
  return Call::ok(out);
}

}  // namespace

void Api::add_transfer_routes(http::Router& router) {
  using http::Method;
  const http::RouteOptions heavy{.max_body = 32U << 20U, .timeout = std::chrono::minutes(5), .run = http::Run::heavy};
  route(router, Method::get, "/records/{kind}/export", export_list, heavy);
  route(router, Method::get, "/records/{kind}/template.xlsx", template_file, heavy);
  route(router, Method::post, "/records/{kind}/import", import_list, heavy);
}

}  // namespace genmei::server
