#include "server/api.hpp"

#include <charconv>

#include "identity/session_limits.hpp"
#include "server/http/conditional.hpp"

namespace genmei::server {
namespace {

constexpr std::string_view session_cookie = "genmei_session";
constexpr std::string_view secure_session_cookie = "__Host-genmei_session";

bool writes(http::Method method) {
  return method != http::Method::get && method != http::Method::head && method != http::Method::options;
}

// A browser's write must come from our own page and carry the session's token (the cookie alone is not enough).
bool forged(const http::Request& request, const identity::Current& who) {
  if (who.token || !writes(request.method)) return false;
  return identity::forged({.sec_fetch_site = request.header("Sec-Fetch-Site"),
                           .origin = request.header("Origin"),
                           .host = request.header("Host"),
                           .sent_token = request.header("X-CSRF-Token")},
                          who.csrf);
}

}  // namespace

operate::Workspace& Call::workspace() const { return api.workspace(); }

Result<json::Object> Call::body() const {
  if (request.body.empty()) return json::Object{};
  const auto type = request.header("Content-Type");
  if (!type.empty() && !type.starts_with("application/json"))
    return genmei::problem(Failure::invalid, "http.content-type", "Content-Type", {{"expected", "application/json"}});
  GENMEI_LET(value, json::parse(request.body));
  if (!value.is_object()) return genmei::problem(Failure::invalid, "json.object");
  return std::move(value.get_object());
}

Result<std::optional<std::int64_t>> Call::if_match(bool needed) const {
  auto header = request.header("If-Match");
  if (header.empty()) {
    if (needed) return genmei::problem(Failure::invalid, "http.precondition-required");
    return std::optional<std::int64_t>();
  }
  if (header == "*") return std::optional<std::int64_t>();
  if (header.starts_with("W/")) header.remove_prefix(2);
  if (header.size() > 2 && header.front() == '"' && header.back() == '"') header = header.substr(1, header.size() - 2);
  std::int64_t revision = 0;
  const auto parsed = std::from_chars(header.data(), header.data() + header.size(), revision);
  if (parsed.ec != std::errc{} || parsed.ptr != header.data() + header.size()) {
    return genmei::problem(Failure::invalid, "record.if-match", "If-Match", {{"value", std::string(header)}});
  }
  return std::optional<std::int64_t>(revision);
}

Result<std::optional<Instant>> Call::as_of() const {
  const std::string text(request.query.get("as_of"));
  if (text.empty()) return std::optional<Instant>();
  if (const auto day = parse_date(text)) return std::optional<Instant>(end_of_japan_day(*day));
  GENMEI_LET(at, parse_instant(text));
  return std::optional<Instant>(at);
}

http::Response Call::problem(const Problems& problems, std::string_view extra) const {
  return http::problem_response(request, problems, workspace().messages(), extra);
}

http::Response Call::ok(const json::Value& value, int status) {
  return http::Response::json(json::write(value), status);
}

Result<void> Call::need(std::string_view capability, record::Action action) const {
  if (session.access().capability(capability, action)) return {};
  return genmei::problem(Failure::forbidden, "record.forbidden");
}

Api::Api(operate::Workspace& workspace, identity::Accounts& accounts)
    : workspace_(workspace), accounts_(accounts), jobs_(workspace.clock()) {
  jobs_.explain = [this](const Problems& problems) {
    return problem_text(workspace_.messages(), Language::ja, problems.list.front());
  };
}

Api::~Api() = default;

std::string problem_text(const Messages& messages, Language language, const Problem& problem) {
  return messages.text(language, problem);
}

Result<Call> Api::call_for(const http::Request& request) {
  const auto authorization = request.header("Authorization");
  std::string_view bearer;
  if (authorization.starts_with("Bearer ")) bearer = authorization.substr(7);
  auto cookie = request.cookies.get(secure_session_cookie);
  if (cookie.empty()) cookie = request.cookies.get(session_cookie);
  GENMEI_LET(who, accounts_.current(std::string(cookie), bearer, request.remote));
  if (forged(request, who)) return problem(Failure::forbidden, "identity.csrf");
  record::Session session(workspace_.engine(), who.actor);
  return Call{request, *this, std::move(session), std::move(who), request.language()};
}

void Api::route(http::Router& router, http::Method method, std::string_view pattern, Handler handler,
                http::RouteOptions options) {
  router.add(
      method, "/api/v1" + std::string(pattern),
      [this, handler = std::move(handler)](const http::Request& request) -> http::Response {
        auto call = call_for(request);
        if (!call) return http::problem_response(request, call.problems(), workspace_.messages());
        // Until the one-time password is replaced nothing else is open.
        if (call->who.account.must_change && !request.path.starts_with("/api/v1/session")) {
          return http::problem_response(request, problem(Failure::forbidden, "identity.must-change"),
                                        workspace_.messages());
        }
        auto answer = handler(*call);
        http::Response response = answer ? std::move(*answer) : call->problem(answer.problems());
        response.actor = call->who.account.id;
        return response;
      },
      options);
}

void Api::add_routes(http::Router& router) {
  add_session_routes(router);
  add_record_routes(router);
  add_transfer_routes(router);
  add_method_routes(router);
  add_standard_routes(router);
  add_assessment_routes(router);
  add_overview_routes(router);
  add_report_routes(router);
  add_ledger_routes(router);
  add_setting_routes(router);
  router.add(http::Method::get, "/api/v1/healthz",
             [](const http::Request&) { return http::Response::json(R"({"status":"ok"})"); },
             {.run = http::Run::inline_});
  router.add(http::Method::get, "/api/v1/openapi.json", [this](const http::Request& request) {
    auto call = call_for(request);
    if (!call) return http::problem_response(request, call.problems(), workspace_.messages());
    return http::Response::json(openapi(workspace_));
  });
}

}  // namespace genmei::server
