#include "assure/transfer_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/id.hpp"

namespace genmei::assure {
namespace {

using record::Field;
using record::FieldType;

Problem fault(const char* code, const Field& field, std::string_view value) {
  return problem(
      Failure::invalid, code, {},
      {{"field", field.title.ja}, {"field_en", field.title.en}, {"value", std::string(value.substr(0, 200))}});
}

json::Value string_value(std::string_view text) { return json::Value(boost::json::string(text.data(), text.size())); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "2026/3/31", "2026.3.31", "2026年3月31日" and ISO, with or without a time behind: year, month, day, hour, minute,
// second as far as they stand there. Spreadsheets rewrite dates of CSV files into such forms.
std::array<int, 6> date_parts(std::string_view text, int& count) {
  std::array<int, 6> parts{};
  count = 0;
  std::size_t i = 0;
  while (i < text.size() && count < 6) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    const auto start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (std::from_chars(text.data() + start, text.data() + i, parts.at(static_cast<std::size_t>(count))).ec !=
        std::errc{}) {
      count = 0;
      return parts;
    }
    ++count;
  }
  return parts;
}

std::string padded(int value, int width) {
  auto out = std::to_string(value);
  while (out.size() < static_cast<std::size_t>(width)) out.insert(out.begin(), '0');
  return out;
}

// ISO where the form is known, else the text as it came, which the record's own check then refuses.
std::string iso_date(std::string_view text) {
  int count = 0;
  const auto folded = fold(text);
  const auto parts = date_parts(folded, count);
  const bool midnight = count == 3 || (parts[3] == 0 && parts[4] == 0 && parts[5] == 0);
  if (count < 3 || !midnight || !is_digit(folded.front())) return std::string(text);
  return padded(parts[0], 4) + "-" + padded(parts[1], 2) + "-" + padded(parts[2], 2);
}

// A time without zone is Japan's.
std::string iso_instant(std::string_view text) {
  if (text.ends_with('Z') || parse_instant(text).ok()) return std::string(text);
  int count = 0;
  const auto folded = fold(text);
  const auto parts = date_parts(folded, count);
  if (count < 3 || !is_digit(folded.front())) return std::string(text);
  return padded(parts[0], 4) + "-" + padded(parts[1], 2) + "-" + padded(parts[2], 2) + "T" + padded(parts[3], 2) + ":" +
         padded(parts[4], 2) + ":" + padded(parts[5], 2) + "+09:00";
}

Result<json::Value> number_value(const Field& field, std::string_view text) {
  auto plain = fold(text);
  for (const auto* sign : {",", "¥", "\\", "円", "%"}) plain = replace_all(plain, sign, "");
  const std::string digits(trim(plain));
  const auto* end = digits.data() + digits.size();
  const bool whole = field.type == FieldType::integer || field.type == FieldType::money;
  std::int64_t integer = 0;
  if (const auto read = std::from_chars(digits.data(), end, integer); read.ec == std::errc{} && read.ptr == end)
    return json::Value(integer);
  double decimal = 0;
  const auto read = std::from_chars(digits.data(), end, decimal);
  const bool finite = read.ec == std::errc{} && read.ptr == end && decimal - decimal == 0;
  if (!finite || digits.empty() || (whole && decimal != static_cast<double>(static_cast<std::int64_t>(decimal))))
    return fault("transfer.number", field, text);
  if (whole) return json::Value(static_cast<std::int64_t>(decimal));
  return json::Value(decimal);
}

Result<json::Value> boolean_value(const Field& field, std::string_view text) {
  static const std::set<std::string, std::less<>> yes{
      fold("はい"), "true", "1", "yes", "y", fold("○"), fold("〇"), fold("◯"), fold("有"), fold("✓"), fold("レ")};
  static const std::set<std::string, std::less<>> no{fold("いいえ"), "false",    "0",      "no", "n",
                                                     fold("×"),      fold("無"), fold("-")};
  const auto word = fold(trim(text));
  if (yes.contains(word)) return json::Value(true);
  if (no.contains(word)) return json::Value(false);
  return fault("transfer.boolean", field, text);
}

}  // namespace

Result<Targets> Targets::read(record::Session& session, const record::Kind& kind) {
  Targets out;
  record::Query query;
  query.kind = kind.id;
  query.archived = std::nullopt;
  query.sort = {"id"};
  query.limit = 5000;
  const auto* title = kind.field(kind.title_field);
  const auto& catalogues = session.engine().catalogues();
  const bool catalogue = title != nullptr && title->type == FieldType::catalogue && catalogues.label;
  while (true) {
    GENMEI_LET(page, session.list(query));
    for (auto& item : page.items) {
      const auto at = out.records_.size();
      out.ids_.emplace(item.id, at);
      out.numbers_.emplace(item.number, at);
      // An archived record is found by id or number only, so that its title may be given again.
      const auto name = item.text(kind.title_field);
      if (!item.archived) {
        out.titles_.emplace(fold(name), at);
        if (catalogue) {
          for (const auto language : {Language::ja, Language::en}) {
            const auto label = fold(catalogues.label(title->catalogue, name, language));
            const auto same = out.titles_.equal_range(label);
            if (std::none_of(same.first, same.second, [&](const auto& one) { return one.second == at; }))
              out.titles_.emplace(label, at);
          }
        }
      }
      out.records_.push_back(std::move(item));
    }
    if (page.next.empty()) return out;
    query.cursor = page.next;
  }
}

const record::Record* Targets::by_id(std::string_view id) const {
  const auto found = ids_.find(id);
  return found == ids_.end() ? nullptr : &records_[found->second];
}

const record::Record* Targets::by_number(std::string_view number) const {
  const auto found = numbers_.find(number);
  return found == numbers_.end() ? nullptr : &records_[found->second];
}

Targets::Match Targets::find(std::string_view text, std::string& id) const {
  const auto* record = by_id(text);
  if (record == nullptr) record = by_number(text);
  if (record == nullptr) {
    const auto folded = fold(text);
    const auto [first, last] = titles_.equal_range(folded);
    if (first != last) {
      if (std::distance(first, last) > 1) return Match::several;
      record = &records_[first->second];
    } else if (const auto space = text.find(' '); space != std::string_view::npos) {
      record = by_number(text.substr(0, space));
    }
  }
  if (record == nullptr) return Match::none;
  id = record->id;
  return Match::one;
}

Result<const Targets*> Values::targets(std::string_view kind) {
  if (const auto found = targets_.find(kind); found != targets_.end()) return found->second.get();
  const auto* declared = session_->engine().registry().find(kind);
  auto read = std::make_unique<Targets>();
  if (declared != nullptr && session_->access().may(kind, record::Action::read)) {
    GENMEI_LET(found, Targets::read(*session_, *declared));
    *read = std::move(found);
  }
  return targets_.emplace(std::string(kind), std::move(read)).first->second.get();
}

Result<std::string> Values::item(const Field& field, std::string_view whole) {
  const std::string value(trim(whole));
  switch (field.type) {
    case FieldType::enumeration: {
      const auto folded = fold(value);
      for (const auto& one : field.values) {
        if (one.id == value) return one.id;
      }
      for (const auto& one : field.values) {
        if (fold(one.title.ja) == folded || fold(one.title.en) == folded || fold(one.id) == folded) return one.id;
      }
      return fault("record.enum", field, value);
    }
    case FieldType::ref:
    case FieldType::refs: {
      GENMEI_LET(known, targets(field.to));
      std::string id;
      const auto match = known->find(value, id);
      if (match == Targets::Match::one) return id;
      return fault(match == Targets::Match::several ? "transfer.ambiguous" : "transfer.reference", field, value);
    }
    case FieldType::catalogue:
    case FieldType::catalogues: {
      const auto& exists = session_->engine().catalogues().exists;
      if (exists && exists(field.catalogue, value)) return value;
      const auto first = value.substr(0, value.find(' '));  // "id label", as export writes it
      if (exists && exists(field.catalogue, first)) return first;
      return fault("record.catalogue", field, value);
    }
    default:
      return value;
  }
}

Result<json::Value> Values::text(const Field& field, std::string_view text) {
  if (trim(text).empty()) return json::Value(nullptr);
  switch (field.type) {
    case FieldType::boolean:
      return boolean_value(field, text);
    case FieldType::integer:
    case FieldType::money:
    case FieldType::decimal:
    case FieldType::percent:
      return number_value(field, text);
    case FieldType::date:
      return string_value(iso_date(trim(text)));
    case FieldType::datetime:
      return string_value(iso_instant(trim(text)));
    case FieldType::json: {
      auto value = json::parse(text);
      if (!value) return fault("record.type", field, text);
      return std::move(*value);
    }
    case FieldType::longtext:
      return string_value(text);
    case FieldType::refs:
    case FieldType::catalogues:
    case FieldType::texts: {
      json::Array out;
      for (const auto line : split(text, '\n')) {
        if (trim(line).empty()) continue;
        GENMEI_LET(one, item(field, line));
        out.push_back(string_value(one));
      }
      return json::Value(std::move(out));
    }
    default: {
      GENMEI_LET(one, item(field, text));
      return string_value(one);
    }
  }
}

Result<json::Value> Values::from_cell(const Field& field, const sheet::Cell& cell) {
  if (cell.formula) return fault("transfer.formula", field, cell.text);
  if (cell.type == sheet::CellType::error)
    return problem(Failure::invalid, "import.cell-error", {}, {{"field", cell.text}});
  // Excel writes line ends as LF, some programs as CR LF.
  return text(field, replace_all(cell.text, "\r\n", "\n"));
}

Result<json::Value> Values::from_json(const Field& field, const json::Value& value) {
  const bool named = field.is_reference() || field.type == FieldType::enumeration;
  if (!named) return value;
  const auto view = [](const json::Value& one) {
    return std::string_view(one.get_string().data(), one.get_string().size());
  };
  if (value.is_string()) {
    if (value.get_string().empty()) return value;
    GENMEI_LET(one, item(field, view(value)));
    return string_value(one);
  }
  if (!value.is_array()) return value;
  json::Array out;
  for (const auto& part : value.get_array()) {
    if (!part.is_string()) return fault("record.type", field, json::write(part));
    GENMEI_LET(one, item(field, view(part)));
    out.push_back(string_value(one));
  }
  return json::Value(std::move(out));
}

}  // namespace genmei::assure
