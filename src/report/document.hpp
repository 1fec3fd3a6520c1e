// The one model of a report. Builders (soa, criteria, gap, pattern, disclosure) fill it from view structs; renderers
// (html, pdf, xlsx, json) show it and decide nothing, so that every format has the same content. All text is final: in
// the reader's language, with dates and numbers already written out. Typed values stand beside the text only where a
// spreadsheet needs them to sort (number, date). The model holds no markup: renderers escape everything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace genmei::report {

// What a state means, never how it looks: renderers choose mark and colour. `plain` has no mark.
enum class Tone : std::uint8_t { plain, met, warn, miss, stale, info, none, draft, free, excluded };
std::string_view code(Tone tone);

struct Cell {
  std::string text;
  Tone tone = Tone::plain;       // not plain: the text is a state and gets the mark of the tone
  bool must_reach = false;       // the vermilion ＊ of a reference value (source: reference values with an asterisk)
  std::string link;              // http, https, mailto or "#id" of a heading; anything else is shown without link
  std::string note;              // second, smaller line
  std::optional<double> number;  // the value of `text`, when it is a plain number
  std::optional<Date> date;      // the value of `text`, when it is a date
};

enum class ColumnKind : std::uint8_t { text, state, number, date, ref };  // ref: an identifier, shown in fixed width
enum class Align : std::uint8_t { start, center, end };

struct Column {
  std::string id;     // stable name for machines: "reason"
  std::string title;  // for people
  double width = 10;  // weight among the columns of the table, not a unit
  ColumnKind kind = ColumnKind::text;
  Align align = Align::start;
  bool strong = false;               // names the row
  std::vector<std::string> choices;  // allowed texts; become a drop-down list in a workbook
};

struct Row {
  std::vector<Cell> cells;  // as many as the table has columns
};

struct Group {
  std::string title;  // empty: rows without a group row
  std::string note;   // beside the title: "37件"
  std::vector<Row> rows;
};

struct Heading {
  int level = 2;  // 2 or 3; the document's title is level 1
  std::string text;
  std::string id;  // target of "#id" links; may be empty
};
struct Paragraph {
  std::string text;  // line feeds are kept
  bool small = false;
};
struct Fact {
  std::string label;
  Cell value;
};
struct Facts {
  std::vector<Fact> items;
};
struct Table {
  std::string id;
  std::string title;  // names the sheet in a workbook and the caption on paper; may be empty
  std::vector<Column> columns;
  std::vector<Group> groups;
  std::string
      group_title;         // title of the column into which a workbook writes the group; needed when groups have titles
  std::string empty;       // the sentence shown when there is no row
  bool own_sheet = false;  // in a workbook: a sheet of its own with filter and frozen head
};
struct List {
  bool ordered = false;
  std::vector<std::string> items;
};
// The first line of a report: what it comes to, in a sentence.
struct Verdict {
  Tone tone = Tone::plain;
  std::string text;
  std::string sub;
};
// The 2×3 square of confidentiality and availability. Without a pattern nothing is filled.
struct PatternGlyph {
  std::optional<int> pattern;  // 1..6
  std::string text;            // "パターン3"
  std::string note;            // "機密性 高い・完全性 高い・可用性 低い"
  std::string row_title, column_title;
};
// One evaluation item as a meter. Positions are on one linear scale from `low` to `high`.
struct LevelScale {
  double low = 0, high = 1;
  bool at_least = true;  // acceptable side: right of the reference, else left of it
  std::optional<double> reference, reached, contract;
};
struct LevelRow {
  std::string item;
  Cell reference;  // must_reach marks it
  Cell reached;    // text "31時間"; not measured: its tone is Tone::none
  Cell contract;   // may be empty
  Cell state;
  std::string sentence;             // the row read aloud
  std::optional<LevelScale> scale;  // absent: free or not numeric, no meter
};
struct Levels {
  std::string item_title, reference_title, reached_title, contract_title, state_title;
  std::vector<LevelRow> rows;
};
struct CoveragePart {
  Tone tone = Tone::plain;
  std::string label;
  std::int64_t count = 0;
};
struct Coverage {
  std::string title;
  std::vector<CoveragePart> parts;  // in the order in which the bar is drawn
};

using Block = std::variant<Heading, Paragraph, Facts, Table, List, Verdict, PatternGlyph, Levels, Coverage>;

// A seal box. Stamped only when `date` is set, and set it only for a real approval over this digest.
struct Approval {
  std::string box;      // 承認
  std::string office;   // 代表: two to four characters fit the seal
  std::string name;     // full name, for the accessible text
  std::string surname;  // on the seal
  std::optional<Date> date;
  std::string date_text;  // the same in words
};

enum class Orientation : std::uint8_t { portrait, landscape };

struct Document {
  std::string kind;  // soa, criteria, gap, pattern, disclosure
  Language language = Language::ja;
  Orientation orientation = Orientation::portrait;
  std::string title, subtitle, organisation;
  std::string secrecy;  // class of secrecy, shown in a frame; empty: none
  std::string number, edition;
  std::string state;                // 案, 承認済み …; empty: none
  std::vector<Fact> front;          // top right: number, date in force, as-of time, as text
  std::vector<Approval> approvals;  // right to left on paper: as given, left to right
  std::string digest;               // hex of the revision's SHA-256; empty: the working state, which has no revision
  std::optional<std::int64_t> ledger_index;
  std::string trail;        // foot, left: "証跡 15,904 番"
  std::string digest_text;  // foot: "sha256 7c1e90b4 … a83e"
  std::string trail_note;   // foot: "確かめ方は最後のページ"
  Instant created{};        // when the content was true; the only time that goes into the bytes
  std::vector<Block> blocks;
};

// The model as JSON: the `json` format of a report. Absent values are absent members.
std::string to_json(const Document& document);
// SHA-256 (hex) of the JSON without digest, ledger and foot: names the content of a state that has no revision yet.
std::string content_digest(const Document& document);
// Every text a reader sees, in reading order. Tests compare formats with it; the PDF writer picks the fonts' glyphs by
// it.
std::vector<std::string> texts(const Document& document);

}  // namespace genmei::report
