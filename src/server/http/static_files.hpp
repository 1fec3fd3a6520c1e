// Files served from memory: the built single-page application. Names with a content hash are cached for ever; all files
// carry an entity tag and are kept in compressed forms once somebody asked for them. index.html answers every page
// address of the application, each time with a fresh nonce for its styles. Thread-safe after the last add().
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace genmei::http {

struct StaticOptions {
  std::string index = "/index.html";
  std::string nonce_placeholder = "__CSP_NONCE__";
  // Below these an unknown path is 404, never the index page.
  std::vector<std::string> not_pages = {"/api/"};
};

class StaticFiles {
 public:
  explicit StaticFiles(StaticOptions options = {});
  ~StaticFiles();
  StaticFiles(StaticFiles&&) noexcept;
  StaticFiles& operator=(StaticFiles&&) noexcept;

  // `path` begins with "/". A file whose name is another's plus ".br" or ".gz" becomes that file's compressed form.
  void add(std::string path, std::string bytes);
  [[nodiscard]] std::size_t size() const;
  // GET and HEAD. 404 as an empty response when nothing fits; the caller gives it a body.
  [[nodiscard]] Response serve(const Request& request) const;

 private:
  struct File;
  [[nodiscard]] Response page() const;
  StaticOptions options_;
  std::map<std::string, std::unique_ptr<File>, std::less<>> files_;
};

// Whether a file name carries a content hash as bundlers write it: "index-B3xk9_aQ.js".
[[nodiscard]] bool hashed_name(std::string_view path);

}  // namespace genmei::http
