// The queue between the threads that hand in write jobs and the threads that run them. `write` waits on a Ticket of the
// calling thread; `write_async` brings its own callback. A closed queue still hands out what was put in before. One
// thread takes batches; others may relieve it of jobs that have waited for long (PostgreSQL, when a batch waits for a
// lock).
#pragma once

#include <chrono>
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
  std::chrono::steady_clock::time_point since{};

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
    bool relieve = false;
    bool take = false;
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return false;
      if (relievers_ > 0) item.since = std::chrono::steady_clock::now();
      items_.push_back(std::move(item));
      take = idle_ > 0;  // whoever runs jobs looks here before sleeping
      relieve = !take && relievers_ > 0 && items_.size() == 1;
    }
    if (take) wake_.notify_one();
    if (relieve) relief_.notify_one();
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

  // Waits for one item that nobody has taken for `age`; false when closed and empty.
  bool relieve(std::chrono::milliseconds age, std::vector<WriteItem>& batch) {
    std::unique_lock lock(mutex_);
    ++relievers_;
    while (true) {
      relief_.wait(lock, [this] { return closed_ || (!items_.empty() && idle_ == 0); });
      if (items_.empty()) break;
      const auto due = items_.front().since + age;
      if (closed_ || std::chrono::steady_clock::now() >= due) {
        batch.push_back(std::move(items_.front()));
        items_.pop_front();
        break;
      }
      relief_.wait_until(lock, due, [this] { return closed_; });
    }
    --relievers_;
    return !batch.empty();
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    wake_.notify_all();
    relief_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<WriteItem> items_;
  std::condition_variable relief_;
  int idle_ = 0;
  int relievers_ = 0;
  bool closed_ = false;
};

}  // namespace genmei::store
