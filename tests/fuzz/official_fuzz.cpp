// Official documents as text. The first byte chooses the document, so that every importer is reached; what comes back
// has places inside the text and items that were expected.
#include <array>

#include "base/text.hpp"
#include "input.hpp"
#include "standard/import.hpp"

namespace {

using genmei::standard::ExpectedItem;
using genmei::standard::Kind;

const std::vector<ExpectedItem>& expected() {
  static const std::vector<ExpectedItem> items = [] {
    std::vector<ExpectedItem> list;
    for (const std::string part : {"governance", "management", "control", "basic-assertion"}) {
      for (const auto& [id, kind] : {std::pair<std::string, Kind>{"1", Kind::chapter},
                                     {"1.1", Kind::section},
                                     {"1.1.1", Kind::control},
                                     {"1.1.1.1", Kind::detail},
                                     {"1.1.1.2", Kind::detail},
                                     {"2", Kind::chapter},
                                     {"2.10", Kind::section},
                                     {"C", Kind::chapter}}) {
        list.push_back({"cloud-ism-2013", part, id, kind, ""});
      }
    }
    for (const std::string id : {"A.5.1", "A.5.2", "A.5.10", "A.6.1"}) {
      list.push_back({"iso27001-2022", "annex-a", id, Kind::control, ""});
    }
    return list;
  }();
  return items;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace genmei;
  if (size == 0) return 0;
  static const std::array<std::string, 6> heads = {
      "",
      "Ⅲ. ガバナンス基準 \n",
      "Ⅲ. ガバナンス基準 \nⅤ. 管理策基準 \n\n",
      "Ⅲ．１．１．１【基本】 \n",
      "図表 38 例 \n",
      "_____\n_____\n_____\n_____\n_____\n_____\n_____\n_____\n_____\n_____\n"};
  const auto text = heads[data[0] % heads.size()] + std::string(fuzz::text(data + 1, size - 1));
  if (text.starts_with("%PDF")) return 0;
  const auto result = standard::import_official(text, expected());
  if (!result) {
    fuzz::must(!result.problems().empty());
    return 0;
  }
  std::size_t lines = 1;
  for (const char c : text) lines += c == '\n' || c == '\f';
  for (const auto& item : result->items) {
    fuzz::must(item.place.first_line > 0 && item.place.first_line <= item.place.last_line &&
               item.place.last_line <= lines);
    fuzz::must(valid_utf8(item.wording) && valid_utf8(item.body) && valid_utf8(item.objective));
  }
  for (const auto& block : result->unplaced) {
    fuzz::must(block.place.first_line > 0 && block.place.last_line <= lines && valid_utf8(block.excerpt));
  }
  for (const auto& one : result->counts) {
    fuzz::must(one.expected == 0 || one.found <= one.expected);
  }
  return 0;
}
