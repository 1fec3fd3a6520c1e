// genmei_load: the load generator on the command line, for one request repeated (see load.hpp for its bounds).
//   genmei_load [--port N] [--address A] [--connections N] [--requests N] [--seconds N] [--header "Name: value"]...
//               [--method M] [--body FILE] /path
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "load.hpp"

namespace {

bool number(const std::string& text, std::size_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

int main(int count, char** arguments) {
  genmei::bench::LoadOptions options;
  std::string method = "GET";
  std::string target;
  std::string headers;
  std::string body;
  for (int i = 1; i < count; ++i) {
    const std::string name = arguments[i];
    if (name.starts_with('/')) {
      target = name;
      continue;
    }
    const std::string value = i + 1 < count ? arguments[++i] : "";
    std::size_t amount = 0;
    const bool numeric = number(value, amount);
    if (name == "--port" && numeric && amount < 65536) {
      options.port = static_cast<std::uint16_t>(amount);
    } else if (name == "--address") {
      options.address = value;
    } else if (name == "--connections" && numeric && amount <= 1024) {
      options.connections = static_cast<unsigned>(amount);
    } else if (name == "--requests" && numeric) {
      options.requests = amount;
    } else if (name == "--seconds" && numeric && amount <= 600) {
      options.time = std::chrono::seconds(amount);
    } else if (name == "--header") {
      headers += value + "\r\n";
    } else if (name == "--method") {
      method = value;
    } else if (name == "--body") {
      std::ifstream file(value, std::ios::binary);
      if (!file) {
        std::cerr << "genmei_load: cannot read " << value << "\n";
        return 3;
      }
      body.assign(std::istreambuf_iterator<char>(file), {});
    } else {
      std::cerr << "genmei_load: unknown or wrong argument " << name << "\n";
      return 2;
    }
  }
  if (target.empty()) {
    std::cerr << "genmei_load: give a path such as /api/v1/healthz\n";
    return 2;
  }
  const auto request = genmei::bench::make_request(method, target, headers, body);
  options.next = [&](std::size_t) { return request; };
  const auto result = genmei::bench::run_load(options);
  if (!result) {
    std::cerr << "genmei_load: " << result.problems().list.front().detail << "\n";
    return 3;
  }
  std::cout << genmei::bench::summary(*result) << "\n";
  return result->answers > 0 && result->broken == 0 ? 0 : 1;
}
