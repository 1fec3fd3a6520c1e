#include "identity/password_rule.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "identity/password_pieces.hpp"

namespace genmei::identity {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool small(char c) { return c >= 'a' && c <= 'z'; }
bool capital(char c) { return c >= 'A' && c <= 'Z'; }

Problem refuse(std::string code, std::map<std::string, std::string> args = {}) {
  return problem(Failure::invalid, std::move(code), "/password", std::move(args));
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return capital(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

// The part between digits and signs at both ends: "2024sunshine!" → "sunshine".
std::string_view core(std::string_view text) {
  while (!text.empty() && !small(text.front()) && static_cast<unsigned char>(text.front()) < 0x80)
    text.remove_prefix(1);
  while (!text.empty() && !small(text.back()) && static_cast<unsigned char>(text.back()) < 0x80) text.remove_suffix(1);
  return text;
}

// A listed password or a word, with at most six digits or signs around it.
bool known_with_decoration(std::string_view password, const KnownWords& known) {
  const auto lower = lowered(password);
  for (const auto& form : {lower, undo_substitutions(lower)}) {
    if (known.common_rank(form) > 0 || known.is_word(form)) return true;
  }
  // Substitutions are undone inside the core only, or digits at the ends would turn into letters.
  const auto inner = core(lower);
  if (inner.size() < 4 || lower.size() - inner.size() > 6) return false;
  for (const auto& form : {std::string(inner), undo_substitutions(inner)}) {
    if (known.common_rank(form) > 0 || known.is_word(form)) return true;
  }
  return false;
}

bool holds_own_word(std::string_view password, const std::vector<std::string>& own_words) {
  const auto folded = fold(password);
  const auto plain = undo_substitutions(folded);
  return std::any_of(own_words.begin(), own_words.end(), [&](const std::string& word) {
    const auto key = fold(word);
    // Shorter parts would forbid half of all passwords.
    if (length(key) < 3 || (key.size() == length(key) && key.size() < 4)) return false;
    return folded.find(key) != std::string::npos || plain.find(key) != std::string::npos;
  });
}

}  // namespace

Result<std::string> normalise_password(std::string_view password) {
  if (password.size() > password_max_bytes * 4) {
    return refuse("identity.password-long", {{"max", std::to_string(password_max_bytes)}});
  }
  if (!valid_utf8(password) || password.find('\0') != std::string_view::npos)
    return refuse("identity.password-encoding");
  UErrorCode error = U_ZERO_ERROR;
  const auto* nfkc = icu::Normalizer2::getNFKCInstance(error);
  const auto normal = nfkc->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(password.data(), static_cast<int32_t>(password.size()))), error);
  if (U_FAILURE(error) != 0) return refuse("identity.password-encoding");
  std::string out;
  normal.toUTF8String(out);
  if (out.size() > password_max_bytes) {
    return refuse("identity.password-long", {{"max", std::to_string(password_max_bytes)}});
  }
  return out;
}

Problems check_password(const PasswordRule& rule, std::string_view normalised, const KnownWords& known,
                        const std::vector<std::string>& own_words) {
  Problems out;
  const auto min_length = std::max(rule.min_length, password_floor_length);
  const auto characters = length(normalised);
  if (characters < min_length) {
    out.add(refuse("identity.password-short",
                   {{"min", std::to_string(min_length)}, {"length", std::to_string(characters)}}));
  }
  const bool has_small = std::any_of(normalised.begin(), normalised.end(), small);
  const bool has_capital = std::any_of(normalised.begin(), normalised.end(), capital);
  const bool has_digit = std::any_of(normalised.begin(), normalised.end(), digit);
  const bool has_other =
      std::any_of(normalised.begin(), normalised.end(), [](char c) { return !small(c) && !capital(c) && !digit(c); });
  const int letters = rule.strict ? static_cast<int>(has_small || has_capital)
                                  : static_cast<int>(has_small) + static_cast<int>(has_capital);
  const int found = letters + static_cast<int>(has_digit) + static_cast<int>(has_other);
  const int wanted = std::clamp(rule.kinds, password_floor_kinds, rule.strict ? 3 : 4);
  if (found < wanted) {
    out.add(refuse(rule.strict ? "identity.password-kinds-strict" : "identity.password-kinds",
                   {{"kinds", std::to_string(wanted)}, {"found", std::to_string(found)}}));
  }
  if (rule.strict && has_small != has_capital) out.add(refuse("identity.password-cases"));
  if (known_with_decoration(normalised, known)) out.add(refuse("identity.password-known"));
  if (holds_own_word(normalised, own_words)) out.add(refuse("identity.password-own-word"));
  if (out.empty() && estimate(normalised, known, own_words).score < rule.min_strength) {
    out.add(refuse("identity.password-weak"));
  }
  return out;
}

Strength estimate(std::string_view normalised, const KnownWords& known, const std::vector<std::string>& own_words) {
  Strength out;
  if (normalised.empty()) return out;
  const auto pieces = cheapest_pieces(normalised, known, own_words);
  std::set<PieceKind> seen;
  for (const auto& piece : pieces) {
    out.guesses += piece.guesses;
    seen.insert(piece.kind);
  }
  // Attackers do not know the order in which the pieces were put together.
  for (std::size_t i = 2; i <= std::min<std::size_t>(pieces.size(), 4); ++i) out.guesses += 0.3;
  out.score = out.guesses < 4 ? 0 : out.guesses < 6 ? 1 : out.guesses < 8 ? 2 : out.guesses < 10 ? 3 : 4;

  if (out.score == 4) return out;
  const auto hint = [&](PieceKind kind, const char* code) {
    if (seen.contains(kind) && out.hints.size() < 2) out.hints.push_back(refuse(code));
  };
  hint(PieceKind::common, "identity.hint-common");
  hint(PieceKind::own, "identity.hint-own");
  hint(PieceKind::sequence, "identity.hint-sequence");
  hint(PieceKind::repeat, "identity.hint-repeat");
  hint(PieceKind::date, "identity.hint-date");
  hint(PieceKind::word, "identity.hint-word");
  out.hints.push_back(refuse("identity.hint-longer"));
  return out;
}

}  // namespace genmei::identity
