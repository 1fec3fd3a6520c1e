// The description of a service, as `genmei derive` reads it: whatever is accepted can be derived.
#include "input.hpp"
#include "method/derive.hpp"

namespace {

using namespace genmei;

struct Shipped {
  standard::Library library;
  method::Knowledge knowledge;
};

const Shipped& shipped() {
  static const Shipped loaded = [] {
    const std::string data = std::string(GENMEI_SOURCE_DIR) + "/data";
    auto library = standard::Library::load(data);
    fuzz::must(library.ok());
    auto knowledge = method::Knowledge::load(data, *library);
    fuzz::must(knowledge.ok());
    return Shipped{std::move(*library), std::move(*knowledge)};
  }();
  return loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = yaml::parse(fuzz::text(data, size), "service.yaml");
  if (!file) return 0;
  const auto facts = method::parse_facts(shipped().knowledge, *file);
  if (!facts) fuzz::must(!facts.problems().empty());
  return 0;
}
