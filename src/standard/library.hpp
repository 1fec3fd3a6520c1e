// The library: all catalogues and the mappings between them, indexed. A value: copying is cheap (catalogues are shared
// and never change). A server holds a shared_ptr<const Library>; to add an organisation's own standard it copies the
// library, adds, and swaps the pointer, so readers never see a half-made index. `Index` numbers are dense, in document
// order, and stay the same when catalogues are added.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "base/yaml.hpp"
#include "standard/catalogue.hpp"

namespace genmei::standard {

using Index = std::uint32_t;

// An item with its place. Pointers live as long as the library (or any copy of it).
struct Entry {
  const Catalogue* catalogue = nullptr;
  const Part* part = nullptr;
  const Item* item = nullptr;
  std::optional<Index> parent;
  std::string key;        // "cloud-ism-2013/control/6.4.1": used in records and URLs
  std::string reference;  // "V:6.4.1", "A.5.1", "II.5.2.1": as people read it
};

// How two items relate: read "the asked item is ... the other".
enum class Relation : std::uint8_t { equal, subset, superset, intersects };
std::string_view code(Relation relation);

struct Link {
  Index other = 0;
  Relation relation = Relation::intersects;
  double strength = 0;              // 0..1: how far carrying out the mapping's source also carries out its target
  bool outgoing = true;             // the asked item is the mapping's source
  std::string_view status;          // "expert-judgement"
  const Bilingual* note = nullptr;  // remark of who judged; may be null
};

// What a mapping says of an item that has no full counterpart on the other side.
struct MappingRemark {
  std::string standard;  // the other side
  bool partly = false;   // partly mapped; false: not mapped at all
  Bilingual text;
};

// Labels of the codes used in items: vocabulary("nature", "policy") -> 方針・規程.
using Vocabulary = std::unordered_map<std::string, std::unordered_map<std::string, Bilingual>>;

struct Counts {
  std::size_t chapters = 0;
  std::size_t sections = 0;
  std::size_t controls = 0;
  std::size_t details = 0;
  std::size_t clauses = 0;
  std::size_t items = 0;
  std::size_t best_practices = 0;
  std::size_t evaluation_items = 0;
  std::size_t rules = 0;
};

struct Hit {
  Index index = 0;
  double score = 0;  // greater is better
};

class Library {
 public:
  // Reads <data_dir>/standards and <data_dir>/mappings. Every broken file is reported with file:line; one problem is
  // enough to fail. Errors: standard.* and yaml.*.
  static Result<Library> load(const std::string& data_dir);
  Library();

  // Adds a catalogue of the organisation. Errors: standard.exists, standard.duplicate-item, standard.empty.
  Result<void> add(Catalogue catalogue);

  [[nodiscard]] const std::vector<std::shared_ptr<const Catalogue>>& catalogues() const { return catalogues_; }
  [[nodiscard]] const Catalogue* catalogue(std::string_view standard) const;
  [[nodiscard]] const Part* part(std::string_view standard, std::string_view part) const;

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const Entry& entry(Index index) const { return entries_[index]; }
  // "standard/part/id".
  [[nodiscard]] std::optional<Index> find(std::string_view key) const;
  [[nodiscard]] std::optional<Index> find(std::string_view standard, std::string_view part, std::string_view id) const;
  // Printed reference, in all standards or in one. Several standards may print the same one.
  [[nodiscard]] std::vector<Index> by_reference(std::string_view reference, std::string_view standard = {}) const;
  // Key or printed reference, as people type it; empty when unknown, several when ambiguous.
  [[nodiscard]] std::vector<Index> resolve(std::string_view text) const;

  [[nodiscard]] std::vector<Index> items(std::string_view standard, std::string_view part = {}) const;
  [[nodiscard]] std::vector<Index> children(Index index) const;
  [[nodiscard]] std::vector<Index> roots(std::string_view standard, std::string_view part) const;
  // Folded search over reference, title, statement and question; best first, ties in document order.
  [[nodiscard]] std::vector<Hit> search(std::string_view text, std::size_t limit = 50,
                                        std::string_view standard = {}) const;
  [[nodiscard]] Counts counts(std::string_view standard, std::string_view part) const;
  // Mappings from and to the item, strongest first.
  [[nodiscard]] std::vector<Link> links(Index index) const;
  [[nodiscard]] std::vector<MappingRemark> remarks(Index index) const;
  // Areas: nature, cycle, evidence, customer, property, stakeholder, by, unit. Null where the code is unknown.
  [[nodiscard]] const Bilingual* label(std::string_view area, std::string_view code) const;
  [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }
  // The item of another part with the same duty (control <-> basic-assertion).
  [[nodiscard]] std::optional<Index> twin(Index index) const;

  // `{{parameter}}` filled with defaults or the house's own `values` (parameter id -> value as text).
  [[nodiscard]] std::string rule_text(const Catalogue& catalogue, const Rule& rule, Language language,
                                      const std::unordered_map<std::string, std::string>& values = {}) const;

 private:
  struct Mapping {
    Index source = 0;
    Index target = 0;
    Relation relation = Relation::intersects;
    double strength = 0;
    std::int32_t note = none;  // index in notes
    std::uint32_t status = 0;
  };
  struct MappingSet {
    std::vector<Mapping> list;
    std::vector<std::string> statuses;
    std::vector<Bilingual> notes;
    std::unordered_multimap<Index, std::uint32_t> by_item;
    std::unordered_multimap<Index, MappingRemark> remarks;
  };
  struct SearchTexts;  // folded texts, built at the first search

  void index(const std::shared_ptr<const Catalogue>& catalogue);
  void read_mapping(const yaml::File& file, MappingSet& into, Problems& problems) const;
  void check_codes(Problems& problems) const;

  std::vector<std::shared_ptr<const Catalogue>> catalogues_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, Index> by_key_;
  std::unordered_multimap<std::string, Index> by_reference_;
  std::vector<std::vector<Index>> children_;
  std::shared_ptr<const MappingSet> mappings_;
  std::shared_ptr<const Vocabulary> vocabulary_;
  std::shared_ptr<SearchTexts> search_texts_;
};

// Reads one shipped standard's folder (standard.yaml and the files it names).
Result<Catalogue> load_catalogue(const std::string& folder);
// An organisation's own standard; format in docs/own-standards.md. Errors: standard.required, standard.unknown-field,
// standard.duplicate-item, standard.unknown-parent, standard.value.
Result<Catalogue> catalogue_from_yaml(const yaml::File& file);

// The same format: catalogue_from_yaml gives an equal catalogue back. For catalogues that came from elsewhere (xlsx,
// guideline part III) and are kept as files.
std::string to_yaml(const Catalogue& catalogue);

// A parameter's value as a rule text shows it. `value` empty: the default.
std::string render_parameter(const Catalogue& catalogue, const Parameter& parameter, Language language,
                             std::string_view value = {}, bool after_every = false);

}  // namespace genmei::standard
