// Accounts, sessions and tokens in the database: one place for their SQL. No rules here; Accounts decides. Secrets
// arrive as their stored form only. Times are texts as everywhere (base/time.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/database.hpp"

namespace genmei::identity {

struct AccountRow {
  std::string id, login, login_key, person, password, roles, state, language;
  bool must_change = false;
  std::string created_at, password_at, last_logon_at;
  std::int64_t failures = 0;  // since the last success
};

struct SessionRow {
  std::string digest, account, csrf_digest, created_at, last_used_at, place;
  std::string previous_logon_at;  // what the person is shown: the log-on before this one
  std::int64_t failures_before = 0;
};

struct TokenRow {
  std::string id, digest, account, name, scopes, created_at, expires_at, last_used_at, revoked_at;
};

class AccountStore {
 public:
  AccountStore(store::Database& database, std::string organisation);
  Result<void> create_tables();

  // Errors: identity.login-taken.
  Result<void> insert(const AccountRow& account);
  Result<void> update(const AccountRow& account);  // all but id, login, created_at, failures, last_logon_at
  Result<std::optional<AccountRow>> by_id(std::string_view id);
  Result<std::optional<AccountRow>> by_login_key(std::string_view key);
  Result<std::vector<AccountRow>> accounts();
  void add_failure(std::string_view account);  // without waiting for the disk

  // The session and the account's traces of a log-on, together.
  Result<void> log_on(const AccountRow& account, const SessionRow& session);
  Result<std::optional<SessionRow>> session(std::string_view digest);
  void touch_session(std::string_view digest, std::string_view at);  // without waiting
  Result<void> end_session(std::string_view digest);
  // Ends all sessions of an account but the one with this CSRF digest (empty: all).
  Result<void> end_sessions(std::string_view account, std::string_view keep_csrf_digest);
  // Sessions created before the first or unused since the second time.
  void forget_sessions(std::string_view created_before, std::string_view used_before);

  Result<void> insert(const TokenRow& token);
  Result<std::optional<TokenRow>> token_by_digest(std::string_view digest);
  Result<std::optional<TokenRow>> token_by_id(std::string_view id);
  Result<std::vector<TokenRow>> tokens(std::string_view account);  // empty: of all accounts
  void touch_token(std::string_view id, std::string_view at);      // without waiting
  Result<void> revoke_token(std::string_view id, std::string_view at);

 private:
  Result<std::optional<AccountRow>> one_account(std::string_view where, std::string_view value);
  Result<std::vector<TokenRow>> some_tokens(std::string_view where, std::string_view value);
  void write_later(store::Job job);

  store::Database& database_;
  const std::string organisation_;
};

}  // namespace genmei::identity
