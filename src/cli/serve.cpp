// init, serve, doctor: the life of a data folder.
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "cli/command.hpp"
#include "operate/assessment.hpp"
#include "operate/sample.hpp"
#include "server/api.hpp"
#include "server/http/server.hpp"
#include "server/http/static_files.hpp"

namespace genmei::cli {
namespace {

namespace fs = std::filesystem;

// The built application, from beside the shipped data.
http::StaticFiles web_files(const std::string& shipped) {
  http::StaticFiles files;
  std::error_code error;
  for (const auto& place : {fs::path(shipped).parent_path() / "web" / "dist", fs::path(shipped) / "web"}) {
    if (!fs::exists(place / "index.html", error)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(place, error)) {
      if (!entry.is_regular_file(error)) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      files.add("/" + fs::relative(entry.path(), place, error).generic_string(), bytes.str());
    }
    break;
  }
  return files;
}

// One server per SQLite folder: a second one would give numbers twice.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder)
      : file_(::open((folder + "/serving.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    held_ = file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0;
  }
  ~FolderLock() {
    if (file_ >= 0) ::close(file_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int file_;
  bool held_ = false;
};

}  // namespace

int init(const Context& context) {
  const Arguments arguments(context.words, {"postgres"}, {"sample", "json"});
  if (!arguments.error().empty() || !arguments.rest().empty())
    return context.misuse(arguments.error().empty() ? arguments.rest().front() : arguments.error());
  const char* database = std::getenv("GENMEI_DATABASE");
  auto postgres = arguments.value("postgres", database != nullptr ? database : "");
  if (const auto made = operate::Workspace::create(context.folder, postgres); !made)
    return context.fail(made.problems());
  auto workspace = context.open();
  if (!workspace) return context.fail(workspace.problems());
  auto& w = **workspace;
  auto accounts = open_accounts(w);
  if (const auto tables = accounts->create_tables(); !tables) return context.fail(tables.problems());
  const auto product = record::Actor::product("cli");
  auto password = accounts->create(product, "admin", {}, {"isms-manager", "system-admin"});
  if (!password) return context.fail(password.problems());
  operate::SampleCount count;
  if (arguments.flag("sample")) {
    auto loaded = operate::load_sample(w, w.shipped() + "/sample",
                                       [&](const std::string& login, const std::string& person,
                                           const std::set<std::string>& roles) -> Result<record::Actor> {
                                         GENMEI_TRY(accounts->create(product, login, person, roles));
                                         GENMEI_LET(account, accounts->find(login));
                                         return accounts->actor_of(account.id, "cli");
                                       });
    if (!loaded) return context.fail(loaded.problems());
    count = *loaded;
  }
  if (const auto integrated = w.sequencer().run_once(); !integrated) return context.fail(integrated.problems());
  if (arguments.flag("json")) {
    json::Object out;
    out["login"] = "admin";
    out["password"] = *password;
    out["records"] = count.records;
    print_json(out);
  } else {
    print(context.say("管理者のアカウント: admin", "Administrator account: admin"));
    print(context.say("一度だけ使えるパスワード: ", "One-time password: ") + *password);
    if (arguments.flag("sample"))
      print(context.say("見本のデータ: ", "Sample records: ") + std::to_string(count.records));
  }
  return done;
}

int serve(const Context& context) {
  const Arguments arguments(context.words, {"port", "address", "certificate", "key", "proxy", "host", "workers"},
                            {"log"});
  if (!arguments.error().empty() || !arguments.rest().empty())
    return context.misuse(arguments.error().empty() ? arguments.rest().front() : arguments.error());
  unsigned port = 8480;
  const auto port_text = arguments.value("port", "8480");
  const auto read = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (read.ec != std::errc{} || read.ptr != port_text.data() + port_text.size() || port > 65535)
    return context.misuse("--port " + port_text);

  // Signals are taken by this thread alone; the others inherit the mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  auto opened = context.open(true);
  if (!opened) return context.fail(opened.problems());
  auto& workspace = **opened;
  const FolderLock lock(workspace.folder());
  if (workspace.database().backend() == store::Backend::sqlite && !lock.held()) {
    return context.fail(problem(Failure::conflict, "workspace.in-use", workspace.folder()));
  }
  auto accounts = open_accounts(workspace);
  if (const auto tables = accounts->create_tables(); !tables) return context.fail(tables.problems());
  auto files = web_files(workspace.shipped());
  server::Api api(workspace, *accounts);
  http::Router router;
  api.add_routes(router);
  router.fallback(
      [&](const http::Request& request) {
        auto response = files.serve(request);
        if (response.status == 404 && response.bytes().empty())
          return http::server_error(request, 404, "http.not-found", workspace.messages());
        return response;
      },
      {.run = http::Run::inline_});
  http::Options options;
  options.address = arguments.value("address", "127.0.0.1");
  options.port = static_cast<std::uint16_t>(port);
  options.workers = 8;
  if (const auto workers = arguments.value("workers"); !workers.empty())
    options.workers = static_cast<unsigned>(std::max(1, std::atoi(workers.c_str())));
  options.heavy_workers = 2;
  options.certificate_file = arguments.value("certificate");
  options.key_file = arguments.value("key");
  options.trusted_proxies = arguments.values("proxy");
  options.hosts = arguments.values("host");
  if (arguments.flag("log")) {
    options.access_log = [](std::string_view line) {
      std::fprintf(stdout, "%.*s\n", static_cast<int>(line.size()), line.data());
    };
  }
  options.error_log = [](std::string_view id, std::string_view message) {
    std::fprintf(stderr, "genmei: request %.*s: %.*s\n", static_cast<int>(id.size()), id.data(),
                 static_cast<int>(message.size()), message.data());
  };
  options.error_body = [&workspace](const http::Request& request, int status, std::string_view code) {
    return http::server_error(request, status, code, workspace.messages());
  };
  http::Server server(std::move(router), std::move(options));
  if (const auto started = server.start(); !started) return context.fail(started.problems());
  std::fprintf(stdout, "%s http://%s:%u\n", context.say("待ち受けています:", "Listening on").c_str(),
               arguments.value("address", "127.0.0.1").c_str(), server.port());
  std::fflush(stdout);

  // Evidence runs out with the day; looked at now and every hour.
  std::jthread clock([&workspace](const std::stop_token& stop) {
    auto next = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
      if (std::chrono::steady_clock::now() >= next) {
        const auto refreshed = operate::refresh_staleness(workspace);
        if (!refreshed) std::fprintf(stderr, "genmei: %s\n", refreshed.problems().list.front().code.c_str());
        next += std::chrono::hours(1);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  });
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  clock.request_stop();
  const bool answered = server.stop();
  if (const auto last = workspace.sequencer().run_once(); !last) return context.fail(last.problems());
  return answered ? done : negative;
}

int doctor(const Context& context) {
  const Arguments arguments(context.words, {}, {"json"});
  if (!arguments.error().empty() || !arguments.rest().empty())
    return context.misuse(arguments.error().empty() ? arguments.rest().front() : arguments.error());
  json::Array checks;
  bool good = true;
  bool broken = false;
  const auto check = [&](const char* id, bool ok, std::string note) {
    json::Object item;
    item["id"] = id;
    item["ok"] = ok;
    item["note"] = note;
    checks.push_back(std::move(item));
    good = good && ok;
    if (!arguments.flag("json")) print(std::string(ok ? "✓ " : "✗ ") + id + (note.empty() ? "" : "  " + note));
  };
  const auto shipped = operate::shipped_folder();
  check("shipped-data", shipped.ok(), shipped.ok() ? *shipped : "");
  std::error_code error;
  struct statvfs disk {};
  if (::statvfs(fs::exists(context.folder, error) ? context.folder.c_str() : ".", &disk) == 0) {
    const auto free_mib = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize >> 20U;
    check("disk", free_mib >= 1024, std::to_string(free_mib) + " MiB " + context.say("空き", "free"));
  }
  check("weasyprint", fs::exists("/usr/bin/weasyprint", error), context.say("PDFの作成に使います", "makes the PDFs"));
  auto workspace = context.open();
  if (!workspace) {
    broken = true;
    check("data-folder", false, workspace.problems().list.front().code + " " + workspace.problems().list.front().place);
  } else {
    check("data-folder", true, context.folder);
    auto& w = **workspace;
    const auto integrated = w.sequencer().run_once();
    const auto verified = ledger::verify(w.database(), w.organisation(), w.key().public_key, true);
    check("ledger", integrated.ok() && verified.ok() && verified->ok(),
          verified.ok() ? std::to_string(verified->entries) + context.say("件", " entries") : "");
  }
  if (arguments.flag("json")) {
    json::Object out;
    out["ok"] = good;
    out["checks"] = std::move(checks);
    print_json(out);
  }
  return broken ? environment : good ? done : negative;
}

}  // namespace genmei::cli
