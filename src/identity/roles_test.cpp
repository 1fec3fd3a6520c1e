// data/roles.yaml: the roles of the registers, with the separations that must never get lost in an edit.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/yaml.hpp"
#include "record/access.hpp"

namespace genmei::identity {
namespace {

using record::Action;

const record::Roles& roles() {
  static const auto loaded = record::Roles::load(std::string(GENMEI_SOURCE_DIR) + "/data/roles.yaml");
  EXPECT_TRUE(loaded.ok());
  return *loaded;
}

record::Access as(const std::string& role) {
  record::Actor actor;
  actor.account = "a";
  actor.person = "p";
  actor.roles = {role};
  return {roles(), actor};
}

TEST(Roles, AreTheTwentyEightOfTheRegisters) {
  std::set<std::string> ids;
  for (const auto& role : roles().all()) ids.insert(role.id);
  EXPECT_EQ(roles().all().size(), 28U);
  EXPECT_EQ(ids.size(), 28U);
}

TEST(Roles, NameOnlyKindsThatExist) {
  std::set<std::string> known = {"*",       "@*",       "@users",  "@tokens", "@settings",
                                 "@ledger", "@reports", "@import", "@export", "@standards"};
  for (const auto& entry : std::filesystem::directory_iterator(std::string(GENMEI_SOURCE_DIR) + "/data/kinds")) {
    known.insert(entry.path().stem().string());
  }
  for (const auto& role : roles().all()) {
    for (const auto& grant : role.grants) {
      EXPECT_FALSE(grant.actions.empty()) << role.id;
      for (const auto& kind : grant.kinds) EXPECT_TRUE(known.contains(kind)) << role.id << " " << kind;
    }
  }
}

TEST(Roles, AuditorsReadEverythingAndChangeNothingTheyAudit) {
  for (const auto* role : {"internal-auditor", "external-auditor"}) {
    const auto access = as(role);
    EXPECT_TRUE(access.may("requirement", Action::read)) << role;
    EXPECT_TRUE(access.capability("@ledger")) << role;
    for (const auto* kind : {"requirement", "safeguard", "asset", "statement-of-applicability", "approval"}) {
      for (const auto action : {Action::create, Action::update, Action::archive, Action::transition}) {
        EXPECT_FALSE(access.may(kind, action)) << role << " " << kind;
      }
    }
  }
}

TEST(Roles, OnlyAdministrationTouchesAccounts) {
  for (const auto& role : roles().all()) {
    const bool expected = role.id == "isms-manager" || role.id == "system-admin";
    EXPECT_EQ(as(role.id).capability("@users", Action::update), expected) << role.id;
    EXPECT_EQ(as(role.id).capability("@settings", Action::update), role.id == "isms-manager") << role.id;
  }
}

TEST(Roles, OutsidersSeeNothingInternal) {
  const auto customer = as("customer-contact");
  EXPECT_EQ(customer.reach("service", Action::read).by_class[record::class_index("public")], record::Scope::all);
  EXPECT_NE(customer.reach("service", Action::read).by_class[record::class_index("internal")], record::Scope::all);
  EXPECT_FALSE(customer.may("asset", Action::read));
  EXPECT_FALSE(as("supplier-contact").may("safeguard", Action::read));
}

TEST(Roles, StaffReachOnlyTheirOwnTasks) {
  const auto reach = as("staff").reach("task", Action::update);
  EXPECT_EQ(reach.by_class[record::class_index("internal")], record::Scope::own);
  EXPECT_FALSE(as("staff").may("requirement", Action::read));
}

TEST(Roles, SecretNeedsMoreThanTheOffice) {
  const auto secret = record::class_index("secret");
  EXPECT_EQ(as("isms-manager").reach("asset", Action::read).by_class[secret], record::Scope::all);
  EXPECT_EQ(as("isms-office").reach("asset", Action::read).by_class[secret], record::Scope::own);
}

}  // namespace
}  // namespace genmei::identity
