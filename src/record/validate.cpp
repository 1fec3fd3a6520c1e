#include <algorithm>
#include <cmath>
#include <regex>
#include <set>

#include "base/id.hpp"
#include "base/time.hpp"
#include "record/engine.hpp"

namespace genmei::record {
namespace {

constexpr std::size_t max_items = 5000;

std::string_view view(const json::Value& value) { return {value.get_string().data(), value.get_string().size()}; }

// ISO 8601 duration: P[nY][nM][nW][nD][T[nH][nM][nS]], at least one part.
bool is_duration(std::string_view text) {
  static const std::regex form(
      "P(?!$)([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,5}H)?([0-9]{1,6}M)?([0-9]{1,7}"
      "S)?)?");
  return text.size() < 40 && std::regex_match(text.begin(), text.end(), form);
}

class Normaliser {
 public:
  Normaliser(const Kind& kind, const Catalogues& catalogues, bool product)
      : kind_(kind), catalogues_(catalogues), product_(product) {}

  Result<json::Object> run(const json::Object& fields) {
    json::Object out;
    for (const auto& member : fields) {
      const std::string name(member.key());
      const auto* field = kind_.field(name);
      if (field == nullptr) {
        fault(name, "unknown-field");
      } else if (field->readonly && !product_) {
        fault(name, "readonly", field);
      } else if (member.value().is_null()) {
        out[name] = nullptr;
      } else if (auto value = one(*field, member.value(), name)) {
        out[name] = std::move(*value);
      }
    }
    if (!problems_.empty()) return problems_;
    return out;
  }

 private:
  void fault(const std::string& place, const char* code, const Field* field = nullptr, std::string value = {},
             std::string max = {}) {
    problems_.add(problem(Failure::invalid, std::string("record.") + code, "/fields/" + place,
                          {{"field", field != nullptr ? field->title.ja : place},
                           {"field_en", field != nullptr ? field->title.en : place},
                           {"value", std::move(value)},
                           {"max", std::move(max)}}));
  }

  std::optional<std::string> text(const Field& field, const json::Value& value, const std::string& place) {
    if (!value.is_string()) {
      fault(place, "type", &field);
      return std::nullopt;
    }
    auto clean = nfc(view(value));
    for (const char c : clean) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F) {
        fault(place, "control", &field);
        return std::nullopt;
      }
    }
    if (field.type != FieldType::longtext && field.type != FieldType::json) {
      clean = std::string(trim(clean));
      if (clean.find('\n') != std::string::npos) std::replace(clean.begin(), clean.end(), '\n', ' ');
    }
    if (field.max_length > 0 && length(clean) > field.max_length) {
      fault(place, "too-long", &field, {}, std::to_string(field.max_length));
      return std::nullopt;
    }
    return clean;
  }

  template <class T>
  bool in_range(const Field& field, T number, const std::string& place) {
    if ((field.min && static_cast<double>(number) < *field.min) ||
        (field.max && static_cast<double>(number) > *field.max)) {
      fault(place, "range", &field, json::write(json::Value(number)),
            (field.min ? json::write(json::Value(*field.min)) : "") + "…" +
                (field.max ? json::write(json::Value(*field.max)) : ""));
      return false;
    }
    return true;
  }

  std::optional<json::Value> one(const Field& field, const json::Value& value, const std::string& place) {
    switch (field.type) {
      case FieldType::boolean:
        if (value.is_bool()) return value;
        break;
      case FieldType::integer:
      case FieldType::money:
        if (value.is_int64()) return in_range(field, value.get_int64(), place) ? std::optional(value) : std::nullopt;
        break;
      case FieldType::decimal:
      case FieldType::percent:
        if (value.is_number()) {
          const double number = value.is_int64()    ? static_cast<double>(value.get_int64())
                                : value.is_double() ? value.get_double()
                                                    : static_cast<double>(value.get_uint64());
          return in_range(field, number, place) ? std::optional<json::Value>(number) : std::nullopt;
        }
        break;
      case FieldType::refs:
      case FieldType::catalogues:
      case FieldType::texts:
        return many(field, value, place);
      case FieldType::json:
        if (value.is_object() || value.is_array()) return value;
        break;
      default: {
        auto clean = text(field, value, place);
        if (!clean) return std::nullopt;
        if (clean->empty()) return json::Value(nullptr);
        return checked(field, std::move(*clean), place);
      }
    }
    fault(place, "type", &field);
    return std::nullopt;
  }

  std::optional<json::Value> many(const Field& field, const json::Value& value, const std::string& place) {
    if (!value.is_array()) {
      fault(place, "type", &field);
      return std::nullopt;
    }
    const auto& items = value.get_array();
    if (items.size() > max_items) {
      fault(place, "too-many", &field, {}, std::to_string(max_items));
      return std::nullopt;
    }
    json::Array out;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto at = place + "/" + std::to_string(i);
      auto clean = text(field, items[i], at);
      if (!clean || clean->empty() || !seen.insert(*clean).second) continue;
      if (auto item = checked(field, std::move(*clean), at)) out.push_back(std::move(*item));
    }
    if (out.empty()) return json::Value(nullptr);
    return json::Value(std::move(out));
  }

  // The rules of a text by its type.
  std::optional<json::Value> checked(const Field& field, std::string text, const std::string& place) {
    bool good = true;
    const char* code = "type";
    switch (field.type) {
      case FieldType::enumeration:
        good = std::any_of(field.values.begin(), field.values.end(), [&](const auto& v) { return v.id == text; });
        code = "enum";
        break;
      case FieldType::ref:
      case FieldType::refs:
      case FieldType::file:
        good = is_id(text);
        code = "reference";
        break;
      case FieldType::catalogue:
      case FieldType::catalogues:
        good = catalogues_.exists && catalogues_.exists(field.catalogue, text);
        code = "catalogue";
        break;
      case FieldType::date:
        good = parse_date(text).ok();
        code = "date";
        break;
      case FieldType::datetime:
        if (auto at = parse_instant(text)) {
          text = format_instant(*at);
        } else {
          good = false;
          code = "date";
        }
        break;
      case FieldType::duration:
        good = is_duration(text);
        code = "duration";
        break;
      case FieldType::url:
        good = (text.starts_with("https://") || text.starts_with("http://")) &&
               text.find_first_of(" \"<>") == std::string::npos;
        code = "url";
        break;
      case FieldType::email: {
        const auto at = text.find('@');
        good = at != std::string::npos && at > 0 && text.find('@', at + 1) == std::string::npos &&
               text.find('.', at) != std::string::npos && text.find_first_of(" \"<>,;") == std::string::npos;
        code = "email";
        break;
      }
      default:
        if (!field.pattern.empty()) {
          good = std::regex_match(text, std::regex(field.pattern));
          code = "pattern";
        }
    }
    if (!good) {
      fault(place, code, &field, text.substr(0, 100));
      return std::nullopt;
    }
    return json::Value(boost::json::string(text.data(), text.size()));
  }

  const Kind& kind_;
  const Catalogues& catalogues_;
  bool product_;
  Problems problems_;
};

Problem missing(const Field& field) {
  return problem(Failure::invalid, "record.required", "/fields/" + field.name,
                 {{"field", field.title.ja}, {"field_en", field.title.en}});
}

}  // namespace

Result<json::Object> normalise(const Kind& kind, const json::Object& fields, const Catalogues& catalogues,
                               bool product) {
  return Normaliser(kind, catalogues, product).run(fields);
}

void check_record(const Kind& kind, const Record& record, Problems& problems, Problems& warnings) {
  const bool draft = record.state == kind.workflow.initial && !kind.workflow.transitions.empty();
  for (const auto& field : kind.fields) {
    if (!is_empty(record.fields, field.name)) continue;
    const bool now = !draft || field.required_in_draft || field.name == kind.title_field;
    const bool needed = field.required || (field.required_when && field.required_when->holds(record.fields));
    if (now && needed) problems.add(missing(field));
  }
  // The state stands beside the fields, but a rule may ask for it like for a field.
  const auto holds = [&](const Condition& condition) {
    if (condition.field != "state") return condition.holds(record.fields);
    return std::find(condition.is.begin(), condition.is.end(), record.state) != condition.is.end();
  };
  for (const auto& rule : kind.rules) {
    if (rule.when && !holds(*rule.when)) continue;
    if (rule.unless && holds(*rule.unless)) continue;
    bool broken = false;
    std::string place = rule.place;
    std::string code = "record.rule";
    switch (rule.form) {
      case Rule::Form::refuse_when:
        broken = true;
        break;
      case Rule::Form::require:
        broken = is_empty(record.fields, rule.field);
        place = rule.field;
        if (broken && rule.message.ja.empty()) {
          (rule.warn ? warnings : problems).add(missing(*kind.field(rule.field)));
          continue;
        }
        break;
      case Rule::Form::order: {
        const auto first = record.text(rule.pair.first);
        const auto second = record.text(rule.pair.second);
        broken = !first.empty() && !second.empty() && first > second;
        place = rule.pair.second;
        code = "record.order";
        break;
      }
      case Rule::Form::different: {
        const auto first = record.text(rule.pair.first);
        broken = !first.empty() && first == record.text(rule.pair.second);
        place = rule.pair.second;
        code = "record.different";
        break;
      }
      case Rule::Form::no_cycle:
        continue;  // needs the database: the batch checks it
    }
    if (!broken) continue;
    const auto title = [&](const std::string& name) {
      return kind.field(name) != nullptr ? kind.field(name)->title : Bilingual{name, name};
    };
    std::map<std::string, std::string> args{
        {"rule", rule.id}, {"message", rule.message.ja}, {"message_en", rule.message.en}};
    if (!rule.pair.first.empty()) {
      args["field"] = title(rule.pair.first).ja;
      args["field_en"] = title(rule.pair.first).en;
      args["other"] = title(rule.pair.second).ja;
      args["other_en"] = title(rule.pair.second).en;
    }
    (rule.warn ? warnings : problems)
        .add(problem(Failure::invalid, rule.message.ja.empty() ? code : "record.rule", "/fields/" + place,
                     std::move(args), rule.message.en));
  }
}

}  // namespace genmei::record
