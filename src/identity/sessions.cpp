// Log-on, sessions and tokens of Accounts.
#include <algorithm>

#include "base/id.hpp"
#include "identity/account_state.hpp"
#include "identity/accounts.hpp"
#include "identity/secrets.hpp"

namespace genmei::identity {
namespace {

using std::chrono::seconds;

constexpr seconds trust_time{5};   // how long a remembered session is believed without asking the database
constexpr seconds touch_time{60};  // how often its last use is written
constexpr std::size_t most_remembered = 20'000;

Problem refused() { return problem(Failure::unauthorized, "identity.refused"); }
Problem not_logged_on() { return problem(Failure::unauthorized, "identity.log-on"); }

Instant instant_of(const std::string& text) {
  const auto parsed = parse_instant(text);
  return parsed ? *parsed : Instant{};
}

// Tokens end with their last day in Japan.
bool expired(const TokenRow& token, Instant now) {
  const auto date = parse_date(token.expires_at);
  return !date || now > end_of_japan_day(*date);
}

Token public_form(const TokenRow& row) {
  return {row.id, row.name, row.account, row.created_at, row.expires_at, row.last_used_at, read_set(row.scopes)};
}

record::Actor stranger(const std::string& place) {
  record::Actor out;
  out.account = "unknown";
  out.place = place;
  return out;
}

}  // namespace

Result<LogOn> Accounts::log_on(const std::string& login, const std::string& password, const std::string& place) {
  auto& state = *state_;
  // Whoever has to wait is refused before anything is looked at: the same for all names, real or not.
  if (const auto wait = state.throttle.wait(login, place); wait.count() > 0) {
    auto answer = refused();
    answer.args["wait"] = std::to_string(wait.count());
    return answer;
  }
  const auto normal = normalise_password(password);
  GENMEI_LET(found, state.store.by_login_key(login_key(login)));
  const bool open = found && found->state == "active";
  bool genuine = false;
  if (open && normal) {
    genuine = state.hasher.verify(found->password, *normal);
  } else {
    state.hasher.pretend(normal ? *normal : std::string());
  }
  auto actor = genuine ? state.actor(*found, place) : Result<record::Actor>(refused());
  if (!actor) {
    state.throttle.failed(login, place);
    auto who = stranger(place);
    if (found) {
      state.store.add_failure(found->id);
      who.account = found->id;
    }
    audit(who, "logon-failed", found ? found->id : std::string());
    return refused();
  }
  state.throttle.succeeded(login);
  if (PasswordHasher::outdated(found->password)) {
    if (auto fresh = state.hasher.hash(*normal); !fresh.empty()) found->password = std::move(fresh);
  }
  LogOn out;
  out.session = new_session_id();
  SessionRow session;
  session.digest = stored_form(out.session);
  session.account = found->id;
  session.csrf_digest = stored_form(csrf_token(out.session));
  session.created_at = session.last_used_at = state.now();
  session.place = place;
  session.previous_logon_at = found->last_logon_at;
  session.failures_before = found->failures;
  GENMEI_TRY(state.store.log_on(*found, session));
  const auto limits = state.limits();
  const auto now = state.engine.clock().now();
  state.store.forget_sessions(format_instant(now - limits.absolute), format_instant(now - limits.idle - touch_time));
  audit(*actor, "logon", found->id);
  GENMEI_LET(current, this->current(out.session, {}, place));
  out.current = std::move(current);
  return out;
}

void Accounts::log_off(const std::string& session) {
  const auto digest = stored_form(session);
  const auto found = state_->store.session(digest);
  if (!found || !*found) return;
  const auto ended = state_->store.end_session(digest);
  {
    const std::lock_guard lock(state_->mutex);
    state_->remembered.erase(digest);
  }
  if (!ended) return;
  auto who = actor_of((*found)->account, (*found)->place);
  audit(who ? *who : stranger((*found)->place), "logoff", (*found)->account);
}

std::optional<Remembered> Accounts::State::recall(const std::string& digest, Instant now) {
  const auto people = engine.version("person");
  const auto units = engine.version("org-unit");
  const std::lock_guard lock(mutex);
  const auto found = remembered.find(digest);
  if (found == remembered.end()) return std::nullopt;
  auto& one = found->second;
  const bool fresh =
      one.generation == generation && one.people == people && one.units == units && now - one.checked < trust_time;
  if (!fresh) return std::nullopt;
  if (!one.current->token && session_state(one.limits, one.created, one.last_used, now) != SessionState::open) {
    return std::nullopt;
  }
  one.last_used = now;
  if (!one.current->token && now - one.touched > touch_time) {
    one.touched = now;
    store.touch_session(digest, format_instant(now));
  }
  return one;
}

void Accounts::State::remember(const std::string& digest, const Remembered& one) {
  const std::lock_guard lock(mutex);
  if (remembered.size() >= most_remembered) {
    std::erase_if(remembered, [&](const auto& old) { return one.checked - old.second.checked > trust_time; });
    if (remembered.size() >= most_remembered) remembered.clear();
  }
  remembered.insert_or_assign(digest, one);
}

Result<Remembered> Accounts::State::read_session(const std::string& digest, const std::string& place, Remembered one) {
  one.limits = limits();
  GENMEI_LET(row, store.session(digest));
  if (!row) return not_logged_on();
  one.created = instant_of(row->created_at);
  one.touched = instant_of(row->last_used_at);
  one.last_used = one.touched;
  {
    // The database knows the last use to the minute only; what this process saw counts as well.
    const std::lock_guard lock(mutex);
    const auto found = remembered.find(digest);
    if (found != remembered.end()) one.last_used = std::max(one.last_used, found->second.last_used);
  }
  if (session_state(one.limits, one.created, one.last_used, one.checked) != SessionState::open) {
    GENMEI_TRY(store.end_session(digest));
    const std::lock_guard lock(mutex);
    remembered.erase(digest);
    return problem(Failure::unauthorized, "identity.expired");
  }
  one.last_used = one.checked;
  if (one.checked - one.touched > touch_time) {
    one.touched = one.checked;
    store.touch_session(digest, format_instant(one.checked));
  }
  GENMEI_LET(who, caller(row->account, place));
  who.account.last_logon_at = row->previous_logon_at;
  who.account.failures_since = static_cast<int>(row->failures_before);
  one.current = std::make_shared<const Current>(std::move(who));
  return one;
}

Result<Remembered> Accounts::State::read_token(const std::string& digest, const std::string& place, Remembered one) {
  GENMEI_LET(row, store.token_by_digest(digest));
  if (!row || !row->revoked_at.empty() || expired(*row, one.checked)) return not_logged_on();
  if (row->last_used_at.empty() || one.checked - instant_of(row->last_used_at) > touch_time) {
    store.touch_token(row->id, format_instant(one.checked));
  }
  GENMEI_LET(who, caller(row->account, place));
  who.token = true;
  who.expires_at = row->expires_at;
  who.actor.scopes = read_set(row->scopes);
  who.account.must_change = false;  // the one-time password is the person's matter, not the machine's
  one.current = std::make_shared<const Current>(std::move(who));
  return one;
}

Result<Current> Accounts::State::caller(const std::string& account_id, const std::string& place) {
  GENMEI_LET(row, store.by_id(account_id));
  if (!row || row->state != "active") return not_logged_on();
  auto who = actor(*row, place);
  if (!who) return not_logged_on();
  Current out;
  GENMEI_LET(shown, account(*row));
  out.account = std::move(shown);
  out.actor = std::move(*who);
  return out;
}

Result<Current> Accounts::current(const std::string& session, std::string_view bearer, const std::string& place) {
  auto& state = *state_;
  const bool token = !bearer.empty();
  if (token ? !looks_like_token(bearer) : session.empty()) return not_logged_on();
  const auto digest = stored_form(token ? bearer : std::string_view(session));
  const auto now = state.engine.clock().now();
  auto known = state.recall(digest, now);
  if (!known) {
    // Versions are taken before reading: a change in between makes the answer old at once, never believed for long.
    Remembered one;
    one.generation = state.generation;
    one.people = state.engine.version("person");
    one.units = state.engine.version("org-unit");
    one.checked = one.last_used = now;
    GENMEI_LET(fresh, token ? state.read_token(digest, place, one) : state.read_session(digest, place, one));
    state.remember(digest, fresh);
    known = std::move(fresh);
  }
  Current out = *known->current;
  out.actor.place = place;
  if (!token) {
    out.csrf = csrf_token(session);
    out.expires_at = format_instant(session_end(known->limits, known->created, known->last_used));
  }
  return out;
}

Result<std::string> Accounts::create_token(const Current& current, const std::string& name,
                                           const std::set<std::string>& scopes, const std::string& expires_on) {
  // A token that makes tokens would outlive its own end.
  if (current.token) return problem(Failure::forbidden, "identity.token-by-token");
  return create_token_for(current.actor, current.account.id, name, scopes, expires_on);
}

Result<std::string> Accounts::create_token_for(const record::Actor& by, const std::string& login,
                                               const std::string& name, const std::set<std::string>& scopes,
                                               const std::string& expires_on) {
  GENMEI_LET(account, state_->need(login));
  if (trim(name).empty() || length(name) > 100) {
    return problem(Failure::invalid, "identity.token-name", "/name", {{"max", "100"}});
  }
  for (const auto& scope : scopes) {
    if (scope != "read" && scope != "write" && scope != "*") {
      return problem(Failure::invalid, "identity.scope", "/scopes", {{"scope", scope}});
    }
  }
  if (scopes.empty()) return problem(Failure::invalid, "identity.scope", "/scopes", {{"scope", ""}});
  const auto now = state_->engine.clock().now();
  TokenRow row;
  row.expires_at = expires_on.empty() ? format_date(japan_date(now + std::chrono::hours(24 * 365))) : expires_on;
  if (!parse_date(row.expires_at) || expired(row, now)) {
    return problem(Failure::invalid, "identity.token-expiry", "/expires_on", {{"value", expires_on}});
  }
  auto secret = new_token();
  row.id = new_id(now);
  row.digest = stored_form(secret);
  row.account = account.id;
  row.name = trim(name);
  row.scopes = write_set(scopes);
  row.created_at = format_instant(now);
  GENMEI_TRY(state_->store.insert(row));
  audit(by, "token-create", account.id);
  return secret;
}

Result<std::vector<Token>> Accounts::tokens(const std::string& account) {
  GENMEI_LET(rows, state_->store.tokens(account));
  std::vector<Token> out;
  for (const auto& row : rows) {
    if (row.revoked_at.empty()) out.push_back(public_form(row));
  }
  return out;
}

Result<void> Accounts::revoke_token(const record::Actor& by, const std::string& id) {
  GENMEI_LET(row, state_->store.token_by_id(id));
  if (!row || !row->revoked_at.empty()) return problem(Failure::not_found, "identity.unknown-token");
  GENMEI_TRY(state_->store.revoke_token(id, state_->now()));
  ++state_->generation;
  audit(by, "token-revoke", row->account);
  return {};
}

}  // namespace genmei::identity
