#include "base/yaml.hpp"

#include <yaml.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <unordered_set>

namespace genmei::yaml {
namespace {

const Node& null_node() {
  static const Node node;
  return node;
}

Problem broken(const std::string& name, std::size_t line, std::string code, std::string detail) {
  return problem(Failure::invalid, std::move(code), name + ":" + std::to_string(line), {{"reason", detail}},
                 name + ":" + std::to_string(line) + ": " + detail);
}

bool means_null(std::string_view text) { return text.empty() || text == "~" || text == "null"; }

// Owns the libyaml parser and one event at a time.
class Events {
 public:
  explicit Events(std::string_view text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~Events() {
    release();
    yaml_parser_delete(&parser_);
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  bool next() {
    release();
    held_ = yaml_parser_parse(&parser_, &event_) != 0;
    return held_;
  }
  [[nodiscard]] const yaml_event_t& event() const { return event_; }
  [[nodiscard]] std::size_t line() const { return event_.start_mark.line + 1; }
  [[nodiscard]] std::size_t error_line() const {
    return (parser_.problem_mark.line != 0 ? parser_.problem_mark.line : parser_.mark.line) + 1;
  }
  [[nodiscard]] std::string error() const {
    std::string text = parser_.problem != nullptr ? parser_.problem : "not readable as YAML";
    if (parser_.context != nullptr) text = std::string(parser_.context) + ": " + text;
    return text;
  }

 private:
  void release() {
    if (held_) yaml_event_delete(&event_);
    held_ = false;
  }
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool held_ = false;
};

class Builder {
 public:
  Builder(std::string_view text, const std::string& name) : events_(text), name_(name) {}

  Result<Node> document() {
    GENMEI_TRY(advance());  // stream start
    GENMEI_TRY(advance());
    Node root;
    if (events_.event().type == YAML_STREAM_END_EVENT) return root;
    GENMEI_TRY(advance());  // first event inside the document
    GENMEI_TRY(node(root, 0));
    GENMEI_TRY(advance());  // document end
    GENMEI_TRY(advance());
    if (events_.event().type != YAML_STREAM_END_EVENT) {
      return broken(name_, events_.line(), "yaml.syntax", "more than one document in the file");
    }
    return root;
  }

 private:
  Result<void> advance() {
    if (events_.next()) return {};
    return broken(name_, events_.error_line(), "yaml.syntax", events_.error());
  }

  // Fills `out` from the current event and everything it contains.
  Result<void> node(Node& out, int depth) {
    const auto& event = events_.event();
    out.line = static_cast<std::uint32_t>(events_.line());
    if (depth > max_depth) return broken(name_, out.line, "yaml.too-deep", "nested more than 64 levels deep");
    switch (event.type) {
      case YAML_SCALAR_EVENT: {
        const auto& scalar = event.data.scalar;
        out.quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
        out.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
        out.kind = !out.quoted && means_null(out.text) ? Node::Kind::null : Node::Kind::scalar;
        return {};
      }
      case YAML_SEQUENCE_START_EVENT:
        return list(out, depth);
      case YAML_MAPPING_START_EVENT:
        return map(out, depth);
      case YAML_ALIAS_EVENT:
        return broken(name_, out.line, "yaml.alias", "aliases are not allowed");
      default:
        return broken(name_, out.line, "yaml.syntax", "unexpected structure");
    }
  }

  Result<void> list(Node& out, int depth) {
    out.kind = Node::Kind::list;
    while (true) {
      GENMEI_TRY(advance());
      if (events_.event().type == YAML_SEQUENCE_END_EVENT) return {};
      GENMEI_TRY(node(out.items.emplace_back(), depth + 1));
    }
  }

  Result<void> map(Node& out, int depth) {
    out.kind = Node::Kind::map;
    std::unordered_set<std::string> seen;  // only for large maps: small ones are searched
    while (true) {
      GENMEI_TRY(advance());
      if (events_.event().type == YAML_MAPPING_END_EVENT) return {};
      const auto line = events_.line();
      if (events_.event().type == YAML_ALIAS_EVENT) return broken(name_, line, "yaml.alias", "aliases are not allowed");
      if (events_.event().type != YAML_SCALAR_EVENT) {
        return broken(name_, line, "yaml.syntax", "a key has to be a plain text");
      }
      const auto& scalar = events_.event().data.scalar;
      std::string key(reinterpret_cast<const char*>(scalar.value), scalar.length);
      if (repeated(out, key, seen)) {
        return broken(name_, line, "yaml.duplicate-key", "the key '" + key + "' appears twice");
      }
      GENMEI_TRY(advance());
      out.members.push_back({std::move(key), Node{}});
      GENMEI_TRY(node(out.members.back().second, depth + 1));
    }
  }

  static bool repeated(const Node& map, const std::string& key, std::unordered_set<std::string>& seen) {
    constexpr std::size_t small = 16;
    if (map.members.size() < small) {
      return std::any_of(map.members.begin(), map.members.end(), [&](const auto& m) { return m.first == key; });
    }
    if (seen.empty()) {
      for (const auto& member : map.members) seen.insert(member.first);
    }
    return !seen.insert(key).second;
  }

  Events events_;
  const std::string& name_;
};

}  // namespace

const Node& Node::operator[](std::string_view key) const {
  for (const auto& [name, node] : members) {
    if (name == key) return node;
  }
  return null_node();
}

std::string Node::str(std::string_view fallback) const { return is_scalar() ? text : std::string(fallback); }

bool Node::boolean(bool fallback) const {
  if (!is_scalar()) return fallback;
  if (text == "true" || text == "yes" || text == "True" || text == "TRUE" || text == "on") return true;
  if (text == "false" || text == "no" || text == "False" || text == "FALSE" || text == "off") return false;
  return fallback;
}

std::int64_t Node::integer(std::int64_t fallback) const {
  std::int64_t value = 0;
  if (!is_scalar()) return fallback;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? value : fallback;
}

double Node::number(double fallback) const {
  double value = 0;
  if (!is_scalar()) return fallback;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? value : fallback;
}

std::vector<std::string> Node::strings() const {
  std::vector<std::string> out;
  if (is_scalar()) out.push_back(text);
  for (const auto& item : items) {
    if (item.is_scalar()) out.push_back(item.text);
  }
  return out;
}

Result<File> parse(std::string_view text, std::string name) {
  if (text.size() > max_bytes) return broken(name, 1, "yaml.too-large", "larger than 16 MiB");
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Builder builder(text, name);
  GENMEI_LET(root, builder.document());
  return File{std::move(name), std::move(root)};
}

Result<File> load(const std::string& path) {
  const auto unreadable = [&] {
    return problem(Failure::invalid, "yaml.unreadable", path, {{"path", path}}, path + ": cannot be read");
  };
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return unreadable();
  std::string text;
  char buffer[1U << 16U];
  std::size_t got = 0;
  while (text.size() <= max_bytes && (got = std::fread(buffer, 1, sizeof buffer, file)) > 0) text.append(buffer, got);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) return unreadable();
  return parse(text, path);
}

}  // namespace genmei::yaml
