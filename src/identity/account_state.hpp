// What Accounts keeps besides the database: caches, hasher, throttle, word lists. Private to the two sources of
// Accounts (accounts.cpp: people and passwords; sessions.cpp: log-on, sessions, tokens).
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "identity/account_store.hpp"
#include "identity/accounts.hpp"
#include "identity/known_words.hpp"
#include "identity/password_hash.hpp"
#include "identity/password_rule.hpp"
#include "identity/session_limits.hpp"
#include "identity/throttle.hpp"

namespace genmei::identity {

// A session or token as last read from the database; trusted for a few seconds and only while nothing changed here.
struct Remembered {
  std::shared_ptr<const Current> current;
  SessionLimits limits;
  Instant created, last_used, touched, checked;
  std::uint64_t generation = 0, people = 0, units = 0;
};

struct Accounts::State {
  State(record::Engine& the_engine, Settings the_settings, std::string folder)
      : engine(the_engine),
        settings(std::move(the_settings)),
        password_folder(std::move(folder)),
        store(the_engine.database(), the_engine.organisation()),
        throttle(the_engine.clock()) {}

  record::Engine& engine;
  Settings settings;
  std::string password_folder;
  AccountStore store;
  Throttle throttle;
  PasswordHasher hasher;

  std::mutex words_mutex;
  std::unique_ptr<const KnownWords> words;  // loaded when first needed

  std::atomic<std::uint64_t> generation{1};  // grows with every change of accounts, sessions, tokens in this process
  std::mutex mutex;
  std::unordered_map<std::string, Remembered> remembered;  // by digest of the secret
  std::unordered_map<std::string, std::string> names;      // of accounts
  std::uint64_t names_generation = 0, names_people = 0;

  [[nodiscard]] std::string now() const { return format_instant(engine.clock().now()); }
  [[nodiscard]] std::int64_t setting(std::string_view name, std::int64_t fallback) const;
  [[nodiscard]] PasswordRule rule() const;
  [[nodiscard]] SessionLimits limits() const;
  Result<const KnownWords*> known_words();

  // The account with its person's name. Errors: store.*.
  Result<Account> account(const AccountRow& row);
  // Who acts for the account. Error identity.refused when the person has left.
  Result<record::Actor> actor(const AccountRow& row, const std::string& place);
  Result<AccountRow> need(const std::string& login_or_id);
  // Words an attacker of this person would try: log-on name, parts of the names, the organisation.
  std::vector<std::string> own_words(const AccountRow& row);
  // Normalised and checked against the rule; errors identity.password-*.
  Result<std::string> acceptable(const std::string& password, const std::vector<std::string>& own);
  // A session or token as remembered, if that may still be believed; marks it as used.
  std::optional<Remembered> recall(const std::string& digest, Instant now);
  void remember(const std::string& digest, const Remembered& one);
  // From the database; `one` comes with versions and time. Errors identity.log-on, identity.expired.
  Result<Remembered> read_session(const std::string& digest, const std::string& place, Remembered one);
  Result<Remembered> read_token(const std::string& digest, const std::string& place, Remembered one);
  Result<Current> caller(const std::string& account_id, const std::string& place);
  [[nodiscard]] bool administrator(const AccountRow& row) const;
};

// Folded, so that nobody gets a name that only looks different.
std::string login_key(std::string_view login);
std::set<std::string> read_set(std::string_view text);  // "a,b" → {a, b}
std::string write_set(const std::set<std::string>& set);

}  // namespace genmei::identity
