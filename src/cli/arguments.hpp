// The words of a command line: options with values, flags, and what is left. Wrong usage is exit 2 with a hint.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace genmei::cli {

class Arguments {
 public:
  // `flags` take no value; every other option does ("--out F" or "--out=F"). An unknown option is an error.
  Arguments(const std::vector<std::string>& words, const std::set<std::string>& options,
            const std::set<std::string>& flags);
  [[nodiscard]] const std::string& error() const { return error_; }  // empty when all is understood
  [[nodiscard]] bool flag(std::string_view name) const { return flags_.contains(std::string(name)); }
  [[nodiscard]] std::string value(std::string_view name, std::string_view fallback = {}) const;
  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(std::string(name)); }
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;  // repeated or comma-separated
  [[nodiscard]] const std::vector<std::string>& rest() const { return rest_; }

 private:
  std::multimap<std::string, std::string> values_;
  std::set<std::string> flags_;
  std::vector<std::string> rest_;
  std::string error_;
};

}  // namespace genmei::cli
