#include <algorithm>
#include <set>

#include "record/engine.hpp"
#include "record/schema.hpp"

namespace genmei::record {
namespace {

Problem unknown_kind(std::string_view kind) {
  return problem(Failure::not_found, "record.kind", {}, {{"value", std::string(kind)}});
}
Problem not_found(std::string_view kind, std::string_view id) {
  return problem(Failure::not_found, "record.not-found", {}, {{"kind", std::string(kind)}, {"value", std::string(id)}});
}

std::string count_key(const Statement& statement) {
  std::string key = statement.sql;
  for (const auto& value : statement.binds.values()) {
    key += '\x1f';
    std::visit(
        [&](const auto& v) {
          using T = std::decay_t<decltype(v)>;
          if constexpr (std::is_same_v<T, std::string>)
            key += v;
          else if constexpr (!std::is_same_v<T, std::monostate>)
            key += std::to_string(v);
        },
        value);
  }
  return key;
}

}  // namespace

Session::Session(Engine& engine, Actor actor) : engine_(&engine), access_(engine.roles(), std::move(actor)) {}

Session Session::as_product() const {
  Actor actor = Actor::product(access_.actor().place);
  return {*engine_, std::move(actor)};
}

Batch Session::batch() { return Batch(*this); }

namespace {

// Runs the page and, if asked for, the count in one snapshot.
Result<std::optional<std::int64_t>> run_page(Engine& engine, const Compiler& compiler, const Query& query,
                                             const store::EachRow& row) {
  GENMEI_LET(statement, compiler.page(query));
  std::optional<std::int64_t> total;
  // A filter over another kind may change with that kind; then only the whole version is safe as a key.
  const bool crosses = std::any_of(query.filters.begin(), query.filters.end(),
                                   [](const auto& f) { return f.field.find('.') != std::string::npos; });
  const auto version = crosses || query.as_of ? engine.version() : engine.version(query.kind);
  GENMEI_TRY(engine.database().read([&](store::Connection& connection) -> Result<void> {
    const auto binds = statement.binds.view();
    GENMEI_TRY(connection.each(statement.sql, binds, row));
    if (!query.count) return {};
    GENMEI_LET(counting, compiler.count(query));
    const auto key = count_key(counting);
    total = engine.cached_count(key, version);
    if (total) return {};
    const auto count_binds = counting.binds.view();
    GENMEI_TRY(connection.each(counting.sql, count_binds, [&](const store::Row& counted) {
      total = counted.integer(0);
      return false;
    }));
    engine.cache_count(key, version, *total);
    return {};
  }));
  return total;
}

}  // namespace

Result<Page> Session::list(const Query& query) {
  const auto* kind = engine_->registry().find(query.kind);
  if (kind == nullptr || !access_.may(query.kind, Action::read)) return unknown_kind(query.kind);
  const Compiler compiler(*kind, engine_->registry(), access_, engine_->organisation(), engine_->database().backend());
  Page page;
  GENMEI_LET(total, run_page(*engine_, compiler, query, [&](const store::Row& row) {
               page.items.push_back(read_record(*kind, row));
               return true;
             }));
  page.total = total;
  if (page.items.size() > static_cast<std::size_t>(query.limit)) {
    page.items.pop_back();
    page.next = compiler.cursor(query, page.items.back());
  }
  return page;
}

Result<std::shared_ptr<const std::string>> Session::list_text(const Query& query, Language language) {
  const auto* kind = engine_->registry().find(query.kind);
  if (kind == nullptr || !access_.may(query.kind, Action::read)) return unknown_kind(query.kind);
  const Compiler compiler(*kind, engine_->registry(), access_, engine_->organisation(), engine_->database().backend());
  // The statement holds the gate's binds: two readers share an answer only if they may see the same.
  GENMEI_LET(statement, compiler.page(query));
  std::string memory = count_key(statement) + std::string(code(language)) + (query.count ? "#" : "");
  for (const auto& name : query.fields) memory += "," + name;
  for (const auto& field : kind->fields) {
    // Labels follow the gate of the kinds they come from.
    if (field.is_reference()) memory += access_.signature(access_.reach(field.to, Action::read));
  }
  if (auto known = engine_->cached_answer(memory)) return known;
  const auto version = engine_->version();
  std::string out;
  out.reserve(32768);
  out += "{\"items\":[";
  Wanted wanted;
  int shown = 0;
  std::optional<Record> last;
  bool more = false;
  GENMEI_LET(total, run_page(*engine_, compiler, query, [&](const store::Row& row) {
               if (shown == query.limit) {
                 more = true;
                 return false;
               }
               if (shown > 0) out += ',';
               write_row(*kind, row, query.fields, out, wanted);
               if (++shown == query.limit) last = read_record(*kind, row);  // the next page begins after it
               return true;
             }));
  GENMEI_LET(names, labels(wanted, language));
  json::Writer writer(out);
  out += "],\"labels\":";
  writer.begin_object();
  for (const auto& [key, label] : names) {
    writer.key(key).begin_object().key("label").string(label.label);
    if (!label.number.empty()) writer.key("number").string(label.number);
    if (!label.state.empty()) writer.key("state").string(label.state);
    writer.end_object();
  }
  writer.end_object();
  out += ",\"next\":";
  if (more) {
    json::write_string(compiler.cursor(query, *last), out);
  } else {
    out += "null";
  }
  if (total) out += ",\"total\":" + std::to_string(*total);
  out += '}';
  auto answer = std::make_shared<const std::string>(std::move(out));
  engine_->cache_answer(memory, version, answer);
  return answer;
}

Result<std::vector<Record>> Session::all(std::string_view kind, std::vector<Filter> filters,
                                         const std::optional<Instant>& as_of, std::vector<std::string> sort) {
  Query query;
  query.kind = kind;
  query.filters = std::move(filters);
  query.as_of = as_of;
  query.sort = std::move(sort);
  query.limit = 5000;
  std::vector<Record> out;
  while (true) {
    GENMEI_LET(page, list(query));
    std::move(page.items.begin(), page.items.end(), std::back_inserter(out));
    if (page.next.empty()) return out;
    query.cursor = page.next;
  }
}

Result<Record> Session::get(std::string_view kind_id, std::string_view id, const std::optional<Instant>& as_of) {
  const auto* kind = engine_->registry().find(kind_id);
  if (kind == nullptr || !access_.may(kind_id, Action::read)) return unknown_kind(kind_id);
  const Compiler compiler(*kind, engine_->registry(), access_, engine_->organisation(), engine_->database().backend());
  const auto statement = compiler.one(id, as_of);
  std::optional<Record> record;
  GENMEI_TRY(engine_->database().read([&](store::Connection& connection) {
    const auto binds = statement.binds.view();
    return connection.each(statement.sql, binds, [&](const store::Row& row) {
      record = read_record(*kind, row);
      return false;
    });
  }));
  if (!record) return not_found(kind_id, id);
  return std::move(*record);
}

Result<Record> Session::revision(std::string_view kind, std::string_view id, std::int64_t revision) {
  GENMEI_TRY(get(kind, id));  // through the gate
  std::string body;
  GENMEI_TRY(engine_->database().read([&](store::Connection& connection) -> Result<void> {
    GENMEI_LET(text,
               connection.text("SELECT body FROM history WHERE org = $1 AND kind = $2 AND id = $3 AND revision = $4",
                               {std::string_view(engine_->organisation()), kind, id, revision}));
    body = text;
    return {};
  }));
  if (body.empty()) return not_found(kind, id);
  return from_body(body);
}

Result<std::vector<Revision>> Session::history(std::string_view kind, std::string_view id, std::int64_t before,
                                               int limit) {
  GENMEI_TRY(get(kind, id));
  std::vector<Revision> out;
  const std::int64_t below = before > 0 ? before : INT64_MAX;
  GENMEI_TRY(engine_->database().read([&](store::Connection& connection) {
    return connection.each(
        "SELECT revision, at, actor, action, comment, digest, entry, body FROM history WHERE org = $1 AND kind = $2 "
        "AND id = $3 "
        "AND revision < $4 ORDER BY revision DESC LIMIT $5",
        {std::string_view(engine_->organisation()), kind, id, below, std::int64_t{limit}}, [&](const store::Row& row) {
          out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                         std::string(row.text(4)), std::string(row.text(5)), std::string(row.text(6)),
                         std::string(row.text(7))});
          return true;
        });
  }));
  return out;
}

Result<Labels> Session::labels(const std::vector<Record>& records, Language language) {
  Wanted wanted;
  for (const auto& record : records) {
    const auto* kind = engine_->registry().find(record.kind);
    if (kind == nullptr) continue;
    for (const auto& field : kind->fields) {
      const bool catalogue = field.type == FieldType::catalogue || field.type == FieldType::catalogues;
      const auto* value = record.fields.if_contains(field.name);
      if (value == nullptr || (!field.is_reference() && !catalogue)) continue;
      auto& set = wanted[catalogue ? "#" + field.catalogue : field.to];
      if (value->is_array()) {
        for (const auto& item : value->get_array()) {
          if (item.is_string()) set.emplace(item.get_string());
        }
      } else if (value->is_string()) {
        set.emplace(value->get_string());
      }
    }
  }
  return labels(wanted, language);
}

Result<Labels> Session::labels(const Wanted& wanted, Language language) {
  Labels out;
  bool records = false;
  for (const auto& [name, set] : wanted) {
    if (!name.starts_with('#')) {
      records = records || !set.empty();
      continue;
    }
    const auto catalogue = name.substr(1);
    if (!engine_->catalogues().label) continue;
    for (const auto& value : set)
      out[catalogue + "/" + value] = {engine_->catalogues().label(catalogue, value, language), {}, {}};
  }
  if (!records) return out;
  GENMEI_TRY(engine_->database().read([&](store::Connection& connection) -> Result<void> {
    constexpr std::size_t chunk = 256;
    for (const auto& entry : wanted) {
      const auto& kind_id = entry.first;
      const auto& set = entry.second;
      const auto* kind = engine_->registry().find(kind_id);
      if (kind == nullptr || set.empty() || !access_.may(kind_id, Action::read)) continue;
      const Compiler compiler(*kind, engine_->registry(), access_, engine_->organisation(),
                              engine_->database().backend());
      const std::vector<std::string> ids(set.begin(), set.end());
      for (std::size_t start = 0; start < ids.size(); start += chunk) {
        const std::vector<std::string> part(
            ids.begin() + static_cast<std::ptrdiff_t>(start),
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(start + chunk, ids.size())));
        const auto statement = compiler.labels(part);
        const auto binds = statement.binds.view();
        GENMEI_TRY(connection.each(statement.sql, binds, [&](const store::Row& row) {
          std::string label(row.text(1));
          if (const auto* title = kind->field(kind->title_field);
              title != nullptr && title->type == FieldType::catalogue && engine_->catalogues().label) {
            label = engine_->catalogues().label(title->catalogue, label, language);
          }
          out[kind_id + "/" + std::string(row.text(0))] = {std::move(label), std::string(row.text(2)),
                                                           std::string(row.text(3))};
          return true;
        }));
      }
    }
    return {};
  }));
  return out;
}

Result<Links> Session::links(std::string_view kind_id, std::string_view id) {
  constexpr int shown = 20;
  Links out;
  GENMEI_LET(record, get(kind_id, id));
  const auto& kind = *engine_->registry().find(kind_id);
  GENMEI_LET(names, labels({record}, Language::ja));
  for (const auto& field : kind.fields) {
    if (!field.is_reference() || is_empty(record.fields, field.name)) continue;
    Linked linked{field.to, field.name, {}, 0};
    const auto add = [&](std::string target) {
      const auto found = names.find(field.to + "/" + target);
      if (found == names.end()) return;
      ++linked.total;
      if (linked.total <= shown)
        linked.items.push_back({std::move(target), found->second.label, found->second.number, found->second.state});
    };
    if (field.type == FieldType::refs) {
      for (auto& target : record.list(field.name)) add(target);
    } else {
      add(record.text(field.name));
    }
    if (linked.total > 0) out.out.push_back(std::move(linked));
  }
  for (const auto& [from, field] : engine_->registry().referrers(kind_id)) {
    if (!access_.may(from->id, Action::read)) continue;
    Query query;
    query.kind = from->id;
    query.filters.push_back({field->name, Filter::Op::eq, {std::string(id)}});
    query.limit = shown;
    query.count = true;
    GENMEI_LET(page, list(query));
    if (page.items.empty()) continue;
    Linked linked{from->id, field->name, {}, *page.total};
    for (const auto& item : page.items)
      linked.items.push_back({item.id, item.text(from->title_field), item.number, item.state});
    out.in.push_back(std::move(linked));
  }
  return out;
}

Result<std::vector<Session::Hit>> Session::search(std::string_view text, int limit) {
  std::vector<Hit> out;
  for (const auto& kind : engine_->registry().kinds()) {
    if (!kind.menu || !access_.may(kind.id, Action::read)) continue;
    Query query;
    query.kind = kind.id;
    query.text = fold(text);
    query.limit = std::max(3, limit / 4);
    GENMEI_LET(page, list(query));
    for (const auto& item : page.items) {
      std::string label = item.text(kind.title_field);
      if (const auto* title = kind.field(kind.title_field);
          title->type == FieldType::catalogue && engine_->catalogues().label) {
        label = engine_->catalogues().label(title->catalogue, label, Language::ja);
      }
      out.push_back({kind.id, item.id, std::move(label), item.number, item.state});
      if (out.size() >= static_cast<std::size_t>(limit)) return out;
    }
  }
  return out;
}

Result<std::map<std::string, std::int64_t>> Session::tally(std::string_view kind_id, std::size_t spec) {
  const auto* kind = engine_->registry().find(kind_id);
  if (kind == nullptr || spec >= kind->tally.size()) return unknown_kind(kind_id);
  // Counters know no reader: they answer only to those who may read every record of the kind.
  if (!access_.reach(kind_id, Action::read).everything() &&
      access_.reach(kind_id, Action::read).by_class[1] != Scope::all) {
    return problem(Failure::forbidden, "record.forbidden");
  }
  std::map<std::string, std::int64_t> out;
  GENMEI_TRY(engine_->database().read([&](store::Connection& connection) {
    return connection.each("SELECT key, n FROM tally WHERE org = $1 AND kind = $2 AND spec = $3",
                           {std::string_view(engine_->organisation()), kind_id, std::string_view(std::to_string(spec))},
                           [&](const store::Row& row) {
                             if (row.integer(1) != 0) out.emplace(row.text(0), row.integer(1));
                             return true;
                           });
  }));
  return out;
}

}  // namespace genmei::record
