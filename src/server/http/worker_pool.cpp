#include "server/http/worker_pool.hpp"

#include <algorithm>

namespace genmei::http {
namespace {

thread_local bool is_worker = false;

}  // namespace

WorkerPool::WorkerPool(unsigned threads, unsigned heavy_threads, std::size_t capacity)
    : capacity_(capacity), heavy_limit_(std::clamp(heavy_threads, 1U, std::max(1U, threads))) {
  for (unsigned i = 0; i < std::max(1U, threads); ++i) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::on_worker() { return is_worker; }

bool WorkerPool::push(std::function<void()> job, bool heavy, bool bounded) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || (bounded && jobs_.size() + heavy_jobs_.size() >= capacity_)) return false;
    (heavy ? heavy_jobs_ : jobs_).push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

bool WorkerPool::submit(std::function<void()> job, bool heavy) { return push(std::move(job), heavy, true); }

bool WorkerPool::submit_reserved(std::function<void()> job) { return push(std::move(job), false, false); }

std::size_t WorkerPool::queued() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size() + heavy_jobs_.size();
}

void WorkerPool::stop() {
  std::deque<std::function<void()>> dropped;
  std::deque<std::function<void()>> dropped_heavy;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    // Destroyed outside the lock: a dropped job may end a request, which may submit again.
    dropped.swap(jobs_);
    dropped_heavy.swap(heavy_jobs_);
  }
  wake_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::run() {
  is_worker = true;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] {
      return stopping_ || !jobs_.empty() || (!heavy_jobs_.empty() && heavy_running_ < heavy_limit_);
    });
    if (stopping_) return;
    // Ordinary jobs first, but one thread is always left to heavy ones, or they would wait for ever under load.
    const bool heavy = jobs_.empty() || (!heavy_jobs_.empty() && heavy_running_ == 0);
    auto& line = heavy ? heavy_jobs_ : jobs_;
    auto job = std::move(line.front());
    line.pop_front();
    if (heavy) ++heavy_running_;
    lock.unlock();
    job();
    job = nullptr;  // what the job owned goes before the next one starts
    lock.lock();
    if (heavy) --heavy_running_;
  }
}

}  // namespace genmei::http
