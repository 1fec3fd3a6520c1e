// The queue between the threads that hand in write jobs and the threads that run them. `write` waits on a Ticket of the
// calling thread; `write_async` brings its own callback. A closed queue still hands out what was put in before.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/problems.hpp"

namespace genmei::store {

struct WriteItem {
  Job job;
  Done done;
  Result<void> outcome;

  // Tells the owner; a callback that throws must not take the writer down with it.
  void finish() {
    try {
      done(std::move(outcome));
    } catch (...) {
      done = nullptr;
    }
  }
};

// Where a thread waits for its own job.
class Ticket {
 public:
  void set(Result<void> outcome) {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
    ready_ = true;
    wake_.notify_one();
  }
  Result<void> wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return ready_; });
    return std::move(outcome_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  Result<void> outcome_;
  bool ready_ = false;
};

class WriteQueue {
 public:
  // False when the queue is closed.
  bool put(WriteItem item) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return false;
      items_.push_back(std::move(item));
      if (idle_ == 0) return true;  // whoever runs jobs looks here before sleeping
    }
    wake_.notify_one();
    return true;
  }

  // Waits for items and moves up to `limit` of them into `batch`; false when closed and empty.
  bool take(std::size_t limit, std::vector<WriteItem>& batch) {
    std::unique_lock lock(mutex_);
    ++idle_;
    wake_.wait(lock, [this] { return closed_ || !items_.empty(); });
    --idle_;
    if (items_.empty()) return false;
    while (!items_.empty() && batch.size() < limit) {
      batch.push_back(std::move(items_.front()));
      items_.pop_front();
    }
    return true;
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    wake_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<WriteItem> items_;
  int idle_ = 0;
  bool closed_ = false;
};

}  // namespace genmei::store
