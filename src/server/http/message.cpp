#include "server/http/message.hpp"

#include <algorithm>
#include <array>

#include "server/http/negotiation.hpp"
#include "server/http/url.hpp"

namespace genmei::http {
namespace {

constexpr std::array<std::string_view, 7> method_names{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Response with_type(std::string text, std::string type, int status) {
  Response out;
  out.status = status;
  out.headers.set("Content-Type", std::move(type));
  out.body = std::move(text);
  return out;
}

}  // namespace

std::string_view name(Method method) { return method_names.at(static_cast<std::size_t>(method)); }

std::optional<Method> method_from(std::string_view name) {
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    if (method_names.at(i) == name) return static_cast<Method>(i);
  }
  return std::nullopt;
}

std::string_view reason(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 41> reasons{{
      {100, "Continue"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {207, "Multi-Status"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {423, "Locked"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
      {507, "Insufficient Storage"},
  }};
  for (const auto& [code, text] : reasons) {
    if (code == status) return text;
  }
  return "Status";
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

void Headers::add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }

void Headers::set(std::string_view name, std::string value) {
  for (auto field = fields_.begin(); field != fields_.end(); ++field) {
    if (!same_name(field->first, name)) continue;
    field->second = std::move(value);
    fields_.erase(std::remove_if(field + 1, fields_.end(), [&](const Pair& one) { return same_name(one.first, name); }),
                  fields_.end());
    return;
  }
  fields_.emplace_back(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](const Pair& one) { return same_name(one.first, name); });
}

std::string_view Headers::get(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (same_name(key, name)) return value;
  }
  return {};
}

bool Headers::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const Pair& one) { return same_name(one.first, name); });
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> out;
  for (const auto& [key, value] : fields_) {
    if (same_name(key, name)) out.push_back(value);
  }
  return out;
}

std::string Headers::joined(std::string_view name) const {
  std::string out;
  for (const auto value : all(name)) {
    if (!out.empty()) out += ", ";
    out += value;
  }
  return out;
}

std::string_view Parameters::get(std::string_view name, std::string_view fallback) const {
  for (const auto& [key, value] : items_) {
    if (key == name) return value;
  }
  return fallback;
}

bool Parameters::has(std::string_view name) const {
  return std::any_of(items_.begin(), items_.end(), [&](const Pair& one) { return one.first == name; });
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
  std::vector<std::string_view> out;
  for (const auto& [key, value] : items_) {
    if (key == name) out.push_back(value);
  }
  return out;
}

Language Request::language() const {
  const auto asked = query.get("lang");
  if (asked == "ja") return Language::ja;
  if (asked == "en") return Language::en;
  return choose_language(headers.joined("Accept-Language"));
}

std::string_view Response::bytes() const {
  if (const auto* own = std::get_if<std::string>(&body)) return *own;
  const auto& shared = std::get<std::shared_ptr<const std::string>>(body);
  return shared ? std::string_view(*shared) : std::string_view();
}

Response Response::empty(int status) {
  Response out;
  out.status = status;
  return out;
}

Response Response::text(std::string text, int status) {
  return with_type(std::move(text), "text/plain; charset=utf-8", status);
}

Response Response::html(std::string text, int status) {
  return with_type(std::move(text), "text/html; charset=utf-8", status);
}

Response Response::json(std::string json, int status) { return with_type(std::move(json), "application/json", status); }

Response Response::redirect(std::string location, int status) {
  auto out = empty(status);
  out.headers.set("Location", std::move(location));
  return out;
}

Response Response::file(std::string bytes, std::string_view content_type, std::string_view file_name) {
  auto out = with_type(std::move(bytes), std::string(content_type), 200);
  // The plain parameter is for old clients: ASCII only, nothing that could end the quoted string.
  std::string plain;
  for (const char c : file_name) {
    plain += c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%' ? c : '_';
  }
  out.headers.set("Content-Disposition",
                  "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encode(file_name));
  return out;
}

}  // namespace genmei::http
