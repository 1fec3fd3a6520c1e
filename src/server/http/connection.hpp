// One connection: reads requests one after the other, hands them to their handlers, writes the answers in order. A
// state machine with at most one read or write under way, driven on one I/O thread; only deliver() comes from other
// threads. Every wait has a deadline. Private: included by server.cpp only.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "server/http/access_log.hpp"
#include "server/http/core.hpp"

namespace genmei::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using ErrorCode = boost::system::error_code;
using TcpStream = beast::basic_stream<asio::ip::tcp, asio::io_context::executor_type>;
using Socket = TcpStream::socket_type;
using TlsStream = beast::ssl_stream<TcpStream>;

template <class Stream>
class Connection final : public AnyConnection, public std::enable_shared_from_this<Connection<Stream>> {
  static constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;
  static constexpr std::size_t read_size = 8192;
  static constexpr std::size_t body_read_size = 64U << 10U;
  using Parser = beast::http::request_parser<beast::http::string_body>;

 public:
  Connection(std::shared_ptr<Core> core, IoThread& thread, Socket&& socket, std::string peer)
      : core_(std::move(core)),
        thread_(thread),
        stream_(make_stream(*core_, std::move(socket))),
        timer_(thread.context),
        peer_(std::move(peer)) {
    buffer_.reserve(read_size);
  }
  ~Connection() override { core_->buffered -= reserved_; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start() {
    if constexpr (is_tls) {
      lowest().expires_after(core_->options.limits.header_time);
      stream_.async_handshake(asio::ssl::stream_base::server, [self = self()](ErrorCode error) {
        if (error) return self->close();
        self->next_request();
      });
    } else {
      next_request();
    }
  }

  void drain() override {
    draining_ = true;
    if (phase_ == Phase::idle) close();
  }

  void abort() override { close(); }

 private:
  enum class Phase : std::uint8_t { idle, head, body, handling, writing, streaming, closed };
  using Clock = std::chrono::steady_clock;

  std::shared_ptr<Connection> self() { return this->shared_from_this(); }
  TcpStream& lowest() { return beast::get_lowest_layer(stream_); }
  const Limits& limits() const { return core_->options.limits; }

  static Stream make_stream([[maybe_unused]] Core& core, Socket&& socket) {
    if constexpr (is_tls) {
      return Stream(std::move(socket), *core.tls);
    } else {
      return Stream(std::move(socket));
    }
  }

  // ---- reading ----

  void next_request() {
    parser_.emplace();
    parser_->eager(false);
    parser_->header_limit(static_cast<std::uint32_t>(limits().header_bytes));
    parser_->body_limit(boost::none);  // set per route in head_done()
    head_bytes_ = 0;
    head_checked_ = false;
    request_ = nullptr;
    core_->buffered -= std::exchange(reserved_, 0);
    if (draining_ || core_->draining) {
      if (buffer_.size() == 0) return close();
    }
    if (buffer_.size() > 0) {
      begin_head();
      // Not directly: a long pipeline of inline answers would otherwise recurse.
      return asio::post(thread_.context, [self = self()] { self->parse(); });
    }
    // A connection that waits for its next request needs no large buffer.
    if (buffer_.capacity() > body_read_size) {
      buffer_ = beast::flat_buffer();
      buffer_.reserve(read_size);
    }
    phase_ = Phase::idle;
    lowest().expires_after(served_ == 0 ? limits().header_time : limits().idle_time);
    read_some(read_size);
  }

  void begin_head() {
    phase_ = Phase::head;
    started_ = Clock::now();
    lowest().expires_after(limits().header_time);
  }

  void read_some(std::size_t size) {
    stream_.async_read_some(buffer_.prepare(size), [self = self()](ErrorCode error, std::size_t count) {
      if (error) return self->read_failed(error);
      self->buffer_.commit(count);
      if (self->phase_ == Phase::idle) self->begin_head();
      self->parse();
    });
  }

  void read_failed(ErrorCode error) {
    if (error == beast::error::timeout && (phase_ == Phase::head || phase_ == Phase::body)) {
      // The timed-out stream is closed already: the answer could not be written.
      sent_ = 0;
      remember_line();
      log_answer(408);
    }
    close();
  }

  // Feeds the parser with what has arrived; asks for more, refuses, or hands over.
  void parse() {
    while (true) {
      ErrorCode error;
      if (buffer_.size() > 0) {
        const auto used = parser_->put(buffer_.data(), error);
        buffer_.consume(used);
        if (!head_checked_) head_bytes_ += used;
      } else {
        error = beast::http::error::need_more;
      }
      if (error == beast::http::error::need_more) {
        if (!head_checked_ && head_bytes_ + buffer_.size() > limits().header_bytes) return refuse_early(431);
        // Endless chunk extensions or trailers: neither counts as body.
        if (head_checked_ && buffer_.size() > body_read_size) return refuse_early(400);
        return want_more();
      }
      if (error) return parse_failed(error);
      if (!head_checked_) {
        if (!parser_->is_header_done()) continue;
        if (head_bytes_ > limits().header_bytes) return refuse_early(431);
        head_checked_ = true;
        if (!head_done()) return;
        if (parser_->is_done()) return dispatch();
        parser_->eager(true);
        if (buffer_.size() == 0) return want_more();
        continue;
      }
      if (parser_->is_done()) return dispatch();
      if (!grow_reservation()) return;
      if (buffer_.size() == 0) return want_more();
    }
  }

  void want_more() {
    if (phase_ == Phase::body) {
      if (!grow_reservation()) return;
      // Minimum average rate: the deadline moves only as fast as bytes come in.
      const auto earned = std::chrono::milliseconds(parser_->get().body().size() * 1000 / limits().body_rate);
      lowest().expires_at(body_started_ + limits().body_grace + earned);
      return read_some(body_read_size);
    }
    read_some(read_size);
  }

  // Chunked bodies announce no size: account for them as they grow.
  bool grow_reservation() {
    const auto size = parser_->get().body().size();
    if (size <= reserved_) return true;
    return reserve(size);
  }

  bool reserve(std::size_t size) {
    const auto more = size - reserved_;
    if (core_->buffered.fetch_add(more) + more > limits().buffered_bytes) {
      core_->buffered -= more;
      answer_error(503, "http.overloaded", true);
      return false;
    }
    reserved_ = size;
    return true;
  }

  void parse_failed(ErrorCode error) {
    using Http = beast::http::error;
    if (error == Http::header_limit || error == Http::buffer_overflow) return refuse_early(431);
    if (error == Http::body_limit) return answer_error(413, "http.body-too-large", true);
    if (error == Http::bad_version) return refuse_early(505);
    refuse_early(400);
  }

  // Answers a head that could not be read: there is no Request to speak of.
  void refuse_early(int status) {
    if (!request_) request_ = std::make_shared<Responder::State>();
    request_->request.remote = peer_;
    const auto code = status == 431   ? "http.header-too-large"
                      : status == 505 ? "http.version"
                      : status == 413 ? "http.body-too-large"
                                      : "http.malformed";
    answer_error(status, code, true);
  }

  // The head is complete: decides on everything that can be decided before the body. False when answered already.
  bool head_done() {
    const auto& message = parser_->get();
    RawHead head;
    head.method = std::string_view(message.method_string().data(), message.method_string().size());
    head.target = std::string_view(message.target().data(), message.target().size());
    head.version = static_cast<int>(message.version());
    for (const auto& field : message) {
      head.headers.add(std::string(field.name_string()), std::string(field.value()));
    }
    request_ = std::make_shared<Responder::State>();
    auto& request = request_->request;
    request.secure = is_tls;
    request.id = core_->id_prefix + std::to_string(core_->next_id.fetch_add(1, std::memory_order_relaxed));
    ++served_;
    keep_alive_ = message.keep_alive() && served_ < limits().pipelined_requests;
    std::string_view raw_path;
    if (const auto refused = check_head(head, core_->options, peer_, request, raw_path)) {
      answer_error(refused->status, refused->code, true);
      return false;
    }
    coding_ = core_->options.compress_from > 0 && request.headers.has("Accept-Encoding")
                  ? choose_coding(request.headers.joined("Accept-Encoding"))
                  : Coding::identity;
    auto match = core_->router.match(request.method, raw_path);
    route_ = match.route;
    const bool has_body = !parser_->is_done();
    if (route_ == nullptr) {
      answer_unrouted(match.allowed, has_body);
      return false;
    }
    request.parameters = std::move(match.parameters);
    const auto length = parser_->content_length();
    const auto limit = route_->options.max_body;
    if (length && *length > limit) {
      answer_error(413, "http.body-too-large", true);
      return false;
    }
    parser_->body_limit(limit);
    if (has_body) {
      phase_ = Phase::body;
      body_started_ = Clock::now();
      if (length && !reserve(static_cast<std::size_t>(*length))) return false;
      if (!request.header("Expect").empty() && request_version() == 11) return send_continue();
    }
    return true;
  }

  [[nodiscard]] int request_version() const { return static_cast<int>(parser_->get().version()); }

  void answer_unrouted(const std::vector<Method>& allowed, bool has_body) {
    const auto& request = request_->request;
    if (allowed.empty()) return answer_error(404, "http.not-found", has_body);
    Response response = request.method == Method::options ? Response::empty(204)
                                                          : core_->error(request, 405, "http.method-not-allowed");
    response.headers.set("Allow", allow_value(allowed));
    answer(std::move(response), has_body);
  }

  // 100-continue: the client waits for this before it sends the body. False: parse() is called again when it is
  // written.
  bool send_continue() {
    static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
    lowest().expires_after(limits().body_grace);
    asio::async_write(stream_, asio::buffer(line.data(), line.size()), [self = self()](ErrorCode error, std::size_t) {
      if (error) return self->close();
      self->parser_->eager(true);
      if (self->buffer_.size() > 0) return self->parse();
      self->want_more();
    });
    return false;
  }

  // ---- handling ----

  void dispatch() {
    phase_ = Phase::handling;
    core_->requests.fetch_add(1, std::memory_order_relaxed);
    request_->request.body = std::move(parser_->get().body());
    const auto generation = ++generation_;
    remember_line();
    WireOptions options = wire_options();
    request_->deliver = [core = core_, weak = this->weak_from_this(), context = &thread_.context, generation, options](
                            Response response, const Request& request) {
      (void)request;
      hand_back(core, weak, context, generation, options, std::move(response));
    };
    auto state = std::move(request_);
    pending_ = state;
    const auto* route = route_;
    if (route->options.run == Run::inline_) return handle(*core_, *route, std::move(state));
    timer_.expires_after(route->options.timeout);
    timer_.async_wait([self = self(), generation](ErrorCode error) {
      if (!error) self->handler_late(generation);
    });
    const bool heavy = route->options.run == Run::heavy;
    const bool queued = core_->pool.submit([core = core_, route, state] { handle(*core, *route, state); }, heavy);
    if (queued) return;
    core_->overloaded.fetch_add(1, std::memory_order_relaxed);
    auto response = core_->error(state->request, 503, "http.overloaded");
    response.headers.set("Retry-After", "1");
    Responder(state).send(std::move(response));
  }

  static void handle(const Core& core, const Route& route, std::shared_ptr<Responder::State> state) {
    const Responder responder(state);
    try {
      route.handler(state->request, responder);
    } catch (const std::exception& failure) {
      core.log_error(state->request.id, failure.what());
      responder.send(core.error(state->request, 500, "http.internal"));
    } catch (...) {
      core.log_error(state->request.id, "unknown exception");
      responder.send(core.error(state->request, 500, "http.internal"));
    }
  }

  void handler_late(std::uint64_t generation) {
    if (phase_ != Phase::handling || generation != generation_) return;
    if (const auto state = pending_.lock()) {
      core_->log_error(state->request.id, "handler passed its time limit");
      auto response = core_->error(state->request, 503, "http.timeout");
      response.headers.set("Retry-After", "5");
      Responder(state).send(std::move(response));
    }
  }

  // Any thread: turns the response into bytes and passes them to the I/O thread. Compressing is work for a worker: the
  // thread that answers may be the I/O thread or the one database writer.
  static void hand_back(const std::shared_ptr<Core>& core, const std::weak_ptr<Connection>& weak,
                        asio::io_context* context, std::uint64_t generation, const WireOptions& options,
                        Response response) {
    if (weak.expired()) {
      if (response.after) response.after();
      return;
    }
    if (wants_coding(response, options) && !WorkerPool::on_worker()) {
      auto shared = std::make_shared<Response>(std::move(response));
      if (core->pool.submit([core, weak, context, generation, options, shared] {
            hand_over(weak, context, generation, finish(std::move(*shared), options));
          })) {
        return;
      }
      response = std::move(*shared);
    }
    hand_over(weak, context, generation, finish(std::move(response), options));
  }

  static void hand_over(const std::weak_ptr<Connection>& weak, asio::io_context* context, std::uint64_t generation,
                        Wire wire) {
    const auto connection = weak.lock();
    if (!connection) {
      if (wire.after) wire.after();
      return;
    }
    asio::dispatch(*context, [connection, generation, wire = std::move(wire)]() mutable {
      if (generation == connection->generation_) return connection->write(std::move(wire));
      connection->run_after(std::move(wire.after));
    });
  }

  [[nodiscard]] WireOptions wire_options() const {
    WireOptions options;
    options.method = request_->request.method;
    options.version = parser_->is_header_done() ? request_version() : 11;
    options.close = !keep_alive_ || draining_ || core_->draining;
    options.secure = request_->request.secure;
    options.coding = coding_;
    options.compress_from = core_->options.compress_from;
    return options;
  }

  void answer_error(int status, std::string_view code, bool close) {
    auto response = core_->error(request_->request, status, code);
    if (status == 503) response.headers.set("Retry-After", "1");
    answer(std::move(response), close);
  }

  // Answers without a handler, on the I/O thread.
  void answer(Response response, bool close) {
    core_->requests.fetch_add(1, std::memory_order_relaxed);
    phase_ = Phase::handling;
    ++generation_;
    auto options = wire_options();
    options.close = options.close || close;
    options.coding = Coding::identity;
    remember_line();
    write(finish(std::move(response), options));
  }

  // ---- writing ----

  void write(Wire wire) {
    if (phase_ != Phase::handling) return run_after(std::move(wire.after));
    timer_.cancel();
    phase_ = Phase::writing;
    wire_ = std::move(wire);
    if (wire_.status >= 500) core_->errors.fetch_add(1, std::memory_order_relaxed);
    const auto body = wire_.send_body ? wire_.bytes() : std::string_view();
    sent_ = body.size();
    allow_time(wire_.head.size() + body.size());
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(wire_.head), asio::buffer(body.data(), body.size())};
    asio::async_write(stream_, buffers, [self = self()](ErrorCode error, std::size_t) {
      if (error) return self->finished(true);
      if (self->wire_.producer) {
        self->phase_ = Phase::streaming;
        return self->pull();
      }
      self->finished(false);
    });
  }

  void run_after(std::function<void()> after) {
    if (!after) return;
    core_->pool.submit_reserved([core = core_, after = std::move(after)] {
      try {
        after();
      } catch (const std::exception& failure) {
        core->log_error({}, failure.what());
      }
    });
  }

  void allow_time(std::size_t bytes) {
    lowest().expires_after(limits().body_grace + std::chrono::milliseconds(bytes * 1000 / limits().body_rate));
  }

  // Asks the producer for the next piece, on a worker.
  void pull() {
    // Only a stream that has nothing to say may be ended early; a download goes on until the grace is over.
    if (core_->draining && stream_quiet_) return finish_stream();
    lowest().expires_never();
    const bool queued = core_->pool.submit([self = self(), producer = wire_.producer] {
      std::optional<std::string> piece;
      bool failed = false;
      try {
        piece = (*producer)();
      } catch (const std::exception& failure) {
        self->core_->log_error({}, failure.what());
        failed = true;
      }
      asio::post(self->thread_.context, [self, piece = std::move(piece), failed]() mutable {
        // Without its last chunk the body is visibly cut: the client must not take it for complete.
        if (failed) return self->finished(true);
        self->piece_ready(std::move(piece));
      });
    });
    if (!queued) pull_later();
  }

  void pull_later() {
    stream_quiet_ = true;
    timer_.expires_after(core_->options.stream_poll);
    timer_.async_wait([self = self()](ErrorCode error) {
      if (!error && self->phase_ == Phase::streaming) self->pull();
    });
  }

  void piece_ready(std::optional<std::string> piece) {
    if (phase_ != Phase::streaming) return;
    if (!piece) return finish_stream();
    if (piece->empty()) return pull_later();
    stream_quiet_ = false;
    sent_ += piece->size();
    if (wire_.chunked) {
      std::array<char, 24> size{};
      const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", piece->size());
      piece_.assign(size.data(), static_cast<std::size_t>(length));
      piece_ += *piece;
      piece_ += "\r\n";
    } else {
      piece_ = std::move(*piece);
    }
    allow_time(piece_.size());
    asio::async_write(stream_, asio::buffer(piece_), [self = self()](ErrorCode error, std::size_t) {
      if (error) return self->finished(true);
      self->pull();
    });
  }

  void finish_stream() {
    if (!wire_.chunked) return finished(false);
    piece_ = "0\r\n\r\n";
    allow_time(piece_.size());
    asio::async_write(stream_, asio::buffer(piece_),
                      [self = self()](ErrorCode error, std::size_t) { self->finished(static_cast<bool>(error)); });
  }

  void finished(bool failed) {
    if (phase_ == Phase::closed) return;
    log_answer(wire_.status);
    run_after(std::move(wire_.after));
    const bool close_now = wire_.close || draining_;
    wire_ = Wire();
    piece_.clear();
    if (failed) return close();
    if (close_now) return hang_up();
    next_request();
  }

  // Says goodbye, then reads on for a moment: closing with unread input would reset the connection and could destroy
  // the answer on its way.
  void hang_up() {
    phase_ = Phase::writing;
    lowest().expires_after(std::chrono::seconds(2));
    if constexpr (is_tls) {
      stream_.async_shutdown([self = self()](ErrorCode) { self->close(); });
    } else {
      ErrorCode ignored;
      lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
      buffer_.clear();
      discard(1U << 20U);
    }
  }

  void discard(std::size_t left) {
    lowest().async_read_some(buffer_.prepare(read_size), [self = self(), left](ErrorCode error, std::size_t count) {
      if (error || count >= left) return self->close();
      self->discard(left - count);
    });
  }

  void close() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    ++generation_;
    timer_.cancel();
    lowest().close();
    run_after(std::move(wire_.after));
    core_->forget(thread_, self());
  }

  // ---- log ----

  void remember_line() {
    if (!core_->options.access_log || !request_) return;
    const bool known = parser_ && parser_->is_header_done();
    const auto method = known ? parser_->get().method_string() : boost::beast::string_view();
    line_ = remember(request_->request, {method.data(), method.size()});
  }

  void log_answer(int status) {
    if (!core_->options.access_log) return;
    const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started_);
    core_->options.access_log(write_line(line_, status, sent_, spent, wire_.actor));
  }

  std::shared_ptr<Core> core_;  // first: everything below may need it while it is destroyed
  IoThread& thread_;
  Stream stream_;
  asio::steady_timer timer_;
  std::string peer_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::shared_ptr<Responder::State> request_;  // while reading, and while the server answers by itself
  std::weak_ptr<Responder::State> pending_;    // while a handler has it
  const Route* route_ = nullptr;
  Coding coding_ = Coding::identity;
  Wire wire_;
  AccessLine line_;
  std::string piece_;
  Clock::time_point started_;
  Clock::time_point body_started_;
  std::size_t head_bytes_ = 0;
  std::size_t reserved_ = 0;
  std::size_t served_ = 0;
  std::size_t sent_ = 0;
  std::uint64_t generation_ = 0;
  Phase phase_ = Phase::idle;
  bool head_checked_ = false;
  bool keep_alive_ = true;
  bool draining_ = false;
  bool stream_quiet_ = false;
};

}  // namespace genmei::http
