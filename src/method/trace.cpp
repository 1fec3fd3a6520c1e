// From the few numbers of a trace to what a person reads.
#include <algorithm>

#include "method/derive.hpp"

namespace genmei::method {
namespace {

using standard::How;

Bilingual label_of(const standard::Entry& entry) {
  return {standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)};
}

std::string quoted(const std::string& text, Language language) {
  return language == Language::ja ? "「" + text + "」" : "“" + text + "”";
}

Node service_node(const ServiceFacts& facts) { return {"service", facts.id, {facts.name, facts.name}, ""}; }

Node pattern_node(int pattern) {
  const auto number = std::to_string(pattern);
  return {"pattern", number, {"パターン" + number, "Pattern " + number}, ""};
}

Node item_node(const standard::Library& library, standard::Index item, std::string note) {
  const auto& entry = library.entry(item);
  const bool level = entry.item->kind == standard::Kind::evaluation_item;
  return {level ? "evaluation-item" : "control", entry.key, label_of(entry), std::move(note)};
}

// The step of the classification that gave the property its grade.
const Basis* basis_for(const Classification& classification, Property property) {
  const auto wanted = std::string(code(property)) + "=";
  for (const auto& one : classification.basis) {
    if (one.outcome.starts_with(wanted)) return &one;
  }
  return nullptr;
}

std::string effect(How how, Language language) {
  constexpr const char* ja[] = {"を防ぐ", "を見つける", "の被害を抑える", "から復旧する"};
  constexpr const char* en[] = {"prevent", "detect", "limit the damage of", "recover from"};
  return (language == Language::ja ? ja : en)[static_cast<std::size_t>(how)];
}

Bilingual source_of_placement(const Asset& asset) {
  if (asset.id == "service-data-user") return {"研究会報告書 図表34", "Study report, figure 34"};
  return {"研究会報告書 図表33に基づく判断", "Judged from figure 33 of the study report"};
}

void add_threat_sentences(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                          const Requirement& requirement, std::vector<Sentence>& out) {
  const auto& trace = requirement.trace;
  const auto& asset = knowledge.assets[trace.asset];
  const auto& component = knowledge.components[asset.component];
  const auto& threat = knowledge.threats[trace.threat];
  if (const auto* const basis = basis_for(facts.classification, trace.property)) {
    const std::string stop = basis->text.ja.ends_with("。") ? "" : "。";
    out.push_back({{facts.name + "：" + basis->text.ja + stop, facts.name + ": " + basis->text.en},
                   {"パターンの判定（" + replace_all(basis->source, "figure ", "図表") + "）",
                    "Judgement of the pattern (" + basis->source + ")"}});
  }
  const bool same = asset.kind == Asset::Kind::component;  // the component itself
  const std::string where_ja =
      same ? quoted(asset.name.ja, Language::ja)
           : quoted(component.name.ja, Language::ja) + "の" + quoted(asset.name.ja, Language::ja);
  const std::string where_en =
      same ? quoted(asset.name.en, Language::en)
           : quoted(asset.name.en, Language::en) + " of " + quoted(component.name.en, Language::en);
  out.push_back(
      {{where_ja + "の" + label(trace.property).ja + "に、" + quoted(threat.name.ja, Language::ja) + "が直に及ぶ。",
        quoted(threat.name.en, Language::en) + " acts directly on the " + label(trace.property).en + " of " + where_en +
            "."},
       source_of_placement(asset)});
  std::size_t same_effect = 0;
  for (const auto& one : knowledge.countermeasures_of(trace.threat)) {
    const auto& entry = library.entry(one.item);
    if (one.how == trace.how && entry.catalogue == library.entry(requirement.item).catalogue && !entry.part->optional) {
      ++same_effect;
    }
  }
  // An evaluation item is there because of the measure above it.
  const auto& own = library.entry(requirement.item);
  const auto& entry =
      own.item->kind == standard::Kind::evaluation_item && own.parent ? library.entry(*own.parent) : own;
  const auto count = std::to_string(std::max<std::size_t>(same_effect, 1));
  out.push_back({{entry.reference + " は、" + entry.catalogue->short_title.ja + "でこの脅威" +
                      effect(trace.how, Language::ja) + count + "項目の一つ。",
                  entry.reference + (count == "1" ? " is the one item of " : " is one of " + count + " items of ") +
                      entry.catalogue->short_title.en + " to " + effect(trace.how, Language::en) + " this threat."},
                 entry.catalogue->own ? Bilingual{"自社の基準", "Own standard"}
                                      : Bilingual{"対応表（専門家の判断）", "Mapping (expert judgement)"}});
}

void add_level_sentences(const standard::Library& library, const ServiceFacts& facts, const Requirement& requirement,
                         std::vector<Sentence>& out) {
  const auto& trace = requirement.trace;
  const auto pattern = std::to_string(trace.pattern);
  if (trace.shared >= 0) {
    const auto& shared = facts.shared[static_cast<std::size_t>(trace.shared)];
    std::string names;
    for (const auto& one : shared.services) names += (names.empty() ? "" : "、") + one;
    std::string patterns;
    for (const int one : shared.patterns) patterns += (patterns.empty() ? "" : ", ") + std::to_string(one);
    out.push_back(
        {{quoted(shared.asset, Language::ja) + "をほかのサービス" + (names.empty() ? "" : "（" + names + "）") +
              "と共有するので、パターン" + pattern + "と" + patterns + "のうち厳しい値をとる。",
          quoted(shared.asset, Language::en) + " is shared with other services (pattern " + patterns +
              "), so the strictest value counts."},
         {"研究会報告書 3.3.5（R6）", "Study report 3.3.5 (R6)"}});
  }
  if (trace.contract >= 0) {
    const auto& contract = facts.contract[static_cast<std::size_t>(trace.contract)];
    out.push_back(
        {{"契約の値が参照値より厳しいので、契約の値をとる。", "The contract asks for more than the reference value."},
         {contract.source.empty() ? "契約（R7）" : contract.source,
          contract.source.empty() ? "Contract (R7)" : contract.source}});
  }
  const auto ja = to_text(*requirement.level, library, Language::ja);
  const auto en = to_text(*requirement.level, library, Language::en);
  out.push_back({{"求める値は" + ja + "（パターン" + pattern + "）。",
                  "The level asked for is " + en + " (pattern " + pattern + ")."},
                 {"対策参照値", "Reference value"}});
}

}  // namespace

std::vector<Path> paths(const Knowledge& knowledge, const AssetSet& assets, const Requirement& requirement) {
  std::vector<Path> out;
  out.reserve(requirement.trace.path_count);
  for (std::uint16_t threat = 0; threat < knowledge.threats.size(); ++threat) {
    if (!requirement.trace.threats.test(threat)) continue;
    How how = How::prevent;
    for (const auto& one : knowledge.countermeasures_of(threat)) {
      if (one.item != requirement.item) continue;
      how = one.how;
      break;
    }
    for (const auto& one : knowledge.placements_with(threat)) {
      if (!assets.test(one.asset)) continue;
      if (how == How::recover && one.property == Property::confidentiality) continue;
      out.push_back({knowledge.assets[one.asset].component, one.asset, one.property, one.cause, threat, how});
    }
  }
  return out;
}

std::vector<Node> path(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                       const Requirement& requirement, const Path& way) {
  const auto& component = knowledge.components[way.component];
  const auto& asset = knowledge.assets[way.asset];
  const auto& threat = knowledge.threats[way.threat];
  std::vector<Node> out = {service_node(facts)};
  if (facts.classification.pattern) out.push_back(pattern_node(*facts.classification.pattern));
  out.push_back({"component", component.id, component.name, ""});
  out.push_back({"asset", asset.id, asset.name, ""});
  out.push_back({"threat", threat.id, threat.name, std::string(letter(way.property))});
  const auto& entry = library.entry(requirement.item);
  if (entry.item->kind == standard::Kind::evaluation_item && entry.parent) {
    out.push_back(item_node(library, *entry.parent, std::string(code(way.how))));
    out.push_back(item_node(library, requirement.item, ""));
  } else {
    out.push_back(item_node(library, requirement.item, std::string(code(way.how))));
  }
  return out;
}

std::vector<Node> path(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                       const Requirement& requirement) {
  const auto& trace = requirement.trace;
  std::vector<Node> out;
  if (trace.threats.any()) {
    const Path way{
        knowledge.assets[trace.asset].component, trace.asset, trace.property, trace.cause, trace.threat, trace.how};
    out = path(knowledge, library, facts, requirement, way);
  } else {
    const auto& entry = library.entry(requirement.item);
    out = {service_node(facts)};
    if (trace.reason == Reason::level) out.push_back(pattern_node(trace.pattern));
    out.push_back({"standard",
                   entry.catalogue->id + "/" + entry.part->id,
                   {entry.catalogue->short_title.ja + " " + entry.part->title.ja,
                    entry.catalogue->short_title.en + " " + entry.part->title.en},
                   ""});
    out.push_back(item_node(library, requirement.item, ""));
  }
  if (trace.shared >= 0) {
    const auto& shared = facts.shared[static_cast<std::size_t>(trace.shared)];
    for (const auto& name : shared.services) out.push_back({"shared-service", shared.asset, {name, name}, ""});
  }
  if (trace.contract >= 0) {
    const auto& contract = facts.contract[static_cast<std::size_t>(trace.contract)];
    out.push_back({"contract", contract.item, {contract.source, contract.source}, ""});
  }
  return out;
}

std::vector<Sentence> sentences(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                                const Requirement& requirement) {
  std::vector<Sentence> out;
  const auto& entry = library.entry(requirement.item);
  if (requirement.trace.threats.any()) {
    add_threat_sentences(knowledge, library, facts, requirement, out);
  } else {
    const auto& standard = entry.catalogue->short_title;
    out.push_back({{facts.name + "に" + standard.ja + "を適用する。" + entry.reference + " は" +
                        quoted(entry.part->title.ja, Language::ja) + "の項目で、サービスの作りによらず求められる。",
                    standard.en + " is applied to " + facts.name + "; " + entry.reference + " belongs to " +
                        quoted(entry.part->title.en, Language::en) + " and applies whatever the service is made of."},
                   {"適用する基準の選択", "Choice of standards"}});
  }
  if (requirement.level) add_level_sentences(library, facts, requirement, out);
  return out;
}

}  // namespace genmei::method
