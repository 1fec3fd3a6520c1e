#include "identity/password_pieces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "base/text.hpp"

namespace genmei::identity {
namespace {

constexpr std::size_t clever_bytes = 64;

bool digit(char c) { return c >= '0' && c <= '9'; }
bool capital(char c) { return c >= 'A' && c <= 'Z'; }

char lower(char c) { return capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// Capitals beyond the first letter cost a little more.
double case_cost(std::string_view text) {
  const auto capitals = std::count_if(text.begin(), text.end(), capital);
  if (capitals == 0) return 0;
  if ((capitals == 1 && capital(text.front())) || capitals == static_cast<std::ptrdiff_t>(text.size())) return 0.3;
  return 0.3 * static_cast<double>(std::min<std::ptrdiff_t>(capitals, 6));
}

double single_cost(char c) {
  if (digit(c)) return 1.0;
  if (lower(c) >= 'a' && lower(c) <= 'z') return 1.3;  // people's letters are not random: 20 rather than 26
  // One byte of a character outside ASCII: three of them make about 10^3, the kanji and kana people use.
  return static_cast<unsigned char>(c) >= 0x80 ? 1.0 : 1.5;
}

// Neighbours on a keyboard row, in the alphabet or in counting, forwards or backwards.
bool follows(char a, char b, int step) {
  static constexpr std::array<std::string_view, 5> rows{"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop",
                                                        "asdfghjkl", "zxcvbnm"};
  return std::any_of(rows.begin(), rows.end(), [&](std::string_view row) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      if (step > 0 ? (row[i] == a && row[i + 1] == b) : (row[i + 1] == a && row[i] == b)) return true;
    }
    return false;
  });
}

std::size_t sequence_length(std::string_view text) {
  std::size_t best = 1;
  for (const int step : {1, -1}) {
    std::size_t size = 1;
    while (size < text.size() && follows(text[size - 1], text[size], step)) ++size;
    best = std::max(best, size);
  }
  return best;
}

// How often the first `unit` bytes repeat.
std::size_t repeats(std::string_view text, std::size_t unit) {
  std::size_t count = 1;
  while ((count + 1) * unit <= text.size() && text.substr(count * unit, unit) == text.substr(0, unit)) ++count;
  return count;
}

int number(std::string_view text) {
  int out = 0;
  for (const char c : text) out = out * 10 + (c - '0');
  return out;
}

// Bytes of a date or year at the start: 19850312, 850312, 0312, 1985, 1985-03-12, 2024/3.
std::optional<std::size_t> date_length(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && digits < 8 && digit(text[digits])) ++digits;
  const auto month_day = [](std::string_view four) {
    return number(four.substr(0, 2)) >= 1 && number(four.substr(0, 2)) <= 12 && number(four.substr(2, 2)) >= 1 &&
           number(four.substr(2, 2)) <= 31;
  };
  const auto year = [](std::string_view four) { return number(four) >= 1900 && number(four) <= 2049; };
  if (digits == 8 && year(text.substr(0, 4)) && month_day(text.substr(4, 4))) return 8;
  if (digits >= 6 && month_day(text.substr(2, 4))) return 6;
  if (digits >= 4 && year(text.substr(0, 4))) {
    std::size_t size = 4;
    for (int part = 0; part < 2 && size + 1 < text.size(); ++part) {
      if ((text[size] != '-' && text[size] != '/' && text[size] != '.') || !digit(text[size + 1])) break;
      size += size + 2 < text.size() && digit(text[size + 2]) ? 3 : 2;
    }
    return size;
  }
  if (digits >= 4 && month_day(text.substr(0, 4))) return 4;
  return std::nullopt;
}

// Every piece that may begin at `at`.
template <class Offer>
void offer_pieces(std::string_view text, std::string_view small, std::string_view plain, std::size_t at,
                  const KnownWords& known, const std::vector<std::string>& own, const Offer& offer) {
  const auto rest = small.substr(at);
  offer(Piece{PieceKind::single, 1, single_cost(text[at])});
  for (std::size_t size = 3; size <= std::min<std::size_t>(rest.size(), 16); ++size) {
    const double extra = case_cost(text.substr(at, size));
    for (const bool undone : {false, true}) {
      const auto word = undone ? plain.substr(at, size) : rest.substr(0, size);
      const double substituted = undone ? 0.5 : 0;
      if (const auto rank = known.common_rank(word); rank > 0) {
        offer(Piece{PieceKind::common, size, std::log10(static_cast<double>(rank) + 1) + extra + substituted});
      } else if (known.is_word(word)) {
        offer(Piece{PieceKind::word, size, 4.0 + extra + substituted});
      }
    }
  }
  for (const auto& word : own) {
    if (rest.starts_with(word) || plain.substr(at).starts_with(word)) {
      offer(Piece{PieceKind::own, word.size(), 1.0 + case_cost(text.substr(at, word.size()))});
    }
  }
  if (const auto size = sequence_length(rest); size >= 3) {
    offer(Piece{PieceKind::sequence, size,
                1.3 + std::log10(static_cast<double>(size)) + case_cost(text.substr(at, size))});
  }
  for (std::size_t unit = 1; unit <= std::min<std::size_t>(rest.size() / 2, 8); ++unit) {
    const auto count = repeats(rest, unit);
    if (count * unit < 3 || count < 2) continue;
    double cost = std::log10(static_cast<double>(count));
    for (const char c : rest.substr(0, unit)) cost += single_cost(c);
    offer(Piece{PieceKind::repeat, count * unit, cost});
  }
  if (const auto size = date_length(rest)) offer(Piece{PieceKind::date, *size, *size >= 6 ? 4.2 : 2.2});
}

}  // namespace

std::vector<Piece> cheapest_pieces(std::string_view text, const KnownWords& known,
                                   const std::vector<std::string>& own_words) {
  const auto head = text.substr(0, clever_bytes);
  std::string small(head);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  const auto plain = undo_substitutions(small);
  std::vector<std::string> own;
  for (const auto& word : own_words) {
    auto key = fold(word);
    if (key.size() >= 3) own.push_back(std::move(key));
  }
  // Cheapest way to reach each position, from left to right.
  std::vector<double> cost(head.size() + 1, std::numeric_limits<double>::infinity());
  std::vector<Piece> last(head.size() + 1);
  cost[0] = 0;
  for (std::size_t at = 0; at < head.size(); ++at) {
    offer_pieces(head, small, plain, at, known, own, [&](const Piece& piece) {
      const auto end = at + piece.size;
      if (end > head.size() || cost[at] + piece.guesses >= cost[end]) return;
      cost[end] = cost[at] + piece.guesses;
      last[end] = piece;
    });
  }
  std::vector<Piece> out;
  for (auto at = head.size(); at > 0; at -= last[at].size) out.push_back(last[at]);
  std::reverse(out.begin(), out.end());
  for (const char c : text.substr(head.size())) out.push_back({PieceKind::single, 1, single_cost(c)});
  return out;
}

}  // namespace genmei::identity
