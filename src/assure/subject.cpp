// Finding what a report is about, and what stands in front of every report.
#include <algorithm>

#include "assure/views.hpp"
#include "operate/overview.hpp"

namespace genmei::assure {

using record::Filter;
using record::Record;

std::string name_of(const Names& names, std::string_view kind, std::string_view id) {
  const auto found = names.find(std::string(kind) + "/" + std::string(id));
  return found == names.end() ? std::string() : found->second;
}

std::string names_of(const Source& source, const Names& names, const json::Object& fields, std::string_view field,
                     std::string_view kind) {
  std::string out;
  const auto* list = fields.if_contains(field);
  if (list == nullptr || !list->is_array()) return out;
  for (const auto& id : list->get_array()) {
    if (!id.is_string()) continue;
    const auto name = name_of(names, kind, id.get_string());
    if (name.empty()) continue;
    if (!out.empty()) out += source.words("list-separator");
    out += name;
  }
  return out;
}

Result<Names> names_in(Source& source, const std::vector<Record>& records) {
  GENMEI_LET(labels, source.session.labels(records, source.language()));
  Names out;
  for (const auto& [key, label] : labels) out[key] = label.label;
  return out;
}

Result<Record> find_service(Source& source) {
  const auto& wanted = source.request.service;
  if (!wanted.empty()) {
    if (auto found = source.session.get("service", wanted, source.request.as_of)) return std::move(*found);
  }
  GENMEI_LET(services, source.session.all("service", {}, source.request.as_of, {"number"}));
  if (wanted.empty()) {
    if (services.size() == 1) return std::move(services.front());
    return problem(Failure::invalid, "report.service-needed", "service");
  }
  for (auto& service : services) {
    if (service.number == wanted || service.text("name") == wanted || service.text("name_en") == wanted)
      return std::move(service);
  }
  return problem(Failure::not_found, "report.service-unknown", "service", {{"value", wanted}});
}

std::string service_name(const Source& source, const Record& service) {
  return source.in({service.text("name"), service.text("name_en")});
}

Result<Record> find_assessment(Source& source, const std::string& purpose) {
  const auto& wanted = source.request.assessment;
  if (!wanted.empty()) {
    if (auto found = source.session.get("assessment", wanted, source.request.as_of)) return std::move(*found);
  }
  GENMEI_LET(all, source.session.all("assessment", {}, source.request.as_of, {"-started_on"}));
  for (auto& one : all) {
    const bool found = wanted.empty() ? one.text("purpose") == purpose && one.state != "closed" && !one.archived
                                      : one.number == wanted || one.text("title") == wanted;
    if (found) return std::move(one);
  }
  return problem(Failure::not_found, "report.no-assessment", "assessment", {{"value", wanted}});
}

Result<std::optional<Record>> organisation(Source& source) {
  if (!source.session.access().may("organisation", record::Action::read)) return std::optional<Record>();
  GENMEI_LET(found, source.session.all("organisation", {}, source.at, {"created_at"}));
  if (found.empty()) return std::optional<Record>();
  return std::optional<Record>(std::move(found.front()));
}

Result<report::FrontView> working_front(Source& source, const std::string& secrecy) {
  report::FrontView out;
  GENMEI_LET(house, organisation(source));
  if (house) out.organisation = source.in({house->text("name"), house->text("name_en")});
  out.as_of = source.at;
  if (secrecy.empty()) return out;
  const auto* kind = source.workspace.registry().find("service");
  const auto* field = kind == nullptr ? nullptr : kind->field("class");
  if (field == nullptr) return out;
  const auto value =
      std::find_if(field->values.begin(), field->values.end(), [&](const auto& one) { return one.id == secrecy; });
  if (value != field->values.end()) out.secrecy = value->title;
  return out;
}

Bilingual catalogue_title(const Source& source, const std::string& standard, const std::string& part) {
  const auto* catalogue = source.library().catalogue(standard);
  if (catalogue == nullptr) return {standard, standard};
  Bilingual out = catalogue->short_title.ja.empty() ? catalogue->title : catalogue->short_title;
  if (const auto* one = catalogue->part(part); one != nullptr && catalogue->parts.size() > 1) {
    out.ja += " " + one->title.ja;
    out.en += " " + one->title.en;
  }
  out.ja += "（" + catalogue->version + "）";
  out.en += " (" + catalogue->version + ")";
  return out;
}

}  // namespace genmei::assure
