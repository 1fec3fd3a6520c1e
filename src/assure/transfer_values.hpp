// One value of an import: from the text of a cell (or of JSON) to the value that the API would take. References are
// looked up in memory; each kind is read once per import. Private to the import.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "base/sheet.hpp"
#include "record/engine.hpp"

namespace genmei::assure {

// The records of one kind that the reader may see, by id, number and folded title.
class Targets {
 public:
  static Result<Targets> read(record::Session& session, const record::Kind& kind);
  enum class Match { none, one, several };
  // `text` is an id, a number, "NUMBER title" or a whole title; `id` is set for Match::one.
  Match find(std::string_view text, std::string& id) const;
  [[nodiscard]] const record::Record* by_id(std::string_view id) const;
  [[nodiscard]] const record::Record* by_number(std::string_view number) const;
  [[nodiscard]] const std::vector<record::Record>& all() const { return records_; }

 private:
  std::vector<record::Record> records_;
  std::map<std::string, std::size_t, std::less<>> ids_, numbers_;
  std::multimap<std::string, std::size_t, std::less<>> titles_;
};

class Values {
 public:
  explicit Values(record::Session& session) : session_(&session) {}
  Result<const Targets*> targets(std::string_view kind);
  // The value of a cell; null for an empty one. Problems carry no place.
  Result<json::Value> from_cell(const record::Field& field, const sheet::Cell& cell);
  // A value of JSON: references and enumerations may be named as in a cell, all else passes as it is.
  Result<json::Value> from_json(const record::Field& field, const json::Value& value);

 private:
  Result<json::Value> text(const record::Field& field, std::string_view text);
  Result<std::string> item(const record::Field& field, std::string_view text);

  record::Session* session_;
  std::map<std::string, std::unique_ptr<Targets>, std::less<>> targets_;
};

}  // namespace genmei::assure
