#include "ledger/note.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "ledger/entry.hpp"

namespace genmei::ledger {
namespace {

const char* const example_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string example_text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const std::string example_note =
    example_text +
    "\n\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

class NoteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "genmei-note-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

TEST(Note, OpensAKnownNoteOfAnotherImplementation) {
  const auto key = parse_verifier_key(example_key);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->name, "PeterNeumann");
  EXPECT_EQ(verifier_key(key->name, key->public_key), example_key);
  const auto text = open_note(example_note, key->name, key->public_key);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, example_text);
}

TEST(Note, RefusesAnythingElse) {
  const auto key = *parse_verifier_key(example_key);
  const auto opens = [&](std::string note) { return open_note(note, key.name, key.public_key).ok(); };
  std::string changed = example_note;
  changed[3] = 'Y';
  EXPECT_FALSE(opens(changed));
  EXPECT_FALSE(opens(example_text));
  EXPECT_FALSE(opens(example_text + "\n"));
  EXPECT_FALSE(opens(example_note.substr(0, example_note.size() - 1)));
  EXPECT_FALSE(opens(""));
  EXPECT_FALSE(open_note(example_note, "SomebodyElse", key.public_key).ok());
  EXPECT_FALSE(parse_verifier_key("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").ok());
  EXPECT_FALSE(parse_verifier_key("PeterNeumann").ok());
}

TEST_F(NoteTest, SignsCheckpointsThatOpenWithTheKeyOnly) {
  const auto key = signing_key(folder_, "acme");
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->name, "genmei/acme");
  const Digest root = sha256("root");
  const std::string note = sign_note(checkpoint_text(key->name, 42, root), *key);
  const auto opened = open_checkpoint(note, key->name, key->public_key);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->size, 42);
  EXPECT_EQ(opened->root, root);
  // A signature of a witness may stand beside ours.
  EXPECT_TRUE(open_checkpoint(note + "\xe2\x80\x94 witness.example AAAAAAAA\n", key->name, key->public_key).ok());
  const auto other = signing_key(folder_, "other");
  ASSERT_TRUE(other.ok());
  EXPECT_FALSE(open_checkpoint(note, key->name, other->public_key).ok());
}

TEST_F(NoteTest, CheckpointsAreReadStrictly) {
  const std::string root = base64(bytes_of(sha256("root")));
  const auto reads = [&](const std::string& text) { return parse_checkpoint(text, "o").ok(); };
  EXPECT_TRUE(reads("o\n7\n" + root + "\n"));
  EXPECT_FALSE(reads("o\n07\n" + root + "\n"));
  EXPECT_FALSE(reads("o\n-7\n" + root + "\n"));
  EXPECT_FALSE(reads("o\n7x\n" + root + "\n"));
  EXPECT_FALSE(reads("p\n7\n" + root + "\n"));
  EXPECT_FALSE(reads("o\n7\nAAAA\n"));
  EXPECT_FALSE(reads("o\n7\n" + root));
}

TEST_F(NoteTest, TheSigningKeyIsMadeOnceAndIsPrivate) {
  const auto first = signing_key(folder_, "acme");
  const auto second = signing_key(folder_, "acme");
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(first->secret_key, second->secret_key);
  EXPECT_EQ(first->public_key.size(), 32u);
  struct stat status {};
  ASSERT_EQ(stat((folder_ + "/ledger-acme.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  std::ofstream(folder_ + "/ledger-acme.key") << "genmei/acme\nAAAA\n";
  EXPECT_FALSE(signing_key(folder_, "acme").ok());
  EXPECT_FALSE(signing_key(folder_, "../acme").ok());
  EXPECT_FALSE(signing_key("/nowhere", "acme").ok());
}

TEST(Entry, TheCanonicalFormIsSortedAndReadsBack) {
  Entry entry;
  entry.id = "01";
  entry.org = "acme";
  entry.at = *parse_instant("2026-11-21T07:40:00.123Z");
  entry.actor = "tanaka \"T\" \\ 田中";
  entry.place = "192.0.2.1";
  entry.action = "update";
  entry.kind = "asset";
  entry.record = "r1";
  entry.revision = 3;
  entry.digest = "ab";
  const std::string text = entry.canonical();
  EXPECT_EQ(text,
            "{\"action\":\"update\",\"actor\":\"tanaka \\\"T\\\" \\\\ 田中\",\"at\":\"2026-11-21T07:40:00.123Z\","
            "\"digest\":\"ab\",\"id\":\"01\",\"kind\":\"asset\",\"org\":\"acme\",\"place\":\"192.0.2.1\","
            "\"record\":\"r1\",\"revision\":3}");
  const auto parsed = parse_entry(text);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->actor, entry.actor);
  EXPECT_EQ(parsed->canonical(), text);
  EntryReader reader;
  ASSERT_TRUE(reader.read(text));
  EXPECT_EQ(reader.view.actor, entry.actor);
  EXPECT_EQ(reader.view.at, "2026-11-21T07:40:00.123Z");
  EXPECT_EQ(reader.view.revision, 3);
  EXPECT_FALSE(reader.read(text + " "));
  EXPECT_FALSE(reader.read(""));
  EXPECT_FALSE(parse_entry("{\"id\":1}").ok());
}

}  // namespace
}  // namespace genmei::ledger
