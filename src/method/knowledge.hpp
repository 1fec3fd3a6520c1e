// What the study report knows, as data: service types, components, assets, threats, which threat acts on which asset,
// and which control counters which threat. Loaded once from data/method and checked against the library; never changed.
// Everything is addressed by dense indices in file order, so that results keep the same order every time.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "method/pattern.hpp"
#include "standard/library.hpp"

namespace genmei::method {

inline constexpr std::size_t max_threats = 64;
inline constexpr std::size_t max_assets = 64;
inline constexpr std::size_t max_components = 32;
using ThreatSet = std::bitset<max_threats>;
using AssetSet = std::bitset<max_assets>;
using ComponentSet = std::bitset<max_components>;

enum class Property : std::uint8_t { confidentiality, integrity, availability };
std::string_view code(Property property);    // "confidentiality", ...
std::string_view letter(Property property);  // "C", "I", "A"
const Bilingual& label(Property property);
enum class Cause : std::uint8_t { malicious, negligent, environment };
std::string_view code(Cause cause);
const Bilingual& label(Cause cause);

// A service type of figures 23 and 24. Confidentiality and availability are absent where the report leaves them open.
struct ServiceType {
  enum class Standing : std::uint8_t {
    listed,       // figure 24 gives a pattern
    by_marks,     // only the marks of figure 23 give one
    conflict,     // figure 24 and figure 23 differ; the list counts, the conflict is shown
    inherits,     // availability comes from the service it hosts
    undetermined  // has to be judged
  };
  std::string id;
  Bilingual name;
  Bilingual scope;
  std::string category;  // Japanese group of figure 23
  std::string family;    // shared by variants of one type: "文書管理"
  std::string variant;   // "with-important-documents"; empty without variants
  std::vector<std::string> aliases;
  std::optional<Grade> confidentiality;
  std::optional<Grade> availability;
  std::string confidentiality_reason;  // code in Knowledge::reasons
  std::string availability_reason;
  std::optional<int> pattern;
  std::optional<int> pattern_fig23;
  std::optional<int> pattern_fig24;
  std::vector<int> candidates;  // where there is no pattern
  std::vector<Grade> availability_options;
  Standing standing = Standing::listed;
  Bilingual note;  // oddities of the source worth showing; may be empty
};

struct Asset {
  enum class Kind : std::uint8_t { component, data, log };
  std::string id;
  Bilingual name;
  Kind kind = Kind::component;
  std::uint16_t component = 0;
  Bilingual reason;  // why these threats act on it
};

struct Component {
  std::string id;
  Bilingual name;
  int class_no = 0;  // 1..4
  std::vector<std::uint16_t> assets;
};

struct ComponentClass {
  int no = 0;
  std::string id;
  Bilingual name;
};

struct Threat {
  std::string id;
  Bilingual name;
  std::vector<std::string> part3_sections;  // figure 41: where part III treats it
};

// One threat acting directly on one property of one asset from one cause.
struct Placement {
  std::uint16_t asset = 0;
  Property property = Property::confidentiality;
  Cause cause = Cause::malicious;
  std::uint16_t threat = 0;
};

// A control that counters a threat.
struct Countermeasure {
  standard::Index item = 0;
  std::uint16_t threat = 0;
  standard::How how = standard::How::prevent;
  std::uint16_t rank = 0;  // order of importance within threat, standard and how
};

// One of the four system configurations (figures 25-28).
struct Case {
  int no = 0;
  Bilingual name;
  bool external_operator = false;
  bool service_linkage = false;
  bool server_linkage = false;
  std::vector<Bilingual> remarks;
};

struct Party {
  std::string id;
  Bilingual name;
};

// An activity and who may carry it out (figure 29).
struct Activity {
  std::string id;
  Bilingual name;
  std::vector<std::string> parties;
  std::vector<std::uint16_t> components;
};

// A rule of the method that a trace can cite ("R6").
struct MethodRule {
  std::string id;
  Bilingual text;
  std::string source;
};

struct Cell {  // of figure 33
  Cause cause = Cause::malicious;
  std::string loss;  // confidentiality, integrity, availability, or disaster, infrastructure, environment, degradation
  std::vector<std::uint16_t> threats;
};

class Knowledge {
 public:
  // Reads <data_dir>/method. Every id must exist, in the library too. Errors: method.* with file:line.
  static Result<Knowledge> load(const std::string& data_dir, const standard::Library& library);
  // The same knowledge over a library that has more catalogues (own standards whose items name threats).
  // Errors: method.unknown-threat.
  [[nodiscard]] Result<Knowledge> with(const standard::Library& library) const;

  std::vector<ServiceType> types;
  std::vector<ComponentClass> classes;
  std::vector<Component> components;
  std::vector<Asset> assets;
  std::vector<Threat> threats;
  std::vector<Cell> cells;                      // figure 33
  std::vector<Placement> placements;            // by asset, then property, then cause, then order of figure 33
  std::vector<Countermeasure> countermeasures;  // shipped and own, by threat, then in the order of importance
  std::vector<Case> cases;
  std::vector<Party> parties;
  std::vector<Activity> activities;
  std::vector<MethodRule> rules;
  std::unordered_map<std::string, Bilingual> reasons;  // reason codes of types

  [[nodiscard]] std::optional<std::uint16_t> asset(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> component(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> threat(std::string_view id) const;
  [[nodiscard]] const MethodRule* rule(std::string_view id) const;
  [[nodiscard]] std::span<const Placement> placements_of(std::uint16_t asset) const;
  // Where a threat acts, by asset, then property, then cause.
  [[nodiscard]] std::span<const Placement> placements_with(std::uint16_t threat) const;
  [[nodiscard]] std::span<const Countermeasure> countermeasures_of(std::uint16_t threat) const;

  // What a part demands, in document order. Filled when bound to a library, so that deriving walks over short lists.
  struct Demand {
    standard::Index item = 0;
    std::vector<Countermeasure> helps;  // the threats it counters, strongest effect first
    std::int32_t parent = -1;           // of evaluation items: place of their measure in the same list, or -1
    ThreatSet counters;                 // threats it prevents, detects or limits
    ThreatSet recovers;                 // threats it only recovers from: counts for integrity and availability alone
  };
  struct Plan {
    const standard::Catalogue* catalogue = nullptr;
    const standard::Part* part = nullptr;
    std::vector<Demand> demands;
  };
  std::vector<Plan> plans;

  // ---- service types (S02)
  [[nodiscard]] const ServiceType* type(std::string_view id) const;
  // By id, name or alias, else by the family of variants; folded, without spaces and marks: "文書管理" gives both
  // variants.
  [[nodiscard]] std::vector<const ServiceType*> types_named(std::string_view text) const;
  // As somebody types it: best first, ties in file order; everything when `text` is empty.
  [[nodiscard]] std::vector<const ServiceType*> search_types(std::string_view text) const;

 private:
  friend class KnowledgeReader;
  void index_types();
  Result<void> bind(const standard::Library& library);
  void plan(const standard::Library& library);
  void index();
  std::vector<Countermeasure> shipped_;
  std::vector<Placement> placements_by_threat_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> placement_ranges_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> threat_ranges_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> countermeasure_ranges_;
  std::unordered_map<std::string, std::uint16_t> asset_ids_;
  std::unordered_map<std::string, std::uint16_t> component_ids_;
  std::unordered_map<std::string, std::uint16_t> threat_ids_;
  std::unordered_map<std::string, std::vector<std::uint16_t>> type_names_;     // of names and aliases, folded
  std::unordered_map<std::string, std::vector<std::uint16_t>> type_families_;  // folded
};

}  // namespace genmei::method
