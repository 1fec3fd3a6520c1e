// One JSON line per answered request. No query strings and no bodies: they may hold secrets.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace genmei::http {

// What the line needs of the request, kept because the request itself goes with its handler.
struct AccessLine {
  std::string id;
  std::string remote;
  std::string method;
  std::string path;
  std::string agent;
};

AccessLine remember(const Request& request, std::string_view method);
// {"time","id","remote","method","path","status","bytes","us","actor"?,"agent"?}; `spent` from first byte to last.
std::string write_line(const AccessLine& line, int status, std::size_t bytes, std::chrono::microseconds spent,
                       std::string_view actor);

}  // namespace genmei::http
