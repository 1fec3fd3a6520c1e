// The chain of one service and the reasons of one requirement, as the explorer shows them.
#include <algorithm>
#include <set>

#include "method/expose.hpp"
#include "server/api.hpp"

namespace genmei::server {
namespace {

// State of the requirement row of an item, as the chain colours it.
std::map<std::string, std::string> row_states(const std::vector<record::Record>& rows) {
  std::map<std::string, std::string> out;
  for (const auto& row : rows) {
    const auto status = row.text("status");
    std::string state = "none";
    if (!json::boolean(row.fields, "applicable", true))
      state = "free";
    else if (status == "partly" || json::boolean(row.fields, "stale"))
      state = "warn";
    else if (status == "implemented" || status == "verified")
      state = "met";
    else if (status == "not-started" || status == "planned")
      state = "miss";
    out[row.text("item")] = state;
  }
  return out;
}

json::Object node(const std::string& id, const Bilingual& label, const Bilingual& sub, const std::string& group,
                  const std::string& open) {
  json::Object out;
  out["id"] = id;
  out["label"] = bilingual_json(label);
  out["sub"] = bilingual_json(sub);
  out["group"] = group;
  out["open"] = open;
  return out;
}

Result<http::Response> chain(Call& call) {
  GENMEI_LET(as_of, call.as_of());
  GENMEI_LET(p, profile_of(call));
  const auto& knowledge = *p.catalogues.knowledge;
  const auto& library = *p.catalogues.library;
  GENMEI_LET(rows, call.session.all("requirement", {{"services", record::Filter::Op::eq, {p.service.id}}}, as_of));
  const auto states = row_states(rows);
  std::map<std::string, std::string> row_ids;
  for (const auto& row : rows) row_ids[row.text("item")] = row.id;
  json::Array component_nodes, asset_nodes, threat_nodes, control_nodes, requirement_nodes, edges, uncovered;
  const auto edge = [&](const std::string& from, const std::string& to) {
    edges.push_back(json::Array{json::Value(from), json::Value(to)});
  };
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> registered;
  for (const auto& component : p.components)
    registered[component.text("component_type")].emplace_back(component.id, component.text("name"));
  std::map<std::string, const method::SharedAsset*> shared;
  for (const auto& one : p.facts.shared)
    shared[knowledge.components[knowledge.assets[*knowledge.asset(one.asset)].component].id] = &one;
  for (const auto index : p.composition.components) {
    const auto& component = knowledge.components[index];
    const auto records = registered.find(component.id);
    auto item = node("component:" + component.id, component.name, {},
                     knowledge.classes[static_cast<std::size_t>(component.class_no - 1)].id,
                     records == registered.end() ? "" : "/records/component/" + records->second.front().first);
    if (const auto found = shared.find(component.id); found != shared.end()) {
      json::Array with;
      for (const auto& name : found->second->services) {
        json::Object one;
        one["name"] = name;
        with.push_back(std::move(one));
      }
      item["shared_by"] = std::move(with);
    }
    component_nodes.push_back(std::move(item));
  }
  std::map<std::uint16_t, std::set<std::string>> threat_marks;
  std::set<std::pair<std::uint16_t, std::uint16_t>> asset_threats;
  for (const auto index : p.composition.assets) {
    const auto& asset = knowledge.assets[index];
    const auto& component = knowledge.components[asset.component];
    std::set<std::string> marks;
    for (const auto& exposure : method::exposures(knowledge, index)) {
      const std::string letter(method::letter(exposure.property));
      marks.insert(letter);
      threat_marks[exposure.threat].insert(letter);
      asset_threats.emplace(index, exposure.threat);
    }
    auto item =
        node("asset:" + asset.id, asset.name, component.name, component.id, "/records/asset?services=" + p.service.id);
    std::string letters;
    for (const auto* letter : {"C", "I", "A"}) letters += marks.contains(letter) ? letter : "";
    item["marks"] = letters;
    asset_nodes.push_back(std::move(item));
    edge("component:" + component.id, "asset:" + asset.id);
  }
  for (const auto& [asset, threat] : asset_threats)
    edge("asset:" + knowledge.assets[asset].id, "threat:" + knowledge.threats[threat].id);
  std::map<std::uint16_t, int> controls_of_threat, carried_out;
  for (const auto& requirement : p.requirements) {
    const auto& entry = library.entry(requirement.item);
    if (requirement.trace.reason != method::Reason::threat) continue;
    const auto state = states.find(entry.key);
    auto item = node("control:" + entry.key,
                     {standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)},
                     {entry.reference, entry.reference}, entry.catalogue->id, "/standards/" + entry.key);
    item["state"] = state == states.end() ? "none" : state->second;
    item["basic"] = requirement.basic;
    control_nodes.push_back(std::move(item));
    for (std::size_t threat = 0; threat < knowledge.threats.size(); ++threat) {
      if (!requirement.trace.threats.test(threat)) continue;
      edge("threat:" + knowledge.threats[threat].id, "control:" + entry.key);
      ++controls_of_threat[static_cast<std::uint16_t>(threat)];
      if (state != states.end() && (state->second == "met" || state->second == "warn"))
        ++carried_out[static_cast<std::uint16_t>(threat)];
    }
    if (const auto row = row_ids.find(entry.key); row != row_ids.end()) {
      auto target = node("requirement:" + row->second, {entry.reference, entry.reference},
                         {standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)},
                         entry.catalogue->id, "/records/requirement/" + row->second);
      target["state"] = state == states.end() ? "none" : state->second;
      requirement_nodes.push_back(std::move(target));
      edge("control:" + entry.key, "requirement:" + row->second);
    }
  }
  for (const auto& [threat, marks] : threat_marks) {
    const auto& one = knowledge.threats[threat];
    auto item = node("threat:" + one.id, one.name, {}, "threat", "");
    std::string letters;
    for (const auto* letter : {"C", "I", "A"}) letters += marks.contains(letter) ? letter : "";
    item["marks"] = letters;
    item["controls"] = controls_of_threat[threat];
    item["carried_out"] = carried_out[threat];
    item["state"] = carried_out[threat] == 0                           ? "miss"
                    : carried_out[threat] < controls_of_threat[threat] ? "warn"
                                                                       : "met";
    threat_nodes.push_back(std::move(item));
    if (carried_out[threat] == 0) uncovered.emplace_back("threat:" + one.id);
  }
  json::Array columns;
  const auto column = [&](const char* id, Bilingual title, json::Array nodes) {
    json::Object out;
    out["id"] = id;
    out["title"] = bilingual_json(title);
    out["nodes"] = std::move(nodes);
    columns.push_back(std::move(out));
  };
  column("component", {"構成要素", "Components"}, std::move(component_nodes));
  column("asset", {"情報資産", "Assets"}, std::move(asset_nodes));
  column("threat", {"脅威", "Threats"}, std::move(threat_nodes));
  column("control", {"管理策", "Controls"}, std::move(control_nodes));
  column("requirement", {"要求事項", "Requirements"}, std::move(requirement_nodes));
  json::Object out;
  out["columns"] = std::move(columns);
  out["edges"] = std::move(edges);
  out["uncovered"] = std::move(uncovered);
  return Call::ok(out);
}

Result<http::Response> explain(Call& call) {
  constexpr std::size_t most = 12;
  GENMEI_LET(p, profile_of(call));
  const auto& knowledge = *p.catalogues.knowledge;
  const auto& library = *p.catalogues.library;
  const std::string key(call.request.query.get("item"));
  const auto index = library.find(key);
  if (!index) return problem(Failure::not_found, "standard.unknown-item", "?item", {{"value", key}});
  const auto found =
      std::find_if(p.requirements.begin(), p.requirements.end(), [&](const auto& r) { return r.item == *index; });
  json::Object out;
  json::Array ways, ja, en;
  if (found != p.requirements.end()) {
    const auto write = [&](const std::vector<method::Node>& nodes) {
      json::Array line;
      for (const auto& one : nodes) {
        json::Object item;
        item["kind"] = one.kind;
        item["id"] = one.id;
        item["label"] = bilingual_json(one.label);
        if (!one.note.empty()) item["note"] = one.note;
        line.push_back(std::move(item));
      }
      ways.push_back(std::move(line));
    };
    const auto paths = method::paths(knowledge, p.composition.asset_set, *found);
    if (paths.empty()) {
      write(method::path(knowledge, library, p.facts, *found));
    } else {
      for (std::size_t i = 0; i < std::min(most, paths.size()); ++i)
        write(method::path(knowledge, library, p.facts, *found, paths[i]));
    }
    for (const auto& sentence : method::sentences(knowledge, library, p.facts, *found)) {
      ja.emplace_back(sentence.text.ja + (sentence.source.ja.empty() ? "" : "（" + sentence.source.ja + "）"));
      en.emplace_back(sentence.text.en + (sentence.source.en.empty() ? "" : " (" + sentence.source.en + ")"));
    }
    out["paths_total"] = paths.size();
  }
  out["demanded"] = found != p.requirements.end();
  out["paths"] = std::move(ways);
  json::Object sentences;
  sentences["ja"] = std::move(ja);
  sentences["en"] = std::move(en);
  out["sentences"] = std::move(sentences);
  return Call::ok(out);
}

}  // namespace

void Api::add_chain_routes(http::Router& router) {
  route(router, http::Method::get, "/services/{id}/chain", chain);
  route(router, http::Method::get, "/services/{id}/explain", explain);
}

}  // namespace genmei::server
