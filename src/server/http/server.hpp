// The HTTP/1.1 server: our façade over Boost.Beast, which appears in no public header. Every input is limited in size,
// number and time; what passes a limit is answered (400, 408, 413, 414, 417, 431, 503, 505) and the connection closed.
// Requests of one connection are answered in order. Handlers run on a bounded pool of workers; a full queue answers 503
// with Retry-After. Life: construct, start(), … , stop() from any thread but the server's own. One Server is started
// once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "server/http/router.hpp"

namespace genmei::http {

struct Limits {
  std::size_t header_bytes = 16U << 10U;  // of the whole request head
  std::size_t header_fields = 100;
  std::size_t target_bytes = 8U << 10U;
  std::size_t connections = 2048;
  std::size_t queue = 1024;                       // requests waiting for a worker
  std::size_t buffered_bytes = 256U << 20U;       // of request bodies held at once
  std::size_t pipelined_requests = 100'000;       // per connection, then it is closed
  std::chrono::milliseconds header_time{10'000};  // first byte to end of head, absolute
  std::chrono::milliseconds idle_time{60'000};    // between requests
  std::chrono::milliseconds body_grace{10'000};   // added to size / body_rate
  std::size_t body_rate = 8U << 10U;              // bytes per second, on average, for bodies in and out
};

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one, see Server::port()
  unsigned io_threads = 1;
  unsigned workers = 4;
  unsigned heavy_workers = 2;  // of `workers`
  Limits limits;
  std::string certificate_file;  // PEM chain; with `key_file` the server speaks TLS 1.2+
  std::string key_file;
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For/-Proto are believed
  std::vector<std::string> hosts;            // accepted names in Host (without port); empty: any
  std::chrono::milliseconds stream_poll{250};
  std::size_t compress_from = 1024;  // bytes; 0 switches content coding off
  // One JSON line per answered request, called on I/O threads; must not block. No query strings: they may hold secrets.
  std::function<void(std::string_view line)> access_log;
  // What went wrong inside (exceptions of handlers); never shown to clients.
  std::function<void(std::string_view request_id, std::string_view message)> error_log;
  // Writes the bodies of errors that the server itself finds; code is "http.…". Default: problem+json without a
  // catalogue.
  std::function<Response(const Request& request, int status, std::string_view code)> error_body;
};

struct Stats {
  std::uint64_t connections = 0;  // open now
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;  // connections over the limit
  std::uint64_t requests = 0;
  std::uint64_t overloaded = 0;  // 503 because the queue was full
  std::uint64_t errors = 0;      // answers 5xx
  std::uint64_t queued = 0;      // waiting for a worker now
};

class Server {
 public:
  Server(Router router, Options options);
  ~Server();  // stops without grace if still running
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds, listens, starts the threads. Errors: http.address, http.port-in-use, http.certificate.
  Result<void> start();
  [[nodiscard]] std::uint16_t port() const;
  // Stops accepting, closes idle connections, lets running requests finish for at most `grace`, then closes the rest.
  // True when every running request was answered.
  bool stop(std::chrono::milliseconds grace = std::chrono::seconds(10));
  [[nodiscard]] Stats stats() const;
  // Runs a job on the worker pool; false when the queue is full or the server is stopping.
  bool post(std::function<void()> job);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace genmei::http
