// report, export, import: what leaves the product as files and comes back.
#include "assure/reports.hpp"
#include "assure/transfer.hpp"
#include "cli/command.hpp"

namespace genmei::cli {

int report(const Context& context) {
  const Arguments arguments(context.words, {"service", "assessment", "edition", "format", "as-of", "out"}, {"json"});
  if (!arguments.error().empty() || arguments.rest().size() != 1) return context.misuse("report " + arguments.error());
  assure::ReportRequest request;
  request.report = arguments.rest().front();
  if (!assure::is_report(request.report)) return context.misuse("report " + request.report);
  const auto format = report::format_from(arguments.value("format", "html"));
  if (!format) return context.misuse("--format " + arguments.value("format"));
  if (!arguments.has("out")) return context.misuse("--out");
  request.service = arguments.value("service");
  request.assessment = arguments.value("assessment");
  request.edition = arguments.value("edition");
  request.language = context.language;
  if (const auto as_of = arguments.value("as-of"); !as_of.empty()) {
    if (const auto day = parse_date(as_of)) {
      request.as_of = end_of_japan_day(*day);
    } else if (const auto at = parse_instant(as_of)) {
      request.as_of = *at;
    } else {
      return context.misuse("--as-of " + as_of);
    }
  }
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  auto session = (*workspace)->engine().product("cli");
  const auto document = assure::build_report(**workspace, session, request);
  if (!document) {
    const int code = context.fail(document.problems());
    return document.problems().failure() == Failure::not_found ? usage
                                                               : code;  // a name nobody knows is a slip of the keyboard
  }
  const auto bytes = assure::render_report(**workspace, *document, *format);
  if (!bytes) return context.fail(bytes.problems());
  if (const auto written = write_file(arguments.value("out"), *bytes); !written)
    return context.fail(written.problems());
  print(arguments.value("out"));
  return done;
}

int export_command(const Context& context) {
  const Arguments arguments(context.words, {"format", "out"}, {"json"});
  if (!arguments.error().empty() || arguments.rest().size() != 1 || !arguments.has("out"))
    return context.misuse("export KIND --format xlsx|csv|json --out F");
  static const std::map<std::string, assure::TransferFormat> formats{{"xlsx", assure::TransferFormat::xlsx},
                                                                     {"csv", assure::TransferFormat::csv},
                                                                     {"json", assure::TransferFormat::json}};
  const auto format = formats.find(arguments.value("format", "xlsx"));
  if (format == formats.end()) return context.misuse("--format " + arguments.value("format"));
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  const auto kind = arguments.rest().front();
  if ((*workspace)->registry().find(kind) == nullptr) return context.misuse("export " + kind);
  auto session = (*workspace)->engine().product("cli");
  record::Query query;
  query.kind = kind;
  const auto bytes = assure::export_records(**workspace, session, query, format->second, context.language);
  if (!bytes) return context.fail(bytes.problems());
  if (const auto written = write_file(arguments.value("out"), *bytes); !written)
    return context.fail(written.problems());
  print(arguments.value("out"));
  return done;
}

int import_command(const Context& context) {
  const Arguments arguments(context.words, {}, {"json", "check"});
  if (!arguments.error().empty() || arguments.rest().size() != 2) return context.misuse("import KIND FILE [--check]");
  const auto kind = arguments.rest()[0];
  const auto path = arguments.rest()[1];
  const auto bytes = read_file(path);
  if (!bytes) return context.fail(bytes.problems());
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  if ((*workspace)->registry().find(kind) == nullptr) return context.misuse("import " + kind);
  auto session = (*workspace)->engine().product("cli");
  const auto outcome = assure::import_records(**workspace, session, kind, *bytes, path.substr(path.rfind('/') + 1),
                                              !arguments.flag("check"));
  if (!outcome) return context.fail(outcome.problems());
  Problems problems;
  problems.list = outcome->errors;
  if (arguments.flag("json")) {
    json::Object out;
    out["rows"] = outcome->rows;
    out["create"] = outcome->create;
    out["update"] = outcome->update;
    out["unchanged"] = outcome->unchanged;
    json::Array errors;
    for (const auto& one : outcome->errors) {
      json::Object item;
      item["place"] = one.place;
      item["code"] = one.code;
      item["message"] = (*workspace)->messages().text(context.language, one);
      errors.push_back(std::move(item));
    }
    out["errors"] = std::move(errors);
    print_json(out);
    return problems.empty() ? done : negative;
  }
  if (!problems.empty()) return context.fail(problems);
  print(context.say("追加 ", "created ") + std::to_string(outcome->create) + context.say("、更新 ", ", updated ") +
        std::to_string(outcome->update) + context.say("、変更なし ", ", unchanged ") +
        std::to_string(outcome->unchanged));
  return done;
}

}  // namespace genmei::cli
