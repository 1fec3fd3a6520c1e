#include "report/soa.hpp"

#include <array>
#include <utility>

namespace genmei::report {
namespace {

struct Counts {
  std::int64_t total = 0, applied = 0, excluded = 0, undecided = 0;
  std::int64_t met = 0, partly = 0, missing = 0, none = 0;
};

bool is_excluded(const SoaControl& control) { return control.applicable.has_value() && !*control.applicable; }

Counts count(const SoaView& view) {
  Counts out;
  for (const auto& theme : view.themes) {
    for (const auto& control : theme.controls) {
      ++out.total;
      if (is_excluded(control)) {
        ++out.excluded;
        continue;
      }
      control.applicable ? ++out.applied : ++out.undecided;
      switch (control.status) {
        case SoaControl::Status::implemented:
          control.stale_evidence ? ++out.partly : ++out.met;
          break;
        case SoaControl::Status::partly:
          ++out.partly;
          break;
        case SoaControl::Status::planned:
        case SoaControl::Status::not_started:
          ++out.missing;
          break;
        case SoaControl::Status::not_assessed:
          ++out.none;
          break;
      }
    }
  }
  return out;
}

Cell status_cell(const SoaControl& control, const Wording& words) {
  if (is_excluded(control)) return state_cell(Tone::excluded, words("status-excluded"));
  Cell cell;
  switch (control.status) {
    case SoaControl::Status::implemented:
      if (control.stale_evidence) return state_cell(Tone::stale, words("status-stale"));
      return state_cell(Tone::met, words("status-implemented"));
    case SoaControl::Status::partly:
      cell = state_cell(Tone::warn, words("status-partly"));
      break;
    case SoaControl::Status::planned:
      cell = state_cell(Tone::info, words("status-planned"));
      break;
    case SoaControl::Status::not_started:
      cell = state_cell(Tone::miss, words("status-not-started"));
      break;
    case SoaControl::Status::not_assessed:
      return state_cell(Tone::none, words("status-not-assessed"));
  }
  if (control.stale_evidence) cell.note = words("status-stale");
  return cell;
}

std::string reason_text(const SoaControl& control, const Wording& words) {
  constexpr std::array<std::string_view, 6> codes = {"reason-risk",     "reason-law",     "reason-contract",
                                                     "reason-business", "reason-pattern", "reason-standard"};
  std::string out;
  for (const auto& reason : control.reasons) {
    if (!out.empty()) out += words("list-separator");
    out += words(codes.at(static_cast<std::size_t>(reason.kind)));
    if (!reason.label.empty()) {
      out += words("in-brackets", {{"text", reason.label}});
    } else if (reason.count > 0) {
      out += words("in-brackets", {{"text", words("cases", {{"count", std::to_string(reason.count)}})}});
    }
  }
  if (!control.justification.empty()) out += (out.empty() ? "" : "\n") + control.justification;
  return out.empty() ? "—" : out;
}

std::string decision(const SoaControl& control, const Wording& words) {
  if (!control.applicable) return words("undecided");
  return words(*control.applicable ? "applied" : "excluded");
}

std::string or_dash(const std::string& text) { return text.empty() ? "—" : text; }

Table controls_table(const SoaView& view, const Wording& words) {
  Table table;
  table.id = "controls";
  table.title = words("soa-controls");
  table.group_title = words("theme");
  table.empty = words("soa-empty");
  table.columns = {column("ref", words("no"), 7.4, ColumnKind::ref),
                   column("title", words("control"), 21),
                   column("decision", words("decision"), words.language() == Language::ja ? 6 : 9),
                   column("reason", words("soa-reason"), 16),
                   column("practice", words("soa-practice"), 26),
                   column("status", words("status"), 10, ColumnKind::state),
                   column("evidence", words("soa-evidence"), 17),
                   column("owner", words("owner"), 9)};
  table.columns[1].strong = true;
  table.columns[2].choices = {words("applied"), words("excluded"), words("undecided")};
  for (const std::string_view code : {"status-implemented", "status-partly", "status-planned", "status-not-started",
                                      "status-not-assessed", "status-excluded", "status-stale"}) {
    table.columns[5].choices.push_back(words(code));
  }
  for (const auto& theme : view.themes) {
    Group group;
    group.title = theme.id + "　" + words.of(theme.title);
    for (const auto& control : theme.controls) {
      const bool out = is_excluded(control);
      group.rows.push_back(
          {{text_cell(control.ref), text_cell(words.of(control.title)), text_cell(decision(control, words)),
            text_cell(reason_text(control, words)), text_cell(out ? "—" : or_dash(control.practice)),
            status_cell(control, words), text_cell(out ? "—" : or_dash(control.evidence)),
            text_cell(out ? "—" : or_dash(control.owner))}});
    }
    table.groups.push_back(std::move(group));
  }
  return table;
}

// An auditor looks at what was left out first, so the exclusions stand together once more with their reasons.
Table exclusions_table(const SoaView& view, const Wording& words) {
  Table table;
  table.id = "exclusions";
  table.title = words("soa-exclusions");
  table.empty = words("soa-no-exclusions");
  table.columns = {column("ref", words("no"), 7.4, ColumnKind::ref), column("title", words("control"), 32),
                   column("reason", words("exclusion-reason"), 60)};
  table.columns[1].strong = true;
  Group group;
  for (const auto& theme : view.themes) {
    for (const auto& control : theme.controls) {
      if (!is_excluded(control)) continue;
      group.rows.push_back(
          {{text_cell(control.ref), text_cell(words.of(control.title)), text_cell(reason_text(control, words))}});
    }
  }
  table.groups.push_back(std::move(group));
  return table;
}

Table differences_table(const SoaView& view, const Wording& words) {
  Table table;
  table.id = "differences";
  table.title = words("differences-title", {{"edition", std::to_string(*view.compared_edition)}});
  table.empty = words("differences-none");
  table.columns = {column("ref", words("no"), 7.4, ColumnKind::ref), column("title", words("control"), 24),
                   column("field", words("field"), 12), column("before", words("before"), 28),
                   column("after", words("after"), 28)};
  table.columns[1].strong = true;
  Group group;
  for (const auto& difference : view.differences) {
    group.rows.push_back(
        {{text_cell(difference.ref), text_cell(words.of(difference.title)), text_cell(difference.field),
          text_cell(or_dash(difference.before)), text_cell(or_dash(difference.after))}});
  }
  table.groups.push_back(std::move(group));
  return table;
}

Verdict verdict(const Counts& counts, const Wording& words) {
  const Arguments numbers = {
      {"total", std::to_string(counts.total)},       {"applied", std::to_string(counts.applied)},
      {"excluded", std::to_string(counts.excluded)}, {"undecided", std::to_string(counts.undecided)},
      {"met", std::to_string(counts.met)},           {"partly", std::to_string(counts.partly)},
      {"missing", std::to_string(counts.missing)},   {"none", std::to_string(counts.none)}};
  Verdict out;
  out.sub = words("soa-verdict-sub", numbers);
  if (counts.total == 0 || counts.undecided > 0) {
    out.tone = Tone::none;
    out.text = words(counts.total == 0 ? "soa-empty" : "soa-verdict-undecided", numbers);
  } else if (counts.none > 0) {
    out.tone = Tone::none;
    out.text = words("soa-verdict-none", numbers);
  } else if (counts.missing > 0) {
    out.tone = Tone::miss;
    out.text = words("soa-verdict-missing", numbers);
  } else if (counts.partly > 0) {
    out.tone = Tone::warn;
    out.text = words("soa-verdict-partly", numbers);
  } else {
    out.tone = Tone::met;
    out.text = words("soa-verdict-met", numbers);
  }
  return out;
}

}  // namespace

Document soa_document(const SoaView& view, const Wording& words) {
  Document out = begin_document(view.front, words, "soa");
  const Counts counts = count(view);
  out.orientation = Orientation::landscape;
  out.title = words("soa-title");
  out.subtitle = words("soa-subtitle", {{"catalogue", words.of(view.catalogue)},
                                        {"total", std::to_string(counts.total)},
                                        {"applied", std::to_string(counts.applied)},
                                        {"excluded", std::to_string(counts.excluded)}});
  out.blocks.emplace_back(verdict(counts, words));
  Facts facts;
  if (!view.scope.empty()) facts.items.push_back({words("scope"), text_cell(view.scope)});
  if (!view.assessment.empty()) facts.items.push_back({words("soa-assessment"), text_cell(view.assessment)});
  if (!facts.items.empty()) out.blocks.emplace_back(std::move(facts));
  Coverage coverage;
  coverage.title = words("soa-coverage", {{"total", std::to_string(counts.total)}});
  coverage.parts = {{Tone::met, words("status-implemented"), counts.met},
                    {Tone::warn, words("soa-partly-or-stale"), counts.partly},
                    {Tone::miss, words("soa-missing"), counts.missing},
                    {Tone::none, words("status-not-assessed"), counts.none},
                    {Tone::excluded, words("status-excluded"), counts.excluded}};
  out.blocks.emplace_back(std::move(coverage));
  out.blocks.emplace_back(Heading{2, words("soa-controls"), "controls"});
  auto controls = controls_table(view, words);
  out.blocks.emplace_back(std::move(controls));
  out.blocks.emplace_back(Heading{2, words("soa-exclusions"), "exclusions"});
  out.blocks.emplace_back(exclusions_table(view, words));
  if (view.compared_edition) {
    auto differences = differences_table(view, words);
    out.blocks.emplace_back(Heading{2, differences.title, "differences"});
    out.blocks.emplace_back(std::move(differences));
  }
  end_document(out, view.front, words);
  return out;
}

}  // namespace genmei::report
