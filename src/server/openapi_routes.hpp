// The routes that are not about one kind of record, as data for the OpenAPI document. The words of `body` and `answer`
// are "name:type" members, type being s string, i integer, n number, b boolean, a array, o object, * anything; a `?`
// behind the name marks a member that may be left out or null.
#pragma once

#include <span>
#include <string_view>

namespace genmei::server {

struct FixedRoute {
  std::string_view method, path, tag;
  std::string_view ja, en;
  std::string_view query;   // names of query parameters, separated by blanks
  std::string_view body;    // JSON members; "multipart" for an upload; empty for none
  int status = 200;         // of success; 204 has no answer
  std::string_view answer;  // JSON members; "file" for a download
  bool open = false;        // reachable without log-on
};

std::span<const FixedRoute> fixed_routes();

}  // namespace genmei::server
