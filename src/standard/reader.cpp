#include "standard/reader.hpp"

#include <algorithm>

namespace genmei::standard {

void Reader::complain(const yaml::Node& node, std::string code, std::string_view what, std::string detail) {
  const auto place = file_.at(node);
  if (detail.empty()) detail = code + " " + std::string(what);
  problems_.add(problem(Failure::invalid, std::move(code), place, {{"field", std::string(what)}, {"place", place}},
                        place + ": " + detail));
}

std::string Reader::text(const yaml::Node& map, std::string_view key) {
  const auto& node = map[key];
  if (node.is_scalar() && !node.text.empty()) return node.text;
  complain(node.is_null() ? map : node, "standard.required", key, "'" + std::string(key) + "' is required");
  return {};
}

Bilingual Reader::both_here(const yaml::Node& map) {
  Bilingual out{text(map, "ja"), text(map, "en")};
  for (const auto& one : {out.ja, out.en}) {
    if (!one.empty() && trim(one).empty()) complain(map, "standard.required", "ja, en", "a text is blank");
  }
  return out;
}

Bilingual Reader::both(const yaml::Node& map, std::string_view key) {
  const auto& node = map[key];
  if (node.is_map()) return both_here(node);
  complain(node.is_null() ? map : node, "standard.required", key, "'" + std::string(key) + "' needs ja and en");
  return {};
}

Bilingual Reader::both_if(const yaml::Node& map, std::string_view key) {
  return map.has(key) ? both(map, key) : Bilingual{};
}

std::vector<Bilingual> Reader::pairs(const yaml::Node& map, std::string_view key) {
  const auto& node = map[key];
  if (node.is_null()) return {};
  auto ja = node["ja"].strings();
  auto en = node["en"].strings();
  if (ja.size() != en.size()) {
    complain(node, "standard.languages", key,
             "ja has " + std::to_string(ja.size()) + " entries, en " + std::to_string(en.size()));
    return {};
  }
  std::vector<Bilingual> out;
  out.reserve(ja.size());
  for (std::size_t i = 0; i < ja.size(); ++i) out.push_back({std::move(ja[i]), std::move(en[i])});
  return out;
}

const std::vector<yaml::Node>& Reader::list(const yaml::Node& map, std::string_view key) {
  const auto& node = map[key];
  if (!node.is_list()) {
    complain(node.is_null() ? map : node, "standard.required", key, "'" + std::string(key) + "' has to be a list");
  }
  return node.items;
}

void Reader::only(const yaml::Node& map, std::initializer_list<std::string_view> known) {
  for (const auto& [name, node] : map.members) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      complain(node, "standard.unknown-field", name, "unknown field '" + name + "'");
    }
  }
}

}  // namespace genmei::standard
