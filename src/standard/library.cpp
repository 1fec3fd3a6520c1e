#include "standard/library.hpp"

#include <malloc.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "standard/reader.hpp"
#include "standard/search.hpp"

namespace genmei::standard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view relations[] = {"equal", "subset", "superset", "intersects"};

std::vector<std::string> sorted_children(const std::string& folder, bool folders) {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory() == folders && (folders || entry.path().extension() == ".yaml")) {
      out.push_back(entry.path().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<Vocabulary> load_vocabulary(const std::string& path) {
  GENMEI_LET(file, yaml::load(path));
  Problems problems;
  Reader reader(file, problems);
  Vocabulary out;
  for (const auto& [area, words] : file.root.members) {
    for (const auto& [word, label] : words.members) out[area].emplace(word, reader.both_here(label));
  }
  if (!problems.empty()) return problems;
  return out;
}

}  // namespace

std::string_view code(Relation relation) { return relations[static_cast<std::size_t>(relation)]; }

Library::Library()
    : mappings_(std::make_shared<MappingSet>()),
      vocabulary_(std::make_shared<Vocabulary>()),
      search_texts_(std::make_shared<SearchTexts>()) {}

Result<Library> Library::load(const std::string& data_dir) {
  Library library;
  const auto folders = sorted_children(data_dir + "/standards", /*folders=*/true);
  if (folders.empty()) {
    return problem(Failure::invalid, "standard.missing", data_dir + "/standards", {{"path", data_dir + "/standards"}},
                   data_dir + "/standards: no standards found");
  }
  GENMEI_LET(vocabulary, load_vocabulary(data_dir + "/standards/vocabulary.yaml"));
  library.vocabulary_ = std::make_shared<const Vocabulary>(std::move(vocabulary));

  // Folders are independent of each other; the biggest one sets the time.
  std::vector<std::future<Result<Catalogue>>> pending;
  pending.reserve(folders.size());
  for (const auto& folder : folders) {
    pending.push_back(std::async(std::launch::async, [&folder] { return load_catalogue(folder); }));
  }
  Problems problems;
  for (auto& one : pending) {
    auto catalogue = one.get();
    if (!catalogue) {
      problems.add(std::move(catalogue).problems());
    } else if (auto added = library.add(std::move(*catalogue)); !added) {
      problems.add(std::move(added).problems());
    }
  }
  if (!problems.empty()) return problems;
  library.check_codes(problems);

  auto mappings = std::make_shared<MappingSet>();
  for (const auto& path : sorted_children(data_dir + "/mappings", /*folders=*/false)) {
    GENMEI_LET(file, yaml::load(path));
    library.read_mapping(file, *mappings, problems);
  }
  if (!problems.empty()) return problems;
  library.mappings_ = std::move(mappings);
  malloc_trim(0);  // the parsed trees were several times larger than what is kept
  return library;
}

Result<void> Library::add(Catalogue catalogue) {
  const auto refuse = [&](std::string code, std::string what) -> Problem {
    return problem(Failure::conflict, std::move(code), catalogue.id, {{"standard", catalogue.id}, {"item", what}},
                   catalogue.id + ": " + what);
  };
  if (this->catalogue(catalogue.id) != nullptr) return refuse("standard.exists", catalogue.id);
  std::size_t count = 0;
  for (const auto& part : catalogue.parts) {
    std::unordered_map<std::string_view, std::size_t> seen;
    for (const auto& item : part.items) {
      if (!seen.emplace(item.id, 0).second) return refuse("standard.duplicate-item", part.id + "/" + item.id);
    }
    count += part.items.size();
  }
  if (count == 0) return refuse("standard.empty", catalogue.id);
  catalogues_.push_back(std::make_shared<const Catalogue>(std::move(catalogue)));
  index(catalogues_.back());
  search_texts_ = std::make_shared<SearchTexts>();
  return {};
}

void Library::index(const std::shared_ptr<const Catalogue>& catalogue) {
  for (const auto& part : catalogue->parts) {
    const auto first = static_cast<Index>(entries_.size());
    for (const auto& item : part.items) {
      const auto at = static_cast<Index>(entries_.size());
      Entry entry;
      entry.catalogue = catalogue.get();
      entry.part = &part;
      entry.item = &item;
      if (item.parent != none) {
        entry.parent = first + static_cast<Index>(item.parent);
        children_[*entry.parent].push_back(at);
      }
      entry.key = catalogue->id + "/" + part.id + "/" + item.id;
      entry.reference = part.prefix + item.id;
      by_key_.emplace(entry.key, at);
      by_reference_.emplace(entry.reference, at);
      entries_.push_back(std::move(entry));
      children_.emplace_back();
    }
  }
}

void Library::check_codes(Problems& problems) const {
  for (const auto& entry : entries_) {
    const auto& item = *entry.item;
    const auto check = [&](std::string_view area, const std::string& word) {
      if (word.empty() || label(area, word) != nullptr) return;
      problems.add(problem(Failure::invalid, "standard.unknown-code", entry.key,
                           {{"area", std::string(area)}, {"field", word}},
                           entry.key + ": unknown " + std::string(area) + " '" + word + "'"));
    };
    check("nature", item.nature);
    check("cycle", item.cycle);
    check("by", item.by);
    for (const auto& word : item.evidence) check("evidence", word);
    for (const auto& word : item.customer) check("customer", word);
    for (const auto& word : item.properties) check("property", word);
    for (const auto& word : item.stakeholders) check("stakeholder", word);
    if (item.evaluation != none) {
      check("unit", entry.part->evaluations[static_cast<std::size_t>(item.evaluation)].unit);
    }
  }
}

const Catalogue* Library::catalogue(std::string_view standard) const {
  for (const auto& one : catalogues_) {
    if (one->id == standard) return one.get();
  }
  return nullptr;
}

const Part* Library::part(std::string_view standard, std::string_view part) const {
  const auto* const found = catalogue(standard);
  return found == nullptr ? nullptr : found->part(part);
}

std::optional<Index> Library::find(std::string_view key) const {
  const auto found = by_key_.find(std::string(key));
  if (found == by_key_.end()) return std::nullopt;
  return found->second;
}

std::optional<Index> Library::find(std::string_view standard, std::string_view part, std::string_view id) const {
  std::string key(standard);
  key.append("/").append(part).append("/").append(id);
  return find(key);
}

std::vector<Index> Library::by_reference(std::string_view reference, std::string_view standard) const {
  std::vector<Index> out;
  const auto [first, last] = by_reference_.equal_range(std::string(reference));
  for (auto it = first; it != last; ++it) {
    if (standard.empty() || entries_[it->second].catalogue->id == standard) out.push_back(it->second);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<Index> Library::resolve(std::string_view text) const {
  text = trim(text);
  if (const auto exact = find(text)) return {*exact};
  auto out = by_reference(text);
  if (!out.empty()) return out;
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return by_reference(upper);
}

std::vector<Index> Library::items(std::string_view standard, std::string_view part) const {
  std::vector<Index> out;
  for (Index i = 0; i < entries_.size(); ++i) {
    if (entries_[i].catalogue->id == standard && (part.empty() || entries_[i].part->id == part)) out.push_back(i);
  }
  return out;
}

std::vector<Index> Library::children(Index index) const { return children_[index]; }

std::vector<Index> Library::roots(std::string_view standard, std::string_view part) const {
  auto out = items(standard, part);
  std::erase_if(out, [&](Index i) { return entries_[i].parent.has_value(); });
  return out;
}

Counts Library::counts(std::string_view standard, std::string_view part) const {
  Counts out;
  const auto* const found = this->part(standard, part);
  if (found == nullptr) return out;
  for (const auto& item : found->items) {
    switch (item.kind) {
      case Kind::chapter:
        ++out.chapters;
        break;
      case Kind::section:
        ++out.sections;
        break;
      case Kind::control:
        ++out.controls;
        break;
      case Kind::detail:
        ++out.details;
        break;
      case Kind::clause:
        ++out.clauses;
        break;
      case Kind::item:
        ++out.items;
        break;
      case Kind::best_practice:
        ++out.best_practices;
        break;
      case Kind::evaluation_item:
        ++out.evaluation_items;
        break;
    }
    out.rules += item.rules.size();
  }
  return out;
}

const Bilingual* Library::label(std::string_view area, std::string_view code) const {
  const auto words = vocabulary_->find(std::string(area));
  if (words == vocabulary_->end()) return nullptr;
  const auto found = words->second.find(std::string(code));
  return found == words->second.end() ? nullptr : &found->second;
}

std::optional<Index> Library::twin(Index index) const {
  const auto& entry = entries_[index];
  const std::string_view other = entry.part->id == "control" ? "basic-assertion" : "control";
  if (entry.part->id != "control" && entry.part->id != "basic-assertion") return std::nullopt;
  return find(entry.catalogue->id, other, entry.item->id);
}

std::vector<Hit> Library::search(std::string_view text, std::size_t limit, std::string_view standard) const {
  return search_texts_->search(entries_, text, limit, standard);
}

}  // namespace genmei::standard
