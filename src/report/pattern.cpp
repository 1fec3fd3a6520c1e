#include "report/pattern.hpp"

#include <algorithm>
#include <utility>

namespace genmei::report {
namespace {

void fact(Facts& facts, std::string label, const std::string& value) {
  if (!value.empty()) facts.items.push_back({std::move(label), text_cell(value)});
}

// The group with that title, made at its first use, so that groups stand in the order of the view.
Group& group_of(Table& table, const std::string& title) {
  const auto found =
      std::find_if(table.groups.begin(), table.groups.end(), [&](const Group& group) { return group.title == title; });
  if (found != table.groups.end()) return *found;
  table.groups.push_back({title, {}, {}});
  return table.groups.back();
}

Table basis_table(const PatternView& view, const Wording& words) {
  Table table;
  table.id = "basis";
  table.title = words("pattern-basis");
  table.empty = words("pattern-no-basis");
  table.columns = {column("fact", words("pattern-fact"), 40), column("result", words("pattern-result"), 40),
                   column("source", words("pattern-source"), 20)};
  table.columns[0].strong = true;
  Group group;
  for (const auto& step : view.basis) {
    group.rows.push_back({{text_cell(step.fact), text_cell(step.result), text_cell(step.source)}});
  }
  table.groups.push_back(std::move(group));
  return table;
}

Table assets_table(const PatternView& view, const Wording& words) {
  Table table;
  table.id = "assets";
  table.title = words("pattern-assets");
  table.group_title = words("component");
  table.empty = words("pattern-no-assets");
  table.columns = {column("asset", words("asset"), 40), column("kind", words("asset-kind"), 18),
                   column("responsible", words("responsible"), 26), column("shared", words("shared"), 16)};
  table.columns[0].strong = true;
  for (const auto& asset : view.assets) {
    group_of(table, asset.component)
        .rows.push_back({{text_cell(asset.asset), text_cell(asset.kind), text_cell(asset.responsible),
                          text_cell(asset.shared ? words("shared-yes") : "—")}});
  }
  return table;
}

Table threats_table(const PatternView& view, const Wording& words) {
  Table table;
  table.id = "threats";
  table.title = words("pattern-threats");
  table.group_title = words("asset");
  table.empty = words("pattern-no-threats");
  table.columns = {column("threat", words("threat"), 52), column("property", words("property"), 20),
                   column("controls", words("threat-controls"), 28, ColumnKind::state)};
  table.columns[0].strong = true;
  for (const auto& threat : view.threats) {
    Cell controls = threat.controls > 0
                        ? text_cell(words("threat-covered", {{"count", std::to_string(threat.controls)}}))
                        : state_cell(Tone::miss, words("threat-open"));
    group_of(table, threat.asset)
        .rows.push_back({{text_cell(threat.threat), text_cell(threat.property), std::move(controls)}});
  }
  return table;
}

}  // namespace

Document pattern_document(const PatternView& view, const Wording& words) {
  Document out = begin_document(view.front, words, "pattern");
  out.title = words("pattern-title");
  out.subtitle = view.service;
  const auto heading = [&](std::string_view code, std::string id) {
    out.blocks.emplace_back(Heading{2, words(code), std::move(id)});
  };
  out.blocks.emplace_back(pattern_block(view.facts, words));
  heading("pattern-service", "service");
  Facts facts;
  fact(facts, words("service"), view.service);
  fact(facts, words("provider-unit"), view.provider_unit);
  fact(facts, words("service-type"), view.service_type);
  fact(facts, words("description"), view.description);
  fact(facts, words("configuration"), view.configuration);
  out.blocks.emplace_back(std::move(facts));
  heading("pattern-basis", "basis");
  if (!view.conflict.empty()) out.blocks.emplace_back(Paragraph{view.conflict, false});
  out.blocks.emplace_back(basis_table(view, words));
  if (!view.judge.empty() || view.judged_on) {
    Facts judged;
    fact(judged, words("pattern-judge"), view.judge);
    if (view.judged_on) judged.items.push_back({words("pattern-judged-on"), date_cell(view.judged_on, words)});
    fact(judged, words("reason"), view.judgement_reason);
    out.blocks.emplace_back(std::move(judged));
  }
  heading("pattern-levels-title", "levels");
  // Until the pattern is judged no reference value is offered (design rule 1).
  if (!view.facts.pattern || view.levels.empty()) {
    out.blocks.emplace_back(Paragraph{words(view.facts.pattern ? "pattern-no-levels" : "pattern-levels-open"), false});
  } else {
    out.blocks.emplace_back(levels_block(view.levels, words));
    out.blocks.emplace_back(Paragraph{words("levels-legend"), true});
  }
  heading("pattern-assets", "assets");
  out.blocks.emplace_back(assets_table(view, words));
  heading("pattern-threats", "threats");
  out.blocks.emplace_back(threats_table(view, words));
  end_document(out, view.front, words);
  return out;
}

}  // namespace genmei::report
