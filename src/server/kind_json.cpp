#include "server/api.hpp"

namespace genmei::server {
namespace {

json::Value condition_json(const record::Condition& condition) {
  json::Object out;
  out["field"] = condition.field;
  if (!condition.is.empty()) {
    json::Array values;
    for (const auto& value : condition.is) values.emplace_back(value);
    out["is"] = std::move(values);
  }
  if (condition.empty) out["empty"] = *condition.empty;
  return out;
}

json::Value field_json(const record::Field& field) {
  json::Object out;
  out["name"] = field.name;
  out["title"] = bilingual_json(field.title);
  if (!field.hint.ja.empty()) out["hint"] = bilingual_json(field.hint);
  out["type"] = record::name_of(field.type);
  out["section"] = field.section;
  out["required"] = field.required;
  out["required_in_draft"] = field.required_in_draft;
  if (field.required_when) out["required_when"] = condition_json(*field.required_when);
  if (!field.values.empty()) {
    json::Array values;
    for (const auto& value : field.values) {
      json::Object item;
      item["id"] = value.id;
      item["title"] = bilingual_json(value.title);
      item["tone"] = value.tone;
      values.push_back(std::move(item));
    }
    out["values"] = std::move(values);
  }
  if (!field.to.empty()) out["to"] = field.to;
  if (!field.catalogue.empty()) out["catalogue"] = field.catalogue;
  if (field.min) out["min"] = *field.min;
  if (field.max) out["max"] = *field.max;
  if (field.max_length > 0) out["max_length"] = field.max_length;
  if (!field.pattern.empty()) out["pattern"] = field.pattern;
  if (!field.default_value.is_null()) out["default"] = field.default_value;
  out["readonly"] = field.readonly;
  out["sort"] = field.sort;
  out["filter"] = field.filter;
  out["unique"] = field.unique;
  out["common"] = field.common;
  return out;
}

json::Array strings(const std::vector<std::string>& list) {
  json::Array out;
  for (const auto& item : list) out.emplace_back(item);
  return out;
}

json::Value workflow_json(const record::Workflow& workflow) {
  json::Object out;
  out["initial"] = workflow.initial;
  json::Array states;
  for (const auto& state : workflow.states) {
    json::Object item;
    item["id"] = state.id;
    item["title"] = bilingual_json(state.title);
    item["tone"] = state.tone;
    item["frozen"] = state.frozen;
    item["final"] = state.final;
    states.push_back(std::move(item));
  }
  out["states"] = std::move(states);
  json::Array transitions;
  for (const auto& transition : workflow.transitions) {
    json::Object item;
    item["id"] = transition.id;
    item["title"] = bilingual_json(transition.title);
    item["from"] = strings(transition.from);
    item["to"] = transition.to;
    item["by"] = strings(transition.by);
    item["not_by"] = strings(transition.not_by);
    item["requires"] = strings(transition.needs);
    item["comment"] = transition.comment;
    item["approves"] = transition.approves;
    transitions.push_back(std::move(item));
  }
  out["transitions"] = std::move(transitions);
  return out;
}

}  // namespace

json::Value bilingual_json(const Bilingual& text) {
  json::Object out;
  out["ja"] = text.ja;
  out["en"] = text.en;
  return out;
}

json::Value labels_json(const record::Labels& labels) {
  json::Object out;
  for (const auto& [key, label] : labels) {
    json::Object item;
    item["label"] = label.label;
    if (!label.number.empty()) item["number"] = label.number;
    if (!label.state.empty()) item["state"] = label.state;
    out[key] = std::move(item);
  }
  return out;
}

json::Value kind_json(const record::Kind& kind, const record::Access& access) {
  json::Object out;
  out["id"] = kind.id;
  out["title"] = bilingual_json(kind.title);
  out["plural"] = bilingual_json(kind.plural);
  out["purpose"] = bilingual_json(kind.purpose);
  out["example"] = bilingual_json(kind.example);
  out["group"] = kind.group;
  out["title_field"] = kind.title_field;
  out["serves"] = strings(kind.serves);
  out["menu"] = kind.menu;
  json::Array fields;
  for (const auto& field : kind.fields) fields.push_back(field_json(field));
  out["fields"] = std::move(fields);
  json::Array sections;
  for (const auto& [id, title] : kind.sections) {
    json::Object section;
    section["id"] = id;
    section["title"] = bilingual_json(title);
    sections.push_back(std::move(section));
  }
  out["sections"] = std::move(sections);
  json::Object list;
  list["columns"] = strings(kind.columns);
  list["sort"] = kind.default_sort;
  json::Array views;
  for (const auto& view : kind.views) {
    json::Object item;
    item["id"] = view.id;
    item["title"] = bilingual_json(view.title);
    item["filter"] = view.filter;
    views.push_back(std::move(item));
  }
  list["views"] = std::move(views);
  out["list"] = std::move(list);
  out["workflow"] = workflow_json(kind.workflow);
  json::Object may;
  for (const auto action :
       {record::Action::create, record::Action::update, record::Action::archive, record::Action::bulk_export}) {
    may[record::name_of(action)] = access.may(kind.id, action);
  }
  out["may"] = std::move(may);
  return out;
}

}  // namespace genmei::server
