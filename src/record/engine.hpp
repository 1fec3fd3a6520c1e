// The record engine: everything the ISMS keeps is read and written through a Session, which carries the actor and is
// the one access gate. Writes are collected in a Batch: validated and prepared outside the database's writer, then
// committed whole - records, link tables, tallies, history and ledger entries in one transaction. Invariants: every
// change makes a revision in history and one ledger entry; nothing is hard-deleted; an approval freezes the digest of a
// revision.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "ledger/ledger.hpp"
#include "record/access.hpp"
#include "record/query.hpp"
#include "record/record.hpp"

namespace genmei::record {

class Engine;
class Session;
class Batch;

// Runs before a change of its kind is prepared; may fill read-only fields of `after`, refuse, or add changes to the
// batch. `before` is null on creation. `action` is create, update, archive, restore or transition:<id>.
using Hook =
    std::function<Result<void>(Session&, Batch&, const Record* before, Record& after, std::string_view action)>;

struct ActionInfo {
  std::string transition;
  bool allowed = false;
  Problem reason;  // why not
};

class Session {
 public:
  Session(Engine& engine, Actor actor);
  [[nodiscard]] Engine& engine() const { return *engine_; }
  [[nodiscard]] const Access& access() const { return access_; }
  [[nodiscard]] const Actor& actor() const { return access_.actor(); }
  // The same place and time, but as the product itself: for consequences that the actor may not write directly.
  [[nodiscard]] Session as_product() const;

  Result<Page> list(const Query& query);
  // The same as the JSON text of an answer, `{"items":[…],"labels":{…},"next":…,"total":…}`, written straight from the
  // rows.
  Result<std::shared_ptr<const std::string>> list_text(const Query& query, Language language);
  Result<Record> get(std::string_view kind, std::string_view id, const std::optional<Instant>& as_of = {});
  // Every match of a filter, page after page (for derivation and reports, not for answers to clients).
  Result<std::vector<Record>> all(std::string_view kind, std::vector<Filter> filters = {},
                                  const std::optional<Instant>& as_of = {}, std::vector<std::string> sort = {"id"});
  Result<Record> revision(std::string_view kind, std::string_view id, std::int64_t revision);
  Result<std::vector<Revision>> history(std::string_view kind, std::string_view id, std::int64_t before = 0,
                                        int limit = 100);
  Result<Labels> labels(const std::vector<Record>& records, Language language);
  Result<Labels> labels(const Wanted& wanted, Language language);
  Result<Links> links(std::string_view kind, std::string_view id);
  Result<std::vector<ActionInfo>> actions(const Record& record);
  // Folded search over titles, numbers and texts of all kinds the actor may read.
  struct Hit {
    std::string kind, id, label, number, state;
  };
  Result<std::vector<Hit>> search(std::string_view text, int limit);
  // key (JSON array of the spec's values) → count. Counters are exact and cost one read each.
  Result<std::map<std::string, std::int64_t>> tally(std::string_view kind, std::size_t spec = 0);
  Batch batch();

 private:
  Engine* engine_;
  Access access_;
};

class Batch {
 public:
  explicit Batch(Session& session);
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) = delete;
  ~Batch();

  // Each answers the record as it will stand. `fields` are as clients send them; null clears.
  Result<Record> create(std::string_view kind, const json::Object& fields, const json::Object& extra = {});
  Result<Record> update(std::string_view kind, std::string_view id, std::optional<std::int64_t> expected,
                        const json::Object& fields, const json::Object& extra = {});
  Result<Record> transition(std::string_view kind, std::string_view id, std::optional<std::int64_t> expected,
                            std::string_view transition, std::string_view comment, const json::Object& fields = {});
  Result<Record> archive(std::string_view kind, std::string_view id, std::optional<std::int64_t> expected,
                         bool archived);
  // Runs `change` (which uses this batch) as the product itself: for consequences that the actor may not write
  // directly.
  template <class Change>
  auto as_product(const Change& change) {
    const Elevated elevated(*this);
    return change();
  }
  // Adds a statement of the layer above to the same transaction.
  void also(Statement statement);
  // Sets the time of the change (sample data, tests with their own clock); must not lie in the future.
  void at(Instant at);

  // What rules with mode `warn` found.
  [[nodiscard]] const Problems& warnings() const;
  Result<void> commit();
  void commit_async(store::Done done);
  [[nodiscard]] bool empty() const;

 private:
  struct State;
  // While it lives the batch acts as the product.
  class Elevated {
   public:
    explicit Elevated(Batch& batch);
    ~Elevated();
    Elevated(const Elevated&) = delete;
    Elevated& operator=(const Elevated&) = delete;

   private:
    Batch& batch_;
    Session* before_;
    std::unique_ptr<Session> product_;
  };
  std::unique_ptr<State> state_;
};

class Engine {
 public:
  Engine(store::Database& database, const Registry& registry, const Roles& roles, Catalogues catalogues,
         const Clock& clock, std::string organisation);
  // Creates or migrates tables. Errors: schema.migration, store.*.
  Result<void> prepare();
  Session session(Actor actor) { return {*this, std::move(actor)}; }
  Session product(std::string place) { return {*this, Actor::product(std::move(place))}; }
  void add_hook(std::string kind, Hook hook);
  void on_commit(std::function<void()> callback) { committed_ = std::move(callback); }

  [[nodiscard]] store::Database& database() const { return database_; }
  [[nodiscard]] const Registry& registry() const { return registry_; }
  [[nodiscard]] const Roles& roles() const { return roles_; }
  [[nodiscard]] const Catalogues& catalogues() const { return catalogues_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] const std::string& organisation() const { return organisation_; }
  [[nodiscard]] const std::vector<Hook>& hooks(std::string_view kind) const;
  // Grows with every committed change of the kind in this process; caches key on it.
  [[nodiscard]] std::uint64_t version(std::string_view kind) const;
  [[nodiscard]] std::uint64_t version() const { return total_.load(std::memory_order_acquire); }
  void touched(std::string_view kind);
  void committed() const {
    if (committed_) committed_();
  }
  Result<std::string> next_number(const Kind& kind);
  // Name of an account's person or of a machine, for history; filled by identity.
  std::function<std::string(const std::string& account)> actor_name = [](const std::string& account) {
    return account;
  };
  // Appends an entry that is not about a record (log-on, export, verification).
  Result<void> note(const Actor& actor, std::string action, std::string kind = {}, std::string record = {});

  // Whole answers of lists, kept while nothing changes and for at most a few seconds (other processes may write too).
  std::shared_ptr<const std::string> cached_answer(const std::string& key);
  void cache_answer(const std::string& key, std::uint64_t version, std::shared_ptr<const std::string> answer);
  // Totals of lists, kept while the kind does not change (one process; PostgreSQL with several nodes counts each time).
  std::optional<std::int64_t> cached_count(const std::string& key, std::uint64_t version);
  void cache_count(const std::string& key, std::uint64_t version, std::int64_t count);

 private:
  store::Database& database_;
  const Registry& registry_;
  const Roles& roles_;
  Catalogues catalogues_;
  const Clock& clock_;
  std::string organisation_;
  std::map<std::string, std::vector<Hook>, std::less<>> hooks_;
  std::map<std::string, std::atomic<std::uint64_t>, std::less<>> versions_;
  std::atomic<std::uint64_t> total_{0};
  std::function<void()> committed_;
  std::mutex numbers_mutex_;
  struct Series {
    std::int64_t next = 0;
    std::int64_t end = 0;  // of the reserved block (PostgreSQL)
  };
  std::map<std::string, Series> numbers_;
  struct Answer {
    std::uint64_t version = 0;
    Instant at{};
    std::shared_ptr<const std::string> text;
  };
  std::mutex answers_mutex_;
  std::unordered_map<std::string, Answer> answers_;
  std::mutex counts_mutex_;
  std::unordered_map<std::string, std::pair<std::uint64_t, std::int64_t>> counts_;
};

// Checks and normalises fields as a client sent them. `product` may write read-only fields.
Result<json::Object> normalise(const Kind& kind, const json::Object& fields, const Catalogues& catalogues,
                               bool product);
// Requirements and rules over a whole record.
void check_record(const Kind& kind, const Record& record, Problems& problems, Problems& warnings);

}  // namespace genmei::record
