#include "server/http/negotiation.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

#include "server/http/message.hpp"

namespace genmei::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "0", "1", "0.5", "0.123" in thousandths; -1 when malformed.
int quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
  int value = (text[0] - '0') * 1000;
  if (text.size() == 1) return value;
  if (text[1] != '.') return -1;
  int scale = 100;
  for (const char c : text.substr(2)) {
    if (c < '0' || c > '9') return -1;
    value += (c - '0') * scale;
    scale /= 10;
  }
  return value > 1000 ? -1 : value;
}

std::optional<std::string> gzip(std::string_view bytes, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return std::nullopt;
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, deflateEnd);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  // zlib's interface is not const-correct; it does not write to its input.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) return std::nullopt;
  out.resize(stream.total_out);
  return out;
}

std::optional<std::string> brotli(std::string_view bytes, int level) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  if (size == 0) return std::nullopt;
  std::string out(size, '\0');
  if (BrotliEncoderCompress(level, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) != BROTLI_TRUE) {
    return std::nullopt;
  }
  out.resize(size);
  return out;
}

}  // namespace

std::vector<std::pair<std::string, int>> parse_preferences(std::string_view value) {
  std::vector<std::pair<std::string, int>> out;
  while (!value.empty() && out.size() < 64) {
    const auto comma = value.find(',');
    auto item = trimmed(value.substr(0, comma));
    value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
    int q = 1000;
    const auto semicolon = item.find(';');
    if (semicolon != std::string_view::npos) {
      const auto parameter = trimmed(item.substr(semicolon + 1));
      item = trimmed(item.substr(0, semicolon));
      if (parameter.starts_with("q=") || parameter.starts_with("Q=")) q = quality(parameter.substr(2));
    }
    if (item.empty() || q < 0) continue;
    std::string name(item);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    out.emplace_back(std::move(name), q);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

Language choose_language(std::string_view accept_language) {
  for (const auto& [tag, q] : parse_preferences(accept_language)) {
    if (q == 0) break;
    const auto primary = std::string_view(tag).substr(0, tag.find('-'));
    if (primary == "ja") return Language::ja;
    if (primary == "en") return Language::en;
  }
  return Language::ja;
}

std::string_view token(Coding coding) {
  switch (coding) {
    case Coding::gzip:
      return "gzip";
    case Coding::brotli:
      return "br";
    case Coding::identity:
      break;
  }
  return {};
}

Coding choose_coding(std::string_view accept_encoding) {
  int gzip_quality = -1;
  int brotli_quality = -1;
  int any = 0;
  int identity = -1;
  for (const auto& [name, q] : parse_preferences(accept_encoding)) {
    if (name == "gzip" || name == "x-gzip") gzip_quality = std::max(gzip_quality, q);
    if (name == "br") brotli_quality = std::max(brotli_quality, q);
    if (name == "identity") identity = q;
    if (name == "*") any = q;
  }
  if (gzip_quality < 0) gzip_quality = any;
  if (brotli_quality < 0) brotli_quality = any;
  if (std::max(gzip_quality, brotli_quality) == 0 || identity > std::max(gzip_quality, brotli_quality)) {
    return Coding::identity;
  }
  return brotli_quality >= gzip_quality ? Coding::brotli : Coding::gzip;
}

bool compressible(std::string_view content_type) {
  const auto type = trimmed(content_type.substr(0, content_type.find(';')));
  if (same_name(type, "text/event-stream")) return false;
  if (type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")) return true;
  for (const std::string_view one :
       {"application/json", "application/javascript", "application/xml", "application/yaml", "application/x-ndjson"}) {
    if (same_name(type, one)) return true;
  }
  return false;
}

std::optional<std::string> compress(std::string_view bytes, Coding coding, int level) {
  switch (coding) {
    case Coding::gzip:
      return gzip(bytes, level);
    case Coding::brotli:
      return brotli(bytes, level);
    case Coding::identity:
      break;
  }
  return std::string(bytes);
}

}  // namespace genmei::http
