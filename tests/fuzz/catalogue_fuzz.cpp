// Own standards: an input that begins with "id:" as YAML, all else as a table. A catalogue that is accepted can be
// added to a library, and every parent stands before its children.
#include "base/sheet.hpp"
#include "input.hpp"
#include "standard/import_catalogue.hpp"
#include "standard/library.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace genmei;
  const auto text = fuzz::text(data, size);
  const auto read = [&]() -> Result<standard::Catalogue> {
    if (text.starts_with("id:")) {
      GENMEI_LET(file, yaml::parse(text, "own.yaml"));
      return standard::catalogue_from_yaml(file);
    }
    GENMEI_LET(book, sheet::read_csv(text));
    return standard::catalogue_from_sheet(book, {"own", "1", {"自社", "Own"}});
  };
  auto catalogue = read();
  if (!catalogue) {
    fuzz::must(!catalogue.problems().empty());
    return 0;
  }
  for (const auto& part : catalogue->parts) {
    for (std::size_t i = 0; i < part.items.size(); ++i) {
      const auto& item = part.items[i];
      fuzz::must(item.parent < static_cast<std::int32_t>(i));
      fuzz::must(item.evaluation < static_cast<std::int32_t>(part.evaluations.size()));
    }
  }
  standard::Library library;
  const auto added = library.add(std::move(*catalogue));
  fuzz::must(added.ok() || !added.problems().empty());
  return 0;
}
