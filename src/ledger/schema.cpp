#include "ledger/schema.hpp"

namespace genmei::ledger {

Result<void> create_tables(store::Connection& connection) {
  const store::Dialect dialect{connection.backend()};
  const std::string text(dialect.text());
  const std::string integer(dialect.integer());
  const std::string keyed(dialect.strict_keyed());
  const std::string bytes(dialect.bytes());
  return connection.script("CREATE TABLE IF NOT EXISTS ledger_pending(org " + text + " NOT NULL, id " + text +
                           " NOT NULL, body " + text + " NOT NULL, PRIMARY KEY(org, id))" + keyed +
                           ";CREATE TABLE IF NOT EXISTS ledger_entry(org " + text + " NOT NULL, idx " + integer +
                           " NOT NULL, id " + text + " NOT NULL, body " + text + " NOT NULL, PRIMARY KEY(org, idx))" +
                           keyed + ";CREATE UNIQUE INDEX IF NOT EXISTS ledger_entry_by_id ON ledger_entry(org, id)" +
                           ";CREATE TABLE IF NOT EXISTS ledger_tile(org " + text + " NOT NULL, level " + integer +
                           " NOT NULL, number " + integer + " NOT NULL, hashes " + bytes +
                           " NOT NULL, PRIMARY KEY(org, level, number))" + keyed +
                           ";CREATE TABLE IF NOT EXISTS ledger_checkpoint(org " + text + " NOT NULL, size " + integer +
                           " NOT NULL, at " + text + " NOT NULL, note " + text + " NOT NULL, PRIMARY KEY(org, size))" +
                           keyed + ";CREATE TABLE IF NOT EXISTS ledger_key(org " + text + " PRIMARY KEY, verifier " +
                           text + " NOT NULL)" + keyed + ";");
}

Result<std::string> stored_verifier_key(store::Connection& connection, const std::string& org) {
  return connection.text("SELECT verifier FROM ledger_key WHERE org = $1", {org});
}

Result<std::optional<Checkpoint>> newest_checkpoint(store::Connection& connection, const std::string& org) {
  std::optional<Checkpoint> found;
  std::string at;
  GENMEI_TRY(connection.each("SELECT size, at, note FROM ledger_checkpoint WHERE org = $1 ORDER BY size DESC LIMIT 1",
                             {org}, [&](const store::Row& row) {
                               found.emplace();
                               found->size = row.integer(0);
                               at = row.text(1);
                               found->note = row.text(2);
                               return false;
                             }));
  if (!found) return found;
  if (const auto instant = parse_instant(at); instant.ok()) found->at = *instant;
  return found;
}

Tiles stored_tiles(store::Connection& connection, const std::string& org) {
  return [&connection, org](int level, std::int64_t number) -> Result<std::string> {
    std::string hashes;
    GENMEI_TRY(connection.each("SELECT hashes FROM ledger_tile WHERE org = $1 AND level = $2 AND number = $3",
                               {org, level, number}, [&](const store::Row& row) {
                                 hashes = row.bytes(0);
                                 return false;
                               }));
    return hashes;
  };
}

}  // namespace genmei::ledger
