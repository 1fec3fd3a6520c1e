// A kind of record, declared once in data/kinds/<id>.yaml: fields, workflow, lists, rules. From this one declaration
// come tables, validation, API, OpenAPI, forms, import/export and permissions; no code elsewhere knows a kind by name
// but the few with logic of their own. Invariants: a Registry is immutable after load; every reference between kinds is
// resolved; names are safe as SQL identifiers ([a-z][a-z0-9_]*).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"

namespace genmei::record {

enum class FieldType {
  text,
  longtext,
  integer,
  decimal,
  percent,
  money,
  boolean,
  date,
  datetime,
  duration,
  enumeration,
  ref,
  refs,
  catalogue,
  catalogues,
  url,
  email,
  file,
  json,
  texts
};
std::string_view name_of(FieldType type);

struct EnumValue {
  std::string id;
  Bilingual title;
  std::string tone;  // of the state badge: met, warn, miss, info, none, draft, free
};

// `field is one of values` or `field is (not) empty`; used by conditional requirements and rules.
struct Condition {
  std::string field;
  std::vector<std::string> is;  // empty = only the emptiness test counts
  std::optional<bool> empty;
  [[nodiscard]] bool holds(const json::Object& fields) const;
};

struct Field {
  std::string name;
  Bilingual title;
  Bilingual hint;
  FieldType type = FieldType::text;
  std::string section;
  bool required = false;
  bool required_in_draft = false;
  std::optional<Condition> required_when;
  std::vector<EnumValue> values;
  std::string to;         // kind of a reference
  std::string catalogue;  // of catalogue fields
  std::optional<double> min;
  std::optional<double> max;
  std::size_t max_length = 0;
  std::string pattern;
  json::Value default_value;
  bool readonly = false;  // written by the product only
  bool sort = false;
  bool filter = false;
  bool unique = false;
  bool common = false;  // one of the fields every kind has
  [[nodiscard]] bool many() const {
    return type == FieldType::refs || type == FieldType::catalogues || type == FieldType::texts;
  }
  [[nodiscard]] bool is_reference() const { return type == FieldType::ref || type == FieldType::refs; }
};

struct State {
  std::string id;
  Bilingual title;
  std::string tone;
  bool frozen = false;  // an edit starts a new draft; the approved revision stays in force
  bool final = false;   // no edits
};

struct Transition {
  std::string id;
  Bilingual title;
  std::vector<std::string> from;
  std::string to;
  std::vector<std::string> by;       // roles, or relations: author, owner, assignee, requester, system
  std::vector<std::string> not_by;   // separation of duties: author, owner, requester, holder
  std::vector<std::string> needs;    // fields that must be filled
  std::string comment = "optional";  // none, optional, required
  bool approves = false;
};

struct Workflow {
  std::string initial = "active";
  std::vector<State> states;
  std::vector<Transition> transitions;
  [[nodiscard]] const State* state(std::string_view id) const;
  [[nodiscard]] const Transition* transition(std::string_view id) const;
};

// A condition between fields, checked on every save.
struct Rule {
  enum class Form { refuse_when, require, order, different, no_cycle };
  std::string id;
  Form form = Form::refuse_when;
  std::optional<Condition> when;
  std::optional<Condition> unless;
  std::string field;                         // required field, or the field of no_cycle
  std::pair<std::string, std::string> pair;  // order, different
  bool warn = false;
  Bilingual message;
  std::string place;
};

struct View {
  std::string id;
  Bilingual title;
  std::string filter;
};

struct Kind {
  std::string id;
  std::string table;  // "k_" + id with underscores
  Bilingual title, plural, purpose, example;
  std::string group;
  std::vector<std::string> serves;
  std::string number_prefix;
  std::string title_field;
  std::string default_class = "internal";
  bool menu = true;
  std::vector<std::pair<std::string, Bilingual>> sections;
  std::vector<Field> fields;  // own fields, then the common ones
  std::vector<std::string> columns;
  std::string default_sort = "-updated_at";
  std::vector<View> views;
  Workflow workflow;
  std::vector<Rule> rules;
  std::vector<std::vector<std::string>> unique;
  std::vector<std::vector<std::string>> tally;
  std::vector<std::vector<std::string>> indexes;
  std::string cycle, retention;
  [[nodiscard]] const Field* field(std::string_view name) const;

  std::map<std::string, std::size_t, std::less<>> by_name;
};

// Answers whether a catalogue value exists, and its label; given by the layer above (standards, threats, roles …).
struct Catalogues {
  std::function<bool(std::string_view catalogue, std::string_view value)> exists;
  std::function<std::string(std::string_view catalogue, std::string_view value, Language)> label;
};

class Registry {
 public:
  // Loads and checks every declaration of the folder; all faults are reported with file and line.
  static Result<Registry> load(const std::string& folder);
  static Result<Registry> from_files(const std::vector<yaml::File>& files);
  [[nodiscard]] const Kind* find(std::string_view id) const;
  [[nodiscard]] const std::vector<Kind>& kinds() const { return kinds_; }
  [[nodiscard]] const std::vector<std::pair<std::string, Bilingual>>& groups() const { return groups_; }
  // Fields of other kinds that refer to `kind`: (kind, field).
  [[nodiscard]] const std::vector<std::pair<const Kind*, const Field*>>& referrers(std::string_view kind) const;

 private:
  void link();
  std::vector<Kind> kinds_;
  std::vector<std::pair<std::string, Bilingual>> groups_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::map<std::string, std::vector<std::pair<const Kind*, const Field*>>, std::less<>> referrers_;
};

// Is the value of a field empty: absent, null, "" or []?
[[nodiscard]] bool is_empty(const json::Object& fields, std::string_view name);

}  // namespace genmei::record
