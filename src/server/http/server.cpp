// Asio and Beast are compiled once, in asio_source.cpp: this halves the build time of the one file that uses them.
#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_BEAST_SEPARATE_COMPILATION
#include "server/http/server.hpp"

#include <csignal>

#include "server/http/connection.hpp"

namespace genmei::http {
namespace {

using tcp = asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

Problem certificate_problem(const std::string& file, const ErrorCode& error) {
  return problem(Failure::invalid, "http.certificate", file, {{"file", file}}, error.message());
}

Result<void> load_certificate(asio::ssl::context& tls, const Options& options) {
  ErrorCode error;
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                      asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1,
                  error);
  if (error) return certificate_problem({}, error);
  tls.use_certificate_chain_file(options.certificate_file, error);
  if (error) return certificate_problem(options.certificate_file, error);
  tls.use_private_key_file(options.key_file, asio::ssl::context::pem, error);
  if (error) return certificate_problem(options.key_file, error);
  return {};
}

}  // namespace

struct Server::Impl {
  Impl(Router router, Options options) : core(std::make_shared<Core>(std::move(router), std::move(options))) {}

  std::shared_ptr<Core> core;
  std::optional<Acceptor> acceptor;
  std::optional<asio::steady_timer> retry;
  std::uint16_t bound_port = 0;
  std::size_t next_thread = 0;
  bool running = false;

  IoThread& first() { return *core->io.front(); }

  Result<void> listen() {
    const auto& options = core->options;
    ErrorCode error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return problem(Failure::invalid, "http.address", {}, {{"address", options.address}}, error.message());
    const tcp::endpoint endpoint(address, options.port);
    acceptor.emplace(first().context);
    acceptor->open(endpoint.protocol(), error);
    if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor->bind(endpoint, error);
    if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      acceptor.reset();
      const bool taken = error == asio::error::address_in_use;
      return problem(taken ? Failure::conflict : Failure::invalid, taken ? "http.port-in-use" : "http.address", {},
                     {{"address", options.address}, {"port", std::to_string(options.port)}}, error.message());
    }
    bound_port = acceptor->local_endpoint().port();
    return {};
  }

  void accept() {
    auto& target = *core->io[next_thread++ % core->io.size()];
    acceptor->async_accept(target.context, [this, &target](ErrorCode error, Socket socket) {
      if (core->draining) return;
      if (error == asio::error::operation_aborted) return;
      if (error) {
        // Out of descriptors (or memory): wait until some connection ends, the listening queue holds the rest.
        core->log_error({}, "accept: " + error.message());
        retry->expires_after(std::chrono::milliseconds(50));
        return retry->async_wait([this](ErrorCode cancelled) {
          if (!cancelled && !core->draining) accept();
        });
      }
      welcome(target, std::move(socket));
      accept();
    });
  }

  void welcome(IoThread& thread, Socket socket) {
    ErrorCode ignored;
    const auto peer = socket.remote_endpoint(ignored).address();
    if (ignored) return;
    core->accepted.fetch_add(1, std::memory_order_relaxed);
    if (core->connections.fetch_add(1) >= core->options.limits.connections) {
      --core->connections;
      core->refused.fetch_add(1, std::memory_order_relaxed);
      return turn_away(std::move(socket));
    }
    socket.set_option(tcp::no_delay(true), ignored);
    std::string address = peer.is_v6() && peer.to_v6().is_v4_mapped()
                              ? asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6()).to_string()
                              : peer.to_string();
    if (core->tls) {
      begin<TlsStream>(thread, std::move(socket), std::move(address));
    } else {
      begin<TcpStream>(thread, std::move(socket), std::move(address));
    }
  }

  template <class Stream>
  void begin(IoThread& thread, Socket socket, std::string peer) {
    auto connection = std::make_shared<Connection<Stream>>(core, thread, std::move(socket), std::move(peer));
    asio::dispatch(thread.context, [&thread, connection] {
      thread.connections.insert(connection);
      connection->start();
    });
  }

  // One attempt to say why; a client that does not read must not cost more.
  void turn_away(Socket socket) {
    ErrorCode ignored;
    if (!core->tls) {
      static constexpr std::string_view answer =
          "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.non_blocking(true, ignored);
      socket.send(asio::buffer(answer.data(), answer.size()), 0, ignored);
      socket.shutdown(tcp::socket::shutdown_send, ignored);
    }
    socket.close(ignored);
  }

  void on_every_thread(void (AnyConnection::*action)()) {
    for (auto& thread : core->io) {
      asio::post(thread->context, [&thread = *thread, action] {
        // A copy: closing takes the connection out of the set.
        const std::vector<std::shared_ptr<AnyConnection>> all(thread.connections.begin(), thread.connections.end());
        for (const auto& connection : all) (connection.get()->*action)();
      });
    }
  }

  bool wait_until_idle(std::chrono::milliseconds time) {
    std::unique_lock lock(core->idle_mutex);
    return core->idle.wait_for(lock, time, [this] { return core->connections == 0; });
  }
};

Server::Server(Router router, Options options) : impl_(std::make_unique<Impl>(std::move(router), std::move(options))) {}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

Result<void> Server::start() {
  auto& core = *impl_->core;
  if (!core.options.certificate_file.empty()) {
    core.tls.emplace(asio::ssl::context::tls_server);
    GENMEI_TRY(load_certificate(*core.tls, core.options));
  }
  for (unsigned i = 0; i < std::max(1U, core.options.io_threads); ++i) core.io.push_back(std::make_unique<IoThread>());
  GENMEI_TRY(impl_->listen());
  impl_->retry.emplace(impl_->first().context);
  impl_->accept();
  for (auto& thread : core.io) {
    thread->work.emplace(thread->context.get_executor());
    thread->thread = std::thread([&core, &thread = *thread] {
      while (true) {
        try {
          thread.context.run();
          return;
        } catch (const std::exception& failure) {
          // Nothing below should throw; if it does, one connection is lost, not the server.
          core.log_error({}, failure.what());
        }
      }
    });
  }
  impl_->running = true;
  return {};
}

std::uint16_t Server::port() const { return impl_->bound_port; }

bool Server::stop(std::chrono::milliseconds grace) {
  auto& core = *impl_->core;
  if (!impl_->running) return true;
  impl_->running = false;
  core.draining = true;
  asio::post(impl_->first().context, [impl = impl_.get()] {
    ErrorCode ignored;
    impl->acceptor->close(ignored);
    impl->retry->cancel();
  });
  impl_->on_every_thread(&AnyConnection::drain);
  const bool drained = impl_->wait_until_idle(grace);
  if (!drained) {
    impl_->on_every_thread(&AnyConnection::abort);
    impl_->wait_until_idle(std::chrono::seconds(5));
  }
  core.pool.stop();
  for (auto& thread : core.io) thread->work.reset();
  for (auto& thread : core.io) thread->thread.join();
  return drained;
}

Stats Server::stats() const {
  const auto& core = *impl_->core;
  Stats out;
  out.connections = core.connections;
  out.accepted = core.accepted;
  out.refused = core.refused;
  out.requests = core.requests;
  out.overloaded = core.overloaded;
  out.errors = core.errors;
  out.queued = core.pool.queued();
  return out;
}

bool Server::post(std::function<void()> job) { return impl_->core->pool.submit(std::move(job)); }

}  // namespace genmei::http
