#include "operate/sample.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/yaml.hpp"
#include "operate/assessment.hpp"
#include "operate/recurrence.hpp"

namespace genmei::operate {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;

class Loader {
 public:
  Loader(Workspace& workspace, const MakeAccount& account, Holidays holidays)
      : workspace_(workspace),
        engine_(workspace.engine()),
        account_(account),
        holidays_(std::move(holidays)),
        now_(workspace.clock().now()),
        today_(japan_date(now_)) {}

  Result<void> file(const yaml::File& file) {
    file_ = &file;
    for (const auto& node : file.root["records"].items) GENMEI_TRY(placed(node, record(file.root, node)));
    if (file.root.has("rows")) GENMEI_TRY(rows(file.root));
    for (const auto& node : file.root["editions"].items) GENMEI_TRY(placed(node, edition(node)));
    return {};
  }

  SampleCount count;

 private:
  // Names file and line before the engine's own place.
  Result<void> placed(const yaml::Node& node, Result<void> result) {
    if (result) return result;
    auto problems = std::move(result).problems();
    for (auto& one : problems.list) one.place = file_->at(node) + (one.place.empty() ? "" : " " + one.place);
    return problems;
  }

  Result<Instant> time(const yaml::Node& node) {
    GENMEI_LET(day, relative_date(node.str("0d"), today_, holidays_));
    // 09:00 in Japan; one second apart, so that the order of the file is the order of history.
    const auto at = std::min<Instant>(Instant{sys_days{day}}, now_ - seconds{1});
    last_ = std::max(at, last_ + seconds{1});
    return last_;
  }

  Result<record::Session> session(const yaml::Node& actor) {
    if (actor.is_null()) return engine_.product("sample");
    const auto found = actors_.find(actor.str());
    if (found == actors_.end()) return problem(Failure::internal, "sample.key", {}, {{"value", actor.str()}});
    return engine_.session(found->second);
  }

  Result<std::string> id(const std::string& kind, const std::string& text) {
    const auto found = text.starts_with('@') ? keys_.find({kind, text.substr(1)}) : keys_.end();
    if (found == keys_.end()) return problem(Failure::internal, "sample.key", {}, {{"value", text}});
    return found->second;
  }

  Result<json::Value> value(const record::Field& field, const yaml::Node& node) {
    using record::FieldType;
    switch (field.type) {
      case FieldType::boolean:
        return json::Value(node.boolean());
      case FieldType::integer:
      case FieldType::money:
        return json::Value(node.integer());
      case FieldType::decimal:
      case FieldType::percent:
        return json::Value(node.number());
      case FieldType::date:
      case FieldType::datetime: {
        GENMEI_LET(day, relative_date(node.str(), today_, holidays_));
        return json::Value(boost::json::string(field.type == FieldType::date ? format_date(day)
                                                                             : format_instant(Instant{sys_days{day}})));
      }
      case FieldType::ref: {
        GENMEI_LET(found, id(field.to, node.str()));
        return json::Value(boost::json::string(found));
      }
      default:
        break;
    }
    if (!field.many()) return json::Value(boost::json::string(node.str()));
    json::Array list;
    for (const auto& item : node.strings()) {
      if (field.is_reference()) {
        GENMEI_LET(found, id(field.to, item));
        list.emplace_back(boost::json::string(found));
      } else {
        list.emplace_back(boost::json::string(item));
      }
    }
    return json::Value(std::move(list));
  }

  Result<json::Object> fields(const std::string& kind_id, const yaml::Node& node,
                              const std::set<std::string>& leave_out = {}) {
    const auto* kind = engine_.registry().find(kind_id);
    if (kind == nullptr) return problem(Failure::internal, "record.kind", {}, {{"value", kind_id}});
    json::Object out;
    for (const auto& [name, member] : node.members) {
      if (leave_out.contains(name)) continue;
      const auto* field = kind->field(name);
      if (field == nullptr) {
        return problem(Failure::internal, "record.unknown-field", "/fields/" + name, {{"field", name}});
      }
      GENMEI_LET(json, value(*field, member));
      out[name] = std::move(json);
    }
    return out;
  }

  Result<void> transitions(const std::string& kind, const std::string& record, const yaml::Node& list) {
    for (const auto& node : list.items) {
      GENMEI_LET(given, fields(kind, node["fields"]));
      GENMEI_LET(actor, session(node["actor"]));
      auto batch = actor.batch();
      last_ += seconds{1};
      batch.at(last_);
      GENMEI_TRY(batch.transition(kind, record, std::nullopt, node["id"].str(), node["comment"].str(), given));
      GENMEI_TRY(batch.commit());
      ++count.transitions;
    }
    return {};
  }

  Result<void> record(const yaml::Node& root, const yaml::Node& node) {
    const auto kind = node.has("kind") ? node["kind"].str() : root["kind"].str();
    GENMEI_LET(given, fields(kind, node["fields"]));
    GENMEI_LET(at, time(node["at"]));
    GENMEI_LET(actor, session(node["actor"]));
    const std::pair key{kind, node["key"].str()};
    const auto known = key.second.empty() ? keys_.end() : keys_.find(key);
    auto batch = actor.batch();
    batch.at(at);
    std::string id;
    if (known != keys_.end()) {
      id = known->second;
      GENMEI_TRY(batch.update(kind, id, std::nullopt, given));
    } else {
      GENMEI_LET(created, batch.create(kind, given));
      id = created.id;
    }
    GENMEI_TRY(batch.commit());
    if (!key.second.empty()) keys_[key] = id;
    ++count.records;
    if (kind == "assessment") GENMEI_TRY(fill(actor, id));
    GENMEI_TRY(transitions(kind, id, node["transitions"]));
    if (node.has("login")) {
      const auto roles = node["roles"].strings();
      GENMEI_LET(account, account_(node["login"].str(), id, {roles.begin(), roles.end()}));
      actors_[key.second] = std::move(account);
    }
    return {};
  }

  // The rows of an assessment by item; an item may have a row for each service.
  Result<const std::map<std::string, std::string>*> index(const std::string& assessment) {
    auto& rows = rows_[assessment];
    if (rows.empty()) {
      auto product = engine_.product("sample");
      GENMEI_LET(found, product.all("requirement", {{"assessment", record::Filter::Op::eq, {assessment}}}));
      for (const auto& row : found) rows[row.text("item") + " " + row.text("service")] = row.id;
    }
    return &rows;
  }

  Result<void> rows(const yaml::Node& root) {
    GENMEI_LET(at, time(root["at"]));
    GENMEI_LET(actor, session(root["actor"]));
    auto batch = actor.batch();
    batch.at(at);
    for (const auto& node : root["rows"].items) {
      GENMEI_TRY(placed(node, row(batch, node)));
      ++count.rows;
    }
    return batch.commit();
  }

  Result<void> row(record::Batch& batch, const yaml::Node& node) {
    GENMEI_LET(assessment, id("assessment", node["assessment"].str()));
    std::string service;
    if (node.has("service")) {
      GENMEI_LET(found, id("service", node["service"].str()));
      service = found;
    }
    GENMEI_LET(rows, index(assessment));
    const auto found = rows->find(node["item"].str() + " " + service);
    if (found == rows->end()) return problem(Failure::internal, "sample.row", {}, {{"value", node["item"].str()}});
    GENMEI_LET(given, fields("requirement", node, {"assessment", "item", "service"}));
    GENMEI_TRY(batch.update("requirement", found->second, std::nullopt, given));
    return {};
  }

  // Makes the rows of an assessment just created.
  Result<void> fill(record::Session& session, const std::string& id) {
    GENMEI_LET(assessment, session.get("assessment", id));
    auto batch = session.batch();
    last_ += seconds{1};
    batch.at(last_);
    GENMEI_TRY(fill_assessment(workspace_, session, batch, assessment));
    return batch.commit();
  }

  Result<void> edition(const yaml::Node& node) {
    const auto kind = node["kind"].str();
    GENMEI_LET(assessment_id, id("assessment", node["assessment"].str()));
    GENMEI_LET(given, fields(kind, node["fields"]));
    GENMEI_LET(at, time(node["at"]));
    GENMEI_LET(actor, session(node["actor"]));
    GENMEI_LET(assessment, actor.get("assessment", assessment_id));
    auto batch = actor.batch();
    batch.at(at);
    GENMEI_LET(made, freeze(workspace_, actor, batch, assessment, given));
    GENMEI_TRY(batch.commit());
    ++count.records;
    return transitions(kind, made.id, node["transitions"]);
  }

  Workspace& workspace_;
  record::Engine& engine_;
  const MakeAccount& account_;
  const Holidays holidays_;
  const Instant now_;
  const Date today_;
  Instant last_{};
  const yaml::File* file_ = nullptr;
  std::map<std::pair<std::string, std::string>, std::string> keys_;  // (kind, key) → id
  std::map<std::string, record::Actor, std::less<>> actors_;         // by key of the person
  std::map<std::string, std::map<std::string, std::string>> rows_;   // assessment → "item service" → row
};

}  // namespace

Result<Date> relative_date(std::string_view text, Date today, const Holidays& holidays) {
  const auto wrong = [&] { return problem(Failure::invalid, "sample.date", {}, {{"value", std::string(text)}}); };
  if (auto date = parse_date(text)) return *date;
  const auto number = text.starts_with('+') && !text.starts_with("+-") ? text.substr(1) : text;
  int n = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), n);
  if (read.ec != std::errc{} || std::abs(n) > 10000) return wrong();
  const std::string_view unit(read.ptr, static_cast<std::size_t>(number.data() + number.size() - read.ptr));
  if (unit == "d") return Date{sys_days{today} + std::chrono::days{n}};
  if (unit == "b") return holidays.shift(today, n);
  const auto month = today.year() / today.month() + std::chrono::months{n};
  if (unit == "m^") return Date{month / std::chrono::day{1}};
  if (unit == "m$") return Date{month / std::chrono::last};
  return wrong();
}

Result<SampleCount> load_sample(Workspace& workspace, const std::string& folder, const MakeAccount& account) {
  std::vector<std::string> paths;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".yaml") paths.push_back(at->path().string());
  }
  if (error || paths.empty()) return problem(Failure::internal, "sample.form", folder);
  std::sort(paths.begin(), paths.end());
  GENMEI_LET(holidays, Holidays::load(workspace.shipped() + "/holidays/japan.yaml"));
  Loader loader(workspace, account, std::move(holidays));
  for (const auto& path : paths) {
    GENMEI_LET(file, yaml::load(path));
    GENMEI_TRY(loader.file(file));
  }
  return loader.count;
}

}  // namespace genmei::operate
