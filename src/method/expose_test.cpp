#include "method/expose.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "method/compose.hpp"
#include "method/method_fixture.hpp"

namespace genmei::method {
namespace {

using testing_data::knowledge;
using testing_data::library;

TEST(Compose, T32CaseOneHas15ComponentsAnd28Assets) {
  const auto result = compose(knowledge(), Configuration{});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->components.size(), 15U);
  EXPECT_EQ(result->assets.size(), 28U);
  std::set<int> classes;
  for (const auto component : result->components) classes.insert(knowledge().components[component].class_no);
  EXPECT_EQ(classes.size(), 4U);
  std::size_t data = 0;
  std::size_t use_logs = 0;
  std::size_t admin_logs = 0;
  for (const auto index : result->assets) {
    const auto& asset = knowledge().assets[index];
    data += asset.kind == Asset::Kind::data ? 1U : 0U;
    if (asset.kind != Asset::Kind::log) continue;
    (asset.id.ends_with("-use") ? use_logs : admin_logs) += 1;
  }
  EXPECT_EQ(data, 2U);
  EXPECT_EQ(use_logs, 4U);
  EXPECT_EQ(admin_logs, 7U);
  EXPECT_EQ(result->open_activities.size(), 8U);
}

TEST(Compose, KnowsTheFourCases) {
  EXPECT_EQ(knowledge().cases.size(), 4U);
  EXPECT_EQ(case_of(true, false, false), 1);
  EXPECT_EQ(case_of(false, false, false), 2);
  EXPECT_EQ(case_of(true, true, false), 3);
  EXPECT_EQ(case_of(true, true, true), 4);
}

TEST(Compose, ChecksComponentsAndParties) {
  Configuration configuration;
  configuration.components = {"servers", "database"};
  configuration.responsibilities = {{"hardware-maintenance", "data-center-operator"}};
  const auto result = compose(knowledge(), configuration);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->assets.size(), 6U);
  configuration.components.push_back("teleporter");
  configuration.responsibilities.push_back({"access-line", "security-operator"});
  configuration.responsibilities.push_back({"network-monitoring", "isp"});
  const auto refused = compose(knowledge(), configuration);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.problems().list.size(), 3U);
  EXPECT_EQ(refused.problems().list[0].code, "method.unknown-component");
  EXPECT_EQ(refused.problems().list[1].code, "method.party-not-allowed");
  EXPECT_EQ(refused.problems().list[2].code, "method.party-not-allowed");  // an ISP serves case 2
}

TEST(Expose, T33ServiceDataOfUsersHasThe20PlacementsOfFigure34) {
  std::map<std::pair<Property, Cause>, int> counts;
  for (const auto& one : exposures(knowledge(), *knowledge().asset("service-data-user"))) {
    ++counts[{one.property, one.cause}];
  }
  const std::map<std::pair<Property, Cause>, int> expected = {
      {{Property::confidentiality, Cause::malicious}, 6}, {{Property::confidentiality, Cause::negligent}, 4},
      {{Property::integrity, Cause::malicious}, 3},       {{Property::integrity, Cause::negligent}, 3},
      {{Property::availability, Cause::malicious}, 2},    {{Property::availability, Cause::negligent}, 2}};
  EXPECT_EQ(counts, expected);  // and none from nature
}

TEST(Expose, T35FortyThreatsAnd63PlacementsOfFigure33) {
  EXPECT_EQ(knowledge().threats.size(), 40U);
  std::size_t placements = 0;
  std::set<std::uint16_t> distinct;
  for (const auto& cell : knowledge().cells) {
    placements += cell.threats.size();
    distinct.insert(cell.threats.begin(), cell.threats.end());
  }
  EXPECT_EQ(placements, 63U);
  EXPECT_EQ(distinct.size(), 40U);
}

TEST(Expose, EveryAssetHasThreatsAndEveryThreatAControlInEachStandard) {
  for (std::uint16_t a = 0; a < knowledge().assets.size(); ++a) {
    EXPECT_FALSE(exposures(knowledge(), a).empty()) << knowledge().assets[a].id;
    EXPECT_FALSE(knowledge().assets[a].reason.en.empty());
  }
  for (std::uint16_t t = 0; t < knowledge().threats.size(); ++t) {
    for (const std::string standard : {"iso27001-2022", "cloud-ism-2013"}) {
      const std::vector<std::string> chosen = {standard};
      EXPECT_FALSE(countermeasures(knowledge(), library(), t, Property::availability, chosen).empty())
          << knowledge().threats[t].id << " " << standard;
    }
  }
}

TEST(Expose, RecoveryDoesNotCountForConfidentiality) {
  const auto threat = *knowledge().threat("malicious-program-execution");
  const auto with_recovery = countermeasures(knowledge(), library(), threat, Property::integrity);
  const auto without = countermeasures(knowledge(), library(), threat, Property::confidentiality);
  const auto recovers = [](const auto& list) {
    return std::count_if(list.begin(), list.end(),
                         [](const Countermeasure& one) { return one.how == standard::How::recover; });
  };
  EXPECT_GT(recovers(with_recovery), 0);
  EXPECT_EQ(recovers(without), 0);
  EXPECT_EQ(static_cast<std::size_t>(recovers(with_recovery)), with_recovery.size() - without.size());
}

TEST(Expose, WhatNothingCountersIsUncovered) {
  const std::vector<std::uint16_t> assets = {*knowledge().asset("storage-media")};
  std::vector<bool> done(library().size(), false);
  for (const auto& one : coverage(knowledge(), library(), assets, done)) EXPECT_TRUE(one.uncovered());
  // Backup brings media back, but what was stolen stays known.
  done[library().by_reference("A.8.13").at(0)] = true;
  bool recovered = false;
  for (const auto& one : coverage(knowledge(), library(), assets, done)) {
    if (one.exposure.property == Property::confidentiality) {
      EXPECT_TRUE(one.uncovered());
    }
    recovered = recovered || !one.uncovered();
    EXPECT_FALSE(one.prevented);
  }
  EXPECT_TRUE(recovered);
}

TEST(Expose, CommonMeasuresServeSeveralAssets) {
  const auto composition = compose(knowledge(), Configuration{});
  ASSERT_TRUE(composition);
  const auto common = common_measures(knowledge(), composition->assets);
  ASSERT_FALSE(common.empty());
  EXPECT_GE(common.front().asset_count, common.back().asset_count);
  EXPECT_GE(common.back().asset_count, 2U);
}

}  // namespace
}  // namespace genmei::method
