#include "standard/import.hpp"
#include "standard/library.hpp"

namespace genmei::standard {

std::vector<ExpectedItem> expected_items(const Library& library) {
  std::vector<ExpectedItem> expected;
  for (const auto& catalogue : library.catalogues()) {
    if (catalogue->own) continue;  // an organisation's own standard has no official text
    for (const auto& part : catalogue->parts) {
      if (!part.complete) continue;  // a frame: its items come from the document
      for (const auto& item : part.items) {
        expected.push_back({catalogue->id, part.id, item.id, item.kind, item.title.ja});
      }
    }
  }
  return expected;
}

Result<ImportResult> import_official(std::string_view bytes, const Library& library) {
  return import_official(bytes, expected_items(library));
}

}  // namespace genmei::standard
