#include "operate/workspace.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/id.hpp"
#include "operate/hooks.hpp"
#include "operate/official.hpp"

namespace genmei::operate {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return problem(Failure::internal, "workspace.unreadable", path.string());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Written beside its place, flushed, then moved: a crash leaves the old file or the new one.
Result<void> write_file(const fs::path& path, std::string_view bytes, mode_t mode) {
  const fs::path temporary = path.string() + ".new";
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) return problem(Failure::internal, "workspace.unwritable", path.string());
  bool good = true;
  while (good && !bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) {
      good = false;
    } else {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  good = good && ::fsync(file) == 0;
  ::close(file);
  std::error_code error;
  if (good) fs::rename(temporary, path, error);
  if (!good || error) {
    fs::remove(temporary, error);
    return problem(Failure::full, "workspace.unwritable", path.string());
  }
  return {};
}

store::Config database_config(const std::string& folder, const std::string& postgres) {
  store::Config config;
  if (postgres.empty()) {
    config.path = folder + "/genmei.db";
  } else {
    config.backend = store::Backend::postgres;
    config.conninfo = postgres;
  }
  return config;
}

}  // namespace

Result<std::string> shipped_folder() {
  std::vector<fs::path> places;
  if (const char* given = std::getenv("GENMEI_SHARE"); given != nullptr && *given != '\0') places.emplace_back(given);
  std::error_code error;
  if (const auto program = fs::read_symlink("/proc/self/exe", error); !error) {
    const auto folder = program.parent_path();
    places.push_back(folder / "data");
    places.push_back(folder.parent_path() / "share" / "genmei");
    places.push_back(folder.parent_path() / "data");
    places.push_back(folder.parent_path().parent_path() / "data");  // build/<preset>/genmei in the source tree
  }
  for (const auto& place : places) {
    if (fs::exists(place / "kinds", error)) return place.string();
  }
  return problem(Failure::internal, "workspace.shipped");
}

Result<void> Workspace::create(const std::string& folder, const std::string& postgres) {
  std::error_code error;
  if (fs::exists(folder + "/genmei.json", error)) return problem(Failure::conflict, "workspace.exists", folder);
  fs::create_directories(folder + "/files", error);
  if (error) return problem(Failure::internal, "workspace.unwritable", folder);
  fs::permissions(folder, fs::perms::owner_all, error);
  const auto organisation = new_id(Clock::system().now());
  GENMEI_TRY(ledger::signing_key(folder, organisation));
  {
    GENMEI_LET(database, store::Database::open(database_config(folder, postgres)));
    GENMEI_TRY(database->read([](store::Connection& c) -> Result<void> {
      GENMEI_TRY(c.integer("SELECT 1"));
      return {};
    }));
  }
  json::Object config;
  config["organisation"] = organisation;
  config["postgres"] = postgres;
  return write_file(folder + "/genmei.json", json::write(config), 0600);
}

Result<std::unique_ptr<Workspace>> Workspace::open(const WorkspaceOptions& options) {
  std::unique_ptr<Workspace> out(new Workspace());
  auto& w = *out;
  w.folder_ = options.folder;
  w.clock_ = options.clock != nullptr ? options.clock : &Clock::system();
  std::error_code error;
  if (!fs::exists(w.folder_ + "/genmei.json", error))
    return problem(Failure::not_found, "workspace.missing", w.folder_);
  GENMEI_LET(config_text, read_file(w.folder_ + "/genmei.json"));
  const auto config = json::parse(config_text);
  if (!config || !config->is_object())
    return problem(Failure::internal, "workspace.broken", w.folder_ + "/genmei.json");
  w.organisation_ = json::text(config->get_object(), "organisation");
  if (!is_id(w.organisation_)) return problem(Failure::internal, "workspace.broken", w.folder_ + "/genmei.json");
  const std::string postgres(json::text(config->get_object(), "postgres"));
  w.shipped_ = options.shipped;
  if (w.shipped_.empty()) {
    GENMEI_LET(found, shipped_folder());
    w.shipped_ = found;
  }

  // The catalogues are the longest part of starting; the database opens meanwhile.
  Result<void> loaded;
  std::thread loading([&] {
    auto library = standard::Library::load(w.shipped_);
    if (!library) {
      loaded = std::move(library).problems();
      return;
    }
    auto shared = std::make_shared<const standard::Library>(std::move(*library));
    auto knowledge = method::Knowledge::load(w.shipped_, *shared);
    if (!knowledge) {
      loaded = std::move(knowledge).problems();
      return;
    }
    w.catalogues_ = {shared, std::make_shared<const method::Knowledge>(std::move(*knowledge))};
  });
  const auto declared = [&]() -> Result<void> {
    GENMEI_LET(registry, record::Registry::load(w.shipped_ + "/kinds"));
    w.registry_ = std::move(registry);
    GENMEI_LET(roles, record::Roles::load(w.shipped_ + "/roles.yaml"));
    w.roles_ = std::move(roles);
    GENMEI_LET(messages, Messages::load(w.shipped_ + "/messages"));
    w.messages_ = std::move(messages);
    GENMEI_LET(key, ledger::signing_key(w.folder_, w.organisation_));
    w.key_ = std::move(key);
    GENMEI_LET(database, store::Database::open(database_config(w.folder_, postgres)));
    w.database_ = std::move(database);
    w.engine_ = std::make_unique<record::Engine>(*w.database_, w.registry_, w.roles_, w.record_catalogues(), *w.clock_,
                                                 w.organisation_);
    GENMEI_TRY(w.engine_->prepare());
    return w.database_->write(create_official_tables);
  }();
  loading.join();
  GENMEI_TRY(declared);
  GENMEI_TRY(loaded);
  GENMEI_TRY(w.load_own_standards());
  add_hooks(w);
  w.sequencer_ = std::make_unique<ledger::Sequencer>(*w.database_, w.key_, w.organisation_, *w.clock_);
  if (options.sequencer) {
    w.engine_->on_commit([sequencer = w.sequencer_.get()] { sequencer->wake(); });
    w.sequencer_->start();
  }
  return out;
}

Workspace::~Workspace() {
  if (sequencer_) sequencer_->stop();
}

Workspace::Catalogues Workspace::catalogues() const {
  const std::scoped_lock lock(catalogues_mutex_);
  return catalogues_;
}

record::Catalogues Workspace::record_catalogues() {
  record::Catalogues out;
  out.exists = [this](std::string_view catalogue, std::string_view value) {
    const auto now = catalogues();
    if (catalogue == "standard-item") return now.library->find(value).has_value();
    if (catalogue == "evaluation-item") {
      const auto index = now.library->find(value);
      return index && now.library->entry(*index).item->kind == standard::Kind::evaluation_item;
    }
    if (catalogue == "threat") return now.knowledge->threat(value).has_value();
    if (catalogue == "asset-type") return now.knowledge->asset(value).has_value();
    if (catalogue == "component-type") return now.knowledge->component(value).has_value();
    if (catalogue == "service-type") return now.knowledge->type(value) != nullptr;
    if (catalogue == "role") return roles_.find(value) != nullptr;
    if (catalogue == "parameter") {
      return std::any_of(now.library->catalogues().begin(), now.library->catalogues().end(),
                         [&](const auto& c) { return c->parameter(value) != nullptr; });
    }
    return false;
  };
  out.label = [this](std::string_view catalogue, std::string_view value, Language language) -> std::string {
    const auto now = catalogues();
    if (catalogue == "standard-item" || catalogue == "evaluation-item") {
      const auto index = now.library->find(value);
      if (!index) return std::string(value);
      const auto& entry = now.library->entry(*index);
      return entry.reference + " " + standard::label(*entry.item, language);
    }
    if (catalogue == "threat") {
      if (const auto i = now.knowledge->threat(value)) return now.knowledge->threats[*i].name.in(language);
    } else if (catalogue == "asset-type") {
      if (const auto i = now.knowledge->asset(value)) return now.knowledge->assets[*i].name.in(language);
    } else if (catalogue == "component-type") {
      if (const auto i = now.knowledge->component(value)) return now.knowledge->components[*i].name.in(language);
    } else if (catalogue == "service-type") {
      if (const auto* type = now.knowledge->type(value)) return type->name.in(language);
    } else if (catalogue == "role") {
      if (const auto* role = roles_.find(value)) return role->title.in(language);
    }
    return std::string(value);
  };
  return out;
}

Result<void> Workspace::load_own_standards() {
  std::error_code error;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder_ + "/standards", error)) {
    const auto kind = entry.path().extension();
    if (kind == ".yaml" || kind == ".xlsx" || kind == ".part3") paths.push_back(entry.path());
  }
  if (paths.empty()) return {};
  std::sort(paths.begin(), paths.end());
  standard::Library library = *catalogues_.library;
  for (const auto& path : paths) {
    GENMEI_LET(bytes, read_file(path));
    GENMEI_LET(catalogue, own_catalogue(bytes, path.filename().string(), library));
    GENMEI_TRY(library.add(std::move(catalogue)));
  }
  auto shared = std::make_shared<const standard::Library>(std::move(library));
  GENMEI_LET(knowledge, catalogues_.knowledge->with(*shared));
  catalogues_ = {shared, std::make_shared<const method::Knowledge>(std::move(knowledge))};
  return {};
}

Result<void> Workspace::add_standard(std::string bytes, const std::string& name) {
  const auto now = catalogues();
  GENMEI_LET(catalogue, own_catalogue(bytes, name, *now.library));
  const auto id = catalogue.id;
  standard::Library library = *now.library;
  GENMEI_TRY(library.add(std::move(catalogue)));
  auto shared = std::make_shared<const standard::Library>(std::move(library));
  GENMEI_LET(knowledge, now.knowledge->with(*shared));
  std::error_code error;
  fs::create_directories(folder_ + "/standards", error);
  GENMEI_TRY(write_file(folder_ + "/standards/" + id + fs::path(name).extension().string(), bytes, 0600));
  const std::scoped_lock lock(catalogues_mutex_);
  catalogues_ = {shared, std::make_shared<const method::Knowledge>(std::move(knowledge))};
  return {};
}

Result<std::string> Workspace::setting(std::string_view name, std::string_view fallback) const {
  std::string value(fallback);
  GENMEI_TRY(database_->read([&](store::Connection& connection) {
    return connection.each("SELECT value FROM setting WHERE org = $1 AND name = $2",
                           {std::string_view(organisation_), name}, [&](const store::Row& row) {
                             value = row.text(0);
                             return false;
                           });
  }));
  return value;
}

Result<void> Workspace::set_setting(const std::string& name, const std::string& value) {
  return database_->write([&](store::Connection& connection) -> Result<void> {
    GENMEI_TRY(connection.run(
        "INSERT INTO setting(org, name, value) VALUES($1, $2, $3) ON CONFLICT(org, name) DO UPDATE SET value = $3",
        {std::string_view(organisation_), std::string_view(name), std::string_view(value)}));
    return {};
  });
}

Result<Workspace::StoredFile> Workspace::store_file(const record::Actor& actor, std::string_view bytes,
                                                    std::string name, std::string type) {
  StoredFile file;
  file.id = new_id(clock_->now());
  file.name = name.empty() ? "file" : std::move(name);
  file.type = std::move(type);
  file.size = static_cast<std::int64_t>(bytes.size());
  file.digest = hex(sha256(bytes));
  const fs::path folder = fs::path(folder_) / "files" / file.digest.substr(0, 2);
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::exists(folder / file.digest, error)) GENMEI_TRY(write_file(folder / file.digest, bytes, 0600));
  GENMEI_TRY(database_->write([&](store::Connection& connection) -> Result<void> {
    GENMEI_TRY(connection.run(
        "INSERT INTO file(org, id, name, size, type, digest, at, account) VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
        {std::string_view(organisation_), std::string_view(file.id), std::string_view(file.name), file.size,
         std::string_view(file.type), std::string_view(file.digest), std::string_view(format_instant(clock_->now())),
         std::string_view(actor.account)}));
    return {};
  }));
  return file;
}

Result<Workspace::StoredFile> Workspace::file(std::string_view id) const {
  StoredFile file;
  GENMEI_TRY(database_->read([&](store::Connection& connection) {
    return connection.each("SELECT id, name, size, type, digest FROM file WHERE org = $1 AND id = $2",
                           {std::string_view(organisation_), id}, [&](const store::Row& row) {
                             file = {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(3)),
                                     std::string(row.text(4)), row.integer(2)};
                             return false;
                           });
  }));
  if (file.id.empty()) return problem(Failure::not_found, "record.file", {}, {{"value", std::string(id)}});
  return file;
}

Result<std::string> Workspace::file_bytes(const StoredFile& file) const {
  GENMEI_LET(bytes, read_file(fs::path(folder_) / "files" / file.digest.substr(0, 2) / file.digest));
  if (hex(sha256(bytes)) != file.digest) return problem(Failure::internal, "workspace.file-changed", file.id);
  return bytes;
}

std::string Workspace::today() const { return format_date(japan_date(clock_->now())); }

}  // namespace genmei::operate
