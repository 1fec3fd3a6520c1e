// A fixed number of threads with a bounded queue. Heavy jobs have their own line and never occupy all threads, so a
// burst of reports or log-ons cannot starve ordinary requests. Jobs must not throw.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace genmei::http {

class WorkerPool {
 public:
  // `heavy_threads` is at least 1 and at most `threads`; `capacity` bounds both lines together.
  WorkerPool(unsigned threads, unsigned heavy_threads, std::size_t capacity);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool is stopping.
  bool submit(std::function<void()> job, bool heavy = false);
  // Beyond the capacity: only for the short work that ends a request already accepted.
  bool submit_reserved(std::function<void()> job);
  [[nodiscard]] std::size_t queued() const;
  // Runs nothing new, drops what waits, joins. Idempotent.
  void stop();
  // Whether the calling thread belongs to a pool.
  [[nodiscard]] static bool on_worker();

 private:
  void run();
  bool push(std::function<void()> job, bool heavy, bool bounded);

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::deque<std::function<void()>> heavy_jobs_;
  std::size_t capacity_;
  unsigned heavy_limit_;
  unsigned heavy_running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace genmei::http
