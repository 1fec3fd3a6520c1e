// The description of a service as a YAML or JSON file, and the derivation as JSON (`genmei derive`).
#include <algorithm>

#include "base/json.hpp"
#include "method/derive.hpp"

namespace genmei::method {
namespace {

using yaml::Node;

class FactsReader {
 public:
  FactsReader(const Knowledge& knowledge, const yaml::File& file) : knowledge_(knowledge), file_(file) {}

  Result<ServiceFacts> read() {
    const auto& root = file_.root;
    if (!root.is_map()) complain(root, "method.facts-required", "service");
    only(root, {"service", "pattern", "classify", "configuration", "standards", "shared", "sla"});
    service(root["service"]);
    pattern(root);
    configuration(root["configuration"]);
    facts_.standards = root["standards"].strings();
    if (facts_.standards.empty()) complain(root, "method.facts-required", "standards");
    for (const auto& node : root["shared"].items) shared(node);
    for (const auto& node : root["sla"].items) contract(node);
    if (!problems_.empty()) return std::move(problems_);
    return std::move(facts_);
  }

 private:
  void complain(const Node& node, std::string code, std::string_view field) {
    const auto place = file_.at(node);
    problems_.add(problem(Failure::invalid, code, place, {{"field", std::string(field)}, {"value", node.text}},
                          place + ": " + code + " " + std::string(field)));
  }

  void only(const Node& map, std::initializer_list<std::string_view> known) {
    for (const auto& [name, node] : map.members) {
      if (std::find(known.begin(), known.end(), name) == known.end())
        complain(node, "method.facts-unknown-field", name);
    }
  }

  void service(const Node& node) {
    if (node.is_scalar()) {
      facts_.id = node.text;
      facts_.name = node.text;
      return;
    }
    only(node, {"id", "name"});
    facts_.name = node["name"].str(node["id"].str());
    facts_.id = node["id"].str(facts_.name);
    if (facts_.name.empty()) complain(node.is_null() ? file_.root : node, "method.facts-required", "service");
  }

  std::optional<bool> answer(const Node& map, std::string_view key) {
    const auto& node = map[key];
    if (node.is_null()) return std::nullopt;
    const bool yes = node.boolean(false);
    if (yes != node.boolean(true)) complain(node, "method.facts-yes-no", key);
    return yes;
  }

  void pattern(const Node& root) {
    if (root.has("pattern")) {
      const auto number = root["pattern"].integer();
      if (number < 1 || number > 6) {
        complain(root["pattern"], "method.facts-pattern", "pattern");
        return;
      }
      auto& out = facts_.classification;
      out.pattern = static_cast<int>(number);
      out.confidentiality = confidentiality_of(*out.pattern);
      out.availability = availability_of(*out.pattern);
      out.candidates = {*out.pattern};
      const auto text = std::to_string(number);
      for (const auto& [property, grade] :
           {std::pair{Property::confidentiality, *out.confidentiality}, std::pair{Property::integrity, Grade::high},
            std::pair{Property::availability, *out.availability}}) {
        out.basis.push_back({"figure-22",
                             "figure 22",
                             "pattern=" + text,
                             std::string(code(property)) + "=" + std::string(code(grade)),
                             {"パターン" + text + "なので、" + label(property).ja + "は" + label(grade).ja + "。",
                              "Pattern " + text + ": " + label(property).en + " is " + label(grade).en + "."}});
      }
      return;
    }
    const auto& node = root["classify"];
    if (!node.is_map()) {
      complain(node.is_null() ? root : node, "method.facts-required", "classify");
      return;
    }
    only(node, {"type", "personal_data", "trade_secret", "stop_effect", "important_documents", "inherited_availability",
                "hosts"});
    ClassifyInput input;
    if (node.has("type")) input.type = node["type"].str();
    input.personal_data = answer(node, "personal_data");
    input.trade_secret = answer(node, "trade_secret");
    input.important_documents = answer(node, "important_documents");
    if (node.has("stop_effect")) {
      input.stop_effect = stop_effect_of(node["stop_effect"].str());
      if (!input.stop_effect) complain(node["stop_effect"], "method.facts-choice", "stop_effect");
    }
    if (node.has("inherited_availability")) {
      input.inherited_availability = grade_of(node["inherited_availability"].str());
      if (!input.inherited_availability) {
        complain(node["inherited_availability"], "method.facts-choice", "inherited_availability");
      }
    }
    input.hosted_patterns = patterns(node["hosts"]);
    facts_.classification = classify(knowledge_, input);
  }

  std::vector<int> patterns(const Node& list) {
    std::vector<int> out;
    for (const auto& one : list.items) {
      const auto number = one.integer();
      if (number < 1 || number > 6) {
        complain(one, "method.facts-pattern", "pattern");
      } else {
        out.push_back(static_cast<int>(number));
      }
    }
    return out;
  }

  void configuration(const Node& node) {
    if (node.is_null()) return;
    only(node, {"case", "components", "responsibilities"});
    facts_.configuration.case_no = static_cast<int>(node["case"].integer(1));
    facts_.configuration.components = node["components"].strings();
    for (const auto& one : node["responsibilities"].items) {
      only(one, {"activity", "party"});
      facts_.configuration.responsibilities.push_back({one["activity"].str(), one["party"].str()});
    }
    if (const auto composed = compose(knowledge_, facts_.configuration); !composed) {
      for (auto one : composed.problems().list) {
        one.place = file_.at(node) + " " + one.place;
        problems_.add(std::move(one));
      }
    }
  }

  void shared(const Node& node) {
    only(node, {"asset", "patterns", "services"});
    SharedAsset one{node["asset"].str(), patterns(node["patterns"]), node["services"].strings()};
    if (!knowledge_.asset(one.asset) && !knowledge_.component(one.asset)) {
      complain(node["asset"].is_null() ? node : node["asset"], "method.facts-unknown-asset", "asset");
    }
    if (one.patterns.empty()) complain(node, "method.facts-required", "patterns");
    facts_.shared.push_back(std::move(one));
  }

  void contract(const Node& node) {
    only(node, {"item", "value", "source"});
    constexpr double missing = -1e300;
    const double value = node["value"].number(missing);
    if (!node.has("item")) complain(node, "method.facts-required", "item");
    if (value == missing) complain(node, "method.facts-required", "value");
    facts_.contract.push_back({node["item"].str(), value, node["source"].str()});
  }

  const Knowledge& knowledge_;
  const yaml::File& file_;
  ServiceFacts facts_;
  Problems problems_;
};

void write(json::Writer& out, const Bilingual& text) {
  out.begin_object().key("ja").string(text.ja).key("en").string(text.en).end_object();
}

void write(json::Writer& out, const std::optional<Level>& level, const standard::Library& library) {
  if (!level) {
    out.null();
    return;
  }
  out.begin_object().key("value");
  if (level->value) {
    out.number(*level->value);
  } else {
    out.null();
  }
  out.key("operator").string(standard::code(level->op)).key("unit").string(level->unit);
  out.key("must_reach").boolean(level->must_reach).key("free").boolean(!level->value.has_value());
  out.key("by_contract").boolean(level->by_contract).key("text");
  write(out, {to_text(*level, library, Language::ja), to_text(*level, library, Language::en)});
  out.end_object();
}

}  // namespace

Result<ServiceFacts> parse_facts(const Knowledge& knowledge, const yaml::File& file) {
  return FactsReader(knowledge, file).read();
}

std::string to_json(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                    std::span<const Requirement> requirements) {
  std::string text;
  json::Writer out(text);
  out.begin_object().key("service").begin_object().key("id").string(facts.id).key("name").string(facts.name);
  out.end_object().key("classification").raw(to_json(facts.classification));
  out.key("count").integer(static_cast<std::int64_t>(requirements.size())).key("requirements").begin_array();
  for (const auto& one : requirements) {
    const auto& entry = library.entry(one.item);
    out.begin_object().key("standard").string(entry.catalogue->id).key("part").string(entry.part->id);
    out.key("id").string(entry.item->id).key("key").string(entry.key).key("reference").string(entry.reference);
    out.key("title");
    write(out, {standard::label(*entry.item, Language::ja), standard::label(*entry.item, Language::en)});
    out.key("level");
    write(out, one.level, library);
    out.key("basic").boolean(one.basic).key("order").integer(one.order).key("trace").begin_object();
    out.key("reason").string(code(one.trace.reason)).key("paths").integer(one.trace.path_count);
    out.key("path").begin_array();
    for (const auto& node : path(knowledge, library, facts, one)) {
      out.begin_object().key("kind").string(node.kind).key("id").string(node.id).key("label");
      write(out, node.label);
      out.key("note").string(node.note).end_object();
    }
    out.end_array().key("sentences").begin_array();
    for (const auto& sentence : sentences(knowledge, library, facts, one)) {
      out.begin_object().key("text");
      write(out, sentence.text);
      out.key("source");
      write(out, sentence.source);
      out.end_object();
    }
    out.end_array().end_object().end_object();
  }
  out.end_array().end_object();
  return text;
}

}  // namespace genmei::method
