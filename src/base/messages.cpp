#include "base/messages.hpp"

#include <algorithm>
#include <filesystem>

namespace genmei {
namespace {

bool name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// The end of the placeholder that begins at `at`, or npos when "{" is just a brace.
std::size_t placeholder_end(std::string_view text, std::size_t at) {
  auto end = at + 1;
  while (end < text.size() && name_char(text[end])) ++end;
  return end < text.size() && text[end] == '}' && end > at + 1 ? end : std::string_view::npos;
}

Problem at_line(const yaml::File& file, const yaml::Node& node, std::string code, const std::string& message) {
  return problem(Failure::invalid, std::move(code), file.at(node), {{"code", message}}, "message " + message);
}

}  // namespace

std::vector<std::string> message_arguments(std::string_view text) {
  std::vector<std::string> out;
  for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const auto end = placeholder_end(text, at);
    if (end == std::string_view::npos) continue;
    std::string name(text.substr(at + 1, end - at - 1));
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

Result<void> Messages::add(const yaml::File& file) {
  Problems problems;
  for (const auto& [code, node] : file.root.members) {
    const auto ja = node["ja"].str();
    const auto en = node["en"].str();
    if (ja.empty() || en.empty() || node.members.size() != 2) {
      problems.add(at_line(file, node, "message.language", code));
      continue;
    }
    auto ja_names = message_arguments(ja);
    auto en_names = message_arguments(en);
    std::sort(ja_names.begin(), ja_names.end());
    std::sort(en_names.begin(), en_names.end());
    if (ja_names != en_names) problems.add(at_line(file, node, "message.arguments", code));
    if (!texts_.emplace(code, Bilingual{ja, en}).second) problems.add(at_line(file, node, "message.duplicate", code));
  }
  if (!problems.empty()) return problems;
  return {};
}

Result<Messages> Messages::load(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code error;
  for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".yaml") paths.push_back(at->path().string());
  }
  if (error) return problem(Failure::not_found, "message.unreadable", directory, {}, error.message());
  std::sort(paths.begin(), paths.end());
  Messages out;
  Problems problems;
  for (const auto& path : paths) {
    auto file = yaml::load(path);
    auto added = file ? out.add(*file) : Result<void>(std::move(file).problems());
    if (!added) problems.add(std::move(added).problems());
  }
  if (!problems.empty()) return problems;
  return out;
}

std::string Messages::text(Language language, std::string_view code, const std::map<std::string, std::string>& args,
                           std::string_view fallback) const {
  const auto found = texts_.find(code);
  if (found == texts_.end()) return std::string(fallback.empty() ? code : fallback);
  const std::string_view text = found->second.in(language);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text[at] == '{' ? placeholder_end(text, at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text[at++];
      continue;
    }
    // An argument that is itself a word of the product comes in both languages: `field` and `field_en`.
    const std::string name(text.substr(at + 1, end - at - 1));
    auto value = language == Language::en ? args.find(name + "_en") : args.end();
    if (value == args.end()) value = args.find(name);
    if (value != args.end()) out += value->second;
    at = end + 1;
  }
  return out;
}

}  // namespace genmei
