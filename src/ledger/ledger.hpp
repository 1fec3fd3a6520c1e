// The append-only history of everything: one entry per change, written in the change's own transaction, hashed as RFC
// 6962 leaves into one Merkle log per organisation; a sequencer gives committed entries their index and signs a
// checkpoint (C2SP signed note, Ed25519) within a second. Contents stay in the history table; an entry carries only the
// salted digest of the canonical JSON of the revision, so personal data can be erased without breaking the tree.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/time.hpp"
#include "store/database.hpp"

namespace genmei::ledger {

// What one entry says. Serialised as canonical JSON (RFC 8785), < 64 KiB; its SHA-256 with the 0x00 prefix is the leaf.
struct Entry {
  std::string id;  // UUIDv7 of the entry
  std::string org;
  Instant at{};
  std::string actor;   // account, person or machine id; "system" for the product itself
  std::string place;   // remote address or "cli"
  std::string action;  // create, update, archive, transition:approve, logon, …
  std::string kind;    // may be empty for entries that are not about a record
  std::string record;
  std::int64_t revision = 0;
  std::string digest;  // hex of sha256(salt || canonical JSON of the revision); empty when there is none
  [[nodiscard]] std::string canonical() const;
};

struct Checkpoint {
  std::int64_t size = 0;
  Digest root{};
  Instant at{};
  std::string note;  // the signed note as text
};

struct Finding {
  std::int64_t index = -1;  // of the entry, -1 when it has none
  std::int64_t last = -1;   // when only a range is known: its last entry (`index` is its first)
  std::string code;         // one of finding_codes
  std::string kind, record;
  std::int64_t revision = 0;
};

// What a verification can find (texts in data/messages/ledger.yaml):
// entries   ledger.changed, ledger.dropped, ledger.inserted, ledger.reordered; ledger.root (some entry of a range
// differs
//           from what was signed, the stored tree was changed with it); ledger.tile (the stored tree is damaged, the
//           entries are right)
// signed    ledger.signature (a checkpoint is not signed by the key), ledger.checkpoint (missing or not a checkpoint)
// history   ledger.history (the row does not fit its entry), ledger.history-missing (entry without row),
//           ledger.history-extra (row without entry), ledger.history-erased (body gone without an entry "erase")

struct Verification {
  std::int64_t entries = 0;
  std::int64_t revisions = 0;
  std::int64_t erased = 0;   // history rows lawfully without body, or lawfully gone
  std::int64_t pending = 0;  // entries that wait for the sequencer: not in the tree yet
  std::vector<Finding> findings;
  double seconds = 0;
  [[nodiscard]] bool ok() const { return findings.empty(); }
};

// The action of the entry that allows a history row to lose its body (retention, erasure of personal data).
inline constexpr std::string_view erase_action = "erase";
// Entries are carried with a 16-bit length by tlog-tiles.
inline constexpr std::size_t longest_entry = 65535;
// The entry that `text` is the canonical form of. Errors: ledger.entry.
Result<Entry> parse_entry(std::string_view text);

// Creates the tables of the ledger (idempotent).
Result<void> create_tables(store::Connection& connection);
// Appends within the caller's transaction; pipelined. Errors: ledger.too-large.
Result<void> append(store::Connection& connection, const Entry& entry);

struct KeyPair {
  std::string name;        // "genmei/<org id>"
  std::string public_key;  // 32 bytes
  std::string secret_key;  // 64 bytes, libsodium form
};
// Reads or makes the signing key in the data folder (mode 0600).
Result<KeyPair> signing_key(const std::string& folder, const std::string& org);

// Gives committed entries their index, updates the tree, signs checkpoints. Runs in its own thread; safe with several
// nodes (PostgreSQL advisory lock). `wake` is called after writes.
class Sequencer {
 public:
  Sequencer(store::Database& database, KeyPair key, std::string org, const Clock& clock);
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;
  void start();
  void stop();
  void wake();
  Result<void> run_once();  // for tests and for the command line
  [[nodiscard]] Checkpoint latest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Verifies a live database: every entry against the tree and the signed checkpoints, and (with_history) every history
// row against the digest in its entry and the other way round.
Result<Verification> verify(store::Database& database, const std::string& org, const std::string& public_key,
                            bool with_history);
// Writes a folder that needs nothing of ours to be verified: checkpoint, entries, tiles, history rows, public key.
Result<void> export_folder(store::Database& database, const std::string& org, const std::string& folder);
// `public_key` (32 bytes) is the key the reader trusts; empty: the one that lies in the folder.
Result<Verification> verify_folder(const std::string& folder, const std::string& public_key = {});

}  // namespace genmei::ledger
