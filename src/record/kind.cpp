#include "record/kind.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace genmei::record {
namespace {

constexpr std::array<std::pair<std::string_view, FieldType>, 20> type_names{{
    {"text", FieldType::text},         {"longtext", FieldType::longtext},   {"integer", FieldType::integer},
    {"decimal", FieldType::decimal},   {"percent", FieldType::percent},     {"money", FieldType::money},
    {"boolean", FieldType::boolean},   {"date", FieldType::date},           {"datetime", FieldType::datetime},
    {"duration", FieldType::duration}, {"enum", FieldType::enumeration},    {"ref", FieldType::ref},
    {"refs", FieldType::refs},         {"catalogue", FieldType::catalogue}, {"catalogues", FieldType::catalogues},
    {"url", FieldType::url},           {"email", FieldType::email},         {"file", FieldType::file},
    {"json", FieldType::json},         {"texts", FieldType::texts},
}};

bool is_identifier(std::string_view text, char joint) {
  if (text.empty() || text.size() > 50 || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == joint; });
}

// Scalars of a condition as text: booleans and numbers compare by their JSON form.
std::string as_text(const json::Value& value) {
  if (value.is_string()) return {value.get_string().data(), value.get_string().size()};
  return json::write(value);
}

json::Value scalar_to_json(const yaml::Node& node, FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return json::Value(node.boolean());
    case FieldType::integer:
    case FieldType::money:
      return json::Value(node.integer());
    case FieldType::decimal:
    case FieldType::percent:
      return json::Value(node.number());
    default:
      return json::Value(boost::json::string(node.str()));
  }
}

// Reads one declaration; collects every fault it finds.
class Reader {
 public:
  explicit Reader(const yaml::File& file) : file_(file) {}

  Kind read() {
    const auto& root = file_.root;
    Kind kind;
    kind.id = root["kind"].str();
    if (!is_identifier(kind.id, '-')) fault(root, "kind-id", kind.id);
    kind.table = "k_" + kind.id;
    std::replace(kind.table.begin(), kind.table.end(), '-', '_');
    kind.title = bilingual(root, "title");
    kind.plural = root.has("plural") ? bilingual(root, "plural") : kind.title;
    kind.purpose = bilingual(root, "purpose");
    if (root.has("example")) kind.example = bilingual(root, "example");
    kind.group = root["group"].str();
    kind.serves = root["serves"].strings();
    kind.number_prefix = root["number"].str();
    if (kind.number_prefix.empty()) fault(root, "kind-number", kind.id);
    kind.title_field = root["title_field"].str();
    kind.default_class = root["class"].str("internal");
    kind.menu = root["menu"].boolean(true);
    for (const auto& section : root["sections"].items) {
      kind.sections.emplace_back(section["id"].str(), bilingual(section, "title"));
    }
    for (const auto& node : root["fields"].items) kind.fields.push_back(field(node));
    add_common(kind);
    kind.columns = root["list"]["columns"].strings();
    kind.default_sort = root["list"]["sort"].str("-updated_at");
    for (const auto& view : root["list"]["views"].items) {
      kind.views.push_back({view["id"].str(), bilingual(view, "title"), view["filter"].str()});
    }
    read_workflow(root["workflow"], kind.workflow);
    for (const auto& node : root["rules"].items) kind.rules.push_back(rule(node));
    kind.unique = name_lists(root["unique"]);
    kind.tally = name_lists(root["tally"]);
    kind.indexes = name_lists(root["indexes"]);
    kind.cycle = root["cycle"]["every"].str();
    kind.retention = root["retention"]["period"].str();
    check(kind);
    return kind;
  }

  Problems problems;

 private:
  void fault(const yaml::Node& node, const std::string& code, std::string value = {}) {
    problems.add(problem(Failure::internal, "kind." + code, file_.at(node), {{"value", std::move(value)}}));
  }

  Bilingual bilingual(const yaml::Node& parent, std::string_view key) {
    const auto& node = parent[key];
    Bilingual text{node["ja"].str(), node["en"].str()};
    if (text.ja.empty() || text.en.empty()) fault(node.is_null() ? parent : node, "text", std::string(key));
    return text;
  }

  static std::vector<std::vector<std::string>> name_lists(const yaml::Node& node) {
    std::vector<std::vector<std::string>> out;
    for (const auto& item : node.items) out.push_back(item.strings());
    return out;
  }

  std::optional<Condition> condition(const yaml::Node& node) {
    if (!node.is_map()) return std::nullopt;
    Condition condition;
    condition.field = node["field"].str();
    condition.is = node["is"].strings();
    if (node.has("empty")) condition.empty = node["empty"].boolean();
    if (condition.field.empty()) fault(node, "condition");
    return condition;
  }

  EnumValue enum_value(const yaml::Node& node) {
    return {node["id"].str(), bilingual(node, "title"), node["tone"].str("free")};
  }

  Field field(const yaml::Node& node) {
    Field out;
    out.name = node["name"].str();
    if (!is_identifier(out.name, '_')) fault(node, "field-name", out.name);
    out.title = bilingual(node, "title");
    if (node.has("hint")) out.hint = bilingual(node, "hint");
    const auto type = node["type"].str();
    const auto* found =
        std::find_if(type_names.begin(), type_names.end(), [&](const auto& t) { return t.first == type; });
    if (found == type_names.end()) {
      fault(node, "field-type", type);
    } else {
      out.type = found->second;
    }
    out.section = node["section"].str();
    out.required = node["required"].str() == "always";
    out.required_in_draft = node["required_in_draft"].boolean();
    out.required_when = condition(node["required"]);
    for (const auto& value : node["values"].items) out.values.push_back(enum_value(value));
    if (out.type == FieldType::enumeration && out.values.empty()) fault(node, "field-values", out.name);
    out.to = node["to"].str();
    out.catalogue = node["catalogue"].str();
    if (node.has("min")) out.min = node["min"].number();
    if (node.has("max")) out.max = node["max"].number();
    out.max_length = static_cast<std::size_t>(
        node["max_length"].integer(out.type == FieldType::longtext || out.type == FieldType::json ? 20000 : 300));
    out.pattern = node["pattern"].str();
    if (node.has("default")) out.default_value = scalar_to_json(node["default"], out.type);
    out.readonly = node["readonly"].boolean() || node["computed"].boolean();
    out.sort = node["sort"].boolean();
    out.filter = node["filter"].boolean();
    out.unique = node["unique"].boolean();
    return out;
  }

  static void add_common(Kind& kind) {
    const auto add = [&](std::string name, FieldType type, Bilingual title, bool sort) -> Field& {
      Field field;
      field.name = std::move(name);
      field.type = type;
      field.title = std::move(title);
      field.sort = sort;
      field.filter = true;
      field.common = true;
      field.max_length = 300;
      kind.fields.push_back(std::move(field));
      return kind.fields.back();
    };
    if (kind.id != "person") {
      add("owner", FieldType::ref, {"責任者", "Owner"}, true).to = "person";
    } else {
      add("owner", FieldType::ref, {"登録の責任者", "Owner of the record"}, false).to = "person";
    }
    add("org_unit", FieldType::ref, {"所管部署", "Responsible unit"}, false).to = "org-unit";
    auto& secrecy = add("class", FieldType::enumeration, {"取扱区分", "Handling class"}, false);
    secrecy.values = {{"public", {"公開", "Public"}, "free"},
                      {"internal", {"社内限り", "Internal"}, "free"},
                      {"confidential", {"社外秘", "Confidential"}, "warn"},
                      {"secret", {"極秘", "Secret"}, "miss"}};
    secrecy.default_value = boost::json::string(kind.default_class);
    add("remarks", FieldType::longtext, {"備考", "Remarks"}, false).max_length = 4000;
  }

  void read_workflow(const yaml::Node& node, Workflow& out) {
    if (node.is_null()) {
      out.states = {{"active", {"有効", "Active"}, "free", false, false}};
      return;
    }
    for (const auto& state : node["states"].items) {
      out.states.push_back({state["id"].str(), bilingual(state, "title"), state["tone"].str("free"),
                            state["frozen"].boolean(), state["final"].boolean()});
    }
    out.initial = node["initial"].str(out.states.empty() ? "" : out.states.front().id);
    if (out.state(out.initial) == nullptr) fault(node, "workflow-initial", out.initial);
    for (const auto& item : node["transitions"].items) {
      Transition transition;
      transition.id = item["id"].str();
      transition.title = bilingual(item, "title");
      transition.from = item["from"].strings();
      transition.to = item["to"].str();
      transition.by = item["by"].strings();
      transition.not_by = item["not_by"].strings();
      transition.needs = item["requires"].strings();
      transition.comment = item["comment"].str("optional");
      transition.approves = item["approves"].boolean();
      for (const auto& from : transition.from) {
        if (out.state(from) == nullptr) fault(item, "workflow-state", from);
      }
      if (out.state(transition.to) == nullptr) fault(item, "workflow-state", transition.to);
      out.transitions.push_back(std::move(transition));
    }
  }

  Rule rule(const yaml::Node& node) {
    Rule out;
    out.id = node["id"].str();
    out.when = condition(node["when"]);
    out.unless = condition(node["unless"]);
    out.warn = node["mode"].str("refuse") == "warn";
    if (node.has("message")) out.message = bilingual(node, "message");
    out.place = node["place"].str();
    const auto two = [&](const yaml::Node& names) {
      const auto list = names.strings();
      if (list.size() != 2) {
        fault(node, "rule", out.id);
        return std::pair<std::string, std::string>{};
      }
      return std::pair{list[0], list[1]};
    };
    if (node.has("require")) {
      out.form = Rule::Form::require;
      out.field = node["require"].str();
    } else if (node.has("order")) {
      out.form = Rule::Form::order;
      out.pair = two(node["order"]);
    } else if (node.has("different")) {
      out.form = Rule::Form::different;
      out.pair = two(node["different"]);
    } else if (node.has("no_cycle")) {
      out.form = Rule::Form::no_cycle;
      out.field = node["no_cycle"].str();
    } else if (!out.when || out.message.ja.empty()) {
      fault(node, "rule", out.id);
    }
    return out;
  }

  // Everything a declaration names must exist in it.
  void check(Kind& kind) {
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      if (!kind.by_name.emplace(kind.fields[i].name, i).second) fault(file_.root, "field-twice", kind.fields[i].name);
    }
    const auto known = [&](const std::string& name) {
      static const std::set<std::string, std::less<>> own{
          "number", "state", "updated_at", "created_at", "updated_by", "created_by", "revision", "archived", "id"};
      if (!name.empty() && kind.by_name.find(name) == kind.by_name.end() && own.find(name) == own.end()) {
        fault(file_.root, "field-unknown", name);
      }
    };
    if (kind.field(kind.title_field) == nullptr) fault(file_.root, "title-field", kind.title_field);
    for (const auto& name : kind.columns) known(name);
    known(kind.default_sort.starts_with('-') ? kind.default_sort.substr(1) : kind.default_sort);
    for (const auto& lists : {kind.unique, kind.tally, kind.indexes}) {
      for (const auto& names : lists) {
        for (const auto& name : names) known(name);
      }
    }
    for (const auto& transition : kind.workflow.transitions) {
      for (const auto& name : transition.needs) known(name);
    }
    for (const auto& rule : kind.rules) {
      known(rule.field);
      known(rule.pair.first);
      known(rule.pair.second);
      known(rule.place);
      if (rule.when) known(rule.when->field);
      if (rule.unless) known(rule.unless->field);
    }
    for (const auto& field : kind.fields) {
      if (field.required_when) known(field.required_when->field);
    }
  }

  const yaml::File& file_;
};

}  // namespace

std::string_view name_of(FieldType type) {
  for (const auto& [name, value] : type_names) {
    if (value == type) return name;
  }
  return "text";
}

bool is_empty(const json::Object& fields, std::string_view name) {
  const auto* value = fields.if_contains(name);
  if (value == nullptr || value->is_null()) return true;
  if (value->is_string()) return value->get_string().empty();
  if (value->is_array()) return value->get_array().empty();
  return false;
}

bool Condition::holds(const json::Object& fields) const {
  const bool nothing = is_empty(fields, field);
  if (empty && *empty != nothing) return false;
  if (is.empty()) return empty.has_value() || !nothing;
  if (nothing) return false;
  const auto& value = fields.at(field);
  const auto one = [&](const json::Value& v) { return std::find(is.begin(), is.end(), as_text(v)) != is.end(); };
  if (value.is_array()) return std::any_of(value.get_array().begin(), value.get_array().end(), one);
  return one(value);
}

const Field* Kind::field(std::string_view name) const {
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : &fields[found->second];
}

const State* Workflow::state(std::string_view id) const {
  const auto found = std::find_if(states.begin(), states.end(), [&](const auto& s) { return s.id == id; });
  return found == states.end() ? nullptr : &*found;
}

const Transition* Workflow::transition(std::string_view id) const {
  const auto found = std::find_if(transitions.begin(), transitions.end(), [&](const auto& t) { return t.id == id; });
  return found == transitions.end() ? nullptr : &*found;
}

Result<Registry> Registry::load(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  if (error || paths.empty()) return problem(Failure::internal, "kind.folder", folder);
  std::sort(paths.begin(), paths.end());
  std::vector<yaml::File> files;
  for (const auto& path : paths) {
    GENMEI_LET(file, yaml::load(path));
    files.push_back(std::move(file));
  }
  return from_files(files);
}

Result<Registry> Registry::from_files(const std::vector<yaml::File>& files) {
  Registry registry;
  Problems problems;
  for (const auto& file : files) {
    if (file.root.has("groups")) {
      for (const auto& group : file.root["groups"].items) {
        registry.groups_.emplace_back(group["id"].str(),
                                      Bilingual{group["title"]["ja"].str(), group["title"]["en"].str()});
      }
      continue;
    }
    Reader reader(file);
    Kind kind = reader.read();
    problems.add(std::move(reader.problems));
    if (!registry.by_id_.emplace(kind.id, registry.kinds_.size()).second) {
      problems.add(problem(Failure::internal, "kind.twice", file.path, {{"value", kind.id}}));
    }
    registry.kinds_.push_back(std::move(kind));
  }
  for (const auto& kind : registry.kinds_) {
    for (const auto& field : kind.fields) {
      if (field.is_reference() && registry.find(field.to) == nullptr) {
        problems.add(problem(Failure::internal, "kind.reference", kind.id + "." + field.name, {{"value", field.to}}));
      }
    }
  }
  if (!problems.empty()) return problems;
  registry.link();
  return registry;
}

void Registry::link() {
  for (const auto& kind : kinds_) {
    for (const auto& field : kind.fields) {
      if (field.is_reference()) referrers_[field.to].emplace_back(&kind, &field);
    }
  }
}

const Kind* Registry::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &kinds_[found->second];
}

const std::vector<std::pair<const Kind*, const Field*>>& Registry::referrers(std::string_view kind) const {
  static const std::vector<std::pair<const Kind*, const Field*>> none;
  const auto found = referrers_.find(kind);
  return found == referrers_.end() ? none : found->second;
}

}  // namespace genmei::record
