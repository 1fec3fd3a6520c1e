// Tailored control criteria (個別管理基準) over the cloud standard: which controls and which of their details hold for
// this provider or service, how far they are carried out, to whom they are disclosed, why something was dropped, what
// was added. Auditors use the frozen edition as their yardstick (cloud I; III M1.4.1: every choice has a reason).
#pragma once

#include "report/view.hpp"

namespace genmei::report {

struct CriteriaDetail {
  std::string ref;  // V:5.1.1.2
  std::string text;
  std::optional<bool> applicable;
  std::string reason;  // why it was dropped, or chosen
  bool reworded = false;
};

struct CriteriaItem {
  std::string ref;        // V:5.1.1
  std::string text;       // the wording that holds for this provider
  bool reworded = false;  // the wording differs from the catalogue's
  bool added = false;     // the provider's own item
  std::optional<bool> applicable;
  std::string reason;
  int commitment = 0;   // 1 basic, 2 managed, 3 measured; 0 not set
  char disclosure = 0;  // 'A' public .. 'D' internal and auditors; 0 not set
  std::string owner;
  std::vector<CriteriaDetail> details;
};

struct CriteriaSection {
  std::string ref;
  std::string title;
  std::string objective;
  std::vector<CriteriaItem> items;
};

struct CriteriaView {
  FrontView front;
  std::string name;       // name of the criteria
  std::string subject;    // organisation or service it holds for
  std::string catalogue;  // base standard and version
  std::string purpose;    // what it is used for; may be empty
  std::string grounds;    // the thinking behind the whole choice; may be empty
  std::vector<CriteriaSection> sections;
  bool with_details = true;  // false leaves out the second table, which is long
  std::optional<int> compared_edition;
  struct Change {
    std::string ref, field, before, after, reason;
  };
  std::vector<Change> changes;
};

Document criteria_document(const CriteriaView& view, const Wording& words);

}  // namespace genmei::report
