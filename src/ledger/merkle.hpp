// The Merkle tree of RFC 6962: leaf = H(0x00 || entry), node = H(0x01 || left || right), root of the empty tree =
// H(""). Complete subtrees are kept in tiles of 256 hashes (C2SP tlog-tiles): tile (level, number) holds the hashes of
// the subtrees of 256^level leaves from number*256 on; the last one of a level may be shorter.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "base/result.hpp"

namespace genmei::ledger {

inline constexpr std::int64_t tile_width = 256;

[[nodiscard]] Digest leaf_hash(std::string_view entry);
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);
// Of the two parts as one text; faster than the general one, for millions of history rows.
[[nodiscard]] Digest salted_digest(std::string_view salt, std::string_view body);

// The hashes of a tile as raw bytes, "" when it does not exist.
using Tiles = std::function<Result<std::string>(int level, std::int64_t number)>;

// A growing tree of which only the unfinished tiles are in memory (at most 8 KiB per level).
class Frontier {
 public:
  // Told of each tile that was completed.
  using Full = std::function<void(int level, std::int64_t number, const std::vector<Digest>& hashes)>;

  // Reads the unfinished tiles of a tree of `size` leaves. Errors: ledger.tile.
  static Result<Frontier> load(std::int64_t size, const Tiles& tiles);
  void append(const Digest& leaf, const Full& full = {});
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] Digest root() const;
  // The unfinished tile of each level; may be empty.
  [[nodiscard]] const std::vector<std::vector<Digest>>& levels() const { return levels_; }

 private:
  std::int64_t size_ = 0;
  std::vector<std::vector<Digest>> levels_;
};

// Proofs of RFC 6962 section 2.1 over stored tiles. Errors: ledger.range (index or size out of range), ledger.tile.
Result<std::vector<Digest>> inclusion_proof(const Tiles& tiles, std::int64_t index, std::int64_t size);
Result<std::vector<Digest>> consistency_proof(const Tiles& tiles, std::int64_t from, std::int64_t size);
[[nodiscard]] bool verify_inclusion(const Digest& leaf, std::int64_t index, std::int64_t size,
                                    std::span<const Digest> proof, const Digest& root);
[[nodiscard]] bool verify_consistency(std::int64_t from, std::int64_t size, const Digest& from_root, const Digest& root,
                                      std::span<const Digest> proof);

[[nodiscard]] std::string tile_bytes(std::span<const Digest> hashes);
// Errors: ledger.tile (length is no multiple of 32, or too long).
Result<std::vector<Digest>> tile_hashes(std::string_view bytes);

}  // namespace genmei::ledger
