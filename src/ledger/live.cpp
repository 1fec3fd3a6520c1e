// Verification of a live database.
#include <limits>

#include "ledger/audit.hpp"
#include "ledger/note.hpp"
#include "ledger/schema.hpp"

namespace genmei::ledger {
namespace {

// Rows per statement: PostgreSQL hands a result over as a whole.
constexpr std::int64_t page = 8192;

class LiveView final : public LogView {
 public:
  LiveView(store::Connection& connection, const std::string& org)
      : connection_(connection), org_(org), tiles_(stored_tiles(connection, org)) {}

  Result<std::vector<SignedHead>> heads() override {
    std::vector<SignedHead> list;
    GENMEI_TRY(connection_.each("SELECT size, note FROM ledger_checkpoint WHERE org = $1 ORDER BY size", {org_},
                                [&](const store::Row& row) {
                                  list.push_back({row.integer(0), std::string(row.text(1))});
                                  return true;
                                }));
    return list;
  }

  Result<void> entries(const EachEntry& entry) override {
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    while (true) {
      std::int64_t count = 0;
      GENMEI_TRY(
          connection_.each("SELECT idx, id, body FROM ledger_entry WHERE org = $1 AND idx > $2 ORDER BY idx LIMIT $3",
                           {org_, last, page}, [&](const store::Row& row) {
                             ++count;
                             last = row.integer(0);
                             entry(last, row.text(1), row.text(2));
                             return true;
                           }));
      if (count < page) return {};
    }
  }

  Result<void> pending(const EachEntry& entry) override {
    return connection_.each("SELECT id, body FROM ledger_pending WHERE org = $1 ORDER BY id", {org_},
                            [&](const store::Row& row) {
                              entry(-1, row.text(0), row.text(1));
                              return true;
                            });
  }

  Result<std::string> tile(int level, std::int64_t number) override { return tiles_(level, number); }

 private:
  store::Connection& connection_;
  const std::string& org_;
  Tiles tiles_;
};

class LiveSource final : public LogSource {
 public:
  LiveSource(store::Database& database, const std::string& org) : database_(database), org_(org) {}

  Result<void> look(const std::function<Result<void>(LogView&)>& job) override {
    return database_.read([&](store::Connection& connection) {
      LiveView view(connection, org_);
      return job(view);
    });
  }

  Result<void> history(const std::function<void(const HistoryRow&)>& each) override {
    return database_.read([&](store::Connection& connection) { return each_history_row(connection, org_, each); });
  }

  Result<bool> arrived(std::string_view entry_id) override {
    bool there = false;
    GENMEI_TRY(database_.read([&](store::Connection& connection) -> Result<void> {
      GENMEI_LET(found, connection.integer("SELECT (SELECT count(*) FROM ledger_entry WHERE org = $1 AND id = $2) + "
                                           "(SELECT count(*) FROM ledger_pending WHERE org = $1 AND id = $2)",
                                           {org_, entry_id}));
      there = found > 0;
      return {};
    }));
    return there;
  }

 private:
  store::Database& database_;
  const std::string& org_;
};

}  // namespace

Result<void> each_history_row(store::Connection& connection, const std::string& org,
                              const std::function<void(const HistoryRow&)>& each) {
  std::string kind;
  std::string id;
  std::string next_kind;
  std::string next_id;
  std::int64_t revision = std::numeric_limits<std::int64_t>::min();
  while (true) {
    std::int64_t count = 0;
    GENMEI_TRY(connection.each(
        "SELECT kind, id, revision, at, actor, action, salt, digest, entry, body FROM history WHERE org = $1 AND "
        "(kind, id, revision) > ($2, $3, $4) ORDER BY kind, id, revision LIMIT $5",
        {org, kind, id, revision, page}, [&](const store::Row& row) {
          ++count;
          HistoryRow one;
          one.kind = row.text(0);
          one.id = row.text(1);
          one.revision = row.integer(2);
          one.at = row.text(3);
          one.actor = row.text(4);
          one.action = row.text(5);
          one.salt = row.text(6);
          one.digest = row.text(7);
          one.entry = row.text(8);
          one.erased = row.is_null(9);
          one.body = row.text(9);
          each(one);
          if (count == page) {
            next_kind = one.kind;
            next_id = one.id;
            revision = one.revision;
          }
          return true;
        }));
    if (count < page) return {};
    kind = next_kind;
    id = next_id;
  }
}

Result<Verification> verify(store::Database& database, const std::string& org, const std::string& public_key,
                            bool with_history) {
  LiveSource source(database, org);
  return audit(source, key_name(org), public_key, with_history);
}

}  // namespace genmei::ledger
