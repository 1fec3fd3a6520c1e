// The exported folder in the layout of C2SP tlog-tiles, and its verification without any database:
//   checkpoint  key.pub  tile/<level>/<number>[.p/<width>]  tile/entries/<number>[.p/<width>]  history.jsonl
// Numbers are written in groups of three digits, all but the last with an "x" before them: 1234067 is x001/x234/067. An
// entry in a bundle stands behind its length in two bytes, high byte first.
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/json.hpp"
#include "ledger/audit.hpp"
#include "ledger/note.hpp"
#include "ledger/schema.hpp"

namespace genmei::ledger {
namespace {

namespace fs = std::filesystem;

Problem unreadable(const std::string& place) { return problem(Failure::invalid, "ledger.folder", place); }
Problem unwritable(const std::string& place) {
  const std::string reason = std::strerror(errno);
  const bool no_space = errno == ENOSPC || errno == EDQUOT;
  return problem(no_space ? Failure::full : Failure::internal, "ledger.export", place, {{"reason", reason}}, reason);
}

std::string number_path(std::int64_t number) {
  std::string path;
  const auto group = [](std::int64_t three) {
    std::string digits = std::to_string(three);
    return std::string(3 - digits.size(), '0') + digits;
  };
  path = group(number % 1000);
  for (number /= 1000; number > 0; number /= 1000) path.insert(0, "x" + group(number % 1000) + "/");
  return path;
}

std::string tile_path(const std::string& kind, std::int64_t number, std::int64_t width) {
  return "tile/" + kind + "/" + number_path(number) + (width < tile_width ? ".p/" + std::to_string(width) : "");
}

Result<void> write_file(const fs::path& path, std::string_view text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return unwritable(path.string());
  return {};
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void history_line(const HistoryRow& row, std::string& line) {
  line.clear();
  json::Writer writer(line);
  writer.begin_object().key("kind").string(row.kind).key("id").string(row.id).key("revision").integer(row.revision);
  writer.key("at").string(row.at).key("actor").string(row.actor).key("action").string(row.action);
  writer.key("salt").string(row.salt).key("digest").string(row.digest).key("entry").string(row.entry).key("body");
  if (row.erased) {
    writer.null();
  } else {
    writer.string(row.body);  // as text: the digest is over these very bytes
  }
  writer.end_object();
  line += '\n';
}

class Export {
 public:
  Export(store::Connection& connection, const std::string& org, fs::path folder)
      : connection_(connection), org_(org), folder_(std::move(folder)) {}

  Result<void> write() {
    GENMEI_LET(newest, newest_checkpoint(connection_, org_));
    GENMEI_LET(key, stored_verifier_key(connection_, org_));
    if (!newest || key.empty()) return problem(Failure::not_found, "ledger.empty");
    GENMEI_TRY(write_file(folder_ / "checkpoint", newest->note));
    GENMEI_TRY(write_file(folder_ / "key.pub", key + "\n"));
    GENMEI_TRY(write_tiles(newest->size));
    GENMEI_TRY(write_entries(newest->size));
    return write_history();
  }

 private:
  Result<void> write_tiles(std::int64_t size) {
    const Tiles tiles = stored_tiles(connection_, org_);
    std::int64_t count = size;
    for (int level = 0; count > 0; ++level, count /= tile_width) {
      for (std::int64_t number = 0; number * tile_width < count; ++number) {
        const std::int64_t width = std::min(tile_width, count - number * tile_width);
        GENMEI_LET(bytes, tiles(level, number));
        const std::string_view used =
            std::string_view(bytes).substr(0, static_cast<std::size_t>(width) * sizeof(Digest));
        GENMEI_TRY(write_file(folder_ / tile_path(std::to_string(level), number, width), used));
      }
    }
    return {};
  }

  Result<void> write_entries(std::int64_t size) {
    std::string bundle;
    for (std::int64_t number = 0; number * tile_width < size; ++number) {
      const std::int64_t from = number * tile_width;
      const std::int64_t width = std::min(tile_width, size - from);
      bundle.clear();
      GENMEI_TRY(
          connection_.each("SELECT body FROM ledger_entry WHERE org = $1 AND idx >= $2 AND idx < $3 ORDER BY idx",
                           {org_, from, from + width}, [&](const store::Row& row) {
                             const std::string_view text = row.text(0);
                             bundle.push_back(static_cast<char>(text.size() >> 8U & 0xffU));
                             bundle.push_back(static_cast<char>(text.size() & 0xffU));
                             bundle.append(text);
                             return true;
                           }));
      GENMEI_TRY(write_file(folder_ / tile_path("entries", number, width), bundle));
    }
    return {};
  }

  // Rows whose entry still waits for the sequencer are left for the next export.
  Result<void> write_history() {
    std::vector<std::string> waiting;
    GENMEI_TRY(connection_.each("SELECT id FROM ledger_pending WHERE org = $1 ORDER BY id", {org_},
                                [&](const store::Row& row) {
                                  waiting.emplace_back(row.text(0));
                                  return true;
                                }));
    const fs::path path = folder_ / "history.jsonl";
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    std::string line;
    GENMEI_TRY(each_history_row(connection_, org_, [&](const HistoryRow& row) {
      if (std::binary_search(waiting.begin(), waiting.end(), row.entry)) return;
      history_line(row, line);
      file.write(line.data(), static_cast<std::streamsize>(line.size()));
    }));
    file.close();
    if (!file) return unwritable(path.string());
    return {};
  }

  store::Connection& connection_;
  const std::string& org_;
  fs::path folder_;
};

class FolderView final : public LogView {
 public:
  FolderView(fs::path folder, SignedHead head) : folder_(std::move(folder)), head_(std::move(head)) {}

  Result<std::vector<SignedHead>> heads() override { return std::vector<SignedHead>{head_}; }

  Result<void> entries(const EachEntry& entry) override {
    for (std::int64_t number = 0;; ++number) {
      const auto bundle = widest("entries", number);
      if (!bundle) {
        if (number * tile_width >= head_.size) return {};
        continue;  // its entries are missed by the tree
      }
      std::string_view rest = *bundle;
      for (std::int64_t at = 0; rest.size() >= 2; ++at) {
        const auto length = static_cast<std::size_t>(static_cast<unsigned char>(rest[0])) << 8U |
                            static_cast<std::size_t>(static_cast<unsigned char>(rest[1]));
        rest.remove_prefix(2);
        entry(number * tile_width + at, {}, rest.substr(0, length));
        rest.remove_prefix(std::min(length, rest.size()));
      }
      if (!rest.empty()) entry(number * tile_width + tile_width, {}, rest);
    }
  }

  Result<void> pending(const EachEntry& /*entry*/) override { return {}; }

  Result<std::string> tile(int level, std::int64_t number) override {
    return widest(std::to_string(level), number).value_or("");
  }

 private:
  // The whole tile, or else the widest of the partial ones.
  [[nodiscard]] std::optional<std::string> widest(const std::string& kind, std::int64_t number) const {
    const std::string base = tile_path(kind, number, tile_width);
    if (fs::is_regular_file(folder_ / base)) return read_file(folder_ / base);
    std::error_code error;
    int width = 0;
    for (const auto& file : fs::directory_iterator(folder_ / (base + ".p"), error)) {
      const std::string name = file.path().filename().string();
      int one = 0;
      std::from_chars(name.data(), name.data() + name.size(), one);
      width = std::max(width, one);
    }
    if (width == 0) return std::nullopt;
    return read_file(folder_ / (base + ".p") / std::to_string(width));
  }

  fs::path folder_;
  SignedHead head_;
};

class FolderSource final : public LogSource {
 public:
  FolderSource(fs::path folder, SignedHead head) : folder_(std::move(folder)), head_(std::move(head)) {}

  Result<void> look(const std::function<Result<void>(LogView&)>& job) override {
    FolderView view(folder_, head_);
    return job(view);
  }

  Result<void> history(const std::function<void(const HistoryRow&)>& each) override {
    const std::string path = (folder_ / "history.jsonl").string();
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable(path);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      const auto value = json::parse(line);
      if (!value.ok() || !value->is_object()) return unreadable(path + ":" + std::to_string(number));
      const auto& object = value->get_object();
      const auto* body = object.if_contains("body");
      if (body == nullptr || !(body->is_string() || body->is_null())) {
        return unreadable(path + ":" + std::to_string(number));
      }
      HistoryRow row;
      row.kind = json::text(object, "kind");
      row.id = json::text(object, "id");
      row.revision = json::integer(object, "revision");
      row.at = json::text(object, "at");
      row.actor = json::text(object, "actor");
      row.action = json::text(object, "action");
      row.salt = json::text(object, "salt");
      row.digest = json::text(object, "digest");
      row.entry = json::text(object, "entry");
      row.erased = body->is_null();
      row.body = json::text(object, "body");
      each(row);
    }
    return {};
  }

  Result<bool> arrived(std::string_view /*entry_id*/) override { return false; }

 private:
  fs::path folder_;
  SignedHead head_;
};

}  // namespace

Result<void> export_folder(store::Database& database, const std::string& org, const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder) || !fs::is_empty(folder, error)) {
    return problem(Failure::invalid, "ledger.export-folder", folder);
  }
  return database.read([&](store::Connection& connection) { return Export(connection, org, folder).write(); });
}

Result<Verification> verify_folder(const std::string& folder, const std::string& public_key) {
  const fs::path base(folder);
  const auto note = read_file(base / "checkpoint");
  if (!note) return unreadable((base / "checkpoint").string());
  const auto key_text = read_file(base / "key.pub");
  if (!key_text) return unreadable((base / "key.pub").string());
  GENMEI_LET(key, parse_verifier_key(*key_text));
  const std::string& trusted = public_key.empty() ? key.public_key : public_key;
  SignedHead head{0, *note};
  if (const auto said = open_checkpoint(*note, key.name, trusted); said.ok()) head.size = said->size;
  FolderSource source(base, std::move(head));
  return audit(source, key.name, trusted, true);
}

}  // namespace genmei::ledger
