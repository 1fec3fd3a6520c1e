#include "operate/plan.hpp"

#include <algorithm>
#include <set>

#include "operate/recurrence.hpp"

namespace genmei::operate {
namespace {

using record::Filter;
using record::Record;

Record changed_service(const Record& service, const json::Object& changes) {
  Record out = service;
  for (const auto& member : changes) {
    if (member.value().is_null()) {
      out.fields.erase(member.key());
    } else {
      out.fields[member.key()] = member.value();
    }
  }
  return out;
}

}  // namespace

Result<Plan> plan(const Workspace& workspace, record::Session& session, const Record& service,
                  const json::Object& changes) {
  const auto* kind = workspace.registry().find("service");
  GENMEI_LET(clean, record::normalise(*kind, changes, workspace.engine().catalogues(), false));
  GENMEI_LET(before, service_profile(workspace, session, service));
  GENMEI_LET(after, service_profile(workspace, session, changed_service(service, clean)));
  // A service that was never planned has no duties yet: everything is added.
  GENMEI_LET(rows, session.as_product().all("requirement", {{"services", Filter::Op::eq, {service.id}}}));
  if (rows.empty()) before.requirements.clear();
  Plan out;
  out.before = before.facts.classification;
  out.after = after.facts.classification;
  const auto delta = method::delta(before.requirements, after.requirements);
  const auto item = [](const method::Requirement& r) { return PlannedItem{r.item, r.basic, std::nullopt, r.level}; };
  for (const auto& one : delta.added) out.added.push_back(item(one));
  for (const auto& one : delta.removed) {
    out.removed.push_back(item(one));
    std::swap(out.removed.back().before, out.removed.back().after);
  }
  for (const auto& one : delta.level_changed) out.changed.push_back({one.item, true, one.before, one.after});
  out.kept = after.requirements.size() - delta.added.size();
  return out;
}

Result<Applied> apply_plan(const Workspace& workspace, record::Session& session, const Record& service,
                           const json::Object& changes, const std::vector<std::string>& component_types) {
  Applied out;
  const auto catalogues = workspace.catalogues();
  const auto& knowledge = *catalogues.knowledge;
  auto product = session.as_product();
  {
    // Facts, components and assets first: the rows are derived from what then stands.
    auto batch = session.batch();
    GENMEI_LET(updated, batch.update("service", service.id, {}, changes));
    out.service = updated;
    GENMEI_LET(components, product.all("component", {{"services", Filter::Op::eq, {service.id}}}));
    if (components.empty()) {
      method::Configuration configuration;
      configuration.components = component_types;
      configuration.case_no =
          static_cast<int>(std::max<std::int64_t>(1, json::integer(updated.fields, "configuration_case", 1)));
      GENMEI_LET(composition, method::compose(knowledge, configuration));
      for (const auto index : composition.components) {
        const auto& component = knowledge.components[index];
        json::Object fields;
        fields["name"] = updated.text("name") + "：" + component.name.ja;
        fields["component_type"] = component.id;
        fields["services"] = json::Array{json::Value(service.id)};
        GENMEI_LET(made, batch.create("component", fields));
        ++out.components;
        for (const auto asset_index : component.assets) {
          const auto& asset = knowledge.assets[asset_index];
          json::Object asset_fields;
          asset_fields["name"] = updated.text("name") + "：" + asset.name.ja;
          asset_fields["asset_type"] = asset.id;
          asset_fields["form"] = asset.kind == method::Asset::Kind::log    ? "log"
                                 : asset.kind == method::Asset::Kind::data ? "data"
                                                                           : "hardware";
          asset_fields["services"] = json::Array{json::Value(service.id)};
          asset_fields["component"] = made.id;
          GENMEI_TRY(batch.create("asset", asset_fields));
          ++out.assets;
        }
      }
    }
    GENMEI_TRY(batch.commit());
  }
  auto standards = out.service.list("standards");
  if (standards.empty()) standards = default_standards();
  {
    auto batch = session.batch();
    for (const auto& part : planned_parts(*catalogues.library, standards)) {
      GENMEI_LET(assessment, ensure_assessment(workspace, session, batch, part.standard, part.part));
      GENMEI_LET(filled, fill_assessment(workspace, session, batch, assessment));
      out.rows += filled.created + filled.updated;
    }
    GENMEI_TRY(batch.commit());
  }
  // The first ten things: must-reach levels, then basic items, in the method's order; one a working day from tomorrow.
  GENMEI_LET(existing, product.all("task", {{"source_kind", Filter::Op::eq, {"setup"}},
                                            {"service", Filter::Op::eq, {service.id}}}));
  if (existing.empty()) {
    GENMEI_LET(holidays, Holidays::load(workspace.shipped() + "/holidays/japan.yaml"));
    GENMEI_LET(profile, service_profile(workspace, session, out.service));
    auto batch = session.batch();
    constexpr std::size_t first = 10;
    const auto today = japan_date(workspace.clock().now());
    for (const auto& requirement : profile.requirements) {
      if (out.tasks.size() >= first) break;
      const auto& entry = catalogues.library->entry(requirement.item);
      if (entry.item->kind == standard::Kind::best_practice || entry.item->kind == standard::Kind::detail) continue;
      json::Object fields;
      fields["title"] = entry.reference + " " + standard::label(*entry.item, Language::ja);
      const auto why = method::sentences(knowledge, *catalogues.library, profile.facts, requirement);
      if (!why.empty()) fields["why"] = why.front().text.ja;
      fields["due_on"] = format_date(holidays.shift(today, static_cast<int>(out.tasks.size()) + 5));
      fields["source_kind"] = "setup";
      fields["item"] = entry.key;
      fields["service"] = service.id;
      GENMEI_LET(made, batch.create("task", fields));
      out.tasks.push_back(made);
    }
    GENMEI_TRY(batch.commit());
  } else {
    out.tasks = existing;
  }
  return out;
}

}  // namespace genmei::operate
