#include "server/http/url.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace genmei::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool alnum(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z'); }

bool token_char(char c) { return alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos; }

std::string_view skip_space(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  if (!valid_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

std::optional<Parameters> parse_query(std::string_view text) {
  Parameters out;
  std::size_t count = 0;
  while (!text.empty()) {
    const auto end = text.find('&');
    const auto part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (part.empty()) continue;
    if (++count > max_parameters) return std::nullopt;
    const auto equals = part.find('=');
    auto key = percent_decode(part.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::optional<std::string>(std::in_place)
                                                  : percent_decode(part.substr(equals + 1), true);
    if (!key || !value) return std::nullopt;
    out.add(std::move(*key), std::move(*value));
  }
  return out;
}

std::optional<Target> parse_target(std::string_view target) {
  for (const char c : target) {
    if (c <= ' ' || c >= 0x7f || c == '#') return std::nullopt;
  }
  Target out;
  if (!target.starts_with('/')) {
    const auto scheme = target.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    const auto name = lowered(target.substr(0, scheme));
    if (name != "http" && name != "https") return std::nullopt;
    target.remove_prefix(scheme + 3);
    const auto slash = target.find_first_of("/?");
    out.host = target.substr(0, slash);
    if (out.host.empty()) return std::nullopt;
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    if (!target.starts_with('/')) return std::nullopt;
  }
  const auto question = target.find('?');
  out.raw_path = target.substr(0, question);
  if (question != std::string_view::npos) out.query = target.substr(question + 1);
  return out;
}

std::optional<std::string> decode_path(std::string_view raw_path) {
  if (!raw_path.starts_with('/')) return std::nullopt;
  std::string out;
  while (!raw_path.empty()) {
    raw_path.remove_prefix(1);
    const auto end = raw_path.find('/');
    const auto segment = percent_decode(raw_path.substr(0, end));
    if (!segment || segment->find('/') != std::string::npos || *segment == "." || *segment == "..") return std::nullopt;
    out += '/';
    out += *segment;
    raw_path = end == std::string_view::npos ? std::string_view() : raw_path.substr(end);
  }
  return out;
}

std::optional<std::string> host_name(std::string_view host) {
  std::string_view name = host;
  std::string_view port;
  if (host.starts_with('[')) {
    const auto end = host.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    name = host.substr(0, end + 1);
    for (const char c : name.substr(1, end - 1)) {
      if (hex_digit(c) < 0 && c != ':' && c != '.') return std::nullopt;
    }
    const auto rest = host.substr(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) return std::nullopt;
    port = rest.empty() ? rest : rest.substr(1);
  } else {
    const auto colon = host.find(':');
    name = host.substr(0, colon);
    if (colon != std::string_view::npos) port = host.substr(colon + 1);
    for (const char c : name) {
      if (!alnum(c) && c != '-' && c != '.' && c != '_') return std::nullopt;
    }
  }
  if (name.empty() || name.size() > 255 || port.size() > 5) return std::nullopt;
  if (!std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  return lowered(name);
}

std::optional<Parameters> parse_header_parameters(std::string_view text) {
  Parameters out;
  text = skip_space(text);
  while (!text.empty()) {
    if (text.front() != ';') return std::nullopt;
    text = skip_space(text.substr(1));
    if (text.empty()) break;  // a trailing semicolon is common and harmless
    const auto key_end = std::find_if_not(text.begin(), text.end(), token_char);
    const auto key = text.substr(0, static_cast<std::size_t>(key_end - text.begin()));
    text.remove_prefix(key.size());
    if (key.empty() || !text.starts_with('=') || out.items().size() >= 32) return std::nullopt;
    text.remove_prefix(1);
    std::string value;
    if (text.starts_with('"')) {
      text.remove_prefix(1);
      bool closed = false;
      while (!text.empty() && !closed) {
        char c = text.front();
        text.remove_prefix(1);
        if (c == '"') {
          closed = true;
          continue;
        }
        // Browsers write file names with unescaped backslashes; only \" and \\ are escapes in practice.
        if (c == '\\' && !text.empty() && (text.front() == '"' || text.front() == '\\')) {
          c = text.front();
          text.remove_prefix(1);
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
        value += c;
      }
      if (!closed) return std::nullopt;
    } else {
      const auto end = std::find_if_not(text.begin(), text.end(), token_char);
      value = text.substr(0, static_cast<std::size_t>(end - text.begin()));
      text.remove_prefix(value.size());
      if (value.empty()) return std::nullopt;
    }
    if (!valid_utf8(value)) return std::nullopt;
    out.add(lowered(key), std::move(value));
    text = skip_space(text);
  }
  return out;
}

std::optional<MediaType> parse_media_type(std::string_view text) {
  text = skip_space(text);
  const auto end = text.find_first_of("; \t");
  const auto type = text.substr(0, end);
  const auto slash = type.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == type.size()) return std::nullopt;
  for (std::size_t i = 0; i < type.size(); ++i) {
    if (i != slash && !token_char(type[i])) return std::nullopt;
  }
  MediaType out;
  out.type = lowered(type);
  if (end != std::string_view::npos) {
    auto parameters = parse_header_parameters(text.substr(end));
    if (!parameters) return std::nullopt;
    out.parameters = std::move(*parameters);
  }
  return out;
}

std::string_view content_type_of(std::string_view file_name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 26> types{{
      {"html", "text/html; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"mjs", "text/javascript; charset=utf-8"},
      {"css", "text/css; charset=utf-8"},
      {"json", "application/json"},
      {"map", "application/json"},
      {"webmanifest", "application/manifest+json"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"jpg", "image/jpeg"},
      {"jpeg", "image/jpeg"},
      {"gif", "image/gif"},
      {"webp", "image/webp"},
      {"ico", "image/x-icon"},
      {"woff2", "font/woff2"},
      {"woff", "font/woff"},
      {"txt", "text/plain; charset=utf-8"},
      {"md", "text/markdown; charset=utf-8"},
      {"csv", "text/csv; charset=utf-8"},
      {"xml", "application/xml"},
      {"yaml", "application/yaml"},
      {"ics", "text/calendar; charset=utf-8"},
      {"pdf", "application/pdf"},
      {"zip", "application/zip"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
  }};
  const auto dot = file_name.rfind('.');
  if (dot != std::string_view::npos) {
    const auto ending = lowered(file_name.substr(dot + 1));
    for (const auto& [key, type] : types) {
      if (key == ending) return type;
    }
  }
  return "application/octet-stream";
}

}  // namespace genmei::http
