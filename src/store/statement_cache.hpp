// Prepared statements of one connection by their SQL text, least recently used ones dropped beyond a limit. The
// statement type owns its resources. A reference stays valid until the statement is dropped; `take` never drops the one
// it answers.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace genmei::store {

template <class Statement>
class StatementCache {
 public:
  explicit StatementCache(std::size_t limit) : limit_(limit) {}

  // nullptr when `sql` has not been prepared.
  Statement* find(std::string_view sql) {
    const auto found = index_.find(sql);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->second;
  }

  // Adds a statement; `droppable` says which of the old ones may go, `dropped` is told of each that goes.
  template <class Droppable, class Dropped>
  Statement& add(std::string_view sql, Statement statement, Droppable droppable, Dropped dropped) {
    for (auto old = order_.end(); order_.size() >= limit_ && old != order_.begin();) {
      --old;
      if (!droppable(old->second)) continue;
      dropped(old->second);
      index_.erase(std::string_view(old->first));
      old = order_.erase(old);
    }
    order_.emplace_front(std::string(sql), std::move(statement));
    index_.emplace(std::string_view(order_.front().first), order_.begin());
    return order_.front().second;
  }

  void remove(std::string_view sql) {
    const auto found = index_.find(sql);
    if (found == index_.end()) return;
    const auto place = found->second;
    index_.erase(found);
    order_.erase(place);
  }

  void clear() {
    index_.clear();
    order_.clear();
  }

  [[nodiscard]] std::size_t size() const { return order_.size(); }

 private:
  using Order = std::list<std::pair<std::string, Statement>>;
  std::size_t limit_;
  Order order_;  // most recently used first
  std::unordered_map<std::string_view, typename Order::iterator> index_;
};

}  // namespace genmei::store
