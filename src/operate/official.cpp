#include "operate/official.hpp"

#include <algorithm>
#include <charconv>

#include "base/sheet.hpp"
#include "standard/import.hpp"
#include "standard/import_catalogue.hpp"

namespace genmei::operate {

Result<void> create_official_tables(store::Connection& connection) {
  const store::Dialect dialect{connection.backend()};
  const std::string text(dialect.text());
  return connection.script("CREATE TABLE IF NOT EXISTS official_wording(org " + text + " NOT NULL, standard " + text +
                           " NOT NULL, key " + text + " NOT NULL, wording " + text +
                           " NOT NULL, PRIMARY KEY(org, standard, key))" + std::string(dialect.strict_keyed()) + ";");
}

Result<ImportedWording> import_official(Workspace& workspace, std::string_view bytes, bool apply) {
  const auto catalogues = workspace.catalogues();
  GENMEI_LET(result, standard::import_official(bytes, *catalogues.library));
  ImportedWording out;
  out.document = standard::code(result.document);
  for (const auto& line : result.unplaced)
    out.unplaced.emplace_back("line " + std::to_string(line.place.first_line), line.excerpt);
  for (const auto& missing : result.missing)
    out.unplaced.emplace_back(missing.standard + "/" + missing.part + "/" + missing.id, "missing");
  for (const auto& warning : result.warnings) out.warnings.add(warning);
  std::vector<std::tuple<std::string, std::string, std::string>> rows;
  for (const auto& item : result.items) {
    if (item.id.empty() || item.standard.empty()) continue;
    const auto index = catalogues.library->find(item.standard, item.part, item.id);
    if (!index) continue;
    std::string wording = item.wording;
    if (!item.body.empty()) wording += "\n" + item.body;
    if (!item.objective.empty()) wording += "\n" + item.objective;
    for (const auto& note : item.footnotes) wording += "\n" + note;
    rows.emplace_back(item.standard, catalogues.library->entry(*index).key, std::move(wording));
  }
  out.placed = static_cast<std::int64_t>(result.document == standard::Document::guideline_part3 ? result.items.size()
                                                                                                : rows.size());
  if (!apply) return out;
  if (result.document == standard::Document::guideline_part3) {
    GENMEI_TRY(workspace.add_standard(std::string(bytes), "asp-saas-2008-part3.part3"));
    return out;
  }
  GENMEI_TRY(workspace.database().write([&](store::Connection& connection) -> Result<void> {
    for (const auto& [standard, key, wording] : rows) {
      GENMEI_TRY(
          connection.send("INSERT INTO official_wording(org, standard, key, wording) VALUES($1, $2, $3, $4) "
                          "ON CONFLICT(org, standard, key) DO UPDATE SET wording = $4",
                          {std::string_view(workspace.organisation()), std::string_view(standard),
                           std::string_view(key), std::string_view(wording)}));
    }
    return connection.sync();
  }));
  return out;
}

Result<std::map<std::string, std::int64_t>> official_counts(const Workspace& workspace) {
  std::map<std::string, std::int64_t> out;
  GENMEI_TRY(workspace.database().read([&](store::Connection& connection) {
    return connection.each("SELECT standard, count(*) FROM official_wording WHERE org = $1 GROUP BY standard",
                           {std::string_view(workspace.organisation())}, [&](const store::Row& row) {
                             out[std::string(row.text(0))] = row.integer(1);
                             return true;
                           });
  }));
  return out;
}

Result<std::string> official_wording(const Workspace& workspace, const std::string& key) {
  const auto slash = key.find('/');
  std::string out;
  GENMEI_TRY(workspace.database().read([&](store::Connection& connection) -> Result<void> {
    GENMEI_LET(text,
               connection.text("SELECT wording FROM official_wording WHERE org = $1 AND standard = $2 AND key = $3",
                               {std::string_view(workspace.organisation()), std::string_view(key).substr(0, slash),
                                std::string_view(key)}));
    out = text;
    return {};
  }));
  return out;
}

Result<standard::Catalogue> own_catalogue(const std::string& bytes, const std::string& name,
                                          const standard::Library& library) {
  if (name.ends_with(".xlsx")) {
    GENMEI_LET(book, sheet::read_xlsx(bytes));
    return standard::catalogue_from_sheet(book);
  }
  if (name.ends_with(".part3")) {
    GENMEI_LET(result, standard::import_official(bytes, library));
    return standard::catalogue_from_import(result);
  }
  GENMEI_LET(file, yaml::parse(bytes, name));
  return standard::catalogue_from_yaml(file);
}

Result<OwnStandard> import_own_standard(Workspace& workspace, std::string_view bytes, const std::string& name,
                                        bool apply) {
  const std::string text(bytes);
  GENMEI_LET(catalogue, own_catalogue(text, name, *workspace.catalogues().library));
  OwnStandard out;
  out.id = catalogue.id;
  out.title = catalogue.title.ja;
  for (const auto& part : catalogue.parts) out.items += static_cast<std::int64_t>(part.items.size());
  if (apply) {
    GENMEI_TRY(workspace.add_standard(text, name));
  } else {
    standard::Library trial = *workspace.catalogues().library;
    GENMEI_TRY(trial.add(std::move(catalogue)));
  }
  return out;
}

Result<std::unordered_map<std::string, std::string>> parameter_values(const Workspace& workspace) {
  std::unordered_map<std::string, std::string> out;
  GENMEI_TRY(workspace.database().read([&](store::Connection& connection) {
    return connection.each(
        "SELECT name, value FROM setting WHERE org = $1 AND name >= 'parameter.' AND name < 'parameter/'",
        {std::string_view(workspace.organisation())}, [&](const store::Row& row) {
          if (!row.text(1).empty()) out[std::string(row.text(0).substr(10))] = row.text(1);
          return true;
        });
  }));
  return out;
}

Result<void> set_parameter(Workspace& workspace, const std::string& id, const std::string& value) {
  const auto library = workspace.catalogues().library;
  const standard::Parameter* parameter = nullptr;
  for (const auto& catalogue : library->catalogues()) {
    if (parameter == nullptr) parameter = catalogue->parameter(id);
  }
  if (parameter == nullptr) return problem(Failure::not_found, "parameter.unknown", {}, {{"value", id}});
  if (!value.empty()) {
    using Type = standard::Parameter::Type;
    bool good = true;
    if (parameter->type == Type::integer || parameter->type == Type::duration) {
      std::int64_t number = 0;
      const auto end = value.data() + value.size();
      const auto read = std::from_chars(value.data(), end, number);
      good = read.ec == std::errc{} && read.ptr == end && number >= parameter->minimum &&
             (parameter->maximum == 0 || number <= parameter->maximum);
    } else if (parameter->type == Type::enumeration) {
      good = std::any_of(parameter->choices.begin(), parameter->choices.end(),
                         [&](const auto& choice) { return choice.id == value; });
    } else if (parameter->type == Type::boolean) {
      good = value == "true" || value == "false";
    } else {
      good = length(value) <= 500;
    }
    if (!good) {
      return problem(
          Failure::invalid, "parameter.value", "/value",
          {{"value", value}, {"min", std::to_string(parameter->minimum)}, {"max", std::to_string(parameter->maximum)}});
    }
  }
  return workspace.set_setting("parameter." + id, value);
}

}  // namespace genmei::operate
