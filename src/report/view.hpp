// What every report has in front and at its foot, as the caller knows it: organisation, number, edition, dates,
// approvals, digest. Builders turn it into the document's front, so that all reports look alike. View structs hold
// facts of the database in no particular language where the record is bilingual; builders hold the words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/time.hpp"
#include "report/document.hpp"
#include "report/wording.hpp"

namespace genmei::report {

// Of the edition that is shown. `working`: today's records, of which no edition was made.
enum class EditionState : std::uint8_t { working, draft, submitted, approved, superseded };

// One step of the approval, in the order in which the boxes stand: approved, checked, prepared.
struct SealView {
  enum class Box : std::uint8_t { approved, checked, prepared };
  Box box = Box::approved;
  Bilingual office;          // short form for the seal: 代表, 管理, 事務局
  std::string name;          // full name
  std::string surname;       // what the seal shows; empty: the name up to its first space
  std::optional<Date> date;  // set only when this step was really done over this digest
};

struct FrontView {
  std::string organisation;
  std::string number;          // SOA-001
  std::optional<int> edition;  // 4
  EditionState state = EditionState::working;
  Bilingual secrecy;              // class of secrecy: 社外秘; empty: none shown
  std::optional<Date> effective;  // in force from
  Instant as_of{};                // the moment that the content shows
  std::vector<SealView> seals;    // without any, no boxes are drawn
  std::string digest;             // hex of the revision's SHA-256; empty for the working state
  std::optional<std::int64_t> ledger_index;
};

// Title block, state, seals, foot. The builder sets kind, title, subtitle and orientation itself.
Document begin_document(const FrontView& front, const Wording& words, std::string kind);
// Adds the last section, which says how a reader checks the document, and completes the foot.
void end_document(Document& document, const FrontView& front, const Wording& words);

// Small makers that builders share.
Cell text_cell(std::string text);
Cell state_cell(Tone tone, std::string text);
Cell number_cell(std::int64_t value);
Cell date_cell(const std::optional<Date>& date, const Wording& words);
Column column(std::string id, std::string title, double width, ColumnKind kind = ColumnKind::text);

}  // namespace genmei::report
