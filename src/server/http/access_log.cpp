#include "server/http/access_log.hpp"

#include "base/json.hpp"
#include "base/time.hpp"

namespace genmei::http {

AccessLine remember(const Request& request, std::string_view method) {
  AccessLine out;
  out.id = request.id;
  out.remote = request.remote;
  out.method = method;
  out.path = request.path;
  const auto agent = request.header("User-Agent").substr(0, 200);
  if (valid_utf8(agent)) out.agent = agent;
  return out;
}

std::string write_line(const AccessLine& line, int status, std::size_t bytes, std::chrono::microseconds spent,
                       std::string_view actor) {
  const auto now = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::string out;
  json::Writer writer(out);
  writer.begin_object().key("time").string(format_instant(now)).key("id").string(line.id);
  writer.key("remote").string(line.remote).key("method").string(line.method).key("path").string(line.path);
  writer.key("status").integer(status).key("bytes").integer(static_cast<std::int64_t>(bytes));
  writer.key("us").integer(spent.count());
  if (!actor.empty()) writer.key("actor").string(actor);
  if (!line.agent.empty()) writer.key("agent").string(line.agent);
  writer.end_object();
  return out;
}

}  // namespace genmei::http
