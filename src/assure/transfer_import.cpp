#include <algorithm>

#include "assure/transfer.hpp"
#include "assure/transfer_names.hpp"
#include "assure/transfer_values.hpp"
#include "base/id.hpp"

namespace genmei::assure {
namespace {

using record::Field;

// One record to be, with the places its problems point to.
struct Incoming {
  std::string place;                                      // of the row: "Sheet1!A7", "/3"
  std::map<std::string, std::string, std::less<>> cells;  // field → place
  std::string id, number, state;
  bool strict = true;  // a sheet: an unknown id or a number of our own series is a fault; JSON may come from elsewhere
  json::Object fields, extra;
  Problems faults;
};

// What a column of a sheet is for.
struct Column {
  enum class Use { unknown, field, id, number, state, product } use = Use::unknown;
  const Field* field = nullptr;
  std::uint32_t at = 0;
};

bool is_one_of(const std::string& folded, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](const auto name) { return folded == fold(name); });
}

Column column_of(const record::Kind& kind, std::string_view header) {
  const auto folded = fold(trim(header));
  Column out;
  const auto take = [&](auto&& fits) {
    for (const auto& field : kind.fields) {
      if (out.field == nullptr && fits(field)) out.field = &field;
    }
  };
  take([&](const Field& field) { return field.name == folded; });
  take([&](const Field& field) { return fold(field.title.ja) == folded || fold(field.title.en) == folded; });
  if (out.field != nullptr) {
    out.use = out.field->readonly ? Column::Use::product : Column::Use::field;
  } else if (folded == "id") {
    out.use = Column::Use::id;
  } else if (is_one_of(folded, {"number", number_title.ja, number_title.en})) {
    out.use = Column::Use::number;
  } else if (is_one_of(folded, {"state", state_title.ja, state_title.en})) {
    out.use = Column::Use::state;
  } else if (is_one_of(folded, {"kind", "revision", "archived", "approved_revision", "created_at", "created_by",
                                "updated_at", "updated_by"})) {
    out.use = Column::Use::product;
  }
  return out;
}

std::string name_of(const Column& column, const std::string& folded) {
  switch (column.use) {
    case Column::Use::field:
      return column.field->name;
    case Column::Use::id:
      return "id";
    case Column::Use::number:
      return "number";
    case Column::Use::state:
      return "state";
    case Column::Use::product:
      return column.field != nullptr ? column.field->name : folded;
    default:
      return {};
  }
}

Result<std::vector<Incoming>> from_sheet(const record::Kind& kind, std::string_view bytes, Values& values,
                                         ImportOutcome& outcome) {
  GENMEI_LET(book, sheet::read_any(bytes));
  const auto* sheet = book.first_visible();
  if (sheet == nullptr || sheet->rows.empty()) return problem(Failure::invalid, "import.no-rows");
  const auto& head = sheet->rows.front();
  std::vector<Column> columns;
  std::set<std::string> seen;
  for (const auto& cell : head.cells) {
    if (trim(cell.text).empty()) continue;
    auto column = column_of(kind, cell.text);
    column.at = cell.column;
    const auto name = name_of(column, fold(trim(cell.text)));
    if (!name.empty() && !seen.insert(name).second)
      return problem(Failure::invalid, "import.column-twice", sheet->place(cell), {{"field", cell.text}});
    outcome.columns.push_back(
        {cell.text, name, column.use == Column::Use::product || column.use == Column::Use::state});
    columns.push_back(column);
  }
  if (std::none_of(columns.begin(), columns.end(), [](const auto& one) { return one.use == Column::Use::field; }))
    return problem(Failure::invalid, "transfer.no-columns", sheet->place(head.number, 1));
  std::vector<Incoming> out;
  for (const auto& row : sheet->rows) {
    if (row.number == head.number) continue;
    if (std::all_of(row.cells.begin(), row.cells.end(),
                    [](const auto& cell) { return !cell.formula && trim(cell.text).empty(); }))
      continue;
    Incoming in;
    in.place = sheet->place(row.number, columns.front().at);
    for (const auto& column : columns) {
      const auto& cell = sheet->at(row.number, column.at);
      const auto place = sheet->place(row.number, column.at);
      const std::string text(trim(cell.text));
      if (column.use == Column::Use::id) in.id = text;
      if (column.use == Column::Use::number) in.number = text;
      if (column.use == Column::Use::state) {
        in.state = text;
        in.cells["state"] = place;
      }
      if (column.use == Column::Use::id || column.use == Column::Use::number) {
        in.place = place;
        if (cell.formula)
          in.faults.add(problem(Failure::invalid, "transfer.formula", place,
                                {{"field", number_title.ja}, {"field_en", number_title.en}}));
      }
      if (column.use != Column::Use::field) continue;
      in.cells[column.field->name] = place;
      auto value = values.from_cell(*column.field, cell);
      if (value) {
        in.fields[column.field->name] = std::move(*value);
      } else {
        for (auto one : value.problems().list) {
          one.place = place;
          in.faults.add(std::move(one));
        }
      }
    }
    out.push_back(std::move(in));
    if (out.size() > most_import_rows) break;
  }
  return out;
}

Result<std::vector<Incoming>> from_json(const record::Kind& kind, std::string_view bytes, Values& values,
                                        ImportOutcome& outcome) {
  GENMEI_LET(parsed, json::parse(bytes));
  const json::Value* list = &parsed;
  if (parsed.is_object() && parsed.get_object().contains("items")) list = &parsed.get_object().at("items");
  if (!list->is_array()) return problem(Failure::invalid, "transfer.json");
  std::vector<Incoming> out;
  std::set<std::string> names;
  for (const auto& item : list->get_array()) {
    Incoming in;
    in.strict = false;
    in.place = "/" + std::to_string(out.size());
    if (!item.is_object()) {
      in.faults.add(problem(Failure::invalid, "json.object", in.place));
      out.push_back(std::move(in));
      continue;
    }
    const auto& object = item.get_object();
    in.id = json::text(object, "id");
    in.number = json::text(object, "number");
    if (const auto* extra = object.if_contains("extra"); extra != nullptr && extra->is_object())
      in.extra = extra->get_object();
    const auto* fields = object.if_contains("fields");
    if (fields != nullptr && fields->is_object()) {
      for (const auto& member : fields->get_object()) {
        const std::string name(member.key());
        const auto* field = kind.field(name);
        names.insert(name);
        in.cells[name] = in.place + "/fields/" + name;
        if (field == nullptr) {
          in.fields[name] = member.value();  // refused by the record's own check, with its message
          continue;
        }
        if (field->readonly) continue;
        auto value = values.from_json(*field, member.value());
        if (value) {
          in.fields[name] = std::move(*value);
        } else {
          for (auto one : value.problems().list) {
            one.place = in.cells[name];
            in.faults.add(std::move(one));
          }
        }
      }
    } else {
      in.faults.add(problem(Failure::invalid, "json.object", in.place + "/fields"));
    }
    out.push_back(std::move(in));
    if (out.size() > most_import_rows) break;
  }
  for (const auto& name : names) {
    const auto* field = kind.field(name);
    outcome.columns.push_back({name, field != nullptr ? name : "", field != nullptr && field->readonly});
  }
  return out;
}

// Values that must not repeat, over what is stored and what the file brings; the database checks again on commit.
class Uniqueness {
 public:
  Uniqueness(const record::Kind& kind, const Targets& existing) : kind_(kind) {
    groups_ = kind.unique;
    for (const auto& field : kind.fields) {
      if (field.unique) groups_.push_back({field.name});
    }
    if (groups_.empty()) return;
    for (const auto& one : existing.all()) {
      for (const auto& key : keys(one.fields)) taken_.emplace(key.second, one.id);
    }
  }

  void check(const record::Record& record, Problems& problems) {
    for (auto& [names, key] : keys(record.fields)) {
      const auto [at, fresh] = taken_.emplace(key, record.id);
      if (fresh || at->second == record.id) continue;
      const auto* field = kind_.field(names.front());
      problems.add(problem(Failure::conflict, "transfer.not-unique", "/fields/" + names.front(),
                           {{"field", field != nullptr ? field->title.ja : names.front()},
                            {"field_en", field != nullptr ? field->title.en : names.front()},
                            {"value", record.text(names.front())}}));
    }
  }

 private:
  // A group with an empty member does not count, as in the database.
  std::vector<std::pair<std::vector<std::string>, std::string>> keys(const json::Object& fields) const {
    std::vector<std::pair<std::vector<std::string>, std::string>> out;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      std::string key = std::to_string(i);
      bool full = true;
      for (const auto& name : groups_[i]) {
        full = full && !record::is_empty(fields, name);
        if (full) key += "\x1f" + json::write(fields.at(name));
      }
      if (full) out.emplace_back(groups_[i], std::move(key));
    }
    return out;
  }

  const record::Kind& kind_;
  std::vector<std::vector<std::string>> groups_;
  std::map<std::string, std::string> taken_;  // key → record
};

// What Batch::create would answer, without a number: a check gives none out.
Result<record::Record> rehearsed(record::Session& session, record::Batch& batch, const record::Kind& kind,
                                 const Incoming& in) {
  auto& engine = session.engine();
  if (!session.access().may(kind.id, record::Action::create)) return problem(Failure::forbidden, "record.forbidden");
  GENMEI_LET(clean, record::normalise(kind, in.fields, engine.catalogues(), session.actor().system));
  record::Record record;
  record.id = new_id(engine.clock().now());
  record.kind = kind.id;
  record.state = kind.workflow.initial;
  record.revision = 1;
  record.created_at = record.updated_at = format_instant(engine.clock().now());
  record.created_by = record.updated_by = session.actor().account;
  for (auto& member : clean) {
    if (!member.value().is_null()) record.fields.emplace(member.key(), std::move(member.value()));
  }
  for (const auto& field : kind.fields) {
    if (!field.default_value.is_null() && !record.fields.contains(field.name))
      record.fields[field.name] = field.default_value;
  }
  if (!record.fields.contains("owner") && !session.actor().person.empty())
    record.fields["owner"] = session.actor().person;
  record.extra = in.extra;
  for (const auto& hook : engine.hooks(kind.id)) GENMEI_TRY(hook(session, batch, nullptr, record, "create"));
  Problems problems;
  Problems warnings;
  record::check_record(kind, record, problems, warnings);
  if (!problems.empty()) return problems;
  return record;
}

class Import {
 public:
  Import(record::Session& session, const record::Kind& kind, const Targets& existing, ImportOutcome& outcome)
      : session_(session),
        kind_(kind),
        existing_(existing),
        unique_(kind, existing),
        batch_(session.batch()),
        outcome_(outcome) {}

  void add(Incoming& in, bool apply) {
    ++outcome_.rows;
    const auto* before = match(in);
    if (!in.faults.empty()) return tell(in, in.faults);
    Result<record::Record> record = before != nullptr ? batch_.update(kind_.id, before->id, {}, in.fields, in.extra)
                                    : apply           ? batch_.create(kind_.id, in.fields, in.extra)
                                                      : rehearsed(session_, batch_, kind_, in);
    if (!record) return tell(in, record.problems());
    Problems problems;
    unique_.check(*record, problems);
    if (!problems.empty()) return tell(in, problems);
    if (before == nullptr) {
      ++outcome_.create;
    } else if (record->revision == before->revision) {
      ++outcome_.unchanged;
    } else {
      ++outcome_.update;
    }
  }

  Result<void> commit() { return batch_.commit(); }

 private:
  // The record that a row is about, or nullptr for a new one.
  const record::Record* match(Incoming& in) {
    const record::Record* before = nullptr;
    const auto key = !in.id.empty() ? in.id : in.number;
    if (!in.id.empty()) before = existing_.by_id(in.id);
    if (before == nullptr && !in.number.empty()) before = existing_.by_number(in.number);
    if (before == nullptr && in.strict) {
      if (!in.id.empty()) in.faults.add(problem(Failure::invalid, "transfer.unknown-id", in.place, {{"value", in.id}}));
      if (in.id.empty() && in.number.starts_with(kind_.number_prefix + "-"))
        in.faults.add(problem(Failure::invalid, "transfer.unknown-number", in.place, {{"value", in.number}}));
    }
    if (before == nullptr) return nullptr;
    if (!seen_.insert(before->id).second)
      in.faults.add(problem(Failure::invalid, "transfer.twice", in.place, {{"value", key}}));
    if (!in.state.empty()) {
      const auto* state = kind_.workflow.state(before->state);
      const bool same =
          in.state == before->state ||
          (state != nullptr && (fold(state->title.ja) == fold(in.state) || fold(state->title.en) == fold(in.state)));
      if (!same) in.faults.add(problem(Failure::invalid, "transfer.state", in.cells["state"]));
    }
    return before;
  }

  // Problems of the record point at "/fields/name[/i]"; the reader needs the cell.
  void tell(const Incoming& in, const Problems& problems) {
    for (auto one : problems.list) {
      if (outcome_.errors.size() >= most_import_errors) return;
      if (one.place.starts_with("/fields/")) {
        const auto name = one.place.substr(8, one.place.find('/', 8) - 8);
        const auto cell = in.cells.find(name);
        one.place = cell != in.cells.end() ? cell->second : in.place;
      } else if (one.place.empty()) {
        one.place = in.place;
      }
      outcome_.errors.push_back(std::move(one));
    }
  }

  record::Session& session_;
  const record::Kind& kind_;
  const Targets& existing_;
  Uniqueness unique_;
  record::Batch batch_;
  ImportOutcome& outcome_;
  std::set<std::string> seen_;
};

bool looks_like_json(std::string_view bytes, std::string_view file_name) {
  if (file_name.ends_with(".json")) return true;
  const auto text = trim(bytes.substr(0, 64));
  return !file_name.ends_with(".csv") && (text.starts_with('[') || text.starts_with('{'));
}

}  // namespace

Result<ImportOutcome> import_records(operate::Workspace& workspace, record::Session& session, std::string_view kind_id,
                                     std::string_view bytes, std::string_view file_name, bool apply) {
  const auto* kind = workspace.registry().find(kind_id);
  const auto& access = session.access();
  if (kind == nullptr || !access.may(kind_id, record::Action::read))
    return problem(Failure::not_found, "record.kind", {}, {{"value", std::string(kind_id)}});
  if (!access.may(kind_id, record::Action::create) && !access.may(kind_id, record::Action::update))
    return problem(Failure::forbidden, "record.forbidden");
  ImportOutcome outcome;
  Values values(session);
  const auto read = looks_like_json(bytes, file_name) ? from_json : from_sheet;
  GENMEI_LET(rows, read(*kind, bytes, values, outcome));
  if (rows.size() > most_import_rows)
    return problem(Failure::too_large, "transfer.too-many-rows", {}, {{"max", std::to_string(most_import_rows)}});
  GENMEI_LET(existing, values.targets(kind_id));
  // A file with a fault gives out no numbers: it is tried without them first.
  for (const bool real : {false, true}) {
    if (real && (!apply || !outcome.errors.empty())) break;
    outcome.rows = outcome.create = outcome.update = outcome.unchanged = 0;
    Import import(session, *kind, *existing, outcome);
    for (auto& row : rows) import.add(row, real);
    if (!real || !outcome.errors.empty()) continue;
    GENMEI_TRY(import.commit());
    outcome.applied = true;
    GENMEI_TRY(workspace.engine().note(session.actor(), "import:" + std::to_string(outcome.create + outcome.update),
                                       kind->id));
  }
  return outcome;
}

}  // namespace genmei::assure
