// C2SP signed notes and checkpoints: text, an empty line, and "— name base64(key hash || Ed25519 signature)". The key
// hash is the first 4 bytes of SHA-256(name || "\n" || 0x01 || public key). A checkpoint's text is origin, size and
// root.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "ledger/ledger.hpp"

namespace genmei::ledger {

// "genmei/<org>": the name of the key and the origin of the log.
[[nodiscard]] std::string key_name(std::string_view org);
// The public key as others read it: "name+hash+base64(0x01 || key)".
[[nodiscard]] std::string verifier_key(std::string_view name, std::string_view public_key);
struct VerifierKey {
  std::string name;
  std::string public_key;
};
// Errors: ledger.key.
Result<VerifierKey> parse_verifier_key(std::string_view text);

// `text` ends with a newline.
[[nodiscard]] std::string sign_note(std::string_view text, const KeyPair& key);
// The text of the note when it carries a good signature of this key. Errors: ledger.signature.
Result<std::string> open_note(std::string_view note, std::string_view name, std::string_view public_key);

[[nodiscard]] std::string checkpoint_text(std::string_view origin, std::int64_t size, const Digest& root);
// Size and root of a checkpoint's text. Errors: ledger.checkpoint.
Result<Checkpoint> parse_checkpoint(std::string_view text, std::string_view origin);
// Both steps: what a signed checkpoint says. Errors: ledger.signature, ledger.checkpoint.
Result<Checkpoint> open_checkpoint(std::string_view note, std::string_view name, std::string_view public_key);

}  // namespace genmei::ledger
