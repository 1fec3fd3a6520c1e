// What an exported ledger hands to a verifier: entries, keys, checkpoints, notes.
#include "input.hpp"
#include "ledger/entry.hpp"
#include "ledger/note.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace genmei;
  const auto text = fuzz::text(data, size);
  const auto entry = ledger::parse_entry(text);
  ledger::EntryReader reader;
  // The fast reader accepts nothing that the full one refuses.
  if (reader.read(text)) fuzz::must(entry.ok());
  if (const auto key = ledger::parse_verifier_key(text)) {
    const auto again = ledger::parse_verifier_key(ledger::verifier_key(key->name, key->public_key));
    fuzz::must(again.ok() && again->name == key->name && again->public_key == key->public_key);
  }
  if (const auto checkpoint = ledger::parse_checkpoint(text, "genmei/sample")) fuzz::must(checkpoint->size >= 0);
  const std::string key(32, '\1');
  fuzz::must(!ledger::open_note(text, "genmei/sample", key).ok());
  return 0;
}
