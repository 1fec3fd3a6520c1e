// The shipped data, loaded once for all tests of the method.
#pragma once

#include <stdexcept>
#include <string>

#include "method/knowledge.hpp"

namespace genmei::method::testing_data {

inline const standard::Library& library() {
  static const standard::Library loaded = [] {
    auto result = standard::Library::load(std::string(GENMEI_SOURCE_DIR) + "/data");
    if (!result) throw std::runtime_error(result.problems().list.front().detail);
    return std::move(*result);
  }();
  return loaded;
}

inline const Knowledge& knowledge() {
  static const Knowledge loaded = [] {
    auto result = Knowledge::load(std::string(GENMEI_SOURCE_DIR) + "/data", library());
    if (!result) throw std::runtime_error(result.problems().list.front().detail);
    return std::move(*result);
  }();
  return loaded;
}

}  // namespace genmei::method::testing_data
