// The OpenAPI 3.1 document: one set of paths and schemas per kind, made from its declaration, and the fixed routes.
#include "server/api.hpp"
#include "server/openapi_routes.hpp"

namespace genmei::server {
namespace {

using record::Field;
using record::FieldType;

constexpr std::string_view id_pattern = "^[0-9a-z]{26}$";

// A member of an object literal; boost::json converts no std::string by itself.
struct Member {
  template <class T>
  Member(std::string_view key, T&& content) : name(key) {  // NOLINT(google-explicit-constructor)
    if constexpr (std::is_convertible_v<T, std::string_view>) {
      const std::string_view text(content);
      value = boost::json::string(text.data(), text.size());
    } else {
      value = std::forward<T>(content);
    }
  }
  std::string_view name;
  json::Value value;
};

json::Object object(std::initializer_list<Member> members) {
  json::Object out;
  for (const auto& member : members) out[member.name] = member.value;
  return out;
}

json::Value type_of(std::string_view type) { return object({{"type", type}}); }
json::Value reference(std::string_view name) { return object({{"$ref", "#/components/schemas/" + std::string(name)}}); }
json::Value array_of(json::Value items) { return object({{"type", "array"}, {"items", std::move(items)}}); }
std::string both(const Bilingual& text) { return text.en.empty() ? text.ja : text.ja + " / " + text.en; }

// "service-level" → "ServiceLevel"
std::string schema_name(std::string_view kind) {
  std::string out;
  bool upper = true;
  for (const char c : kind) {
    if (c == '-') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

// One value of the field; fields of several values wrap it in an array.
json::Object value_schema(const Field& field) {
  json::Object out;
  switch (field.type) {
    case FieldType::integer:
    case FieldType::money:
      out["type"] = "integer";
      out["format"] = "int64";
      break;
    case FieldType::decimal:
    case FieldType::percent:
      out["type"] = "number";
      break;
    case FieldType::boolean:
      out["type"] = "boolean";
      break;
    case FieldType::json:
      out["type"] = json::Array{"object", "array"};
      break;
    default:
      out["type"] = "string";
  }
  if (field.min) out["minimum"] = *field.min;
  if (field.max) out["maximum"] = *field.max;
  if (out.at("type") != json::Value("string")) return out;
  switch (field.type) {
    case FieldType::date:
      out["format"] = "date";
      break;
    case FieldType::datetime:
      out["format"] = "date-time";
      break;
    case FieldType::duration:
      out["format"] = "duration";
      break;
    case FieldType::url:
      out["format"] = "uri";
      break;
    case FieldType::email:
      out["format"] = "email";
      break;
    case FieldType::ref:
    case FieldType::refs:
    case FieldType::file:
      out["pattern"] = id_pattern;
      break;
    case FieldType::enumeration: {
      json::Array ids;
      for (const auto& value : field.values) ids.emplace_back(value.id);
      out["enum"] = std::move(ids);
      break;
    }
    default:
      if (!field.pattern.empty()) out["pattern"] = "^(?:" + field.pattern + ")$";
      if (field.max_length > 0) out["maxLength"] = field.max_length;
  }
  return out;
}

json::Value field_schema(const Field& field) {
  auto out = value_schema(field);
  if (field.many()) {
    out = object({{"type", "array"}, {"items", std::move(out)}, {"uniqueItems", true}});
  }
  out["title"] = both(field.title);
  std::string about = both(field.hint);
  const auto add = [&](const std::string& text) { about += (about.empty() ? "" : "\n") + text; };
  if (field.type == FieldType::enumeration) {
    for (const auto& value : field.values) add("- `" + value.id + "`: " + both(value.title));
  }
  if (field.is_reference()) add("Id of a record of the kind `" + field.to + "`.");
  if (!field.catalogue.empty()) add("Value of the catalogue `" + field.catalogue + "`.");
  if (!about.empty()) out["description"] = about;
  if (!field.default_value.is_null()) out["default"] = field.default_value;
  if (field.readonly) out["readOnly"] = true;
  return out;
}

void add_schemas(const record::Kind& kind, json::Object& schemas) {
  const auto name = schema_name(kind.id);
  json::Object properties;
  json::Array required;
  for (const auto& field : kind.fields) {
    properties[field.name] = field_schema(field);
    const bool at_once = kind.workflow.transitions.empty() || field.required_in_draft || field.name == kind.title_field;
    if (field.required && at_once && field.default_value.is_null() && !field.readonly)
      required.emplace_back(field.name);
  }
  schemas[name + "Fields"] = object({{"type", "object"},
                                     {"title", both(kind.title)},
                                     {"properties", std::move(properties)},
                                     {"additionalProperties", false}});
  auto fresh = object({{"allOf", json::Array{reference(name + "Fields")}}});
  if (!required.empty()) fresh["required"] = std::move(required);
  schemas[name + "New"] = std::move(fresh);
  json::Array states;
  for (const auto& state : kind.workflow.states) states.emplace_back(state.id);
  auto state = object({{"type", "string"}, {"readOnly", true}});
  if (!states.empty()) state["enum"] = std::move(states);
  auto own = object(
      {{"kind", object({{"const", kind.id}})}, {"state", std::move(state)}, {"fields", reference(name + "Fields")}});
  schemas[name] = object({{"title", both(kind.title)},
                          {"description", both(kind.purpose)},
                          {"allOf", json::Array{reference("Record"), object({{"properties", std::move(own)}})}}});
}

json::Value json_content(json::Value schema) {
  return object({{"application/json", object({{"schema", std::move(schema)}})}});
}

json::Value answer(std::string_view text, json::Value schema) {
  return object({{"description", text}, {"content", json_content(std::move(schema))}});
}

json::Value with_tag(json::Value response) {
  response.get_object()["headers"] =
      object({{"ETag", object({{"description", "Revision, for If-Match"}, {"schema", type_of("string")}})}});
  return response;
}

json::Value file_answer() {
  return object({{"description", "A file"},
                 {"content", object({{"application/octet-stream", json::Object{}}, {"*/*", json::Object{}}})}});
}

json::Value problem_reference() { return object({{"$ref", "#/components/responses/Problem"}}); }
json::Value parameter_reference(std::string_view name) {
  return object({{"$ref", "#/components/parameters/" + std::string(name)}});
}

json::Value body_of(json::Value schema) {
  return object({{"required", true}, {"content", json_content(std::move(schema))}});
}

json::Value upload_body() {
  auto schema =
      object({{"type", "object"},
              {"required", json::Array{"file"}},
              {"properties",
               object({{"file", object({{"type", "string"}, {"contentMediaType", "application/octet-stream"}})}})}});
  return object(
      {{"required", true}, {"content", object({{"multipart/form-data", object({{"schema", std::move(schema)}})}})}});
}

json::Object operation(std::string id, std::string summary, std::string_view tag, std::string_view status,
                       json::Value response) {
  return object({{"operationId", id},
                 {"summary", summary},
                 {"tags", json::Array{json::Value(tag)}},
                 {"responses", object({{status, std::move(response)}, {"default", problem_reference()}})}});
}

json::Value path_parameter(std::string_view name, json::Value schema) {
  return object({{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}});
}

json::Value query_parameter(std::string_view name, json::Value schema, std::string_view about = {}) {
  auto out = object({{"name", name}, {"in", "query"}, {"schema", std::move(schema)}});
  if (!about.empty()) out["description"] = about;
  return out;
}

json::Array list_parameters(const record::Kind& kind, bool paging) {
  json::Array out;
  for (const auto* name : {"q", "archived", "sort", "as_of"}) out.push_back(parameter_reference(name));
  if (paging) {
    for (const auto* name : {"fields", "limit", "cursor", "count"}) out.push_back(parameter_reference(name));
  }
  const auto add = [&](const std::string& name, const std::string& title) {
    out.push_back(query_parameter(name, type_of("string"),
                                  title + ". Also " + name +
                                      "[ne|lt|le|gt|ge|in|empty|contains]; `in` takes comma-separated values, `@me` is "
                                      "the caller's person."));
  };
  add("state", "状態 / State");
  for (const auto& field : kind.fields) {
    if (field.filter) add(field.name, both(field.title));
  }
  return out;
}

void add_paths(const record::Kind& kind, json::Object& paths) {
  const auto name = schema_name(kind.id);
  const auto base = "/records/" + kind.id;
  std::string suffix = kind.id;
  for (char& c : suffix) c = c == '-' ? '_' : c;
  const auto title = both(kind.title);
  const auto make = [&](const std::string& verb, const Bilingual& words, std::string_view status,
                        json::Value response) {
    return operation(verb + "_" + suffix, title + ": " + both(words), kind.id, status, std::move(response));
  };
  const auto page = object({{"type", "object"},
                            {"required", json::Array{"items", "labels", "next"}},
                            {"properties", object({{"items", array_of(reference(name))},
                                                   {"labels", reference("Labels")},
                                                   {"next", object({{"type", json::Array{"string", "null"}}})},
                                                   {"total", type_of("integer")}})}});
  const auto one = object({{"type", "object"},
                           {"required", json::Array{"record"}},
                           {"properties", object({{"record", reference(name)},
                                                  {"labels", reference("Labels")},
                                                  {"actions", array_of(type_of("object"))},
                                                  {"may", type_of("object")}})}});
  const auto wrapped = [](json::Value fields) {
    return object({{"type", "object"},
                   {"required", json::Array{"fields"}},
                   {"properties", object({{"fields", std::move(fields)}, {"extra", type_of("object")}})}});
  };
  const auto id = path_parameter("id", object({{"type", "string"}, {"pattern", id_pattern}}));

  auto list = make("list", {"一覧", "list"}, "200", answer("A page of records", page));
  list["parameters"] = list_parameters(kind, true);
  auto create = make("create", {"登録", "create"}, "201", with_tag(answer("The new record", reference(name))));
  create["requestBody"] = body_of(wrapped(reference(name + "New")));
  create["parameters"] = json::Array{parameter_reference("Idempotency-Key")};
  paths[base] = object({{"get", std::move(list)}, {"post", std::move(create)}});

  auto bulk = make("bulk", {"まとめて変更", "change many"}, "200", answer("The records", type_of("object")));
  bulk["requestBody"] = body_of(object({{"type", "object"},
                                        {"properties", object({{"create", array_of(wrapped(reference(name + "New")))},
                                                               {"update", array_of(type_of("object"))},
                                                               {"archive", array_of(type_of("object"))}})}}));
  paths[base + "/bulk"] = object({{"post", std::move(bulk)}});

  auto get = make("get", {"1件", "one record"}, "200", with_tag(answer("The record", one)));
  get["parameters"] = json::Array{parameter_reference("as_of"), parameter_reference("revision")};
  auto patch = make("update", {"変更", "change"}, "200", with_tag(answer("The record", one)));
  patch["requestBody"] = body_of(wrapped(reference(name + "Fields")));
  patch["parameters"] = json::Array{parameter_reference("If-Match")};
  paths[base + "/{id}"] =
      object({{"parameters", json::Array{id}}, {"get", std::move(get)}, {"patch", std::move(patch)}});

  if (!kind.workflow.transitions.empty()) {
    json::Array names;
    for (const auto& transition : kind.workflow.transitions) names.emplace_back(transition.id);
    auto move = make("transition", {"状態を進める", "take a transition"}, "200", with_tag(answer("The record", one)));
    move["requestBody"] =
        object({{"content", json_content(object({{"type", "object"},
                                                 {"properties", object({{"comment", type_of("string")},
                                                                        {"fields", reference(name + "Fields")}})}}))}});
    move["parameters"] =
        json::Array{path_parameter("transition", object({{"type", "string"}, {"enum", std::move(names)}})),
                    parameter_reference("If-Match-optional")};
    paths[base + "/{id}/transitions/{transition}"] =
        object({{"parameters", json::Array{id}}, {"post", std::move(move)}});
  }
  const auto simple = [&](const std::string& part, std::string_view method, const Bilingual& words, json::Value schema,
                          bool match) {
    auto call = make(part, words, "200", answer("Answer", std::move(schema)));
    if (match) call["parameters"] = json::Array{parameter_reference("If-Match-optional")};
    paths[base + "/{id}/" + part] = object({{"parameters", json::Array{id}}, {method, std::move(call)}});
  };
  simple("archive", "post", {"保管へ移す", "archive"}, one, true);
  simple("restore", "post", {"保管から戻す", "restore"}, one, true);
  simple("history", "get", {"改訂の履歴", "revisions"}, type_of("object"), false);
  simple("links", "get", {"つながり", "links"}, type_of("object"), false);
  simple("comments", "get", {"コメント", "comments"}, type_of("object"), false);
  auto comment = make("comment", {"コメントする", "comment"}, "201", answer("The comment", type_of("object")));
  comment["requestBody"] = body_of(object(
      {{"type", "object"}, {"required", json::Array{"text"}}, {"properties", object({{"text", type_of("string")}})}}));
  paths[base + "/{id}/comments"].get_object()["post"] = std::move(comment);

  auto exports = make("export", {"書き出す", "export"}, "200", file_answer());
  auto parameters = list_parameters(kind, false);
  parameters.push_back(
      query_parameter("format", object({{"type", "string"}, {"enum", json::Array{"xlsx", "csv", "json"}}})));
  exports["parameters"] = std::move(parameters);
  paths[base + "/export"] = object({{"get", std::move(exports)}});
  auto imports =
      make("import", {"取り込む", "import"}, "200", answer("What the file holds", reference("ImportOutcome")));
  imports["parameters"] =
      json::Array{query_parameter("mode", object({{"type", "string"}, {"enum", json::Array{"check", "apply"}}}))};
  imports["requestBody"] = upload_body();
  paths[base + "/import"] = object({{"post", std::move(imports)}});
  paths[base + "/template.xlsx"] =
      object({{"get", make("template", {"取り込みのひな型", "template"}, "200", file_answer())}});
}

// "name:s count:i?" as the schema of an object; "*" is any JSON.
json::Value members_schema(std::string_view words) {
  if (words == "*") return json::Object{};
  json::Object properties;
  json::Array required;
  for (const auto word : split(words, ' ')) {
    const auto colon = word.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = word.substr(0, colon);
    const bool optional = word.ends_with('?');
    std::string_view type;
    switch (word[colon + 1]) {
      case 's':
        type = "string";
        break;
      case 'i':
        type = "integer";
        break;
      case 'n':
        type = "number";
        break;
      case 'b':
        type = "boolean";
        break;
      case 'a':
        type = "array";
        break;
      case 'o':
        type = "object";
        break;
      default:
        break;
    }
    json::Object schema;
    if (!type.empty()) {
      schema["type"] = type;
      if (optional) schema["type"] = json::Array{json::Value(type), "null"};
      if (type == "array") schema["items"] = json::Object{};
    }
    properties[name] = std::move(schema);
    if (!optional) required.emplace_back(name);
  }
  auto out = object({{"type", "object"}});
  if (!properties.empty()) out["properties"] = std::move(properties);
  if (!required.empty()) out["required"] = std::move(required);
  return out;
}

void add_fixed(const FixedRoute& route, json::Object& paths) {
  std::string id(route.method);
  for (const char c : route.path) {
    if (c == '{' || c == '}') continue;
    id += c == '/' || c == '-' || c == '.' ? '_' : c;
  }
  json::Value response;
  if (route.status == 204) {
    response = object({{"description", "Done"}});
  } else if (route.answer == "file") {
    response = file_answer();
  } else {
    response = answer("Done", members_schema(route.answer));
  }
  auto call = operation(id, std::string(route.ja) + " / " + std::string(route.en), route.tag,
                        std::to_string(route.status), std::move(response));
  json::Array parameters;
  for (std::size_t at = route.path.find('{'); at != std::string_view::npos; at = route.path.find('{', at + 1)) {
    const auto name = route.path.substr(at + 1, route.path.find('}', at) - at - 1);
    auto schema = object({{"type", "string"}});
    if (name == "report") schema["enum"] = json::Array{"soa", "criteria", "gap", "pattern", "disclosure"};
    parameters.push_back(path_parameter(name, std::move(schema)));
  }
  for (const auto name : split(route.query, ' ')) {
    if (name == "as_of" || name == "q" || name == "limit" || name == "cursor") {
      parameters.push_back(parameter_reference(name));
    } else if (!name.empty()) {
      parameters.push_back(query_parameter(name, type_of("string")));
    }
  }
  if (!parameters.empty()) call["parameters"] = std::move(parameters);
  if (route.body == "multipart") {
    call["requestBody"] = upload_body();
  } else if (!route.body.empty()) {
    call["requestBody"] = body_of(members_schema(route.body));
  }
  if (route.open) call["security"] = json::Array{};
  auto& path = paths[route.path];
  if (!path.is_object()) path = json::Object{};
  path.get_object()[route.method] = std::move(call);
}

json::Object parameters() {
  const auto text = type_of("string");
  const auto header = [&](std::string_view name, bool required, std::string_view about) {
    return object({{"name", name}, {"in", "header"}, {"required", required}, {"schema", text}, {"description", about}});
  };
  return object(
      {{"q", query_parameter("q", text, "Words, compared without regard to width, case and kana")},
       {"archived", query_parameter("archived", object({{"type", "string"},
                                                        {"enum", json::Array{"false", "true", "all"}},
                                                        {"default", "false"}}))},
       {"sort", query_parameter("sort", text, "Field names, separated by commas; `-` in front for descending")},
       {"fields", query_parameter("fields", text, "Fields of the answer, separated by commas")},
       {"limit",
        query_parameter("limit", object({{"type", "integer"}, {"minimum", 1}, {"maximum", 500}, {"default", 25}}))},
       {"cursor", query_parameter("cursor", text, "`next` of the page before")},
       {"count", query_parameter("count", type_of("boolean"), "Also answer the total")},
       {"as_of", query_parameter("as_of", text, "A date (its end in Japan) or a point in time: the state as it was")},
       {"revision", query_parameter("revision", text, "A revision, or `approved`")},
       {"If-Match", header("If-Match", true, "The revision that was read: \"3\"")},
       {"If-Match-optional", header("If-Match", false, "The revision that was read: \"3\"")},
       {"Idempotency-Key", header("Idempotency-Key", false, "The same key gives the same answer for 24 hours")}});
}

void add_common_schemas(json::Object& schemas) {
  const auto text = type_of("string");
  const auto number = type_of("integer");
  const auto moment = object({{"type", "string"}, {"format", "date-time"}});
  schemas["Problem"] = object(
      {{"type", "object"},
       {"required", json::Array{"type", "title", "status", "code"}},
       {"properties",
        object({{"type", text},
                {"title", text},
                {"status", number},
                {"code", object({{"type", "string"}, {"description", "Stable: area.what"}})},
                {"detail", text},
                {"errors",
                 array_of(object({{"type", "object"},
                                  {"properties", object({{"code", text}, {"place", text}, {"message", text}})}}))}})}});
  schemas["Record"] =
      object({{"type", "object"},
              {"required", json::Array{"id", "kind", "number", "revision", "state", "archived", "fields"}},
              {"properties", object({{"id", object({{"type", "string"}, {"pattern", id_pattern}})},
                                     {"kind", text},
                                     {"number", text},
                                     {"revision", number},
                                     {"state", text},
                                     {"archived", type_of("boolean")},
                                     {"created_at", moment},
                                     {"created_by", text},
                                     {"updated_at", moment},
                                     {"updated_by", text},
                                     {"approved_revision", object({{"type", json::Array{"integer", "null"}}})},
                                     {"fields", type_of("object")},
                                     {"extra", type_of("object")}})}});
  schemas["Labels"] = object(
      {{"type", "object"},
       {"description", "\"kind/id\" to what people read"},
       {"additionalProperties",
        object({{"type", "object"}, {"properties", object({{"label", text}, {"number", text}, {"state", text}})}})}});
  const auto fault =
      object({{"type", "object"}, {"properties", object({{"place", text}, {"code", text}, {"message", text}})}});
  const auto column = object({{"type", "object"},
                              {"properties", object({{"header", text},
                                                     {"field", object({{"type", json::Array{"string", "null"}}})},
                                                     {"ignored", type_of("boolean")}})}});
  schemas["ImportOutcome"] = object({{"type", "object"},
                                     {"properties", object({{"rows", number},
                                                            {"create", number},
                                                            {"update", number},
                                                            {"unchanged", number},
                                                            {"applied", type_of("boolean")},
                                                            {"errors", array_of(fault)},
                                                            {"columns", array_of(column)}})}});
}

}  // namespace

std::string openapi(const operate::Workspace& workspace) {
  json::Object schemas;
  json::Object paths;
  json::Array tags;
  add_common_schemas(schemas);
  for (const auto& route : fixed_routes()) add_fixed(route, paths);
  for (const auto& kind : workspace.registry().kinds()) {
    add_schemas(kind, schemas);
    add_paths(kind, paths);
    tags.push_back(object({{"name", kind.id}, {"description", both(kind.plural)}}));
  }
  auto problem_answer =
      object({{"description", "A problem (RFC 9457) in the language of Accept-Language"},
              {"content", object({{"application/problem+json", object({{"schema", reference("Problem")}})}})}});
  auto schemes =
      object({{"cookie",
               object({{"type", "apiKey"},
                       {"in", "cookie"},
                       {"name", "genmei_session"},
                       {"description", "Browsers; writes also send X-CSRF-Token. Over TLS: __Host-genmei_session."}})},
              {"bearer", object({{"type", "http"}, {"scheme", "bearer"}, {"description", "API tokens: gmt_…"}})}});
  const auto none = json::Array{};
  json::Object out;
  out["openapi"] = "3.1.0";
  out["info"] = object({{"title", "Genmei"},
                        {"version", "1"},
                        {"summary", "Information security management for cloud services"},
                        {"license", object({{"name", "See LICENSE of the product"}})}});
  out["servers"] = json::Array{object({{"url", "/api/v1"}})};
  out["security"] = json::Array{object({{"cookie", none}}), object({{"bearer", none}})};
  out["tags"] = std::move(tags);
  out["paths"] = std::move(paths);
  out["components"] = object({{"schemas", std::move(schemas)},
                              {"parameters", parameters()},
                              {"responses", object({{"Problem", std::move(problem_answer)}})},
                              {"securitySchemes", std::move(schemes)}});
  return json::write(out);
}

}  // namespace genmei::server
