// Finding a service type as people name it.
#include <algorithm>

#include "method/knowledge.hpp"

namespace genmei::method {
namespace {

// Folded, and without anything that separates words: "電話会議、TV会議" and "電話会議/ＴＶ 会議" are the same.
std::string bare(std::string_view text) {
  std::string folded = fold(text);
  for (const std::string_view mark : {"・", "、", "。", "「", "」", "〜"}) folded = replace_all(folded, mark, "");
  std::erase_if(folded, [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 0x80 && !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  });
  return folded;
}

}  // namespace

void Knowledge::index_types() {
  const auto note = [](auto& map, std::string_view name, std::uint16_t place) {
    if (name.empty()) return;
    auto& list = map[bare(name)];
    if (std::find(list.begin(), list.end(), place) == list.end()) list.push_back(place);
  };
  for (std::uint16_t i = 0; i < types.size(); ++i) {
    const auto& type = types[i];
    note(type_names_, type.id, i);
    note(type_names_, type.name.ja, i);
    note(type_names_, type.name.en, i);
    for (const auto& alias : type.aliases) note(type_names_, alias, i);
    note(type_families_, type.family, i);
  }
}

const ServiceType* Knowledge::type(std::string_view id) const {
  for (const auto& one : types) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

std::vector<const ServiceType*> Knowledge::types_named(std::string_view text) const {
  std::vector<const ServiceType*> out;
  if (const auto* const exact = type(text)) return {exact};
  const auto name = bare(text);
  for (const auto* map : {&type_names_, &type_families_}) {
    const auto found = map->find(name);
    if (found == map->end()) continue;
    for (const auto place : found->second) out.push_back(&types[place]);
    return out;
  }
  return out;
}

std::vector<const ServiceType*> Knowledge::search_types(std::string_view text) const {
  const auto wanted = bare(text);
  std::vector<std::pair<int, const ServiceType*>> scored;
  for (const auto& type : types) {
    int best = wanted.empty() ? 1 : 0;
    const auto look = [&](std::string_view name, int weight) {
      const auto folded = bare(name);
      if (wanted.empty() || folded.empty()) return;
      if (folded == wanted) {
        best = std::max(best, 10 * weight);
      } else if (folded.starts_with(wanted)) {
        best = std::max(best, 5 * weight);
      } else if (folded.find(wanted) != std::string::npos) {
        best = std::max(best, 2 * weight);
      }
    };
    look(type.name.ja, 3);
    look(type.name.en, 3);
    look(type.id, 3);
    for (const auto& alias : type.aliases) look(alias, 3);
    look(type.family, 2);
    look(type.scope.ja, 1);
    look(type.scope.en, 1);
    if (best > 0) scored.emplace_back(best, &type);
  }
  std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const ServiceType*> out;
  out.reserve(scored.size());
  for (const auto& [score, type] : scored) out.push_back(type);
  return out;
}

}  // namespace genmei::method
