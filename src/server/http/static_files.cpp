#include "server/http/static_files.hpp"

#include <algorithm>
#include <mutex>

#include "server/http/conditional.hpp"
#include "server/http/negotiation.hpp"
#include "server/http/security.hpp"
#include "server/http/url.hpp"

namespace genmei::http {

struct StaticFiles::File {
  std::shared_ptr<const std::string> bytes;
  std::string type;
  std::string tag;
  bool immutable = false;
  // Filled by add() from a ready file, or on first use.
  mutable std::once_flag gzip_once;
  mutable std::once_flag brotli_once;
  mutable std::shared_ptr<const std::string> gzip;
  mutable std::shared_ptr<const std::string> brotli;

  // The compressed form, or null where it would not be smaller.
  [[nodiscard]] std::shared_ptr<const std::string> coded(Coding coding) const {
    auto& slot = coding == Coding::brotli ? brotli : gzip;
    std::call_once(coding == Coding::brotli ? brotli_once : gzip_once, [&] {
      if (slot || bytes->size() < 1024 || !compressible(type)) return;
      auto smaller = compress(*bytes, coding, coding == Coding::brotli ? 5 : 6);
      if (smaller && smaller->size() < bytes->size()) slot = std::make_shared<const std::string>(std::move(*smaller));
    });
    return slot;
  }
};

StaticFiles::StaticFiles(StaticOptions options) : options_(std::move(options)) {}
StaticFiles::~StaticFiles() = default;
StaticFiles::StaticFiles(StaticFiles&&) noexcept = default;
StaticFiles& StaticFiles::operator=(StaticFiles&&) noexcept = default;

void StaticFiles::add(std::string path, std::string bytes) {
  auto& file = files_[path];
  if (!file) file = std::make_unique<File>();
  file->type = content_type_of(path);
  file->tag = content_tag(bytes);
  file->immutable = hashed_name(path);
  file->bytes = std::make_shared<const std::string>(std::move(bytes));
  // Ready-made forms may come before or after their file.
  for (const std::string_view ending : {".br", ".gz"}) {
    const bool is_form = path.ends_with(ending);
    const auto base = is_form ? path.substr(0, path.size() - ending.size()) : path;
    const auto plain = files_.find(base);
    const auto form = files_.find(base + std::string(ending));
    if (plain == files_.end() || form == files_.end()) continue;
    (ending == ".br" ? plain->second->brotli : plain->second->gzip) = form->second->bytes;
  }
}

std::size_t StaticFiles::size() const { return files_.size(); }

Response StaticFiles::page() const {
  const auto index = files_.find(options_.index);
  if (index == files_.end()) return Response::empty(404);
  const auto nonce = new_nonce();
  auto out = Response::html(replace_all(*index->second->bytes, options_.nonce_placeholder, nonce));
  out.headers.set("Content-Security-Policy", page_policy(nonce));
  out.headers.set("Cache-Control", "no-store");
  return out;
}

Response StaticFiles::serve(const Request& request) const {
  if (request.path == "/" || request.path == options_.index) return page();
  const auto found = files_.find(request.path);
  if (found == files_.end()) {
    const auto below = [&](const std::string& prefix) { return request.path.starts_with(prefix); };
    const auto last = std::string_view(request.path).substr(request.path.rfind('/') + 1);
    // A missing script must not be answered with a page: browsers would report a syntax error instead of a missing
    // file.
    const bool looks_like_file =
        last.find('.') != std::string_view::npos && content_type_of(last) != "application/octet-stream";
    if (looks_like_file || std::any_of(options_.not_pages.begin(), options_.not_pages.end(), below)) {
      return Response::empty(404);
    }
    return page();
  }
  const auto& file = *found->second;
  const auto cache = file.immutable ? "public, max-age=31536000, immutable" : "no-cache";
  const auto coding = choose_coding(request.headers.joined("Accept-Encoding"));
  const auto form = coding == Coding::identity || request.headers.has("Range") ? nullptr : file.coded(coding);
  // Each form is a representation of its own and needs its own strong tag.
  auto tag = file.tag;
  if (form) tag.insert(tag.size() - 1, "-" + std::string(token(coding)));
  if (auto same = not_modified(request, tag)) {
    same->headers.set("Cache-Control", cache);
    same->headers.set("Vary", "Accept-Encoding");
    return std::move(*same);
  }
  Response out;
  out.headers.set("Content-Type", file.type);
  out.headers.set("ETag", tag);
  out.headers.set("Cache-Control", cache);
  if (compressible(file.type)) out.headers.set("Vary", "Accept-Encoding");
  if (form) {
    out.headers.set("Content-Encoding", std::string(token(coding)));
    out.body = form;
    return out;
  }
  out.body = file.bytes;
  return ranged(request, std::move(out));
}

bool hashed_name(std::string_view path) {
  const auto file = path.substr(path.rfind('/') + 1);
  const auto dot = file.rfind('.');
  if (dot == std::string_view::npos || dot < 9) return false;
  const auto stem = file.substr(0, dot);
  // Bundlers join eight or more base64url characters with "-" or "."; a plain word of that length has no digit or
  // capital.
  const auto hash = stem.substr(stem.size() - 8);
  const char joint = stem.size() > 8 ? stem[stem.size() - 9] : '\0';
  if (joint != '-' && joint != '.') return false;
  bool mixed = false;
  for (const char c : hash) {
    const bool lower = c >= 'a' && c <= 'z';
    const bool other = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!lower && !other) return false;
    mixed = mixed || other;
  }
  return mixed;
}

}  // namespace genmei::http
