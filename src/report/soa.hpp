// Statement of applicability: every control of the chosen catalogue with decision, reason, what is done, state and what
// it rests on, against the approved edition. ISO/IEC 27001:2022 6.1.3 d) asks for the controls, the justification for
// inclusion, whether they are implemented, and the justification for exclusion.
#pragma once

#include "report/view.hpp"

namespace genmei::report {

struct SoaReason {
  enum class Kind : std::uint8_t { risk, law, contract, business, pattern, standard };
  Kind kind = Kind::risk;
  int count = 0;      // how many records stand behind it; 0: not counted
  std::string label;  // a name instead of a count: 個人情報保護法
};

struct SoaControl {
  enum class Status : std::uint8_t { not_assessed, not_started, planned, partly, implemented };
  std::string ref;  // A.5.1
  Bilingual title;
  std::optional<bool> applicable;  // empty: not decided yet
  std::vector<SoaReason> reasons;
  std::string justification;  // in words; for an excluded control the reason for leaving it out
  std::string practice;       // what is really done
  Status status = Status::not_assessed;
  bool stale_evidence = false;  // lowers what the status supports (design rule 7)
  std::string evidence;         // documents and records it rests on
  std::string owner;
};

struct SoaTheme {
  std::string id;  // 5
  Bilingual title;
  std::vector<SoaControl> controls;
};

struct SoaDifference {
  std::string ref;
  Bilingual title;
  std::string field;   // in the reader's language
  std::string before;  // in the approved edition
  std::string after;
};

struct SoaView {
  FrontView front;
  Bilingual catalogue;     // ISO/IEC 27001:2022 附属書A
  std::string scope;       // scope of the ISMS, in a sentence; may be empty
  std::string assessment;  // which risk assessment it rests on; may be empty
  std::vector<SoaTheme> themes;
  std::optional<int> compared_edition;  // the approved edition that `differences` is against
  std::vector<SoaDifference> differences;
};

Document soa_document(const SoaView& view, const Wording& words);

}  // namespace genmei::report
