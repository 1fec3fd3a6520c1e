#include <algorithm>

#include "assure/transfer.hpp"
#include "assure/transfer_names.hpp"
#include "operate/overview.hpp"
#include "report/list_workbook.hpp"

namespace genmei::assure {
namespace {

using record::Field;
using record::FieldType;
using report::ListColumn;

constexpr unsigned blank_template_rows = 500;

std::string_view view(const json::Value& value) { return {value.get_string().data(), value.get_string().size()}; }

ListColumn::Kind column_kind(const Field& field) {
  switch (field.type) {
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::percent:
    case FieldType::money:
      return ListColumn::Kind::number;
    case FieldType::boolean:
      return ListColumn::Kind::boolean;
    case FieldType::date:
      return ListColumn::Kind::date;
    case FieldType::enumeration:
      return ListColumn::Kind::choice;
    case FieldType::ref:
    case FieldType::refs:
      return ListColumn::Kind::reference;
    default:
      return ListColumn::Kind::text;
  }
}

// How to fill the field in: its own hint, then what its form asks for.
std::string help_of(const Field& field, const record::Registry& registry, const Messages& messages, Language language) {
  std::string out = field.hint.in(language);
  const auto add = [&](std::string_view code, const std::map<std::string, std::string>& args = {}) {
    if (!out.empty()) out += "\n";
    out += messages.text(language, code, args);
  };
  if (field.is_reference()) {
    const auto* target = registry.find(field.to);
    add("transfer.help-reference", {{"kind", target != nullptr ? target->title.in(language) : field.to}});
  }
  if (field.type == FieldType::catalogue || field.type == FieldType::catalogues) add("transfer.help-catalogue");
  if (field.many()) add("transfer.help-many");
  if (field.type == FieldType::datetime) add("transfer.help-datetime");
  if (field.type == FieldType::duration) add("transfer.help-duration");
  if (field.max_length > 0 && (field.type == FieldType::text || field.type == FieldType::longtext))
    add("transfer.help-length", {{"max", std::to_string(field.max_length)}});
  return out;
}

ListColumn column_of(const Field& field, const record::Registry& registry, const Messages& messages,
                     Language language) {
  ListColumn column;
  column.field = field.name;
  column.title = field.title.in(language);
  column.kind = column_kind(field);
  column.required = field.required && field.default_value.is_null();
  if (field.type == FieldType::boolean) column.choices = {yes_text.in(language), no_text.in(language)};
  for (const auto& value : field.values) column.choices.push_back(value.title.in(language));
  column.help = help_of(field, registry, messages, language);
  return column;
}

// An example that passes the checks of the field; references and catalogue values depend on the organisation and stay
// empty.
std::string example_of(const Field& field, const record::Kind& kind, const std::string& today, Language language) {
  if (field.name == kind.title_field && field.type == FieldType::text) {
    const auto& sentence = kind.example.in(language);
    const auto end = std::min(sentence.find("（"), sentence.find(" ("));
    return sentence.substr(0, end);
  }
  switch (field.type) {
    case FieldType::enumeration:
      return field.values.empty() ? "" : field.values.front().title.in(language);
    case FieldType::boolean:
      return no_text.in(language);
    case FieldType::date:
      return today;
    case FieldType::datetime:
      return today + "T09:00:00+09:00";
    case FieldType::duration:
      return "P3M";
    case FieldType::integer:
    case FieldType::money:
    case FieldType::decimal:
    case FieldType::percent:
      return field.min ? json::write(json::Value(*field.min)) : "1";
    case FieldType::url:
      return "https://www.example.jp/";
    case FieldType::email:
      return "name@example.jp";
    default:
      return "";
  }
}

// The cells of one record.
class Cells {
 public:
  Cells(const record::Kind& kind, const record::Labels& labels, Language language)
      : kind_(kind), labels_(labels), language_(language) {}

  report::Row row(const record::Record& record) const {
    report::Row out;
    out.cells.push_back(text(record.number));
    for (const auto& field : kind_.fields) out.cells.push_back(cell(field, record.fields.if_contains(field.name)));
    const auto* state = kind_.workflow.state(record.state);
    out.cells.push_back(text(state != nullptr ? state->title.in(language_) : record.state));
    return out;
  }

 private:
  static report::Cell text(std::string value) {
    report::Cell out;
    out.text = std::move(value);
    return out;
  }

  // One text value as people read it and as import understands it.
  std::string shown(const Field& field, std::string_view value) const {
    const std::string own(value);
    if (field.type == FieldType::enumeration) {
      for (const auto& one : field.values) {
        if (one.id == value) return one.title.in(language_);
      }
      return own;
    }
    const bool catalogue = field.type == FieldType::catalogue || field.type == FieldType::catalogues;
    if (!field.is_reference() && !catalogue) return own;
    const auto found = labels_.find((field.is_reference() ? field.to : field.catalogue) + "/" + own);
    if (found == labels_.end()) return own;  // not for this reader's eyes: the id alone
    const auto& key = field.is_reference() ? found->second.number : own;
    if (found->second.label.empty() || found->second.label == key) return key.empty() ? own : key;
    return key.empty() ? found->second.label : key + " " + found->second.label;
  }

  report::Cell cell(const Field& field, const json::Value* value) const {
    if (value == nullptr || value->is_null()) return {};
    if (value->is_bool()) return text((value->get_bool() ? yes_text : no_text).in(language_));
    if (value->is_number()) {
      auto out = text(json::write(*value));
      out.number = value->to_number<double>();
      return out;
    }
    if (value->is_string()) {
      auto out = text(shown(field, view(*value)));
      if (field.type == FieldType::date) {
        if (const auto day = parse_date(out.text)) out.date = *day;
      }
      return out;
    }
    if (field.type == FieldType::json) return text(json::write(*value));
    std::string joined;
    if (value->is_array()) {
      for (const auto& item : value->get_array()) {
        if (!item.is_string()) continue;
        if (!joined.empty()) joined += "\n";
        joined += shown(field, view(item));
      }
    }
    return text(std::move(joined));
  }

  const record::Kind& kind_;
  const record::Labels& labels_;
  Language language_;
};

std::string organisation_name(const operate::Workspace& workspace, Language language) {
  auto product = workspace.engine().product("export");
  const auto record = operate::organisation_record(product);
  if (!record) return {};
  const auto english = record->text("name_en");
  return language == Language::en && !english.empty() ? english : record->text("name");
}

report::RecordList list_of(const operate::Workspace& workspace, const record::Kind& kind, Language language) {
  report::RecordList list;
  list.title = kind.plural.in(language);
  list.organisation = organisation_name(workspace, language);
  list.created = workspace.clock().now();
  return list;
}

}  // namespace

Result<std::string> export_records(const operate::Workspace& workspace, record::Session& session,
                                   const record::Query& query, TransferFormat format, Language language) {
  const auto* kind = workspace.registry().find(query.kind);
  if (kind == nullptr || !session.access().may(query.kind, record::Action::read))
    return problem(Failure::not_found, "record.kind", {}, {{"value", query.kind}});
  const auto reach = session.access().reach(kind->id, record::Action::bulk_export);
  if (reach.nothing()) return problem(Failure::forbidden, "record.forbidden");

  auto list = list_of(workspace, *kind, language);
  const auto& messages = workspace.messages();
  ListColumn number;
  number.field = "number";
  number.title = number_title.in(language);
  number.help = messages.text(language, "transfer.help-number");
  list.columns.push_back(std::move(number));
  for (const auto& field : kind->fields)
    list.columns.push_back(column_of(field, workspace.registry(), messages, language));
  ListColumn state;
  state.field = "state";
  state.title = state_title.in(language);
  state.help = messages.text(language, "transfer.help-state");
  list.columns.push_back(std::move(state));

  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  std::int64_t exported = 0;
  auto each = query;
  each.limit = 500;
  each.offset = 0;
  each.cursor.clear();
  each.count = false;
  while (true) {
    GENMEI_LET(page, session.list(each));
    std::erase_if(page.items, [&](const record::Record& one) {
      return !session.access().covers(reach, one.text("class"), one.text("owner"), one.created_by, one.text("org_unit"),
                                      one.id);
    });
    exported += static_cast<std::int64_t>(page.items.size());
    if (format == TransferFormat::json) {
      for (const auto& item : page.items) writer.value(item.api());
    } else {
      GENMEI_LET(labels, session.labels(page.items, language));
      const Cells cells(*kind, labels, language);
      for (const auto& item : page.items) list.rows.push_back(cells.row(item));
    }
    if (page.next.empty()) break;
    each.cursor = page.next;
  }
  writer.end_array();
  if (format == TransferFormat::csv) out = report::list_csv(list);
  if (format == TransferFormat::xlsx) {
    GENMEI_LET(book, report::list_workbook(list, report::Wording(messages, language), 0, workspace.folder()));
    out = std::move(book);
  }
  GENMEI_TRY(workspace.engine().note(session.actor(), "export:" + std::to_string(exported), kind->id));
  return out;
}

Result<std::string> template_workbook(const operate::Workspace& workspace, record::Session& session,
                                      std::string_view kind_id, Language language) {
  const auto* kind = workspace.registry().find(kind_id);
  if (kind == nullptr || !session.access().may(kind_id, record::Action::read))
    return problem(Failure::not_found, "record.kind", {}, {{"value", std::string(kind_id)}});
  if (!session.access().may(kind_id, record::Action::create)) return problem(Failure::forbidden, "record.forbidden");
  auto list = list_of(workspace, *kind, language);
  const auto today = workspace.today();
  for (const auto& field : kind->fields) {
    if (field.readonly) continue;
    auto column = column_of(field, workspace.registry(), workspace.messages(), language);
    column.example = example_of(field, *kind, today, language);
    list.columns.push_back(std::move(column));
  }
  return report::list_workbook(list, report::Wording(workspace.messages(), language), blank_template_rows,
                               workspace.folder());
}

}  // namespace genmei::assure
