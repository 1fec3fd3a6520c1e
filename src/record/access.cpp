#include "record/access.hpp"

#include <algorithm>
#include <array>

namespace genmei::record {
namespace {

constexpr std::array<std::pair<std::string_view, Action>, 7> action_names{{{"read", Action::read},
                                                                           {"create", Action::create},
                                                                           {"update", Action::update},
                                                                           {"archive", Action::archive},
                                                                           {"transition", Action::transition},
                                                                           {"export", Action::bulk_export},
                                                                           {"admin", Action::admin}}};

bool matches(const Grant& grant, std::string_view kind) {
  return std::any_of(grant.kinds.begin(), grant.kinds.end(), [&](const std::string& name) {
    return name == kind || (name == "*" && !kind.starts_with('@')) || (name == "@*" && kind.starts_with('@'));
  });
}

}  // namespace

std::string_view name_of(Action action) {
  for (const auto& [name, value] : action_names) {
    if (value == action) return name;
  }
  return "read";
}

Result<Roles> Roles::load(const std::string& path) {
  GENMEI_LET(file, yaml::load(path));
  Roles roles;
  Problems problems;
  for (const auto& node : file.root["roles"].items) {
    Role role;
    role.id = node["id"].str();
    const auto& title = node.has("title") ? node["title"] : node;
    role.title = {title["ja"].str(), title["en"].str()};
    if (role.id.empty() || role.title.ja.empty() || role.title.en.empty()) {
      problems.add(problem(Failure::internal, "roles.text", file.at(node)));
    }
    for (const auto& item : node["grants"].items) {
      Grant grant;
      grant.kinds = item["kinds"].strings();
      for (const auto& name : item["actions"].strings()) {
        const auto* found =
            std::find_if(action_names.begin(), action_names.end(), [&](const auto& a) { return a.first == name; });
        if (found == action_names.end()) {
          problems.add(problem(Failure::internal, "roles.action", file.at(item), {{"value", name}}));
        } else {
          grant.actions.insert(found->second);
        }
      }
      const auto scope = item["scope"].str("all");
      grant.scope = scope == "all"    ? Scope::all
                    : scope == "unit" ? Scope::unit
                    : scope == "own"  ? Scope::own
                                      : Scope::none;
      grant.max_class = class_index(item["max_class"].str("internal"));
      role.grants.push_back(std::move(grant));
    }
    roles.roles_.push_back(std::move(role));
  }
  if (roles.roles_.empty()) problems.add(problem(Failure::internal, "roles.empty", path));
  if (!problems.empty()) return problems;
  return roles;
}

const Role* Roles::find(std::string_view id) const {
  const auto found = std::find_if(roles_.begin(), roles_.end(), [&](const auto& role) { return role.id == id; });
  return found == roles_.end() ? nullptr : &*found;
}

Actor Actor::product(std::string place) {
  Actor actor;
  actor.account = "system";
  actor.name = "Genmei";
  actor.place = std::move(place);
  actor.system = true;
  return actor;
}

bool Reach::nothing() const {
  return std::all_of(std::begin(by_class), std::end(by_class), [](Scope s) { return s == Scope::none; });
}

bool Reach::everything() const {
  return std::all_of(std::begin(by_class), std::end(by_class), [](Scope s) { return s == Scope::all; });
}

int class_index(std::string_view name) {
  for (int i = 0; i < 4; ++i) {
    if (class_names[i] == name) return i;
  }
  return 3;
}

Access::Access(const Roles& roles, Actor actor) : roles_(&roles), actor_(std::move(actor)) {}

Reach Access::reach(std::string_view kind, Action action) const {
  Reach reach;
  if (actor_.system) {
    for (auto& scope : reach.by_class) scope = Scope::all;
    return reach;
  }
  if (!actor_.scopes.empty()) {
    const bool writes = action != Action::read && action != Action::bulk_export;
    const bool allowed = actor_.scopes.contains("*") || actor_.scopes.contains(writes ? "write" : "read") ||
                         (!writes && actor_.scopes.contains("write"));
    if (!allowed) return reach;
  }
  for (const auto& id : actor_.roles) {
    const auto* role = roles_->find(id);
    if (role == nullptr) continue;
    for (const auto& grant : role->grants) {
      if (!grant.actions.contains(action) || !matches(grant, kind)) continue;
      for (int level = 0; level < 4; ++level) {
        // Above its level a grant still reaches what the actor owns or wrote.
        const Scope scope = level <= grant.max_class ? grant.scope : std::min(grant.scope, Scope::own);
        reach.by_class[level] = std::max(reach.by_class[level], scope);
      }
    }
  }
  return reach;
}

std::string Access::signature(const Reach& reach) const {
  std::string out;
  for (const auto scope : reach.by_class) out += static_cast<char>('0' + static_cast<int>(scope));
  if (reach.everything() || reach.nothing()) return out;
  out += actor_.account + actor_.person;
  for (const auto& unit : actor_.units) out += unit;
  return out;
}

bool Access::covers(const Reach& reach, std::string_view secrecy, std::string_view owner, std::string_view created_by,
                    std::string_view org_unit, std::string_view record_id) const {
  const bool own = (!actor_.person.empty() && (owner == actor_.person || record_id == actor_.person)) ||
                   created_by == actor_.account;
  switch (reach.by_class[class_index(secrecy)]) {
    case Scope::all:
      return true;
    case Scope::unit:
      return own || actor_.units.contains(std::string(org_unit));
    case Scope::own:
      return own;
    case Scope::none:
      return false;
  }
  return false;
}

std::string Access::predicate(const Reach& reach, std::string_view alias, Binds& binds) const {
  if (reach.everything()) return {};
  if (reach.nothing()) return "1 = 0";
  const std::string prefix = alias.empty() ? std::string() : std::string(alias) + ".";
  const auto bind = [&](const std::string& value) { return binds.add(value); };
  std::string own = prefix + "\"created_by\" = " + bind(actor_.account);
  if (!actor_.person.empty()) {
    const auto person = bind(actor_.person);
    own += " OR " + prefix + "\"owner\" = " + person + " OR " + prefix + "\"id\" = " + person;
  }
  const auto classes = [&](Scope scope) {
    std::string list;
    for (int level = 0; level < 4; ++level) {
      if (reach.by_class[level] == scope) list += (list.empty() ? "'" : ",'") + std::string(class_names[level]) + "'";
    }
    return list;
  };
  std::string out = "(";
  const auto all = classes(Scope::all);
  const auto unit = classes(Scope::unit);
  const bool own_anything =
      std::any_of(std::begin(reach.by_class), std::end(reach.by_class), [](Scope s) { return s != Scope::none; });
  if (!all.empty()) out += prefix + "\"class\" IN (" + all + ")";
  if (!unit.empty() && !actor_.units.empty()) {
    std::string list;
    for (const auto& id : actor_.units) list += (list.empty() ? "" : ",") + bind(id);
    if (out.size() > 1) out += " OR ";
    out += "(" + prefix + "\"org_unit\" IN (" + list + ") AND " + prefix + "\"class\" IN (" + unit + "))";
  }
  if (own_anything) {
    if (out.size() > 1) out += " OR ";
    out += own;
  }
  return out + ")";
}

std::string Access::visible(const Reach& reach, std::string_view alias, std::string_view table, std::string_view org,
                            Binds& binds) const {
  const bool some_class_open =
      std::any_of(std::begin(reach.by_class), std::end(reach.by_class), [](Scope s) { return s == Scope::all; });
  if (reach.everything() || reach.nothing() || some_class_open) return predicate(reach, alias, binds);
  const auto here = binds.add(std::string(org));
  const auto select = [&](const std::string& condition) {
    return "SELECT id FROM " + std::string(table) + " WHERE org = " + here + " AND " + condition;
  };
  std::string sets = select("\"created_by\" = " + binds.add(actor_.account));
  if (!actor_.person.empty()) {
    const auto person = binds.add(actor_.person);
    sets += " UNION " + select("\"owner\" = " + person) + " UNION " + select("\"id\" = " + person);
  }
  std::string classes;
  for (int level = 0; level < 4; ++level) {
    if (reach.by_class[level] == Scope::unit)
      classes += (classes.empty() ? "'" : ",'") + std::string(class_names[level]) + "'";
  }
  if (!classes.empty() && !actor_.units.empty()) {
    std::string units;
    for (const auto& id : actor_.units) units += (units.empty() ? "" : ",") + binds.add(id);
    sets += " UNION " + select("\"org_unit\" IN (" + units + ") AND \"class\" IN (" + classes + ")");
  }
  return std::string(alias) + ".id IN (" + sets + ")";
}

}  // namespace genmei::record
