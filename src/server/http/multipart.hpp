// multipart/form-data (RFC 7578): uploads from browsers. Works on a complete body already under the route's limit;
// parts are views into it, so nothing is copied. Strict: a missing end boundary, a part without a name or bad header
// lines are errors.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "server/http/message.hpp"

namespace genmei::http {

struct Part {
  std::string name;
  std::string file_name;     // last path component as sent; empty for plain fields
  std::string content_type;  // as sent, "text/plain" when absent
  std::string_view bytes;    // into the body
};

struct MultipartLimits {
  std::size_t parts = 100;
  std::size_t header_bytes = 8U << 10U;  // per part
  std::size_t part_bytes = 256U << 20U;  // per part
};

// Errors: http.multipart (malformed; place "part N"), http.multipart-limit.
Result<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary,
                                          const MultipartLimits& limits = {});
// The same for a request: reads the boundary from Content-Type. Error http.content-type when it is not form data. The
// views live as long as the request.
Result<std::vector<Part>> parse_multipart(const Request& request, const MultipartLimits& limits = {});
// application/x-www-form-urlencoded. Errors: http.content-type, http.form.
Result<Parameters> parse_form(const Request& request);

}  // namespace genmei::http
