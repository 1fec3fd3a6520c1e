// What all connections of a server share: options, routes, workers, counters, I/O threads. Private to the transport:
// this header and connection.hpp include Asio and are included by server.cpp only.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/hash.hpp"
#include "server/http/exchange.hpp"
#include "server/http/worker_pool.hpp"

namespace genmei::http {

// A connection as its I/O thread sees it. Used on that thread only.
class AnyConnection {
 public:
  virtual ~AnyConnection() = default;
  virtual void drain() = 0;  // close now if idle, else after the running answer
  virtual void abort() = 0;  // close now
};

// One io_context run by one thread: its connections need no locks.
struct IoThread {
  boost::asio::io_context context{1};
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work;
  std::unordered_set<std::shared_ptr<AnyConnection>> connections;
  std::thread thread;
};

struct Core {
  Core(Router the_router, Options the_options)
      : router(std::move(the_router)),
        options(std::move(the_options)),
        pool(options.workers, options.heavy_workers, options.limits.queue),
        id_prefix(base64url(random_bytes(6)) + "-") {}

  const Router router;
  const Options options;
  WorkerPool pool;
  std::vector<std::unique_ptr<IoThread>> io;
  std::optional<boost::asio::ssl::context> tls;
  const std::string id_prefix;

  std::atomic<bool> draining{false};
  std::atomic<std::uint64_t> next_id{1};
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> overloaded{0};
  std::atomic<std::uint64_t> errors{0};
  std::atomic<std::size_t> buffered{0};  // bytes of request bodies held
  std::mutex idle_mutex;
  std::condition_variable idle;  // signalled when the last connection goes

  void forget(IoThread& thread, const std::shared_ptr<AnyConnection>& connection) {
    if (thread.connections.erase(connection) == 0) return;
    if (connections.fetch_sub(1) != 1) return;
    const std::lock_guard lock(idle_mutex);
    idle.notify_all();
  }
  void log_error(std::string_view id, std::string_view message) const {
    if (options.error_log) options.error_log(id, message);
  }
  [[nodiscard]] Response error(const Request& request, int status, std::string_view code) const {
    if (options.error_body) {
      try {
        return options.error_body(request, status, code);
      } catch (const std::exception& failure) {
        log_error(request.id, failure.what());
      }
    }
    return plain_error(request, status, code);
  }
};

}  // namespace genmei::http
