// How an attacker would put a password together: the cheapest cut into known pieces. Private to the strength estimate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "identity/known_words.hpp"

namespace genmei::identity {

enum class PieceKind : std::uint8_t { single, common, word, own, sequence, repeat, date };

struct Piece {
  PieceKind kind = PieceKind::single;
  std::size_t size = 0;  // bytes
  double guesses = 0;    // log10
};

// Pieces in order, together the whole text (only its first 64 bytes are cut cleverly; the rest counts as single
// characters).
std::vector<Piece> cheapest_pieces(std::string_view text, const KnownWords& known,
                                   const std::vector<std::string>& own_words);

}  // namespace genmei::identity
