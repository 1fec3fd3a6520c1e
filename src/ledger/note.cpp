#include "ledger/note.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace genmei::ledger {
namespace {

constexpr std::string_view dash = "\xe2\x80\x94 ";  // em dash and a space
constexpr char ed25519 = 1;

std::string key_hash(std::string_view name, std::string_view public_key) {
  std::string text(name);
  text += '\n';
  text += ed25519;
  text += public_key;
  return std::string(bytes_of(sha256(text)).substr(0, 4));
}

const unsigned char* octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

Problem bad_signature() { return problem(Failure::conflict, "ledger.signature"); }
Problem bad_checkpoint() { return problem(Failure::conflict, "ledger.checkpoint"); }
Problem bad_key(const std::string& place, std::string detail) {
  return problem(Failure::internal, "ledger.key", place, {}, std::move(detail));
}

bool start() { return sodium_init() >= 0; }

Result<KeyPair> read_key(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  std::string kept_name;
  std::string encoded;
  std::getline(file, kept_name);
  std::getline(file, encoded);
  if (!file && encoded.empty()) return bad_key(path, "unreadable");
  const auto secret = from_base64(encoded);
  if (kept_name != name || !secret.ok() || secret->size() != crypto_sign_SECRETKEYBYTES)
    return bad_key(path, "damaged");
  KeyPair key{name, std::string(crypto_sign_PUBLICKEYBYTES, '\0'), *secret};
  crypto_sign_ed25519_sk_to_pk(reinterpret_cast<unsigned char*>(key.public_key.data()), octets(key.secret_key));
  return key;
}

// Writes all of `text` into a new file; false when it exists or cannot be written.
bool write_new(const std::string& path, std::string_view text, mode_t mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return false;
  const bool good = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  return (::close(file) == 0) && good;
}

}  // namespace

std::string key_name(std::string_view org) { return "genmei/" + std::string(org); }

std::string verifier_key(std::string_view name, std::string_view public_key) {
  const std::string hash = key_hash(name, public_key);
  return std::string(name) + "+" + hex(std::span(octets(hash), hash.size())) + "+" +
         base64(std::string(1, ed25519) + std::string(public_key));
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return bad_key({}, "not a verifier key");
  const auto key = from_base64(text.substr(second + 1));
  if (!key.ok() || key->size() != 33 || key->front() != ed25519) return bad_key({}, "not an Ed25519 key");
  VerifierKey parsed{std::string(text.substr(0, first)), key->substr(1)};
  if (verifier_key(parsed.name, parsed.public_key) != text) return bad_key({}, "key hash does not fit");
  return parsed;
}

std::string sign_note(std::string_view text, const KeyPair& key) {
  start();
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, octets(text), text.size(),
                       octets(key.secret_key));
  return std::string(text) + "\n" + std::string(dash) + key.name + " " +
         base64(key_hash(key.name, key.public_key) + signature) + "\n";
}

Result<std::string> open_note(std::string_view note, std::string_view name, std::string_view public_key) {
  const auto gap = note.rfind("\n\n");
  if (!start() || gap == std::string_view::npos || public_key.size() != crypto_sign_PUBLICKEYBYTES) {
    return bad_signature();
  }
  const std::string_view text = note.substr(0, gap + 1);
  const std::string hash = key_hash(name, public_key);
  std::string_view lines = note.substr(gap + 2);
  if (lines.empty() || lines.back() != '\n') return bad_signature();
  bool signed_by_key = false;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    if (!line.starts_with(dash)) return bad_signature();
    line.remove_prefix(dash.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return bad_signature();
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes.ok() || bytes->size() < 5) return bad_signature();
    // Signatures of other keys (witnesses) are none of our business.
    if (line.substr(0, space) != name || bytes->substr(0, 4) != hash) continue;
    if (bytes->size() != 4 + crypto_sign_BYTES ||
        crypto_sign_verify_detached(octets(*bytes) + 4, octets(text), text.size(), octets(public_key)) != 0) {
      return bad_signature();
    }
    signed_by_key = true;
  }
  if (!signed_by_key) return bad_signature();
  return std::string(text);
}

std::string checkpoint_text(std::string_view origin, std::int64_t size, const Digest& root) {
  return std::string(origin) + "\n" + std::to_string(size) + "\n" + base64(bytes_of(root)) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text, std::string_view origin) {
  const auto first = text.find('\n');
  const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
  const auto third = second == std::string_view::npos ? second : text.find('\n', second + 1);
  if (third == std::string_view::npos || text.substr(0, first) != origin) return bad_checkpoint();
  const std::string_view size = text.substr(first + 1, second - first - 1);
  const auto root = from_base64(text.substr(second + 1, third - second - 1));
  Checkpoint checkpoint;
  const auto parsed = std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
  if (parsed.ec != std::errc() || parsed.ptr != size.data() + size.size() || checkpoint.size < 0 ||
      std::to_string(checkpoint.size) != size || !root.ok() || root->size() != sizeof(Digest)) {
    return bad_checkpoint();
  }
  std::memcpy(checkpoint.root.data(), root->data(), sizeof(Digest));
  return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, std::string_view name, std::string_view public_key) {
  GENMEI_LET(text, open_note(note, name, public_key));
  GENMEI_LET(checkpoint, parse_checkpoint(text, name));
  checkpoint.note = note;
  return checkpoint;
}

Result<KeyPair> signing_key(const std::string& folder, const std::string& org) {
  const bool plain = !org.empty() && org.find_first_not_of(
                                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                         "-_.") == std::string::npos;
  if (!plain || org.front() == '.') return bad_key(org, "name of the organisation");
  if (!start()) return bad_key(folder, "libsodium");
  const std::string path = folder + "/ledger-" + org + ".key";
  const std::string name = key_name(org);
  if (::access(path.c_str(), F_OK) == 0) return read_key(path, name);
  KeyPair key{name, std::string(crypto_sign_PUBLICKEYBYTES, '\0'), std::string(crypto_sign_SECRETKEYBYTES, '\0')};
  crypto_sign_keypair(reinterpret_cast<unsigned char*>(key.public_key.data()),
                      reinterpret_cast<unsigned char*>(key.secret_key.data()));
  // Written beside and linked into place, so that a crash leaves either no key or a whole one, and the first of two
  // wins.
  const std::string part = path + "." + base64url(random_bytes(6));
  const bool written = write_new(part, name + "\n" + base64(key.secret_key) + "\n", 0600);
  const bool linked = written && ::link(part.c_str(), path.c_str()) == 0;
  std::remove(part.c_str());
  if (!linked && ::access(path.c_str(), F_OK) != 0) return bad_key(path, std::strerror(errno));
  return read_key(path, name);
}

}  // namespace genmei::ledger
