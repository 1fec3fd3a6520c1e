#include "method/classify.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace genmei::method {
namespace {

using Standing = ServiceType::Standing;

void keep_sorted_unique(std::vector<int>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

// Builds one classification step by step; every step is written down where it is taken.
class Judge {
 public:
  Judge(const Knowledge& knowledge, const ClassifyInput& input) : knowledge_(knowledge), input_(input) {}

  Classification run() {
    step("R1", "", "integrity=high", {"完全性はどのパターンでも高いとする", "Integrity is high in every pattern."});
    find_type();
    answer_confidentiality();
    answer_availability();
    if (type_ != nullptr) {
      out_.type = type_->id;
      if (type_->pattern) {
        by_list();
      } else {
        by_open_type();
      }
    } else {
      by_criteria();
    }
    return std::move(out_);
  }

 private:
  void step(std::string rule, std::string input, std::string outcome, Bilingual text, std::string source = {}) {
    if (source.empty()) {
      if (const auto* const known = knowledge_.rule(rule)) source = known->source;
    }
    out_.basis.push_back({std::move(rule), std::move(source), std::move(input), std::move(outcome), std::move(text)});
  }

  void rule_step(const std::string& rule, std::string input, std::string outcome) {
    const auto* const known = knowledge_.rule(rule);
    step(rule, std::move(input), std::move(outcome), known == nullptr ? Bilingual{} : known->text);
  }

  // Whether the answers say that something confidential is held; absent where they leave it open.
  [[nodiscard]] std::optional<bool> holds_secrets() const {
    if (input_.personal_data.value_or(false) || input_.trade_secret.value_or(false)) return true;
    if (input_.personal_data && input_.trade_secret) return false;
    return std::nullopt;
  }

  // The answer that tells the variants of a type apart.
  [[nodiscard]] std::optional<bool> variant_answer(const ServiceType& type) const {
    if (type.variant.find("important-documents") != std::string::npos && input_.important_documents) {
      return input_.important_documents;
    }
    if (type.variant.ends_with("personal-data") && input_.personal_data) return input_.personal_data;
    if (type.variant.ends_with("trade-secrets") && input_.trade_secret.value_or(false)) return true;
    return holds_secrets();
  }

  void find_type() {
    if (!input_.type || trim(*input_.type).empty()) return;
    auto found = knowledge_.types_named(*input_.type);
    const auto given = "type=" + *input_.type;
    if (found.empty()) {
      rule_step("R3", given, "type=unlisted");
      return;
    }
    if (found.size() > 1) {
      std::erase_if(found, [&](const ServiceType* one) {
        const auto answer = variant_answer(*one);
        if (!answer || one->variant.empty()) return false;
        return *answer ? one->variant.starts_with("without-")
                       : !one->variant.starts_with("without-") && one->confidentiality == Grade::high;
      });
    }
    if (found.size() == 1) {
      type_ = found.front();
      step("figure-23", given, "type=" + type_->id,
           {"種別は「" + type_->name.ja + "」", "The type is “" + type_->name.en + "”."}, "figure 23");
      return;
    }
    variants_ = std::move(found);
    for (const auto* one : variants_) out_.variants.push_back(one->id);
    step(
        "figure-23", given, "type=ambiguous",
        {"「" + *input_.type + "」には" + std::to_string(variants_.size()) + "種類があり、どれに当たるかで水準が変わる",
         "“" + *input_.type + "” has " + std::to_string(variants_.size()) + " variants with different levels."},
        "figure 23");
  }

  void answer_confidentiality() {
    if (input_.personal_data.value_or(false)) {
      rule_step("C1", "personal_data=yes", "confidentiality=high");
      answered_confidentiality_ = Grade::high;
    }
    if (input_.trade_secret.value_or(false)) {
      rule_step("C2", "trade_secret=yes", "confidentiality=high");
      answered_confidentiality_ = Grade::high;
    }
    if (holds_secrets() == std::optional(false)) {
      rule_step("C0", "personal_data=no, trade_secret=no", "confidentiality=low");
      answered_confidentiality_ = Grade::low;
    }
  }

  void answer_availability() {
    if (input_.stop_effect) {
      constexpr std::string_view rules[] = {"A1a", "A1b", "A2a", "A2b", "A0"};
      const auto grade = grade_of(*input_.stop_effect);
      rule_step(std::string(rules[static_cast<std::size_t>(*input_.stop_effect)]),
                "stop_effect=" + std::string(code(*input_.stop_effect)), "availability=" + std::string(code(grade)));
      answered_availability_ = grade;
    }
    std::optional<Grade> inherited = input_.inherited_availability;
    for (const int pattern : input_.hosted_patterns) {
      if (pattern < 1 || pattern > 6) continue;
      inherited = std::max(inherited.value_or(Grade::low), availability_of(pattern));
    }
    if (!inherited) return;
    std::string from = "inherited_availability=" + std::string(code(*inherited));
    for (const int pattern : input_.hosted_patterns) from += ", hosts=pattern " + std::to_string(pattern);
    step("inherited", from, "availability=" + std::string(code(*inherited)),
         {"載せているサービスの可用性を引き継ぎ、可用性は" + label(*inherited).ja,
          "It takes the availability of the service it hosts: " + std::string(code(*inherited)) + "."},
         "figure 23");
    answered_availability_ = std::max(answered_availability_.value_or(Grade::low), *inherited);
  }

  void settle(int pattern) {
    out_.pattern = pattern;
    out_.confidentiality = confidentiality_of(pattern);
    out_.availability = availability_of(pattern);
    out_.candidates = {pattern};
    step("figure-22",
         "confidentiality=" + std::string(code(*out_.confidentiality)) +
             ", availability=" + std::string(code(*out_.availability)),
         "pattern=" + std::to_string(pattern),
         {"機密性は" + label(*out_.confidentiality).ja + "、可用性は" + label(*out_.availability).ja +
              "。よってパターン" + std::to_string(pattern),
          "Confidentiality " + label(*out_.confidentiality).en + " and availability " + label(*out_.availability).en +
              " make pattern " + std::to_string(pattern) + "."},
         "figure 22");
  }

  void reasons_of_type() {
    const auto& why_c = knowledge_.reasons.at(type_->confidentiality_reason);
    const auto& why_a = knowledge_.reasons.at(type_->availability_reason);
    if (type_->confidentiality && !answered_confidentiality_) {
      step("figure-23", "type=" + type_->id, "confidentiality=" + std::string(code(*type_->confidentiality)),
           {"機密性は" + label(*type_->confidentiality).ja + "（" + why_c.ja + "）",
            "Confidentiality is " + label(*type_->confidentiality).en + " (" + why_c.en + ")."},
           "figure 23");
    }
    if (type_->availability && !answered_availability_) {
      step("figure-23", "type=" + type_->id, "availability=" + std::string(code(*type_->availability)),
           {"可用性は" + label(*type_->availability).ja + "（" + why_a.ja + "）",
            "Availability is " + label(*type_->availability).en + " (" + why_a.en + ")."},
           "figure 23");
    }
  }

  // A type with a pattern: the list of figure 24, or the marks of figure 23 where the list has none.
  void by_list() {
    reasons_of_type();
    const int listed = *type_->pattern;
    const auto number = std::to_string(listed);
    if (type_->standing == Standing::by_marks) {
      step("figure-23", "type=" + type_->id, "pattern=" + number,
           {"図表24に載っていないので、図表23の印からパターン" + number,
            "Figure 24 does not list it; the marks of figure 23 give pattern " + number + "."},
           "figure 23");
    } else {
      step("R2", "type=" + type_->id, "pattern=" + number,
           {"図表24は「" + type_->name.ja + "」をパターン" + number + "に挙げる",
            "Figure 24 lists “" + type_->name.en + "” under pattern " + number + "."});
    }
    const int answered = pattern_of(answered_confidentiality_.value_or(confidentiality_of(listed)),
                                    answered_availability_.value_or(availability_of(listed)));
    if (answered != listed) {
      const auto other = std::to_string(answered);
      out_.conflict = Conflict{"answers",
                               listed,
                               answered,
                               answered,
                               {"種別の一覧ではパターン" + number + "、回答からはパターン" + other +
                                    "。回答をとる。どちらが実情に合うかを確かめてください",
                                "The list says pattern " + number + ", the answers say pattern " + other +
                                    ". The answers count; check which of the two holds."}};
    } else if (type_->standing == Standing::conflict && type_->pattern_fig23 && type_->pattern_fig24) {
      const auto marks = std::to_string(*type_->pattern_fig23);
      out_.conflict =
          Conflict{"figures",
                   *type_->pattern_fig23,
                   *type_->pattern_fig24,
                   listed,
                   {"図表23の印ではパターン" + marks + "、図表24の一覧ではパターン" +
                        std::to_string(*type_->pattern_fig24) + "。厳しい方の" + number + "をとる",
                    "The marks of figure 23 give pattern " + marks + ", the list of figure 24 gives pattern " +
                        std::to_string(*type_->pattern_fig24) + "; the stricter one, " + number + ", counts."}};
    }
    settle(answered);
    note_of_type();
  }

  void note_of_type() {
    if (type_->note.ja.empty() || type_->standing == Standing::conflict) return;
    step("note", "type=" + type_->id, "", type_->note, "figure 23");
  }

  // Grades that remain possible for a type, given what has been answered.
  [[nodiscard]] std::vector<int> possible(const ServiceType& type) const {
    std::vector<Grade> confidentiality = {Grade::high, Grade::low};
    if (type.confidentiality) confidentiality = {*type.confidentiality};
    if (answered_confidentiality_) confidentiality = {*answered_confidentiality_};
    std::vector<Grade> availability = {Grade::high, Grade::medium, Grade::low};
    if (!type.availability_options.empty()) availability = type.availability_options;
    if (type.pattern) availability = {availability_of(*type.pattern)};
    if (answered_availability_) availability = {*answered_availability_};
    std::vector<int> out;
    for (const auto c : confidentiality) {
      for (const auto a : availability) out.push_back(pattern_of(c, a));
    }
    return out;
  }

  // A type that the report leaves open or that inherits (R3): only answers can settle it.
  void by_open_type() {
    reasons_of_type();
    const bool inherits = type_->standing == Standing::inherits;
    const auto& why = knowledge_.reasons.at(type_->availability_reason);
    if (inherits && !answered_availability_) {
      step("figure-23", "type=" + type_->id, "availability=open",
           {"可用性は決まっていない（" + why.ja + "）。先に載せるサービスを決める",
            "Availability is open: it " + why.en + ". Name the hosted service first."},
           "figure 23");
    } else if (!inherits) {
      rule_step("R3", "type=" + type_->id, "pattern=open");
    }
    out_.confidentiality = answered_confidentiality_ ? answered_confidentiality_ : type_->confidentiality;
    out_.availability = answered_availability_;
    note_of_type();
    finish(possible(*type_));
  }

  void by_criteria() {
    out_.confidentiality = answered_confidentiality_;
    out_.availability = answered_availability_;
    std::vector<int> candidates;
    if (variants_.empty()) {
      candidates = possible(ServiceType{});
    } else {
      for (const auto* one : variants_) {
        for (const int pattern : possible(*one)) candidates.push_back(pattern);
      }
    }
    finish(std::move(candidates));
  }

  void finish(std::vector<int> candidates) {
    if (out_.confidentiality && out_.availability) {
      settle(pattern_of(*out_.confidentiality, *out_.availability));
      return;
    }
    keep_sorted_unique(candidates);
    out_.candidates = std::move(candidates);
    std::string list;
    for (const int one : out_.candidates) list += (list.empty() ? "" : ", ") + std::to_string(one);
    const Bilingual open = {
        "パターンはまだ決まらない。候補は" + list + "。判断の基準に答えるか、理由を付けて判断する",
        "The pattern is still open; candidates: " + list + ". Answer the criteria, or judge with a reason."};
    step("R3", "", "candidates=" + list, open);
  }

  const Knowledge& knowledge_;
  const ClassifyInput& input_;
  Classification out_;
  const ServiceType* type_ = nullptr;
  std::vector<const ServiceType*> variants_;
  std::optional<Grade> answered_confidentiality_;
  std::optional<Grade> answered_availability_;
};

constexpr std::string_view stop_effects[] = {"must-run", "severe-loss", "partial-loss", "core-work", "none"};

void write(json::Writer& out, const Bilingual& text) {
  out.begin_object().key("ja").string(text.ja).key("en").string(text.en).end_object();
}

}  // namespace

std::string_view code(StopEffect effect) { return stop_effects[static_cast<std::size_t>(effect)]; }

std::optional<StopEffect> stop_effect_of(std::string_view code) {
  for (std::size_t i = 0; i < std::size(stop_effects); ++i) {
    if (stop_effects[i] == code) return static_cast<StopEffect>(i);
  }
  return std::nullopt;
}

Grade grade_of(StopEffect effect) {
  switch (effect) {
    case StopEffect::must_run:
    case StopEffect::severe_loss:
      return Grade::high;
    case StopEffect::partial_loss:
    case StopEffect::core_work:
      return Grade::medium;
    case StopEffect::none:
      return Grade::low;
  }
  return Grade::low;
}

Classification classify(const Knowledge& knowledge, const ClassifyInput& input) {
  return Judge(knowledge, input).run();
}

std::string to_json(const Classification& classification) {
  std::string text;
  json::Writer out(text);
  const auto grade = [&](std::string_view key, std::optional<Grade> value) {
    out.key(key);
    if (value) {
      out.string(code(*value));
    } else {
      out.null();
    }
  };
  out.begin_object().key("pattern");
  if (classification.pattern) {
    out.integer(*classification.pattern);
  } else {
    out.null();
  }
  grade("confidentiality", classification.confidentiality);
  grade("integrity", classification.integrity);
  grade("availability", classification.availability);
  out.key("conflict");
  if (classification.conflict) {
    const auto& conflict = *classification.conflict;
    const bool figures = conflict.kind == "figures";
    out.begin_object().key("kind").string(conflict.kind);
    out.key(figures ? "figure23" : "by_type").integer(conflict.first);
    out.key(figures ? "figure24" : "by_answers").integer(conflict.second);
    out.key("chosen").integer(conflict.chosen).key("text");
    write(out, conflict.text);
    out.end_object();
  } else {
    out.null();
  }
  out.key("candidates").begin_array();
  for (const int one : classification.candidates) out.integer(one);
  out.end_array().key("type");
  if (classification.type) {
    out.string(*classification.type);
  } else {
    out.null();
  }
  out.key("variants").begin_array();
  for (const auto& one : classification.variants) out.string(one);
  out.end_array().key("basis").begin_array();
  for (const auto& one : classification.basis) {
    out.begin_object().key("rule").string(one.rule).key("source").string(one.source).key("input").string(one.input);
    out.key("outcome").string(one.outcome).key("text");
    write(out, one.text);
    out.end_object();
  }
  out.end_array().end_object();
  return text;
}

Result<Judgement> judge(int pattern, std::string reason, std::string judge, Date date) {
  Problems problems;
  if (pattern < 1 || pattern > 6) {
    problems.add(problem(Failure::invalid, "method.judgement-pattern", "/pattern", {}, "a pattern is 1 to 6"));
  }
  if (trim(reason).empty()) {
    problems.add(problem(Failure::invalid, "method.judgement-reason", "/reason", {}, "a judgement needs a reason"));
  }
  if (trim(judge).empty()) {
    problems.add(problem(Failure::invalid, "method.judgement-judge", "/judge", {}, "a judgement names who judged"));
  }
  if (!date.ok()) {
    problems.add(problem(Failure::invalid, "method.judgement-date", "/date", {}, "a judgement has a date"));
  }
  if (!problems.empty()) return problems;
  return Judgement{pattern, std::move(reason), std::move(judge), date};
}

std::vector<Provider> providers(std::span<const ServiceLine> services) {
  std::vector<Provider> out;
  for (const auto& service : services) {
    auto found = std::find_if(out.begin(), out.end(), [&](const Provider& p) { return p.section == service.section; });
    if (found == out.end()) {
      out.push_back({service.section, {}});
      found = std::prev(out.end());
    }
    found->services.push_back(service);
  }
  return out;
}

}  // namespace genmei::method
