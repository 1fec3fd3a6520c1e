// Accounts, sessions and API tokens of the people and machines that use the product, stored beside the records. Rules
// of log-on: the same answer and the same time for a wrong name and a wrong password, waiting after failures, nothing
// about the system before success (cloud V:7.5.1). Secrets are stored hashed only. Every log-on, failure, log-off and
// change of an account is told to `audit`, which the server wires to the ledger.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "record/engine.hpp"
#include "store/database.hpp"

namespace genmei::identity {

struct Account {
  std::string id, login, person, name;  // name: of the person record, or the login
  std::set<std::string> roles;
  std::string state = "active";  // active, locked, disabled
  bool must_change = false;
  std::string language;       // ja, en, or empty
  std::string last_logon_at;  // before the current session
  int failures_since = 0;
};

// Who is calling: what log_on and current answer.
struct Current {
  Account account;
  record::Actor actor;  // account id, person, roles, units (with all units below), token scopes, place
  std::string csrf;     // of a browser session; empty for tokens
  std::string expires_at;
  bool token = false;
};

struct LogOn {
  Current current;
  std::string session;  // secret for the cookie
};

struct Token {
  std::string id, name, account, created_at, expires_on, last_used_at;
  std::set<std::string> scopes;
};

class Accounts {
 public:
  // `settings` answers a setting by name with a fallback (password_min_length, password_kinds, idle_minutes,
  // absolute_hours …).
  using Settings = std::function<std::string(std::string_view name, std::string_view fallback)>;
  Accounts(record::Engine& engine, Settings settings, std::string password_folder);
  ~Accounts();
  Result<void> create_tables();
  // (actor, action, account id): logon, logon-failed, logoff, account-create, account-reset, account-change,
  // token-create, …
  std::function<void(const record::Actor&, std::string_view, std::string_view)> audit = [](const auto&, auto, auto) {};

  // Answers the one-time password; it must be changed at the first log-on. Errors: identity.login-taken,
  // identity.login.
  Result<std::string> create(const record::Actor& by, const std::string& login, const std::string& person,
                             const std::set<std::string>& roles);
  Result<std::string> reset(const record::Actor& by, const std::string& login_or_id);
  Result<void> change(const record::Actor& by, const std::string& id, const std::optional<std::set<std::string>>& roles,
                      const std::optional<std::string>& state, const std::optional<std::string>& person);
  Result<std::vector<Account>> list();
  Result<Account> find(const std::string& login_or_id);

  // Any failure is identity.refused.
  Result<LogOn> log_on(const std::string& login, const std::string& password, const std::string& place);
  void log_off(const std::string& session);
  // From the session cookie's value or from `Authorization: Bearer …`. Error identity.log-on.
  Result<Current> current(const std::string& session, std::string_view bearer, const std::string& place);
  // Errors: identity.refused, identity.password-*.
  Result<void> set_password(const Current& current, const std::string& old_password, const std::string& new_password);
  struct Strength {
    int score = 0;  // 0..4
    bool ok = false;
    std::vector<Problem> hints;
  };
  Strength strength(const std::string& password, const std::vector<std::string>& own_words = {});

  // Answers the secret "gmt_…", shown once.
  Result<std::string> create_token(const Current& current, const std::string& name, const std::set<std::string>& scopes,
                                   const std::string& expires_on);
  Result<std::string> create_token_for(const record::Actor& by, const std::string& login, const std::string& name,
                                       const std::set<std::string>& scopes, const std::string& expires_on);
  Result<std::vector<Token>> tokens(const std::string& account);
  Result<void> revoke_token(const record::Actor& by, const std::string& id);

  // The actor of an account as it would act now (sample data, history names).
  Result<record::Actor> actor_of(const std::string& account_id, const std::string& place);
  Result<std::string> name_of(const std::string& account_id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace genmei::identity
