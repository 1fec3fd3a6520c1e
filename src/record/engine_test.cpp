// What the record engine promises of every change: complete, traced, by the right person, all or nothing.
#include <rapidcheck.h>

#include <thread>

#include "base/hash.hpp"
#include "base/id.hpp"
#include "record/testing/world.hpp"

namespace genmei::record {
namespace {

using testing::code;

class Changes : public testing::OnBoth {
 protected:
  Session writer() { return world->session("writer", {"writer"}); }
  Session boss() { return world->session("boss", {"boss"}); }
  Record submitted(const std::string& name) {
    const auto paper = world->made(writer(), "paper", world->whole(name));
    const auto out = world->step(writer(), paper, "submit");
    EXPECT_TRUE(out.ok()) << code(out);
    return out ? *out : paper;
  }
};

TEST_P(Changes, DraftsMayBeIncompleteButNotBeyondTheDraft) {
  const auto paper = world->create(writer(), "paper", {{"name", "half"}});
  ASSERT_TRUE(paper.ok()) << code(paper);
  EXPECT_EQ(paper->state, "draft");
  EXPECT_EQ(paper->text("kept"), "here");  // default
  EXPECT_EQ(paper->number, "PAP-2026-0001");
  EXPECT_EQ(paper->text("owner"), world->person("writer"));
  EXPECT_EQ(code(world->step(writer(), *paper, "submit")), "record.requires");
  EXPECT_EQ(code(world->step(writer(), *paper, "submit", "", {{"due_on", "2026-12-01"}})), "record.required");
  EXPECT_EQ(code(world->create(writer(), "paper", {{"body", "no title"}})), "record.required");
  EXPECT_EQ(code(world->update(writer(), *paper, {{"kept", nullptr}})), "record.required");
  ASSERT_TRUE(world->update(writer(), *paper, {{"body", "text"}}).ok());
  EXPECT_EQ(code(world->step(writer(), *paper, "submit", "", {{"due_on", "2026-12-01"}})), "ok");
  EXPECT_EQ(code(world->update(writer(), *paper, {{"body", nullptr}})), "record.required");
}

TEST_P(Changes, ReferencesMustExist) {
  EXPECT_EQ(code(world->create(writer(), "paper", {{"name", "a"}, {"about", new_id(world->clock.now())}})),
            "record.reference");
  EXPECT_EQ(code(world->create(writer(), "paper", {{"name", "a"}, {"readers", json::Array{new_id({})}}})),
            "record.reference");
}

TEST_P(Changes, ManyValuedReferencesAreSeenFromBothEnds) {
  const auto ann = world->person("ann");
  const auto bob = world->person("bob");
  const auto paper = world->made(writer(), "paper", {{"name", "a"}, {"readers", json::Array{ann, bob}}});
  EXPECT_EQ(world->product().get("paper", paper.id)->list("readers"), (std::vector<std::string>{ann, bob}));
  const auto read_by = [&](const std::string& person) {
    const auto links = world->product().links("person", person);
    for (const auto& linked : links->in) {
      if (linked.kind == "paper" && linked.field == "readers") return linked.total;
    }
    return std::int64_t{0};
  };
  EXPECT_EQ(read_by(bob), 1);
  ASSERT_TRUE(world->update(writer(), paper, {{"readers", json::Array{ann}}}).ok());
  EXPECT_EQ(read_by(bob), 0);
  EXPECT_EQ(read_by(ann), 1);
}

TEST_P(Changes, WhoeverSavesSecondIsTold) {
  const auto paper = world->made(writer(), "paper", {{"name", "a"}});
  ASSERT_TRUE(world->update(writer(), paper, {{"name", "b"}}, 1).ok());
  EXPECT_EQ(code(world->update(writer(), paper, {{"name", "c"}}, 1)), "record.stale");
  // Two that were prepared against the same revision: the second commit finds out.
  auto session = writer();
  auto first = session.batch();
  auto second = session.batch();
  ASSERT_TRUE(first.update("paper", paper.id, 2, {{"name", "d"}}).ok());
  ASSERT_TRUE(second.update("paper", paper.id, 2, {{"name", "e"}}).ok());
  EXPECT_TRUE(first.commit().ok());
  EXPECT_EQ(code(second.commit()), "record.stale");
  EXPECT_EQ(world->product().get("paper", paper.id)->text("name"), "d");
}

TEST_P(Changes, SayingTheSameMakesNoRevision) {
  const json::Object fields{{"name", "a"},         {"score", 3},          {"weight", 3},
                            {"secret_part", true}, {"words", {"x", "y"}}, {"shape", {{"n", 1}, {"list", {1.5, "b"}}}}};
  const auto paper = world->made(writer(), "paper", fields);
  auto session = writer();
  auto batch = session.batch();
  const auto again = batch.update("paper", paper.id, 1, fields);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->revision, 1);
  EXPECT_TRUE(batch.empty());
}

TEST_P(Changes, NobodyApprovesTheirOwnWork) {
  const auto own = world->made(boss(), "paper", world->whole("own"));
  ASSERT_TRUE(world->step(writer(), own, "submit").ok());
  EXPECT_EQ(code(world->step(boss(), own, "approve")), "record.separation");
  const auto other = world->step(world->session("other boss", {"boss"}), own, "approve");
  ASSERT_TRUE(other.ok()) << code(other);
  EXPECT_EQ(other->approved_revision, other->revision);
}

TEST_P(Changes, AnothersEditDoesNotWashTheAuthorClean) {
  const auto own = world->made(boss(), "paper", world->whole("own"));
  ASSERT_TRUE(world->update(writer(), own, {{"weight", 1}}).ok());
  ASSERT_TRUE(world->step(writer(), own, "submit").ok());
  EXPECT_EQ(code(world->step(boss(), own, "approve")), "record.separation");
  // And who only touched up the work of another has written in it too.
  const auto theirs = submitted("theirs");
  ASSERT_TRUE(world->update(boss(), theirs, {{"weight", 2}}).ok());
  EXPECT_EQ(code(world->step(boss(), theirs, "approve")), "record.separation");
}

TEST_P(Changes, AuthorIsWhoWroteSinceTheLastApproval) {
  const auto paper = world->made(boss(), "paper", world->whole("a"));
  ASSERT_TRUE(world->step(writer(), paper, "submit").ok());
  ASSERT_TRUE(world->step(world->session("second", {"boss"}), paper, "approve").ok());
  ASSERT_TRUE(world->update(writer(), paper, {{"body", "new"}}).ok());
  ASSERT_TRUE(world->step(writer(), paper, "submit").ok());
  EXPECT_EQ(code(world->step(boss(), paper, "approve")), "ok");  // wrote only what is approved already
}

TEST_P(Changes, ApprovingDoesNotSmuggleInAnEdit) {
  const auto paper = submitted("a");
  EXPECT_NE(code(world->step(boss(), paper, "approve", "", {{"body", "what nobody else read"}})), "ok");
  auto session = boss();
  auto batch = session.batch();
  ASSERT_TRUE(batch.update("paper", paper.id, {}, {{"body", "in the same batch"}}).ok());
  EXPECT_EQ(code(batch.transition("paper", paper.id, {}, "approve", {})), "record.separation");
}

TEST_P(Changes, WhatOneWroteOnTheWayIsOnesOwnWorkToo) {
  const auto paper = world->made(writer(), "paper", world->whole("a"));
  const auto second = world->session("second", {"boss"});
  ASSERT_TRUE(world->step(second, paper, "submit", "", {{"due_on", "2027-01-01"}}).ok());
  EXPECT_EQ(code(world->step(second, paper, "approve")), "record.separation");
}

TEST_P(Changes, OnlyNamedRolesTakeAStep) {
  const auto paper = submitted("a");
  const auto refused = world->step(world->session("second", {"writer"}), paper, "approve");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(code(refused), "record.transition-role");
  EXPECT_EQ(refused.problems().list.front().args.at("roles"), "長");
  EXPECT_EQ(code(world->step(boss(), paper, "submit")), "record.transition");
  EXPECT_EQ(code(world->step(boss(), paper, "fly")), "record.transition");
  EXPECT_EQ(code(world->step(boss(), paper, "return")), "record.comment-required");
  EXPECT_EQ(code(world->step(boss(), paper, "return", "too short")), "ok");
}

TEST_P(Changes, ActionsSayWhatIsOpenAndWhyNot) {
  const auto paper = submitted("a");
  auto session = writer();
  const auto actions = session.actions(paper);
  ASSERT_TRUE(actions.ok());
  ASSERT_EQ(actions->size(), 2U);  // approve and return start here
  for (const auto& action : *actions) {
    EXPECT_FALSE(action.allowed);
    EXPECT_EQ(action.reason.code, "record.transition-role");
  }
}

TEST_P(Changes, EditOfWhatIsApprovedStartsADraftAndTheApprovedStaysInForce) {
  auto paper = submitted("a");
  paper = *world->step(boss(), paper, "approve");
  const auto approved = paper.revision;
  const auto edited = world->update(writer(), paper, {{"body", "new"}});
  ASSERT_TRUE(edited.ok()) << code(edited);
  EXPECT_EQ(edited->state, "draft");
  EXPECT_EQ(edited->approved_revision, approved);
  EXPECT_EQ(world->product().get("paper", paper.id)->approved_revision, approved);
  EXPECT_EQ(world->product().revision("paper", paper.id, approved)->text("body"), "text");
}

TEST_P(Changes, FinishedRecordsTakeNoEdits) {
  auto paper = submitted("a");
  paper = *world->step(boss(), paper, "approve");
  paper = *world->step(boss(), paper, "close");
  EXPECT_EQ(code(world->update(boss(), paper, {{"body", "new"}})), "record.frozen");
}

TEST_P(Changes, WhatOthersReferToIsNotArchived) {
  const auto unit = world->made(boss(), "org-unit", {{"name", "u"}});
  const auto paper = world->made(boss(), "paper", {{"name", "a"}, {"about", unit.id}});
  const auto refused = world->archive(boss(), unit);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(code(refused), "record.referenced");
  EXPECT_EQ(refused.problems().list.front().args.at("value"), paper.number);
  ASSERT_TRUE(world->archive(boss(), paper).ok());
  EXPECT_EQ(code(world->archive(boss(), unit)), "ok");
  EXPECT_EQ(code(world->update(boss(), unit, {{"name", "v"}})), "record.archived");
  EXPECT_EQ(code(world->step(boss(), paper, "submit")), "record.archived");
  const auto back = world->archive(boss(), unit, false);
  ASSERT_TRUE(back.ok());
  EXPECT_FALSE(back->archived);
  EXPECT_EQ(back->revision, 3);
}

TEST_P(Changes, ManyValuedReferencesHoldTheirTargetsToo) {
  const auto ann = world->person("ann");
  world->made(boss(), "paper", {{"name", "a"}, {"readers", json::Array{ann}}});
  EXPECT_EQ(code(world->archive(boss(), *world->product().get("person", ann))), "record.referenced");
}

TEST_P(Changes, CirclesAreRefused) {
  const auto a = world->made(boss(), "org-unit", {{"name", "a"}});
  const auto b = world->made(boss(), "org-unit", {{"name", "b"}, {"parent", a.id}});
  const auto c = world->made(boss(), "org-unit", {{"name", "c"}, {"parent", b.id}});
  EXPECT_EQ(code(world->update(boss(), a, {{"parent", c.id}})), "record.cycle");
  EXPECT_EQ(code(world->update(boss(), a, {{"parent", a.id}})), "record.cycle");
  // Also when the circle closes within one batch.
  auto session = boss();
  auto batch = session.batch();
  const auto d = batch.create("org-unit", {{"name", "d"}});
  ASSERT_TRUE(batch.update("org-unit", a.id, {}, {{"parent", d->id}}).ok());
  EXPECT_EQ(code(batch.update("org-unit", d->id, {}, {{"parent", c.id}})), "record.cycle");
}

TEST_P(Changes, UniqueTreatsNoValueAsAValue) {
  const auto paper = world->made(boss(), "paper", {{"name", "p"}});
  const auto unit = world->unit("u");
  const json::Object bare{{"label", "x"}, {"paper", paper.id}};
  const auto row = world->made(boss(), "row", bare);
  EXPECT_EQ(code(world->create(boss(), "row", bare)), "record.unique");
  EXPECT_EQ(code(world->create(boss(), "row", {{"label", "x"}, {"paper", paper.id}, {"unit", unit}})), "ok");
  EXPECT_EQ(code(world->create(boss(), "row", {{"label", "x"}, {"paper", paper.id}, {"position", 1}})), "ok");
  EXPECT_EQ(code(world->create(boss(), "org-unit", {{"name", "u"}})), "record.unique");
  // An archived one holds no claim, and cannot come back onto a place that was taken.
  ASSERT_TRUE(world->archive(boss(), row).ok());
  EXPECT_EQ(code(world->create(boss(), "row", bare)), "ok");
  EXPECT_EQ(code(world->archive(boss(), row, false)), "record.unique");
}

TEST_P(Changes, BatchIsAllOrNothing) {
  auto session = boss();
  world->made(session, "org-unit", {{"name", "taken"}});
  const auto before = world->count("SELECT count(*) FROM history");
  auto batch = session.batch();
  ASSERT_TRUE(batch.create("org-unit", {{"name", "fresh"}}).ok());
  ASSERT_TRUE(batch.create("org-unit", {{"name", "taken"}}).ok());
  EXPECT_EQ(code(batch.commit()), "record.unique");
  EXPECT_EQ(world->count("SELECT count(*) FROM history"), before);
  EXPECT_EQ(world->count("SELECT count(*) FROM k_org_unit"), 1);
}

TEST_P(Changes, LaterStepsOfABatchSeeTheEarlierOnes) {
  auto session = boss();
  auto batch = session.batch();
  const auto paper = batch.create("paper", world->whole("a"));
  ASSERT_TRUE(paper.ok());
  ASSERT_TRUE(batch.create("row", {{"label", "x"}, {"paper", paper->id}}).ok());
  const auto moved = batch.transition("paper", paper->id, 1, "submit", {});
  ASSERT_TRUE(moved.ok()) << code(moved);
  EXPECT_EQ(moved->revision, 2);
  ASSERT_TRUE(batch.commit().ok());
  EXPECT_EQ(world->product().get("paper", paper->id)->state, "submitted");
}

TEST_P(Changes, EveryChangeHasOneRevisionOneEntryAndItsDigest) {
  auto paper = submitted("a");
  ASSERT_TRUE(world->update(writer(), paper, {{"weight", 7}, {"score", 0.1}}).ok());
  ASSERT_TRUE(world->archive(writer(), paper).ok());
  ASSERT_TRUE(world->archive(writer(), paper, false).ok());
  const auto history = world->product().history("paper", paper.id);
  ASSERT_EQ(history->size(), 5U);
  std::vector<std::string> actions;
  for (const auto& revision : *history) actions.push_back(revision.action);
  EXPECT_EQ(actions, (std::vector<std::string>{"restore", "archive", "update", "transition:submit", "create"}));
  int checked = 0;
  ASSERT_TRUE(world->engine->database()
                  .read([&](store::Connection& connection) {
                    return connection.each(
                        "SELECT salt, digest, body FROM history WHERE id = $1", {std::string_view(paper.id)},
                        [&](const store::Row& row) {
                          std::string salt;
                          const auto text = row.text(0);
                          for (std::size_t i = 0; i + 1 < text.size(); i += 2)
                            salt += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
                          EXPECT_EQ(salt.size(), 16U);
                          EXPECT_EQ(hex(sha256(salt, row.text(2))), row.text(1));
                          ++checked;
                          return true;
                        });
                  })
                  .ok());
  EXPECT_EQ(checked, 5);
  EXPECT_EQ(world->count("SELECT count(*) FROM ledger_pending"), world->count("SELECT count(*) FROM history"));
}

TEST_P(Changes, NumbersNeverRepeatUnderLoad) {
  constexpr int threads = 8;
  constexpr int each = 20;
  auto session = boss();
  std::vector<std::thread> workers;
  std::atomic<int> failed{0};
  for (int t = 0; t < threads; ++t) {
    workers.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        auto mine = session;
        auto batch = mine.batch();
        const bool good =
            batch.create("paper", {{"name", std::to_string(t) + "." + std::to_string(i)}}).ok() && batch.commit().ok();
        if (!good) ++failed;
      }
    });
  }
  for (auto& worker : workers) worker.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(world->count("SELECT count(DISTINCT number) FROM k_paper"), threads * each);
}

TEST_P(Changes, NumbersGoOnAfterARestart) {
  const auto first = world->made(boss(), "paper", {{"name", "a"}});
  Engine again(world->engine->database(), world->registry(), world->engine->roles(), {}, world->clock, "org");
  ASSERT_TRUE(again.prepare().ok());  // and the tables are left as they are
  auto session = again.product("test");
  auto batch = session.batch();
  const auto second = batch.create("paper", {{"name", "b"}});
  ASSERT_TRUE(second.ok());
  EXPECT_GT(second->number, first.number);
}

// Whatever happens in whatever order: counters equal counts, and the past at this moment equals the present.
TEST_P(Changes, CountersAndThePastAgreeWithTheRecords) {
  const auto outcome = rc::check([&] {
    auto session = boss();
    std::vector<std::string> ids;
    const auto steps = *rc::gen::inRange(3, 15);
    for (int i = 0; i < steps; ++i) {
      world->clock.advance(std::chrono::seconds(1));
      const auto what = ids.empty() ? 0 : *rc::gen::inRange(0, 6);
      if (what == 0) {
        auto fields = world->whole("n");
        if (*rc::gen::arbitrary<bool>()) fields["colour"] = *rc::gen::element("red", "blue");
        ids.push_back(world->made(session, "paper", fields).id);
        continue;
      }
      const auto id = *rc::gen::elementOf(ids);
      auto batch = session.batch();
      // Refusals (a step that does not start here, an archived record) are part of the game.
      bool good = false;
      switch (what) {
        case 1:
          good = batch.update("paper", id, {}, {{"colour", *rc::gen::element("red", "blue")}}).ok();
          break;
        case 2:
          good =
              batch.update("paper", id, {}, {{"colour", nullptr}, {"secret_part", *rc::gen::arbitrary<bool>()}}).ok();
          break;
        case 3:
          good = batch.archive("paper", id, {}, *rc::gen::arbitrary<bool>()).ok();
          break;
        default:
          good = batch.transition("paper", id, {}, *rc::gen::element("submit", "return", "close"), "c").ok();
      }
      if (good) RC_ASSERT(batch.commit().ok());
    }
    std::map<std::string, std::int64_t> states;
    Query query;
    query.kind = "paper";
    query.limit = 500;
    query.sort = {"id"};
    for (auto page = session.list(query);; page = session.list(query)) {
      RC_ASSERT(page.ok());
      for (const auto& item : page->items) ++states["[\"" + item.state + "\"]"];
      if (page->next.empty()) break;
      query.cursor = page->next;
    }
    RC_ASSERT(*session.tally("paper", 0) == states);
    std::int64_t all = 0;
    const auto colours = session.tally("paper", 1);
    for (const auto& [key, n] : *colours) {
      RC_ASSERT(n > 0);
      all += n;
    }
    RC_ASSERT(all == world->count(GetParam() == store::Backend::sqlite
                                      ? "SELECT count(*) FROM k_paper WHERE archived = 0"
                                      : "SELECT count(*) FROM k_paper WHERE NOT archived"));
    for (const auto& id : ids) {
      const auto now = session.get("paper", id);
      const auto past = session.get("paper", id, world->clock.now());
      RC_ASSERT(past.ok());
      RC_ASSERT(past->api() == now->api());
    }
  });
  EXPECT_TRUE(outcome);
}

INSTANTIATE_TEST_SUITE_P(Both, Changes, ::testing::Values(store::Backend::sqlite, store::Backend::postgres),
                         testing::backend_name);

}  // namespace
}  // namespace genmei::record
