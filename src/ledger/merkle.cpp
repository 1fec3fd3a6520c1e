// OpenSSL 3 deprecates its direct SHA-256 functions in favour of EVP, whose set-up per message costs as much as hashing
// an entry; they are the same code underneath.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "ledger/merkle.hpp"

#include <openssl/sha.h>

#include <bit>
#include <cstring>

namespace genmei::ledger {
namespace {

Problem damaged() { return problem(Failure::internal, "ledger.tile"); }
Problem out_of_range() { return problem(Failure::invalid, "ledger.range"); }

Digest hash(std::uint8_t prefix, std::string_view first, std::string_view second) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, &prefix, 1);
  SHA256_Update(&context, first.data(), first.size());
  SHA256_Update(&context, second.data(), second.size());
  Digest digest;
  SHA256_Final(digest.data(), &context);
  return digest;
}

// Root of a complete subtree; the number of hashes is a power of two.
Digest complete(std::span<const Digest> hashes) {
  std::vector<Digest> row(hashes.begin(), hashes.end());
  while (row.size() > 1) {
    for (std::size_t at = 0; at < row.size() / 2; ++at) row[at] = node_hash(row[2 * at], row[2 * at + 1]);
    row.resize(row.size() / 2);
  }
  return row.front();
}

// The greatest power of two less than n (n ≥ 2).
std::int64_t split(std::int64_t n) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n - 1)));
}

// Hashes of subtrees read from tiles, each tile once.
class Reader {
 public:
  explicit Reader(const Tiles& tiles) : tiles_(tiles) {}

  // Of the leaves [from, to); `from` is a multiple of the power of two that is not less than the length.
  Result<Digest> subtree(std::int64_t from, std::int64_t to) {
    const std::int64_t length = to - from;
    if (std::has_single_bit(static_cast<std::uint64_t>(length))) return whole(from, length);
    const std::int64_t left = split(length);
    GENMEI_LET(first, subtree(from, from + left));
    GENMEI_LET(second, subtree(from + left, to));
    return node_hash(first, second);
  }

 private:
  Result<Digest> whole(std::int64_t from, std::int64_t length) {
    int level = 0;
    while (length >= tile_width) {
      ++level;
      from /= tile_width;
      length /= tile_width;
    }
    GENMEI_LET(hashes, tile(level, from / tile_width));
    const auto start = static_cast<std::size_t>(from % tile_width);
    const auto count = static_cast<std::size_t>(length);
    if (start + count > hashes->size()) return damaged();
    return complete(std::span(*hashes).subspan(start, count));
  }

  Result<const std::vector<Digest>*> tile(int level, std::int64_t number) {
    for (const auto& [key, hashes] : seen_) {
      if (key == std::pair(level, number)) return &hashes;
    }
    GENMEI_LET(bytes, tiles_(level, number));
    GENMEI_LET(hashes, tile_hashes(bytes));
    seen_.emplace_back(std::pair(level, number), std::move(hashes));
    return &seen_.back().second;
  }

  const Tiles& tiles_;
  std::vector<std::pair<std::pair<int, std::int64_t>, std::vector<Digest>>> seen_;
};

// RFC 6962 2.1.2, SUBPROOF over the leaves [from, to) with the old tree ending at `old`.
Result<void> subproof(Reader& reader, std::int64_t old, std::int64_t from, std::int64_t to, bool known,
                      std::vector<Digest>& proof) {
  if (old == to) {
    if (known) return {};
    GENMEI_LET(hash_of_all, reader.subtree(from, to));
    proof.push_back(hash_of_all);
    return {};
  }
  const std::int64_t middle = from + split(to - from);
  const bool left = old <= middle;
  GENMEI_TRY(left ? subproof(reader, old, from, middle, known, proof)
                  : subproof(reader, old, middle, to, false, proof));
  GENMEI_LET(other, left ? reader.subtree(middle, to) : reader.subtree(from, middle));
  proof.push_back(other);
  return {};
}

}  // namespace

Digest leaf_hash(std::string_view entry) { return hash(0, entry, {}); }

Digest node_hash(const Digest& left, const Digest& right) { return hash(1, bytes_of(left), bytes_of(right)); }

Digest salted_digest(std::string_view salt, std::string_view body) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, salt.data(), salt.size());
  SHA256_Update(&context, body.data(), body.size());
  Digest digest;
  SHA256_Final(digest.data(), &context);
  return digest;
}

std::string tile_bytes(std::span<const Digest> hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * sizeof(Digest));
  for (const auto& one : hashes) bytes.append(bytes_of(one));
  return bytes;
}

Result<std::vector<Digest>> tile_hashes(std::string_view bytes) {
  if (bytes.size() % sizeof(Digest) != 0 || bytes.size() > tile_width * sizeof(Digest)) return damaged();
  std::vector<Digest> hashes(bytes.size() / sizeof(Digest));
  if (!bytes.empty()) std::memcpy(hashes.data(), bytes.data(), bytes.size());
  return hashes;
}

Result<Frontier> Frontier::load(std::int64_t size, const Tiles& tiles) {
  Frontier frontier;
  frontier.size_ = size;
  std::int64_t count = size;  // complete subtrees at this level
  for (int level = 0; count > 0; ++level, count /= tile_width) {
    std::vector<Digest> hashes;
    if (count % tile_width != 0) {
      GENMEI_LET(bytes, tiles(level, count / tile_width));
      GENMEI_LET(read, tile_hashes(bytes));
      if (read.size() < static_cast<std::size_t>(count % tile_width)) return damaged();
      read.resize(static_cast<std::size_t>(count % tile_width));
      hashes = std::move(read);
    }
    frontier.levels_.push_back(std::move(hashes));
  }
  return frontier;
}

void Frontier::append(const Digest& leaf, const Full& full) {
  Digest hash_of_tile = leaf;
  std::int64_t index = size_++;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    auto& hashes = levels_[level];
    hashes.push_back(hash_of_tile);
    if (hashes.size() < static_cast<std::size_t>(tile_width)) return;
    index /= tile_width;
    if (full) full(static_cast<int>(level), index, hashes);
    hash_of_tile = complete(hashes);
    hashes.clear();
  }
}

Digest Frontier::root() const {
  if (size_ == 0) return sha256("");
  // From the smallest complete subtree (the last leaves) to the greatest.
  Digest root{};
  bool any = false;
  for (const auto& hashes : levels_) {
    std::size_t end = hashes.size();
    while (end > 0) {
      const std::size_t length = end & (~end + 1);  // lowest bit
      const Digest peak = complete(std::span(hashes).subspan(end - length, length));
      root = any ? node_hash(peak, root) : peak;
      any = true;
      end -= length;
    }
  }
  return root;
}

Result<std::vector<Digest>> inclusion_proof(const Tiles& tiles, std::int64_t index, std::int64_t size) {
  if (index < 0 || index >= size) return out_of_range();
  Reader reader(tiles);
  std::vector<Digest> proof;
  std::int64_t from = 0;
  std::int64_t to = size;
  std::vector<std::pair<std::int64_t, std::int64_t>> others;
  while (to - from > 1) {
    const std::int64_t middle = from + split(to - from);
    const bool left = index < middle;
    others.emplace_back(left ? std::pair(middle, to) : std::pair(from, middle));
    (left ? to : from) = middle;
  }
  for (auto other = others.rbegin(); other != others.rend(); ++other) {
    GENMEI_LET(sibling, reader.subtree(other->first, other->second));
    proof.push_back(sibling);
  }
  return proof;
}

Result<std::vector<Digest>> consistency_proof(const Tiles& tiles, std::int64_t from, std::int64_t size) {
  if (from < 1 || from > size) return out_of_range();
  std::vector<Digest> proof;
  Reader reader(tiles);
  GENMEI_TRY(subproof(reader, from, 0, size, true, proof));
  return proof;
}

bool verify_inclusion(const Digest& leaf, std::int64_t index, std::int64_t size, std::span<const Digest> proof,
                      const Digest& root) {
  if (index < 0 || index >= size) return false;
  auto node = static_cast<std::uint64_t>(index);
  auto last = static_cast<std::uint64_t>(size - 1);
  Digest hash_of_node = leaf;
  for (const Digest& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash_of_node = node_hash(sibling, hash_of_node);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash_of_node = node_hash(hash_of_node, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash_of_node == root;
}

bool verify_consistency(std::int64_t from, std::int64_t size, const Digest& from_root, const Digest& root,
                        std::span<const Digest> proof) {
  if (from < 1 || from > size) return false;
  if (from == size) return proof.empty() && from_root == root;
  std::size_t next = 0;
  auto node = static_cast<std::uint64_t>(from - 1);
  auto last = static_cast<std::uint64_t>(size - 1);
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  // An old tree that is complete is a node of the new one; its hash is then not in the proof.
  if (node != 0 && proof.empty()) return false;
  Digest old_hash = node == 0 ? from_root : proof[next++];
  Digest new_hash = old_hash;
  for (; next < proof.size(); ++next) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      old_hash = node_hash(proof[next], old_hash);
      new_hash = node_hash(proof[next], new_hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, proof[next]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == from_root && new_hash == root;
}

}  // namespace genmei::ledger
