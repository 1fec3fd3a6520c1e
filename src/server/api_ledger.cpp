// The ledger over HTTP: newest entries first, the checkpoint, verification.
#include "ledger/note.hpp"
#include "ledger/schema.hpp"
#include "server/api.hpp"

namespace genmei::server {
namespace {

Result<http::Response> entries(Call& call) {
  GENMEI_TRY(call.need("@ledger"));
  constexpr std::int64_t page = 50;
  auto& workspace = call.workspace();
  std::int64_t below = std::strtoll(std::string(call.request.query.get("cursor")).c_str(), nullptr, 10);
  if (below <= 0) below = INT64_MAX;
  const std::string kind(call.request.query.get("kind"));
  const std::string record(call.request.query.get("record"));
  json::Array list;
  std::map<std::string, json::Array> wanted;
  std::int64_t last = 0;
  bool more = false;
  GENMEI_TRY(workspace.database().read([&](store::Connection& connection) {
    list.clear();
    more = false;
    std::int64_t seen = 0;
    return connection.each(
        "SELECT idx, body FROM ledger_entry WHERE org = $1 AND idx < $2 ORDER BY idx DESC LIMIT $3",
        {std::string_view(workspace.organisation()), below,
         std::int64_t{kind.empty() && record.empty() ? page + 1 : 5000}},
        [&](const store::Row& row) {
          if (seen >= page) {
            more = true;
            return false;
          }
          const auto entry = ledger::parse_entry(row.text(1));
          last = row.integer(0);
          if (!entry || (!kind.empty() && entry->kind != kind) || (!record.empty() && entry->record != record))
            return true;
          ++seen;
          json::Object item;
          item["index"] = last;
          item["at"] = format_instant(entry->at);
          json::Object actor;
          actor["id"] = entry->actor;
          item["actor"] = std::move(actor);
          item["action"] = entry->action;
          item["kind"] = entry->kind;
          item["record"] = entry->record;
          item["revision"] = entry->revision;
          item["digest"] = entry->digest;
          item["place"] = entry->place;
          item["hash"] = hex(sha256(std::string_view("\0", 1), row.text(1)));
          list.push_back(std::move(item));
          return true;
        });
  }));
  for (auto& value : list) {
    auto& item = value.get_object();
    auto& actor = item["actor"].get_object();
    actor["name"] = workspace.engine().actor_name(std::string(json::text(actor, "id")));
    // The entry is open to whoever may read the ledger; the record's name only to whoever may read the record.
    const auto kind_id = json::text(item, "kind");
    const auto* declared = workspace.registry().find(kind_id);
    if (declared == nullptr) continue;
    if (const auto found = call.session.get(kind_id, json::text(item, "record"))) {
      auto label = found->text(declared->title_field);
      if (const auto* title = declared->field(declared->title_field); title->type == record::FieldType::catalogue) {
        label = workspace.engine().catalogues().label(title->catalogue, label, call.language);
      }
      item["label"] = label.empty() ? found->number : label;
      item["number"] = found->number;
    }
  }
  json::Object out;
  out["entries"] = std::move(list);
  // From the database, not from memory: another node or the command line may have signed a newer one. Its root is in
  // the note.
  auto checkpoint = workspace.sequencer().latest();
  GENMEI_TRY(workspace.database().read([&](store::Connection& connection) -> Result<void> {
    GENMEI_LET(stored, ledger::newest_checkpoint(connection, workspace.organisation()));
    if (!stored || stored->size <= checkpoint.size) return {};
    GENMEI_LET(opened, ledger::open_checkpoint(stored->note, workspace.key().name, workspace.key().public_key));
    checkpoint = opened;
    checkpoint.at = stored->at;
    return {};
  }));
  json::Object head;
  head["size"] = checkpoint.size;
  head["root"] = hex(checkpoint.root);
  head["at"] = format_instant(checkpoint.at);
  head["note"] = checkpoint.note;
  head["key"] = base64(workspace.key().public_key);
  out["checkpoint"] = std::move(head);
  out["next"] = more ? json::Value(std::to_string(last)) : json::Value(nullptr);
  return Call::ok(out);
}

Result<http::Response> verify(Call& call) {
  GENMEI_TRY(call.need("@ledger"));
  auto& workspace = call.workspace();
  GENMEI_TRY(workspace.sequencer().run_once());
  GENMEI_LET(result, ledger::verify(workspace.database(), workspace.organisation(), workspace.key().public_key, true));
  json::Object out;
  out["ok"] = result.ok();
  out["entries"] = result.entries;
  out["revisions"] = result.revisions;
  out["seconds"] = result.seconds;
  json::Array problems;
  for (const auto& finding : result.findings) {
    json::Object item;
    item["index"] = finding.index;
    item["code"] = finding.code;
    item["kind"] = finding.kind;
    item["record"] = finding.record;
    item["revision"] = finding.revision;
    item["message"] = workspace.messages().text(call.language, finding.code,
                                                {{"index", std::to_string(finding.index)},
                                                 {"last", std::to_string(finding.last)},
                                                 {"kind", finding.kind},
                                                 {"record", finding.record},
                                                 {"revision", std::to_string(finding.revision)}});
    problems.push_back(std::move(item));
  }
  out["problems"] = std::move(problems);
  return Call::ok(out);
}

}  // namespace

void Api::add_ledger_routes(http::Router& router) {
  route(router, http::Method::get, "/ledger", entries);
  route(router, http::Method::post, "/ledger/verify", verify,
        {.timeout = std::chrono::minutes(5), .run = http::Run::heavy});
}

}  // namespace genmei::server
