#include "operate/assessment.hpp"

#include <algorithm>
#include <set>

namespace genmei::operate {
namespace {

using record::Filter;
using record::Record;

// Fields of a row that an edition freezes and that the comparison looks at.
constexpr std::string_view frozen_fields[] = {"applicable", "exclusion_reason", "status",   "what_we_do", "responsible",
                                              "due_on",     "safeguards",       "evidence", "level",      "must_reach",
                                              "basic",      "services",         "stale",    "remarks"};

bool wants_row(standard::Kind kind) {
  return kind == standard::Kind::control || kind == standard::Kind::clause || kind == standard::Kind::item ||
         kind == standard::Kind::evaluation_item;
}

std::string row_key(const std::string& item, const std::string& service) { return item + "|" + service; }

json::Array array_of(const std::vector<std::string>& list) {
  json::Array out;
  for (const auto& item : list) out.emplace_back(item);
  return out;
}

// What the method says about one row, gathered over all services.
struct Demand {
  standard::Index item = 0;
  std::string service;  // only of evaluation items
  std::vector<std::string> services;
  bool basic = true;
  std::optional<method::Level> level;
  std::string trace;
};

json::Object fields_of(const Demand& demand, const standard::Library& library) {
  const auto& item = *library.entry(demand.item).item;
  json::Object fields;
  fields["item"] = library.entry(demand.item).key;
  if (!demand.service.empty()) fields["service"] = demand.service;
  if (demand.services.empty()) {
    fields["services"] = nullptr;
  } else {
    fields["services"] = array_of(demand.services);
  }
  fields["source_kind"] = demand.level ? "pattern" : "standard";
  fields["basic"] = demand.basic ? "basic" : "recommended";
  fields["best_practice"] = item.kind == standard::Kind::best_practice;
  fields["must_reach"] = demand.level && demand.level->must_reach;
  if (demand.level) {
    fields["level"] = method::to_text(*demand.level, library, Language::ja);
    if (demand.level->value) fields["level_value"] = *demand.level->value;
    if (demand.level->op != standard::Operator::none)
      fields["level_operator"] = std::string(standard::code(demand.level->op));
    if (!demand.level->unit.empty()) fields["level_unit"] = demand.level->unit;
  }
  const auto duty = [&](std::string_view name) {
    return std::find(item.customer.begin(), item.customer.end(), name) != item.customer.end();
  };
  fields["customer_duty"] = duty("disclose")   ? "disclose"
                            : duty("notify")   ? "notify"
                            : duty("function") ? "function"
                            : duty("agree")    ? "agree"
                                               : "none";
  if (!demand.trace.empty()) fields["trace"] = demand.trace;
  return fields;
}

Result<std::vector<Demand>> demands(const Workspace& workspace, record::Session& session, const Record& assessment) {
  const auto catalogues = workspace.catalogues();
  const auto& library = *catalogues.library;
  const auto standard = assessment.text("standard");
  const auto part = assessment.text("part");
  auto product = session.as_product();
  std::map<std::string, Demand> by_key;
  const auto in_scope = [&](standard::Index index) {
    const auto& entry = library.entry(index);
    return entry.catalogue->id == standard && (part.empty() ? !entry.part->optional : entry.part->id == part) &&
           wants_row(entry.item->kind);
  };
  // Every item of the part stands in the list, demanded or not: what does not apply must be said.
  for (const auto index : library.items(standard, part)) {
    const auto& entry = library.entry(index);
    if (!in_scope(index) || entry.item->kind == standard::Kind::evaluation_item) continue;
    Demand demand;
    demand.item = index;
    demand.basic = entry.item->basic;
    by_key[row_key(entry.key, {})] = std::move(demand);
  }
  std::vector<Record> services;
  const auto scope = assessment.list("services");
  if (scope.empty()) {
    GENMEI_LET(all, product.all("service", {{"state", Filter::Op::ne, {"ended"}}}));
    services = std::move(all);
  } else {
    for (const auto& id : scope) {
      GENMEI_LET(one, product.get("service", id));
      services.push_back(std::move(one));
    }
  }
  for (const auto& service : services) {
    GENMEI_LET(profile, service_profile(workspace, product, service));
    if (std::find(profile.facts.standards.begin(), profile.facts.standards.end(), standard) ==
        profile.facts.standards.end()) {
      profile.facts.standards = {part.empty() ? standard : standard + "/" + part};
      GENMEI_LET(again, method::derive(*catalogues.knowledge, library, profile.facts));
      profile.requirements = std::move(again);
    }
    for (const auto& requirement : profile.requirements) {
      if (!in_scope(requirement.item)) continue;
      const auto& entry = library.entry(requirement.item);
      const bool level = entry.item->kind == standard::Kind::evaluation_item;
      auto& demand = by_key[row_key(entry.key, level ? service.id : std::string())];
      demand.item = requirement.item;
      demand.basic = requirement.basic;
      if (level) demand.service = service.id;
      demand.services.push_back(service.id);
      if (requirement.level)
        demand.level = demand.level ? method::strictest(*demand.level, *requirement.level) : *requirement.level;
      if (demand.trace.empty()) {
        for (const auto& sentence : method::sentences(*catalogues.knowledge, library, profile.facts, requirement)) {
          demand.trace += (demand.trace.empty() ? "" : "\n") + sentence.text.ja;
        }
      }
    }
  }
  std::vector<Demand> out;
  for (auto& [key, demand] : by_key) out.push_back(std::move(demand));
  std::sort(out.begin(), out.end(),
            [](const Demand& a, const Demand& b) { return std::tie(a.item, a.service) < std::tie(b.item, b.service); });
  return out;
}

}  // namespace

bool is_stale(const Record& evidence, std::string_view today) {
  const auto expires = evidence.text("expires_on");
  return evidence.archived || evidence.state == "withdrawn" || (!expires.empty() && expires < today);
}

Result<Filled> fill_assessment(const Workspace& workspace, record::Session& session, record::Batch& batch,
                               const Record& assessment) {
  const auto catalogues = workspace.catalogues();
  const auto& library = *catalogues.library;
  GENMEI_LET(wanted, demands(workspace, session, assessment));
  auto product = session.as_product();
  GENMEI_LET(existing, product.all("requirement", {{"assessment", Filter::Op::eq, {assessment.id}}}));
  std::map<std::string, const Record*> by_key;
  for (const auto& row : existing) by_key[row_key(row.text("item"), row.text("service"))] = &row;
  Filled out;
  const auto written = batch.as_product([&]() -> Result<void> {
    for (const auto& demand : wanted) {
      auto fields = fields_of(demand, library);
      const auto key = row_key(library.entry(demand.item).key, demand.service);
      if (const auto found = by_key.find(key); found != by_key.end()) {
        for (const auto* kept : {"item", "service", "source_kind"}) fields.erase(kept);
        GENMEI_LET(row, batch.update("requirement", found->second->id, {}, fields));
        if (row.revision != found->second->revision) ++out.updated;
        by_key.erase(found);
      } else {
        fields["assessment"] = assessment.id;
        if (const auto owner = assessment.text("owner"); !owner.empty()) fields["owner"] = owner;
        if (const auto unit = assessment.text("org_unit"); !unit.empty()) fields["org_unit"] = unit;
        GENMEI_TRY(batch.create("requirement", fields));
        ++out.created;
      }
    }
    for (const auto& [key, row] : by_key) {
      if (row->list("services").empty()) continue;
      json::Object fields;
      fields["services"] = nullptr;
      GENMEI_TRY(batch.update("requirement", row->id, {}, fields));
      ++out.updated;
    }
    return {};
  });
  GENMEI_TRY(written);
  return out;
}

std::vector<PartPlan> planned_parts(const standard::Library& library, const std::vector<std::string>& standards) {
  std::vector<PartPlan> out;
  for (const auto& id : standards) {
    const auto* catalogue = library.catalogue(id);
    if (catalogue == nullptr) continue;
    for (const auto& part : catalogue->parts) {
      if (part.optional) continue;
      const bool rows =
          std::any_of(part.items.begin(), part.items.end(), [](const auto& item) { return wants_row(item.kind); });
      if (!rows) continue;
      const std::string purpose = id == "iso27001-2022" && part.id == "annex-a" ? "soa"
                                  : part.by_threats && id == "cloud-ism-2013"   ? "criteria"
                                                                                : "gap";
      out.push_back(
          {id,
           part.id,
           purpose,
           {catalogue->short_title.ja + " " + part.title.ja, catalogue->short_title.en + " " + part.title.en}});
    }
  }
  return out;
}

Result<Record> ensure_assessment(const Workspace& workspace, record::Session& session, record::Batch& batch,
                                 const std::string& standard, const std::string& part) {
  auto product = session.as_product();
  GENMEI_LET(found, product.all("assessment",
                                {{"standard", Filter::Op::eq, {standard}}, {"state", Filter::Op::ne, {"closed"}}}));
  for (auto& one : found) {
    if (one.text("part") == part) return std::move(one);
  }
  const auto catalogues = workspace.catalogues();
  const auto* catalogue = catalogues.library->catalogue(standard);
  if (catalogue == nullptr) return problem(Failure::not_found, "standard.unknown", {}, {{"value", standard}});
  for (const auto& plan : planned_parts(*catalogues.library, {standard})) {
    if (plan.part != part) continue;
    json::Object fields;
    fields["title"] = plan.title.ja;
    fields["standard"] = standard;
    fields["standard_version"] = catalogue->version;
    fields["part"] = part;
    fields["purpose"] = plan.purpose;
    fields["started_on"] = workspace.today();
    fields["method"] = "聞き取りと文書の確認";
    if (!session.actor().person.empty()) {
      fields["assessor"] = session.actor().person;
      fields["owner"] = session.actor().person;
    }
    return batch.as_product([&] { return batch.create("assessment", fields); });
  }
  return problem(Failure::not_found, "standard.unknown-part", {}, {{"value", standard + "/" + part}});
}

Result<Grid> grid(const Workspace& workspace, record::Session& session, const std::string& assessment,
                  const std::optional<Instant>& as_of) {
  const auto catalogues = workspace.catalogues();
  const auto& library = *catalogues.library;
  Grid out;
  GENMEI_LET(head, session.get("assessment", assessment, as_of));
  out.assessment = head;
  GENMEI_LET(rows, session.all("requirement", {{"assessment", Filter::Op::eq, {assessment}}}, as_of));
  std::set<std::string> evidence_ids;
  for (const auto& row : rows) {
    for (auto& id : row.list("evidence")) evidence_ids.insert(std::move(id));
  }
  std::map<std::string, std::string> taken;
  if (!evidence_ids.empty()) {
    GENMEI_LET(evidence, session.all("evidence", {}, as_of));
    for (const auto& one : evidence) {
      if (evidence_ids.contains(one.id)) taken[one.id] = one.text("taken_at");
    }
  }
  const auto now = as_of.value_or(workspace.clock().now());
  for (auto& row : rows) {
    GridRow line;
    const auto index = library.find(row.text("item"));
    if (!index) continue;
    line.item = *index;
    auto parent = library.entry(*index).parent;
    if (parent) line.group = library.entry(*parent).key;
    for (const auto& id : row.list("evidence")) {
      const auto at = parse_instant(taken[id]);
      if (!at) continue;
      const auto age = static_cast<int>(std::chrono::floor<std::chrono::days>(now - *at).count());
      line.evidence_age = std::max(line.evidence_age.value_or(0), age);
    }
    line.mapped = library.links(*index);
    ++out.totals[row.text("status")];
    if (json::boolean(row.fields, "stale")) ++out.totals["stale"];
    line.record = std::move(row);
    out.rows.push_back(std::move(line));
  }
  std::sort(out.rows.begin(), out.rows.end(), [](const GridRow& a, const GridRow& b) {
    return std::tie(a.item, a.record.number) < std::tie(b.item, b.record.number);
  });
  GENMEI_LET(approved, approved_edition(session, out.assessment, as_of));
  out.approved = approved;
  if (out.approved) {
    GENMEI_LET(changes, differences(session, out.assessment, *out.approved));
    out.differences = static_cast<int>(changes.size());
  }
  return out;
}

Result<std::optional<Record>> approved_edition(record::Session& session, const Record& assessment,
                                               const std::optional<Instant>& as_of) {
  for (const auto* kind : {"statement-of-applicability", "tailored-criteria"}) {
    if (!session.access().may(kind, record::Action::read)) continue;
    GENMEI_LET(
        found,
        session.all(kind, {{"assessment", Filter::Op::eq, {assessment.id}}, {"state", Filter::Op::eq, {"approved"}}},
                    as_of, {"-edition"}));
    if (!found.empty()) return std::optional<Record>(found.front());
  }
  return std::optional<Record>();
}

Result<Record> freeze(const Workspace& workspace, record::Session& session, record::Batch& batch,
                      const Record& assessment, const json::Object& given) {
  const std::string kind =
      assessment.text("purpose") == "criteria" ? "tailored-criteria" : "statement-of-applicability";
  GENMEI_LET(rows, session.all("requirement", {{"assessment", Filter::Op::eq, {assessment.id}}}));
  if (rows.empty()) return problem(Failure::conflict, "assessment.empty");
  const auto catalogues = workspace.catalogues();
  std::sort(rows.begin(), rows.end(), [&](const Record& a, const Record& b) {
    return std::pair(catalogues.library->find(a.text("item")), a.text("service")) <
           std::pair(catalogues.library->find(b.text("item")), b.text("service"));
  });
  GENMEI_LET(labels, session.labels(rows, Language::ja));
  json::Array frozen;
  for (const auto& row : rows) {
    json::Object line;
    line["item"] = row.text("item");
    if (const auto service = row.text("service"); !service.empty()) line["service"] = service;
    line["number"] = row.number;
    line["revision"] = row.revision;
    for (const auto name : frozen_fields) {
      if (const auto* value = row.fields.if_contains(name)) line[name] = *value;
    }
    frozen.push_back(std::move(line));
  }
  // Names as they were: the edition renders alike after people and safeguards were renamed.
  json::Object names;
  for (const auto& [key, label] : labels) names[key] = label.label;
  json::Object snapshot;
  snapshot["assessment"] = assessment.id;
  snapshot["standard"] = assessment.text("standard");
  snapshot["standard_version"] = assessment.text("standard_version");
  snapshot["part"] = assessment.text("part");
  snapshot["rows"] = std::move(frozen);
  snapshot["labels"] = std::move(names);
  snapshot["frozen_at"] = format_instant(workspace.clock().now());
  GENMEI_LET(editions,
             session.as_product().all(kind, {{"assessment", Filter::Op::eq, {assessment.id}}}, {}, {"-edition"}));
  json::Object fields = given;
  for (const auto* readonly : {"snapshot", "digest", "edition", "previous", "assessment"}) fields.erase(readonly);
  fields["assessment"] = assessment.id;
  fields["edition"] = editions.empty() ? 1 : json::integer(editions.front().fields, "edition") + 1;
  if (!editions.empty()) fields["previous"] = editions.front().id;
  if (!fields.contains("title")) {
    fields["title"] = kind == "tailored-criteria" ? assessment.text("title") + " 個別管理基準"
                                                  : assessment.text("title") + " 適用宣言書";
  }
  if (!fields.contains("effective_on")) fields["effective_on"] = workspace.today();
  GENMEI_LET(draft, batch.create(kind, fields));
  // The copy is the product's own; its digest is over the canonical JSON.
  json::Object content;
  content["digest"] = hex(sha256(json::canonical(snapshot)));
  content["snapshot"] = std::move(snapshot);
  return batch.as_product([&] { return batch.update(kind, draft.id, {}, content); });
}

std::map<std::string, json::Object> frozen_rows(const Record& edition) {
  std::map<std::string, json::Object> out;
  const auto* snapshot = edition.fields.if_contains("snapshot");
  if (snapshot == nullptr || !snapshot->is_object()) return out;
  const auto* rows = snapshot->get_object().if_contains("rows");
  if (rows == nullptr || !rows->is_array()) return out;
  for (const auto& row : rows->get_array()) {
    if (!row.is_object()) continue;
    const auto& object = row.get_object();
    out[row_key(std::string(json::text(object, "item")), std::string(json::text(object, "service")))] = object;
  }
  return out;
}

Result<std::vector<Difference>> differences(record::Session& session, const Record& assessment, const Record& edition) {
  GENMEI_LET(rows, session.all("requirement", {{"assessment", Filter::Op::eq, {assessment.id}}}));
  auto frozen = frozen_rows(edition);
  std::vector<Difference> out;
  for (const auto& row : rows) {
    json::Object now;
    json::Object was;
    const auto found = frozen.find(row_key(row.text("item"), row.text("service")));
    for (const auto name : frozen_fields) {
      if (name == "stale" || name == "services" || name == "evidence")
        continue;  // these move without anybody's decision
      if (const auto* value = row.fields.if_contains(name)) now[name] = *value;
      if (found == frozen.end()) continue;
      if (const auto* value = found->second.if_contains(name)) was[name] = *value;
    }
    auto changes = record::differences(was, now);
    if (!changes.empty()) out.push_back({row.text("item"), std::move(changes)});
    if (found != frozen.end()) frozen.erase(found);
  }
  for (const auto& [key, row] : frozen)
    out.push_back({std::string(json::text(row, "item")), {{"item", row.at("item"), json::Value(nullptr)}}});
  return out;
}

Result<std::vector<Proposal>> proposals(const Workspace& workspace, record::Session& session,
                                        const std::string& assessment) {
  constexpr double weakest = 0.5;
  constexpr std::size_t most = 500;
  const auto catalogues = workspace.catalogues();
  const auto& library = *catalogues.library;
  GENMEI_LET(all, session.all("requirement"));
  std::map<std::string, std::vector<const Record*>> by_item;
  for (const auto& row : all) {
    if (!row.list("safeguards").empty() && row.text("provenance") != "proposed")
      by_item[row.text("item")].push_back(&row);
  }
  std::vector<Proposal> out;
  for (const auto& row : all) {
    if (row.text("assessment") != assessment || !json::boolean(row.fields, "applicable", true)) continue;
    const auto index = library.find(row.text("item"));
    if (!index) continue;
    const auto held = row.list("safeguards");
    std::set<std::string> seen(held.begin(), held.end());
    for (const auto& link : library.links(*index)) {
      if (link.strength < weakest || out.size() >= most) continue;
      const auto& other = library.entry(link.other);
      for (const auto* source : by_item[other.key]) {
        for (const auto& safeguard : source->list("safeguards")) {
          if (seen.insert(safeguard).second) out.push_back({row.id, safeguard, {}, other.key, link.strength});
        }
      }
    }
  }
  Record wanted;
  wanted.kind = "requirement";
  json::Array ids;
  for (const auto& one : out) ids.emplace_back(one.safeguard);
  wanted.fields["safeguards"] = std::move(ids);
  GENMEI_LET(labels, session.labels({wanted}, Language::ja));
  for (auto& one : out) {
    if (const auto found = labels.find("safeguard/" + one.safeguard); found != labels.end())
      one.label = found->second.label;
  }
  std::erase_if(out, [](const Proposal& one) { return one.label.empty(); });  // not visible to this reader
  return out;
}

Result<int> refresh_staleness(Workspace& workspace) {
  auto session = workspace.engine().product("clock");
  const auto today = workspace.today();
  GENMEI_LET(evidence, session.all("evidence"));
  std::set<std::string> old;
  for (const auto& one : evidence) {
    if (is_stale(one, today)) old.insert(one.id);
  }
  std::map<std::string, std::pair<Record, bool>> rows;  // id → row, should be stale
  GENMEI_LET(flagged, session.all("requirement", {{"stale", Filter::Op::eq, {"true"}}}));
  for (auto& row : flagged) rows[row.id] = {row, false};
  for (const auto& id : old) {
    GENMEI_LET(proved, session.all("requirement", {{"evidence", Filter::Op::eq, {id}}}));
    for (auto& row : proved) rows[row.id] = {row, true};
  }
  int changed = 0;
  auto batch = session.batch();
  for (const auto& [id, entry] : rows) {
    if (json::boolean(entry.first.fields, "stale") == entry.second) continue;
    json::Object fields;
    fields["stale"] = entry.second;
    GENMEI_TRY(batch.update("requirement", id, {}, fields));
    ++changed;
  }
  GENMEI_TRY(batch.commit());
  return changed;
}

}  // namespace genmei::operate
