// Problems as answers: RFC 9457 bodies in the reader's language, with every problem of the list and its place. What
// stands in Problem::detail reaches a client only where a code has no text, and never for internal failures.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/messages.hpp"
#include "base/result.hpp"
#include "server/http/message.hpp"

namespace genmei::http {

// 422, 401, 403, 404, 409, 412, 413, 503, 507, 500. "http." codes of malformed requests keep their own status.
int status_of(const Problems& problems);
// {type, title, status, detail, instance, code, errors:[{code, place, message}]}; `extra` is a JSON object's inside
// (`"theirs":{…}`) to append, may be empty.
Response problem_response(const Request& request, const Problems& problems, const Messages& messages,
                          std::string_view extra = {});
// For Options::error_body: the same form for errors the server itself finds. `messages` must outlive the server.
Response server_error(const Request& request, int status, std::string_view code, const Messages& messages);

}  // namespace genmei::http
