#include "report/html.hpp"

#include <fstream>
#include <kainjow/mustache.hpp>
#include <numeric>
#include <sstream>
#include <utility>

#include "report/figure.hpp"

namespace genmei::report {
namespace {

using kainjow::mustache::data;
using Kind = data::type;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

// This engine holds an empty string for true and looks a missing name up in the enclosing sections. So an absent value
// is always set, and set to false; then no section ever shows a text of its parent.
void put(data& object, const std::string& key, const std::string& text) {
  if (text.empty()) {
    object.set(key, data(Kind::bool_false));
  } else {
    object.set(key, text);
  }
}

void put(data& object, const std::string& key, bool value) {
  object.set(key, data(value ? Kind::bool_true : Kind::bool_false));
}

template <class T, class F>
data list_of(const std::vector<T>& items, F make) {
  data list(Kind::list);
  for (const auto& item : items) list.push_back(make(item));
  return list;
}

std::string_view css_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::state:
      return "k-state";
    case ColumnKind::number:
      return "k-number";
    case ColumnKind::date:
      return "k-date";
    case ColumnKind::ref:
      return "k-ref";
    case ColumnKind::text:
      break;
  }
  return "k-text";
}

std::string_view css_of(Align align) {
  return align == Align::end ? " a-end" : align == Align::center ? " a-center" : "";
}

bool safe_link(std::string_view link) {
  for (const std::string_view start : {"https://", "http://", "mailto:", "#"}) {
    if (link.starts_with(start)) return true;
  }
  return false;
}

// Control characters have no place in a page (figure.hpp escapes drawings by itself).
std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 || c == '\n' || c == '\t') {
      out += c;
    } else if (c != '\r') {
      out += "\xEF\xBF\xBD";
    }
  }
  return out;
}

data cell_data(const Cell& cell) {
  data out(Kind::object);
  put(out, "text", clean(cell.text));
  put(out, "tone", std::string(cell.tone == Tone::plain ? "" : code(cell.tone)));
  put(out, "mark", state_mark(cell.tone));
  put(out, "must", cell.must_reach);
  put(out, "link", safe_link(cell.link) ? clean(cell.link) : std::string());
  put(out, "note", clean(cell.note));
  return out;
}

data fact_data(const Fact& fact) {
  data out = cell_data(fact.value);
  put(out, "label", clean(fact.label));
  return out;
}

std::string percent(double share) {
  const auto hundredths = static_cast<long>(share * 10000 + 0.5);
  const auto rest = hundredths % 100;
  return std::to_string(hundredths / 100) + "." + (rest < 10 ? "0" : "") + std::to_string(rest) + "%";
}

Result<data> table_data(const Table& table) {
  data out(Kind::object);
  put(out, "table_title", clean(table.title));
  put(out, "table_empty", clean(table.empty));
  const double total = std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                                       [](double sum, const Column& column) { return sum + column.width; });
  out.set("columns", list_of(table.columns, [&](const Column& column) {
            data item(Kind::object);
            put(item, "width", percent(total > 0 ? column.width / total : 0));
            put(item, "class", std::string(css_of(column.kind)) + std::string(css_of(column.align)));
            put(item, "text", clean(column.title));
            return item;
          }));
  put(out, "span", std::to_string(std::max<std::size_t>(1, table.columns.size())));
  bool any = false;
  data groups(Kind::list);
  for (const auto& group : table.groups) {
    data part(Kind::object);
    put(part, "group_title", clean(group.title));
    put(part, "group_note", clean(group.note));
    data rows(Kind::list);
    for (const auto& row : group.rows) {
      any = true;
      if (row.cells.size() != table.columns.size()) {
        return problem(Failure::internal, "report.shape", table.id, {},
                       "a row has " + std::to_string(row.cells.size()) + " cells, the table " +
                           std::to_string(table.columns.size()) + " columns");
      }
      data cells(Kind::list);
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const auto& column = table.columns[i];
        data cell = cell_data(row.cells[i]);
        put(cell, "tag", std::string(column.strong ? "th" : "td"));
        put(cell, "scope", std::string(column.strong ? " scope=\"row\"" : ""));
        put(cell, "class", std::string(css_of(column.kind)) + std::string(css_of(column.align)));
        cells.push_back(std::move(cell));
      }
      data item(Kind::object);
      item.set("cells", cells);
      rows.push_back(std::move(item));
    }
    part.set("rows", rows);
    groups.push_back(std::move(part));
  }
  out.set("groups", groups);
  put(out, "table_any", any);
  return out;
}

data levels_data(const Levels& levels) {
  data out(Kind::object);
  put(out, "item_title", clean(levels.item_title));
  put(out, "reference_title", clean(levels.reference_title));
  put(out, "reached_title", clean(levels.reached_title));
  put(out, "contract_title", clean(levels.contract_title));
  put(out, "state_title", clean(levels.state_title));
  out.set("rows", list_of(levels.rows, [](const LevelRow& row) {
            data item(Kind::object);
            put(item, "item", clean(row.item));
            put(item, "meter", level_meter(row));
            item.set("cells", data(Kind::list));
            data cells(Kind::list);
            for (const Cell* cell : {&row.reference, &row.contract, &row.reached, &row.state})
              cells << cell_data(*cell);
            item.set("cells", cells);
            return item;
          }));
  return out;
}

// `above` is the text of the last heading before the block, which a table's title need not repeat.
Result<data> block_data(const Block& block, const std::string* above) {
  data out(Kind::object);
  Problems problems;
  const Overloaded visit = {[&](const Heading& heading) {
                              data item(Kind::object);
                              put(item, "text", clean(heading.text));
                              put(item, "level", std::to_string(heading.level <= 2 ? 2 : 3));
                              put(item, "id", heading.id);
                              out.set("heading", item);
                            },
                            [&](const Paragraph& paragraph) {
                              data item(Kind::object);
                              put(item, "text", clean(paragraph.text));
                              put(item, "small", paragraph.small);
                              out.set("paragraph", item);
                            },
                            [&](const Facts& facts) {
                              data item(Kind::object);
                              item.set("items", list_of(facts.items, fact_data));
                              out.set("facts", item);
                            },
                            [&](const Table& table) {
                              auto item = table_data(table);
                              if (!item.ok()) {
                                problems = item.problems();
                                return;
                              }
                              if (above != nullptr && *above == table.title) put(*item, "table_title", std::string());
                              out.set("table", *item);
                            },
                            [&](const List& list) {
                              data item(Kind::object);
                              put(item, "ordered", list.ordered);
                              item.set("items", list_of(list.items, [](const std::string& text) {
                                         data line(Kind::object);
                                         put(line, "text", clean(text));
                                         return line;
                                       }));
                              out.set("list", item);
                            },
                            [&](const Verdict& verdict) {
                              data item(Kind::object);
                              put(item, "text", clean(verdict.text));
                              put(item, "sub", clean(verdict.sub));
                              put(item, "tone", std::string(code(verdict.tone)));
                              put(item, "mark", state_mark(verdict.tone));
                              out.set("verdict", item);
                            },
                            [&](const PatternGlyph& glyph) {
                              data item(Kind::object);
                              put(item, "text", clean(glyph.text));
                              put(item, "note", clean(glyph.note));
                              put(item, "square", pattern_square(glyph));
                              out.set("pattern", item);
                            },
                            [&](const Levels& levels) { out.set("levels", levels_data(levels)); },
                            [&](const Coverage& coverage) {
                              data item(Kind::object);
                              put(item, "text", clean(coverage.title));
                              put(item, "bar", coverage_bar(coverage));
                              item.set("parts", list_of(coverage.parts, [](const CoveragePart& part) {
                                         data one(Kind::object);
                                         put(one, "label", clean(part.label));
                                         put(one, "count", std::to_string(part.count));
                                         put(one, "tone", std::string(code(part.tone)));
                                         put(one, "mark", state_mark(part.tone));
                                         return one;
                                       }));
                              out.set("coverage", item);
                            }};
  std::visit(visit, block);
  if (!problems.empty()) return problems;
  return out;
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return problem(Failure::internal, "report.template", path, {}, "cannot read " + path);
  return text.str();
}

}  // namespace

struct HtmlTemplate::State {
  std::string layout;
  std::string style;
};

HtmlTemplate::HtmlTemplate(std::unique_ptr<State> state) : state_(std::move(state)) {}
HtmlTemplate::HtmlTemplate(HtmlTemplate&&) noexcept = default;
HtmlTemplate& HtmlTemplate::operator=(HtmlTemplate&&) noexcept = default;
HtmlTemplate::~HtmlTemplate() = default;

Result<HtmlTemplate> HtmlTemplate::load(const std::string& folder) {
  auto state = std::make_unique<State>();
  GENMEI_LET(layout, read_file(folder + "/document.mustache"));
  GENMEI_LET(style, read_file(folder + "/style.css"));
  const kainjow::mustache::mustache parsed(layout);
  if (!parsed.is_valid()) {
    return problem(Failure::internal, "report.template", folder + "/document.mustache", {}, parsed.error_message());
  }
  state->layout = std::move(layout);
  state->style = std::move(style);
  return HtmlTemplate(std::move(state));
}

Result<std::string> HtmlTemplate::render(const Document& document) const {
  data root(Kind::object);
  put(root, "doc_lang", std::string(genmei::code(document.language)));
  put(root, "doc_orientation", std::string(document.orientation == Orientation::portrait ? "portrait" : "landscape"));
  put(root, "doc_style", state_->style);
  put(root, "doc_title", clean(document.title));
  put(root, "doc_subtitle", clean(document.subtitle));
  put(root, "doc_organisation", clean(document.organisation));
  put(root, "doc_secrecy", clean(document.secrecy));
  put(root, "doc_number", clean(document.number));
  put(root, "doc_edition", clean(document.edition));
  put(root, "doc_state", clean(document.state));
  put(root, "doc_trail", clean(document.trail));
  put(root, "doc_digest", document.digest);
  put(root, "doc_digest_text", clean(document.digest_text));
  put(root, "doc_trail_note", clean(document.trail_note));
  put(root, "doc_created", format_instant(document.created));
  root.set("doc_front", list_of(document.front, fact_data));
  put(root, "doc_has_approvals", !document.approvals.empty());
  root.set("doc_approvals", list_of(document.approvals, [](const Approval& approval) {
             data item(Kind::object);
             put(item, "box", clean(approval.box));
             put(item, "seal", date_seal(approval));
             return item;
           }));
  data blocks(Kind::list);
  const std::string* above = nullptr;
  for (const auto& block : document.blocks) {
    GENMEI_LET(item, block_data(block, above));
    blocks.push_back(std::move(item));
    if (const auto* heading = std::get_if<Heading>(&block)) above = &heading->text;
  }
  root.set("blocks", blocks);
  // Parsed anew for each page: rendering writes into the parsed template, which therefore cannot be shared by threads.
  kainjow::mustache::mustache page(state_->layout);
  page.set_custom_escape([](const std::string& text) { return escaped(text); });
  std::string out;
  page.render(root, [&](const std::string& text) { out += text; });
  if (!page.is_valid())
    return problem(Failure::internal, "report.template", "document.mustache", {}, page.error_message());
  return out;
}

}  // namespace genmei::report
