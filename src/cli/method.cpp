// standard, classify, derive: what needs no data folder but import.
#include <cstdio>

#include "cli/command.hpp"
#include "method/derive.hpp"
#include "operate/official.hpp"

namespace genmei::cli {
namespace {

struct Shipped {
  standard::Library library;
  method::Knowledge knowledge;
};

Result<std::unique_ptr<Shipped>> shipped() {
  GENMEI_LET(folder, operate::shipped_folder());
  GENMEI_LET(library, standard::Library::load(folder));
  auto out = std::make_unique<Shipped>();
  out->library = std::move(library);
  GENMEI_LET(knowledge, method::Knowledge::load(folder, out->library));
  out->knowledge = std::move(knowledge);
  return out;
}

std::optional<bool> yes_or_no(const std::string& text) {
  if (text == "yes") return true;
  if (text == "no") return false;
  return std::nullopt;
}

int list(const Context& context, const Shipped& s, bool machine) {
  json::Array items;
  for (const auto& catalogue : s.library.catalogues()) {
    json::Object item;
    item["id"] = catalogue->id;
    item["version"] = catalogue->version;
    item["title"] = catalogue->title.in(context.language);
    json::Array parts;
    for (const auto& part : catalogue->parts) parts.emplace_back(part.id);
    item["parts"] = std::move(parts);
    if (!machine) print(catalogue->id + "  " + catalogue->title.in(context.language));
    items.push_back(std::move(item));
  }
  if (machine) print_json(items);
  return done;
}

int counts(const Context& context, const Shipped& s, bool machine) {
  json::Object out;
  for (const auto& catalogue : s.library.catalogues()) {
    json::Object parts;
    for (const auto& part : catalogue->parts) {
      const auto n = s.library.counts(catalogue->id, part.id);
      json::Object item;
      item["chapter"] = n.chapters;
      item["section"] = n.sections;
      item["control"] = n.controls;
      item["detail"] = n.details;
      item["clause"] = n.clauses;
      item["item"] = n.items;
      item["best_practice"] = n.best_practices;
      item["evaluation_item"] = n.evaluation_items;
      item["rule"] = n.rules;
      if (!machine) {
        print(catalogue->id + "/" + part.id + "  " +
              context.say("章/節/管理策/詳細 ", "chapters/sections/controls/details ") + std::to_string(n.chapters) +
              "/" + std::to_string(n.sections) + "/" + std::to_string(n.controls) + "/" + std::to_string(n.details) +
              context.say("、項目 ", ", items ") + std::to_string(n.items + n.clauses) +
              context.say("、ベストプラクティス ", ", best practices ") + std::to_string(n.best_practices));
      }
      parts[part.id] = std::move(item);
    }
    out[catalogue->id] = std::move(parts);
  }
  if (machine) print_json(out);
  return done;
}

int show(const Context& context, const Shipped& s, const std::string& id, bool machine) {
  const auto found = s.library.resolve(id);
  if (found.empty()) return context.fail(problem(Failure::not_found, "standard.unknown-item", id, {{"value", id}}));
  json::Array items;
  for (const auto index : found) {
    const auto& entry = s.library.entry(index);
    json::Object item;
    item["key"] = entry.key;
    item["ref"] = entry.reference;
    item["title"] = standard::label(*entry.item, context.language);
    item["statement"] = entry.item->statement.in(context.language);
    if (!machine) {
      print(entry.reference + "  " + standard::label(*entry.item, context.language) + "  (" + entry.key + ")");
      print("  " + entry.item->statement.in(context.language));
      for (const auto& link : s.library.links(index)) {
        const auto& other = s.library.entry(link.other);
        print("  ↔ " + other.reference + " " + standard::label(*other.item, context.language));
      }
    }
    items.push_back(std::move(item));
  }
  if (machine) print_json(items);
  return done;
}

int import(const Context& context, const std::string& path, const Arguments& arguments) {
  const auto bytes = read_file(path);
  if (!bytes) return context.fail(bytes.problems());
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  const bool apply = !arguments.flag("check");
  const auto placed = [&](Problems problems) {
    for (auto& one : problems.list) one.place = one.place.empty() ? path : path + ":" + one.place;
    return context.fail(problems);
  };
  json::Object out;
  if (path.ends_with(".yaml") || path.ends_with(".xlsx")) {
    const auto added = operate::import_own_standard(**workspace, *bytes, path.substr(path.rfind('/') + 1), apply);
    if (!added) return placed(added.problems());
    out["document"] = added->title;
    out["placed"] = added->items;
  } else {
    const auto result = operate::import_official(**workspace, *bytes, apply);
    if (!result) return placed(result.problems());
    out["document"] = result->document;
    out["placed"] = result->placed;
    json::Array unplaced;
    for (const auto& [place, text] : result->unplaced) {
      json::Object line;
      line["line"] = place;
      line["text"] = text;
      if (!arguments.flag("json")) print("  " + place + "  " + text);
      unplaced.push_back(std::move(line));
    }
    out["unplaced"] = std::move(unplaced);
  }
  if (apply) {
    const auto noted = (*workspace)
                           ->engine()
                           .note(record::Actor::product("cli"), "standard-import", "standard",
                                 std::string(json::text(out, "document")));
    if (!noted) return context.fail(noted.problems());
  }
  if (arguments.flag("json")) {
    print_json(out);
  } else {
    print(std::string(json::text(out, "document")) + ": " + std::to_string(json::integer(out, "placed")) +
          context.say("項目", " items"));
  }
  return done;
}

}  // namespace

int standard_command(const Context& context) {
  const Arguments arguments(context.words, {}, {"json", "check"});
  const auto& rest = arguments.rest();
  if (!arguments.error().empty() || rest.empty()) return context.misuse("standard " + arguments.error());
  const bool machine = arguments.flag("json");
  if (rest[0] == "import")
    return rest.size() == 2 ? import(context, rest[1], arguments) : context.misuse("standard import FILE");
  if (rest[0] != "list" && rest[0] != "counts" && rest[0] != "show") return context.misuse("standard " + rest[0]);
  const auto s = shipped();
  if (!s) return context.fail(s.problems());
  if (rest[0] == "list") return list(context, **s, machine);
  if (rest[0] == "counts") return counts(context, **s, machine);
  return rest.size() == 2 ? show(context, **s, rest[1], machine) : context.misuse("standard show ID");
}

int classify(const Context& context) {
  const Arguments arguments(context.words,
                            {"type", "personal-data", "trade-secret", "stop-effect", "important-documents"}, {"json"});
  if (!arguments.error().empty() || !arguments.rest().empty())
    return context.misuse(arguments.error().empty() ? arguments.rest().front() : arguments.error());
  method::ClassifyInput input;
  bool any = false;
  if (arguments.has("type")) {
    input.type = arguments.value("type");
    any = true;
  }
  for (const auto& [name, target] :
       {std::pair("personal-data", &input.personal_data), std::pair("trade-secret", &input.trade_secret),
        std::pair("important-documents", &input.important_documents)}) {
    if (!arguments.has(name)) continue;
    *target = yes_or_no(arguments.value(name));
    if (!*target) return context.misuse("--" + std::string(name) + " " + arguments.value(name));
    any = true;
  }
  if (arguments.has("stop-effect")) {
    input.stop_effect = method::stop_effect_of(arguments.value("stop-effect"));
    if (!input.stop_effect) return context.misuse("--stop-effect " + arguments.value("stop-effect"));
    any = true;
  }
  if (!any) return context.misuse("classify");
  const auto s = shipped();
  if (!s) return context.fail(s.problems());
  const auto result = method::classify((*s)->knowledge, input);
  if (arguments.flag("json")) {
    print((method::to_json(result)));
  } else {
    if (result.pattern) {
      print(context.say("パターン", "Pattern ") + std::to_string(*result.pattern));
    } else {
      std::string candidates;
      for (const int pattern : result.candidates)
        candidates += (candidates.empty() ? "" : ", ") + std::to_string(pattern);
      print(context.say("基準で判定が要ります。候補: ", "Has to be judged by the criteria. Candidates: ") + candidates);
    }
    if (result.conflict) print(result.conflict->text.in(context.language));
    for (const auto& step : result.basis) print("  " + step.text.in(context.language) + "  [" + step.source + "]");
  }
  return result.pattern ? done : negative;
}

int derive(const Context& context) {
  const Arguments arguments(context.words, {}, {"json"});
  if (!arguments.error().empty() || arguments.rest().size() != 1) return context.misuse("derive FILE.yaml");
  const auto path = arguments.rest().front();
  const auto bytes = read_file(path);
  if (!bytes) return context.fail(bytes.problems());
  const auto s = shipped();
  if (!s) return context.fail(s.problems());
  const auto file = yaml::parse(*bytes, path);
  if (!file) return context.fail(file.problems());
  const auto facts = method::parse_facts((*s)->knowledge, *file);
  if (!facts) return context.fail(facts.problems());
  const auto requirements = method::derive((*s)->knowledge, (*s)->library, *facts);
  if (!requirements) {
    Problems problems = requirements.problems();
    for (auto& one : problems.list) one.place = path + (one.place.empty() ? "" : ": " + one.place);
    return context.fail(problems);
  }
  if (arguments.flag("json")) {
    print((method::to_json((*s)->knowledge, (*s)->library, *facts, *requirements)));
    return done;
  }
  for (const auto& requirement : *requirements) {
    const auto& entry = (*s)->library.entry(requirement.item);
    print(entry.reference + "  " + standard::label(*entry.item, context.language) +
          (requirement.level ? "  " + method::to_text(*requirement.level, (*s)->library, context.language)
                             : std::string()));
  }
  print(std::to_string(requirements->size()) + context.say("件", " requirements"));
  return done;
}

}  // namespace genmei::cli
