#include "standard/catalogue.hpp"

#include <algorithm>
#include <iterator>

namespace genmei::standard {
namespace {

constexpr std::string_view kinds[] = {"chapter", "section", "control",       "detail",
                                      "clause",  "item",    "best-practice", "evaluation-item"};
constexpr std::string_view hows[] = {"prevent", "detect", "limit", "recover"};

template <class T, class C>
const T* find_id(const C& list, std::string_view id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& one) { return one.id == id; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string_view code(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_of(std::string_view code) {
  const auto* const found = std::find(std::begin(kinds), std::end(kinds), code);
  if (found == std::end(kinds)) return std::nullopt;
  return static_cast<Kind>(std::distance(std::begin(kinds), found));
}

std::string_view code(Operator op) {
  if (op == Operator::none) return "";
  return op == Operator::at_least ? ">=" : "<=";
}

std::string_view code(How how) { return hows[static_cast<std::size_t>(how)]; }

std::optional<How> how_of(std::string_view code) {
  const auto* const found = std::find(std::begin(hows), std::end(hows), code);
  if (found == std::end(hows)) return std::nullopt;
  return static_cast<How>(std::distance(std::begin(hows), found));
}

const Part* Catalogue::part(std::string_view part_id) const { return find_id<Part>(parts, part_id); }

const Parameter* Catalogue::parameter(std::string_view parameter_id) const {
  return find_id<Parameter>(parameters, parameter_id);
}

const std::string& label(const Item& item, Language language) {
  const auto& title = item.title.in(language);
  return title.empty() ? item.statement.in(language) : title;
}

}  // namespace genmei::standard
