// Declarations of kinds, and the query of a list against one that is known to be good. An input that begins with "?" is
// a query: pairs parted by "&".
#include "base/text.hpp"
#include "input.hpp"
#include "record/record.hpp"

namespace {

using namespace genmei;

const record::Registry& registry() {
  static const record::Registry loaded = [] {
    auto result = record::Registry::load(std::string(GENMEI_SOURCE_DIR) + "/data/kinds");
    fuzz::must(result.ok());
    return std::move(*result);
  }();
  return loaded;
}

void query(std::string_view rest) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!rest.empty() && pairs.size() < 50) {
    auto pair = fuzz::take(rest, '&');
    const std::string name(fuzz::take(pair, '='));
    pairs.emplace_back(name, std::string(pair));
    if (!valid_utf8(pairs.back().first) || !valid_utf8(pairs.back().second)) return;
  }
  const auto* kind = registry().find("assessment");
  fuzz::must(kind != nullptr);
  const auto parsed = record::parse_query(*kind, registry(), pairs, "0123456789abcdefghjkmnpqrs", "2026-03-31");
  if (!parsed) {
    fuzz::must(!parsed.problems().empty());
    return;
  }
  fuzz::must(parsed->limit >= 0 && parsed->offset >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::text(data, size);
  if (text.starts_with('?')) {
    query(text.substr(1));
    return 0;
  }
  const auto file = yaml::parse(text, "kind.yaml");
  if (!file) return 0;
  const auto loaded = record::Registry::from_files({*file});
  if (!loaded) {
    fuzz::must(!loaded.problems().empty());
    return 0;
  }
  // Names become identifiers of SQL.
  for (const auto& kind : loaded->kinds()) {
    fuzz::must(loaded->find(kind.id) == &kind);
    for (const auto& field : kind.fields) {
      for (const char c : field.name) fuzz::must((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    }
  }
  return 0;
}
