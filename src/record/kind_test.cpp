#include "record/kind.hpp"

#include "record/testing/world.hpp"

namespace genmei::record {
namespace {

using testing::code;

Result<Registry> declared(const std::string& extra) {
  std::vector<yaml::File> files;
  for (const auto* text : {testing::person_kind, testing::unit_kind}) files.push_back(*yaml::parse(text, "k.yaml"));
  auto file = yaml::parse(
      "kind: thing\ntitle: {ja: 物, en: Thing}\npurpose: {ja: 物, en: Things}\nnumber: THG\n" + extra, "thing.yaml");
  if (!file) return file.problems();
  files.push_back(std::move(*file));
  return Registry::from_files(files);
}

const std::string name_field = "title_field: name\nfields:\n  - {name: name, type: text, title: {ja: 名, en: Name}}\n";

TEST(Kind, TheShippedDeclarationsLoadAndReferToEachOther) {
  const auto registry = Registry::load(std::string(GENMEI_SOURCE_DIR) + "/data/kinds");
  ASSERT_TRUE(registry.ok()) << registry.problems().list.front().code << registry.problems().list.front().place;
  ASSERT_NE(registry->find("service"), nullptr);
  for (const auto& kind : registry->kinds()) {
    EXPECT_NE(kind.field(kind.title_field), nullptr) << kind.id;
    for (const auto& state : kind.workflow.states) EXPECT_FALSE(state.title.ja.empty()) << kind.id;
    for (const auto& transition : kind.workflow.transitions) {
      // Separation of duties: what approves is closed to its author.
      if (transition.approves) {
        EXPECT_NE(std::find(transition.not_by.begin(), transition.not_by.end(), "author"), transition.not_by.end())
            << kind.id << "." << transition.id;
      }
    }
  }
}

TEST(Kind, HasTheCommonFieldsAndTheirDefaults) {
  const auto registry = declared(name_field + "class: confidential\n");
  ASSERT_TRUE(registry.ok()) << code(registry);
  const auto& kind = *registry->find("thing");
  EXPECT_EQ(kind.table, "k_thing");
  EXPECT_EQ(kind.field("owner")->to, "person");
  EXPECT_EQ(kind.field("org_unit")->to, "org-unit");
  EXPECT_EQ(kind.field("class")->default_value.as_string(), "confidential");
  EXPECT_EQ(kind.workflow.initial, "active");
}

TEST(Kind, KnowsWhoRefersToIt) {
  const auto registry = testing::small_registry();
  std::set<std::string> from;
  for (const auto& [kind, field] : registry->referrers("paper")) from.insert(kind->id + "." + field->name);
  EXPECT_EQ(from, std::set<std::string>{"row.paper"});
}

struct Fault {
  const char* name;
  std::string text;
  const char* code;
};

class Faulty : public ::testing::TestWithParam<Fault> {};

TEST_P(Faulty, DeclarationIsRefused) {
  const auto registry = declared(GetParam().text);
  ASSERT_FALSE(registry.ok());
  EXPECT_EQ(code(registry), GetParam().code);
  EXPECT_FALSE(registry.problems().list.front().place.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Kind, Faulty,
    ::testing::Values(
        Fault{"field_type", "title_field: name\nfields:\n  - {name: name, type: txt, title: {ja: 名, en: N}}\n",
              "kind.field-type"},
        Fault{"sql_name",
              "title_field: name\nfields:\n  - {name: name, type: text, title: {ja: 名, en: N}}\n"
              "  - {name: \"a;b\", type: text, title: {ja: 名, en: N}}\n",
              "kind.field-name"},
        Fault{"one_language", "title_field: name\nfields:\n  - {name: name, type: text, title: {ja: 名}}\n",
              "kind.text"},
        Fault{"unknown_target", name_field + "  - {name: x, type: ref, to: nowhere, title: {ja: 先, en: To}}\n",
              "kind.reference"},
        Fault{"enum_without_values", name_field + "  - {name: x, type: enum, title: {ja: 値, en: V}}\n",
              "kind.field-values"},
        Fault{"twice", name_field + "  - {name: owner, type: text, title: {ja: 値, en: V}}\n", "kind.field-twice"},
        Fault{"title_field", "title_field: nothing\nfields: []\n", "kind.title-field"},
        Fault{"sort", name_field + "list: {columns: [name], sort: -gone}\n", "kind.field-unknown"},
        Fault{"state",
              name_field + "workflow:\n  states: [{id: a, title: {ja: 甲, en: A}}]\n  transitions:\n"
                           "    - {id: go, title: {ja: 行, en: Go}, from: [a], to: b}\n",
              "kind.workflow-state"}),
    [](const auto& fault) { return fault.param.name; });

TEST(Condition, ComparesScalarsByTheirText) {
  const json::Object fields{{"flag", true}, {"n", 3}, {"list", {"a", "b"}}, {"none", nullptr}};
  EXPECT_TRUE((Condition{"flag", {"true"}, {}}.holds(fields)));
  EXPECT_FALSE((Condition{"flag", {"false"}, {}}.holds(fields)));
  EXPECT_TRUE((Condition{"n", {"1", "3"}, {}}.holds(fields)));
  EXPECT_TRUE((Condition{"list", {"b"}, {}}.holds(fields)));
  EXPECT_FALSE((Condition{"list", {"c"}, {}}.holds(fields)));
  EXPECT_TRUE((Condition{"none", {}, true}.holds(fields)));
  EXPECT_FALSE((Condition{"gone", {}, false}.holds(fields)));
}

}  // namespace
}  // namespace genmei::record
