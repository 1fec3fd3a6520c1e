#include <future>
#include <map>

#include "standard/library.hpp"
#include "standard/shapes.hpp"

namespace genmei::standard {
namespace {

// A file says its shape by its members.
void read_into(Reader& reader, Catalogue& catalogue, Part& part, Part* subset_of) {
  const auto& root = reader.root();
  const auto standard = root["standard"].str();
  if (standard != catalogue.id) {
    reader.complain(root["standard"], "standard.wrong-folder", standard, "the file belongs to another standard");
    return;
  }
  if (root.has("chapter")) {
    read_controls(reader, part);
  } else if (root.has("clauses")) {
    read_clauses(reader, part, catalogue.documents);
  } else if (root.has("chapters")) {
    read_activities(reader, part);
  } else if (root.has("theme")) {
    read_annex_controls(reader, part);
  } else if (root.has("items")) {
    read_guideline(reader, part);
  } else if (root.has("profile") && subset_of != nullptr) {
    read_profile(reader, part, *subset_of);
  } else {
    reader.complain(root, "standard.unknown-shape", part.id, "not a shape of catalogue file that is known");
  }
}

// Parsing takes most of the time of a start, and files do not depend on each other.
std::map<std::string, std::future<Result<yaml::File>>> parse_ahead(const std::string& folder, const yaml::Node& root) {
  std::map<std::string, std::future<Result<yaml::File>>> out;
  for (const auto& part : root["parts"].items) {
    for (const auto& name : part["files"].strings()) {
      if (out.contains(name)) continue;
      out.emplace(name, std::async(std::launch::async, [path = folder + "/" + name] { return yaml::load(path); }));
    }
  }
  return out;
}

// `{{x}}` in a rule has to be a parameter that the rule names, and the other way round.
void check_rules(const Catalogue& catalogue, const std::string& folder, Problems& problems) {
  const auto report = [&](const Rule& rule, const std::string& parameter) {
    problems.add(problem(Failure::invalid, "standard.unknown-parameter", folder,
                         {{"rule", rule.id}, {"field", parameter}},
                         folder + ": rule " + rule.id + " and parameter " + parameter + " do not fit"));
  };
  for (const auto& part : catalogue.parts) {
    for (const auto& item : part.items) {
      for (const auto& rule : item.rules) {
        for (const auto& id : rule.parameters) {
          const auto mark = "{{" + id + "}}";
          const bool used =
              rule.text.ja.find(mark) != std::string::npos && rule.text.en.find(mark) != std::string::npos;
          if (catalogue.parameter(id) == nullptr || !used) report(rule, id);
        }
        for (const auto* text : {&rule.text.ja, &rule.text.en}) {
          std::size_t marks = 0;
          for (auto at = text->find("{{"); at != std::string::npos; at = text->find("{{", at + 2)) {
            const auto end = text->find("}}", at);
            const auto id = text->substr(at + 2, end == std::string::npos ? end : end - at - 2);
            if (catalogue.parameter(id) == nullptr) report(rule, id);
            ++marks;
          }
          if (marks > 0 && rule.parameters.empty()) report(rule, "{{");
        }
        bool known = false;
        for (const auto& actor : catalogue.actors) known = known || actor.id == rule.actor;
        if (!known) {
          problems.add(problem(Failure::invalid, "standard.unknown-actor", folder,
                               {{"rule", rule.id}, {"field", rule.actor}},
                               folder + ": rule " + rule.id + " speaks to an unknown actor " + rule.actor));
        }
      }
    }
  }
}

}  // namespace

Result<Catalogue> load_catalogue(const std::string& folder) {
  GENMEI_LET(file, yaml::load(folder + "/standard.yaml"));
  Problems problems;
  Reader reader(file, problems);
  const auto& root = reader.root();
  reader.only(root, {"id", "version", "title", "short_title", "publisher", "licence", "parts", "parameters", "actors"});
  Catalogue catalogue;
  catalogue.id = reader.text(root, "id");
  catalogue.version = reader.text(root, "version");
  catalogue.title = reader.both(root, "title");
  catalogue.short_title = reader.both(root, "short_title");
  catalogue.publisher = reader.both(root, "publisher");
  catalogue.licence = reader.both(root, "licence");
  for (const auto& node : root["actors"].items) {
    catalogue.actors.push_back({reader.text(node, "id"), reader.both_here(node)});
  }
  if (root.has("parameters")) {
    GENMEI_LET(parameters, yaml::load(folder + "/" + root["parameters"].str()));
    Reader parameter_reader(parameters, problems);
    read_parameters(parameter_reader, catalogue);
  }
  auto files = parse_ahead(folder, root);
  for (const auto& node : reader.list(root, "parts")) {
    reader.only(node, {"id", "prefix", "title", "by_threats", "optional", "complete", "subset_of", "files"});
    Part part;
    part.id = reader.text(node, "id");
    part.prefix = node["prefix"].str();
    part.title = reader.both(node, "title");
    part.by_threats = node["by_threats"].boolean();
    part.optional = node["optional"].boolean();
    part.complete = node["complete"].boolean(true);
    Part* subset_of = nullptr;
    for (auto& other : catalogue.parts) {
      if (other.id == node["subset_of"].str()) subset_of = &other;
    }
    if (node.has("subset_of") && subset_of == nullptr) {
      reader.complain(node["subset_of"], "standard.unknown-parent", node["subset_of"].str());
    }
    for (const auto& name : node["files"].strings()) {
      auto parsed = files.at(name).get();
      if (!parsed) return std::move(parsed).problems();
      Reader part_reader(*parsed, problems);
      read_into(part_reader, catalogue, part, subset_of);
    }
    catalogue.parts.push_back(std::move(part));
  }
  check_rules(catalogue, folder, problems);
  if (!problems.empty()) return problems;
  return catalogue;
}

}  // namespace genmei::standard
