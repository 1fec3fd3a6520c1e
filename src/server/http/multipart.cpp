#include "server/http/multipart.hpp"

#include <optional>

#include "base/text.hpp"
#include "server/http/url.hpp"

namespace genmei::http {
namespace {

Problem malformed(std::size_t part, std::string detail) {
  return problem(Failure::invalid, "http.multipart", "part " + std::to_string(part), {}, std::move(detail));
}

Problem over_limit(std::size_t part, std::string detail) {
  return problem(Failure::too_large, "http.multipart-limit", "part " + std::to_string(part), {}, std::move(detail));
}

bool boundary_ok(std::string_view boundary) {
  if (boundary.empty() || boundary.size() > 70) return false;
  for (const char c : boundary) {
    if (c < ' ' || c > '~') return false;
  }
  return boundary.back() != ' ';
}

// Reads the header lines of one part; nullopt when they are malformed.
std::optional<Part> read_headers(std::string_view text) {
  Part part;
  part.content_type = "text/plain";
  bool named = false;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto name = line.substr(0, colon);
    auto value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    if (same_name(name, "Content-Disposition")) {
      constexpr std::string_view kind = "form-data";
      if (named || value.size() < kind.size() || !same_name(value.substr(0, kind.size()), kind)) return std::nullopt;
      const auto parameters = parse_header_parameters(value.substr(kind.size()));
      if (!parameters || !parameters->has("name")) return std::nullopt;
      part.name = parameters->get("name");
      // Only the last component: some clients send whole paths, and none of them is ours to follow.
      const auto file = parameters->get("filename");
      part.file_name = file.substr(file.find_last_of("/\\") + 1);
      named = true;
    } else if (same_name(name, "Content-Type")) {
      if (!parse_media_type(value)) return std::nullopt;
      part.content_type = value;
    } else if (same_name(name, "Content-Transfer-Encoding") && !same_name(value, "binary") &&
               !same_name(value, "8bit") && !same_name(value, "7bit")) {
      return std::nullopt;
    }
  }
  if (!named) return std::nullopt;
  return part;
}

}  // namespace

Result<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary,
                                          const MultipartLimits& limits) {
  if (!boundary_ok(boundary)) return malformed(0, "boundary");
  const std::string delimiter = "\r\n--" + std::string(boundary);
  std::vector<Part> parts;
  // The first delimiter may lack the line break before it.
  std::size_t at = 0;
  if (body.starts_with(std::string_view(delimiter).substr(2))) {
    at = delimiter.size() - 2;
  } else {
    const auto first = body.find(delimiter);
    if (first == std::string_view::npos) return malformed(0, "no boundary");
    at = first + delimiter.size();
  }
  while (true) {
    const auto number = parts.size() + 1;
    auto rest = body.substr(at);
    if (rest.starts_with("--")) return parts;
    while (rest.starts_with(' ') || rest.starts_with('\t')) rest.remove_prefix(1);
    if (!rest.starts_with("\r\n")) return malformed(number, "text after boundary");
    rest.remove_prefix(2);
    if (parts.size() >= limits.parts) return over_limit(number, "too many parts");
    const auto head_end = rest.starts_with("\r\n") ? std::size_t{0} : rest.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return malformed(number, "unfinished headers");
    if (head_end > limits.header_bytes) return over_limit(number, "headers too long");
    auto part = read_headers(head_end == 0 ? std::string_view() : rest.substr(0, head_end + 2));
    if (!part) return malformed(number, "headers");
    const auto content = rest.substr(head_end == 0 ? 2 : head_end + 4);
    // An empty part may have its delimiter directly after the blank line.
    std::size_t end = 0;
    std::size_t skip = delimiter.size();
    if (content.starts_with(std::string_view(delimiter).substr(2))) {
      skip -= 2;
    } else {
      end = content.find(delimiter);
      if (end == std::string_view::npos) return malformed(number, "no closing boundary");
    }
    if (end > limits.part_bytes) return over_limit(number, "part too long");
    part->bytes = content.substr(0, end);
    at = static_cast<std::size_t>(content.data() - body.data()) + end + skip;
    parts.push_back(std::move(*part));
  }
}

Result<std::vector<Part>> parse_multipart(const Request& request, const MultipartLimits& limits) {
  const auto type = parse_media_type(request.header("Content-Type"));
  if (!type || type->type != "multipart/form-data") {
    return problem(Failure::invalid, "http.content-type", {}, {{"expected", "multipart/form-data"}});
  }
  return parse_multipart(request.body, type->parameters.get("boundary"), limits);
}

Result<Parameters> parse_form(const Request& request) {
  const auto type = parse_media_type(request.header("Content-Type"));
  if (!type || type->type != "application/x-www-form-urlencoded") {
    return problem(Failure::invalid, "http.content-type", {}, {{"expected", "application/x-www-form-urlencoded"}});
  }
  auto form = parse_query(request.body);
  if (!form) return problem(Failure::invalid, "http.form", {}, {}, "malformed form body");
  return std::move(*form);
}

}  // namespace genmei::http
