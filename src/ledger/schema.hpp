// The tables of the ledger and the reads that more than one part needs. Entries wait in ledger_pending until the
// sequencer moves them to ledger_entry, whose key is the order of the tree; ledger_tile holds the tree in the tiles of
// C2SP tlog-tiles (256 hashes each, the last of a level partial and overwritten); ledger_checkpoint the signed heads;
// ledger_key the public key.
#pragma once

#include <optional>
#include <string>

#include "ledger/ledger.hpp"
#include "ledger/merkle.hpp"

namespace genmei::ledger {

// The newest checkpoint; none before the first entry.
Result<std::optional<Checkpoint>> newest_checkpoint(store::Connection& connection, const std::string& org);
// The public key that checkpoints of `org` are signed with, in the form others read; "" before the first entry.
Result<std::string> stored_verifier_key(store::Connection& connection, const std::string& org);
// Reads the tiles of `org`.
Tiles stored_tiles(store::Connection& connection, const std::string& org);

}  // namespace genmei::ledger
