// One opened data folder: database, declarations, catalogues, engine, ledger. The command line and the server both work
// on a Workspace; nothing else opens files of the folder. Life: create once, then open; close() (or the destructor)
// integrates what is pending in the ledger. The shipped data (standards, kinds, roles, messages) is read-only and lies
// elsewhere.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/messages.hpp"
#include "ledger/ledger.hpp"
#include "method/knowledge.hpp"
#include "record/engine.hpp"
#include "standard/library.hpp"
#include "store/database.hpp"

namespace genmei::operate {

struct WorkspaceOptions {
  std::string folder;            // the data folder
  std::string shipped;           // folder with standards/, kinds/, … ; empty = found beside the program
  const Clock* clock = nullptr;  // system clock when null
  bool sequencer = true;         // sign checkpoints in the background
};

// Where the shipped data lies: $GENMEI_SHARE, beside the program, or in the source tree it was built from.
Result<std::string> shipped_folder();

class Workspace {
 public:
  // Makes the folder: configuration, signing key, empty database. `postgres` is a libpq connection string or empty for
  // SQLite. Errors: workspace.exists, workspace.unwritable, store.*.
  static Result<void> create(const std::string& folder, const std::string& postgres);
  // Errors: workspace.missing, workspace.broken, and everything that is wrong with the shipped data, with file and
  // line.
  static Result<std::unique_ptr<Workspace>> open(const WorkspaceOptions& options);
  ~Workspace();

  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] const std::string& shipped() const { return shipped_; }
  [[nodiscard]] const std::string& organisation() const { return organisation_; }
  [[nodiscard]] store::Database& database() const { return *database_; }
  [[nodiscard]] record::Engine& engine() const { return *engine_; }
  [[nodiscard]] const record::Registry& registry() const { return registry_; }
  [[nodiscard]] const record::Roles& roles() const { return roles_; }
  [[nodiscard]] const Messages& messages() const { return messages_; }
  [[nodiscard]] const Clock& clock() const { return *clock_; }
  [[nodiscard]] ledger::Sequencer& sequencer() const { return *sequencer_; }
  [[nodiscard]] const ledger::KeyPair& key() const { return key_; }

  // Catalogues and the method's knowledge over them; replaced together when the organisation adds a standard.
  struct Catalogues {
    std::shared_ptr<const standard::Library> library;
    std::shared_ptr<const method::Knowledge> knowledge;
  };
  [[nodiscard]] Catalogues catalogues() const;
  // Adds an organisation's own standard (a file as own_catalogue reads it) and keeps the file in the data folder.
  Result<void> add_standard(std::string bytes, const std::string& name);

  // Settings of the organisation: text by name, with `fallback` where nothing was set.
  Result<std::string> setting(std::string_view name, std::string_view fallback = {}) const;
  Result<void> set_setting(const std::string& name, const std::string& value);

  // Files of evidence: stored under their digest, never changed.
  struct StoredFile {
    std::string id, name, type, digest;
    std::int64_t size = 0;
  };
  Result<StoredFile> store_file(const record::Actor& actor, std::string_view bytes, std::string name, std::string type);
  Result<StoredFile> file(std::string_view id) const;
  Result<std::string> file_bytes(const StoredFile& file) const;

  // The date in Japan today, as text.
  [[nodiscard]] std::string today() const;

 private:
  Workspace() = default;
  record::Catalogues record_catalogues();
  Result<void> load_own_standards();

  std::string folder_, shipped_, organisation_;
  const Clock* clock_ = nullptr;
  std::unique_ptr<store::Database> database_;
  record::Registry registry_;
  record::Roles roles_;
  Messages messages_;
  mutable std::mutex catalogues_mutex_;
  Catalogues catalogues_;
  std::unique_ptr<record::Engine> engine_;
  ledger::KeyPair key_;
  std::unique_ptr<ledger::Sequencer> sequencer_;
};

}  // namespace genmei::operate
