// From the facts of a service to its requirements, each with its trace: service, pattern, component, asset, threat,
// control; or chosen standard, item; or pattern, evaluation item, value. Pure: the same facts give the same
// requirements in the same order. A trace is a few numbers; `path` and `sentences` turn it into what a person reads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/yaml.hpp"
#include "method/classify.hpp"
#include "method/compose.hpp"
#include "method/evaluate.hpp"
#include "method/knowledge.hpp"

namespace genmei::method {

// An asset used by other services too: the strictest of all patterns counts, item by item (R6).
struct SharedAsset {
  std::string asset;                  // id in Knowledge::assets, or of its component
  std::vector<int> patterns;          // of the other services
  std::vector<std::string> services;  // their names, for the trace
};

// A value promised by contract for one evaluation item.
struct ContractValue {
  std::string item;  // key or id of the evaluation item
  double value = 0;
  std::string source;  // "SLA 5"
};

struct ServiceFacts {
  std::string id;
  std::string name;
  Classification classification;
  Configuration configuration;
  std::vector<std::string> standards;  // "iso27001-2022", or "cloud-ism-2013/basic-assertion" for one part
  std::vector<SharedAsset> shared;
  std::vector<ContractValue> contract;
};

enum class Reason : std::uint8_t {
  threat,    // demanded by threats to the service's assets
  standard,  // demanded by the chosen standard as a whole
  level,     // an evaluation item with the reference value of the pattern
};
std::string_view code(Reason reason);  // "threat", "standard", "level"

struct Trace {
  Reason reason = Reason::standard;
  // reason threat: the first path (strongest) and how many there are; `paths` lists them all.
  std::uint16_t asset = 0;
  Property property = Property::confidentiality;
  Cause cause = Cause::malicious;
  std::uint16_t threat = 0;
  standard::How how = standard::How::prevent;
  ThreatSet threats;
  std::uint32_t path_count = 0;
  // reason level: the patterns that made the value, and the shared asset that did (index in ServiceFacts::shared), or
  // -1.
  std::uint8_t pattern = 0;
  std::int16_t shared = -1;
  std::int16_t contract = -1;  // index in ServiceFacts::contract
  friend bool operator==(const Trace&, const Trace&) = default;
};

struct Requirement {
  standard::Index item = 0;  // library.entry(item) gives standard, part, id, key, texts
  std::uint32_t order = 0;   // 0, 1, 2 ... in the order in which to do things
  bool basic = true;
  std::optional<Level> level;
  Trace trace;
  friend bool operator==(const Requirement&, const Requirement&) = default;
};

// One way from the service to a control.
struct Path {
  std::uint16_t component = 0;
  std::uint16_t asset = 0;
  Property property = Property::confidentiality;
  Cause cause = Cause::malicious;
  std::uint16_t threat = 0;
  standard::How how = standard::How::prevent;
};

// Order: must-reach levels, then basic before recommended, then by standard in the order chosen, part and document
// order. Without a pattern no evaluation item is offered (T12). Errors: method.unknown-standard,
// method.unknown-component, method.unknown-asset, method.unknown-evaluation-item, method.pattern.
Result<std::vector<Requirement>> derive(const Knowledge& knowledge, const standard::Library& library,
                                        const ServiceFacts& facts);

// All paths of a requirement that threats brought in, by threat, asset, property and cause. `assets`: of the service's
// composition.
std::vector<Path> paths(const Knowledge& knowledge, const AssetSet& assets, const Requirement& requirement);

// "Why is this here?" as nodes from left to right. kind: service, pattern, component, asset, threat, control, standard,
// evaluation-item, shared-service, contract.
struct Node {
  std::string kind;
  std::string id;
  Bilingual label;
  std::string note;  // property letter of a threat, how of a control; may be empty
};
std::vector<Node> path(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                       const Requirement& requirement);
std::vector<Node> path(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                       const Requirement& requirement, const Path& way);
// The same as one to four sentences, each with its source.
struct Sentence {
  Bilingual text;
  Bilingual source;
};
std::vector<Sentence> sentences(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                                const Requirement& requirement);

// What a change of facts does to the duties.
struct Change {
  standard::Index item = 0;
  std::optional<Level> before;
  std::optional<Level> after;
};
struct Delta {
  std::vector<Requirement> added;
  std::vector<Requirement> removed;
  std::vector<Change> level_changed;
};
Delta delta(std::span<const Requirement> before, std::span<const Requirement> after);

// `genmei derive FILE.yaml`: format in docs/derive-facts.md. Errors: method.facts-* with file:line.
Result<ServiceFacts> parse_facts(const Knowledge& knowledge, const yaml::File& file);
// {"service":…,"classification":…,"requirements":[{"standard","part","id","key","reference","title","level","basic","order",
// "trace":{"reason","path":[…],"paths":n,"sentences":[…]}}]}
std::string to_json(const Knowledge& knowledge, const standard::Library& library, const ServiceFacts& facts,
                    std::span<const Requirement> requirements);

// Order of a gap list: must-reach misses, other misses of basic items, then recommended; open ones before explained
// ones.
struct Gap {
  Requirement requirement;
  Verdict verdict = Verdict::not_measured;
};
void order_gaps(std::vector<Gap>& gaps);

}  // namespace genmei::method
