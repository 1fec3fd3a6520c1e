#include "ledger/testing/log.hpp"

#include <set>

#include "base/id.hpp"

namespace genmei::ledger::testing {

TestLog::TestLog() : clock_(Instant(std::chrono::milliseconds(1795000000000))) {}

std::unique_ptr<TestLog> TestLog::make(store::Backend backend) {
  std::unique_ptr<TestLog> log(new TestLog);
  log->test_ = store::testing::TestDatabase::make(backend);
  if (log->test_ == nullptr) return nullptr;
  const store::Dialect dialect{backend};
  const std::string text(dialect.text());
  const auto made = log->database().write([&](store::Connection& connection) -> Result<void> {
    GENMEI_TRY(create_tables(connection));
    GENMEI_TRY(create_tables(connection));
    return connection.script("CREATE TABLE history(org " + text + " NOT NULL, kind " + text + " NOT NULL, id " + text +
                             " NOT NULL, revision " + std::string(dialect.integer()) + " NOT NULL, at " + text +
                             " NOT NULL, actor " + text + " NOT NULL, action " + text + " NOT NULL, comment " + text +
                             ", salt " + text + " NOT NULL, digest " + text + " NOT NULL, entry " + text +
                             " NOT NULL, body " + text + ", PRIMARY KEY(org, kind, id, revision))" +
                             std::string(dialect.strict_keyed()));
  });
  if (!made.ok()) return nullptr;
  auto key = signing_key(log->test_->folder(), org);
  if (!key.ok()) return nullptr;
  log->key_ = *key;
  log->sequencer_ = std::make_unique<Sequencer>(log->database(), log->key_, org, log->clock_);
  return log;
}

Result<void> TestLog::change(int count, std::size_t body_size) {
  const std::int64_t first = next_;
  next_ += count;
  return database().write([&](store::Connection& connection) -> Result<void> {
    for (std::int64_t at = first; at < first + count; ++at) {
      clock_.advance(std::chrono::milliseconds(1));
      const std::string body =
          "{\"name\":\"資産 " + std::to_string(at) + "\",\"remarks\":\"" + std::string(body_size, 'x') + "\"}";
      const std::string salt = random_bytes(16);
      Entry entry;
      entry.id = new_id(clock_.now());
      entry.org = org;
      entry.at = clock_.now();
      entry.actor = "tanaka";
      entry.place = "192.0.2.1";
      entry.action = at % 3 == 0 ? "create" : "update";
      entry.kind = "asset";
      entry.record = "record-" + std::to_string(at / 3);
      entry.revision = at % 3 + 1;
      entry.digest = hex(sha256(salt, body));
      GENMEI_TRY(connection.send(
          "INSERT INTO history(org, kind, id, revision, at, actor, action, comment, salt, digest, entry, body) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, $9, $10, $11)",
          {entry.org, entry.kind, entry.record, entry.revision, format_instant(entry.at), entry.actor, entry.action,
           hex(std::span(reinterpret_cast<const std::uint8_t*>(salt.data()), salt.size())), entry.digest, entry.id,
           body}));
      GENMEI_TRY(append(connection, entry));
    }
    return {};
  });
}

Result<void> TestLog::event(const std::string& action, const std::string& kind, const std::string& record) {
  clock_.advance(std::chrono::milliseconds(1));
  Entry entry;
  entry.id = new_id(clock_.now());
  entry.org = org;
  entry.at = clock_.now();
  entry.actor = "tanaka";
  entry.place = "cli";
  entry.action = action;
  entry.kind = kind;
  entry.record = record;
  return database().write([&](store::Connection& connection) { return append(connection, entry); });
}

Result<void> TestLog::run(const std::string& sql) {
  return database().write([&](store::Connection& connection) { return connection.script(sql); });
}

Result<std::int64_t> TestLog::number(const std::string& sql) {
  std::int64_t value = 0;
  GENMEI_TRY(database().read([&](store::Connection& connection) -> Result<void> {
    GENMEI_LET(found, connection.integer(sql));
    value = found;
    return {};
  }));
  return value;
}

Result<Verification> TestLog::verification(bool with_history) {
  return verify(database(), org, key_.public_key, with_history);
}

std::string TestLog::codes(const Result<Verification>& result) {
  if (!result.ok()) return "error " + result.problems().list.front().code;
  std::set<std::string> codes;
  for (const auto& finding : result->findings) codes.insert(finding.code.substr(finding.code.find('.') + 1));
  std::string text;
  for (const auto& code : codes) text += (text.empty() ? "" : " ") + code;
  return text.empty() ? "ok" : text;
}

std::string TestLog::verified(bool with_history) { return codes(verification(with_history)); }

}  // namespace genmei::ledger::testing
