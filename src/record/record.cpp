#include "record/record.hpp"

namespace genmei::record {

json::Value Record::body() const {
  json::Object out = api().get_object();
  out.erase("approved_revision");
  if (approved_revision) out["approved_revision"] = *approved_revision;
  return out;
}

json::Value Record::api() const {
  json::Object out;
  out["id"] = id;
  out["kind"] = kind;
  out["number"] = number;
  out["revision"] = revision;
  out["state"] = state;
  out["archived"] = archived;
  out["created_at"] = created_at;
  out["created_by"] = created_by;
  out["updated_at"] = updated_at;
  out["updated_by"] = updated_by;
  if (approved_revision) {
    out["approved_revision"] = *approved_revision;
  } else {
    out["approved_revision"] = nullptr;
  }
  out["fields"] = fields;
  if (!extra.empty()) out["extra"] = extra;
  return out;
}

std::vector<std::string> Record::list(std::string_view field) const {
  std::vector<std::string> out;
  if (const auto* value = fields.if_contains(field); value != nullptr && value->is_array()) {
    for (const auto& item : value->get_array()) {
      if (item.is_string()) out.emplace_back(item.get_string());
    }
  }
  return out;
}

Result<Record> from_body(std::string_view canonical) {
  GENMEI_LET(value, json::parse(canonical));
  if (!value.is_object()) return problem(Failure::internal, "record.body");
  auto& object = value.get_object();
  Record record;
  record.id = json::text(object, "id");
  record.kind = json::text(object, "kind");
  record.number = json::text(object, "number");
  record.revision = json::integer(object, "revision");
  record.state = json::text(object, "state");
  record.archived = json::boolean(object, "archived");
  if (object.contains("approved_revision")) record.approved_revision = json::integer(object, "approved_revision");
  record.created_at = json::text(object, "created_at");
  record.created_by = json::text(object, "created_by");
  record.updated_at = json::text(object, "updated_at");
  record.updated_by = json::text(object, "updated_by");
  if (auto* fields = object.if_contains("fields"); fields != nullptr && fields->is_object())
    record.fields = std::move(fields->get_object());
  if (auto* extra = object.if_contains("extra"); extra != nullptr && extra->is_object())
    record.extra = std::move(extra->get_object());
  return record;
}

std::vector<FieldChange> differences(const json::Object& before, const json::Object& after) {
  std::vector<FieldChange> out;
  for (const auto& member : before) {
    const auto* now = after.if_contains(member.key());
    if (now == nullptr || !(*now == member.value())) {
      out.push_back({std::string(member.key()), member.value(), now == nullptr ? json::Value(nullptr) : *now});
    }
  }
  for (const auto& member : after) {
    if (!before.contains(member.key()))
      out.push_back({std::string(member.key()), json::Value(nullptr), member.value()});
  }
  return out;
}

}  // namespace genmei::record
