// Catalogues that come from the user: an organisation's own standard out of a workbook, and part III of the guideline
// out of its document. In a workbook one sheet is one part, one row one item, the columns are named in the first row in
// Japanese or English (docs/own-standards.md). Gives the same catalogue as the YAML form; every complaint names its
// cell. Formulas count by the value saved with them. Nothing is taken over while anything is wrong.
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/sheet.hpp"
#include "standard/catalogue.hpp"
#include "standard/import.hpp"

namespace genmei::standard {

// What the rows do not say. A sheet named 概要 or "about" (two columns: name and value) wins over it.
struct SheetHead {
  std::string id;
  std::string version;
  Bilingual title;
};

// Hidden sheets are left out. A sheet with a column for threats is a part `by_threats`. Without a column for parents,
// "1.2.3" stands below "1.2" where that exists. Errors: import.no-rows, import.column-missing, import.column-unknown,
// import.column-twice, import.cell-error, import.cell-formula, and as for YAML standard.required, standard.bad-id,
// standard.value, standard.duplicate-item, standard.unknown-parent.
Result<Catalogue> catalogue_from_sheet(const sheet::Workbook& book, const SheetHead& head = {});

// Part III of the guideline, which is not shipped, out of its imported document: chapters, sections, items, best
// practices and evaluation items with their reference values, the official wording as what is asked. A catalogue of the
// organisation beside the shipped one; items printed without a number are left to a person. Errors:
// import.nothing-found.
Result<Catalogue> catalogue_from_import(const ImportResult& result);

}  // namespace genmei::standard
