// The HTTP API over a Workspace: routes, who is calling, and how answers are written. Handlers translate between HTTP
// and the layers below and decide nothing: rules and permissions live in record::Session and the operate folder. Every
// handler gets a Call with an authenticated Session; only routes marked Open::yes are reachable without log-on.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "identity/accounts.hpp"
#include "operate/service.hpp"
#include "operate/workspace.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"
#include "server/jobs.hpp"

namespace genmei::server {

class Api;

// One request of one authenticated caller.
struct Call {
  const http::Request& request;
  Api& api;
  record::Session session;
  identity::Current who;
  Language language;
  [[nodiscard]] operate::Workspace& workspace() const;
  [[nodiscard]] std::string path(std::string_view name) const { return std::string(request.parameter(name)); }
  // The body as a JSON object; an empty body is an empty object.
  [[nodiscard]] Result<json::Object> body() const;
  // The revision named by If-Match: required, or optional with `needed` false.
  [[nodiscard]] Result<std::optional<std::int64_t>> if_match(bool needed = true) const;
  [[nodiscard]] Result<std::optional<Instant>> as_of() const;
  [[nodiscard]] http::Response problem(const Problems& problems, std::string_view extra = {}) const;
  [[nodiscard]] static http::Response ok(const json::Value& value, int status = 200);
  // Refuses without the capability ("@settings" …).
  [[nodiscard]] Result<void> need(std::string_view capability, record::Action action = record::Action::read) const;
};

using Handler = std::function<Result<http::Response>(Call&)>;

class Api {
 public:
  Api(operate::Workspace& workspace, identity::Accounts& accounts);
  ~Api();
  // All routes of /api/v1.
  void add_routes(http::Router& router);
  [[nodiscard]] operate::Workspace& workspace() const { return workspace_; }
  [[nodiscard]] identity::Accounts& accounts() const { return accounts_; }
  [[nodiscard]] Jobs& jobs() { return jobs_; }

  // Registers a handler behind log-on, CSRF defence and error translation.
  void route(http::Router& router, http::Method method, std::string_view pattern, Handler handler,
             http::RouteOptions options = {});
  // The caller of a request, or why there is none.
  Result<Call> call_for(const http::Request& request);

 private:
  void add_session_routes(http::Router& router);
  void add_record_routes(http::Router& router);
  void add_transfer_routes(http::Router& router);
  void add_method_routes(http::Router& router);
  void add_chain_routes(http::Router& router);
  void add_standard_routes(http::Router& router);
  void add_assessment_routes(http::Router& router);
  void add_overview_routes(http::Router& router);
  void add_report_routes(http::Router& router);
  void add_ledger_routes(http::Router& router);
  void add_setting_routes(http::Router& router);

  operate::Workspace& workspace_;
  identity::Accounts& accounts_;
  Jobs jobs_;
};

// JSON of records and what goes with them.
json::Value labels_json(const record::Labels& labels);
json::Value bilingual_json(const Bilingual& text);
json::Value kind_json(const record::Kind& kind, const record::Access& access);
std::string problem_text(const Messages& messages, Language language, const Problem& problem);
// `{"record":…,"labels":…,"actions":…}` of one record.
Result<json::Value> record_answer(Call& call, const record::Record& record);
// The service named in the path, as the method sees it at the time asked for.
Result<operate::ServiceProfile> profile_of(Call& call);
// One evaluation item of a service: reference, contract, measured value, verdict.
json::Object level_json(const Call& call, const operate::Workspace::Catalogues& catalogues,
                        const operate::LevelRow& row, const std::optional<Instant>& as_of);
// The OpenAPI 3.1 document, made from the kinds and the fixed routes.
std::string openapi(const operate::Workspace& workspace);

}  // namespace genmei::server
