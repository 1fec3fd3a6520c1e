// Rows of a kind's table as records and as the JSON of answers.
#include <algorithm>
#include <functional>

#include "record/query.hpp"

namespace genmei::record {
namespace {

// The strings of a JSON array of plain ids, without building it.
void each_string(std::string_view array, const std::function<void(std::string_view)>& use) {
  std::size_t open = array.find('"');
  while (open != std::string_view::npos) {
    const auto close = array.find('"', open + 1);
    if (close == std::string_view::npos) return;
    use(array.substr(open + 1, close - open - 1));
    open = array.find('"', close + 1);
  }
}

}  // namespace

void write_row(const Kind& kind, const store::Row& row, const std::vector<std::string>& names, std::string& out,
               Wanted& wanted) {
  json::Writer writer(out);
  writer.begin_object().key("id").string(row.text(0)).key("kind").string(kind.id).key("number").string(row.text(2));
  writer.key("revision")
      .integer(row.integer(1))
      .key("state")
      .string(row.text(3))
      .key("archived")
      .boolean(row.boolean(4));
  writer.key("created_at").string(row.text(6)).key("created_by").string(row.text(7));
  writer.key("updated_at").string(row.text(8)).key("updated_by").string(row.text(9));
  writer.key("approved_revision");
  if (row.is_null(5)) {
    writer.null();
  } else {
    writer.integer(row.integer(5));
  }
  writer.key("fields").begin_object();
  int column = 11;
  for (const auto& field : kind.fields) {
    const int i = column++;
    if (row.is_null(i)) continue;
    if (!names.empty() && std::find(names.begin(), names.end(), field.name) == names.end()) continue;
    writer.key(field.name);
    switch (field.type) {
      case FieldType::integer:
      case FieldType::money:
        writer.integer(row.integer(i));
        break;
      case FieldType::decimal:
      case FieldType::percent:
        writer.number(row.number(i));
        break;
      case FieldType::boolean:
        writer.boolean(row.boolean(i));
        break;
      case FieldType::texts:
      case FieldType::json:
        writer.raw(row.text(i));
        break;
      case FieldType::refs:
      case FieldType::catalogues: {
        auto& set = wanted[field.type == FieldType::refs ? field.to : "#" + field.catalogue];
        each_string(row.text(i), [&](std::string_view id) { set.emplace(id); });
        writer.raw(row.text(i));
        break;
      }
      case FieldType::ref:
        wanted[field.to].emplace(row.text(i));
        writer.string(row.text(i));
        break;
      case FieldType::catalogue:
        wanted["#" + field.catalogue].emplace(row.text(i));
        writer.string(row.text(i));
        break;
      default:
        writer.string(row.text(i));
    }
  }
  writer.end_object();
  if (const auto extra = row.text(10); !extra.empty()) writer.key("extra").raw(extra);
  writer.end_object();
}

Record read_record(const Kind& kind, const store::Row& row) {
  Record record;
  record.kind = kind.id;
  record.id = row.text(0);
  record.revision = row.integer(1);
  record.number = row.text(2);
  record.state = row.text(3);
  record.archived = row.boolean(4);
  if (!row.is_null(5)) record.approved_revision = row.integer(5);
  record.created_at = row.text(6);
  record.created_by = row.text(7);
  record.updated_at = row.text(8);
  record.updated_by = row.text(9);
  if (const auto extra = row.text(10); !extra.empty()) {
    if (auto parsed = json::parse(extra); parsed && parsed->is_object()) record.extra = std::move(parsed->get_object());
  }
  int column = 11;
  for (const auto& field : kind.fields) {
    const int i = column++;
    if (row.is_null(i)) continue;
    switch (field.type) {
      case FieldType::integer:
      case FieldType::money:
        record.fields[field.name] = row.integer(i);
        break;
      case FieldType::decimal:
      case FieldType::percent:
        record.fields[field.name] = row.number(i);
        break;
      case FieldType::boolean:
        record.fields[field.name] = row.boolean(i);
        break;
      case FieldType::refs:
      case FieldType::catalogues:
      case FieldType::texts:
      case FieldType::json:
        if (auto parsed = json::parse(row.text(i))) record.fields[field.name] = std::move(*parsed);
        break;
      default: {
        const auto text = row.text(i);
        record.fields[field.name] = boost::json::string(text.data(), text.size());
      }
    }
  }
  return record;
}

}  // namespace genmei::record
