#include "method/pattern.hpp"

#include <algorithm>

namespace genmei::method {

std::string_view code(Grade grade) {
  switch (grade) {
    case Grade::low:
      return "low";
    case Grade::medium:
      return "medium";
    case Grade::high:
      return "high";
  }
  return "";
}

std::optional<Grade> grade_of(std::string_view code) {
  if (code == "low") return Grade::low;
  if (code == "medium") return Grade::medium;
  if (code == "high") return Grade::high;
  return std::nullopt;
}

const Bilingual& label(Grade grade) {
  static const Bilingual low{"低い", "low"};
  static const Bilingual medium{"中程度", "medium"};
  static const Bilingual high{"高い", "high"};
  if (grade == Grade::low) return low;
  return grade == Grade::medium ? medium : high;
}

int pattern_of(Grade confidentiality, Grade availability) {
  const int row = confidentiality == Grade::low ? 3 : 0;
  return row + (availability == Grade::high ? 1 : availability == Grade::medium ? 2 : 3);
}

Grade confidentiality_of(int pattern) { return pattern <= 3 ? Grade::high : Grade::low; }

Grade availability_of(int pattern) {
  const int column = (pattern - 1) % 3;
  return column == 0 ? Grade::high : column == 1 ? Grade::medium : Grade::low;
}

int strictest_pattern(std::span<const int> patterns) {
  if (patterns.empty()) return 0;
  Grade confidentiality = Grade::low;
  Grade availability = Grade::low;
  for (const int pattern : patterns) {
    confidentiality = std::max(confidentiality, confidentiality_of(pattern));
    availability = std::max(availability, availability_of(pattern));
  }
  return pattern_of(confidentiality, availability);
}

}  // namespace genmei::method
