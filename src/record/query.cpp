#include "record/query.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include "base/hash.hpp"
#include "record/schema.hpp"

namespace genmei::record {
namespace {

constexpr int max_limit = 500;
constexpr std::size_t max_filters = 40;
constexpr std::size_t max_values = 500;

const std::vector<std::string_view>& base_names() {
  static const std::vector<std::string_view> names{"id",         "revision",          "number",     "state",
                                                   "archived",   "approved_revision", "created_at", "created_by",
                                                   "updated_at", "updated_by"};
  return names;
}

bool is_base(std::string_view name) {
  return std::find(base_names().begin(), base_names().end(), name) != base_names().end();
}

FieldType type_of(const Kind& kind, std::string_view name) {
  if (name == "revision" || name == "approved_revision") return FieldType::integer;
  if (name == "archived") return FieldType::boolean;
  const auto* field = kind.field(name);
  return field == nullptr ? FieldType::text : field->type;
}

Problem bad_filter(const std::string& field, const std::string& value) {
  return problem(Failure::invalid, "record.filter", "?" + field, {{"field", field}, {"value", value}});
}

// The text of a filter as the column's own type, so that both databases compare alike.
Result<Owned> typed(FieldType type, const std::string& field, const std::string& value) {
  switch (type) {
    case FieldType::integer:
    case FieldType::money: {
      std::int64_t number = 0;
      const auto end = value.data() + value.size();
      if (auto r = std::from_chars(value.data(), end, number); r.ec != std::errc{} || r.ptr != end)
        return bad_filter(field, value);
      return Owned(number);
    }
    case FieldType::decimal:
    case FieldType::percent: {
      double number = 0;
      const auto end = value.data() + value.size();
      if (auto r = std::from_chars(value.data(), end, number); r.ec != std::errc{} || r.ptr != end)
        return bad_filter(field, value);
      return Owned(number);
    }
    case FieldType::boolean:
      if (value != "true" && value != "false") return bad_filter(field, value);
      return Owned(value == "true");
    case FieldType::date:
      if (!value.empty() && !parse_date(value)) return bad_filter(field, value);
      return Owned(value);
    default:
      return Owned(value);
  }
}

// Can the value of a cursor be compared with a column of this type? Whole decimals come back as integers.
bool fits(FieldType type, Owned& value) {
  switch (type) {
    case FieldType::integer:
    case FieldType::money:
      return std::holds_alternative<std::int64_t>(value);
    case FieldType::decimal:
    case FieldType::percent:
      if (const auto* whole = std::get_if<std::int64_t>(&value)) value = static_cast<double>(*whole);
      return std::holds_alternative<double>(value);
    case FieldType::boolean:
      return std::holds_alternative<bool>(value);
    default:
      return std::holds_alternative<std::string>(value);
  }
}

std::string like_escaped(std::string_view text) {
  std::string out = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

}  // namespace

Result<Query> parse_query(const Kind& kind, const Registry& registry,
                          const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view me,
                          std::string_view today) {
  static const std::map<std::string, Filter::Op, std::less<>> operations{
      {"eq", Filter::Op::eq}, {"ne", Filter::Op::ne},       {"lt", Filter::Op::lt},
      {"le", Filter::Op::le}, {"gt", Filter::Op::gt},       {"ge", Filter::Op::ge},
      {"in", Filter::Op::in}, {"empty", Filter::Op::empty}, {"contains", Filter::Op::contains}};
  Query query;
  query.kind = kind.id;
  Problems problems;
  const auto number = [&](const std::string& name, const std::string& value, std::int64_t low, std::int64_t high) {
    std::int64_t out = low;
    const auto r = std::from_chars(value.data(), value.data() + value.size(), out);
    if (r.ec != std::errc{} || r.ptr != value.data() + value.size() || out < low || out > high) {
      problems.add(problem(Failure::invalid, "record.limit", "?" + name,
                           {{"field", name}, {"min", std::to_string(low)}, {"max", std::to_string(high)}}));
    }
    return out;
  };
  for (const auto& [key, value] : pairs) {
    if (!valid_utf8(value) || value.find('\0') != std::string::npos) {
      problems.add(bad_filter(key, "?"));
    } else if (key == "q") {
      query.text = fold(value);
    } else if (key == "limit") {
      query.limit = static_cast<int>(number(key, value, 1, max_limit));
    } else if (key == "offset") {
      query.offset = number(key, value, 0, 10'000'000);
    } else if (key == "cursor") {
      query.cursor = value;
    } else if (key == "count") {
      query.count = value == "true";
    } else if (key == "archived") {
      query.archived = value == "all" ? std::optional<bool>() : std::optional<bool>(value == "true");
    } else if (key == "as_of") {
      if (auto day = parse_date(value)) {
        query.as_of = end_of_japan_day(*day);
      } else if (auto at = parse_instant(value)) {
        query.as_of = *at;
      } else {
        problems.add(problem(Failure::invalid, "time.invalid", "?as_of", {{"value", value}}));
      }
    } else if (key == "sort" || key == "fields") {
      for (const auto part : split(value, ',')) {
        const auto name = part.starts_with('-') && key == "sort" ? part.substr(1) : part;
        const auto* field = kind.field(name);
        if (!is_base(name) &&
            (field == nullptr || (key == "sort" && (field->many() || field->type == FieldType::json)))) {
          problems.add(problem(Failure::invalid, key == "sort" ? "record.sort" : "record.unknown-field", "?" + key,
                               {{"field", std::string(name)}}));
        } else {
          (key == "sort" ? query.sort : query.fields).emplace_back(part);
        }
      }
    } else if (key != "format" && key != "lang") {
      Filter filter;
      std::string_view name = key;
      if (const auto bracket = name.find('['); bracket != std::string_view::npos && name.ends_with(']')) {
        const auto found = operations.find(name.substr(bracket + 1, name.size() - bracket - 2));
        if (found == operations.end()) {
          problems.add(bad_filter(key, value));
          continue;
        }
        filter.op = found->second;
        name = name.substr(0, bracket);
      }
      filter.field = name;
      const auto dot = name.find('.');
      const auto* field = kind.field(name.substr(0, dot));
      bool known = field != nullptr ? field->type != FieldType::json : is_base(name);
      if (dot != std::string_view::npos) {
        const auto* target = field != nullptr && field->is_reference() ? registry.find(field->to) : nullptr;
        const auto inner = name.substr(dot + 1);
        known = target != nullptr && (target->field(inner) != nullptr || is_base(inner));
      }
      if (!known) {
        problems.add(problem(Failure::invalid, "record.unknown-field", "?" + key, {{"field", std::string(name)}}));
        continue;
      }
      for (const auto part : filter.op == Filter::Op::in ? split(value, ',') : std::vector<std::string_view>{value}) {
        filter.values.emplace_back(part == "@me" ? me : part == "@today" ? today : part);
      }
      if (filter.values.size() > max_values || query.filters.size() >= max_filters) {
        problems.add(bad_filter(key, "…"));
        continue;
      }
      query.filters.push_back(std::move(filter));
    }
  }
  if (!problems.empty()) return problems;
  return query;
}

Compiler::Compiler(const Kind& kind, const Registry& registry, const Access& access, std::string org,
                   store::Backend backend)
    : kind_(kind), registry_(registry), access_(access), org_(std::move(org)), backend_(backend) {
  for (const auto name : base_names()) select_ += (select_.empty() ? "t." : ", t.") + quoted(name);
  select_ += ", t.extra";
  for (const auto& field : kind.fields) select_ += ", t." + quoted(field.name);
}

// The kind's table, or the latest revisions at a time past, shaped as the table is.
std::string Compiler::source(const std::optional<Instant>& as_of, const std::string& alias, Binds& binds) const {
  if (!as_of) return kind_.table + " AS " + alias;
  const bool postgres = backend_ == store::Backend::postgres;
  const std::string body = postgres ? "CAST(h.body AS JSON)" : "h.body";
  const auto typed_member = [&](const std::string& value, FieldType type) {
    if (!postgres) return value;
    switch (type) {
      case FieldType::integer:
      case FieldType::money:
        return "CAST(" + value + " AS BIGINT)";
      case FieldType::decimal:
      case FieldType::percent:
        return "CAST(" + value + " AS DOUBLE PRECISION)";
      case FieldType::boolean:
        return "CAST(" + value + " AS BOOLEAN)";
      default:
        return value;
    }
  };
  const auto at = binds.add(format_instant(*as_of));
  std::string sql = "(SELECT h.org";
  for (const auto name : base_names()) {
    if (name == "revision" || name == "id") {
      sql += ", h." + std::string(name);
    } else {
      sql +=
          ", " + typed_member(body + " ->> '" + std::string(name) + "'", type_of(kind_, name)) + " AS " + quoted(name);
    }
  }
  sql += ", " + body + " ->> 'extra' AS extra";
  for (const auto& field : kind_.fields) {
    sql +=
        ", " + typed_member(body + " -> 'fields' ->> '" + field.name + "'", field.type) + " AS " + quoted(field.name);
  }
  sql += " FROM history AS h WHERE h.org = " + binds.add(org_) + " AND h.kind = " + binds.add(kind_.id) +
         " AND h.at <= " + at +
         " AND h.body IS NOT NULL AND NOT EXISTS (SELECT 1 FROM history AS n WHERE n.org = h.org AND n.kind = h.kind "
         "AND n.id = h.id"
         " AND n.revision = h.revision + 1 AND n.at <= " +
         at + ")";
  // What became secret since is closed in its past too.
  const auto gate = access_.predicate(access_.reach(kind_.id, Action::read), "c", binds);
  if (!gate.empty()) {
    sql += " AND EXISTS (SELECT 1 FROM " + kind_.table + " AS c WHERE c.org = h.org AND c.id = h.id AND " + gate + ")";
  }
  return sql + ") AS " + alias;
}

Result<std::string> Compiler::filter(const Filter& filter, const Kind& kind, const std::string& alias,
                                     const std::optional<Instant>& as_of, Binds& binds) const {
  const auto dot = filter.field.find('.');
  if (dot != std::string::npos) {
    const auto* field = kind.field(std::string_view(filter.field).substr(0, dot));
    const auto* target = registry_.find(field->to);
    Filter inner = filter;
    inner.field = filter.field.substr(dot + 1);
    GENMEI_LET(condition, this->filter(inner, *target, "r", as_of, binds));
    const auto gate = access_.predicate(access_.reach(target->id, Action::read), "r", binds);
    const Compiler others(*target, registry_, access_, org_, backend_);
    std::string sql = "EXISTS (SELECT 1 FROM " + others.source(as_of, "r", binds);
    if (field->type == FieldType::refs && as_of) {
      // Of the past there is no link table; the targets stand in the list itself.
      sql +=
          " WHERE r.org = " + alias + ".org AND " + alias + "." + quoted(field->name) + " LIKE '%\"' || r.id || '\"%'";
    } else if (field->type == FieldType::refs) {
      sql += " JOIN " + link_table(kind, *field) + " AS m ON m.org = r.org AND m.target = r.id WHERE r.org = " + alias +
             ".org AND m.id = " + alias + ".id";
    } else {
      sql += " WHERE r.org = " + alias + ".org AND r.id = " + alias + "." + quoted(field->name);
    }
    return sql + " AND " + condition + (gate.empty() ? "" : " AND " + gate) + ")";
  }
  const auto* field = kind.field(filter.field);
  const auto type = type_of(kind, filter.field);
  const auto column = alias + "." + quoted(filter.field);
  if (filter.op == Filter::Op::empty) {
    return column + (filter.values.front() == "false" ? " IS NOT NULL" : " IS NULL");
  }
  if (filter.op == Filter::Op::contains) {
    const auto letters = "CAST(" + column + " AS TEXT)";
    return "LOWER(" + letters + ") LIKE LOWER(" + binds.add(like_escaped(filter.values.front())) + ") ESCAPE '\\'";
  }
  if (field != nullptr && field->many()) {
    std::string any;
    const bool linked = !as_of && field->type != FieldType::texts;
    for (const auto& value : filter.values) {
      if (!any.empty()) any += linked ? ", " : " OR ";
      any +=
          linked ? binds.add(value) : column + " LIKE " + binds.add(like_escaped("\"" + value + "\"")) + " ESCAPE '\\'";
    }
    std::string sql = linked ? "EXISTS (SELECT 1 FROM " + link_table(kind, *field) + " AS m WHERE m.org = " + alias +
                                   ".org AND m.id = " + alias + ".id AND m.target IN (" + any + "))"
                             : "(" + any + ")";
    if (filter.op == Filter::Op::ne) return "(" + column + " IS NULL OR NOT " + sql + ")";
    return sql;
  }
  if (filter.op == Filter::Op::in) {
    std::string list;
    for (const auto& value : filter.values) {
      GENMEI_LET(bound, typed(type, filter.field, value));
      list += (list.empty() ? "" : ", ") + binds.add(std::move(bound));
    }
    return column + " IN (" + list + ")";
  }
  if (filter.values.front().empty()) {
    return column + (filter.op == Filter::Op::ne ? " IS NOT NULL" : " IS NULL");
  }
  GENMEI_LET(bound, typed(type, filter.field, filter.values.front()));
  const auto place = binds.add(std::move(bound));
  switch (filter.op) {
    case Filter::Op::ne:
      return "(" + column + " <> " + place + " OR " + column + " IS NULL)";
    case Filter::Op::lt:
      return column + " < " + place;
    case Filter::Op::le:
      return column + " <= " + place;
    case Filter::Op::gt:
      return column + " > " + place;
    case Filter::Op::ge:
      return column + " >= " + place;
    default:
      return column + " = " + place;
  }
}

Result<std::string> Compiler::where(const Query& query, Binds& binds) const {
  std::string sql = "t.org = " + binds.add(org_);
  if (query.archived) {
    sql += backend_ == store::Backend::postgres ? (*query.archived ? " AND t.archived" : " AND NOT t.archived")
                                                : (*query.archived ? " AND t.archived = 1" : " AND t.archived = 0");
  }
  const auto reach = access_.reach(kind_.id, Action::read);
  const auto gate =
      query.as_of ? access_.predicate(reach, "t", binds) : access_.visible(reach, "t", kind_.table, org_, binds);
  if (!gate.empty()) sql += " AND " + gate;
  for (const auto& item : query.filters) {
    GENMEI_LET(condition, filter(item, kind_, "t", query.as_of, binds));
    sql += " AND " + condition;
  }
  if (!query.text.empty()) {
    for (const auto word : split(query.text, ' ')) {
      if (trim(word).empty()) continue;
      // The past has no folded search column; there the title itself is searched.
      const auto column = query.as_of ? "LOWER(t." + quoted(kind_.title_field) + ")" : std::string("t.search");
      sql += " AND " + column + " LIKE " + binds.add(like_escaped(trim(word))) + " ESCAPE '\\'";
    }
  }
  return sql;
}

std::vector<std::pair<std::string, bool>> Compiler::order(const Query& query) const {
  auto names = query.sort;
  if (names.empty()) names.push_back(kind_.default_sort);
  std::vector<std::pair<std::string, bool>> out;
  for (const auto& name : names) {
    const bool descending = name.starts_with('-');
    const auto column = descending ? name.substr(1) : name;
    if (std::none_of(out.begin(), out.end(), [&](const auto& o) { return o.first == column; }))
      out.emplace_back(column, descending);
    if (column == "id") return out;
  }
  out.emplace_back("id", out.back().second);
  return out;
}

std::string Compiler::cursor(const Query& query, const Record& last) const {
  json::Array values;
  const auto record = last.api();
  const auto& object = record.get_object();
  for (const auto& [column, descending] : order(query)) {
    const auto* value = object.if_contains(column);
    if (value == nullptr) value = object.at("fields").get_object().if_contains(column);
    values.push_back(value == nullptr ? json::Value(nullptr) : *value);
  }
  return base64url(json::write(values));
}

Result<Statement> Compiler::page(const Query& query) const {
  Statement out;
  const auto from = source(query.as_of, "t", out.binds);
  GENMEI_LET(condition, where(query, out.binds));
  const auto columns = order(query);
  std::string after;
  if (!query.cursor.empty()) {
    const auto bad = problem(Failure::invalid, "record.cursor", "?cursor");
    const auto bytes = from_base64(query.cursor);
    if (!bytes) return bad;
    const auto parsed = json::parse(*bytes);
    if (!parsed || !parsed->is_array() || parsed->get_array().size() != columns.size()) return bad;
    // (a, b, id) after (x, y, z), null being the smallest: a after x, or a = x and (b after y, or …).
    std::string equal;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& [name, descending] = columns[i];
      const auto column = "t." + quoted(name);
      const auto& value = parsed->get_array()[i];
      std::string beyond;
      std::string same;
      if (value.is_null()) {
        beyond = descending ? "1 = 0" : column + " IS NOT NULL";
        same = column + " IS NULL";
      } else {
        Owned bound;
        if (value.is_string())
          bound = std::string(value.get_string());
        else if (value.is_int64())
          bound = value.get_int64();
        else if (value.is_double())
          bound = value.get_double();
        else if (value.is_bool())
          bound = value.get_bool();
        else
          return bad;
        if (!fits(type_of(kind_, name), bound)) return bad;
        const auto place = out.binds.add(std::move(bound));
        beyond = descending ? "(" + column + " < " + place + (name == "id" ? ")" : " OR " + column + " IS NULL)")
                            : column + " > " + place;
        same = column + " = " + place;
        // Lets the index start where the page starts.
        if (i == 0 && !descending) condition += " AND " + column + " >= " + place;
        if (i == 0 && descending && name == "updated_at") condition += " AND " + column + " <= " + place;
      }
      after += (after.empty() ? "(" : " OR (") + equal + beyond + ")";
      equal += same + " AND ";
    }
  }
  out.sql = "SELECT " + select_ + " FROM " + from + " WHERE " + condition;
  if (!after.empty()) out.sql += " AND (" + after + ")";
  out.sql += " ORDER BY ";
  const bool gated = backend_ == store::Backend::sqlite && condition.find("t.id IN (SELECT") != std::string::npos;
  bool first = true;
  for (const auto& [name, descending] : columns) {
    if (!std::exchange(first, false)) out.sql += ", ";
    // A reader who sees few rows gets them through the gate's indexes and has them sorted; walking the order's own
    // index would pass over everybody else's rows. The sign keeps SQLite from choosing it.
    out.sql += std::string(gated ? "+t." : "t.") + quoted(name) + (descending ? " DESC" : "");
    if (backend_ == store::Backend::postgres) out.sql += descending ? " NULLS LAST" : " NULLS FIRST";
  }
  out.sql += " LIMIT " + std::to_string(query.limit + 1);
  if (query.offset > 0) out.sql += " OFFSET " + std::to_string(query.offset);
  return out;
}

Result<Statement> Compiler::count(const Query& query) const {
  Statement out;
  const auto from = source(query.as_of, "t", out.binds);
  GENMEI_LET(condition, where(query, out.binds));
  out.sql = "SELECT count(*) FROM " + from + " WHERE " + condition;
  return out;
}

Statement Compiler::one(std::string_view id, const std::optional<Instant>& as_of) const {
  Statement out;
  const auto from = source(as_of, "t", out.binds);
  out.sql = "SELECT " + select_ + " FROM " + from + " WHERE t.org = " + out.binds.add(org_) +
            " AND t.id = " + out.binds.add(std::string(id));
  const auto gate = access_.predicate(access_.reach(kind_.id, Action::read), "t", out.binds);
  if (!gate.empty()) out.sql += " AND " + gate;
  return out;
}

Statement Compiler::labels(const std::vector<std::string>& ids) const {
  Statement out;
  out.sql = "SELECT t.id, t." + quoted(kind_.title_field) + ", t.number, t.state FROM " + kind_.table +
            " AS t WHERE t.org = " + out.binds.add(org_) + " AND t.id IN (";
  // Padded to a power of two so that few distinct texts are prepared.
  std::size_t slots = 1;
  while (slots < ids.size()) slots *= 2;
  for (std::size_t i = 0; i < slots; ++i)
    out.sql += (i == 0 ? "" : ",") + out.binds.add(ids[std::min(i, ids.size() - 1)]);
  out.sql += ")";
  const auto gate = access_.predicate(access_.reach(kind_.id, Action::read), "t", out.binds);
  if (!gate.empty()) out.sql += " AND " + gate;
  return out;
}

}  // namespace genmei::record
