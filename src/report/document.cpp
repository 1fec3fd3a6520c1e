#include "report/document.hpp"

#include <array>
#include <utility>

#include "base/hash.hpp"

namespace genmei::report {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

constexpr std::array<std::string_view, 10> tone_codes = {"plain", "met",  "warn",  "miss", "stale",
                                                         "info",  "none", "draft", "free", "excluded"};
constexpr std::array<std::string_view, 5> kind_codes = {"text", "state", "number", "date", "ref"};
constexpr std::array<std::string_view, 3> align_codes = {"start", "center", "end"};

// Writes members that have a value and leaves out the others, which keeps the JSON of long tables readable.
class Members {
 public:
  explicit Members(json::Writer& out) : out_(out) {}
  Members& text(std::string_view key, std::string_view value) {
    if (!value.empty()) out_.key(key).string(value);
    return *this;
  }
  Members& flag(std::string_view key, bool value) {
    if (value) out_.key(key).boolean(true);
    return *this;
  }
  Members& number(std::string_view key, const std::optional<double>& value) {
    if (value) out_.key(key).number(*value);
    return *this;
  }

 private:
  json::Writer& out_;
};

void write(json::Writer& out, const Cell& cell) {
  out.begin_object().key("text").string(cell.text);
  if (cell.tone != Tone::plain) out.key("tone").string(code(cell.tone));
  Members(out).flag("must_reach", cell.must_reach).text("link", cell.link).text("note", cell.note);
  Members(out).number("number", cell.number);
  if (cell.date) out.key("date").string(format_date(*cell.date));
  out.end_object();
}

void write(json::Writer& out, const Fact& fact) {
  out.begin_object().key("label").string(fact.label).key("value");
  write(out, fact.value);
  out.end_object();
}

void write(json::Writer& out, const Column& column) {
  out.begin_object().key("id").string(column.id).key("title").string(column.title);
  out.key("kind").string(kind_codes.at(static_cast<std::size_t>(column.kind)));
  out.key("align").string(align_codes.at(static_cast<std::size_t>(column.align)));
  out.key("width").number(column.width);
  Members(out).flag("strong", column.strong);
  if (!column.choices.empty()) {
    out.key("choices").begin_array();
    for (const auto& choice : column.choices) out.string(choice);
    out.end_array();
  }
  out.end_object();
}

void write(json::Writer& out, const Row& row);
void write(json::Writer& out, const Group& group);
void write(json::Writer& out, const LevelRow& row);
void write(json::Writer& out, const CoveragePart& part);
void write(json::Writer& out, const Block& block);
void write(json::Writer& out, const Approval& approval);

template <class T>
void write_all(json::Writer& out, std::string_view key, const std::vector<T>& items) {
  out.key(key).begin_array();
  for (const auto& item : items) write(out, item);
  out.end_array();
}

void write(json::Writer& out, const Row& row) {
  out.begin_array();
  for (const auto& cell : row.cells) write(out, cell);
  out.end_array();
}

void write(json::Writer& out, const Group& group) {
  out.begin_object();
  Members(out).text("title", group.title).text("note", group.note);
  write_all(out, "rows", group.rows);
  out.end_object();
}

void write(json::Writer& out, const LevelRow& row) {
  out.begin_object().key("item").string(row.item);
  for (const auto& [key, cell] : {std::pair{"reference", &row.reference}, std::pair{"reached", &row.reached},
                                  std::pair{"contract", &row.contract}, std::pair{"state", &row.state}}) {
    out.key(key);
    write(out, *cell);
  }
  Members(out).text("sentence", row.sentence);
  if (row.scale) {
    out.key("scale").begin_object().key("low").number(row.scale->low).key("high").number(row.scale->high);
    out.key("at_least").boolean(row.scale->at_least);
    Members(out)
        .number("reference", row.scale->reference)
        .number("reached", row.scale->reached)
        .number("contract", row.scale->contract);
    out.end_object();
  }
  out.end_object();
}

void write(json::Writer& out, const CoveragePart& part) {
  out.begin_object().key("tone").string(code(part.tone)).key("label").string(part.label);
  out.key("count").integer(part.count).end_object();
}

void write(json::Writer& out, const Block& block) {
  out.begin_object().key("block");
  const Overloaded members = {
      [&](const Heading& heading) {
        out.string("heading").key("level").integer(heading.level).key("text").string(heading.text);
        Members(out).text("id", heading.id);
      },
      [&](const Paragraph& paragraph) {
        out.string("paragraph").key("text").string(paragraph.text);
        Members(out).flag("small", paragraph.small);
      },
      [&](const Facts& facts) {
        out.string("facts");
        write_all(out, "items", facts.items);
      },
      [&](const Table& table) {
        out.string("table");
        Members(out)
            .text("id", table.id)
            .text("title", table.title)
            .text("group_title", table.group_title)
            .text("empty", table.empty);
        write_all(out, "columns", table.columns);
        write_all(out, "groups", table.groups);
      },
      [&](const List& list) {
        out.string("list").key("ordered").boolean(list.ordered).key("items").begin_array();
        for (const auto& item : list.items) out.string(item);
        out.end_array();
      },
      [&](const Verdict& verdict) {
        out.string("verdict").key("tone").string(code(verdict.tone)).key("text").string(verdict.text);
        Members(out).text("sub", verdict.sub);
      },
      [&](const PatternGlyph& glyph) {
        out.string("pattern").key("pattern");
        glyph.pattern ? out.integer(*glyph.pattern) : out.null();
        out.key("text").string(glyph.text);
        Members(out).text("note", glyph.note);
        Members(out).text("row_title", glyph.row_title).text("column_title", glyph.column_title);
      },
      [&](const Levels& levels) {
        out.string("levels");
        Members(out)
            .text("item_title", levels.item_title)
            .text("reference_title", levels.reference_title)
            .text("reached_title", levels.reached_title)
            .text("contract_title", levels.contract_title)
            .text("state_title", levels.state_title);
        write_all(out, "rows", levels.rows);
      },
      [&](const Coverage& coverage) {
        out.string("coverage").key("title").string(coverage.title);
        write_all(out, "parts", coverage.parts);
      }};
  std::visit(members, block);
  out.end_object();
}

void write(json::Writer& out, const Approval& approval) {
  out.begin_object().key("box").string(approval.box);
  Members(out).text("office", approval.office).text("name", approval.name).text("surname", approval.surname);
  if (approval.date) out.key("date").string(format_date(*approval.date));
  out.end_object();
}

enum class Scope { all, content };

std::string write(const Document& document, Scope scope) {
  std::string text;
  json::Writer out(text);
  out.begin_object().key("schema").string("report/1").key("kind").string(document.kind);
  out.key("language").string(genmei::code(document.language));
  out.key("orientation").string(document.orientation == Orientation::portrait ? "portrait" : "landscape");
  Members members(out);
  members.text("title", document.title).text("subtitle", document.subtitle);
  members.text("organisation", document.organisation).text("secrecy", document.secrecy);
  members.text("number", document.number).text("edition", document.edition).text("state", document.state);
  out.key("created").string(format_instant(document.created));
  write_all(out, "front", document.front);
  write_all(out, "approvals", document.approvals);
  if (scope == Scope::all) {
    members.text("digest", document.digest);
    if (document.ledger_index) out.key("ledger_index").integer(*document.ledger_index);
    members.text("trail", document.trail).text("digest_text", document.digest_text);
    members.text("trail_note", document.trail_note);
  }
  write_all(out, "blocks", document.blocks);
  out.end_object();
  return text;
}

void add(std::vector<std::string>& out, const std::string& text) {
  if (!text.empty()) out.push_back(text);
}

void add(std::vector<std::string>& out, const Cell& cell) {
  add(out, cell.text);
  add(out, cell.note);
}

void add(std::vector<std::string>& out, const Table& table) {
  add(out, table.title);
  for (const auto& column : table.columns) add(out, column.title);
  bool any = false;
  for (const auto& group : table.groups) {
    add(out, group.title);
    add(out, group.note);
    for (const auto& row : group.rows) {
      any = true;
      for (const auto& cell : row.cells) add(out, cell);
    }
  }
  if (!any) add(out, table.empty);
}

void add(std::vector<std::string>& out, const Levels& levels) {
  add(out, levels.item_title);
  add(out, levels.reference_title);
  add(out, levels.reached_title);
  add(out, levels.contract_title);
  add(out, levels.state_title);
  for (const auto& row : levels.rows) {
    add(out, row.item);
    add(out, row.reference);
    add(out, row.reached);
    add(out, row.contract);
    add(out, row.state);
  }
}

}  // namespace

std::string_view code(Tone tone) { return tone_codes.at(static_cast<std::size_t>(tone)); }

std::string to_json(const Document& document) { return write(document, Scope::all); }

std::string content_digest(const Document& document) { return hex(sha256(write(document, Scope::content))); }

std::vector<std::string> texts(const Document& document) {
  std::vector<std::string> out;
  add(out, document.organisation);
  add(out, document.secrecy);
  add(out, document.title);
  add(out, document.subtitle);
  add(out, document.state);
  for (const auto& fact : document.front) {
    add(out, fact.label);
    add(out, fact.value);
  }
  for (const auto& approval : document.approvals) {
    add(out, approval.box);
    if (!approval.date) continue;
    add(out, approval.office);
    add(out, approval.surname);
  }
  const Overloaded visit = {[&](const Heading& heading) { add(out, heading.text); },
                            [&](const Paragraph& paragraph) { add(out, paragraph.text); },
                            [&](const Facts& facts) {
                              for (const auto& fact : facts.items) {
                                add(out, fact.label);
                                add(out, fact.value);
                              }
                            },
                            [&](const Table& table) { add(out, table); },
                            [&](const List& list) {
                              for (const auto& item : list.items) add(out, item);
                            },
                            [&](const Verdict& verdict) {
                              add(out, verdict.text);
                              add(out, verdict.sub);
                            },
                            [&](const PatternGlyph& glyph) {
                              add(out, glyph.text);
                              add(out, glyph.note);
                            },
                            [&](const Levels& levels) { add(out, levels); },
                            [&](const Coverage& coverage) {
                              add(out, coverage.title);
                              for (const auto& part : coverage.parts) {
                                add(out, part.label);
                                add(out, std::to_string(part.count));
                              }
                            }};
  for (const auto& block : document.blocks) std::visit(visit, block);
  add(out, document.trail);
  add(out, document.digest_text);
  add(out, document.trail_note);
  return out;
}

}  // namespace genmei::report
