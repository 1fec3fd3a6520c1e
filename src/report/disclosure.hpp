// Draft of the disclosure sheet that a provider gives to customers and prospects (R 4.1, 4.2): pattern, each evaluation
// item with reference value, reached value, must-reach mark and date, and what the provider chose to say. The structs
// have no place for internal evidence, findings, persons or owners, so none can slip out. What is not disclosed is
// absent.
#pragma once

#include "report/level.hpp"

namespace genmei::report {

struct DisclosedLevel {
  LevelView level;
  bool disclosed = false;
};

struct DisclosedFact {
  std::string section;  // heading under which it stands
  std::string label, text;
  bool disclosed = false;
};

struct DisclosureView {
  FrontView front;
  std::string service, description;
  std::string audience;  // for whom the sheet is
  std::string contact;   // where customers ask
  PatternFacts facts;
  bool pattern_disclosed = true;
  std::vector<DisclosedLevel> levels;
  std::vector<DisclosedFact> statements;  // in order; equal sections stand together
};

Document disclosure_document(const DisclosureView& view, const Wording& words);

}  // namespace genmei::report
