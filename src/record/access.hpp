// Who may do what: roles as data (data/roles.yaml) turned into one SQL predicate per kind and action. This is the only
// access gate; every read and write of records goes through it, no handler checks permissions by itself. Levels of
// secrecy (A.5.10): a grant reaches up to max_class; above it only the record's owner and author see it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"
#include "record/sql.hpp"

namespace genmei::record {

enum class Action { read, create, update, archive, transition, bulk_export, admin };
std::string_view name_of(Action action);

enum class Scope { none, own, unit, all };

struct Grant {
  std::vector<std::string> kinds;  // kind ids, "*" for all, "@name" for capabilities
  std::set<Action> actions;
  Scope scope = Scope::none;
  int max_class = 1;  // index into class_names
};

struct Role {
  std::string id;
  Bilingual title;
  std::vector<Grant> grants;
};

class Roles {
 public:
  static Result<Roles> load(const std::string& path);
  [[nodiscard]] const Role* find(std::string_view id) const;
  [[nodiscard]] const std::vector<Role>& all() const { return roles_; }

 private:
  std::vector<Role> roles_;
};

// Who acts. `system` is the product itself (derivation, timers, the command line on the data folder): everything is
// open to it, and it is named as such in history and ledger.
struct Actor {
  std::string account;  // id of the account, or "system"
  std::string person;   // id of the person record, may be empty
  std::string name;     // for history answers
  std::set<std::string> roles;
  std::set<std::string> units;   // the actor's org-units and all below them
  std::set<std::string> scopes;  // of an API token: read, write, …; empty = a session, no limit
  std::string place;             // remote address or "cli"
  bool system = false;
  static Actor product(std::string place);
};

// What one actor may do with one kind: the widest scope for each level of secrecy.
struct Reach {
  // by class index 0..3: the widest scope granted
  Scope by_class[4] = {Scope::none, Scope::none, Scope::none, Scope::none};
  [[nodiscard]] bool nothing() const;
  [[nodiscard]] bool everything() const;
};

inline constexpr std::string_view class_names[4] = {"public", "internal", "confidential", "secret"};
int class_index(std::string_view name);  // unknown names count as secret

class Access {
 public:
  Access(const Roles& roles, Actor actor);
  [[nodiscard]] const Actor& actor() const { return actor_; }
  [[nodiscard]] Reach reach(std::string_view kind, Action action) const;
  [[nodiscard]] bool may(std::string_view kind, Action action) const { return !reach(kind, action).nothing(); }
  [[nodiscard]] bool capability(std::string_view name, Action action = Action::read) const { return may(name, action); }
  // Two readers with equal signatures of a reach see the same records by it.
  [[nodiscard]] std::string signature(const Reach& reach) const;
  // Does the reach cover this one record?
  [[nodiscard]] bool covers(const Reach& reach, std::string_view secrecy, std::string_view owner,
                            std::string_view created_by, std::string_view org_unit, std::string_view record_id) const;

  // The reach as SQL over a table alias with columns class, owner, created_by, org_unit; binds are appended to `binds`
  // and numbered after those already there. Empty text = no restriction.
  std::string predicate(const Reach& reach, std::string_view alias, Binds& binds) const;
  // The same for long lists of a kind's table: `alias.id IN (…)` over the ids that indexes find, so that a reader of
  // one unit does not pay for the rows of all others. Empty text = no restriction.
  std::string visible(const Reach& reach, std::string_view alias, std::string_view table, std::string_view org,
                      Binds& binds) const;

 private:
  const Roles* roles_;
  Actor actor_;
};

}  // namespace genmei::record
