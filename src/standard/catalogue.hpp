// A catalogue is one version of one standard as data: parts, and in each part the items in the order of the document.
// Items are identified by (standard, part, id), because ids repeat between parts (cloud 4.3.2 is a management activity
// and a control). Everything here is plain data, filled once by a reader and never changed afterwards. All texts are
// our own wording; the official wording is attached from outside (standard/import*).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace genmei::standard {

// What an item is. Chapters and sections are headings; the others ask for something.
enum class Kind : std::uint8_t {
  chapter,
  section,
  control,          // Annex A control, control of the cloud standard, activity of governance and management
  detail,           // numbered detail below a control (cloud standard)
  clause,           // ISO clause 4-10
  item,             // measure of the ASP/SaaS guideline, item of an organisation's own standard
  best_practice,    // advice below an item: desirable, not a duty
  evaluation_item,  // a measure in numbers with a reference value per pattern
};
std::string_view code(Kind kind);  // "chapter", "best-practice", ...
std::optional<Kind> kind_of(std::string_view code);

enum class Operator : std::uint8_t { none, at_least, at_most };  // none: the direction is not stated
std::string_view code(Operator op);                              // "", ">=", "<="

// One cell of the table "value per pattern" of the guideline. With `free` (printed "-") there is no value at all.
struct ReferenceValue {
  std::optional<double> value;
  bool must_reach = false;  // printed with "*"
  bool free = false;
};

inline constexpr std::size_t pattern_count = 6;

// How an evaluation item is judged. `unit` is hours, minutes, days, months, percent, count ...
struct Evaluation {
  Operator op = Operator::none;
  std::string unit;
  std::array<ReferenceValue, pattern_count> by_pattern;  // index = pattern - 1
  bool illustration = false;  // a picture that explains the mechanism: never demanded of a service
  std::string start_event;    // of durations; may be empty
  std::string end_event;
};

// How a control counters a threat. Recover does not count for confidentiality: what leaked cannot be brought back.
enum class How : std::uint8_t { prevent, detect, limit, recover };
std::string_view code(How how);
std::optional<How> how_of(std::string_view code);

// A threat named by an item itself (own standards; shipped ones use data/method/threat-controls.yaml).
struct Counters {
  std::string threat;
  How how = How::prevent;
};

// A rule of the model regulation below an Annex A control. The text may contain {{parameter}}.
struct Rule {
  std::string id;     // "A.5.1-1"
  std::string actor;  // role id
  Bilingual text;
  std::vector<std::string> parameters;
  bool added = false;  // our practice where the model is silent
};

// A code with its label.
struct Term {
  std::string id;
  Bilingual text;
};

// A changeable value of the model regulation.
struct Parameter {
  enum class Type : std::uint8_t { integer, duration, enumeration, boolean, text };
  std::string id;
  Type type = Type::integer;
  std::int64_t number = 0;  // default of integer and duration
  std::string choice;       // default id of enumeration, "true"/"false" of boolean
  Bilingual text;           // default of text
  std::string unit;         // id in Part::units
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::string stricter;  // "lower", "higher", or the id of the stricter choice; may be empty
  std::string strict;    // value for a strict house, as text
  std::string lenient;
  std::vector<Term> choices;
  Bilingual label;
  Bilingual note;
  std::string source;  // section of the model regulation, or "added"
};

struct Unit {
  std::string id;
  std::string ja;
  std::string en_one;
  std::string en;
};

inline constexpr std::int32_t none = -1;

struct Item {
  std::string id;  // as the data prints it: "6.4.1", "A.5.1", "II.5.2.1", "II.5.2.1.i"
  Kind kind = Kind::item;
  std::int32_t parent = none;  // index in Part::items; a parent always stands before its children
  Bilingual title;             // empty for details and best practices
  Bilingual statement;         // what is asked; empty for headings
  Bilingual objective;         // of sections and chapters: what they are for
  Bilingual question;          // the question to put to the house
  Bilingual note;              // remarks; differences of the basic assertion stand here
  std::vector<Bilingual> points;
  std::string nature;  // policy, process, record, technical, ...
  std::string cycle;   // always, once, periodic, yearly, on-change, ...
  std::string by;      // role that does it; may be empty
  std::vector<std::string> evidence;
  std::string register_name;          // register that holds it; may be empty
  std::vector<std::string> customer;  // duties towards customers: disclose, provide, function, ...
  std::vector<std::string> records;   // documents demanded or kept
  std::vector<std::string> stakeholders;
  std::vector<std::string> properties;  // confidentiality, integrity, availability
  std::vector<std::string> components;  // components an item is about; empty = not limited
  std::vector<Rule> rules;
  std::vector<Counters> counters;
  bool basic = true;               // basic before recommended; cloud controls: part of the basic assertion
  bool assertion_differs = false;  // one of the ten items whose wording differs in the basic assertion
  std::string difference;          // none | meaning | duty-added | duty-dropped, with assertion_differs
  std::int32_t evaluation = none;  // index in Part::evaluations, for evaluation items
};

struct Part {
  std::string id;      // "annex-a", "clauses", "control", "management", "governance", "basic-assertion", "II", "III"
  std::string prefix;  // printed before the id: "V:", "IV:", "III:", "VI:"; empty where ids carry their own
  Bilingual title;
  Bilingual note;
  bool optional = false;    // only taken when chosen by name (basic-assertion: a subset of other parts)
  bool complete = true;     // false: a frame whose items the user loads (guideline part III)
  bool by_threats = false;  // items come in through threats; the others through the choice of the standard alone
  std::vector<Item> items;
  std::vector<Evaluation> evaluations;
};

struct Catalogue {
  std::string id;  // "iso27001-2022": id and version together are one folder, versions coexist as separate ids
  std::string version;
  Bilingual title;
  Bilingual short_title;
  Bilingual publisher;
  Bilingual licence;         // what may be done with the official text, in our words
  bool own = false;          // an organisation's own catalogue
  std::string organization;  // of an own catalogue
  std::vector<Part> parts;
  std::vector<Parameter> parameters;
  std::vector<Unit> units;
  std::vector<Term> actors;     // whom the rules speak to
  std::vector<Term> documents;  // documented information that items name in `records`

  [[nodiscard]] const Part* part(std::string_view part_id) const;
  [[nodiscard]] const Parameter* parameter(std::string_view parameter_id) const;
};

// The title, or the statement where there is none.
const std::string& label(const Item& item, Language language);

}  // namespace genmei::standard
