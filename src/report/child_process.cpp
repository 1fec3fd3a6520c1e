#include "report/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace genmei::report {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (const auto& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

struct SpawnSettings {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  SpawnSettings() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
};

void limit(pid_t child, __rlimit_resource what, std::uint64_t value) {
  const rlimit pair{value, value};
  prlimit(child, what, &pair, nullptr);
}

// Waits until the child ends or `milliseconds` have passed; a descriptor of the process wakes at once, kernels without
// one are asked again after a short sleep.
void wait_a_little(int descriptor, int milliseconds) {
  if (descriptor >= 0) {
    pollfd entry{descriptor, POLLIN, 0};
    poll(&entry, 1, milliseconds);
  } else {
    poll(nullptr, 0, std::min(milliseconds, 5));
  }
}

}  // namespace

Result<int> run(const ChildCommand& command, std::stop_token stop) {
  if (stop.stop_requested()) return problem(Failure::conflict, "report.cancelled");
  SpawnSettings settings;
  posix_spawn_file_actions_addopen(&settings.files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&settings.files, 1, "/dev/null", O_WRONLY, 0);
  const std::string errors = command.error_file.empty() ? "/dev/null" : command.error_file;
  posix_spawn_file_actions_addopen(&settings.files, 2, errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addclosefrom_np(&settings.files, 3);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&settings.attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&settings.attributes, &signals);
  posix_spawnattr_setpgroup(&settings.attributes, 0);
  posix_spawnattr_setflags(&settings.attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const auto arguments = pointers(command.arguments);
  const auto environment = pointers(command.environment);
  pid_t child = 0;
  const int failed =
      posix_spawn(&child, arguments[0], &settings.files, &settings.attributes, arguments.data(), environment.data());
  if (failed != 0) {
    return problem(Failure::internal, "report.program", command.arguments.front(),
                   {{"program", command.arguments.front()}}, std::strerror(failed));
  }
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(command.time_limit).count();
  limit(child, RLIMIT_AS, command.memory_bytes);
  limit(child, RLIMIT_FSIZE, command.file_bytes);
  limit(child, RLIMIT_CPU, static_cast<std::uint64_t>(seconds) + 1);
  limit(child, RLIMIT_CORE, 0);

  const int descriptor = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  const auto deadline = std::chrono::steady_clock::now() + command.time_limit;
  const char* ended_by = nullptr;
  int status = 0;
  while (true) {
    const pid_t done = waitpid(child, &status, WNOHANG);
    if (done == child || (done < 0 && errno != EINTR)) break;
    if (stop.stop_requested()) ended_by = "report.cancelled";
    if (std::chrono::steady_clock::now() >= deadline) ended_by = "report.timeout";
    if (ended_by != nullptr) {
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
      break;
    }
    wait_a_little(descriptor, 50);
  }
  if (descriptor >= 0) close(descriptor);
  if (ended_by != nullptr) {
    return problem(Failure::busy, ended_by, {}, {{"seconds", std::to_string(seconds)}},
                   command.arguments.front() + " was stopped");
  }
  if (!WIFEXITED(status)) {
    return problem(Failure::internal, "report.crashed", {}, {},
                   command.arguments.front() + " ended by signal " + std::to_string(WTERMSIG(status)));
  }
  return WEXITSTATUS(status);
}

}  // namespace genmei::report
