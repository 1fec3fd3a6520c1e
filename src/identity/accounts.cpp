#include "identity/accounts.hpp"

#include <algorithm>
#include <charconv>

#include "base/id.hpp"
#include "identity/account_state.hpp"
#include "identity/secrets.hpp"

namespace genmei::identity {
namespace {

constexpr std::size_t max_login = 64;

bool login_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-' || c == '@';
}

bool good_login(const std::string& login) {
  return !login.empty() && login.size() <= max_login && std::all_of(login.begin(), login.end(), login_char) &&
         login.front() != '.' && login.front() != '-' && login.front() != '@';
}

Result<void> check_roles(const record::Engine& engine, const std::set<std::string>& roles) {
  for (const auto& role : roles) {
    // The product's own role is for the product: an account with it would leave no person in the trail.
    if (engine.roles().find(role) == nullptr || role == "system") {
      return problem(Failure::invalid, "identity.role", "/roles", {{"role", role}});
    }
  }
  return {};
}

void add_words(std::vector<std::string>& out, std::string text) {
  for (const auto* form : {"株式会社", "有限会社", "合同会社", "　", "・", ",", "@", "."})
    text = replace_all(text, form, " ");
  for (const auto word : split(text, ' ')) {
    if (!word.empty()) out.emplace_back(word);
  }
}

}  // namespace

std::string login_key(std::string_view login) { return fold(trim(login.substr(0, 4 * max_login))); }

std::set<std::string> read_set(std::string_view text) {
  std::set<std::string> out;
  for (const auto one : split(text, ',')) {
    if (!one.empty()) out.emplace(one);
  }
  return out;
}

std::string write_set(const std::set<std::string>& set) {
  std::string out;
  for (const auto& one : set) {
    if (!out.empty()) out += ',';
    out += one;
  }
  return out;
}

std::int64_t Accounts::State::setting(std::string_view name, std::int64_t fallback) const {
  const auto text = settings(name, std::to_string(fallback));
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : fallback;
}

PasswordRule Accounts::State::rule() const {
  PasswordRule out;
  out.min_length = static_cast<std::size_t>(std::clamp<std::int64_t>(setting("password_min_length", 8), 8, 128));
  out.kinds = static_cast<int>(std::clamp<std::int64_t>(setting("password_kinds", 2), 2, 4));
  out.strict = settings("password_strict", "false") == "true";
  return out;
}

SessionLimits Accounts::State::limits() const {
  SessionLimits out;
  out.idle = std::chrono::minutes(std::clamp<std::int64_t>(setting("idle_minutes", 30), 0, 100'000));
  out.absolute = std::chrono::hours(std::clamp<std::int64_t>(setting("absolute_hours", 12), 0, 10'000));
  return clamped(out);
}

Result<const KnownWords*> Accounts::State::known_words() {
  const std::lock_guard lock(words_mutex);
  if (!words) {
    auto loaded = KnownWords::load(password_folder);
    if (!loaded) return std::move(loaded).problems();
    words = std::make_unique<const KnownWords>(std::move(loaded).value());
  }
  return words.get();
}

Result<Account> Accounts::State::account(const AccountRow& row) {
  Account out;
  out.id = row.id;
  out.login = row.login;
  out.person = row.person;
  out.name = row.login;
  out.roles = read_set(row.roles);
  out.state = row.state;
  out.must_change = row.must_change;
  out.language = row.language;
  out.last_logon_at = row.last_logon_at;
  out.failures_since = static_cast<int>(row.failures);
  if (row.person.empty()) return out;
  const auto person = engine.product("identity").get("person", row.person);
  if (person && !person->text("name").empty()) out.name = person->text("name");
  return out;
}

Result<record::Actor> Accounts::State::actor(const AccountRow& row, const std::string& place) {
  record::Actor out;
  out.account = row.id;
  out.person = row.person;
  out.name = row.login;
  out.roles = read_set(row.roles);
  out.place = place;
  if (row.person.empty()) return out;
  auto product = engine.product("identity");
  GENMEI_LET(person, product.get("person", row.person));
  // Rights end with the employment, whether or not somebody remembered the account (A.6.5).
  if (person.state == "left" || person.archived) return problem(Failure::unauthorized, "identity.refused");
  if (!person.text("name").empty()) out.name = person.text("name");
  GENMEI_LET(units, product.all("org-unit"));
  if (!person.text("unit").empty()) out.units.insert(person.text("unit"));
  for (const auto& unit : units) {
    if (unit.text("head") == row.person || unit.text("deputy") == row.person) out.units.insert(unit.id);
  }
  // All below, until nothing more is found; a cycle adds nothing new and ends as well.
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& unit : units) {
      if (!out.units.contains(unit.id) && out.units.contains(unit.text("parent"))) {
        out.units.insert(unit.id);
        grown = true;
      }
    }
  }
  return out;
}

Result<AccountRow> Accounts::State::need(const std::string& login_or_id) {
  GENMEI_LET(by_id, store.by_id(login_or_id));
  if (by_id) return std::move(*by_id);
  GENMEI_LET(by_login, store.by_login_key(login_key(login_or_id)));
  if (by_login) return std::move(*by_login);
  return problem(Failure::not_found, "identity.unknown-account", {}, {{"login", login_or_id}});
}

std::vector<std::string> Accounts::State::own_words(const AccountRow& row) {
  std::vector<std::string> out;
  add_words(out, row.login);
  auto product = engine.product("identity");
  if (!row.person.empty()) {
    if (const auto person = product.get("person", row.person)) {
      for (const auto* field : {"name", "kana", "name_en", "email"}) add_words(out, person->text(field));
    }
  }
  if (const auto organisations = product.all("organisation")) {
    for (const auto& organisation : *organisations) {
      for (const auto* field : {"name", "name_en"}) add_words(out, organisation.text(field));
    }
  }
  return out;
}

Result<std::string> Accounts::State::acceptable(const std::string& password, const std::vector<std::string>& own) {
  GENMEI_LET(normal, normalise_password(password));
  GENMEI_LET(known, known_words());
  auto problems = check_password(rule(), normal, *known, own);
  if (!problems.empty()) return problems;
  return std::move(normal);
}

bool Accounts::State::administrator(const AccountRow& row) const {
  record::Actor who;
  who.account = row.id;
  who.roles = read_set(row.roles);
  return row.state == "active" && record::Access(engine.roles(), who).capability("@users", record::Action::update);
}

Accounts::Accounts(record::Engine& engine, Settings settings, std::string password_folder)
    : state_(std::make_unique<State>(engine, std::move(settings), std::move(password_folder))) {
  engine.actor_name = [this](const std::string& account) {
    auto name = name_of(account);
    return name ? *name : account;
  };
}

Accounts::~Accounts() {
  state_->engine.actor_name = [](const std::string& account) { return account; };
}

Result<void> Accounts::create_tables() { return state_->store.create_tables(); }

Result<std::string> Accounts::create(const record::Actor& by, const std::string& login, const std::string& person,
                                     const std::set<std::string>& roles) {
  if (!good_login(login)) {
    return problem(Failure::invalid, "identity.login", "/login", {{"max", std::to_string(max_login)}});
  }
  GENMEI_TRY(check_roles(state_->engine, roles));
  if (!person.empty()) GENMEI_TRY(state_->engine.product("identity").get("person", person));
  auto once = new_one_time_password();
  AccountRow row;
  row.id = new_id(state_->engine.clock().now());
  row.login = login;
  row.login_key = login_key(login);
  row.person = person;
  row.roles = write_set(roles);
  row.state = "active";
  row.must_change = true;
  row.created_at = row.password_at = state_->now();
  row.password = state_->hasher.hash(once);
  if (row.password.empty()) return problem(Failure::busy, "identity.busy");
  GENMEI_TRY(state_->store.insert(row));
  ++state_->generation;
  audit(by, "account-create", row.id);
  return once;
}

Result<std::string> Accounts::reset(const record::Actor& by, const std::string& login_or_id) {
  GENMEI_LET(row, state_->need(login_or_id));
  auto once = new_one_time_password();
  row.password = state_->hasher.hash(once);
  if (row.password.empty()) return problem(Failure::busy, "identity.busy");
  row.must_change = true;
  row.password_at = state_->now();
  if (row.state == "locked") row.state = "active";
  GENMEI_TRY(state_->store.update(row));
  GENMEI_TRY(state_->store.end_sessions(row.id, {}));
  state_->throttle.succeeded(row.login);
  ++state_->generation;
  audit(by, "account-reset", row.id);
  return once;
}

Result<void> Accounts::change(const record::Actor& by, const std::string& id,
                              const std::optional<std::set<std::string>>& roles,
                              const std::optional<std::string>& state, const std::optional<std::string>& person) {
  GENMEI_LET(row, state_->need(id));
  const bool was_administrator = state_->administrator(row);
  // Nobody decides about their own rights.
  if (!by.system && by.account == row.id && (roles || state)) {
    return problem(Failure::forbidden, "identity.own-rights");
  }
  if (roles) {
    GENMEI_TRY(check_roles(state_->engine, *roles));
    row.roles = write_set(*roles);
  }
  if (state) {
    if (*state != "active" && *state != "locked" && *state != "disabled") {
      return problem(Failure::invalid, "identity.state", "/state", {{"state", *state}});
    }
    row.state = *state;
  }
  if (person) {
    if (!person->empty()) GENMEI_TRY(state_->engine.product("identity").get("person", *person));
    row.person = *person;
  }
  if (was_administrator && !state_->administrator(row)) {
    GENMEI_LET(all, state_->store.accounts());
    const bool another = std::any_of(
        all.begin(), all.end(), [&](const AccountRow& one) { return one.id != row.id && state_->administrator(one); });
    if (!another) return problem(Failure::conflict, "identity.last-administrator");
  }
  GENMEI_TRY(state_->store.update(row));
  if (row.state != "active") GENMEI_TRY(state_->store.end_sessions(row.id, {}));
  ++state_->generation;
  audit(by, "account-change", row.id);
  return {};
}

Result<std::vector<Account>> Accounts::list() {
  GENMEI_LET(rows, state_->store.accounts());
  std::vector<Account> out;
  for (const auto& row : rows) {
    GENMEI_LET(account, state_->account(row));
    out.push_back(std::move(account));
  }
  return out;
}

Result<Account> Accounts::find(const std::string& login_or_id) {
  GENMEI_LET(row, state_->need(login_or_id));
  return state_->account(row);
}

Result<void> Accounts::set_password(const Current& current, const std::string& old_password,
                                    const std::string& new_password) {
  GENMEI_LET(row, state_->need(current.account.id));
  if (state_->throttle.wait(row.login, current.actor.place).count() > 0) {
    return problem(Failure::unauthorized, "identity.refused");
  }
  const auto old_normal = normalise_password(old_password);
  if (!old_normal || !state_->hasher.verify(row.password, *old_normal)) {
    state_->throttle.failed(row.login, current.actor.place);
    return problem(Failure::invalid, "identity.password-old", "/old");
  }
  GENMEI_LET(normal, state_->acceptable(new_password, state_->own_words(row)));
  if (state_->hasher.verify(row.password, normal)) return problem(Failure::invalid, "identity.password-same", "/new");
  row.password = state_->hasher.hash(normal);
  if (row.password.empty()) return problem(Failure::busy, "identity.busy");
  row.must_change = false;
  row.password_at = state_->now();
  GENMEI_TRY(state_->store.update(row));
  // Whoever used the old password elsewhere is out; the person at hand stays.
  GENMEI_TRY(state_->store.end_sessions(row.id, current.csrf.empty() ? "" : stored_form(current.csrf)));
  ++state_->generation;
  audit(current.actor, "password-change", row.id);
  return {};
}

Accounts::Strength Accounts::strength(const std::string& password, const std::vector<std::string>& own_words) {
  Strength out;
  const auto normal = normalise_password(password);
  if (!normal) {
    out.hints = normal.problems().list;
    return out;
  }
  const auto known = state_->known_words();
  if (!known) {
    out.hints = known.problems().list;
    return out;
  }
  auto estimated = estimate(*normal, **known, own_words);
  auto refused = check_password(state_->rule(), *normal, **known, own_words);
  out.score = estimated.score;
  out.ok = refused.empty();
  out.hints = std::move(refused.list);
  for (auto& hint : estimated.hints) out.hints.push_back(std::move(hint));
  return out;
}

Result<record::Actor> Accounts::actor_of(const std::string& account_id, const std::string& place) {
  GENMEI_LET(row, state_->need(account_id));
  return state_->actor(row, place);
}

Result<std::string> Accounts::name_of(const std::string& account_id) {
  const auto people = state_->engine.version("person");
  const auto generation = state_->generation.load();
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->names_generation != generation || state_->names_people != people) {
      state_->names.clear();
      state_->names_generation = generation;
      state_->names_people = people;
    }
    if (const auto found = state_->names.find(account_id); found != state_->names.end()) return found->second;
  }
  if (account_id == "system" || account_id.empty()) return record::Actor::product({}).name;
  GENMEI_LET(row, state_->need(account_id));
  GENMEI_LET(account, state_->account(row));
  const std::lock_guard lock(state_->mutex);
  state_->names.emplace(account_id, account.name);
  return account.name;
}

}  // namespace genmei::identity
