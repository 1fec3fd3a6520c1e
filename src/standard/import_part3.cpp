#include <unordered_map>

#include "standard/import_catalogue.hpp"

namespace genmei::standard {

namespace {

// "III.2.3.1.a" stands below "III.2.3.1", "III.2" below nothing.
std::int32_t parent_of(std::string id, const std::unordered_map<std::string, std::int32_t>& places) {
  for (auto dot = id.rfind('.'); dot != std::string::npos; dot = id.rfind('.')) {
    id.resize(dot);
    if (const auto it = places.find(id); it != places.end()) return it->second;
  }
  return none;
}

}  // namespace

Result<Catalogue> catalogue_from_import(const ImportResult& result) {
  Part part;
  part.id = "III";
  part.title = {"物理的・技術的対策編", "Part III: Physical and technical measures"};
  std::unordered_map<std::string, std::int32_t> places;
  bool basic = true;  // of the item that best practices and evaluation items belong to
  for (const auto& one : result.items) {
    if (one.part != "III" || one.id.empty()) continue;
    Item item;
    item.id = one.id;
    item.kind = one.kind;
    item.parent = parent_of(one.id, places);
    if (one.basic) basic = *one.basic;
    item.basic = basic;
    const bool asks = one.kind == Kind::item || one.kind == Kind::best_practice;
    (asks ? item.statement : item.title) = {one.wording, one.wording};
    if (one.evaluation) {
      item.evaluation = static_cast<std::int32_t>(part.evaluations.size());
      part.evaluations.push_back(*one.evaluation);
    }
    places.emplace(one.id, static_cast<std::int32_t>(part.items.size()));
    part.items.push_back(std::move(item));
  }
  if (part.items.empty()) {
    return problem(Failure::invalid, "import.nothing-found", {}, {{"document", std::string(code(result.document))}});
  }
  Catalogue out;
  out.id = "asp-saas-2008-part3";
  out.version = "2008";
  out.own = true;
  out.title = {"ASP・SaaSガイドライン 物理的・技術的対策編（取り込み）", "ASP/SaaS guideline, part III (imported)"};
  out.short_title = out.title;
  out.parts.push_back(std::move(part));
  return out;
}

}  // namespace genmei::standard
