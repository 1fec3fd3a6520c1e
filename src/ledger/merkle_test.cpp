#include "ledger/merkle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace genmei::ledger {
namespace {

// The eight inputs and roots of the reference implementation of certificate transparency.
const std::vector<std::string>& reference_leaves() {
  static const std::vector<std::string> leaves = {"",
                                                  std::string("\x00", 1),
                                                  "\x10",
                                                  "\x20\x21",
                                                  "\x30\x31",
                                                  "\x40\x41\x42\x43",
                                                  "\x50\x51\x52\x53\x54\x55\x56\x57",
                                                  "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  return leaves;
}
const std::vector<std::string>& reference_roots() {
  static const std::vector<std::string> roots = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                                 "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                                 "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                                 "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                                 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                                 "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                                 "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                                 "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                                 "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  return roots;
}

// RFC 6962 2.1 word for word: slow, and independent of tiles.
Digest plain_root(const std::vector<Digest>& leaves, std::size_t from, std::size_t to) {
  if (from == to) return sha256("");
  if (to - from == 1) return leaves[from];
  std::size_t split = 1;
  while (split * 2 < to - from) split *= 2;
  return node_hash(plain_root(leaves, from, from + split), plain_root(leaves, from + split, to));
}

// A tree with its tiles in memory.
struct Kept {
  Frontier frontier;
  std::map<std::pair<int, std::int64_t>, std::string> full;
  std::vector<Digest> leaves;

  void grow(std::int64_t to) {
    while (frontier.size() < to) {
      const Digest leaf = leaf_hash("entry " + std::to_string(frontier.size()));
      leaves.push_back(leaf);
      frontier.append(leaf, [this](int level, std::int64_t number, const std::vector<Digest>& hashes) {
        full[{level, number}] = tile_bytes(hashes);
      });
    }
  }
  [[nodiscard]] Tiles tiles() const {
    return [this](int level, std::int64_t number) -> Result<std::string> {
      if (const auto found = full.find({level, number}); found != full.end()) return found->second;
      const auto at = static_cast<std::size_t>(level);
      return at < frontier.levels().size() ? tile_bytes(frontier.levels()[at]) : std::string();
    };
  }
  [[nodiscard]] Digest root(std::int64_t size) const { return plain_root(leaves, 0, static_cast<std::size_t>(size)); }
};

TEST(Merkle, RootsOfTheReferenceTrees) {
  Frontier frontier;
  for (std::size_t size = 0;; ++size) {
    EXPECT_EQ(hex(frontier.root()), reference_roots()[size]) << size;
    if (size == reference_leaves().size()) break;
    frontier.append(leaf_hash(reference_leaves()[size]));
  }
}

TEST(Merkle, LeafAndNodeHashesArePrefixed) {
  EXPECT_EQ(leaf_hash("abc"), sha256(std::string("\0abc", 4)));
  const Digest left = sha256("left");
  const Digest right = sha256("right");
  EXPECT_EQ(node_hash(left, right), sha256("\x01" + std::string(bytes_of(left)) + std::string(bytes_of(right))));
  EXPECT_EQ(salted_digest("salt", "body"), sha256("saltbody"));
}

TEST(Merkle, TheTiledRootIsThePlainRootAcrossTileBorders) {
  Kept kept;
  for (const std::int64_t size : {1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, 65535, 65536, 65537, 66000}) {
    kept.grow(size);
    EXPECT_EQ(kept.frontier.root(), kept.root(size)) << size;
  }
}

TEST(Merkle, ATreeIsLoadedFromItsUnfinishedTiles) {
  for (const std::int64_t size : {0, 1, 255, 256, 300, 65536, 65800}) {
    Kept kept;
    kept.grow(size);
    int reads = 0;
    const Tiles tiles = kept.tiles();
    auto loaded = Frontier::load(size, [&](int level, std::int64_t number) {
      ++reads;
      return tiles(level, number);
    });
    ASSERT_TRUE(loaded.ok());
    EXPECT_LE(reads, 3);
    EXPECT_EQ(loaded->root(), kept.frontier.root());
    kept.grow(size + 700);
    for (std::int64_t at = size; at < size + 700; ++at) {
      loaded->append(leaf_hash("entry " + std::to_string(at)));
    }
    EXPECT_EQ(loaded->root(), kept.frontier.root());
  }
}

TEST(Merkle, AShortTileIsRefused) {
  const auto loaded =
      Frontier::load(5, [](int, std::int64_t) -> Result<std::string> { return std::string(4 * 32, 'x'); });
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.problems().list.front().code, "ledger.tile");
  EXPECT_FALSE(tile_hashes(std::string(33, 'x')).ok());
  EXPECT_FALSE(tile_hashes(std::string(257 * 32, 'x')).ok());
}

TEST(Merkle, InclusionProofsOfAllLeavesOfSmallTrees) {
  Kept kept;
  for (std::int64_t size = 1; size <= 40; ++size) {
    kept.grow(size);
    for (std::int64_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(kept.tiles(), index, size);
      ASSERT_TRUE(proof.ok());
      const Digest& leaf = kept.leaves[static_cast<std::size_t>(index)];
      EXPECT_TRUE(verify_inclusion(leaf, index, size, *proof, kept.frontier.root())) << index << " of " << size;
      EXPECT_FALSE(verify_inclusion(sha256("other"), index, size, *proof, kept.frontier.root()));
      if (size > 1) {
        EXPECT_FALSE(verify_inclusion(leaf, (index + 1) % size, size, *proof, kept.frontier.root()));
      }
    }
  }
}

TEST(Merkle, TheProofOfTheRfcExample) {
  // RFC 6962 2.1.3: the audit path of d0 in a tree of 7 is [b, h, l].
  Kept kept;
  kept.grow(7);
  const auto& d = kept.leaves;
  const auto proof = inclusion_proof(kept.tiles(), 0, 7);
  ASSERT_TRUE(proof.ok());
  const Digest h = node_hash(d[2], d[3]);
  const Digest l = node_hash(node_hash(d[4], d[5]), d[6]);
  EXPECT_EQ(*proof, (std::vector<Digest>{d[1], h, l}));
  // PROOF(3, D[7]) = [c, d, g, l]
  const auto consistency = consistency_proof(kept.tiles(), 3, 7);
  ASSERT_TRUE(consistency.ok());
  EXPECT_EQ(*consistency, (std::vector<Digest>{d[2], d[3], node_hash(d[0], d[1]), l}));
}

RC_GTEST_PROP(Merkle, ProofsHoldForAnyTreeAndFailForAnyOther, ()) {
  static const Kept kept = [] {
    Kept made;
    made.grow(3000);
    return made;
  }();
  const auto size = *rc::gen::inRange<std::int64_t>(1, 3000);
  const auto index = *rc::gen::inRange<std::int64_t>(0, size);
  const auto from = *rc::gen::inRange<std::int64_t>(1, size + 1);
  // Sizes before the last one only need what complete tiles and the kept hashes hold.
  const Tiles tiles = kept.tiles();
  const Digest root = kept.root(size);
  auto proof = inclusion_proof(tiles, index, size);
  RC_ASSERT(proof.ok());
  const Digest& leaf = kept.leaves[static_cast<std::size_t>(index)];
  RC_ASSERT(verify_inclusion(leaf, index, size, *proof, root));
  auto path = consistency_proof(tiles, from, size);
  RC_ASSERT(path.ok());
  const Digest old_root = kept.root(from);
  RC_ASSERT(verify_consistency(from, size, old_root, root, *path));
  if (!proof->empty()) {
    const auto spoil = *rc::gen::inRange<std::size_t>(0, proof->size());
    (*proof)[spoil][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
    RC_ASSERT(!verify_inclusion(leaf, index, size, *proof, root));
    proof->pop_back();
    RC_ASSERT(!verify_inclusion(leaf, index, size, *proof, root));
  }
  if (!path->empty()) {
    const auto spoil = *rc::gen::inRange<std::size_t>(0, path->size());
    (*path)[spoil][0] ^= 1;
    RC_ASSERT(!verify_consistency(from, size, old_root, root, *path));
  }
  RC_ASSERT(from == size || !verify_consistency(from, size, root, root, *path));
}

TEST(Merkle, ProofsOutOfRangeAreRefused) {
  Kept kept;
  kept.grow(3);
  EXPECT_FALSE(inclusion_proof(kept.tiles(), 3, 3).ok());
  EXPECT_FALSE(inclusion_proof(kept.tiles(), -1, 3).ok());
  EXPECT_FALSE(consistency_proof(kept.tiles(), 0, 3).ok());
  EXPECT_FALSE(consistency_proof(kept.tiles(), 4, 3).ok());
  EXPECT_FALSE(inclusion_proof(kept.tiles(), 0, 1000).ok());
}

}  // namespace
}  // namespace genmei::ledger
