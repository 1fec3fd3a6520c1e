// A record as it stands in one revision, and the questions one asks of many.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "record/kind.hpp"

namespace genmei::record {

struct Record {
  std::string id;
  std::string kind;
  std::string number;
  std::int64_t revision = 0;
  std::string state;
  bool archived = false;
  std::optional<std::int64_t> approved_revision;
  std::string created_at, created_by, updated_at, updated_by;
  json::Object fields;  // empty fields are absent
  json::Object extra;
  // What history keeps and digests are made over.
  [[nodiscard]] json::Value body() const;
  [[nodiscard]] json::Value api() const;
  [[nodiscard]] std::string text(std::string_view field) const { return std::string(json::text(fields, field)); }
  [[nodiscard]] std::vector<std::string> list(std::string_view field) const;  // of a many-valued field
};
Result<Record> from_body(std::string_view canonical);

struct Filter {
  enum class Op { eq, ne, lt, le, gt, ge, in, empty, contains };
  std::string field;  // own or common field, or "ref.field"
  Op op = Op::eq;
  std::vector<std::string> values;
};

struct Query {
  std::string kind;
  std::vector<Filter> filters;
  std::string text;                      // searched in titles, numbers and texts, folded
  std::optional<bool> archived = false;  // nullopt = both
  std::vector<std::string> sort;         // "-due_on"
  std::vector<std::string> fields;       // of the answer; empty = all
  int limit = 25;
  std::int64_t offset = 0;
  std::string cursor;  // of the page before
  bool count = false;
  std::optional<Instant> as_of;
};

// From the decoded query of a URL: pairs in order. `@me` and `@today` stand for the reader's person and the date in
// Japan. Unknown names are refused (record.unknown-field).
Result<Query> parse_query(const Kind& kind, const Registry& registry,
                          const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view me,
                          std::string_view today);

struct Label {
  std::string label, number, state;
};
using Labels = std::map<std::string, Label>;  // "kind/id"

struct Page {
  std::vector<Record> items;
  std::string next;
  std::optional<std::int64_t> total;
};

struct Revision {
  std::int64_t revision = 0;
  std::string at, actor, action, comment, digest, entry;
  std::string body;
};

struct FieldChange {
  std::string field;
  json::Value before, after;
};
std::vector<FieldChange> differences(const json::Object& before, const json::Object& after);

struct Linked {
  std::string kind, field;
  struct Item {
    std::string id, label, number, state;
  };
  std::vector<Item> items;
  std::int64_t total = 0;
};
struct Links {
  std::vector<Linked> out, in;
};

}  // namespace genmei::record
