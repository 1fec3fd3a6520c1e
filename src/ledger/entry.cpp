#include "ledger/entry.hpp"

#include <charconv>

#include "base/json.hpp"

namespace genmei::ledger {
namespace {

Problem malformed() { return problem(Failure::invalid, "ledger.entry"); }

// Reads the canonical form member by member, in its one order; escapes are left to the general parser.
class Canonical {
 public:
  explicit Canonical(std::string_view text) : rest_(text) {}

  bool member(std::string_view key, std::string_view& value) {
    if (!literal(key)) return false;
    // An escaped quote ends the value too early, but then there is a backslash in it. (One search for either is far
    // slower.)
    const auto end = rest_.find('"');
    if (end == std::string_view::npos || rest_.substr(0, end).find('\\') != std::string_view::npos) return false;
    value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  bool literal(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  bool integer(std::int64_t& value) {
    const auto parsed = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (parsed.ec != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest_.data()));
    return true;
  }
  [[nodiscard]] bool ends_with(std::string_view text) const { return rest_ == text; }

 private:
  std::string_view rest_;
};

bool fast(std::string_view text, EntryView& entry) {
  Canonical in(text);
  return in.member("{\"action\":\"", entry.action) && in.member(",\"actor\":\"", entry.actor) &&
         in.member(",\"at\":\"", entry.at) && in.member(",\"digest\":\"", entry.digest) &&
         in.member(",\"id\":\"", entry.id) && in.member(",\"kind\":\"", entry.kind) &&
         in.member(",\"org\":\"", entry.org) && in.member(",\"place\":\"", entry.place) &&
         in.member(",\"record\":\"", entry.record) && in.literal(",\"revision\":") && in.integer(entry.revision) &&
         in.ends_with("}");
}

}  // namespace

std::string Entry::canonical() const {
  std::string out;
  out.reserve(320);
  const auto member = [&out](std::string_view key, std::string_view value) {
    out += key;
    json::write_string(value, out);
  };
  member("{\"action\":", action);
  member(",\"actor\":", actor);
  member(",\"at\":", format_instant(at));
  member(",\"digest\":", digest);
  member(",\"id\":", id);
  member(",\"kind\":", kind);
  member(",\"org\":", org);
  member(",\"place\":", place);
  member(",\"record\":", record);
  out += ",\"revision\":";
  out += std::to_string(revision);
  out += '}';
  return out;
}

Result<Entry> parse_entry(std::string_view text) {
  const auto value = json::parse(text);
  if (!value.ok() || !value->is_object()) return malformed();
  const auto& object = value->get_object();
  const auto instant = parse_instant(json::text(object, "at"));
  if (!instant.ok()) return malformed();
  Entry entry;
  entry.at = *instant;
  entry.action = json::text(object, "action");
  entry.actor = json::text(object, "actor");
  entry.digest = json::text(object, "digest");
  entry.id = json::text(object, "id");
  entry.kind = json::text(object, "kind");
  entry.org = json::text(object, "org");
  entry.place = json::text(object, "place");
  entry.record = json::text(object, "record");
  entry.revision = json::integer(object, "revision");
  if (entry.canonical() != text) return malformed();
  return entry;
}

bool EntryReader::read(std::string_view text) {
  if (fast(text, view)) return true;
  auto parsed = parse_entry(text);
  if (!parsed.ok()) return false;
  kept_ = std::move(*parsed);
  at_ = format_instant(kept_.at);
  view = {kept_.action, kept_.actor, at_,         kept_.digest, kept_.id,
          kept_.kind,   kept_.org,   kept_.place, kept_.record, kept_.revision};
  return true;
}

Result<void> append(store::Connection& connection, const Entry& entry) {
  const std::string body = entry.canonical();
  if (body.size() > longest_entry) return problem(Failure::too_large, "ledger.too-large");
  return connection.send("INSERT INTO ledger_pending(org, id, body) VALUES ($1, $2, $3)", {entry.org, entry.id, body});
}

}  // namespace genmei::ledger
