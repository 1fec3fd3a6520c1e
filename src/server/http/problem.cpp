#include "server/http/problem.hpp"

#include "base/json.hpp"

namespace genmei::http {
namespace {

struct Body {
  int status;
  std::string_view code;
  const Problems* problems;
  std::string_view extra;
};

Response write_body(const Request& request, const Body& body, const Messages& messages) {
  const auto language = request.language();
  const auto message = [&](const Problem& one) {
    Problem shown = one;
    if (one.failure == Failure::internal) shown.detail.clear();
    const auto known = messages.has(shown.code);
    return known || !shown.detail.empty() ? messages.text(language, shown) : messages.text(language, "http.internal");
  };
  std::string out;
  json::Writer writer(out);
  writer.begin_object().key("type").string("about:blank");
  writer.key("title").string(
      messages.text(language, "http.status-" + std::to_string(body.status), {}, reason(body.status)));
  writer.key("status").integer(body.status).key("code").string(body.code);
  if (body.problems != nullptr && !body.problems->empty()) {
    writer.key("detail").string(message(body.problems->list.front()));
  } else {
    writer.key("detail").string(messages.text(language, body.code));
  }
  if (!request.id.empty()) writer.key("instance").string("/requests/" + request.id);
  writer.key("errors").begin_array();
  if (body.problems != nullptr) {
    for (const auto& one : body.problems->list) {
      writer.begin_object().key("code").string(one.code).key("place").string(one.place);
      writer.key("message").string(message(one)).end_object();
    }
  }
  writer.end_array().end_object();
  if (!body.extra.empty()) {
    out.pop_back();
    out += ',';
    out += body.extra;
    out += '}';
  }
  auto response = Response::json(std::move(out), body.status);
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Content-Language", std::string(genmei::code(language)));
  return response;
}

}  // namespace

int status_of(const Problems& problems) {
  if (!problems.empty()) {
    const auto& code = problems.list.front().code;
    if (code.starts_with("json.") || code == "http.form" || code == "http.multipart" || code == "http.query")
      return 400;
    if (code == "http.content-type") return 415;
    if (code == "record.if-match-missing" || code == "http.precondition-required") return 428;
  }
  switch (problems.failure()) {
    case Failure::invalid:
      return 422;
    case Failure::unauthorized:
      return 401;
    case Failure::forbidden:
      return 403;
    case Failure::not_found:
      return 404;
    case Failure::conflict:
      return 409;
    case Failure::stale:
      return 412;
    case Failure::too_large:
      return 413;
    case Failure::busy:
      return 503;
    case Failure::full:
      return 507;
    case Failure::internal:
      break;
  }
  return 500;
}

Response problem_response(const Request& request, const Problems& problems, const Messages& messages,
                          std::string_view extra) {
  const int status = status_of(problems);
  const std::string_view code = problems.empty() ? std::string_view("http.internal") : problems.list.front().code;
  auto response = write_body(request, {status, code, &problems, extra}, messages);
  if (status == 503) response.headers.set("Retry-After", "1");
  if (status == 401) response.headers.set("WWW-Authenticate", "Bearer");
  return response;
}

Response server_error(const Request& request, int status, std::string_view code, const Messages& messages) {
  return write_body(request, {status, code, nullptr, {}}, messages);
}

}  // namespace genmei::http
