#include "standard/search.hpp"

#include <algorithm>

namespace genmei::standard {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  const auto folded = fold(text);  // NFKC turns the ideographic space into an ASCII one
  std::vector<std::string> out;
  for (const auto word : split(folded, ' ')) {
    if (!trim(word).empty()) out.emplace_back(trim(word));
  }
  return out;
}

void append(std::string& to, const Bilingual& text) { to.append(text.ja).append("\n").append(text.en).append("\n"); }

}  // namespace

std::vector<Hit> Library::SearchTexts::search(const std::vector<Entry>& entries, std::string_view text,
                                              std::size_t limit, std::string_view standard) {
  std::call_once(once_, [&] {
    texts_.reserve(entries.size());
    for (const auto& entry : entries) {
      std::string title;
      append(title, entry.item->title);
      std::string body;
      append(body, entry.item->statement);
      append(body, entry.item->question);
      append(body, entry.item->objective);
      for (const auto& point : entry.item->points) append(body, point);
      texts_.push_back({fold(entry.reference), fold(title), fold(body)});
    }
  });
  const auto words = words_of(text);
  std::vector<Hit> hits;
  if (words.empty()) return hits;
  for (Index i = 0; i < entries.size(); ++i) {
    if (!standard.empty() && entries[i].catalogue->id != standard) continue;
    const auto& texts = texts_[i];
    double score = 0;
    bool all = true;
    for (const auto& word : words) {
      // What is found in the number or the title is more likely what was meant than a mention in a text.
      double best = 0;
      if (texts.reference == word) {
        best = 100;
      } else if (texts.reference.starts_with(word)) {
        best = 40;
      } else if (texts.title.starts_with(word)) {
        best = 30;
      } else if (texts.title.find(word) != std::string::npos) {
        best = 20;
      } else if (texts.body.find(word) != std::string::npos) {
        best = 5;
      }
      all = all && best > 0;
      score += best;
    }
    if (!all) continue;
    if (entries[i].part->optional) score -= 1;              // the same words stand in the part it is a subset of
    if (entries[i].item->kind == Kind::detail) score -= 2;  // the control above explains more
    hits.push_back({i, score});
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  if (hits.size() > limit) hits.resize(limit);
  return hits;
}

}  // namespace genmei::standard
