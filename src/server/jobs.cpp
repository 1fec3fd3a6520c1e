#include "server/jobs.hpp"

#include <algorithm>

#include "base/id.hpp"

namespace genmei::server {

struct Jobs::Job {
  JobInfo info;
  Work work;
  std::stop_source stop;
  std::shared_ptr<const JobResult> result;
  Instant ended{};
  bool over = false;
};

namespace {
constexpr std::size_t most_waiting = 100;
constexpr std::chrono::hours keep{1};
Problem unknown() { return problem(Failure::not_found, "job.not-found"); }
}  // namespace

Jobs::Jobs(const Clock& clock, unsigned threads) : clock_(clock) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Jobs::~Jobs() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (auto& [id, job] : jobs_) job->stop.request_stop();
  }
  changed_.notify_all();
}

std::string Jobs::start(std::string account, Bilingual title, Work work) {
  auto job = std::make_shared<Job>();
  const auto now = clock_.now();
  job->info = {new_id(now), std::move(account), std::move(title), "waiting", 0, {}, format_instant(now)};
  job->work = std::move(work);
  const auto id = job->info.id;
  {
    const std::scoped_lock lock(mutex_);
    forget_old();
    if (waiting_.size() >= most_waiting) {
      job->info.state = "failed";
      job->over = true;
      job->ended = now;
    } else {
      waiting_.push_back(job);
    }
    jobs_[id] = std::move(job);
  }
  changed_.notify_all();
  return id;
}

void Jobs::run() {
  while (true) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      job = waiting_.front();
      waiting_.pop_front();
      if (job->over) continue;
      job->info.state = "running";
    }
    const auto progress = [&](int percent) {
      const std::scoped_lock lock(mutex_);
      job->info.percent = std::clamp(percent, 0, 100);
      return !job->stop.stop_requested();
    };
    auto outcome = job->work(job->stop.get_token(), progress);
    const std::scoped_lock lock(mutex_);
    job->over = true;
    job->ended = clock_.now();
    if (job->stop.stop_requested()) {
      job->info.state = "cancelled";
    } else if (outcome.ok()) {
      job->info.state = "done";
      job->info.percent = 100;
      job->result = std::make_shared<const JobResult>(std::move(*outcome));
    } else {
      job->info.state = "failed";
      job->info.note = explain(outcome.problems());
    }
    job->work = nullptr;
    changed_.notify_all();
  }
}

void Jobs::forget_old() {
  std::erase_if(jobs_,
                [&](const auto& entry) { return entry.second->over && clock_.now() - entry.second->ended > keep; });
}

bool Jobs::wait(const std::string& id, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return false;
  const auto job = found->second;
  return changed_.wait_for(lock, patience, [&] { return job->over; });
}

std::vector<JobInfo> Jobs::list(const std::string& account) const {
  const std::scoped_lock lock(mutex_);
  std::vector<JobInfo> out;
  for (const auto& [id, job] : jobs_) {
    if (job->info.account == account) out.push_back(job->info);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Result<JobInfo> Jobs::info(const std::string& id, const std::string& account) const {
  const std::scoped_lock lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second->info.account != account) return unknown();
  return found->second->info;
}

Result<std::shared_ptr<const JobResult>> Jobs::result(const std::string& id, const std::string& account) const {
  const std::scoped_lock lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second->info.account != account || !found->second->result) return unknown();
  return found->second->result;
}

Result<void> Jobs::cancel(const std::string& id, const std::string& account) {
  {
    const std::scoped_lock lock(mutex_);
    const auto found = jobs_.find(id);
    if (found == jobs_.end() || found->second->info.account != account) return unknown();
    found->second->stop.request_stop();
    if (found->second->info.state == "waiting") {
      found->second->info.state = "cancelled";
      found->second->over = true;
      found->second->ended = clock_.now();
    }
  }
  changed_.notify_all();
  return {};
}

}  // namespace genmei::server
