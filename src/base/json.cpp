#include "base/json.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstring>

namespace genmei::json {
namespace {

constexpr std::size_t max_depth = 48;
constexpr std::size_t max_size = 64U << 20U;

// Builds the DOM itself so that duplicate keys and non-finite numbers are refused while parsing: the library's own
// parser lets the last duplicate win and reads 1e400 as infinity.
class Handler {
 public:
  static constexpr std::size_t max_array_size = 10'000'000;
  static constexpr std::size_t max_object_size = 1'000'000;
  static constexpr std::size_t max_string_size = max_size;
  static constexpr std::size_t max_key_size = 4096;
  using Error = boost::system::error_code;

  Value root;
  bool duplicate = false;
  bool bad_number = false;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return open(Value(Object{})); }
  bool on_object_end(std::size_t, Error&) { return close(); }
  bool on_array_begin(Error&) { return open(Value(Array{})); }
  bool on_array_end(std::size_t, Error&) { return close(); }
  bool on_key_part(boost::json::string_view part, std::size_t, Error&) { return append(part); }
  bool on_key(boost::json::string_view part, std::size_t, Error&) {
    append(part);
    keys_.push_back(std::move(text_));
    text_.clear();
    if (levels_.back()->get_object().contains(keys_.back())) {
      duplicate = true;
      return false;
    }
    return true;
  }
  bool on_string_part(boost::json::string_view part, std::size_t, Error&) { return append(part); }
  bool on_string(boost::json::string_view part, std::size_t, Error&) {
    append(part);
    Value value(boost::json::string(text_.data(), text_.size()));
    text_.clear();
    return add(std::move(value));
  }
  bool on_number_part(boost::json::string_view part, Error&) { return append(part); }
  bool on_int64(std::int64_t value, boost::json::string_view, Error&) {
    text_.clear();
    return add(Value(value));
  }
  bool on_uint64(std::uint64_t value, boost::json::string_view, Error&) {
    text_.clear();
    return add(Value(value));
  }
  bool on_double(double value, boost::json::string_view part, Error&) {
    // Boost.JSON 1.81 misses the last bit of some numbers; a digest over what is read again would then differ.
    append(part);
    double exact = 0;
    if (std::from_chars(text_.data(), text_.data() + text_.size(), exact).ec == std::errc{}) value = exact;
    text_.clear();
    if (!std::isfinite(value)) {
      bad_number = true;
      return false;
    }
    return add(Value(value));
  }
  bool on_bool(bool value, Error&) { return add(Value(value)); }
  bool on_null(Error&) { return add(Value(nullptr)); }
  static bool on_comment_part(boost::json::string_view, Error&) { return true; }
  static bool on_comment(boost::json::string_view, Error&) { return true; }

  [[nodiscard]] std::string place() const {
    std::string out;
    for (const auto& key : keys_) out += "/" + key;
    return out;
  }

 private:
  bool append(boost::json::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  // Pointers stay valid: a container only grows while it is the innermost open one.
  Value* place_value(Value value) {
    if (levels_.empty()) {
      root = std::move(value);
      return &root;
    }
    Value& top = *levels_.back();
    if (top.is_object()) {
      auto [position, inserted] = top.get_object().emplace(keys_.back(), std::move(value));
      return &position->value();
    }
    return &top.get_array().emplace_back(std::move(value));
  }
  void leave_key() {
    if (!levels_.empty() && levels_.back()->is_object()) keys_.pop_back();
  }
  bool add(Value value) {
    place_value(std::move(value));
    leave_key();
    return true;
  }
  bool open(Value container) {
    levels_.push_back(place_value(std::move(container)));
    return true;
  }
  bool close() {
    levels_.pop_back();
    leave_key();
    return true;
  }

  std::vector<Value*> levels_;
  std::vector<std::string> keys_;
  std::string text_;
};

void write_double(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (value == 0) {
    out += '0';
    return;
  }
  // ECMAScript form (RFC 8785): plain digits from 1e-6 up to 1e21, exponent without padding elsewhere.
  char buffer[40];
  const double size = std::fabs(value);
  const bool plain = size >= 1e-6 && size < 1e21;
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                           plain ? std::chars_format::fixed : std::chars_format::scientific)
                 .ptr;
  std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  if (plain) {
    out += text;
    return;
  }
  const auto e = text.find('e');
  out += text.substr(0, e + 2);
  auto exponent = text.substr(e + 2);
  exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size() - 1));
  out += exponent;
}

template <class Integer>
void write_integer(Integer value, std::string& out) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
}

// Order of RFC 8785: by UTF-16 code units. It differs from byte order only where characters beyond the BMP meet
// U+E000..U+FFFF.
bool utf16_less(std::string_view a, std::string_view b) {
  const auto mismatch = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (mismatch.first == a.end() || mismatch.second == b.end()) return a.size() < b.size();
  const auto x = static_cast<unsigned char>(*mismatch.first);
  const auto y = static_cast<unsigned char>(*mismatch.second);
  const bool x_far = x >= 0xF0;
  const bool y_far = y >= 0xF0;
  if (x_far != y_far && (x_far ? y : x) >= 0xEE) return x_far;
  return x < y;
}

void write_canonical(const Value& value, std::string& out) {
  if (const auto* object = value.if_object()) {
    std::vector<const boost::json::key_value_pair*> members;
    members.reserve(object->size());
    for (const auto& member : *object) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) {
      return utf16_less({a->key().data(), a->key().size()}, {b->key().data(), b->key().size()});
    });
    out += '{';
    bool first = true;
    for (const auto* member : members) {
      if (!std::exchange(first, false)) out += ',';
      write_string({member->key().data(), member->key().size()}, out);
      out += ':';
      write_canonical(member->value(), out);
    }
    out += '}';
  } else if (const auto* array = value.if_array()) {
    out += '[';
    bool first = true;
    for (const auto& item : *array) {
      if (!std::exchange(first, false)) out += ',';
      write_canonical(item, out);
    }
    out += ']';
  } else {
    write(value, out);
  }
}

}  // namespace

Result<Value> parse(std::string_view text) {
  if (text.size() > max_size) return problem(Failure::too_large, "json.too-large");
  boost::json::parse_options options;
  options.max_depth = max_depth;
  boost::json::basic_parser<Handler> parser(options);
  boost::system::error_code error;
  const auto used = parser.write_some(false, text.data(), text.size(), error);
  auto& handler = parser.handler();
  if (handler.duplicate) return problem(Failure::invalid, "json.duplicate-key", handler.place());
  if (handler.bad_number) return problem(Failure::invalid, "json.number", handler.place());
  const std::string place = "offset " + std::to_string(used);
  if (error == boost::json::error::too_deep) return problem(Failure::invalid, "json.too-deep", place);
  if (error == boost::json::error::illegal_leading_surrogate ||
      error == boost::json::error::illegal_trailing_surrogate) {
    return problem(Failure::invalid, "json.utf8", place);
  }
  if (!error && used < text.size() && text.find_first_not_of(" \t\r\n", used) != std::string_view::npos) {
    return problem(Failure::invalid, "json.syntax", place, {}, "extra data");
  }
  if (error) return problem(Failure::invalid, "json.syntax", place, {}, error.message());
  return std::move(handler.root);
}

void write_string(std::string_view text, std::string& out) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default: {
        static constexpr std::string_view digits = "0123456789abcdef";
        out += "\\u00";
        out += digits[c >> 4U];
        out += digits[c & 15U];
      }
    }
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

void write(const Value& value, std::string& out) {
  switch (value.kind()) {
    case boost::json::kind::null:
      out += "null";
      break;
    case boost::json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      break;
    case boost::json::kind::int64:
      write_integer(value.get_int64(), out);
      break;
    case boost::json::kind::uint64:
      write_integer(value.get_uint64(), out);
      break;
    case boost::json::kind::double_:
      write_double(value.get_double(), out);
      break;
    case boost::json::kind::string:
      write_string({value.get_string().data(), value.get_string().size()}, out);
      break;
    case boost::json::kind::array: {
      out += '[';
      bool first = true;
      for (const auto& item : value.get_array()) {
        if (!std::exchange(first, false)) out += ',';
        write(item, out);
      }
      out += ']';
      break;
    }
    case boost::json::kind::object: {
      out += '{';
      bool first = true;
      for (const auto& member : value.get_object()) {
        if (!std::exchange(first, false)) out += ',';
        write_string({member.key().data(), member.key().size()}, out);
        out += ':';
        write(member.value(), out);
      }
      out += '}';
      break;
    }
  }
}

std::string write(const Value& value) {
  std::string out;
  write(value, out);
  return out;
}

std::string canonical(const Value& value) {
  std::string out;
  write_canonical(value, out);
  return out;
}

std::string_view text(const Object& object, std::string_view key, std::string_view fallback) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return fallback;
  return {value->get_string().data(), value->get_string().size()};
}

std::int64_t integer(const Object& object, std::string_view key, std::int64_t fallback) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : fallback;
}

bool boolean(const Object& object, std::string_view key, bool fallback) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_bool() ? value->get_bool() : fallback;
}

void Writer::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}
Writer& Writer::open(char bracket) {
  separate();
  out_ += bracket;
  comma_ = false;
  return *this;
}
Writer& Writer::close(char bracket) {
  out_ += bracket;
  comma_ = true;
  return *this;
}
Writer& Writer::key(std::string_view name) {
  separate();
  write_string(name, out_);
  out_ += ':';
  comma_ = false;
  return *this;
}
Writer& Writer::string(std::string_view value) {
  separate();
  write_string(value, out_);
  return *this;
}
Writer& Writer::integer(std::int64_t value) {
  separate();
  write_integer(value, out_);
  return *this;
}
Writer& Writer::number(double value) {
  separate();
  write_double(value, out_);
  return *this;
}
Writer& Writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}
Writer& Writer::null() {
  separate();
  out_ += "null";
  return *this;
}
Writer& Writer::value(const Value& value) {
  separate();
  json::write(value, out_);
  return *this;
}
Writer& Writer::raw(std::string_view text) {
  separate();
  out_ += text;
  return *this;
}

}  // namespace genmei::json
