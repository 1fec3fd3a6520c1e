#include "report/criteria.hpp"

#include <utility>

namespace genmei::report {
namespace {

struct Counts {
  std::int64_t total = 0, applied = 0, dropped = 0, undecided = 0, added = 0, details = 0, details_applied = 0;
  std::int64_t unreasoned = 0;  // dropped without a reason: not allowed to be approved
};

Counts count(const CriteriaView& view) {
  Counts out;
  for (const auto& section : view.sections) {
    for (const auto& item : section.items) {
      ++out.total;
      if (item.added) ++out.added;
      if (!item.applicable) {
        ++out.undecided;
      } else if (*item.applicable) {
        ++out.applied;
      } else {
        ++out.dropped;
        if (item.reason.empty()) ++out.unreasoned;
      }
      for (const auto& detail : item.details) {
        ++out.details;
        if (detail.applicable.value_or(false)) ++out.details_applied;
        if (detail.applicable && !*detail.applicable && detail.reason.empty()) ++out.unreasoned;
      }
    }
  }
  return out;
}

Cell decision(const std::optional<bool>& applicable, const Wording& words) {
  if (!applicable) return state_cell(Tone::none, words("undecided"));
  if (*applicable) return text_cell(words("applied"));
  return state_cell(Tone::excluded, words("excluded"));
}

std::string disclosure(char level, const Wording& words) {
  return level == 0 ? "—" : words("disclosure-" + std::string(1, static_cast<char>(level - 'A' + 'a')));
}

std::string commitment(int level, const Wording& words) {
  return level == 0 ? "—" : words("commitment-" + std::to_string(level));
}

Cell wording(const std::string& text, bool reworded, bool added, const Wording& words) {
  Cell cell = text_cell(text);
  if (added) {
    cell.note = words("criteria-added");
  } else if (reworded) {
    cell.note = words("criteria-reworded");
  }
  return cell;
}

std::string reason(const std::optional<bool>& applicable, const std::string& text, const Wording& words) {
  if (!text.empty()) return text;
  return applicable && !*applicable ? words("criteria-no-reason") : "—";
}

// Without any commitment or disclosure set, their columns would hold dashes only.
bool has_promises(const CriteriaView& view) {
  for (const auto& section : view.sections) {
    for (const auto& item : section.items) {
      if (item.commitment != 0 || item.disclosure != 0) return true;
    }
  }
  return false;
}

std::string title_of(const CriteriaSection& section) { return section.ref + "　" + section.title; }

Table items_table(const CriteriaView& view, const Wording& words) {
  Table table;
  table.id = "items";
  table.title = words("criteria-items");
  table.group_title = words("section");
  table.empty = words("criteria-empty");
  table.columns = {column("ref", words("no"), 9, ColumnKind::ref),
                   column("text", words("item"), 34),
                   column("decision", words("decision"), 9, ColumnKind::state),
                   column("reason", words("reason"), 20),
                   column("commitment", words("commitment"), 10),
                   column("disclosure", words("disclosure"), 11),
                   column("details", words("details"), 8),
                   column("owner", words("owner"), 9)};
  table.columns[1].strong = true;
  table.columns[2].choices = {words("applied"), words("excluded"), words("undecided")};
  for (int level = 1; level <= 3; ++level) table.columns[4].choices.push_back(commitment(level, words));
  for (char level = 'A'; level <= 'D'; ++level) table.columns[5].choices.push_back(disclosure(level, words));
  const bool promises = has_promises(view);
  if (!promises) table.columns.erase(table.columns.begin() + 4, table.columns.begin() + 6);
  for (const auto& section : view.sections) {
    Group group;
    group.title = title_of(section);
    group.note = section.objective;
    for (const auto& item : section.items) {
      std::int64_t chosen = 0;
      for (const auto& detail : item.details) chosen += detail.applicable.value_or(false) ? 1 : 0;
      const bool applied = item.applicable.value_or(true);
      const std::string details =
          item.details.empty() || !applied ? "—" : std::to_string(chosen) + " / " + std::to_string(item.details.size());
      group.rows.push_back({{text_cell(item.ref), wording(item.text, item.reworded, item.added, words),
                             decision(item.applicable, words), text_cell(reason(item.applicable, item.reason, words)),
                             text_cell(applied ? commitment(item.commitment, words) : "—"),
                             text_cell(applied ? disclosure(item.disclosure, words) : "—"), text_cell(details),
                             text_cell(item.owner.empty() ? "—" : item.owner)}});
      if (!promises)
        group.rows.back().cells.erase(group.rows.back().cells.begin() + 4, group.rows.back().cells.begin() + 6);
    }
    table.groups.push_back(std::move(group));
  }
  return table;
}

Table details_table(const CriteriaView& view, const Wording& words) {
  Table table;
  table.id = "details";
  table.title = words("criteria-details");
  table.group_title = words("control");
  table.empty = words("criteria-no-details");
  table.columns = {column("ref", words("no"), 12, ColumnKind::ref), column("text", words("criteria-detail"), 56),
                   column("decision", words("decision"), 9, ColumnKind::state), column("reason", words("reason"), 23)};
  table.columns[2].choices = {words("applied"), words("excluded"), words("undecided")};
  for (const auto& section : view.sections) {
    for (const auto& item : section.items) {
      if (item.details.empty() || !item.applicable.value_or(true)) continue;
      Group group;
      group.title = item.ref + "　" + item.text;
      for (const auto& detail : item.details) {
        group.rows.push_back(
            {{text_cell(detail.ref), wording(detail.text, detail.reworded, false, words),
              decision(detail.applicable, words), text_cell(reason(detail.applicable, detail.reason, words))}});
      }
      table.groups.push_back(std::move(group));
    }
  }
  return table;
}

Table exclusions_table(const CriteriaView& view, const Wording& words) {
  Table table;
  table.id = "exclusions";
  table.title = words("criteria-exclusions");
  table.empty = words("criteria-no-exclusions");
  table.columns = {column("ref", words("no"), 12, ColumnKind::ref), column("text", words("item"), 44),
                   column("reason", words("exclusion-reason"), 44)};
  Group group;
  const auto add = [&](const std::string& ref, const std::string& text, const std::optional<bool>& applicable,
                       const std::string& why) {
    if (applicable.value_or(true)) return;
    group.rows.push_back({{text_cell(ref), text_cell(text), text_cell(reason(applicable, why, words))}});
  };
  for (const auto& section : view.sections) {
    for (const auto& item : section.items) {
      add(item.ref, item.text, item.applicable, item.reason);
      if (!item.applicable.value_or(true)) continue;
      for (const auto& detail : item.details) add(detail.ref, detail.text, detail.applicable, detail.reason);
    }
  }
  table.groups.push_back(std::move(group));
  return table;
}

Table changes_table(const CriteriaView& view, const Wording& words) {
  Table table;
  table.id = "changes";
  table.title = words("differences-title", {{"edition", std::to_string(*view.compared_edition)}});
  table.empty = words("differences-none");
  table.columns = {column("ref", words("no"), 12, ColumnKind::ref), column("field", words("field"), 12),
                   column("before", words("before"), 25), column("after", words("after"), 25),
                   column("reason", words("reason"), 26)};
  Group group;
  for (const auto& change : view.changes) {
    const auto shown = [](const std::string& text) { return text_cell(text.empty() ? "—" : text); };
    group.rows.push_back({{text_cell(change.ref), text_cell(change.field), shown(change.before), shown(change.after),
                           shown(change.reason)}});
  }
  table.groups.push_back(std::move(group));
  return table;
}

Verdict verdict(const Counts& counts, const Wording& words) {
  const Arguments numbers = {{"total", std::to_string(counts.total)},
                             {"applied", std::to_string(counts.applied)},
                             {"dropped", std::to_string(counts.dropped)},
                             {"undecided", std::to_string(counts.undecided)},
                             {"added", std::to_string(counts.added)},
                             {"details", std::to_string(counts.details)},
                             {"details_applied", std::to_string(counts.details_applied)},
                             {"unreasoned", std::to_string(counts.unreasoned)}};
  Verdict out;
  out.sub = words("criteria-verdict-sub", numbers);
  if (counts.unreasoned > 0) {
    out.tone = Tone::warn;
    out.text = words("criteria-verdict-unreasoned", numbers);
  } else if (counts.total == 0 || counts.undecided > 0) {
    out.tone = Tone::none;
    out.text = words(counts.total == 0 ? "criteria-empty" : "criteria-verdict-undecided", numbers);
  } else {
    out.tone = Tone::met;
    out.text = words("criteria-verdict-decided", numbers);
  }
  return out;
}

}  // namespace

Document criteria_document(const CriteriaView& view, const Wording& words) {
  Document out = begin_document(view.front, words, "criteria");
  out.orientation = Orientation::landscape;
  out.title = words("criteria-title");
  out.subtitle = view.name;
  out.blocks.emplace_back(verdict(count(view), words));
  Facts facts;
  facts.items.push_back({words("criteria-subject"), text_cell(view.subject)});
  facts.items.push_back({words("criteria-catalogue"), text_cell(view.catalogue)});
  if (!view.purpose.empty()) facts.items.push_back({words("criteria-purpose"), text_cell(view.purpose)});
  if (!view.grounds.empty()) facts.items.push_back({words("criteria-grounds"), text_cell(view.grounds)});
  out.blocks.emplace_back(std::move(facts));
  if (has_promises(view)) out.blocks.emplace_back(Paragraph{words("criteria-legend"), true});
  const auto add = [&](Table table) {
    out.blocks.emplace_back(Heading{2, table.title, table.id});
    out.blocks.emplace_back(std::move(table));
  };
  add(items_table(view, words));
  add(exclusions_table(view, words));
  if (view.with_details) add(details_table(view, words));
  if (view.compared_edition) add(changes_table(view, words));
  end_document(out, view.front, words);
  return out;
}

}  // namespace genmei::report
