#include "load.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <memory>
#include <optional>

namespace genmei::bench {
namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

struct Target {
  sockaddr_storage address{};
  socklen_t size = 0;
};

std::optional<Target> loopback(const std::string& address, std::uint16_t port) {
  Target out;
  in_addr four{};
  in6_addr six{};
  if (::inet_pton(AF_INET, address.c_str(), &four) == 1) {
    if ((ntohl(four.s_addr) >> 24U) != 127) return std::nullopt;
    auto* in = reinterpret_cast<sockaddr_in*>(&out.address);
    in->sin_family = AF_INET;
    in->sin_addr = four;
    in->sin_port = htons(port);
    out.size = sizeof(sockaddr_in);
    return out;
  }
  if (::inet_pton(AF_INET6, address.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six)) {
    auto* in = reinterpret_cast<sockaddr_in6*>(&out.address);
    in->sin6_family = AF_INET6;
    in->sin6_addr = six;
    in->sin6_port = htons(port);
    out.size = sizeof(sockaddr_in6);
    return out;
  }
  return std::nullopt;
}

// The value of a header field in a complete head; empty when absent.
std::string_view field(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
    const auto line = head.substr(at + 2);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    const bool same = std::equal(name.begin(), name.end(), line.begin(),
                                 [](char a, char b) { return std::tolower(a) == std::tolower(b); });
    if (!same) continue;
    auto value = line.substr(name.size() + 1, line.find("\r\n") - name.size() - 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    return value;
  }
  return {};
}

template <class Number>
bool read_number(std::string_view text, Number& out, int base = 10) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
  return error == std::errc() && end != text.data();
}

// Size of the first complete answer in `bytes`: 0 when more is needed, nullopt when it makes no sense.
std::optional<std::size_t> answer_size(std::string_view bytes, int& status) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return bytes.size() > 65536 ? std::nullopt : std::optional<std::size_t>(0);
  const auto head = bytes.substr(0, end + 2);
  if (head.size() < 12 || !read_number(head.substr(9, 3), status)) return std::nullopt;
  const auto begin = end + 4;
  if (status == 204 || status == 304) return begin;
  if (field(head, "Transfer-Encoding") == "chunked") {
    std::size_t at = begin;
    while (true) {
      const auto line = bytes.find("\r\n", at);
      if (line == std::string_view::npos) return 0;
      std::size_t chunk = 0;
      if (!read_number(bytes.substr(at, line - at), chunk, 16)) return std::nullopt;
      at = line + 2 + chunk + 2;
      if (at > bytes.size()) return 0;
      if (chunk == 0) return at;
    }
  }
  std::size_t length = 0;
  if (!read_number(field(head, "Content-Length"), length)) return std::nullopt;
  return bytes.size() >= begin + length ? begin + length : 0;
}

// One connection of the closed loop.
struct Line {
  std::unique_ptr<Descriptor> socket;
  std::string out;
  std::size_t sent = 0;
  std::string in;
  Clock::time_point began;
};

class Run {
 public:
  Run(const LoadOptions& options, Target target) : options_(options), target_(target), epoll_(::epoll_create1(0)) {
    latencies_.reserve(std::min<std::size_t>(options.requests, 1'000'000));
  }

  Result<LoadResult> go() {
    lines_.resize(options_.connections);
    for (auto& line : lines_) {
      if (!connect(line)) return problem(Failure::invalid, "bench.connect", {}, {}, "cannot connect");
    }
    const auto start = Clock::now();
    counting_from_ = start + options_.warm_up;
    const auto end = counting_from_ + options_.time;
    for (auto& line : lines_) begin(line);
    std::array<epoll_event, 256> events{};
    auto now = start;
    while (now < end && result_.answers < options_.requests) {
      const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < count; ++i) {
        const auto& event = events.at(static_cast<std::size_t>(i));
        auto& line = *static_cast<Line*>(event.data.ptr);
        if (!serve(line, event.events)) {
          ++result_.broken;
          if (result_.broken > 10'000 || !connect(line)) return finish(Clock::now());
          begin(line);
        }
      }
      now = Clock::now();
    }
    return finish(now);
  }

 private:
  bool connect(Line& line) {
    line.socket = std::make_unique<Descriptor>(::socket(target_.address.ss_family, SOCK_STREAM, 0));
    const int one = 1;
    ::setsockopt(line.socket->get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (::connect(line.socket->get(), reinterpret_cast<const sockaddr*>(&target_.address), target_.size) != 0)
      return false;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &line;
    return ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, line.socket->get(), &event) == 0;
  }

  void begin(Line& line) {
    line.out = options_.next(number_++);
    line.sent = 0;
    line.in.clear();
    line.began = Clock::now();
    flush(line);
  }

  // Sends what fits; asks to be woken for the rest.
  bool flush(Line& line) {
    while (line.sent < line.out.size()) {
      const auto count = ::send(line.socket->get(), line.out.data() + line.sent, line.out.size() - line.sent,
                                MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count < 0 && errno != EAGAIN) return false;
      if (count < 0) return watch(line, EPOLLIN | EPOLLOUT);
      line.sent += static_cast<std::size_t>(count);
    }
    return true;
  }

  bool watch(Line& line, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.ptr = &line;
    return ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, line.socket->get(), &event) == 0;
  }

  bool serve(Line& line, std::uint32_t what) {
    if ((what & EPOLLOUT) != 0) {
      if (!flush(line)) return false;
      if (line.sent == line.out.size() && !watch(line, EPOLLIN)) return false;
    }
    if ((what & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return true;
    const auto count = ::recv(line.socket->get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return true;
    if (count <= 0) return false;
    line.in.append(buffer_.data(), static_cast<std::size_t>(count));
    int status = 0;
    const auto size = answer_size(line.in, status);
    if (!size || *size > line.in.size()) return false;
    if (*size == 0) return true;
    const auto now = Clock::now();
    if (now >= counting_from_) {
      if (result_.answers == 0) first_ = now;
      ++result_.answers;
      result_.bytes += *size;
      ++result_.statuses[status];
      latencies_.push_back(std::chrono::duration<double, std::milli>(now - line.began).count());
    }
    if (field(std::string_view(line.in).substr(0, line.in.find("\r\n\r\n") + 2), "Connection") == "close") {
      if (!connect(line)) return false;
    }
    begin(line);
    return true;
  }

  LoadResult finish(Clock::time_point end) {
    result_.seconds = result_.answers > 0 ? std::chrono::duration<double>(end - first_).count() : 0;
    if (result_.seconds > 0) result_.per_second = static_cast<double>(result_.answers) / result_.seconds;
    std::sort(latencies_.begin(), latencies_.end());
    const auto at = [&](double share) {
      if (latencies_.empty()) return 0.0;
      return latencies_[static_cast<std::size_t>(share * static_cast<double>(latencies_.size() - 1))];
    };
    result_.p50_ms = at(0.5);
    result_.p90_ms = at(0.9);
    result_.p99_ms = at(0.99);
    result_.max_ms = at(1.0);
    return std::move(result_);
  }

  const LoadOptions& options_;
  Target target_;
  Descriptor epoll_;
  std::vector<Line> lines_;
  std::array<char, 65536> buffer_{};
  std::vector<double> latencies_;
  LoadResult result_;
  std::size_t number_ = 0;
  Clock::time_point counting_from_;
  Clock::time_point first_;
};

std::string grouped(double value) {
  auto digits = std::to_string(static_cast<std::uint64_t>(value + 0.5));
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace

Result<LoadResult> run_load(const LoadOptions& options) {
  const auto target = loopback(options.address, options.port);
  if (!target) return problem(Failure::forbidden, "bench.target", {}, {}, "only loopback addresses are allowed");
  if (!options.next || options.connections == 0 || options.connections > 1024 || options.requests > 10'000'000 ||
      options.time > std::chrono::minutes(10) || options.warm_up > std::chrono::minutes(1)) {
    return problem(Failure::invalid, "bench.limit", {}, {}, "connections, requests or time out of bounds");
  }
  return Run(options, *target).go();
}

std::string summary(const LoadResult& result) {
  std::array<char, 200> text{};
  const int size =
      std::snprintf(text.data(), text.size(), " requests/s, p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.1f ms",
                    result.p50_ms, result.p90_ms, result.p99_ms, result.max_ms);
  std::string out = grouped(result.per_second);
  out.append(text.data(), static_cast<std::size_t>(size));
  out += " (";
  for (const auto& [status, count] : result.statuses) {
    if (out.back() != '(') out += ", ";
    out += std::to_string(status) + ": " + grouped(static_cast<double>(count));
  }
  if (result.broken > 0) out += ", broken: " + std::to_string(result.broken);
  return out + ")";
}

std::string make_request(std::string_view method, std::string_view target, std::string_view headers,
                         std::string_view body) {
  std::string out(method);
  out += ' ';
  out += target;
  out += " HTTP/1.1\r\nHost: localhost\r\n";
  out += headers;
  if (!body.empty() || method == "POST" || method == "PATCH" || method == "PUT") {
    if (headers.find("Content-Type:") == std::string_view::npos) out += "Content-Type: application/json\r\n";
    out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  out += "\r\n";
  out += body;
  return out;
}

}  // namespace genmei::bench
