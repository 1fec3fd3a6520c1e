// How the rules of the model regulation show their changeable values.
#include <charconv>

#include "standard/library.hpp"

namespace genmei::standard {
namespace {

std::string with_unit(const Catalogue& catalogue, std::int64_t number, std::string unit_id, Language language,
                      bool after_every) {
  constexpr std::int64_t months_per_year = 12;
  if (unit_id == "months" && number != 0 && number % months_per_year == 0) {
    number /= months_per_year;
    unit_id = "years";
  }
  for (const auto& unit : catalogue.units) {
    if (unit.id != unit_id) continue;
    if (language == Language::ja) return std::to_string(number) + unit.ja;
    if (number == 1) return after_every ? unit.en_one : "1 " + unit.en_one;
    return std::to_string(number) + " " + unit.en;
  }
  return std::to_string(number);
}

bool ends_with_every(std::string_view text) {
  const auto trimmed = trim(text);
  return trimmed.ends_with("every") || trimmed.ends_with("Every");
}

}  // namespace

std::string render_parameter(const Catalogue& catalogue, const Parameter& parameter, Language language,
                             std::string_view value, bool after_every) {
  switch (parameter.type) {
    case Parameter::Type::text:
      return value.empty() ? parameter.text.in(language) : std::string(value);
    case Parameter::Type::enumeration:
    case Parameter::Type::boolean: {
      const std::string_view wanted = value.empty() ? std::string_view(parameter.choice) : value;
      for (const auto& choice : parameter.choices) {
        if (choice.id == wanted) return choice.text.in(language);
      }
      return std::string(wanted);
    }
    case Parameter::Type::integer:
    case Parameter::Type::duration:
      break;
  }
  std::int64_t number = parameter.number;
  if (!value.empty()) {
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || stop != value.data() + value.size()) return std::string(value);
  }
  if (parameter.type == Parameter::Type::integer) return std::to_string(number);
  return with_unit(catalogue, number, parameter.unit, language, after_every);
}

std::string Library::rule_text(const Catalogue& catalogue, const Rule& rule, Language language,
                               const std::unordered_map<std::string, std::string>& values) const {
  const auto& text = rule.text.in(language);
  std::string out;
  std::size_t from = 0;
  while (true) {
    const auto open = text.find("{{", from);
    const auto close = open == std::string::npos ? open : text.find("}}", open);
    if (close == std::string::npos) return out.append(text, from);
    out.append(text, from, open - from);
    const auto id = text.substr(open + 2, close - open - 2);
    const auto* const parameter = catalogue.parameter(id);
    const auto own = values.find(id);
    if (parameter != nullptr) {
      out += render_parameter(catalogue, *parameter, language,
                              own == values.end() ? std::string_view() : std::string_view(own->second),
                              ends_with_every(out));
    }
    from = close + 2;
  }
}

}  // namespace genmei::standard
