// A small organisation for tests of the record engine: four kinds that between them use every field type that matters,
// roles of every scope, a clock that stands still, on either database. Tests only; nothing here is shipped.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <memory>

#include "base/yaml.hpp"
#include "record/engine.hpp"
#include "store/testing/databases.hpp"

namespace genmei::record::testing {

inline constexpr const char* person_kind = R"(
kind: person
title: {ja: 人, en: Person}
purpose: {ja: 人, en: People}
number: PSN
title_field: name
fields:
  - {name: name, type: text, title: {ja: 氏名, en: Name}, required: always}
  - {name: email, type: email, title: {ja: メール, en: Mail}}
)";

inline constexpr const char* unit_kind = R"(
kind: org-unit
title: {ja: 部署, en: Unit}
purpose: {ja: 部署, en: Units}
number: UNT
title_field: name
fields:
  - {name: name, type: text, title: {ja: 名称, en: Name}, required: always, unique: true}
  - {name: parent, type: ref, to: org-unit, title: {ja: 上位, en: Parent}}
  - {name: beside, type: refs, to: org-unit, title: {ja: 並び, en: Beside}}
rules:
  - {id: tree, no_cycle: parent}
)";

// A document with a workflow in which nobody approves what they wrote.
inline constexpr const char* paper_kind = R"(
kind: paper
title: {ja: 文書, en: Paper}
purpose: {ja: 文書, en: Papers}
number: PAP
title_field: name
fields:
  - {name: name, type: text, title: {ja: 名称, en: Name}, required: always, sort: true, max_length: 20}
  - {name: body, type: longtext, title: {ja: 本文, en: Body}, required: always}
  - {name: kept, type: text, title: {ja: 保管, en: Kept}, required: always, required_in_draft: true, default: here}
  - {name: weight, type: integer, title: {ja: 重さ, en: Weight}, sort: true, filter: true, min: 0, max: 1000}
  - {name: score, type: decimal, title: {ja: 点, en: Score}, sort: true, filter: true}
  - {name: secret_part, type: boolean, title: {ja: 秘密, en: Secret}, filter: true}
  - {name: due_on, type: date, title: {ja: 期限, en: Due}, sort: true, filter: true}
  - {name: seen_at, type: datetime, title: {ja: 日時, en: Seen}}
  - {name: every, type: duration, title: {ja: 周期, en: Every}}
  - {name: link, type: url, title: {ja: URL, en: Link}}
  - {name: mail, type: email, title: {ja: メール, en: Mail}}
  - {name: colour, type: enum, title: {ja: 色, en: Colour}, values: [{id: red, title: {ja: 赤, en: Red}}, {id: blue, title: {ja: 青, en: Blue}}]}
  - {name: computed, type: integer, title: {ja: 計算, en: Computed}, readonly: true}
  - {name: about, type: ref, to: org-unit, title: {ja: 対象, en: About}, filter: true}
  - {name: readers, type: refs, to: person, title: {ja: 読者, en: Readers}, filter: true}
  - {name: words, type: texts, title: {ja: 語, en: Words}, filter: true}
  - {name: shape, type: json, title: {ja: 形, en: Shape}}
  - {name: code, type: text, title: {ja: 符号, en: Code}, pattern: "[A-Z]{2}-[0-9]+"}
workflow:
  initial: draft
  states:
    - {id: draft, title: {ja: 下書き, en: Draft}}
    - {id: submitted, title: {ja: 承認待ち, en: Submitted}}
    - {id: approved, title: {ja: 承認済み, en: Approved}, frozen: true}
    - {id: closed, title: {ja: 終了, en: Closed}, final: true}
  transitions:
    - {id: submit, title: {ja: 出す, en: Submit}, from: [draft], to: submitted, by: [writer, boss], requires: [due_on]}
    - {id: approve, title: {ja: 承認, en: Approve}, from: [submitted], to: approved, by: [boss], not_by: [author], approves: true}
    - {id: return, title: {ja: 差し戻す, en: Return}, from: [submitted], to: draft, by: [boss], comment: required}
    - {id: close, title: {ja: 終える, en: Close}, from: [approved], to: closed, by: [boss]}
tally:
  - [state]
  - [colour, secret_part]
)";

inline constexpr const char* row_kind = R"(
kind: row
title: {ja: 行, en: Row}
purpose: {ja: 行, en: Rows}
number: ROW
title_field: label
fields:
  - {name: label, type: text, title: {ja: 名, en: Label}, required: always}
  - {name: paper, type: ref, to: paper, title: {ja: 文書, en: Paper}, filter: true}
  - {name: unit, type: ref, to: org-unit, title: {ja: 部署, en: Unit}}
  - {name: position, type: integer, title: {ja: 位置, en: Position}}
  - {name: first_on, type: date, title: {ja: 初日, en: First}}
  - {name: last_on, type: date, title: {ja: 末日, en: Last}}
rules:
  - {id: dates, order: [first_on, last_on]}
  - {id: place, when: {field: position, empty: false}, require: unit, mode: warn}
unique:
  - [paper, label, unit, position]
)";

inline constexpr const char* role_file = R"(
roles:
  - id: boss
    ja: 長
    en: Boss
    grants: [{kinds: ["*"], actions: [read, create, update, archive, transition], scope: all, max_class: secret}]
  - id: writer
    ja: 書き手
    en: Writer
    grants: [{kinds: ["*"], actions: [read, create, update, archive, transition], scope: all, max_class: internal}]
  - id: member
    ja: 部員
    en: Member
    grants:
      - {kinds: [person, org-unit], actions: [read], scope: all, max_class: internal}
      - {kinds: [paper, row], actions: [read, create, update, transition], scope: unit, max_class: internal}
  - id: guest
    ja: 客
    en: Guest
    grants: [{kinds: [paper], actions: [read], scope: all, max_class: public}]
)";

inline std::string code(const Problems& problems) {
  return problems.list.empty() ? std::string() : problems.list.front().code;
}
template <class T>
std::string code(const Result<T>& result) {
  return result.ok() ? "ok" : code(result.problems());
}

inline Result<Registry> small_registry() {
  std::vector<yaml::File> files;
  for (const auto* text : {person_kind, unit_kind, paper_kind, row_kind}) {
    GENMEI_LET(file, yaml::parse(text, "kind.yaml"));
    files.push_back(std::move(file));
  }
  return Registry::from_files(files);
}

class World {
 public:
  explicit World(store::Backend backend) : database_(store::testing::TestDatabase::make(backend)) {
    if (database_ == nullptr) return;
    auto registry = small_registry();
    EXPECT_TRUE(registry.ok()) << code(registry) << (registry.ok() ? "" : registry.problems().list.front().place);
    registry_ = std::move(*registry);
    const auto path = database_->folder() + "/roles.yaml";
    std::ofstream(path) << role_file;
    roles_ = *Roles::load(path);
    engine = std::make_unique<Engine>(database_->database(), registry_, roles_, Catalogues{}, clock, "org");
    const auto prepared = engine->prepare();
    EXPECT_TRUE(prepared.ok()) << code(prepared) << (prepared.ok() ? "" : prepared.problems().list.front().detail);
  }

  Session product() { return engine->product("test"); }
  // An actor with a person record of the same name.
  Session session(const std::string& account, std::set<std::string> roles, std::set<std::string> units = {},
                  std::set<std::string> scopes = {}) {
    Actor actor;
    actor.account = account;
    actor.name = account;
    actor.person = person(account);
    actor.roles = std::move(roles);
    actor.units = std::move(units);
    actor.scopes = std::move(scopes);
    actor.place = "test";
    return engine->session(std::move(actor));
  }
  std::string person(const std::string& name) {
    auto& id = people_[name];
    if (id.empty()) id = made(product(), "person", {{"name", name}}).id;
    return id;
  }
  std::string unit(const std::string& name) { return made(product(), "org-unit", {{"name", name}}).id; }

  Result<Record> create(Session session, std::string_view kind, const json::Object& fields) {
    auto batch = session.batch();
    GENMEI_LET(record, batch.create(kind, fields));
    GENMEI_TRY(batch.commit());
    return record;
  }
  Record made(Session session, std::string_view kind, const json::Object& fields) {
    auto record = create(std::move(session), kind, fields);
    EXPECT_TRUE(record.ok()) << code(record) << (record.ok() ? "" : record.problems().list.front().detail);
    return record ? *record : Record();
  }
  Result<Record> update(Session session, const Record& record, const json::Object& fields,
                        std::optional<std::int64_t> expected = {}) {
    auto batch = session.batch();
    GENMEI_LET(after, batch.update(record.kind, record.id, expected, fields));
    GENMEI_TRY(batch.commit());
    return after;
  }
  Result<Record> step(Session session, const Record& record, std::string_view transition, std::string_view comment = {},
                      const json::Object& fields = {}) {
    auto batch = session.batch();
    GENMEI_LET(after, batch.transition(record.kind, record.id, {}, transition, comment, fields));
    GENMEI_TRY(batch.commit());
    return after;
  }
  Result<Record> archive(Session session, const Record& record, bool archived = true) {
    auto batch = session.batch();
    GENMEI_LET(after, batch.archive(record.kind, record.id, {}, archived));
    GENMEI_TRY(batch.commit());
    return after;
  }
  // A paper that may leave its draft.
  json::Object whole(const std::string& name) { return {{"name", name}, {"body", "text"}, {"due_on", "2026-12-01"}}; }
  std::int64_t count(const std::string& sql) {
    std::int64_t out = -1;
    EXPECT_TRUE(engine->database()
                    .read([&](store::Connection& connection) -> Result<void> {
                      GENMEI_LET(n, connection.integer(sql));
                      out = n;
                      return {};
                    })
                    .ok());
    return out;
  }
  [[nodiscard]] const Kind& kind(std::string_view id) const { return *registry_.find(id); }
  [[nodiscard]] const Registry& registry() const { return registry_; }
  [[nodiscard]] bool ready() const { return engine != nullptr; }

  ManualClock clock{*parse_instant("2026-11-21T03:00:00Z")};

 private:
  std::unique_ptr<store::testing::TestDatabase> database_;
  Registry registry_;
  Roles roles_;
  std::map<std::string, std::string> people_;

 public:
  std::unique_ptr<Engine> engine;  // after what it refers to
};

// Runs a test on both databases; the second one only where GENMEI_TEST_PG names a server.
class OnBoth : public ::testing::TestWithParam<store::Backend> {
 protected:
  void SetUp() override {
    if (!store::testing::TestDatabase::available(GetParam())) GTEST_SKIP() << "GENMEI_TEST_PG is not set";
    world = std::make_unique<World>(GetParam());
    ASSERT_TRUE(world->ready());
  }
  std::unique_ptr<World> world;
};

inline std::string backend_name(const ::testing::TestParamInfo<store::Backend>& info) {
  return info.param == store::Backend::sqlite ? "sqlite" : "postgres";
}

}  // namespace genmei::record::testing
