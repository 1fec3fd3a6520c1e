#include "record/engine.hpp"

#include <charconv>

#include "base/id.hpp"
#include "record/schema.hpp"

namespace genmei::record {

Engine::Engine(store::Database& database, const Registry& registry, const Roles& roles, Catalogues catalogues,
               const Clock& clock, std::string organisation)
    : database_(database),
      registry_(registry),
      roles_(roles),
      catalogues_(std::move(catalogues)),
      clock_(clock),
      organisation_(std::move(organisation)) {
  for (const auto& kind : registry_.kinds()) versions_[kind.id] = 1;
}

Result<void> Engine::prepare() {
  return database_.write([this](store::Connection& connection) -> Result<void> {
    GENMEI_TRY(ledger::create_tables(connection));
    if (connection.backend() == store::Backend::postgres) {
      // Numbers are reserved in blocks there, so that creates need not wait for each other's commit.
      GENMEI_TRY(
          connection.script("CREATE TABLE IF NOT EXISTS number_block(org TEXT NOT NULL, series TEXT NOT NULL, next "
                            "BIGINT NOT NULL, PRIMARY KEY(org, series));"));
    }
    return migrate(connection, registry_);
  });
}

void Engine::add_hook(std::string kind, Hook hook) { hooks_[std::move(kind)].push_back(std::move(hook)); }

const std::vector<Hook>& Engine::hooks(std::string_view kind) const {
  static const std::vector<Hook> none;
  const auto found = hooks_.find(kind);
  return found == hooks_.end() ? none : found->second;
}

std::uint64_t Engine::version(std::string_view kind) const {
  const auto found = versions_.find(kind);
  return found == versions_.end() ? 0 : found->second.load(std::memory_order_acquire);
}

void Engine::touched(std::string_view kind) {
  if (const auto found = versions_.find(kind); found != versions_.end())
    found->second.fetch_add(1, std::memory_order_acq_rel);
  total_.fetch_add(1, std::memory_order_acq_rel);
}

Result<std::string> Engine::next_number(const Kind& kind) {
  constexpr std::int64_t block = 32;
  const auto year = std::to_string(static_cast<int>(japan_date(clock_.now()).year()));
  const std::string series = kind.number_prefix + "-" + year + "-";
  std::int64_t number = 0;
  {
    const std::scoped_lock lock(numbers_mutex_);
    auto& state = numbers_[series];
    if (database_.backend() == store::Backend::postgres) {
      if (state.next == state.end) {
        std::int64_t end = 0;
        GENMEI_TRY(database_.write([&](store::Connection& connection) -> Result<void> {
          GENMEI_LET(value,
                     connection.integer(
                         "INSERT INTO number_block(org, series, next) VALUES($1, $2, $3) ON CONFLICT(org, series) "
                         "DO UPDATE SET next = number_block.next + $3 RETURNING next",
                         {std::string_view(organisation_), std::string_view(series), block}));
          end = value;
          return {};
        }));
        state.next = end - block;
        state.end = end;
      }
    } else if (state.next == 0 && state.end == 0) {
      // One process owns a SQLite folder: the highest number given is in the table, whatever was archived since.
      state.end = -1;
      GENMEI_TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        GENMEI_LET(highest, connection.text("SELECT number FROM " + kind.table +
                                                " WHERE org = $1 AND number >= $2 AND number < $3 "
                                                "ORDER BY LENGTH(number) DESC, number DESC LIMIT 1",
                                            {std::string_view(organisation_), std::string_view(series),
                                             std::string_view(series + ":")}));
        if (highest.size() > series.size()) {
          std::from_chars(highest.data() + series.size(), highest.data() + highest.size(), state.next);
        }
        return {};
      }));
    }
    number = ++state.next;
  }
  auto digits = std::to_string(number);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return series + digits;
}

Result<void> Engine::note(const Actor& actor, std::string action, std::string kind, std::string record) {
  ledger::Entry entry;
  entry.at = clock_.now();
  entry.id = new_id(entry.at);
  entry.org = organisation_;
  entry.actor = actor.account;
  entry.place = actor.place;
  entry.action = std::move(action);
  entry.kind = std::move(kind);
  entry.record = std::move(record);
  GENMEI_TRY(database_.write([entry](store::Connection& connection) { return ledger::append(connection, entry); }));
  committed();
  return {};
}

std::shared_ptr<const std::string> Engine::cached_answer(const std::string& key) {
  constexpr std::chrono::seconds fresh{3};
  if (database_.backend() == store::Backend::postgres) return nullptr;  // other nodes write without our knowing
  const std::scoped_lock lock(answers_mutex_);
  const auto found = answers_.find(key);
  if (found == answers_.end() || found->second.version != version() || clock_.now() - found->second.at > fresh)
    return nullptr;
  return found->second.text;
}

void Engine::cache_answer(const std::string& key, std::uint64_t version, std::shared_ptr<const std::string> answer) {
  constexpr std::size_t most = 128;
  constexpr std::size_t largest = 128U << 10U;
  if (database_.backend() == store::Backend::postgres || answer->size() > largest) return;
  const std::scoped_lock lock(answers_mutex_);
  if (answers_.size() >= most) answers_.clear();
  answers_[key] = {version, clock_.now(), std::move(answer)};
}

std::optional<std::int64_t> Engine::cached_count(const std::string& key, std::uint64_t version) {
  if (database_.backend() == store::Backend::postgres) return std::nullopt;
  const std::scoped_lock lock(counts_mutex_);
  const auto found = counts_.find(key);
  if (found == counts_.end() || found->second.first != version) return std::nullopt;
  return found->second.second;
}

void Engine::cache_count(const std::string& key, std::uint64_t version, std::int64_t count) {
  constexpr std::size_t most = 2000;
  const std::scoped_lock lock(counts_mutex_);
  if (counts_.size() >= most) counts_.clear();
  counts_[key] = {version, count};
}

}  // namespace genmei::record
