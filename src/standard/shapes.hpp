// The shapes in which shipped catalogue files are written. Each function reads one file into a part; what is wrong goes
// to the reader's problems. Only load_catalogue.cpp calls these.
#pragma once

#include "standard/reader.hpp"

namespace genmei::standard {

std::int32_t add_item(Part& part, Item item);

void read_controls(Reader& reader, Part& part);        // cloud: chapter, sections, controls, details
void read_activities(Reader& reader, Part& part);      // cloud: chapters, sections, activities
void read_annex_controls(Reader& reader, Part& part);  // ISO: theme, controls, rules
void read_clauses(Reader& reader, Part& part, std::vector<Term>& documents);
void read_guideline(Reader& reader, Part& part);  // headings or sections, items, best practices, evaluation items
// cloud: the controls of `from` that a profile names, with their details; marks them as basic in `from`.
void read_profile(Reader& reader, Part& part, Part& from);
void read_parameters(Reader& reader, Catalogue& catalogue);
// One evaluation item with its table of values. Also used by own standards.
std::optional<Evaluation> read_evaluation(Reader& reader, const yaml::Node& node);

}  // namespace genmei::standard
