#include "report/view.hpp"

#include <utility>

namespace genmei::report {
namespace {

std::string surname_of(const SealView& seal) {
  if (!seal.surname.empty()) return seal.surname;
  std::string name = replace_all(seal.name, "　", " ");
  return name.substr(0, name.find(' '));
}

std::string_view box_code(SealView::Box box) {
  switch (box) {
    case SealView::Box::approved:
      return "box-approved";
    case SealView::Box::checked:
      return "box-checked";
    case SealView::Box::prepared:
      break;
  }
  return "box-prepared";
}

std::string_view state_code(EditionState state) {
  switch (state) {
    case EditionState::working:
      return "edition-working";
    case EditionState::draft:
      return "edition-draft";
    case EditionState::submitted:
      return "edition-submitted";
    case EditionState::superseded:
      return "edition-superseded";
    case EditionState::approved:
      break;
  }
  return {};
}

// Thousands in groups: 15,904.
std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

// Beginning and end in groups of four, which a person can compare: 7c1e 90b4 5fd2 … a83e.
std::string shortened(const std::string& digest) {
  if (digest.size() < 20) return digest;
  return digest.substr(0, 4) + " " + digest.substr(4, 4) + " " + digest.substr(8, 4) + " … " +
         digest.substr(digest.size() - 4);
}

}  // namespace

Document begin_document(const FrontView& front, const Wording& words, std::string kind) {
  Document out;
  out.kind = std::move(kind);
  out.language = words.language();
  out.organisation = front.organisation;
  out.secrecy = words.of(front.secrecy);
  out.number = front.number;
  if (front.edition) out.edition = words("edition", {{"edition", std::to_string(*front.edition)}});
  if (const auto code = state_code(front.state); !code.empty()) out.state = words(code);
  out.created = front.as_of;
  if (!out.number.empty()) {
    const std::string between = words.language() == Language::ja ? "　" : " ";
    out.front.push_back({words("number"), text_cell(out.number + (out.edition.empty() ? "" : between + out.edition))});
  }
  if (front.effective) out.front.push_back({words("effective"), text_cell(words.date(*front.effective))});
  out.front.push_back({words("as-of"), text_cell(words.instant(front.as_of))});
  for (const auto& seal : front.seals) {
    out.approvals.push_back({words(box_code(seal.box)), words.of(seal.office), seal.name, surname_of(seal), seal.date,
                             seal.date ? words.date(*seal.date) : std::string()});
  }
  return out;
}

void end_document(Document& document, const FrontView& front, const Wording& words) {
  document.blocks.emplace_back(Heading{2, words("verify-title"), "verify"});
  Facts facts;
  if (front.digest.empty()) {
    const auto digest = content_digest(document);
    document.digest_text = "sha256 " + shortened(digest);
    document.trail = words("trail-working");
    document.blocks.emplace_back(Paragraph{words("verify-working"), false});
    facts.items.push_back({words("verify-content-digest"), text_cell(digest)});
  } else {
    document.digest = front.digest;
    document.ledger_index = front.ledger_index;
    document.digest_text = "sha256 " + shortened(front.digest);
    if (front.ledger_index) document.trail = words("trail", {{"index", grouped(*front.ledger_index)}});
    document.blocks.emplace_back(Paragraph{words("verify-text"), false});
    if (front.ledger_index) facts.items.push_back({words("verify-entry"), text_cell(grouped(*front.ledger_index))});
    facts.items.push_back({words("verify-digest"), text_cell(front.digest)});
    facts.items.push_back({words("verify-command"), text_cell("genmei ledger verify")});
  }
  document.trail_note = words("trail-note");
  document.blocks.emplace_back(std::move(facts));
}

Cell text_cell(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}

Cell state_cell(Tone tone, std::string text) {
  Cell cell = text_cell(std::move(text));
  cell.tone = tone;
  return cell;
}

Cell number_cell(std::int64_t value) {
  Cell cell = text_cell(std::to_string(value));
  cell.number = static_cast<double>(value);
  return cell;
}

Cell date_cell(const std::optional<Date>& date, const Wording& words) {
  Cell cell = text_cell(words.date(date));
  cell.date = date;
  return cell;
}

Column column(std::string id, std::string title, double width, ColumnKind kind) {
  Column out;
  out.id = std::move(id);
  out.title = std::move(title);
  out.width = width;
  out.kind = kind;
  return out;
}

}  // namespace genmei::report
