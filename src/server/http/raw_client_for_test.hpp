// A loopback client for the tests of this folder: sends raw bytes, reads one answer or everything, with a time limit.
// Knows just enough HTTP to find the end of an answer.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace genmei::http {

struct RawAnswer {
  int status = 0;  // 0: the connection ended without one
  std::string head;
  std::string body;
  [[nodiscard]] std::string header(std::string_view name) const {
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
  }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int one = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  // The next answer; `head_only` for answers to HEAD.
  RawAnswer answer(bool head_only = false, std::chrono::milliseconds limit = std::chrono::seconds(5)) {
    RawAnswer out;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!more(limit)) return out;
    }
    out.head = buffer_.substr(0, end + 2);
    buffer_.erase(0, end + 4);
    out.status = std::stoi(out.head.substr(9, 3));
    if (head_only || out.status == 204 || out.status == 304 || out.status == 100) return out;
    if (out.header("Transfer-Encoding") == "chunked") {
      while (true) {
        std::size_t line = 0;
        while ((line = buffer_.find("\r\n")) == std::string::npos) {
          if (!more(limit)) return out;
        }
        const auto size = std::stoul(buffer_.substr(0, line), nullptr, 16);
        while (buffer_.size() < line + 2 + size + 2) {
          if (!more(limit)) return out;
        }
        out.body += buffer_.substr(line + 2, size);
        buffer_.erase(0, line + 2 + size + 2);
        if (size == 0) return out;
      }
    }
    const auto length = out.header("Content-Length");
    const auto size = length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < size) {
      if (!more(limit)) break;
    }
    out.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return out;
  }
  RawAnswer ask(std::string_view request) {
    send(request);
    return answer();
  }
  // Whether the server closes the connection within the limit (unread answers are thrown away).
  bool closed(std::chrono::milliseconds limit = std::chrono::seconds(5)) {
    while (more(limit)) {
    }
    return ended_;
  }

 private:
  bool more(std::chrono::milliseconds limit) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) return false;
    char bytes[16384];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) {
      ended_ = true;
      return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  std::string buffer_;
};

}  // namespace genmei::http
