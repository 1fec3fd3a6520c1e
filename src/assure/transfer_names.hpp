// What export and import agree on: the titles of the columns that are no fields, and the words of a boolean.
#pragma once

#include "base/text.hpp"

namespace genmei::assure {

inline const Bilingual number_title{"管理番号", "Number"};
inline const Bilingual state_title{"状態", "State"};
inline const Bilingual yes_text{"はい", "Yes"};
inline const Bilingual no_text{"いいえ", "No"};

}  // namespace genmei::assure
