// What the organisation brings of its own to the standards: official wording of documents it holds (kept in its data,
// never in the product), its own catalogues, imported part III of the guideline, and company values of the model
// regulation.
#pragma once

#include <unordered_map>

#include "operate/workspace.hpp"

namespace genmei::operate {

Result<void> create_official_tables(store::Connection& connection);

struct ImportedWording {
  std::string document;
  std::int64_t placed = 0;
  std::vector<std::pair<std::string, std::string>> unplaced;  // place, excerpt
  Problems warnings;
};
// Reads a document (PDF or text) and, with `apply`, keeps its wording. Part III of the guideline becomes a catalogue.
Result<ImportedWording> import_official(Workspace& workspace, std::string_view bytes, bool apply);
// Numbered items with official wording, by standard.
Result<std::map<std::string, std::int64_t>> official_counts(const Workspace& workspace);
// The wording of an item by key; empty where none was imported.
Result<std::string> official_wording(const Workspace& workspace, const std::string& key);

struct OwnStandard {
  std::string id;
  std::string title;
  std::int64_t items = 0;
};
// YAML or xlsx (docs/own-standards.md).
Result<OwnStandard> import_own_standard(Workspace& workspace, std::string_view bytes, const std::string& name,
                                        bool apply);
// A file of the data folder's standards/ as a catalogue: .yaml, .xlsx, or .part3 (text of guideline part III).
Result<standard::Catalogue> own_catalogue(const std::string& bytes, const std::string& name,
                                          const standard::Library& library);

// Values that differ from the regulation's defaults, by parameter.
Result<std::unordered_map<std::string, std::string>> parameter_values(const Workspace& workspace);
// Empty text goes back to the default. Errors: parameter.unknown, parameter.value (with the bounds).
Result<void> set_parameter(Workspace& workspace, const std::string& id, const std::string& value);

}  // namespace genmei::operate
