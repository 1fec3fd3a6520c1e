#include "report/disclosure.hpp"

#include <algorithm>
#include <utility>

namespace genmei::report {
namespace {

// The internal approval, its persons and the trail of the draft are the provider's own matter.
FrontView outside(const FrontView& front) {
  FrontView out = front;
  out.seals.clear();
  return out;
}

Verdict verdict(const std::vector<LevelView>& levels, const Wording& words) {
  std::int64_t must = 0;
  std::int64_t met = 0;
  std::int64_t open = 0;
  for (const auto& level : levels) {
    if (!level.must_reach || level.free) continue;
    ++must;
    if (level.judgement == Judgement::met) ++met;
    if (level.judgement == Judgement::not_measured || level.judgement == Judgement::stale) ++open;
  }
  const Arguments numbers = {{"must", std::to_string(must)},
                             {"met", std::to_string(met)},
                             {"open", std::to_string(open)},
                             {"missed", std::to_string(must - met - open)}};
  if (must == 0) return {Tone::plain, words("disclosure-verdict-no-must"), {}};
  if (met == must) return {Tone::met, words("disclosure-verdict-met", numbers), {}};
  if (must - met - open > 0) return {Tone::miss, words("disclosure-verdict-missed", numbers), {}};
  return {Tone::none, words("disclosure-verdict-open", numbers), {}};
}

}  // namespace

Document disclosure_document(const DisclosureView& view, const Wording& words) {
  const FrontView front = outside(view.front);
  Document out = begin_document(front, words, "disclosure");
  out.title = words("disclosure-title");
  out.subtitle = view.service;
  out.blocks.emplace_back(Paragraph{words("disclosure-intro", {{"service", view.service}}), false});
  Facts facts;
  if (!view.description.empty()) facts.items.push_back({words("description"), text_cell(view.description)});
  if (!view.audience.empty()) facts.items.push_back({words("audience"), text_cell(view.audience)});
  if (!view.contact.empty()) facts.items.push_back({words("contact"), text_cell(view.contact)});
  if (!facts.items.empty()) out.blocks.emplace_back(std::move(facts));
  if (view.pattern_disclosed && view.facts.pattern) {
    out.blocks.emplace_back(Heading{2, words("disclosure-pattern"), "pattern"});
    out.blocks.emplace_back(pattern_block(view.facts, words));
    out.blocks.emplace_back(Paragraph{words("disclosure-pattern-note"), true});
  }
  std::vector<LevelView> levels;
  for (const auto& entry : view.levels) {
    if (entry.disclosed) levels.push_back(entry.level);
  }
  if (!levels.empty()) {
    out.blocks.emplace_back(Heading{2, words("disclosure-levels"), "levels"});
    out.blocks.emplace_back(verdict(levels, words));
    out.blocks.emplace_back(levels_block(levels, words));
    out.blocks.emplace_back(Paragraph{words("levels-legend"), true});
  }
  std::vector<std::pair<std::string, Facts>> sections;
  for (const auto& statement : view.statements) {
    if (!statement.disclosed || statement.text.empty()) continue;
    auto found = std::find_if(sections.begin(), sections.end(),
                              [&](const auto& section) { return section.first == statement.section; });
    if (found == sections.end()) {
      sections.emplace_back(statement.section, Facts{});
      found = std::prev(sections.end());
    }
    found->second.items.push_back({statement.label, text_cell(statement.text)});
  }
  for (auto& [title, items] : sections) {
    out.blocks.emplace_back(Heading{2, title, {}});
    out.blocks.emplace_back(std::move(items));
  }
  end_document(out, front, words);
  return out;
}

}  // namespace genmei::report
