#include "method/derive.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "base/json.hpp"
#include "method/method_fixture.hpp"

namespace genmei::method {
namespace {

using testing_data::knowledge;
using testing_data::library;

ServiceFacts service(int pattern) {
  ServiceFacts facts;
  facts.id = "attendance";
  facts.name = "サンプル勤怠";
  facts.classification.pattern = pattern;
  facts.classification.confidentiality = confidentiality_of(pattern);
  facts.classification.availability = availability_of(pattern);
  facts.standards = {"iso27001-2022", "cloud-ism-2013", "asp-saas-2008"};
  return facts;
}

std::vector<Requirement> derived(const ServiceFacts& facts) {
  auto result = derive(knowledge(), library(), facts);
  if (!result) throw std::runtime_error(result.problems().list.front().detail);
  return std::move(*result);
}

const Requirement* find(const std::vector<Requirement>& list, std::string_view key) {
  for (const auto& one : list) {
    if (library().entry(one.item).key == key) return &one;
  }
  return nullptr;
}

TEST(Derive, AStandardServiceMeetsAllControlsOfAllStandards) {
  const auto list = derived(service(2));
  std::map<std::string, int> counts;
  for (const auto& one : list) {
    const auto& entry = library().entry(one.item);
    ++counts[entry.catalogue->id + "/" + entry.part->id];
  }
  EXPECT_EQ(counts["iso27001-2022/clauses"], 30);
  EXPECT_EQ(counts["iso27001-2022/annex-a"], 93);
  EXPECT_EQ(counts["cloud-ism-2013/governance"], 5);
  EXPECT_EQ(counts["cloud-ism-2013/management"], 66);
  EXPECT_EQ(counts["cloud-ism-2013/control"], 135);
  EXPECT_EQ(counts["asp-saas-2008/II"], 22);
  EXPECT_EQ(counts["asp-saas-2008/III"], 3);  // backup, patches and their value; the illustration is not demanded
  EXPECT_EQ(counts.count("cloud-ism-2013/basic-assertion"), 0U);
}

TEST(Derive, EveryRequirementSaysWhyItIsHere) {
  const auto facts = service(1);
  const auto composition = compose(knowledge(), facts.configuration);
  ASSERT_TRUE(composition);
  for (const auto& one : derived(facts)) {
    const auto& entry = library().entry(one.item);
    const auto nodes = path(knowledge(), library(), facts, one);
    ASSERT_GE(nodes.size(), 3U) << entry.key;
    EXPECT_EQ(nodes.front().kind, "service");
    EXPECT_EQ(nodes.back().id, entry.key);
    for (const auto& node : nodes) {
      EXPECT_FALSE(node.label.ja.empty()) << entry.key << " " << node.kind;
      EXPECT_FALSE(node.label.en.empty()) << entry.key << " " << node.kind;
    }
    const auto why = sentences(knowledge(), library(), facts, one);
    ASSERT_FALSE(why.empty()) << entry.key;
    for (const auto& sentence : why) {
      EXPECT_FALSE(sentence.text.ja.empty());
      EXPECT_FALSE(sentence.source.en.empty());
    }
    const auto all = paths(knowledge(), composition->asset_set, one);
    if (one.trace.reason == Reason::threat) {
      EXPECT_EQ(all.size(), one.trace.path_count) << entry.key;
      EXPECT_GT(all.size(), 0U);
    }
  }
}

TEST(Derive, TheChainRunsFromServiceToControl) {
  const auto facts = service(1);
  const auto list = derived(facts);
  const auto* const access = find(list, "iso27001-2022/annex-a/A.8.5");
  ASSERT_NE(access, nullptr);
  EXPECT_EQ(access->trace.reason, Reason::threat);
  std::vector<std::string> kinds;
  for (const auto& node : path(knowledge(), library(), facts, *access)) kinds.push_back(node.kind);
  EXPECT_EQ(kinds, (std::vector<std::string>{"service", "pattern", "component", "asset", "threat", "control"}));
  const auto* const clause = find(list, "iso27001-2022/clauses/4.1");
  ASSERT_NE(clause, nullptr);
  EXPECT_EQ(clause->trace.reason, Reason::standard);
}

TEST(Derive, ControlsComeOnlyForThreatsToTheServicesOwnAssets) {
  auto facts = service(1);
  facts.configuration.components = {"building"};
  const auto list = derived(facts);
  EXPECT_EQ(find(list, "iso27001-2022/annex-a/A.8.28"), nullptr);  // secure coding has nothing to do with it
  EXPECT_NE(find(list, "iso27001-2022/annex-a/A.7.1"), nullptr);   // physical perimeters
  EXPECT_NE(find(list, "iso27001-2022/clauses/4.1"), nullptr);
  EXPECT_NE(find(list, "asp-saas-2008/II/II.1.1.1"), nullptr);  // R9: whatever the service is made of
  EXPECT_LT(list.size(), derived(service(1)).size());
}

TEST(Derive, T12WithoutAPatternNoReferenceValueIsOffered) {
  auto facts = service(1);
  facts.classification = Classification{};
  for (const auto& one : derived(facts)) {
    EXPECT_FALSE(one.level.has_value());
    EXPECT_NE(library().entry(one.item).item->kind, standard::Kind::evaluation_item);
  }
}

TEST(Derive, T20ASharedDatabaseTakesTheStricterPatchStart) {
  auto facts = service(5);
  const auto alone = derived(facts);
  ASSERT_NE(find(alone, "asp-saas-2008/III/fig38-patch-start"), nullptr);
  EXPECT_EQ(find(alone, "asp-saas-2008/III/fig38-patch-start")->level->value, 72);
  facts.shared = {{"database", {2}, {"サンプル保管"}}};
  const auto list = derived(facts);
  const auto* const patch = find(list, "asp-saas-2008/III/fig38-patch-start");
  ASSERT_NE(patch, nullptr);
  EXPECT_EQ(patch->level->value, 24);
  EXPECT_EQ(patch->trace.shared, 0);
  EXPECT_EQ(path(knowledge(), library(), facts, *patch).back().kind, "shared-service");
  facts.shared = {{"air-conditioning", {2}, {}}};  // patches are not about it
  EXPECT_EQ(find(derived(facts), "asp-saas-2008/III/fig38-patch-start")->level->value, 72);
}

TEST(Derive, AContractValueCountsOnlyWhenStricter) {
  auto facts = service(1);
  facts.contract = {{"fig38-patch-start", 12, "SLA 5"}};
  const auto stricter = derived(facts);
  const auto* const patch = find(stricter, "asp-saas-2008/III/fig38-patch-start");
  EXPECT_EQ(patch->level->value, 12);
  EXPECT_TRUE(patch->level->by_contract);
  EXPECT_EQ(path(knowledge(), library(), facts, *patch).back().kind, "contract");
  facts.contract.front().value = 48;
  EXPECT_EQ(find(derived(facts), "asp-saas-2008/III/fig38-patch-start")->level->value, 24);
}

TEST(Derive, MustReachFirstThenBasicThenRecommended) {
  const auto list = derived(service(3));
  int group = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    EXPECT_EQ(list[i].order, i);
    const int now = list[i].level && list[i].level->must_reach ? 0 : list[i].basic ? 1 : 2;
    EXPECT_GE(now, group);
    group = now;
  }
  EXPECT_EQ(group, 2);
  EXPECT_TRUE(list.front().level.has_value());
}

TEST(Derive, ABasicAssertionIsAPartOfItsOwn) {
  auto facts = service(1);
  facts.standards = {"cloud-ism-2013/basic-assertion"};
  const auto list = derived(facts);
  EXPECT_EQ(list.size(), 98U);
  std::size_t by_threat = 0;
  for (const auto& one : list) by_threat += one.trace.reason == Reason::threat ? 1U : 0U;
  EXPECT_GT(by_threat, 90U);
}

TEST(Derive, TheDeltaNamesWhatAChangeBrings) {
  auto before = service(5);
  auto after = service(2);
  after.standards.pop_back();
  before.standards = {"asp-saas-2008/III", "iso27001-2022"};
  after.standards = {"asp-saas-2008", "iso27001-2022/annex-a"};
  const auto change = delta(derived(before), derived(after));
  EXPECT_EQ(change.added.size(), 22U);    // part II
  EXPECT_EQ(change.removed.size(), 30U);  // clauses
  ASSERT_EQ(change.level_changed.size(), 1U);
  EXPECT_EQ(change.level_changed.front().before->value, 72);
  EXPECT_EQ(change.level_changed.front().after->value, 24);
  EXPECT_TRUE(delta(derived(before), derived(before)).added.empty());
}

TEST(Derive, UnknownNamesAreRefusedTogether) {
  auto facts = service(1);
  facts.standards = {"iso27001-1999"};
  facts.shared = {{"moon", {9}, {}}};
  facts.contract = {{"nothing", 1, ""}};
  const auto result = derive(knowledge(), library(), facts);
  ASSERT_FALSE(result);
  std::set<std::string> codes;
  for (const auto& one : result.problems().list) codes.insert(one.code);
  EXPECT_EQ(codes, (std::set<std::string>{"method.pattern", "method.unknown-asset", "method.unknown-evaluation-item",
                                          "method.unknown-standard"}));
}

TEST(Derive, AnOwnStandardComesInThroughItsThreats) {
  const auto file = yaml::parse(R"(
id: house-2026
version: "1"
title: House rules
parts:
  - id: main
    title: Rules
    by_threats: true
    items:
      - {id: "1", title: Coolant, statement: Keep coolant ready, threats: [temperature-humidity]}
      - {id: "2", title: Coding, statement: Review code, threats: [denial-of-service]}
      - {id: "3", title: Always, statement: Always do this}
)",
                                "own.yaml");
  ASSERT_TRUE(file);
  auto catalogue = standard::catalogue_from_yaml(*file);
  ASSERT_TRUE(catalogue);
  auto copy = library();
  ASSERT_TRUE(copy.add(std::move(*catalogue)));
  const auto bound = knowledge().with(copy);
  ASSERT_TRUE(bound);
  auto facts = service(4);
  facts.standards = {"house-2026"};
  facts.configuration.components = {"air-conditioning"};
  const auto list = derive(*bound, copy, facts);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ(copy.entry(list->at(0).item).item->id, "1");
  EXPECT_EQ(list->at(0).trace.reason, Reason::threat);
  EXPECT_EQ(copy.entry(list->at(1).item).item->id, "3");
}

TEST(Derive, FactsAreReadFromYamlAndJson) {
  const auto yaml_file = yaml::parse(R"(
service: {id: kintai, name: サンプル勤怠}
classify: {type: グループウェア, personal_data: yes}
configuration: {case: 1, responsibilities: [{activity: facility-management, party: data-center-operator}]}
standards: [iso27001-2022]
shared: [{asset: database, patterns: [5], services: [サンプル保管]}]
sla: [{item: fig38-patch-start, value: 12, source: SLA 5}]
)",
                                     "facts.yaml");
  ASSERT_TRUE(yaml_file);
  const auto facts = parse_facts(knowledge(), *yaml_file);
  ASSERT_TRUE(facts) << facts.problems().list.front().detail;
  EXPECT_EQ(facts->classification.pattern, 2);
  const auto list = derive(knowledge(), library(), *facts);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), 123U);
  const auto parsed = json::parse(to_json(knowledge(), library(), *facts, *list));
  ASSERT_TRUE(parsed);
  const auto& first = parsed->at("requirements").at(0).as_object();
  for (const std::string_view key : {"standard", "part", "id", "level", "basic", "trace"}) {
    EXPECT_TRUE(first.contains(key)) << key;
  }
  const auto json_file = yaml::parse(R"({"service": "x", "pattern": 3, "standards": ["asp-saas-2008"]})", "facts.json");
  ASSERT_TRUE(json_file);
  EXPECT_TRUE(parse_facts(knowledge(), *json_file));
}

TEST(Derive, BadFactsNameTheLine) {
  const auto problem_of = [](std::string_view text) {
    const auto file = yaml::parse(text, "f.yaml");
    const auto facts = parse_facts(knowledge(), *file);
    return facts ? std::string() : facts.problems().list.front().code + " " + facts.problems().list.front().place;
  };
  EXPECT_EQ(problem_of("service: x\npattern: 9\nstandards: [a]\n"), "method.facts-pattern f.yaml:2");
  EXPECT_EQ(problem_of("service: x\npattern: 1\nstandrads: [a]\n"), "method.facts-unknown-field f.yaml:3");
  EXPECT_EQ(problem_of("service: x\nclassify: {personal_data: maybe}\nstandards: [a]\n"),
            "method.facts-yes-no f.yaml:2");
  EXPECT_EQ(problem_of("service: x\npattern: 1\nstandards: [a]\nshared: [{asset: moon, patterns: [1]}]\n"),
            "method.facts-unknown-asset f.yaml:4");
  EXPECT_EQ(problem_of("[]"), "method.facts-required f.yaml:1");
}

TEST(Gap, MustReachThenBasicThenRecommended) {
  Requirement must;
  must.level = Level{24, standard::Operator::at_most, "hours", true, false};
  Requirement recommended;
  recommended.basic = false;
  Requirement basic;
  std::vector<Gap> gaps = {{recommended, Verdict::not_met}, {basic, Verdict::shortfall_to_explain},
                           {basic, Verdict::not_met},       {must, Verdict::met},
                           {must, Verdict::not_measured},   {must, Verdict::not_met}};
  order_gaps(gaps);
  EXPECT_TRUE(gaps[0].requirement.level && gaps[0].verdict == Verdict::not_met);
  EXPECT_TRUE(gaps[1].requirement.level && gaps[1].verdict == Verdict::not_measured);
  EXPECT_EQ(gaps[2].verdict, Verdict::not_met);
  EXPECT_TRUE(gaps[2].requirement.basic);
  EXPECT_EQ(gaps[3].verdict, Verdict::shortfall_to_explain);
  EXPECT_FALSE(gaps[4].requirement.basic);
  EXPECT_EQ(gaps[5].verdict, Verdict::met);  // nothing to do comes last
}

// ---- properties

rc::Gen<ServiceFacts> any_facts() {
  return rc::gen::exec([] {
    auto facts = service(*rc::gen::inRange(1, 7));
    for (const auto& component : knowledge().components) {
      if (*rc::gen::arbitrary<bool>()) facts.configuration.components.push_back(component.id);
    }
    const auto patterns = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 7));
    if (!patterns.empty()) facts.shared = {{"servers", patterns, {}}};
    return facts;
  });
}

}  // namespace

// RapidCheck prints the arguments of a failing case.
static void showValue(const ServiceFacts& facts, std::ostream& out) {
  out << "pattern " << facts.classification.pattern.value_or(0) << ":";
  for (const auto& one : facts.configuration.components) out << ' ' << one;
}

namespace {

TEST(DeriveProperties, SameFactsSameRequirementsSameOrder) {
  EXPECT_TRUE(rc::check([] {
    auto facts = *any_facts();
    const auto once = derived(facts);
    RC_ASSERT(once == derived(facts));
    std::reverse(facts.configuration.components.begin(), facts.configuration.components.end());
    RC_ASSERT(once == derived(facts));
  }));
}

TEST(DeriveProperties, MoreComponentsNeverTakeARequirementAway) {
  EXPECT_TRUE(rc::check([] {
    auto facts = *any_facts();
    RC_PRE(!facts.configuration.components.empty());
    const auto some = derived(facts);
    facts.configuration.components.clear();  // all
    RC_ASSERT(delta(some, derived(facts)).removed.empty());
  }));
}

}  // namespace
}  // namespace genmei::method
