// JSON: what is read and written again is the same value, and the canonical form is its own canonical form.
#include "base/json.hpp"
#include "input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace genmei;
  const auto value = json::parse(fuzz::text(data, size));
  if (!value) {
    fuzz::must(!value.problems().empty());
    return 0;
  }
  const auto written = json::write(*value);
  const auto again = json::parse(written);
  fuzz::must(again.ok());
  fuzz::must(json::write(*again) == written);
  const auto canonical = json::canonical(*value);
  const auto back = json::parse(canonical);
  fuzz::must(back.ok());
  fuzz::must(json::canonical(*back) == canonical);
  return 0;
}
