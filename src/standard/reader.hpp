// Reads one YAML file into catalogue values and collects everything that is wrong with it, each with file and line.
// Used by the readers of shipped and of own standards and by the method's reader; holds no state but the file and the
// problems.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/yaml.hpp"
#include "standard/catalogue.hpp"

namespace genmei::standard {

class Reader {
 public:
  Reader(const yaml::File& file, Problems& problems) : file_(file), problems_(problems) {}

  [[nodiscard]] const yaml::Node& root() const { return file_.root; }

  // standard.required / standard.value / ... at the node's line. `what` is the argument "field" of the message.
  void complain(const yaml::Node& node, std::string code, std::string_view what, std::string detail = {});

  // A scalar that has to be there.
  std::string text(const yaml::Node& map, std::string_view key);
  // {ja, en} as a member of `map`; both have to be there and not empty.
  Bilingual both(const yaml::Node& map, std::string_view key);
  // ja and en as members of `map` itself.
  Bilingual both_here(const yaml::Node& map);
  // As `both`, or empty where the member is missing.
  Bilingual both_if(const yaml::Node& map, std::string_view key);
  // {ja: [..], en: [..]} of the same length.
  std::vector<Bilingual> pairs(const yaml::Node& map, std::string_view key);
  // A list that has to be there; complains and gives an empty one otherwise.
  const std::vector<yaml::Node>& list(const yaml::Node& map, std::string_view key);
  // Members that are not in `known` are complained of: a misspelt key must never be ignored silently.
  void only(const yaml::Node& map, std::initializer_list<std::string_view> known);

 private:
  const yaml::File& file_;
  Problems& problems_;
};

}  // namespace genmei::standard
