#include "identity/account_store.hpp"

#include <utility>

namespace genmei::identity {
namespace {

constexpr std::string_view account_columns =
    "id, login, login_key, person, password, roles, state, language, must_change, created_at, password_at, "
    "last_logon_at, "
    "failures";
constexpr std::string_view token_columns =
    "id, digest, account, name, scopes, created_at, expires_at, last_used_at, revoked_at";

AccountRow read_account(const store::Row& row) {
  AccountRow out;
  out.id = row.text(0);
  out.login = row.text(1);
  out.login_key = row.text(2);
  out.person = row.text(3);
  out.password = row.text(4);
  out.roles = row.text(5);
  out.state = row.text(6);
  out.language = row.text(7);
  out.must_change = row.integer(8) != 0;
  out.created_at = row.text(9);
  out.password_at = row.text(10);
  out.last_logon_at = row.text(11);
  out.failures = row.integer(12);
  return out;
}

TokenRow read_token(const store::Row& row) {
  TokenRow out;
  out.id = row.text(0);
  out.digest = row.text(1);
  out.account = row.text(2);
  out.name = row.text(3);
  out.scopes = row.text(4);
  out.created_at = row.text(5);
  out.expires_at = row.text(6);
  out.last_used_at = row.text(7);
  out.revoked_at = row.text(8);
  return out;
}

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return std::move(changed).problems();
  return {};
}

std::string_view view(const std::string& text) { return text; }

}  // namespace

AccountStore::AccountStore(store::Database& database, std::string organisation)
    : database_(database), organisation_(std::move(organisation)) {}

Result<void> AccountStore::create_tables() {
  return database_.write([](store::Connection& connection) -> Result<void> {
    const store::Dialect dialect{connection.backend()};
    const std::string text = std::string(dialect.text()) + " NOT NULL";
    const std::string integer = std::string(dialect.integer()) + " NOT NULL";
    const std::string end = ")" + std::string(dialect.strict()) + ";";
    std::string sql = "CREATE TABLE IF NOT EXISTS identity_account(org " + text + ", id " + text + ", login " + text;
    sql += ", login_key " + text + ", person " + text + ", password " + text + ", roles " + text + ", state " + text;
    sql += ", language " + text + ", must_change " + integer + ", created_at " + text + ", password_at " + text;
    sql += ", last_logon_at " + text + ", failures " + integer;
    sql += ", PRIMARY KEY(org, id), CONSTRAINT identity_account_login UNIQUE(org, login_key)" + end;
    sql += "CREATE TABLE IF NOT EXISTS identity_session(org " + text + ", digest " + text + ", account " + text;
    sql += ", csrf_digest " + text + ", created_at " + text + ", last_used_at " + text + ", place " + text;
    sql += ", previous_logon_at " + text + ", failures_before " + integer + ", PRIMARY KEY(org, digest)";
    sql += ", FOREIGN KEY(org, account) REFERENCES identity_account(org, id)" + end;
    sql += "CREATE INDEX IF NOT EXISTS identity_session_account ON identity_session(org, account);";
    sql += "CREATE TABLE IF NOT EXISTS identity_token(org " + text + ", id " + text + ", digest " + text + ", account ";
    sql += text + ", name " + text + ", scopes " + text + ", created_at " + text + ", expires_at " + text;
    sql += ", last_used_at " + text + ", revoked_at " + text + ", PRIMARY KEY(org, id)";
    sql += ", CONSTRAINT identity_token_digest UNIQUE(org, digest)";
    sql += ", FOREIGN KEY(org, account) REFERENCES identity_account(org, id)" + end;
    sql += "CREATE INDEX IF NOT EXISTS identity_token_account ON identity_token(org, account);";
    return connection.script(sql);
  });
}

Result<void> AccountStore::insert(const AccountRow& account) {
  auto written = database_.write([&](store::Connection& connection) {
    return done(connection.run(
        "INSERT INTO identity_account(org, id, login, login_key, person, password, roles, state, language, "
        "must_change, "
        "created_at, password_at, last_logon_at, failures) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        "'', 0)",
        {view(organisation_), view(account.id), view(account.login), view(account.login_key), view(account.person),
         view(account.password), view(account.roles), view(account.state), view(account.language),
         std::int64_t{account.must_change}, view(account.created_at), view(account.password_at)}));
  });
  if (!written && written.problems().list.front().code == "store.unique") {
    return problem(Failure::conflict, "identity.login-taken", "/login", {{"login", account.login}});
  }
  return written;
}

Result<void> AccountStore::update(const AccountRow& account) {
  return database_.write([&](store::Connection& connection) {
    return done(connection.run(
        "UPDATE identity_account SET person = $3, password = $4, roles = $5, state = $6, language = $7, must_change = "
        "$8, "
        "password_at = $9 WHERE org = $1 AND id = $2",
        {view(organisation_), view(account.id), view(account.person), view(account.password), view(account.roles),
         view(account.state), view(account.language), std::int64_t{account.must_change}, view(account.password_at)}));
  });
}

Result<std::optional<AccountRow>> AccountStore::one_account(std::string_view where, std::string_view value) {
  std::optional<AccountRow> out;
  const std::string sql = "SELECT " + std::string(account_columns) + " FROM identity_account WHERE org = $1 AND " +
                          std::string(where) + " = $2";
  GENMEI_TRY(database_.read([&](store::Connection& connection) {
    return connection.each(sql, {view(organisation_), value}, [&](const store::Row& row) {
      out = read_account(row);
      return false;
    });
  }));
  return out;
}

Result<std::optional<AccountRow>> AccountStore::by_id(std::string_view id) { return one_account("id", id); }

Result<std::optional<AccountRow>> AccountStore::by_login_key(std::string_view key) {
  return one_account("login_key", key);
}

Result<std::vector<AccountRow>> AccountStore::accounts() {
  std::vector<AccountRow> out;
  const std::string sql =
      "SELECT " + std::string(account_columns) + " FROM identity_account WHERE org = $1 ORDER BY login_key";
  GENMEI_TRY(database_.read([&](store::Connection& connection) {
    out.clear();
    return connection.each(sql, {view(organisation_)}, [&](const store::Row& row) {
      out.push_back(read_account(row));
      return true;
    });
  }));
  return out;
}

void AccountStore::write_later(store::Job job) {
  // What is lost in a crash here is a time of last use or one counted failure, never a right.
  database_.write_async(std::move(job), [](const Result<void>&) {});
}

void AccountStore::add_failure(std::string_view account) {
  write_later([org = organisation_, account = std::string(account)](store::Connection& connection) {
    return done(connection.run("UPDATE identity_account SET failures = failures + 1 WHERE org = $1 AND id = $2",
                               {view(org), view(account)}));
  });
}

Result<void> AccountStore::log_on(const AccountRow& account, const SessionRow& session) {
  return database_.write([&](store::Connection& connection) -> Result<void> {
    GENMEI_TRY(connection.run(
        "UPDATE identity_account SET last_logon_at = $3, failures = 0, password = $4 WHERE org = $1 AND id = $2",
        {view(organisation_), view(account.id), view(session.created_at), view(account.password)}));
    return done(
        connection.run("INSERT INTO identity_session(org, digest, account, csrf_digest, created_at, last_used_at, "
                       "place, previous_logon_at, "
                       "failures_before) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       {view(organisation_), view(session.digest), view(session.account), view(session.csrf_digest),
                        view(session.created_at), view(session.last_used_at), view(session.place),
                        view(session.previous_logon_at), session.failures_before}));
  });
}

Result<std::optional<SessionRow>> AccountStore::session(std::string_view digest) {
  std::optional<SessionRow> out;
  GENMEI_TRY(database_.read([&](store::Connection& connection) {
    return connection.each(
        "SELECT digest, account, csrf_digest, created_at, last_used_at, place, previous_logon_at, failures_before FROM "
        "identity_session WHERE org = $1 AND digest = $2",
        {view(organisation_), digest}, [&](const store::Row& row) {
          out.emplace();
          out->digest = row.text(0);
          out->account = row.text(1);
          out->csrf_digest = row.text(2);
          out->created_at = row.text(3);
          out->last_used_at = row.text(4);
          out->place = row.text(5);
          out->previous_logon_at = row.text(6);
          out->failures_before = row.integer(7);
          return false;
        });
  }));
  return out;
}

void AccountStore::touch_session(std::string_view digest, std::string_view at) {
  write_later([org = organisation_, digest = std::string(digest), at = std::string(at)](store::Connection& connection) {
    return done(connection.run("UPDATE identity_session SET last_used_at = $3 WHERE org = $1 AND digest = $2",
                               {view(org), view(digest), view(at)}));
  });
}

Result<void> AccountStore::end_session(std::string_view digest) {
  return database_.write([&](store::Connection& connection) {
    return done(
        connection.run("DELETE FROM identity_session WHERE org = $1 AND digest = $2", {view(organisation_), digest}));
  });
}

Result<void> AccountStore::end_sessions(std::string_view account, std::string_view keep_csrf_digest) {
  return database_.write([&](store::Connection& connection) {
    return done(connection.run("DELETE FROM identity_session WHERE org = $1 AND account = $2 AND csrf_digest <> $3",
                               {view(organisation_), account, keep_csrf_digest}));
  });
}

void AccountStore::forget_sessions(std::string_view created_before, std::string_view used_before) {
  write_later([org = organisation_, created = std::string(created_before),
               used = std::string(used_before)](store::Connection& connection) {
    return done(connection.run("DELETE FROM identity_session WHERE org = $1 AND (created_at < $2 OR last_used_at < $3)",
                               {view(org), view(created), view(used)}));
  });
}

Result<void> AccountStore::insert(const TokenRow& token) {
  return database_.write([&](store::Connection& connection) {
    return done(connection.run(
        "INSERT INTO identity_token(org, id, digest, account, name, scopes, created_at, expires_at, last_used_at, "
        "revoked_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, '', '')",
        {view(organisation_), view(token.id), view(token.digest), view(token.account), view(token.name),
         view(token.scopes), view(token.created_at), view(token.expires_at)}));
  });
}

Result<std::vector<TokenRow>> AccountStore::some_tokens(std::string_view where, std::string_view value) {
  std::vector<TokenRow> out;
  const std::string sql = "SELECT " + std::string(token_columns) + " FROM identity_token WHERE org = $1 AND " +
                          std::string(where) + " = $2 ORDER BY created_at, id";
  GENMEI_TRY(database_.read([&](store::Connection& connection) {
    out.clear();
    return connection.each(sql, {view(organisation_), value}, [&](const store::Row& row) {
      out.push_back(read_token(row));
      return true;
    });
  }));
  return out;
}

Result<std::optional<TokenRow>> AccountStore::token_by_digest(std::string_view digest) {
  GENMEI_LET(found, some_tokens("digest", digest));
  return found.empty() ? std::optional<TokenRow>() : std::optional<TokenRow>(std::move(found.front()));
}

Result<std::optional<TokenRow>> AccountStore::token_by_id(std::string_view id) {
  GENMEI_LET(found, some_tokens("id", id));
  return found.empty() ? std::optional<TokenRow>() : std::optional<TokenRow>(std::move(found.front()));
}

Result<std::vector<TokenRow>> AccountStore::tokens(std::string_view account) {
  if (account.empty()) return some_tokens("revoked_at", "");
  return some_tokens("account", account);
}

void AccountStore::touch_token(std::string_view id, std::string_view at) {
  write_later([org = organisation_, id = std::string(id), at = std::string(at)](store::Connection& connection) {
    return done(connection.run("UPDATE identity_token SET last_used_at = $3 WHERE org = $1 AND id = $2",
                               {view(org), view(id), view(at)}));
  });
}

Result<void> AccountStore::revoke_token(std::string_view id, std::string_view at) {
  return database_.write([&](store::Connection& connection) {
    return done(
        connection.run("UPDATE identity_token SET revoked_at = $3 WHERE org = $1 AND id = $2 AND revoked_at = ''",
                       {view(organisation_), id, at}));
  });
}

}  // namespace genmei::identity
