#include "cli/command.hpp"

#include <sodium.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

namespace genmei::cli {
namespace {

constexpr std::string_view help_ja =
    R"(使い方: genmei コマンド [引数]   （共通: --data フォルダー, --lang ja|en, --json）
  init [--sample]                     データフォルダーを作り、最初のパスワードを表示
  serve [--port N] [--address A]      サーバーを起動
  doctor                              環境とデータの点検
  standard list|show ID|counts|import FILE [--check]
  classify --type T | --personal-data yes|no --trade-secret yes|no --stop-effect must-run|severe-loss|partial-loss|core-work|none
  derive FILE.yaml                    サービスの事実から要求事項を導く
  report soa|criteria|gap|pattern|disclosure [--service S] [--edition E] --format html|pdf|xlsx|json --lang ja|en [--as-of T] --out F
  ledger verify [DIR] | export DIR    証跡の検証と書き出し
  user add LOGIN --roles R,… | reset LOGIN | list
  token create LOGIN --name N --scopes read,write [--expires YYYY-MM-DD] | revoke ID
  backup FILE | restore FILE [--data DIR]
  export KIND --format xlsx|csv|json --out F | import KIND FILE [--check]
終了コード: 0 完了, 1 否定の答え, 2 使い方の誤り, 3 環境の問題
)";
constexpr std::string_view help_en = R"(Usage: genmei COMMAND [ARGUMENTS]   (all: --data FOLDER, --lang ja|en, --json)
  init [--sample]                     makes the data folder and prints the first password
  serve [--port N] [--address A]      starts the server
  doctor                              checks environment and data
  standard list|show ID|counts|import FILE [--check]
  classify --type T | --personal-data yes|no --trade-secret yes|no --stop-effect must-run|severe-loss|partial-loss|core-work|none
  derive FILE.yaml                    from the facts of a service to its requirements
  report soa|criteria|gap|pattern|disclosure [--service S] [--edition E] --format html|pdf|xlsx|json --lang ja|en [--as-of T] --out F
  ledger verify [DIR] | export DIR
  user add LOGIN --roles R,… | reset LOGIN | list
  token create LOGIN --name N --scopes read,write [--expires YYYY-MM-DD] | revoke ID
  backup FILE | restore FILE [--data DIR]
  export KIND --format xlsx|csv|json --out F | import KIND FILE [--check]
Exit codes: 0 done, 1 a negative answer, 2 wrong usage, 3 environment
)";

// Messages for what goes wrong before a data folder is open.
const Messages& messages() {
  static const Messages loaded = [] {
    if (const auto folder = operate::shipped_folder()) {
      if (auto found = Messages::load(*folder + "/messages")) return std::move(*found);
    }
    return Messages();
  }();
  return loaded;
}

int exit_code(const Problems& problems) {
  const auto& code = problems.list.front().code;
  if (code == "cli.no-file" || code.starts_with("workspace.") || code.starts_with("store.")) return environment;
  switch (problems.failure()) {
    case Failure::internal:
    case Failure::full:
    case Failure::busy:
      return environment;
    default:
      return negative;
  }
}

}  // namespace

int Context::fail(const Problems& problems) const {
  for (const auto& one : problems.list) {
    const auto text = messages().text(language, one);
    std::fprintf(stderr, "genmei: %s%s%s\n", one.place.c_str(), one.place.empty() ? "" : ": ", text.c_str());
    if (one.failure == Failure::internal && !one.detail.empty()) std::fprintf(stderr, "  %s\n", one.detail.c_str());
  }
  return exit_code(problems);
}

int Context::misuse(const std::string& what) const {
  std::fprintf(stderr, "genmei: %s: %s\n%s", say("使い方が違います", "wrong usage").c_str(), what.c_str(),
               std::string(language == Language::ja ? help_ja : help_en).c_str());
  return usage;
}

Result<std::unique_ptr<operate::Workspace>> Context::open(bool sequencer) const {
  operate::WorkspaceOptions options;
  options.folder = folder;
  options.sequencer = sequencer;
  return operate::Workspace::open(options);
}

std::unique_ptr<identity::Accounts> open_accounts(operate::Workspace& workspace) {
  auto accounts = std::make_unique<identity::Accounts>(
      workspace.engine(),
      [&workspace](std::string_view name, std::string_view fallback) {
        const auto value = workspace.setting(name, fallback);
        return value ? *value : std::string(fallback);
      },
      workspace.shipped() + "/passwords");
  accounts->audit = [&workspace](const record::Actor& actor, std::string_view action, std::string_view account) {
    const auto noted = workspace.engine().note(actor, std::string(action), "account", std::string(account));
    if (!noted) std::fprintf(stderr, "genmei: %s\n", noted.problems().list.front().code.c_str());
  };
  return accounts;
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fputc('\n', stdout);
}

void print_json(const json::Value& value) { print(json::write(value)); }

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code error;
  if (!in || std::filesystem::is_directory(path, error))
    return problem(Failure::not_found, "cli.no-file", path, {{"value", path}});
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return problem(Failure::full, "workspace.unwritable", path);
  return {};
}

int run(int count, char** given) {
  if (sodium_init() < 0) return environment;
  Context context;
  std::vector<std::string> words(given + std::min(1, count), given + count);
  const char* data = std::getenv("GENMEI_DATA");
  context.folder = data != nullptr && *data != '\0' ? data : "var";
  const char* locale = std::getenv("LC_ALL");
  if (locale == nullptr || *locale == '\0') locale = std::getenv("LANG");
  context.language = locale != nullptr && std::string_view(locale).starts_with("en") ? Language::en : Language::ja;
  // --data and --lang belong to every command and may stand anywhere.
  for (std::size_t i = 0; i < words.size();) {
    const bool takes = i + 1 < words.size();
    if (words[i] == "--data" && takes) {
      context.folder = words[i + 1];
    } else if (words[i] == "--lang" && takes && (words[i + 1] == "ja" || words[i + 1] == "en")) {
      context.language = words[i + 1] == "en" ? Language::en : Language::ja;
    } else {
      ++i;
      continue;
    }
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i), words.begin() + static_cast<std::ptrdiff_t>(i) + 2);
  }
  static const std::map<std::string, std::function<int(const Context&)>, std::less<>> commands{
      {"init", init},
      {"serve", serve},
      {"doctor", doctor},
      {"standard", standard_command},
      {"classify", classify},
      {"derive", derive},
      {"report", report},
      {"ledger", ledger_command},
      {"user", user},
      {"token", token},
      {"backup", backup},
      {"restore", restore},
      {"export", export_command},
      {"import", import_command}};
  if (words.empty()) return context.misuse(context.say("コマンドがありません", "no command"));
  if (words.front() == "--help" || words.front() == "help" || words.front() == "-h") {
    print(context.language == Language::ja ? help_ja : help_en);
    return done;
  }
  if (words.front() == "--version") {
    print("genmei " GENMEI_VERSION);
    return done;
  }
  const auto command = commands.find(words.front());
  if (command == commands.end()) return context.misuse(words.front());
  context.words.assign(words.begin() + 1, words.end());
  return command->second(context);
}

}  // namespace genmei::cli
