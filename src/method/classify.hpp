// The pattern of a service: by the list of the report, by the criteria, or inherited, and always with the steps that
// led there. Integrity is high by rule and never asked (R1). Where the answers do not decide, the pattern stays absent
// and the candidates are named: then no reference value may be offered. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "method/knowledge.hpp"

namespace genmei::method {

// What a stop of the service does to its users (questions A1a, A1b, A2a, A2b of the criteria).
enum class StopEffect : std::uint8_t { must_run, severe_loss, partial_loss, core_work, none };
std::string_view code(StopEffect effect);  // "must-run", "severe-loss", "partial-loss", "core-work", "none"
std::optional<StopEffect> stop_effect_of(std::string_view code);
Grade grade_of(StopEffect effect);

struct ClassifyInput {
  std::optional<std::string> type;  // id, name or alias, ja or en
  std::optional<bool> personal_data;
  std::optional<bool> trade_secret;
  std::optional<StopEffect> stop_effect;
  std::optional<bool> important_documents;      // 文書管理
  std::optional<Grade> inherited_availability;  // of the hosted service
  std::vector<int> hosted_patterns;  // patterns of hosted services: their strictest availability is inherited
};

// One step from an answer to a level.
struct Basis {
  std::string rule;     // "R1", "R2", "C1", "A2a", "figure-23", ...
  std::string source;   // "figure 24", "3.2.3 [1]"
  std::string input;    // "type=groupware", "personal_data=yes"
  std::string outcome;  // "pattern=2", "confidentiality=high"
  Bilingual text;
};

// Two readings that differ. `chosen` is the pattern that counts; both must be shown.
struct Conflict {
  std::string kind;  // "figures": list against marks; "answers": list against the given answers
  int first = 0;     // figures: figure 23; answers: the type's pattern
  int second = 0;    // figures: figure 24; answers: by the answers
  int chosen = 0;
  Bilingual text;
};

struct Classification {
  std::optional<int> pattern;
  std::optional<Grade> confidentiality;
  Grade integrity = Grade::high;
  std::optional<Grade> availability;
  std::optional<Conflict> conflict;
  std::vector<int> candidates;        // exactly the pattern when there is one
  std::vector<std::string> variants;  // ids to choose from when the name fits several types
  std::optional<std::string> type;    // id of the type found
  std::vector<Basis> basis;
};

// Errors: method.unknown-type is never one: an unlisted type has to be judged by the criteria (R3).
Classification classify(const Knowledge& knowledge, const ClassifyInput& input);
// {"pattern":1,"confidentiality":"high","integrity":"high","availability":"high","conflict":null,"candidates":[1],"basis":[...]}
std::string to_json(const Classification& classification);

// A judgement by a person: needs reason, judge and date (T17) and a pattern among the candidates' range.
// Errors: method.judgement-reason, method.judgement-judge, method.judgement-pattern (places /reason, /judge, /pattern).
struct Judgement {
  int pattern = 0;
  std::string reason;
  std::string judge;
  Date date{};
};
Result<Judgement> judge(int pattern, std::string reason, std::string judge, Date date);

// R5: the section responsible for a service counts as the provider of that service.
struct ServiceLine {
  std::string name;
  std::string section;
  int pattern = 0;
};
struct Provider {
  std::string section;
  std::vector<ServiceLine> services;
};
std::vector<Provider> providers(std::span<const ServiceLine> services);

}  // namespace genmei::method
