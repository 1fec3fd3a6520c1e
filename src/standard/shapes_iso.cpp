// ISO/IEC 27001: clauses, Annex A controls with the rules of the model regulation, and its parameters.
#include <charconv>

#include "standard/shapes.hpp"

namespace genmei::standard {
namespace {

std::vector<Term> read_terms(Reader& reader, const yaml::Node& map, std::string_view key) {
  std::vector<Term> out;
  for (const auto& node : reader.list(map, key)) out.push_back({reader.text(node, "id"), reader.both_here(node)});
  return out;
}

Rule read_rule(Reader& reader, const yaml::Node& node) {
  reader.only(node, {"id", "actor", "ja", "en", "parameters", "facts", "added"});
  Rule rule;
  rule.id = reader.text(node, "id");
  rule.actor = reader.text(node, "actor");
  rule.text = reader.both_here(node);
  rule.parameters = node["parameters"].strings();
  rule.added = node["added"].boolean();
  return rule;
}

// "6.1.2" -> "6.1" -> "6": the headings above a clause, outermost first, added when first needed.
std::int32_t heading_above(Reader& reader, Part& part, const std::vector<yaml::Node>& headings, std::string_view id) {
  std::int32_t parent = none;
  for (std::size_t dot = id.find('.'); dot != std::string_view::npos; dot = id.find('.', dot + 1)) {
    const auto wanted = id.substr(0, dot);
    for (const auto& node : headings) {
      if (node["id"].text != wanted) continue;
      std::int32_t found = none;
      for (std::size_t i = 0; i < part.items.size(); ++i) {
        if (part.items[i].id == wanted) found = static_cast<std::int32_t>(i);
      }
      if (found == none) {
        Item heading;
        heading.id = std::string(wanted);
        heading.kind = wanted.find('.') == std::string_view::npos ? Kind::chapter : Kind::section;
        heading.parent = parent;
        heading.title = reader.both_here(node);
        found = add_item(part, std::move(heading));
      }
      parent = found;
    }
  }
  return parent;
}

std::string as_text(const yaml::Node& node) { return node.is_scalar() ? node.text : std::string(); }

Parameter read_parameter(Reader& reader, const yaml::Node& node) {
  reader.only(node, {"id", "type", "default", "unit", "range", "stricter", "strict", "lenient", "values", "label",
                     "note", "source", "fills"});
  using Type = Parameter::Type;
  Parameter out;
  out.id = reader.text(node, "id");
  out.label = reader.both(node, "label");
  out.note = reader.both(node, "note");
  out.source = reader.text(node, "source");
  out.stricter = as_text(node["stricter"]);
  out.strict = as_text(node["strict"]);
  out.lenient = as_text(node["lenient"]);
  const auto type = reader.text(node, "type");
  if (type == "text") {
    out.type = Type::text;
    out.text = reader.both(node, "default");
    return out;
  }
  const auto standard_value = reader.text(node, "default");
  if (type == "enum" || type == "boolean") {
    out.type = type == "enum" ? Type::enumeration : Type::boolean;
    out.choice = standard_value;
    out.choices = read_terms(reader, node, "values");
    bool known = false;
    for (const auto& choice : out.choices) known = known || choice.id == standard_value;
    if (!known) reader.complain(node["default"], "standard.value", "default");
    return out;
  }
  if (type != "integer" && type != "duration") reader.complain(node["type"], "standard.value", "type");
  out.type = type == "duration" ? Type::duration : Type::integer;
  out.number = node["default"].integer(-1);
  out.unit = reader.text(node, "unit");
  out.minimum = node["range"]["min"].integer();
  out.maximum = node["range"]["max"].integer();
  if (out.number < out.minimum || out.number > out.maximum) {
    reader.complain(node["default"], "standard.value", "default", "the default lies outside the range");
  }
  return out;
}

}  // namespace

void read_annex_controls(Reader& reader, Part& part) {
  const auto& root = reader.root();
  reader.only(root, {"standard", "part", "theme", "controls"});
  Item theme;
  theme.id = "A." + reader.text(root["theme"], "id");
  theme.kind = Kind::chapter;
  theme.title = reader.both_here(root["theme"]);
  const auto chapter = add_item(part, std::move(theme));
  for (const auto& node : reader.list(root, "controls")) {
    reader.only(node, {"id", "title", "statement", "type", "properties", "concept", "question", "nature", "cycle",
                       "evidence", "register", "rules"});
    Item item;
    item.id = reader.text(node, "id");
    item.kind = Kind::control;
    item.parent = chapter;
    item.title = reader.both(node, "title");
    item.statement = reader.both(node, "statement");
    item.question = reader.both(node, "question");
    item.nature = reader.text(node, "nature");
    item.cycle = reader.text(node, "cycle");
    item.evidence = node["evidence"].strings();
    item.register_name = node["register"].str();
    item.properties = node["properties"].strings();
    for (const auto& rule : reader.list(node, "rules")) item.rules.push_back(read_rule(reader, rule));
    add_item(part, std::move(item));
  }
}

void read_clauses(Reader& reader, Part& part, std::vector<Term>& documents) {
  const auto& root = reader.root();
  reader.only(root, {"standard", "part", "chapters", "documents", "clauses"});
  const auto& headings = reader.list(root, "chapters");
  documents = read_terms(reader, root, "documents");
  for (const auto& node : reader.list(root, "clauses")) {
    reader.only(node, {"id", "title", "statement", "points", "note", "documented_information", "register", "evidence"});
    Item item;
    item.id = reader.text(node, "id");
    item.kind = Kind::clause;
    item.parent = heading_above(reader, part, headings, item.id);
    item.title = reader.both(node, "title");
    item.statement = reader.both(node, "statement");
    item.points = reader.pairs(node, "points");
    item.note = reader.both_if(node, "note");
    item.evidence = node["evidence"].strings();
    item.register_name = node["register"].str();
    for (const auto& document : reader.list(node, "documented_information")) {
      bool known = false;
      for (const auto& term : documents) known = known || term.id == document.text;
      if (!known) reader.complain(document, "standard.unknown-document", document.text);
      item.records.push_back(document.text);
    }
    add_item(part, std::move(item));
  }
}

void read_parameters(Reader& reader, Catalogue& catalogue) {
  const auto& root = reader.root();
  reader.only(root, {"standard", "part", "units", "parameters"});
  for (const auto& [id, node] : root["units"].members) {
    catalogue.units.push_back({id, reader.text(node, "ja"), reader.text(node, "en_one"), reader.text(node, "en")});
  }
  for (const auto& node : reader.list(root, "parameters")) {
    auto parameter = read_parameter(reader, node);
    if (catalogue.parameter(parameter.id) != nullptr) {
      reader.complain(node, "standard.duplicate-item", parameter.id);
    }
    bool unit_known = parameter.unit.empty();
    for (const auto& unit : catalogue.units) unit_known = unit_known || unit.id == parameter.unit;
    if (!unit_known) reader.complain(node["unit"], "standard.value", "unit");
    catalogue.parameters.push_back(std::move(parameter));
  }
}

}  // namespace genmei::standard
