// Accounts, tokens, settings of the organisation, jobs and files.
#include <algorithm>
#include <set>

#include "server/api.hpp"
#include "server/http/multipart.hpp"

namespace genmei::server {
namespace {

using record::Action;

// Settings with their kind and bounds: whole numbers within a range, booleans, or texts up to a length.
struct Setting {
  const char* name;
  char type;  // n, b, t
  std::int64_t low, high;
  const char* fallback;
};
constexpr Setting settings[] = {
    {"password_min_length", 'n', 8, 128, "8"},
    {"password_kinds", 'n', 2, 4, "2"},
    {"password_strict_letters", 'b', 0, 0, "false"},
    {"idle_minutes", 'n', 5, 480, "30"},
    {"absolute_hours", 'n', 1, 72, "12"},
    {"notice_ja", 't', 0, 2000, ""},
    {"notice_en", 't', 0, 2000, ""},
    {"language", 't', 0, 2, "ja"},
    {"era_dates", 'b', 0, 0, "false"},
};

std::set<std::string> string_set(const json::Object& object, std::string_view key) {
  std::set<std::string> out;
  if (const auto* value = object.if_contains(key); value != nullptr && value->is_array()) {
    for (const auto& item : value->get_array()) {
      if (item.is_string()) out.emplace(item.get_string());
    }
  }
  return out;
}

json::Array array_of(const std::set<std::string>& names) {
  json::Array out;
  for (const auto& name : names) out.emplace_back(name);
  return out;
}

json::Object account_json(const identity::Account& account) {
  json::Object out;
  out["id"] = account.id;
  out["login"] = account.login;
  out["name"] = account.name;
  if (account.person.empty()) {
    out["person"] = nullptr;
  } else {
    out["person"] = account.person;
  }
  out["roles"] = array_of(account.roles);
  out["state"] = account.state;
  out["must_change"] = account.must_change;
  out["last_logon"] = account.last_logon_at;
  return out;
}

Result<void> known_roles(const Call& call, const std::set<std::string>& roles) {
  for (const auto& role : roles) {
    if (call.workspace().roles().find(role) == nullptr)
      return problem(Failure::invalid, "identity.role", "/roles", {{"value", role}});
  }
  return {};
}

Result<http::Response> users(Call& call) {
  GENMEI_TRY(call.need("@users"));
  GENMEI_LET(list, call.api.accounts().list());
  json::Array items;
  for (const auto& account : list) items.push_back(account_json(account));
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

Result<http::Response> create_user(Call& call) {
  GENMEI_TRY(call.need("@users", Action::create));
  GENMEI_LET(body, call.body());
  const auto roles = string_set(body, "roles");
  GENMEI_TRY(known_roles(call, roles));
  const std::string person(json::text(body, "person"));
  if (!person.empty()) GENMEI_TRY(call.session.get("person", person));
  const std::string login(json::text(body, "login"));
  GENMEI_LET(password, call.api.accounts().create(call.session.actor(), login, person, roles));
  GENMEI_LET(account, call.api.accounts().find(login));
  auto out = account_json(account);
  out["one_time_password"] = password;
  return Call::ok(out, 201);
}

Result<http::Response> change_user(Call& call) {
  GENMEI_TRY(call.need("@users", Action::update));
  GENMEI_LET(body, call.body());
  std::optional<std::set<std::string>> roles;
  if (body.contains("roles")) roles = string_set(body, "roles");
  if (roles) GENMEI_TRY(known_roles(call, *roles));
  // Nobody widens or locks their own account.
  if (call.path("id") == call.who.account.id) return problem(Failure::forbidden, "identity.own-account");
  std::optional<std::string> state;
  if (body.contains("state")) state = std::string(json::text(body, "state"));
  std::optional<std::string> person;
  if (body.contains("person")) person = std::string(json::text(body, "person"));
  GENMEI_TRY(call.api.accounts().change(call.session.actor(), call.path("id"), roles, state, person));
  GENMEI_LET(account, call.api.accounts().find(call.path("id")));
  return Call::ok(account_json(account));
}

Result<http::Response> reset_user(Call& call) {
  GENMEI_TRY(call.need("@users", Action::update));
  GENMEI_LET(password, call.api.accounts().reset(call.session.actor(), call.path("id")));
  json::Object out;
  out["one_time_password"] = password;
  return Call::ok(out);
}

Result<http::Response> tokens(Call& call) {
  GENMEI_LET(list, call.api.accounts().tokens(call.who.account.id));
  json::Array items;
  for (const auto& token : list) {
    json::Object item;
    item["id"] = token.id;
    item["name"] = token.name;
    item["scopes"] = array_of(token.scopes);
    item["created_at"] = token.created_at;
    item["expires_on"] = token.expires_on;
    item["last_used_at"] = token.last_used_at;
    items.push_back(std::move(item));
  }
  json::Object out;
  out["items"] = std::move(items);
  return Call::ok(out);
}

Result<http::Response> create_token(Call& call) {
  GENMEI_TRY(call.need("@tokens", Action::create));
  GENMEI_LET(body, call.body());
  GENMEI_LET(secret,
             call.api.accounts().create_token(call.who, std::string(json::text(body, "name")),
                                              string_set(body, "scopes"), std::string(json::text(body, "expires_on"))));
  json::Object out;
  out["secret"] = secret;
  return Call::ok(out, 201);
}

Result<http::Response> read_settings(Call& call) {
  json::Object out;
  for (const auto& setting : settings) {
    GENMEI_LET(value, call.workspace().setting(setting.name, setting.fallback));
    if (setting.type == 'n') {
      out[setting.name] = static_cast<std::int64_t>(std::strtoll(value.c_str(), nullptr, 10));
    } else if (setting.type == 'b') {
      out[setting.name] = value == "true";
    } else {
      out[setting.name] = value;
    }
  }
  return Call::ok(out);
}

Result<http::Response> change_settings(Call& call) {
  GENMEI_TRY(call.need("@settings", Action::update));
  GENMEI_LET(body, call.body());
  std::vector<std::pair<std::string, std::string>> changes;
  for (const auto& member : body) {
    const std::string name(member.key());
    const auto* setting =
        std::find_if(std::begin(settings), std::end(settings), [&](const auto& s) { return name == s.name; });
    const auto bad = problem(Failure::invalid, "settings.value", "/" + name, {{"field", name}});
    if (setting == std::end(settings))
      return problem(Failure::invalid, "record.unknown-field", "/" + name, {{"field", name}});
    const auto& value = member.value();
    if (setting->type == 'n') {
      if (!value.is_int64() || value.get_int64() < setting->low || value.get_int64() > setting->high) return bad;
      changes.emplace_back(name, std::to_string(value.get_int64()));
    } else if (setting->type == 'b') {
      if (!value.is_bool()) return bad;
      changes.emplace_back(name, value.get_bool() ? "true" : "false");
    } else {
      if (!value.is_string() || length(std::string_view(value.get_string())) > static_cast<std::size_t>(setting->high))
        return bad;
      changes.emplace_back(name, std::string(value.get_string()));
    }
  }
  for (const auto& [name, value] : changes) GENMEI_TRY(call.workspace().set_setting(name, value));
  GENMEI_TRY(call.workspace().engine().note(call.session.actor(), "settings"));
  return read_settings(call);
}

json::Object job_json(const JobInfo& job) {
  json::Object out;
  out["id"] = job.id;
  out["title"] = bilingual_json(job.title);
  out["state"] = job.state;
  out["percent"] = job.percent;
  out["note"] = job.note;
  out["created_at"] = job.created_at;
  if (job.state == "done") out["result"] = "/api/v1/jobs/" + job.id + "/result";
  return out;
}

Result<http::Response> upload(Call& call) {
  GENMEI_LET(parts, http::parse_multipart(call.request));
  for (const auto& part : parts) {
    if (part.name != "file") continue;
    if (part.bytes.empty()) return problem(Failure::invalid, "record.file", "file");
    GENMEI_LET(file, call.workspace().store_file(call.session.actor(), part.bytes, part.file_name, part.content_type));
    json::Object out;
    out["id"] = file.id;
    out["name"] = file.name;
    out["size"] = file.size;
    out["type"] = file.type;
    out["digest"] = file.digest;
    return Call::ok(out, 201);
  }
  return problem(Failure::invalid, "record.file", "file");
}

// A file is open to whoever may see a piece of evidence that holds it, and to nobody else.
Result<http::Response> download(Call& call) {
  GENMEI_LET(file, call.workspace().file(call.path("id")));
  GENMEI_LET(holders, call.session.all("evidence"));
  const bool seen =
      std::any_of(holders.begin(), holders.end(), [&](const auto& one) { return one.text("file") == file.id; });
  if (!seen) return problem(Failure::not_found, "record.file", {}, {{"value", file.id}});
  GENMEI_LET(bytes, call.workspace().file_bytes(file));
  // Never shown inside our own pages: an uploaded page must not run here.
  return http::Response::file(std::move(bytes), "application/octet-stream", file.name);
}

}  // namespace

void Api::add_setting_routes(http::Router& router) {
  using http::Method;
  const http::RouteOptions hashing{.run = http::Run::heavy};
  route(router, Method::get, "/users", users);
  route(router, Method::post, "/users", create_user, hashing);
  route(router, Method::patch, "/users/{id}", change_user);
  route(router, Method::post, "/users/{id}/reset", reset_user, hashing);
  route(router, Method::get, "/tokens", tokens);
  route(router, Method::post, "/tokens", create_token);
  route(router, Method::remove, "/tokens/{id}", [](Call& call) -> Result<http::Response> {
    GENMEI_LET(own, call.api.accounts().tokens(call.who.account.id));
    const bool mine =
        std::any_of(own.begin(), own.end(), [&](const auto& token) { return token.id == call.path("id"); });
    if (!mine) GENMEI_TRY(call.need("@users", record::Action::update));
    GENMEI_TRY(call.api.accounts().revoke_token(call.session.actor(), call.path("id")));
    return http::Response::empty();
  });
  route(router, Method::get, "/settings", read_settings);
  route(router, Method::patch, "/settings", change_settings);
  route(router, Method::get, "/jobs", [](Call& call) -> Result<http::Response> {
    json::Array items;
    for (const auto& job : call.api.jobs().list(call.who.account.id)) items.push_back(job_json(job));
    json::Object out;
    out["items"] = std::move(items);
    return Call::ok(out);
  });
  route(router, Method::get, "/jobs/{id}", [](Call& call) -> Result<http::Response> {
    GENMEI_LET(job, call.api.jobs().info(call.path("id"), call.who.account.id));
    return Call::ok(job_json(job));
  });
  route(router, Method::remove, "/jobs/{id}", [](Call& call) -> Result<http::Response> {
    GENMEI_TRY(call.api.jobs().cancel(call.path("id"), call.who.account.id));
    return http::Response::empty();
  });
  route(router, Method::get, "/jobs/{id}/result", [](Call& call) -> Result<http::Response> {
    GENMEI_LET(result, call.api.jobs().result(call.path("id"), call.who.account.id));
    return http::Response::file(result->bytes, result->content_type, result->file_name);
  });
  route(router, Method::post, "/files", upload, {.max_body = 32U << 20U, .timeout = std::chrono::minutes(5)});
  route(router, Method::get, "/files/{id}", download);
}

}  // namespace genmei::server
