// Moves committed entries from ledger_pending into the tree and signs the new head, all in one transaction. What is
// kept in memory (the unfinished tiles) is only a copy of what is stored: another node may have gone on meanwhile.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ledger/note.hpp"
#include "ledger/schema.hpp"

namespace genmei::ledger {
namespace {

// Entries per transaction: on SQLite everybody else's writes wait meanwhile.
constexpr std::int64_t batch_most = 1024;
// After the first wake-up others may join the same checkpoint.
constexpr std::chrono::milliseconds gather{200};
// For entries of other nodes and for a wake-up that came while a batch failed.
constexpr std::chrono::milliseconds poll{1000};

struct Waiting {
  std::string id;
  std::string body;
};

// What one transaction worked out; adopted only when it was committed.
struct Progress {
  Frontier frontier;
  Checkpoint head;
  std::size_t moved = 0;
};

std::int64_t lock_number(const std::string& org) {
  const Digest digest = sha256("genmei ledger " + org);
  std::int64_t number = 0;
  for (std::size_t at = 0; at < 8; ++at) {
    number = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << 8U | digest[at]);
  }
  return number;
}

}  // namespace

struct Sequencer::State {
  State(store::Database& db, KeyPair pair, std::string organisation, const Clock& time)
      : database(db), key(std::move(pair)), org(std::move(organisation)), clock(time) {}

  store::Database& database;
  KeyPair key;
  std::string org;
  const Clock& clock;

  std::mutex running;  // one batch at a time; guards `tree`
  Frontier tree;
  bool loaded = false;

  mutable std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  Checkpoint head;
  bool woken = false;
  bool stopping = false;
  std::thread thread;

  Result<bool> anything_pending() {
    bool any = false;
    GENMEI_TRY(database.read([&](store::Connection& connection) {
      any = false;
      return connection.each("SELECT id FROM ledger_pending WHERE org = $1 LIMIT 1", {org}, [&](const store::Row&) {
        any = true;
        return false;
      });
    }));
    return any;
  }

  // The tree as stored; refuses to go on from one that is not what was last signed with our key.
  Result<Frontier> stored_tree(store::Connection& connection, const std::optional<Checkpoint>& newest) const {
    if (!newest) return Frontier();
    GENMEI_LET(said, open_checkpoint(newest->note, key.name, key.public_key));
    GENMEI_LET(frontier, Frontier::load(said.size, stored_tiles(connection, org)));
    if (said.size != newest->size || frontier.root() != said.root) return problem(Failure::internal, "ledger.tile");
    return std::move(frontier);
  }

  Result<void> batch(store::Connection& connection, Progress& progress) const {
    if (connection.backend() == store::Backend::postgres) {
      GENMEI_TRY(connection.each("SELECT pg_advisory_xact_lock($1)", {lock_number(org)},
                                 [](const store::Row&) { return true; }));
    }
    GENMEI_LET(newest, newest_checkpoint(connection, org));
    const std::int64_t size = newest ? newest->size : 0;
    progress.moved = 0;
    progress.frontier = tree;
    if (!loaded || tree.size() != size) {
      GENMEI_LET(fresh, stored_tree(connection, newest));
      progress.frontier = std::move(fresh);
    }
    if (newest) {
      progress.head = *newest;
      progress.head.root = progress.frontier.root();
    }
    std::vector<Waiting> waiting;
    GENMEI_TRY(connection.each("SELECT id, body FROM ledger_pending WHERE org = $1 ORDER BY id LIMIT $2",
                               {org, batch_most}, [&](const store::Row& row) {
                                 waiting.push_back({std::string(row.text(0)), std::string(row.text(1))});
                                 return true;
                               }));
    if (waiting.empty()) return {};
    if (!loaded) GENMEI_TRY(claim_key(connection));
    GENMEI_TRY(integrate(connection, waiting, progress.frontier));
    progress.moved = waiting.size();
    progress.head.size = progress.frontier.size();
    progress.head.root = progress.frontier.root();
    progress.head.at = clock.now();
    progress.head.note = sign_note(checkpoint_text(key.name, progress.head.size, progress.head.root), key);
    GENMEI_TRY(connection.send("INSERT INTO ledger_checkpoint(org, size, at, note) VALUES ($1, $2, $3, $4)",
                               {org, progress.head.size, format_instant(progress.head.at), progress.head.note}));
    return thin_checkpoints(connection, size, progress.head.size);
  }

  // One log, one key: a node that was started without the key of the others must not sign.
  Result<void> claim_key(store::Connection& connection) const {
    const std::string mine = verifier_key(key.name, key.public_key);
    GENMEI_LET(stored, stored_verifier_key(connection, org));
    if (stored == mine) return {};
    if (!stored.empty()) return problem(Failure::internal, "ledger.key", {}, {}, "the log has another key");
    return connection.send("INSERT INTO ledger_key(org, verifier) VALUES ($1, $2)", {org, mine});
  }

  Result<void> integrate(store::Connection& connection, const std::vector<Waiting>& waiting, Frontier& frontier) const {
    constexpr std::string_view put_tile =
        "INSERT INTO ledger_tile(org, level, number, hashes) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT(org, level, number) DO UPDATE SET hashes = excluded.hashes";
    Result<void> outcome;
    const auto full = [&](int level, std::int64_t number, const std::vector<Digest>& hashes) {
      if (outcome.ok()) outcome = connection.send(put_tile, {org, level, number, store::Bytes{tile_bytes(hashes)}});
    };
    for (const auto& one : waiting) {
      GENMEI_TRY(connection.send("INSERT INTO ledger_entry(org, idx, id, body) VALUES ($1, $2, $3, $4)",
                                 {org, frontier.size(), one.id, one.body}));
      GENMEI_TRY(connection.send("DELETE FROM ledger_pending WHERE org = $1 AND id = $2", {org, one.id}));
      frontier.append(leaf_hash(one.body), full);
      GENMEI_TRY(outcome);
    }
    std::int64_t count = frontier.size();
    for (std::size_t level = 0; level < frontier.levels().size(); ++level, count /= tile_width) {
      const auto& hashes = frontier.levels()[level];
      if (hashes.empty()) continue;
      GENMEI_TRY(connection.send(
          put_tile, {org, static_cast<std::int64_t>(level), count / tile_width, store::Bytes{tile_bytes(hashes)}}));
    }
    return {};
  }

  // Within the tile that is growing every checkpoint stays; of finished tiles the last one. So a verification can check
  // the signature of every checkpoint there is.
  Result<void> thin_checkpoints(store::Connection& connection, std::int64_t before, std::int64_t now) const {
    if (before == 0 || before / tile_width == now / tile_width) return {};
    return connection.send("DELETE FROM ledger_checkpoint WHERE org = $1 AND size >= $2 AND size < $3",
                           {org, before - before % tile_width, before});
  }

  Result<void> drain() {
    const std::lock_guard lock(running);
    while (true) {
      if (loaded) {
        GENMEI_LET(any, anything_pending());
        if (!any) return {};
      }
      Progress progress;
      const auto done = database.write([&](store::Connection& connection) { return batch(connection, progress); });
      if (!done.ok()) {
        loaded = false;  // what is in memory may be behind what is stored
        return done;
      }
      tree = std::move(progress.frontier);
      loaded = true;
      {
        const std::lock_guard guard(mutex);
        head = progress.head;
      }
      if (progress.moved < static_cast<std::size_t>(batch_most)) return {};
    }
  }

  void loop() {
    // What is stored is known at once, and what an unclean end left waiting is taken up.
    static_cast<void>(drain());
    std::unique_lock lock(mutex);
    while (!stopping) {
      changed.wait_for(lock, poll, [this] { return woken || stopping; });
      if (woken && !stopping) changed.wait_for(lock, gather, [this] { return stopping; });
      woken = false;
      lock.unlock();
      // A failure (disk full, database away) is met again at the next poll; the entries are safe where they are.
      const auto outcome = drain();
      static_cast<void>(outcome);
      lock.lock();
    }
  }
};

Sequencer::Sequencer(store::Database& database, KeyPair key, std::string org, const Clock& clock)
    : state_(std::make_unique<State>(database, std::move(key), std::move(org), clock)) {}

Sequencer::~Sequencer() { stop(); }

void Sequencer::start() {
  const std::lock_guard lock(state_->mutex);
  if (state_->thread.joinable()) return;
  state_->stopping = false;
  state_->thread = std::thread([state = state_.get()] { state->loop(); });
}

void Sequencer::stop() {
  std::thread thread;
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    thread = std::move(state_->thread);
  }
  state_->changed.notify_all();
  if (thread.joinable()) thread.join();
}

void Sequencer::wake() {
  const std::lock_guard lock(state_->mutex);
  if (state_->woken) return;
  state_->woken = true;
  state_->changed.notify_all();
}

Result<void> Sequencer::run_once() { return state_->drain(); }

Checkpoint Sequencer::latest() const {
  const std::lock_guard lock(state_->mutex);
  return state_->head;
}

}  // namespace genmei::ledger
