// What a password must be. The floor is the regulation's (A.5.17): at least 8 characters and several kinds of
// characters; an organisation may only ask for more. Pure functions; nothing is stored and nothing leaves the machine.
//
// Kinds, lenient reading: small letters, capitals, digits, everything else. Strict reading of "letters (small and
// capital), digits, signs": letters are one kind, and where letters are used both cases must occur. Strength 0-4 is an
// honest estimate of guesses, not of virtue: the cheapest way to build the password out of listed passwords, words, own
// names, sequences, repeats, dates and single characters is searched, and its cost in powers of ten decides: below
// 10^4: 0, 10^6: 1, 10^8: 2, 10^10: 3, else 4. It knows no language but the lists' and no breach but the listed ones.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "identity/known_words.hpp"

namespace genmei::identity {

inline constexpr std::size_t password_floor_length = 8;  // A.5.17
inline constexpr int password_floor_kinds = 2;
inline constexpr std::size_t password_max_bytes = 1024;  // after normalising

struct PasswordRule {
  std::size_t min_length = password_floor_length;  // characters; smaller values count as the floor
  int kinds = password_floor_kinds;                // 2-4 (strict: 2-3); smaller values count as the floor
  bool strict = false;
  int min_strength = 1;  // 0-4
};

// NFKC, so that the same keys give the same password on every keyboard and system. Errors: identity.password-encoding,
// identity.password-long.
Result<std::string> normalise_password(std::string_view password);

struct Strength {
  int score = 0;               // 0-4
  double guesses = 0;          // log10
  std::vector<Problem> hints;  // identity.hint-…, at most three, the most useful first
};
// `own_words`: log-on name, parts of the person's name, organisation, service: known to whoever attacks this person.
Strength estimate(std::string_view normalised, const KnownWords& known, const std::vector<std::string>& own_words = {});

// All reasons to refuse, empty when the password may be used. Errors: identity.password-short, -kinds, -cases, -known,
// -own-word, -weak.
Problems check_password(const PasswordRule& rule, std::string_view normalised, const KnownWords& known,
                        const std::vector<std::string>& own_words = {});

}  // namespace genmei::identity
