// An own catalogue as a YAML file that a person can go on editing. Strings are written as JSON strings, which YAML
// reads.
#include <array>
#include <charconv>

#include "base/json.hpp"
#include "standard/library.hpp"

namespace genmei::standard {
namespace {

class Writer {
 public:
  std::string catalogue(const Catalogue& catalogue) {
    line("", "id", catalogue.id);
    line("", "version", catalogue.version);
    line("", "title", catalogue.title);
    line("", "publisher", catalogue.publisher);
    line("", "licence", catalogue.licence);
    out_ += "parts:\n";
    for (const auto& part : catalogue.parts) {
      line("  - ", "id", part.id);
      line("    ", "title", part.title);
      line("    ", "note", part.note);
      if (!part.prefix.empty()) line("    ", "prefix", part.prefix);
      if (part.by_threats) out_ += "    by_threats: true\n";
      out_ += "    items:\n";
      for (const auto& one : part.items) item(part, one);
    }
    return std::move(out_);
  }

 private:
  void line(const char* indent, const char* key, const std::string& text) {
    out_.append(indent).append(key).append(": ");
    json::write_string(text, out_);
    out_ += '\n';
  }

  void pair(const Bilingual& text) {
    out_ += "{ja: ";
    json::write_string(text.ja, out_);
    out_ += ", en: ";
    json::write_string(text.en, out_);
    out_ += '}';
  }

  void line(const char* indent, const char* key, const Bilingual& text) {
    if (text.ja.empty() && text.en.empty()) return;
    out_.append(indent).append(key).append(": ");
    pair(text);
    out_ += '\n';
  }

  void item(const Part& part, const Item& item) {
    constexpr const char* indent = "        ";
    line("      - ", "id", item.id);
    if (item.kind != Kind::item) line(indent, "level", std::string(code(item.kind)));
    if (item.parent != none) line(indent, "parent", part.items[static_cast<std::size_t>(item.parent)].id);
    line(indent, "title", item.title);
    line(indent, "statement", item.statement);
    line(indent, "question", item.question);
    line(indent, "note", item.note);
    if (!item.basic) out_.append(indent).append("basic: false\n");
    if (!item.points.empty()) points(item);
    if (!item.counters.empty()) {
      out_.append(indent).append("threats:\n");
      for (const auto& one : item.counters) {
        out_.append(indent).append("  - {threat: ").append(one.threat).append(", how: ").append(code(one.how));
        out_ += "}\n";
      }
    }
    if (!item.components.empty()) {
      out_.append(indent).append("components:\n");
      for (const auto& one : item.components) out_.append(indent).append("  - ").append(one) += '\n';
    }
    if (item.evaluation != none) evaluation(part.evaluations[static_cast<std::size_t>(item.evaluation)]);
  }

  void points(const Item& item) {
    out_ += "        points:\n";
    for (const auto language : {Language::ja, Language::en}) {
      out_.append("          ").append(code(language)).append(":\n");
      for (const auto& one : item.points) {
        out_ += "            - ";
        json::write_string(one.in(language), out_);
        out_ += '\n';
      }
    }
  }

  void evaluation(const Evaluation& evaluation) {
    out_ += "        evaluation:\n";
    constexpr const char* indent = "          ";
    if (evaluation.op != Operator::none) line(indent, "operator", std::string(code(evaluation.op)));
    line(indent, "unit", evaluation.unit);
    if (evaluation.illustration) line(indent, "status", std::string("illustration"));
    if (!evaluation.start_event.empty()) line(indent, "start_event", evaluation.start_event);
    if (!evaluation.end_event.empty()) line(indent, "end_event", evaluation.end_event);
    out_.append(indent).append("values:\n");
    for (std::size_t i = 0; i < pattern_count; ++i) {
      const auto& one = evaluation.by_pattern[i];
      out_.append(indent).append("  - {pattern: ").append(std::to_string(i + 1));
      if (one.value) {
        std::array<char, 32> number{};
        const auto [end, error] = std::to_chars(number.data(), number.data() + number.size(), *one.value);
        out_.append(", value: ").append(number.data(), end).append(one.must_reach ? ", must_reach: true" : "");
      } else {
        out_ += ", free: true";
      }
      out_ += "}\n";
    }
  }

  std::string out_;
};

}  // namespace

std::string to_yaml(const Catalogue& catalogue) { return Writer().catalogue(catalogue); }

}  // namespace genmei::standard
