// A bounded load generator for our own server: HTTP/1.1 keep-alive over loopback, one thread, epoll. It measures the
// time from sending a request to the last byte of its answer on each of N connections (closed loop: the next request of
// a connection starts when the last one is answered). It refuses any target but 127.0.0.0/8 and ::1 and ends by count
// or time, whichever comes first, so it cannot become a nuisance.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace genmei::bench {

// The complete bytes of request `number` (counted over all connections).
using RequestMaker = std::function<std::string(std::size_t number)>;

struct LoadOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8480;
  unsigned connections = 64;               // at most 1024
  std::size_t requests = 100'000;          // at most 10 million
  std::chrono::milliseconds time{10'000};  // at most 10 minutes
  std::chrono::milliseconds warm_up{500};  // not counted
  RequestMaker next;
};

struct LoadResult {
  std::size_t answers = 0;
  std::size_t bytes = 0;
  std::size_t broken = 0;  // connections lost or answers not understood
  std::map<int, std::size_t> statuses;
  double seconds = 0;
  double per_second = 0;
  double p50_ms = 0;
  double p90_ms = 0;
  double p99_ms = 0;
  double max_ms = 0;
};

// Errors: bench.target (not loopback), bench.limit, bench.connect.
Result<LoadResult> run_load(const LoadOptions& options);
// "53,296 requests/s, p50 1.1 ms, p99 3.4 ms, max 9.0 ms (200: 160,000)"
std::string summary(const LoadResult& result);
// A GET or POST with the headers benchmarks need. `headers` are complete lines with "\r\n".
std::string make_request(std::string_view method, std::string_view target, std::string_view headers = {},
                         std::string_view body = {});

}  // namespace genmei::bench
