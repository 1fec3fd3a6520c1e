// Long work with progress: imports, PDFs, verifications. A job belongs to the account that started it, can be
// cancelled, and keeps its result for an hour. Jobs do not survive a restart: nothing but their result would be lost.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace genmei::server {

struct JobResult {
  std::string bytes;
  std::string content_type;
  std::string file_name;
};

struct JobInfo {
  std::string id;
  std::string account;
  Bilingual title;
  std::string state;  // waiting, running, done, failed, cancelled
  int percent = 0;
  std::string note;
  std::string created_at;
};

class Jobs {
 public:
  // Tells progress in percent; answers false when the job should stop.
  using Progress = std::function<bool(int percent)>;
  using Work = std::function<Result<JobResult>(std::stop_token, const Progress&)>;

  explicit Jobs(const Clock& clock, unsigned threads = 1);
  ~Jobs();
  std::string start(std::string account, Bilingual title, Work work);
  // Waits up to `patience` for the job to end; true when it did.
  bool wait(const std::string& id, std::chrono::milliseconds patience);
  [[nodiscard]] std::vector<JobInfo> list(const std::string& account) const;
  [[nodiscard]] Result<JobInfo> info(const std::string& id, const std::string& account) const;
  [[nodiscard]] Result<std::shared_ptr<const JobResult>> result(const std::string& id,
                                                                const std::string& account) const;
  Result<void> cancel(const std::string& id, const std::string& account);
  // Problems of a failed job are told by this.
  std::function<std::string(const Problems&)> explain = [](const Problems& problems) {
    return problems.list.front().code;
  };

 private:
  struct Job;
  void run();
  void forget_old();
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::shared_ptr<Job>> jobs_;
  std::deque<std::shared_ptr<Job>> waiting_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace genmei::server
