// Log-on, the session, passwords. Nothing here says anything about the system before success (cloud V:7.5.1.3-5).
#include "operate/overview.hpp"
#include "server/api.hpp"
#include "server/http/cookie.hpp"

namespace genmei::server {
namespace {

http::Cookie session_cookie(const http::Request& request, std::string value) {
  http::Cookie cookie;
  cookie.name = request.secure ? "__Host-genmei_session" : "genmei_session";
  cookie.value = std::move(value);
  cookie.secure = request.secure;
  return cookie;
}

std::string presented(const http::Request& request) {
  auto value = request.cookies.get("__Host-genmei_session");
  if (value.empty()) value = request.cookies.get("genmei_session");
  return std::string(value);
}

json::Value session_json(Api& api, const identity::Current& who) {
  auto& workspace = api.workspace();
  json::Object out;
  out["account"] = who.account.id;
  if (who.account.person.empty()) {
    out["person"] = nullptr;
  } else {
    out["person"] = who.account.person;
  }
  out["name"] = who.account.name;
  out["login"] = who.account.login;
  json::Array roles;
  for (const auto& role : who.account.roles) roles.emplace_back(role);
  out["roles"] = std::move(roles);
  out["must_change_password"] = who.account.must_change;
  out["csrf"] = who.csrf;
  out["expires_at"] = who.expires_at;
  out["language"] = who.account.language.empty() ? "ja" : who.account.language;
  json::Object last;
  if (who.account.last_logon_at.empty()) {
    last["at"] = nullptr;
  } else {
    last["at"] = who.account.last_logon_at;
  }
  last["failures_since"] = who.account.failures_since;
  out["last_logon"] = std::move(last);
  const record::Access access(workspace.roles(), who.actor);
  json::Array capabilities;
  for (const auto* name :
       {"@users", "@tokens", "@settings", "@ledger", "@reports", "@import", "@export", "@standards"}) {
    if (access.may(name, record::Action::read)) capabilities.emplace_back(name);
  }
  out["capabilities"] = std::move(capabilities);
  auto product = workspace.engine().product("session");
  json::Object organisation;
  bool done = false;
  if (const auto record = operate::organisation_record(product)) {
    organisation["id"] = record->id;
    organisation["name"] = record->text("name");
    organisation["name_en"] = record->text("name_en");
    organisation["fiscal_year_start"] = json::integer(record->fields, "fiscal_year_start", 4);
    record::Query query;
    query.kind = "assessment";
    query.limit = 1;
    const auto page = product.list(query);
    done = page && !page->items.empty();
  } else {
    organisation["name"] = "";
    organisation["fiscal_year_start"] = 4;
  }
  out["organisation"] = std::move(organisation);
  out["setup_done"] = done;
  const auto idle = workspace.setting("idle_minutes", "30");
  out["idle_seconds"] = idle ? std::strtoll(idle->c_str(), nullptr, 10) * 60 : 1800;
  return out;
}

Result<json::Object> object_of(const http::Request& request) {
  GENMEI_LET(value, json::parse(request.body));
  if (!value.is_object()) return problem(Failure::invalid, "json.object");
  return std::move(value.get_object());
}

}  // namespace

void Api::add_session_routes(http::Router& router) {
  using http::Method;
  const http::RouteOptions hashing{.max_body = 16U << 10U, .run = http::Run::heavy};
  router.add(
      Method::post, "/api/v1/session",
      [this](const http::Request& request) {
        const auto site = request.header("Sec-Fetch-Site");
        if (!site.empty() && site != "same-origin" && site != "none") {
          return http::problem_response(request, problem(Failure::forbidden, "identity.csrf"), workspace_.messages());
        }
        const auto body = object_of(request);
        if (!body) return http::problem_response(request, body.problems(), workspace_.messages());
        auto logon = accounts_.log_on(std::string(json::text(*body, "login")),
                                      std::string(json::text(*body, "password")), request.remote);
        if (!logon) return http::problem_response(request, logon.problems(), workspace_.messages());
        auto response = http::Response::json(json::write(session_json(*this, logon->current)));
        response.header("Set-Cookie", http::write_cookie(session_cookie(request, logon->session)));
        response.actor = logon->current.account.id;
        return response;
      },
      hashing);
  route(router, Method::get, "/session",
        [](Call& call) -> Result<http::Response> { return Call::ok(session_json(call.api, call.who)); });
  route(router, Method::remove, "/session", [](Call& call) -> Result<http::Response> {
    call.api.accounts().log_off(presented(call.request));
    auto response = http::Response::empty();
    auto cookie = session_cookie(call.request, "");
    cookie.max_age = std::chrono::seconds(0);
    response.header("Set-Cookie", http::write_cookie(cookie));
    return response;
  });
  route(
      router, Method::post, "/session/password",
      [](Call& call) -> Result<http::Response> {
        GENMEI_LET(body, call.body());
        GENMEI_TRY(call.api.accounts().set_password(call.who, std::string(json::text(body, "old")),
                                                    std::string(json::text(body, "new"))));
        return http::Response::empty();
      },
      hashing);
  route(router, Method::post, "/session/password-strength", [](Call& call) -> Result<http::Response> {
    GENMEI_LET(body, call.body());
    const auto strength = call.api.accounts().strength(std::string(json::text(body, "password")),
                                                       {call.who.account.login, call.who.account.name});
    json::Object out;
    out["score"] = strength.score;
    out["ok"] = strength.ok;
    json::Array hints;
    for (const auto& hint : strength.hints)
      hints.emplace_back(problem_text(call.workspace().messages(), call.language, hint));
    out["hints"] = std::move(hints);
    return Call::ok(out);
  });
  router.add(Method::get, "/api/v1/notice", [this](const http::Request&) {
    json::Object out;
    for (const auto* name : {"notice_ja", "notice_en"}) {
      const auto text = workspace_.setting(name);
      out[name] = text ? *text : std::string();
    }
    return http::Response::json(json::write(out));
  });
}

}  // namespace genmei::server
