// YAML and JSON files through the reader of data files, and files of messages.
#include "base/messages.hpp"
#include "base/yaml.hpp"
#include "input.hpp"

namespace {

// Every node has a line of the file, children stay within the depth limit.
void look(const genmei::yaml::Node& node, std::size_t lines, int depth) {
  genmei::fuzz::must(node.line <= lines + 1 && depth <= genmei::yaml::max_depth + 1);
  for (const auto& one : node.items) look(one, lines, depth + 1);
  for (const auto& [key, one] : node.members) look(one, lines, depth + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = genmei::fuzz::text(data, size);
  const auto file = genmei::yaml::parse(text, "fuzz.yaml");
  if (!file) {
    genmei::fuzz::must(!file.problems().empty());
    return 0;
  }
  std::size_t lines = 1;
  for (const char c : text) lines += c == '\n' || c == '\r';
  // Unicode line separators count as line ends in YAML.
  for (std::size_t at = text.find("\xE2\x80"); at != std::string_view::npos; at = text.find("\xE2\x80", at + 1))
    ++lines;
  for (std::size_t at = text.find("\xC2\x85"); at != std::string_view::npos; at = text.find("\xC2\x85", at + 1))
    ++lines;
  look(file->root, lines, 0);
  genmei::Messages messages;
  if (messages.add(*file).ok()) {
    for (const auto& [code, words] : messages.all()) {
      static_cast<void>(messages.text(genmei::Language::ja, code, {{"name", "{name}"}}));
    }
  }
  return 0;
}
