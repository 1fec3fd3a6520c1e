// Accounts over a real engine and database: log-on, sessions, passwords, tokens, and what must never be told.
#include "identity/accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "record/engine.hpp"

namespace genmei::identity {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

const std::string data = std::string(GENMEI_SOURCE_DIR) + "/data";

std::string code(const Problems& problems) { return problems.list.front().code; }

// The declarations never change: read once for all tests.
const record::Registry& registry() {
  static const auto loaded = record::Registry::load(data + "/kinds");
  return *loaded;
}

const record::Roles& roles() {
  static const auto loaded = record::Roles::load(data + "/roles.yaml");
  return *loaded;
}

class AccountsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/accounts-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    store::Config config;
    config.path = folder_ + "/test.db";
    auto database = store::Database::open(config);
    ASSERT_TRUE(database.ok());
    database_ = std::move(*database);
    record::Catalogues catalogues;
    catalogues.exists = [](auto, auto) { return true; };
    catalogues.label = [](auto, std::string_view value, auto) { return std::string(value); };
    engine_ = std::make_unique<record::Engine>(*database_, registry(), roles(), catalogues, clock_, "org");
    ASSERT_TRUE(engine_->prepare().ok());
    open();
  }
  void TearDown() override {
    accounts_.reset();
    engine_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  // A fresh Accounts, as after a restart.
  void open() {
    accounts_.reset();
    accounts_ = std::make_unique<Accounts>(
        *engine_,
        [this](std::string_view name, std::string_view fallback) {
          const auto found = settings_.find(std::string(name));
          return found == settings_.end() ? std::string(fallback) : found->second;
        },
        data + "/passwords");
    accounts_->audit = [this](const record::Actor& actor, std::string_view action, std::string_view account) {
      trail_.push_back(std::string(action) + " " + (account.empty() ? "-" : "account") + " by " +
                       (actor.system                 ? "system"
                        : actor.account == "unknown" ? "unknown"
                                                     : "account"));
    };
    ASSERT_TRUE(accounts_->create_tables().ok());
  }
  record::Actor system() { return record::Actor::product("cli"); }

  // An account whose one-time password is replaced; answers its id.
  std::string make(const std::string& login, const std::set<std::string>& roles, const std::string& person = {}) {
    const auto once = accounts_->create(system(), login, person, roles);
    EXPECT_TRUE(once.ok());
    const auto first = accounts_->log_on(login, *once, "192.0.2.1");
    EXPECT_TRUE(first.ok());
    EXPECT_TRUE(first->current.account.must_change);
    EXPECT_TRUE(accounts_->set_password(first->current, *once, password_).ok());
    accounts_->log_off(first->session);
    return first->current.account.id;
  }
  std::string unit(const std::string& name, const std::string& parent = {}) {
    auto session = engine_->product("test");
    auto batch = session.batch();
    json::Object fields{{"name", name}, {"mission", name}, {"valid_from", "2026-04-01"}, {"type", "department"}};
    if (!parent.empty()) fields["parent"] = parent;
    auto made = batch.create("org-unit", fields);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : code(made.problems()) + made.problems().list.front().place);
    EXPECT_TRUE(batch.commit().ok());
    return made->id;
  }
  std::string person(const std::string& name, const std::string& in_unit) {
    auto session = engine_->product("test");
    auto batch = session.batch();
    auto made = batch.create("person", {{"name", name},
                                        {"kana", "ナカムラ アオイ"},
                                        {"person_code", name},
                                        {"unit", in_unit},
                                        {"join_date", "2026-04-01"}});
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : code(made.problems()) + made.problems().list.front().place);
    EXPECT_TRUE(batch.commit().ok());
    return made->id;
  }

  const std::string password_ = "Yama-to-kawa-7";
  ManualClock clock_{*parse_instant("2026-11-21T00:00:00Z")};
  std::string folder_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<record::Engine> engine_;
  std::map<std::string, std::string> settings_;
  std::vector<std::string> trail_;
  std::unique_ptr<Accounts> accounts_;
};

TEST_F(AccountsTest, FirstPasswordIsUsedOnceAndReplaced) {
  const auto once = accounts_->create(system(), "haruka", {}, {"staff"});
  ASSERT_TRUE(once.ok());
  const auto first = accounts_->log_on("haruka", *once, "192.0.2.1");
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first->current.account.must_change);
  EXPECT_EQ(code(accounts_->set_password(first->current, "wrong", password_).problems()), "identity.password-old");
  EXPECT_EQ(code(accounts_->set_password(first->current, *once, "abcdefg").problems()), "identity.password-short");
  EXPECT_EQ(code(accounts_->set_password(first->current, *once, "Haruka-to-kawa-7").problems()),
            "identity.password-own-word");
  EXPECT_EQ(code(accounts_->set_password(first->current, *once, *once).problems()), "identity.password-same");
  ASSERT_TRUE(accounts_->set_password(first->current, *once, password_).ok());
  // The session at hand goes on; the one-time password is worth nothing now.
  const auto again = accounts_->current(first->session, {}, "192.0.2.1");
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->account.must_change);
  EXPECT_EQ(code(accounts_->log_on("haruka", *once, "192.0.2.1").problems()), "identity.refused");
  EXPECT_TRUE(accounts_->log_on("haruka", password_, "192.0.2.1").ok());
  EXPECT_THAT(trail_, Contains("account-create account by system"));
  EXPECT_THAT(trail_, Contains("password-change account by account"));
}

TEST_F(AccountsTest, EveryFailureLooksTheSame) {
  make("haruka", {"staff"});
  make("disabled", {"staff"});
  make("admin", {"isms-manager"});
  const auto disabled = accounts_->find("disabled");
  ASSERT_TRUE(accounts_->change(system(), disabled->id, {}, "disabled", {}).ok());
  const auto wrong = accounts_->log_on("haruka", "Yama-to-kawa-8", "192.0.2.1").problems().list.front();
  for (const auto& [login, password] :
       std::vector<std::pair<std::string, std::string>>{{"nobody", password_},
                                                        {"disabled", password_},
                                                        {"", ""},
                                                        {"haruka", "\xff"},
                                                        {std::string(5000, 'a'), "x"}}) {
    const auto other = accounts_->log_on(login, password, "192.0.2.1").problems().list.front();
    EXPECT_EQ(other.code, wrong.code);
    EXPECT_EQ(other.args, wrong.args);
    EXPECT_EQ(other.failure, wrong.failure);
  }
  EXPECT_THAT(trail_, Contains("logon-failed - by unknown"));
}

TEST_F(AccountsTest, UnknownNamesTakeAsLongAsWrongPasswords) {
  make("haruka", {"staff"});
  // Processor time: a busy machine must not decide this.
  const auto time = [&](const std::string& login) {
    const auto begin = std::clock();
    EXPECT_FALSE(accounts_->log_on(login, "wrong-password-1", "192.0.2.1").ok());
    return std::clock() - begin;
  };
  const auto known = std::min(time("haruka"), time("haruka"));
  const auto unknown = std::min(time("nobody"), time("nobody"));
  EXPECT_GT(unknown * 3, known);
  EXPECT_GT(known * 3, unknown);
}

TEST_F(AccountsTest, GuessersWaitAndWaitingTellsNothing) {
  make("haruka", {"staff"});
  for (const auto* login : {"haruka", "nobody"}) {
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(accounts_->log_on(login, "guess-1-guess", "192.0.2.9").ok());
    const auto waiting = accounts_->log_on(login, password_, "192.0.2.9");
    ASSERT_FALSE(waiting.ok());
    EXPECT_EQ(code(waiting.problems()), "identity.refused");
    EXPECT_EQ(waiting.problems().list.front().args.at("wait"), "2");
  }
  clock_.advance(3s);
  EXPECT_TRUE(accounts_->log_on("haruka", password_, "192.0.2.9").ok());
}

TEST_F(AccountsTest, ShowsTheLastLogOnAndTheFailuresSince) {
  make("haruka", {"staff"});
  clock_.advance(1h);
  ASSERT_TRUE(accounts_->log_on("haruka", password_, "192.0.2.1").ok());
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(accounts_->log_on("haruka", "Yama-to-umi-8", "192.0.2.1").ok());
  clock_.advance(1h);
  ASSERT_TRUE(database_->write([](store::Connection&) -> Result<void> { return {}; }).ok());  // counts are on disk
  const auto now = accounts_->log_on("haruka", password_, "192.0.2.1");
  ASSERT_TRUE(now.ok());
  EXPECT_EQ(now->current.account.last_logon_at, "2026-11-21T01:00:00.000Z");
  EXPECT_EQ(now->current.account.failures_since, 2);
}

TEST_F(AccountsTest, SessionsEndIdleAndAbsolutely) {
  settings_["idle_minutes"] = "30";
  settings_["absolute_hours"] = "1";
  make("haruka", {"staff"});
  const auto first = accounts_->log_on("haruka", password_, "192.0.2.1");
  clock_.advance(29min);
  EXPECT_TRUE(accounts_->current(first->session, {}, "192.0.2.1").ok());
  clock_.advance(29min);
  const auto used = accounts_->current(first->session, {}, "192.0.2.1");
  ASSERT_TRUE(used.ok());
  EXPECT_EQ(used->expires_at, "2026-11-21T01:00:00.000Z");
  clock_.advance(3min);
  EXPECT_EQ(code(accounts_->current(first->session, {}, "192.0.2.1").problems()), "identity.expired");
  EXPECT_EQ(code(accounts_->current(first->session, {}, "192.0.2.1").problems()), "identity.log-on");
  const auto second = accounts_->log_on("haruka", password_, "192.0.2.1");
  clock_.advance(31min);
  EXPECT_EQ(code(accounts_->current(second->session, {}, "192.0.2.1").problems()), "identity.expired");
}

TEST_F(AccountsTest, SessionsOutlastARestartAndEndWithLogOff) {
  make("haruka", {"staff"});
  const auto first = accounts_->log_on("haruka", password_, "192.0.2.1");
  open();
  const auto again = accounts_->current(first->session, {}, "192.0.2.1");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->csrf, first->current.csrf);
  accounts_->log_off(first->session);
  EXPECT_EQ(code(accounts_->current(first->session, {}, "192.0.2.1").problems()), "identity.log-on");
  EXPECT_THAT(trail_, Contains("logoff account by account"));
  EXPECT_FALSE(accounts_->current("", {}, "x").ok());
  EXPECT_FALSE(accounts_->current("made-up", {}, "x").ok());
}

TEST_F(AccountsTest, DisablingEndsSessionsAtOnce) {
  const auto id = make("haruka", {"staff"});
  const auto session = accounts_->log_on("haruka", password_, "192.0.2.1");
  ASSERT_TRUE(accounts_->current(session->session, {}, "192.0.2.1").ok());
  ASSERT_TRUE(accounts_->change(system(), id, {}, "disabled", {}).ok());
  EXPECT_FALSE(accounts_->current(session->session, {}, "192.0.2.1").ok());
}

TEST_F(AccountsTest, RoleChangesActInOpenSessions) {
  const auto id = make("haruka", {"staff"});
  const auto session = accounts_->log_on("haruka", password_, "192.0.2.1");
  ASSERT_TRUE(accounts_->change(system(), id, std::set<std::string>{"isms-office"}, {}, {}).ok());
  EXPECT_THAT(accounts_->current(session->session, {}, "192.0.2.1")->actor.roles, ElementsAre("isms-office"));
}

TEST_F(AccountsTest, ActorHasItsUnitAndAllBelow) {
  const auto head = unit("情報システム部");
  const auto below = unit("運用課", head);
  const auto deeper = unit("夜勤班", below);
  unit("営業部");
  const auto who = person("中村 葵", head);
  const auto id = make("nakamura", {"department-head"}, who);
  const auto actor = accounts_->actor_of(id, "test");
  ASSERT_TRUE(actor.ok());
  EXPECT_THAT(actor->units, UnorderedElementsAre(head, below, deeper));
  EXPECT_EQ(actor->name, "中村 葵");
  EXPECT_EQ(*accounts_->name_of(id), "中村 葵");
  EXPECT_EQ(engine_->actor_name(id), "中村 葵");
}

TEST_F(AccountsTest, NobodyChangesOwnRightsAndOneAdministratorStays) {
  const auto admin = make("admin", {"isms-manager"});
  const auto who = accounts_->actor_of(admin, "test");
  EXPECT_EQ(code(accounts_->change(*who, admin, std::set<std::string>{"top-management"}, {}, {}).problems()),
            "identity.own-rights");
  EXPECT_EQ(code(accounts_->change(system(), admin, {}, "disabled", {}).problems()), "identity.last-administrator");
  make("second", {"system-admin"});
  EXPECT_TRUE(accounts_->change(system(), admin, {}, "disabled", {}).ok());
}

TEST_F(AccountsTest, RefusesNamesThatCollideOrCannotBe) {
  make("haruka", {"staff"});
  EXPECT_EQ(code(accounts_->create(system(), "HARUKA", {}, {}).problems()), "identity.login-taken");
  for (const auto* bad : {"", "a b", "-a", "名前", "a\nb"}) {
    EXPECT_EQ(code(accounts_->create(system(), bad, {}, {}).problems()), "identity.login") << bad;
  }
  EXPECT_EQ(code(accounts_->create(system(), "x", {}, {"emperor"}).problems()), "identity.role");
  EXPECT_EQ(code(accounts_->create(system(), "x", {}, {"system"}).problems()), "identity.role");
  EXPECT_FALSE(accounts_->create(system(), "x", "00000000000000000000000000", {}).ok());
  EXPECT_EQ(code(accounts_->find("nobody").problems()), "identity.unknown-account");
}

TEST_F(AccountsTest, ResetEndsSessionsAndAsksForANewPassword) {
  make("haruka", {"staff"});
  const auto session = accounts_->log_on("haruka", password_, "192.0.2.1");
  const auto once = accounts_->reset(system(), "haruka");
  ASSERT_TRUE(once.ok());
  EXPECT_FALSE(accounts_->current(session->session, {}, "192.0.2.1").ok());
  EXPECT_FALSE(accounts_->log_on("haruka", password_, "192.0.2.1").ok());
  EXPECT_TRUE(accounts_->log_on("haruka", *once, "192.0.2.1")->current.account.must_change);
}

TEST_F(AccountsTest, TokensActWithinScopeUntilTheirEnd) {
  const auto id = make("haruka", {"isms-office"});
  const auto session = accounts_->log_on("haruka", password_, "192.0.2.1");
  const auto secret = accounts_->create_token(session->current, "集計", {"read"}, "2026-11-30");
  ASSERT_TRUE(secret.ok());
  const auto who = accounts_->current({}, *secret, "192.0.2.7");
  ASSERT_TRUE(who.ok());
  EXPECT_TRUE(who->token);
  EXPECT_THAT(who->actor.scopes, ElementsAre("read"));
  EXPECT_EQ(who->actor.place, "192.0.2.7");
  EXPECT_EQ(code(accounts_->create_token(*who, "x", {"read"}, {}).problems()), "identity.token-by-token");
  EXPECT_EQ(accounts_->tokens(id)->size(), 1U);
  clock_.set(*parse_instant("2026-11-30T14:59:59Z"));  // the last second of the day in Japan
  EXPECT_TRUE(accounts_->current({}, *secret, "x").ok());
  clock_.advance(10s);
  EXPECT_EQ(code(accounts_->current({}, *secret, "x").problems()), "identity.log-on");
}

TEST_F(AccountsTest, RevokedTokensEndAtOnce) {
  const auto id = make("haruka", {"isms-office"});
  const auto secret = accounts_->create_token_for(system(), "haruka", "夜間処理", {"read", "write"}, {});
  ASSERT_TRUE(secret.ok());
  ASSERT_TRUE(accounts_->current({}, *secret, "x").ok());
  const auto token = accounts_->tokens(id)->front();
  ASSERT_TRUE(accounts_->revoke_token(system(), token.id).ok());
  EXPECT_FALSE(accounts_->current({}, *secret, "x").ok());
  EXPECT_EQ(code(accounts_->revoke_token(system(), token.id).problems()), "identity.unknown-token");
  EXPECT_TRUE(accounts_->tokens(id)->empty());
}

TEST_F(AccountsTest, TokensNeedANameAScopeAndAFuture) {
  make("haruka", {"isms-office"});
  const auto make_token = [&](const std::string& name, const std::set<std::string>& scopes, const std::string& until) {
    return code(accounts_->create_token_for(system(), "haruka", name, scopes, until).problems());
  };
  EXPECT_EQ(make_token(" ", {"read"}, {}), "identity.token-name");
  EXPECT_EQ(make_token("x", {"everything"}, {}), "identity.scope");
  EXPECT_EQ(make_token("x", {}, {}), "identity.scope");
  EXPECT_EQ(make_token("x", {"read"}, "2026-11-20"), "identity.token-expiry");
  EXPECT_EQ(make_token("x", {"read"}, "tomorrow"), "identity.token-expiry");
}

TEST_F(AccountsTest, NoSecretLiesInTheDatabase) {
  make("haruka", {"isms-office"});
  const auto session = accounts_->log_on("haruka", password_, "192.0.2.1");
  const auto secret = accounts_->create_token(session->current, "x", {"read"}, {});
  accounts_.reset();
  engine_.reset();
  database_.reset();
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    std::FILE* file = std::fopen(entry.path().c_str(), "rb");
    std::string bytes;
    std::array<char, 65536> part{};
    for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), file)) > 0;) bytes.append(part.data(), n);
    std::fclose(file);
    for (const auto& one : {password_, session->session, *secret, secret->substr(4), session->current.csrf}) {
      EXPECT_EQ(bytes.find(one), std::string::npos) << entry.path();
    }
  }
}

}  // namespace
}  // namespace genmei::identity
