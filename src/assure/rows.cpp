// Rows of an assessment: today's, those of a past moment, or the frozen ones of an edition with its front.
#include <algorithm>

#include "assure/views.hpp"

namespace genmei::assure {
namespace {

using record::Filter;
using record::Record;

void sort_rows(std::vector<Row>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.item.has_value() != b.item.has_value()) return a.item.has_value();
    if (a.item != b.item) return a.item < b.item;
    return a.item ? false : a.key < b.key;
  });
}

Row make_row(const Source& source, std::string key, json::Object fields) {
  Row row;
  row.item = source.library().find(key);
  row.key = std::move(key);
  row.fields = std::move(fields);
  return row;
}

// The first two characters of a post, or the whole of a short one: what fits into a seal.
std::string office_of(const std::string& post) {
  constexpr std::size_t whole = 4;
  constexpr std::size_t cut = 2;
  if (length(post) <= whole) return post;
  std::size_t at = 0;
  for (std::size_t taken = 0; taken < cut && at < post.size(); ++taken) {
    ++at;
    while (at < post.size() && (static_cast<unsigned char>(post[at]) & 0xC0U) == 0x80U) ++at;
  }
  return post.substr(0, at);
}

// Names and posts are those of the day of the decision, so that a later change of the person changes no edition.
Result<void> add_seals(Source& source, const Record& edition, report::FrontView& front) {
  if (!source.session.access().may("approval", record::Action::read)) return {};
  GENMEI_LET(approvals, source.session.all("approval",
                                           {{"subject_kind", Filter::Op::eq, {edition.kind}},
                                            {"subject_id", Filter::Op::eq, {edition.id}}},
                                           {}, {"decided_at"}));
  for (const auto& approval : approvals) {
    if (approval.text("decision") != "approved") continue;
    report::SealView seal;
    const auto at = parse_instant(approval.text("decided_at"));
    if (!at) continue;
    const auto person = approval.text("decided_by");
    if (const auto then = source.session.get("person", person, *at)) {
      seal.name = then->text("name");
      const auto post = office_of(then->text("post"));
      seal.office = {post, post};
    } else {
      GENMEI_LET(names, names_in(source, {approval}));
      seal.name = name_of(names, "person", person);
    }
    seal.date = japan_date(*at);
    front.seals = {std::move(seal)};  // the last approval counts
  }
  return {};
}

// Place in the ledger of the revision that was approved. What is still pending is taken in first, so that the number
// does not depend on when the report is made.
Result<std::optional<std::int64_t>> ledger_place(Source& source, const Record& edition) {
  if (!edition.approved_revision) return std::optional<std::int64_t>();
  GENMEI_LET(history, source.session.history(edition.kind, edition.id, *edition.approved_revision + 1, 1));
  if (history.empty() || history.front().revision != *edition.approved_revision) return std::optional<std::int64_t>();
  const auto look = [&]() -> Result<std::optional<std::int64_t>> {
    std::optional<std::int64_t> out;
    GENMEI_TRY(source.workspace.database().read([&](store::Connection& connection) {
      return connection.each(
          "SELECT idx FROM ledger_entry WHERE org = $1 AND id = $2",
          {std::string_view(source.workspace.organisation()), std::string_view(history.front().entry)},
          [&](const store::Row& row) {
            out = row.integer(0);
            return false;
          });
    }));
    return out;
  };
  GENMEI_LET(known, look());
  if (known) return std::move(known);
  GENMEI_TRY(source.workspace.sequencer().run_once());
  return look();
}

// A superseded edition prints as it was approved: what came after it is not its content.
report::EditionState state_of(const Record& edition) {
  if (edition.state == "draft") return report::EditionState::draft;
  if (edition.state == "submitted") return report::EditionState::submitted;
  return report::EditionState::approved;
}

Result<Record> find_edition(Source& source, const std::string& kind) {
  const auto& wanted = source.request.edition;
  if (auto found = source.session.get(kind, wanted)) return std::move(*found);
  GENMEI_LET(all, source.session.all(kind, {}, {}, {"-edition"}));
  for (auto& one : all) {
    if (one.number == wanted) return std::move(one);
  }
  return problem(Failure::not_found, "report.edition-unknown", "edition", {{"value", wanted}});
}

Result<Assessed> frozen(Source& source, const std::string& kind) {
  GENMEI_LET(edition, find_edition(source, kind));
  const auto* value = edition.fields.if_contains("snapshot");
  if (value == nullptr || !value->is_object())
    return problem(Failure::not_found, "report.edition-unknown", "edition", {{"value", edition.number}});
  const auto& snapshot = value->get_object();
  GENMEI_LET(made, parse_instant(edition.created_at));
  source.at = made;
  if (const auto at = parse_instant(json::text(snapshot, "frozen_at"))) source.at = std::min(*at, made);
  Assessed out;
  out.standard = json::text(snapshot, "standard");
  out.part = json::text(snapshot, "part");
  if (auto then = source.session.get("assessment", json::text(snapshot, "assessment"), source.at))
    out.assessment = std::move(*then);
  if (const auto* names = snapshot.if_contains("labels"); names != nullptr && names->is_object()) {
    for (const auto& name : names->get_object()) {
      if (name.value().is_string()) out.names[name.key()] = std::string(name.value().get_string());
    }
  }
  if (const auto* rows = snapshot.if_contains("rows"); rows != nullptr && rows->is_array()) {
    for (const auto& row : rows->get_array()) {
      if (row.is_object())
        out.rows.push_back(make_row(source, std::string(json::text(row.get_object(), "item")), row.get_object()));
    }
  }
  sort_rows(out.rows);
  GENMEI_LET(front, working_front(source, edition.text("class")));
  front.number = edition.number;
  front.edition = static_cast<int>(json::integer(edition.fields, "edition"));
  front.state = state_of(edition);
  if (const auto day = parse_date(edition.text("effective_on"))) front.effective = *day;
  front.digest = edition.text("digest");
  GENMEI_TRY(add_seals(source, edition, front));
  GENMEI_LET(place, ledger_place(source, edition));
  front.ledger_index = place;
  out.front = std::move(front);
  out.edition = std::move(edition);
  return out;
}

std::string value_text(const Source& source, const record::Field& field, const json::Value& value, const Names& names) {
  if (value.is_null()) return {};
  if (value.is_array()) {
    std::string out;
    for (const auto& one : value.get_array()) {
      const auto text = value_text(source, field, one, names);
      if (text.empty()) continue;
      out += (out.empty() ? "" : source.words("list-separator")) + text;
    }
    return out;
  }
  if (value.is_bool()) {
    if (field.name == "applicable") return source.words(value.get_bool() ? "applied" : "excluded");
    return source.words(value.get_bool() ? "yes" : "no-word");
  }
  if (!value.is_string()) return json::write(value);
  const std::string text(value.get_string());
  if (field.is_reference()) return name_of(names, field.to, text);
  for (const auto& one : field.values) {
    if (one.id == text) return source.in(one.title);
  }
  if (field.type == record::FieldType::date) {
    const auto day = parse_date(text);
    return day ? source.words.date(*day) : text;
  }
  return text;
}

}  // namespace

bool Row::done() const {
  const auto status = json::text(fields, "status");
  return status == "implemented" || status == "verified";
}

std::string reference_of(const Source& source, const Row& row) {
  if (row.item) return source.library().entry(*row.item).reference;
  return row.key.substr(row.key.rfind('/') + 1);
}

Bilingual title_of(const Source& source, const Row& row) {
  if (!row.item) return {row.key, row.key};
  const auto& item = *source.library().entry(*row.item).item;
  return {standard::label(item, Language::ja), standard::label(item, Language::en)};
}

Result<Assessed> assessed(Source& source, const std::string& edition_kind, const std::string& purpose) {
  if (!source.request.edition.empty()) return frozen(source, edition_kind);
  GENMEI_LET(assessment, find_assessment(source, purpose));
  GENMEI_LET(
      rows, source.session.all("requirement", {{"assessment", Filter::Op::eq, {assessment.id}}}, source.request.as_of));
  Assessed out;
  out.standard = assessment.text("standard");
  out.part = assessment.text("part");
  GENMEI_LET(names, names_in(source, rows));
  out.names = std::move(names);
  for (auto& row : rows) {
    auto key = row.text("item");
    out.rows.push_back(make_row(source, std::move(key), std::move(row.fields)));
  }
  sort_rows(out.rows);
  GENMEI_LET(front, working_front(source, assessment.text("class")));
  out.front = std::move(front);
  out.assessment = std::move(assessment);
  return out;
}

Result<Compared> compare(Source& source, const Assessed& assessed) {
  Compared out;
  if (assessed.edition || source.request.as_of || !assessed.assessment) return out;
  GENMEI_LET(approved, operate::approved_edition(source.session, *assessed.assessment));
  if (!approved) return out;
  out.edition = static_cast<int>(json::integer(approved->fields, "edition"));
  GENMEI_LET(changes, operate::differences(source.session, *assessed.assessment, *approved));
  // Values of the edition are named as they were then.
  Names names = assessed.names;
  if (const auto* snapshot = approved->fields.if_contains("snapshot"); snapshot != nullptr && snapshot->is_object()) {
    if (const auto* labels = snapshot->get_object().if_contains("labels"); labels != nullptr && labels->is_object()) {
      for (const auto& label : labels->get_object()) {
        if (label.value().is_string()) names.try_emplace(label.key(), std::string(label.value().get_string()));
      }
    }
  }
  const auto* kind = source.workspace.registry().find("requirement");
  for (const auto& change : changes) {
    for (const auto& one : change.changes) {
      const auto* field = kind->field(one.field);
      if (field == nullptr) continue;
      WordedChange worded{make_row(source, change.item, {}), source.in(field->title), {}, {}};
      if (field->name == "item") {
        worded.before = reference_of(source, worded.row);
      } else {
        worded.before = value_text(source, *field, one.before, names);
        worded.after = value_text(source, *field, one.after, names);
      }
      out.changes.push_back(std::move(worded));
    }
  }
  std::stable_sort(out.changes.begin(), out.changes.end(),
                   [](const WordedChange& a, const WordedChange& b) { return a.row.item < b.row.item; });
  return out;
}

}  // namespace genmei::assure
