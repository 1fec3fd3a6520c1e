// Pattern sheet of one service: what the service is, the pattern and why, what it consists of, what threatens it
// directly, and the reference values that follow. It is the method's result on paper (R 3.2.3, figures 22 to 38).
#pragma once

#include "report/level.hpp"

namespace genmei::report {

// One step from fact to level, as the method's trace says it.
struct BasisView {
  std::string fact;    // 個人情報を扱う：はい
  std::string result;  // 機密性は高い
  std::string source;  // R 3.2.3 [1]; may be empty
};

struct AssetView {
  std::string component;  // group of the table
  std::string asset;
  std::string kind;         // information, log, ...
  std::string responsible;  // who runs the component
  bool shared = false;      // several services use it: the strictest value holds
};

struct ThreatView {
  std::string asset;
  std::string property;  // confidentiality, integrity, availability in words
  std::string threat;
  std::int64_t controls = 0;  // chosen controls that cover it; 0 is an open threat
};

struct PatternView {
  FrontView front;
  std::string service, provider_unit, service_type, description, configuration;
  PatternFacts facts;
  std::vector<BasisView> basis;
  std::string conflict;  // where the sources disagree about the type, in a sentence; may be empty
  std::string judge;     // who judged, when it was not read from the catalogue
  std::optional<Date> judged_on;
  std::string judgement_reason;
  std::vector<AssetView> assets;
  std::vector<ThreatView> threats;
  std::vector<LevelView> levels;
};

Document pattern_document(const PatternView& view, const Wording& words);

}  // namespace genmei::report
