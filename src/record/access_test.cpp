// The one gate: what each scope and level of secrecy lets a reader see, in every way of reading.
#include "record/testing/world.hpp"

namespace genmei::record {
namespace {

using testing::code;

class Gate : public testing::OnBoth {
 protected:
  void SetUp() override {
    OnBoth::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    here_ = world->unit("here");
    there_ = world->unit("there");
    auto boss = world->session("boss", {"boss"});
    mine_ = world->made(boss, "paper", {{"name", "mine"}, {"org_unit", here_}});
    theirs_ = world->made(boss, "paper", {{"name", "theirs"}, {"org_unit", there_}});
    hidden_ = world->made(boss, "paper", {{"name", "hidden"}, {"org_unit", here_}, {"class", "secret"}});
    shown_ = world->made(boss, "paper", {{"name", "shown"}, {"org_unit", there_}, {"class", "public"}});
  }
  static std::set<std::string> names(const Result<Page>& page) {
    std::set<std::string> out;
    for (const auto& item : page->items) out.insert(item.text("name"));
    return out;
  }
  Session member() { return world->session("member", {"member"}, {here_}); }
  static Query papers() {
    Query query;
    query.kind = "paper";
    query.count = true;
    return query;
  }
  std::string here_, there_;
  Record mine_, theirs_, hidden_, shown_;
};

TEST_P(Gate, ReaderOfOneUnitSeesItsRecordsOnly) {
  auto session = member();
  const auto page = session.list(papers());
  ASSERT_TRUE(page.ok()) << code(page);
  EXPECT_EQ(names(page), std::set<std::string>{"mine"});
  EXPECT_EQ(page->total, 1);
  EXPECT_EQ(code(session.get("paper", theirs_.id)), "record.not-found");
  EXPECT_EQ(code(session.history("paper", hidden_.id)), "record.not-found");
  EXPECT_EQ(code(session.revision("paper", hidden_.id, 1)), "record.not-found");
}

TEST_P(Gate, CountsAreCountedForEachReaderAlone) {
  EXPECT_EQ(world->session("boss", {"boss"}).list(papers())->total, 4);
  EXPECT_EQ(member().list(papers())->total, 1);
  EXPECT_EQ(world->session("guest", {"guest"}).list(papers())->total, 1);
  EXPECT_EQ(code(world->session("nobody", {}).list(papers())), "record.kind");
}

TEST_P(Gate, AboveTheGrantOnlyOwnerAndAuthorSee) {
  auto writer = world->session("writer", {"writer"});
  EXPECT_EQ(names(writer.list(papers())), (std::set<std::string>{"mine", "theirs", "shown"}));
  const auto own = world->made(world->session("boss", {"boss"}), "paper",
                               {{"name", "for writer"}, {"class", "secret"}, {"owner", world->person("writer")}});
  EXPECT_TRUE(writer.get("paper", own.id).ok());
  const auto written = world->made(
      writer, "paper", {{"name", "by writer"}, {"class", "confidential"}, {"owner", world->person("boss")}});
  EXPECT_TRUE(writer.get("paper", written.id).ok());
  EXPECT_FALSE(world->session("other", {"writer"}).get("paper", written.id).ok());
}

TEST_P(Gate, LabelsLinksAndSearchTellNothingAboutWhatOneMayNotRead) {
  auto boss = world->session("boss", {"boss"});
  const auto row = world->made(boss, "row", {{"label", "points"}, {"paper", hidden_.id}, {"org_unit", here_}});
  world->made(boss, "row", {{"label", "foreign"}, {"paper", mine_.id}, {"org_unit", there_}});
  auto session = member();
  const auto seen = session.get("row", row.id);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(session.labels({*seen}, Language::ja)->count("paper/" + hidden_.id), 0U);
  EXPECT_EQ(boss.labels({*seen}, Language::ja)->count("paper/" + hidden_.id), 1U);
  const auto links = session.links("row", row.id);
  for (const auto& linked : links->out) EXPECT_NE(linked.kind, "paper");
  EXPECT_TRUE(session.links("paper", mine_.id)->in.empty());
  EXPECT_EQ(boss.links("paper", mine_.id)->in.size(), 1U);
  EXPECT_TRUE(session.search("hidden", 20)->empty());
  EXPECT_EQ(boss.search("hidden", 20)->size(), 1U);
}

TEST_P(Gate, FilterOverAReferenceDoesNotProbeHiddenRecords) {
  auto boss = world->session("boss", {"boss"});
  world->made(boss, "row", {{"label", "points"}, {"paper", hidden_.id}, {"org_unit", here_}});
  Query query;
  query.kind = "row";
  query.filters.push_back({"paper.name", Filter::Op::eq, {"hidden"}});
  EXPECT_EQ(boss.list(query)->items.size(), 1U);
  EXPECT_TRUE(member().list(query)->items.empty());
}

TEST_P(Gate, ReferencesToHiddenRecordsAreRefused) {
  auto session = member();
  EXPECT_EQ(code(world->create(session, "row", {{"label", "a"}, {"paper", hidden_.id}, {"org_unit", here_}})),
            "record.reference");
  EXPECT_EQ(code(world->create(session, "row", {{"label", "a"}, {"paper", mine_.id}, {"org_unit", here_}})), "ok");
}

TEST_P(Gate, WritesStayInTheUnit) {
  auto session = member();
  EXPECT_EQ(code(world->create(session, "paper", {{"name", "x"}, {"org_unit", there_}})), "record.forbidden");
  EXPECT_EQ(code(world->update(session, mine_, {{"name", "new"}})), "ok");
  EXPECT_EQ(code(world->update(session, shown_, {{"name", "new"}})), "record.not-found");
  EXPECT_EQ(code(world->archive(session, mine_)), "record.forbidden");
  EXPECT_EQ(code(world->create(session, "person", {{"name", "x"}})), "record.forbidden");
}

TEST_P(Gate, WhatWasOpenBeforeItBecameSecretStaysClosedInThePast) {
  const auto before = world->clock.now();
  world->clock.advance(std::chrono::hours(1));
  ASSERT_EQ(code(world->update(world->session("boss", {"boss"}), mine_, {{"class", "secret"}})), "ok");
  auto session = member();
  EXPECT_FALSE(session.get("paper", mine_.id, before).ok());
  auto query = papers();
  query.as_of = before;
  EXPECT_TRUE(session.list(query)->items.empty());
  EXPECT_EQ(session.list(query)->total, 0);
}

TEST_P(Gate, TokenWithoutTheWriteScopeOnlyReads) {
  auto paper = world->made(world->session("author", {"writer"}), "paper", world->whole("a"));
  auto reading = world->session("token", {"boss"}, {}, {"read"});
  EXPECT_TRUE(reading.get("paper", paper.id).ok());
  EXPECT_EQ(code(world->create(reading, "paper", {{"name", "x"}})), "record.forbidden");
  EXPECT_EQ(code(world->update(reading, paper, {{"name", "x"}})), "record.forbidden");
  EXPECT_EQ(code(world->archive(reading, paper)), "record.forbidden");
  EXPECT_EQ(code(world->step(reading, paper, "submit")), "record.transition-role");
  EXPECT_TRUE(reading.access().reach("paper", Action::transition).nothing());
  EXPECT_EQ(code(world->step(world->session("token", {"boss"}, {}, {"write"}), paper, "submit")), "ok");
}

TEST_P(Gate, PersonSeesTheirOwnRecordOfPeople) {
  Actor actor;
  actor.account = "m";
  actor.person = world->person("m");
  const Access access(world->engine->roles(), actor);
  Reach own;
  for (auto& scope : own.by_class) scope = Scope::own;
  EXPECT_TRUE(access.covers(own, "internal", "", "system", "", actor.person));
  EXPECT_FALSE(access.covers(own, "internal", "", "system", "", world->person("n")));
}

// What covers() says of one record and what predicate() selects must never differ.
TEST_P(Gate, OneRecordAndListsAgree) {
  for (const auto* role : {"boss", "writer", "member", "guest"}) {
    auto session = world->session("probe", {role}, {here_});
    if (!session.access().may("paper", Action::read)) continue;
    const auto listed = names(session.list(papers()));
    for (const auto& paper : {mine_, theirs_, hidden_, shown_}) {
      const auto reach = session.access().reach("paper", Action::read);
      EXPECT_EQ(session.access().covers(reach, paper.text("class"), paper.text("owner"), paper.created_by,
                                        paper.text("org_unit"), paper.id),
                listed.contains(paper.text("name")))
          << role << " " << paper.text("name");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Gate, ::testing::Values(store::Backend::sqlite, store::Backend::postgres),
                         testing::backend_name);

TEST(Roles, TheShippedRolesLoad) {
  const auto roles = Roles::load(std::string(GENMEI_SOURCE_DIR) + "/data/roles.yaml");
  ASSERT_TRUE(roles.ok()) << code(roles);
  const Access manager(*roles, [] {
    Actor actor;
    actor.account = "a";
    actor.roles = {"isms-manager"};
    return actor;
  }());
  EXPECT_TRUE(manager.reach("service", Action::read).everything());
  const Access none(*roles, Actor{});
  EXPECT_TRUE(none.reach("service", Action::read).nothing());
}

TEST(Roles, UnknownClassNamesCountAsSecret) {
  EXPECT_EQ(class_index("public"), 0);
  EXPECT_EQ(class_index(""), 3);
  EXPECT_EQ(class_index("??"), 3);
}

}  // namespace
}  // namespace genmei::record
