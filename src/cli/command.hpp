// The genmei command. Text for people, --json for machines; exit 0 done, 1 a negative answer, 2 wrong usage, 3
// environment. Commands print to standard output; what went wrong goes to standard error, in the language of --lang or
// the locale.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "cli/arguments.hpp"
#include "identity/accounts.hpp"
#include "operate/workspace.hpp"

namespace genmei::cli {

inline constexpr int done = 0;
inline constexpr int negative = 1;
inline constexpr int usage = 2;
inline constexpr int environment = 3;

// What every command gets: its words, the language, the data folder.
struct Context {
  std::vector<std::string> words;  // after the command's name
  Language language = Language::ja;
  std::string folder;  // --data, GENMEI_DATA or ./var

  // Tells the problems and answers the exit code that fits them.
  int fail(const Problems& problems) const;
  int misuse(const std::string& what) const;  // exit 2
  [[nodiscard]] const std::string& say(const std::string& ja, const std::string& en) const {
    return language == Language::ja ? ja : en;
  }
  Result<std::unique_ptr<operate::Workspace>> open(bool sequencer = false) const;
};

std::unique_ptr<identity::Accounts> open_accounts(operate::Workspace& workspace);
// Standard output with a line feed.
void print(std::string_view text);
void print_json(const json::Value& value);
Result<std::string> read_file(const std::string& path);  // cli.no-file
Result<void> write_file(const std::string& path, std::string_view bytes);

int init(const Context& context);
int serve(const Context& context);
int doctor(const Context& context);
int standard_command(const Context& context);
int classify(const Context& context);
int derive(const Context& context);
int report(const Context& context);
int ledger_command(const Context& context);
int user(const Context& context);
int token(const Context& context);
int backup(const Context& context);
int restore(const Context& context);
int export_command(const Context& context);
int import_command(const Context& context);

// The whole program: what main() calls.
int run(int count, char** words);

}  // namespace genmei::cli
