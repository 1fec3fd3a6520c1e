// Everything HTTP parses outside the message itself. The first byte chooses the parser.
#include "base/text.hpp"
#include "input.hpp"
#include "server/http/conditional.hpp"
#include "server/http/cookie.hpp"
#include "server/http/multipart.hpp"
#include "server/http/negotiation.hpp"
#include "server/http/url.hpp"

namespace {

using namespace genmei;

void check(const http::Parameters& parameters) {
  for (const auto& [name, value] : parameters.items()) fuzz::must(valid_utf8(name) && valid_utf8(value));
}

void multipart(std::string_view rest) {
  const auto boundary = fuzz::take(rest, '\n');
  const auto parts = http::parse_multipart(rest, boundary);
  if (!parts) {
    fuzz::must(!parts.problems().empty());
    return;
  }
  for (const auto& part : *parts) {
    fuzz::must(part.bytes.empty() || (part.bytes.data() >= rest.data() &&
                                      part.bytes.data() + part.bytes.size() <= rest.data() + rest.size()));
    fuzz::must(part.file_name.find('/') == std::string::npos);
  }
}

void target(std::string_view text) {
  const auto parsed = http::parse_target(text);
  if (!parsed) return;
  if (const auto path = http::decode_path(parsed->raw_path)) {
    fuzz::must(path->starts_with('/') && path->find('\0') == std::string::npos && valid_utf8(*path));
    fuzz::must(path->find("/../") == std::string::npos && !path->ends_with("/.."));
  }
  if (const auto query = http::parse_query(parsed->query)) check(*query);
}

void range(std::string_view text) {
  http::Range part;
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1000}, UINT64_MAX}) {
    if (http::parse_range(text, size, part) != http::RangeKind::satisfiable) continue;
    fuzz::must(part.count > 0 && part.first < size && part.count <= size - part.first);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text = fuzz::text(data + 1, size - 1);
  switch (data[0] % 9) {
    case 0:
      multipart(text);
      break;
    case 1:
      target(text);
      break;
    case 2:
      if (const auto query = http::parse_query(text)) check(*query);
      break;
    case 3:
      static_cast<void>(http::parse_cookies(text));
      break;
    case 4:
      range(text);
      break;
    case 5:
      static_cast<void>(http::parse_media_type(text));
      static_cast<void>(http::parse_header_parameters(text));
      break;
    case 6:
      static_cast<void>(http::host_name(text));
      static_cast<void>(http::tag_listed(text, "\"a\"", true));
      break;
    case 7:
      static_cast<void>(http::choose_language(text));
      static_cast<void>(http::choose_coding(text));
      break;
    default: {
      const auto encoded = http::percent_encode(text);
      const auto back = http::percent_decode(encoded);
      fuzz::must(!valid_utf8(text) || text.find('\0') != std::string_view::npos || back == text);
      break;
    }
  }
  return 0;
}
