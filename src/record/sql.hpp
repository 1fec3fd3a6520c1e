// Small pieces for writing SQL that runs on both databases: owned binds with their numbers, quoted names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/database.hpp"

namespace genmei::record {

// A bind that owns its text, so that it may outlive the caller (grouped commits).
using Owned = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

class Binds {
 public:
  // Adds a value and answers its placeholder, "$7".
  std::string add(Owned value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  [[nodiscard]] std::vector<store::Bind> view() const {
    std::vector<store::Bind> out;
    out.reserve(values_.size());
    for (const auto& value : values_) {
      std::visit(
          [&](const auto& v) {
            if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::string>) {
              out.emplace_back(std::string_view(v));
            } else {
              out.emplace_back(v);
            }
          },
          value);
    }
    return out;
  }
  [[nodiscard]] const std::vector<Owned>& values() const { return values_; }

 private:
  std::vector<Owned> values_;
};

inline std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

}  // namespace genmei::record
