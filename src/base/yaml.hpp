// YAML with places: a small immutable tree over libyaml in which every node knows its line, so that every complaint
// about a data file names file and line. JSON files are YAML too and are read by the same functions. Aliases are
// refused, duplicate keys are refused, depth and size are limited: a hostile file ends in a Problem, never in a crash.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace genmei::yaml {

class Node {
 public:
  enum class Kind : std::uint8_t { null, scalar, list, map };
  struct Member;

  Kind kind = Kind::null;
  bool quoted = false;          // a quoted scalar is text, whatever it looks like
  std::uint32_t line = 0;       // 1-based
  std::string text;             // of a scalar
  std::vector<Node> items;      // of a list
  std::vector<Member> members;  // of a map, in file order

  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_list() const { return kind == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  // The member `key`, or a null node.
  [[nodiscard]] const Node& operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return !(*this)[key].is_null(); }
  // Scalars read leniently; `fallback` where the node is null.
  [[nodiscard]] std::string str(std::string_view fallback = {}) const;
  [[nodiscard]] bool boolean(bool fallback = false) const;  // true/false/yes/no
  [[nodiscard]] std::int64_t integer(std::int64_t fallback = 0) const;
  [[nodiscard]] double number(double fallback = 0) const;
  [[nodiscard]] std::vector<std::string> strings() const;  // a list of scalars, or one scalar as a list of one
};

// Not a std::pair: a pair of a class inside that class is more than clang 14 can complete.
struct Node::Member {
  std::string first;
  Node second;
};

// A parsed file; `at(node)` gives "path:line" for messages.
struct File {
  std::string path;
  Node root;
  [[nodiscard]] std::string at(const Node& node) const { return path + ":" + std::to_string(node.line); }
};

inline constexpr std::size_t max_bytes = 16U << 20U;
inline constexpr int max_depth = 64;

// `name` is what messages call the text. Errors: yaml.syntax, yaml.duplicate-key, yaml.too-deep, yaml.too-large,
// yaml.alias.
Result<File> parse(std::string_view text, std::string name);
// Reads a file from disk; error yaml.unreadable when that fails.
Result<File> load(const std::string& path);

}  // namespace genmei::yaml
