// ledger, user, token, backup, restore: keeping what there is.
#include <zip.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/id.hpp"
#include "cli/command.hpp"

namespace genmei::cli {
namespace {

namespace fs = std::filesystem;

int tell(const Context& context, const ledger::Verification& result, bool machine) {
  json::Array problems;
  for (const auto& finding : result.findings) {
    json::Object item;
    item["index"] = finding.index;
    item["code"] = finding.code;
    item["kind"] = finding.kind;
    item["record"] = finding.record;
    item["revision"] = finding.revision;
    if (!machine) {
      print("✗ " + std::to_string(finding.index) + "  " + finding.code + "  " + finding.kind + "/" + finding.record +
            " r" + std::to_string(finding.revision));
    }
    problems.push_back(std::move(item));
  }
  if (machine) {
    json::Object out;
    out["ok"] = result.ok();
    out["entries"] = result.entries;
    out["revisions"] = result.revisions;
    out["seconds"] = result.seconds;
    out["problems"] = std::move(problems);
    print_json(out);
  } else {
    print((result.ok() ? context.say("改ざんはありません。", "Nothing was changed. ")
                       : context.say("合わないところがあります。", "Something does not fit. ")) +
          std::to_string(result.entries) + context.say("件の記録、", " entries, ") + std::to_string(result.revisions) +
          context.say("件の版を確かめました。", " revisions checked."));
  }
  return result.ok() ? done : negative;
}

// Everything but the database file itself, which is copied at one consistent moment.
bool belongs(const std::string& name) {
  return name == "genmei.json" || name.starts_with("ledger-") || name.starts_with("files/") ||
         name.starts_with("standards/");
}

Result<void> pack(const std::string& folder, const std::string& database, const std::string& target) {
  int code = 0;
  zip_t* archive = zip_open(target.c_str(), ZIP_CREATE | ZIP_EXCL, &code);
  if (archive == nullptr) return problem(Failure::conflict, "backup.target", target);
  bool good = true;
  const auto add = [&](const std::string& name, const std::string& path) {
    zip_source_t* source = zip_source_file(archive, path.c_str(), 0, -1);
    if (source == nullptr || zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) good = false;
  };
  add("genmei.db", database);
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    const auto name = fs::relative(entry.path(), folder, error).generic_string();
    if (entry.is_regular_file(error) && belongs(name)) add(name, entry.path().string());
  }
  if (!good || zip_close(archive) != 0) {
    zip_discard(archive);
    return problem(Failure::full, "backup.failed", target);
  }
  fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write, error);
  return {};
}

Result<void> unpack(const std::string& path, const std::string& folder) {
  constexpr std::uint64_t most = 64ULL << 30U;
  int code = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
  const auto damaged = problem(Failure::invalid, "backup.damaged", path);
  if (archive == nullptr) return damaged;
  const std::unique_ptr<zip_t, void (*)(zip_t*)> closer(archive, [](zip_t* a) { zip_discard(a); });
  std::uint64_t total = 0;
  bool database = false;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t info{};
    if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &info) != 0) return damaged;
    const std::string name(info.name);
    total += info.size;
    if ((name != "genmei.db" && !belongs(name)) || name.find("..") != std::string::npos || total > most) return damaged;
    database = database || name == "genmei.db";
    const fs::path target = fs::path(folder) / name;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    zip_file_t* in = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    std::FILE* out = std::fopen(target.c_str(), "wb");
    bool good = in != nullptr && out != nullptr;
    std::string buffer(1U << 20U, '\0');
    while (good) {
      const auto got = zip_fread(in, buffer.data(), buffer.size());
      if (got <= 0) {
        good = got == 0;
        break;
      }
      good = std::fwrite(buffer.data(), 1, static_cast<std::size_t>(got), out) == static_cast<std::size_t>(got);
    }
    if (in != nullptr && zip_fclose(in) != 0) good = false;
    if (out != nullptr && std::fclose(out) != 0) good = false;
    if (!good) return damaged;
    fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write, error);
  }
  if (!database) return damaged;
  return {};
}

std::set<std::string> set_of(const std::vector<std::string>& list) { return {list.begin(), list.end()}; }

}  // namespace

int ledger_command(const Context& context) {
  const Arguments arguments(context.words, {"key"}, {"json"});
  const auto& rest = arguments.rest();
  if (!arguments.error().empty() || rest.empty() || rest.size() > 2)
    return context.misuse("ledger " + arguments.error());
  const bool machine = arguments.flag("json");
  if (rest[0] == "verify" && rest.size() == 2) {
    const auto result = ledger::verify_folder(rest[1], arguments.value("key"));
    return result ? tell(context, *result, machine) : context.fail(result.problems());
  }
  if (rest[0] != "verify" && !(rest[0] == "export" && rest.size() == 2)) return context.misuse("ledger " + rest[0]);
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  auto& w = **workspace;
  // What cannot be integrated (a damaged tree) is told by the verification itself.
  const auto integrated = w.sequencer().run_once();
  if (rest[0] == "verify") {
    const auto result = ledger::verify(w.database(), w.organisation(), w.key().public_key, true);
    return result ? tell(context, *result, machine) : context.fail(result.problems());
  }
  if (!integrated) return context.fail(integrated.problems());
  const auto exported = ledger::export_folder(w.database(), w.organisation(), rest[1]);
  if (!exported) return context.fail(exported.problems());
  print(rest[1]);
  return done;
}

int user(const Context& context) {
  const Arguments arguments(context.words, {"roles", "role", "person"}, {"json"});
  const auto& rest = arguments.rest();
  if (!arguments.error().empty() || rest.empty()) return context.misuse("user " + arguments.error());
  const bool machine = arguments.flag("json");
  const bool adds = rest[0] == "add" && rest.size() == 2;
  const bool resets = rest[0] == "reset" && rest.size() == 2;
  if (!adds && !resets && rest != std::vector<std::string>{"list"}) return context.misuse("user " + rest[0]);
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  auto& w = **workspace;
  auto accounts = open_accounts(w);
  if (const auto tables = accounts->create_tables(); !tables) return context.fail(tables.problems());
  const auto product = record::Actor::product("cli");
  if (rest[0] == "list") {
    const auto list = accounts->list();
    if (!list) return context.fail(list.problems());
    json::Array items;
    for (const auto& account : *list) {
      std::string roles;
      json::Array names;
      for (const auto& role : account.roles) {
        roles += (roles.empty() ? "" : ",") + role;
        names.emplace_back(role);
      }
      json::Object item;
      item["id"] = account.id;
      item["login"] = account.login;
      item["name"] = account.name;
      item["roles"] = std::move(names);
      item["state"] = account.state;
      items.push_back(std::move(item));
      if (!machine) print(account.login + "  " + account.name + "  " + account.state + "  " + roles);
    }
    if (machine) print_json(items);
    return done;
  }
  auto roles = set_of(arguments.values("roles"));
  roles.merge(set_of(arguments.values("role")));
  if (adds && roles.empty()) roles.insert("staff");
  for (const auto& role : roles) {
    if (w.roles().find(role) == nullptr) return context.misuse("--roles " + role);
  }
  const auto password =
      adds ? accounts->create(product, rest[1], arguments.value("person"), roles) : accounts->reset(product, rest[1]);
  if (!password) return context.fail(password.problems());
  if (machine) {
    json::Object out;
    out["login"] = rest[1];
    out["one_time_password"] = *password;
    print_json(out);
  } else {
    print(context.say("一度だけ使えるパスワード: ", "One-time password: ") + *password);
  }
  return done;
}

int token(const Context& context) {
  const Arguments arguments(context.words, {"name", "scopes", "scope", "expires"}, {"json"});
  const auto& rest = arguments.rest();
  if (!arguments.error().empty() || rest.size() != 2 || (rest[0] != "create" && rest[0] != "revoke"))
    return context.misuse("token create LOGIN | revoke ID");
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  auto accounts = open_accounts(**workspace);
  if (const auto tables = accounts->create_tables(); !tables) return context.fail(tables.problems());
  const auto product = record::Actor::product("cli");
  if (rest[0] == "revoke") {
    const auto revoked = accounts->revoke_token(product, rest[1]);
    return revoked ? done : context.fail(revoked.problems());
  }
  auto scopes = set_of(arguments.values("scopes"));
  scopes.merge(set_of(arguments.values("scope")));
  if (scopes.empty()) scopes.insert("read");
  const auto secret =
      accounts->create_token_for(product, rest[1], arguments.value("name", "cli"), scopes, arguments.value("expires"));
  if (!secret) return context.fail(secret.problems());
  if (arguments.flag("json")) {
    json::Object out;
    out["secret"] = *secret;
    print_json(out);
  } else {
    print(*secret);
  }
  return done;
}

int backup(const Context& context) {
  const Arguments arguments(context.words, {}, {"json"});
  if (!arguments.error().empty() || arguments.rest().size() != 1) return context.misuse("backup FILE");
  const auto target = arguments.rest().front();
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  const auto copy = context.folder + "/backup-" + new_id(Clock::system().now()) + ".db";
  auto outcome = (*workspace)->database().backup(copy);
  if (outcome) outcome = pack(context.folder, copy, target);
  std::error_code error;
  fs::remove(copy, error);
  if (!outcome) return context.fail(outcome.problems());
  if (arguments.flag("json")) {
    json::Object out;
    out["file"] = target;
    out["bytes"] = fs::file_size(target, error);
    print_json(out);
  } else {
    print(target);
  }
  return done;
}

int restore(const Context& context) {
  const Arguments arguments(context.words, {}, {"json"});
  if (!arguments.error().empty() || arguments.rest().size() != 1) return context.misuse("restore FILE [--data DIR]");
  const auto source = arguments.rest().front();
  std::error_code error;
  if (!fs::exists(source, error))
    return context.fail(problem(Failure::not_found, "cli.no-file", source, {{"value", source}}));
  if (fs::exists(context.folder, error) && !fs::is_empty(context.folder, error))
    return context.fail(problem(Failure::conflict, "backup.not-empty", context.folder));
  // Unpacked and verified beside its place, then moved: a bad backup leaves nothing behind.
  const auto temporary = context.folder + ".restoring";
  fs::remove_all(temporary, error);
  fs::create_directories(temporary, error);
  auto outcome = unpack(source, temporary);
  if (outcome) {
    Context inside = context;
    inside.folder = temporary;
    auto workspace = inside.open();
    if (!workspace) {
      outcome = problem(Failure::invalid, "backup.damaged", source, {}, workspace.problems().list.front().code);
    } else {
      auto& w = **workspace;
      const auto integrated = w.sequencer().run_once();
      const auto verified = ledger::verify(w.database(), w.organisation(), w.key().public_key, true);
      if (!integrated || !verified || !verified->ok()) outcome = problem(Failure::invalid, "backup.unverified", source);
    }
  }
  if (outcome) {
    fs::remove(context.folder, error);
    fs::rename(temporary, context.folder, error);
    if (error) outcome = problem(Failure::full, "workspace.unwritable", context.folder);
  }
  fs::remove_all(temporary, error);
  if (!outcome) return context.fail(outcome.problems());
  print(context.folder);
  return done;
}

}  // namespace genmei::cli
