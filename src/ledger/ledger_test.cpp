// The log on both backends: sequencing, restart, what each kind of tampering is called, live and exported.
#include "ledger/ledger.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "ledger/note.hpp"
#include "ledger/schema.hpp"
#include "ledger/testing/log.hpp"

namespace genmei::ledger {
namespace {

using store::Backend;
using testing::TestLog;

class LedgerTest : public ::testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    if (!store::testing::TestDatabase::available(GetParam())) GTEST_SKIP() << "GENMEI_TEST_PG is not set";
    log_ = TestLog::make(GetParam());
    ASSERT_TRUE(log_ != nullptr);
  }
  static void ok(const Result<void>& result) {
    ASSERT_TRUE(result.ok()) << result.problems().list.front().code << ": " << result.problems().list.front().detail;
  }
  void sequence() { ok(log_->sequencer().run_once()); }
  // 300 entries in three checkpoints: one whole tile and 44 entries.
  void fill() {
    ok(log_->change(100));
    sequence();
    ok(log_->change(150));
    sequence();
    ok(log_->change(50));
    sequence();
    ASSERT_EQ(log_->verified(), "ok");
  }
  const Finding& only_finding() {
    auto result = log_->verification();
    EXPECT_TRUE(result.ok());
    EXPECT_EQ(result->findings.size(), 1u) << TestLog::codes(result);
    found_ = result->findings.empty() ? Finding{} : result->findings.front();
    return found_;
  }
  [[nodiscard]] std::string export_here(const std::string& name) {
    const std::string folder = log_->test().folder() + "/" + name;
    ok(export_folder(log_->database(), TestLog::org, folder));
    return folder;
  }

  std::unique_ptr<TestLog> log_;
  Finding found_;
};

INSTANTIATE_TEST_SUITE_P(Both, LedgerTest, ::testing::Values(Backend::sqlite, Backend::postgres),
                         [](const auto& one) { return one.param == Backend::sqlite ? "sqlite" : "postgres"; });

TEST_P(LedgerTest, AnEmptyLogVerifies) {
  const auto result = log_->verification();
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(result->ok());
  EXPECT_EQ(result->entries, 0);
  EXPECT_FALSE(export_folder(log_->database(), TestLog::org, log_->test().folder() + "/none").ok());
}

TEST_P(LedgerTest, EntriesAreSequencedSignedAndCounted) {
  ok(log_->change(10));
  auto before = log_->verification();
  ASSERT_TRUE(before.ok());
  EXPECT_TRUE(before->ok());
  EXPECT_EQ(before->pending, 10);
  EXPECT_EQ(before->entries, 0);
  sequence();
  ok(log_->event("logon"));
  sequence();
  const auto after = log_->verification();
  ASSERT_TRUE(after.ok());
  EXPECT_TRUE(after->ok()) << TestLog::codes(after);
  EXPECT_EQ(after->entries, 11);
  EXPECT_EQ(after->revisions, 10);
  EXPECT_EQ(after->pending, 0);
  const Checkpoint latest = log_->sequencer().latest();
  EXPECT_EQ(latest.size, 11);
  const auto opened = open_checkpoint(latest.note, "genmei/acme", log_->key().public_key);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->size, 11);
  EXPECT_EQ(opened->root, latest.root);
}

TEST_P(LedgerTest, ARestartedSequencerGoesOnAndAnotherKeyIsRefused) {
  fill();
  {
    Sequencer second(log_->database(), log_->key(), TestLog::org, log_->clock());
    ok(log_->change(300));
    ok(second.run_once());
    EXPECT_EQ(second.latest().size, 600);
  }
  ok(log_->change(5));
  sequence();  // the first one notices that the log has grown without it
  EXPECT_EQ(log_->sequencer().latest().size, 605);
  EXPECT_EQ(log_->verified(), "ok");
  std::filesystem::create_directory(log_->test().folder() + "/other");
  const auto other = signing_key(log_->test().folder() + "/other", TestLog::org);
  ASSERT_TRUE(other.ok());
  Sequencer stranger(log_->database(), *other, TestLog::org, log_->clock());
  ok(log_->change(1));
  EXPECT_FALSE(stranger.run_once().ok());
  EXPECT_NE(TestLog::codes(verify(log_->database(), TestLog::org, other->public_key, false)), "ok");
}

TEST_P(LedgerTest, ASequencerDoesNotSignADamagedTree) {
  fill();
  ok(
      log_->run("UPDATE ledger_tile SET hashes = (SELECT hashes FROM ledger_tile WHERE level = 0 AND number = 0) "
                "WHERE level = 0 AND number = 1"));
  ok(log_->change(1));
  Sequencer restarted(log_->database(), log_->key(), TestLog::org, log_->clock());
  const auto outcome = restarted.run_once();
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.problems().list.front().code, "ledger.tile");
}

TEST_P(LedgerTest, TwoSequencersAndManyWritersMakeOneLog) {
  Sequencer second(log_->database(), log_->key(), TestLog::org, log_->clock());
  std::atomic<int> failed = 0;
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (auto* sequencer : {&log_->sequencer(), &second}) {
    threads.emplace_back([&, sequencer] {
      while (!stop) failed += sequencer->run_once().ok() ? 0 : 1;
    });
  }
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 8; ++writer) {
    writers.emplace_back([&] {
      for (int round = 0; round < 25; ++round) failed += log_->event("logon").ok() ? 0 : 1;
    });
  }
  for (auto& thread : writers) thread.join();
  stop = true;
  for (auto& thread : threads) thread.join();
  sequence();
  EXPECT_EQ(failed, 0);
  const auto result = log_->verification();
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(result->ok()) << TestLog::codes(result);
  EXPECT_EQ(result->entries, 200);
}

TEST_P(LedgerTest, TheThreadSignsWithinASecondAndStopsCleanly) {
  log_->sequencer().start();
  ok(log_->change(3));
  log_->sequencer().wake();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (log_->sequencer().latest().size < 3 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(log_->sequencer().latest().size, 3);
  log_->sequencer().stop();
  EXPECT_EQ(log_->verified(), "ok");
}

TEST_P(LedgerTest, CheckpointsOfFinishedTilesAreThinned) {
  for (int round = 0; round < 60; ++round) {
    ok(log_->change(10));
    sequence();
  }
  // 250 and 510 are the last within their tiles; the third tile is still growing (520 … 600).
  EXPECT_EQ(*log_->number("SELECT count(*) FROM ledger_checkpoint"), 2 + 9);
  EXPECT_EQ(*log_->number("SELECT min(size) FROM ledger_checkpoint"), 250);
  EXPECT_EQ(log_->verified(), "ok");
}

TEST_P(LedgerTest, ProofsFromTheStoredTilesHold) {
  fill();
  ok(log_->database().read([&](store::Connection& connection) -> Result<void> {
    const Tiles tiles = stored_tiles(connection, TestLog::org);
    GENMEI_LET(newest, newest_checkpoint(connection, TestLog::org));
    GENMEI_LET(head, open_checkpoint(newest->note, "genmei/acme", log_->key().public_key));
    GENMEI_LET(body, connection.text("SELECT body FROM ledger_entry WHERE idx = 277"));
    GENMEI_LET(proof, inclusion_proof(tiles, 277, 300));
    EXPECT_TRUE(verify_inclusion(leaf_hash(body), 277, 300, proof, head.root));
    GENMEI_LET(path, consistency_proof(tiles, 250, 300));
    GENMEI_LET(old, connection.text("SELECT note FROM ledger_checkpoint WHERE size = 250"));
    GENMEI_LET(old_head, open_checkpoint(old, "genmei/acme", log_->key().public_key));
    EXPECT_TRUE(verify_consistency(250, 300, old_head.root, head.root, path));
    return {};
  }));
}

TEST_P(LedgerTest, AnEntryThatIsTooLongIsRefused) {
  const auto outcome = log_->event(std::string(70000, 'x'));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.problems().list.front().code, "ledger.too-large");
}

TEST_P(LedgerTest, AChangedEntryIsNamed) {
  fill();
  ok(log_->run("UPDATE ledger_entry SET body = replace(body, 'tanaka', 'suzuki') WHERE idx = 17"));
  auto result = log_->verification(false);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->findings.size(), 1u);
  EXPECT_EQ(result->findings[0].code, "ledger.changed");
  EXPECT_EQ(result->findings[0].index, 17);
  EXPECT_EQ(result->findings[0].kind, "asset");
  EXPECT_EQ(result->findings[0].record, "record-5");
  EXPECT_EQ(result->findings[0].revision, 3);
  EXPECT_EQ(log_->verified(), "changed history");  // the row says another actor than the entry
}

TEST_P(LedgerTest, ADroppedEntryIsNamedAlsoWhenTheOthersAreRenumbered) {
  fill();
  ok(log_->run("DELETE FROM ledger_entry WHERE idx = 42"));
  auto result = log_->verification(false);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->findings.size(), 1u);
  EXPECT_EQ(result->findings[0].code, "ledger.dropped");
  EXPECT_EQ(result->findings[0].index, 42);
  ok(
      log_->run("UPDATE ledger_entry SET idx = idx + 1000 WHERE idx > 42;"
                "UPDATE ledger_entry SET idx = idx - 1001 WHERE idx > 1000"));
  result = log_->verification(false);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->findings.size(), 1u);
  EXPECT_EQ(result->findings[0].code, "ledger.dropped");
  EXPECT_EQ(result->findings[0].index, 42);
  EXPECT_EQ(log_->verified(), "dropped history-extra");
}

TEST_P(LedgerTest, TheLastEntryDroppedIsNamed) {
  fill();
  ok(log_->run("DELETE FROM ledger_entry WHERE idx = 299"));
  auto result = log_->verification(false);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->findings.size(), 1u);
  EXPECT_EQ(result->findings[0].code, "ledger.dropped");
  EXPECT_EQ(result->findings[0].index, 299);
}

TEST_P(LedgerTest, AnInsertedEntryIsNamedInTheMiddleAndAtTheEnd) {
  fill();
  ok(
      log_->run("INSERT INTO ledger_entry(org, idx, id, body) SELECT org, 300, 'x', replace(body, 'tanaka', 'suzuki') "
                "FROM ledger_entry WHERE idx = 3"));
  EXPECT_EQ(only_finding().code, "ledger.inserted");
  EXPECT_EQ(only_finding().index, 300);
  ok(
      log_->run("DELETE FROM ledger_entry WHERE idx = 300;"
                "UPDATE ledger_entry SET idx = idx + 1000 WHERE idx >= 42;"
                "UPDATE ledger_entry SET idx = idx - 999 WHERE idx >= 1000;"
                "INSERT INTO ledger_entry(org, idx, id, body) SELECT org, 42, 'x', replace(body, 'tanaka', 'suzuki') "
                "FROM ledger_entry WHERE idx = 3"));
  auto result = log_->verification(false);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(TestLog::codes(result), "inserted");
  ASSERT_EQ(result->findings.size(), 1u);
  EXPECT_EQ(result->findings[0].index, 42);
}

TEST_P(LedgerTest, ReorderedEntriesAreNamed) {
  fill();
  ok(
      log_->run("UPDATE ledger_entry SET idx = 9999 WHERE idx = 10; UPDATE ledger_entry SET idx = 10 WHERE idx = 12;"
                "UPDATE ledger_entry SET idx = 12 WHERE idx = 9999"));
  auto result = log_->verification(false);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(TestLog::codes(result), "reordered");
  for (const auto& finding : result->findings) EXPECT_TRUE(finding.index == 10 || finding.index == 12);
}

TEST_P(LedgerTest, AnEntryMovedBehindAGapIsNamed) {
  fill();
  ok(log_->run("UPDATE ledger_entry SET idx = 310 WHERE idx = 299"));
  EXPECT_EQ(log_->verified(false), "reordered");
}

TEST_P(LedgerTest, ADamagedTreeIsToldFromDamagedEntries) {
  fill();
  ok(
      log_->run("UPDATE ledger_tile SET hashes = (SELECT hashes FROM ledger_tile WHERE level = 0 AND number = 1) "
                "WHERE level = 0 AND number = 0"));
  const auto& finding = only_finding();
  EXPECT_EQ(finding.code, "ledger.tile");
  EXPECT_EQ(finding.index, 0);
  EXPECT_EQ(finding.last, 255);
}

TEST_P(LedgerTest, AnEntryChangedTogetherWithTheTreeIsFoundBetweenCheckpoints) {
  fill();
  ok(log_->database().write([](store::Connection& connection) -> Result<void> {
    GENMEI_LET(body, connection.text("SELECT body FROM ledger_entry WHERE idx = 270"));
    body.replace(body.find("tanaka"), 6, "suzuki");
    GENMEI_TRY(connection.send("UPDATE ledger_entry SET body = $1 WHERE idx = 270", {body}));
    std::string hashes;
    GENMEI_TRY(connection.each("SELECT hashes FROM ledger_tile WHERE level = 0 AND number = 1", {},
                               [&](const store::Row& row) {
                                 hashes = row.bytes(0);
                                 return false;
                               }));
    hashes.replace((270 - 256) * 32, 32, bytes_of(leaf_hash(body)));
    return connection.send("UPDATE ledger_tile SET hashes = $1 WHERE level = 0 AND number = 1", {store::Bytes{hashes}});
  }));
  const auto result = log_->verification(false);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->findings.size(), 1u);
  EXPECT_EQ(result->findings[0].code, "ledger.root");
  EXPECT_EQ(result->findings[0].index, 250);
  EXPECT_EQ(result->findings[0].last, 299);
}

TEST_P(LedgerTest, CheckpointsThatAreNotSignedOrMissingAreNamed) {
  fill();
  ok(log_->run("UPDATE ledger_checkpoint SET note = replace(note, '250', '251') WHERE size = 250"));
  EXPECT_EQ(only_finding().code, "ledger.signature");
  EXPECT_EQ(only_finding().index, 249);
  ok(log_->run("DELETE FROM ledger_checkpoint WHERE size = 250"));
  EXPECT_EQ(log_->verified(), "ok");  // covered by the newest
  ok(log_->run("UPDATE ledger_checkpoint SET size = 301 WHERE size = 300"));
  EXPECT_NE(log_->verified(), "ok");
  ok(log_->run("DELETE FROM ledger_checkpoint"));
  EXPECT_EQ(log_->verified(), "checkpoint");
}

TEST_P(LedgerTest, TheNewestCheckpointTakenAwayIsNamed) {
  ok(log_->change(10));
  sequence();
  ok(log_->change(10));
  sequence();
  ok(log_->run("DELETE FROM ledger_checkpoint WHERE size = 20"));
  const auto& finding = only_finding();
  EXPECT_EQ(finding.code, "ledger.checkpoint");
  EXPECT_EQ(finding.index, 10);
  EXPECT_EQ(finding.last, 19);
}

TEST_P(LedgerTest, HistoryRowsThatDoNotFitAreNamed) {
  fill();
  const std::string third = " WHERE id = 'record-3' AND revision = 2";
  const std::vector<std::string> tamper = {
      "UPDATE history SET body = replace(body, 'xx', 'yy')" + third,
      "UPDATE history SET actor = 'suzuki'" + third,
      "UPDATE history SET at = '2020-01-01T00:00:00.000Z'" + third,
      "UPDATE history SET action = 'archive'" + third,
      "UPDATE history SET salt = '00112233445566778899aabbccddeeff'" + third,
      "UPDATE history SET digest = replace(replace(digest, '1', '2'), 'a', 'b')" + third,
  };
  for (const auto& sql : tamper) {
    ok(log_->run("CREATE TABLE kept AS SELECT * FROM history" + third));
    ok(log_->run(sql));
    auto result = log_->verification();
    EXPECT_EQ(TestLog::codes(result), "history") << sql;
    for (const auto& finding : result->findings) {
      EXPECT_EQ(finding.record, "record-3") << sql;
      EXPECT_EQ(finding.revision, 2);
    }
    ok(log_->run("DELETE FROM history" + third + ";INSERT INTO history SELECT * FROM kept; DROP TABLE kept"));
  }
  EXPECT_EQ(log_->verified(), "ok");
  ok(log_->run("UPDATE history SET revision = 9" + third));
  EXPECT_EQ(only_finding().code, "ledger.history");
  EXPECT_EQ(only_finding().revision, 9);
}

TEST_P(LedgerTest, HistoryRowsWithoutEntryAndEntriesWithoutRowAreNamed) {
  fill();
  ok(log_->run(
      "INSERT INTO history(org, kind, id, revision, at, actor, action, salt, digest, entry, body) SELECT org, "
      "kind, 'forged', 1, at, actor, action, salt, digest, 'no-entry', body FROM history WHERE id = 'record-1' "
      "AND revision = 1"));
  EXPECT_EQ(only_finding().code, "ledger.history-extra");
  EXPECT_EQ(only_finding().record, "forged");
  ok(log_->run("DELETE FROM history WHERE id = 'forged'; DELETE FROM history WHERE id = 'record-2' AND revision = 3"));
  EXPECT_EQ(only_finding().code, "ledger.history-missing");
  EXPECT_EQ(only_finding().record, "record-2");
  EXPECT_EQ(only_finding().revision, 3);
  EXPECT_EQ(only_finding().index, 8);
}

TEST_P(LedgerTest, AMissingRowOfAPendingEntryIsNamedToo) {
  fill();
  ok(log_->change(3));
  ok(log_->run("DELETE FROM history WHERE id = 'record-100' AND revision = 2"));
  EXPECT_EQ(only_finding().code, "ledger.history-missing");
  EXPECT_EQ(only_finding().record, "record-100");
}

TEST_P(LedgerTest, ErasureNeedsItsEntry) {
  fill();
  ok(log_->run("UPDATE history SET body = NULL WHERE id = 'record-7'"));
  EXPECT_EQ(log_->verified(), "history-erased");
  ok(log_->event("erase", "asset", "record-7"));
  sequence();
  const auto result = log_->verification();
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(result->ok());
  EXPECT_EQ(result->erased, 3);
  ok(log_->run("DELETE FROM history WHERE id = 'record-7'"));
  EXPECT_EQ(log_->verified(), "ok");
  ok(log_->run("DELETE FROM history WHERE id = 'record-8'"));
  EXPECT_EQ(log_->verified(), "history-missing");
}

TEST_P(LedgerTest, VerifiesWhileWritersAndTheSequencerWork) {
  fill();
  log_->sequencer().start();
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    while (!stop) {
      EXPECT_TRUE(log_->change(3).ok());
      log_->sequencer().wake();
    }
  });
  for (int round = 0; round < 20; ++round) EXPECT_EQ(log_->verified(), "ok");
  stop = true;
  writer.join();
  log_->sequencer().stop();
}

TEST_P(LedgerTest, AnExportedFolderVerifiesByItself) {
  fill();
  ok(log_->change(2));  // pending: not part of the export
  const std::string folder = export_here("out");
  for (const char* name : {"checkpoint", "key.pub", "history.jsonl", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1",
                           "tile/entries/000", "tile/entries/001.p/44"}) {
    EXPECT_TRUE(std::filesystem::is_regular_file(folder + "/" + name)) << name;
  }
  EXPECT_EQ(std::filesystem::file_size(folder + "/tile/0/000"), 8192u);
  log_->test().close();
  const auto result = verify_folder(folder, log_->key().public_key);
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(result->ok()) << TestLog::codes(result);
  EXPECT_EQ(result->entries, 300);
  EXPECT_EQ(result->revisions, 300);
  EXPECT_NE(TestLog::codes(verify_folder(folder, std::string(32, 'k'))), "ok");
  log_->test().reopen();
  const auto again = export_folder(log_->database(), TestLog::org, folder);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.problems().list.front().code, "ledger.export-folder");
}

TEST_P(LedgerTest, TamperingWithAnExportedFolderIsNamed) {
  fill();
  const auto rewrite = [](const std::string& path, const std::function<void(std::string&)>& edit) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    in.close();
    edit(text);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  };
  const auto first_length = [](const std::string& text) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[0])) * 256 + static_cast<unsigned char>(text[1]) +
           2;
  };
  std::string folder = export_here("changed");
  rewrite(folder + "/tile/entries/000", [](std::string& text) { text.replace(text.find("tanaka"), 6, "suzuki"); });
  auto result = verify_folder(folder);
  EXPECT_EQ(TestLog::codes(result), "changed history");
  EXPECT_EQ(result->findings.front().index, 0);
  folder = export_here("dropped");
  rewrite(folder + "/tile/entries/000", [&](std::string& text) { text.erase(0, first_length(text)); });
  EXPECT_EQ(TestLog::codes(verify_folder(folder)), "dropped history-extra");
  folder = export_here("bundle");
  std::filesystem::remove(folder + "/tile/entries/000");
  result = verify_folder(folder);
  EXPECT_EQ(TestLog::codes(result), "dropped history-extra");
  folder = export_here("inserted");
  rewrite(folder + "/tile/entries/001.p/44", [&](std::string& text) {
    std::string forged = text.substr(0, first_length(text));
    forged.replace(forged.find("tanaka"), 6, "suzuki");
    text += forged;
  });
  EXPECT_EQ(TestLog::codes(verify_folder(folder)), "inserted");
  folder = export_here("reordered");
  rewrite(folder + "/tile/entries/001.p/44", [&](std::string& text) {
    const std::string moved = text.substr(0, first_length(text));
    text = text.substr(moved.size()) + moved;
  });
  EXPECT_EQ(TestLog::codes(verify_folder(folder)), "reordered");
  folder = export_here("tile");
  rewrite(folder + "/tile/0/000", [](std::string& text) { text[100] = static_cast<char>(text[100] ^ 1); });
  EXPECT_EQ(TestLog::codes(verify_folder(folder)), "tile");
  folder = export_here("signature");
  rewrite(folder + "/checkpoint", [](std::string& text) { text.replace(text.find("300"), 3, "299"); });
  EXPECT_NE(TestLog::codes(verify_folder(folder)).find("signature"), std::string::npos);
  folder = export_here("history");
  rewrite(folder + "/history.jsonl", [](std::string& text) { text.replace(text.find("xxx"), 3, "yyy"); });
  EXPECT_EQ(TestLog::codes(verify_folder(folder)), "history");
  folder = export_here("missing");
  rewrite(folder + "/history.jsonl", [](std::string& text) { text.erase(0, text.find('\n') + 1); });
  EXPECT_EQ(TestLog::codes(verify_folder(folder)), "history-missing");
  folder = export_here("broken");
  rewrite(folder + "/history.jsonl", [](std::string& text) { text.insert(0, "{\n"); });
  EXPECT_EQ(TestLog::codes(verify_folder(folder)), "error ledger.folder");
  EXPECT_EQ(TestLog::codes(verify_folder("/nowhere")), "error ledger.folder");
}

}  // namespace
}  // namespace genmei::ledger
