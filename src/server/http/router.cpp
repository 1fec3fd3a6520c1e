#include "server/http/router.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "server/http/url.hpp"

namespace genmei::http {

// A tree of path segments. Parameter names belong to the route, so two routes may call the same segment differently.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::map<Method, std::pair<const Route*, std::vector<std::string>>> here;  // with the names of the parameters
  std::map<Method, std::pair<const Route*, std::vector<std::string>>> rest;  // "{name...}"
};

namespace {

using Ends = std::map<Method, std::pair<const Route*, std::vector<std::string>>>;

struct Search {
  Method method;
  std::vector<std::string> values;
  Router::Match match;
};

// Takes the end of a pattern if it serves the method; otherwise remembers what it would allow.
bool take(const Ends& ends, Search& search) {
  auto found = ends.find(search.method);
  if (found == ends.end() && search.method == Method::head) found = ends.find(Method::get);
  if (found == ends.end()) {
    for (const auto& [method, end] : ends) search.match.allowed.push_back(method);
    return false;
  }
  search.match.route = found->second.first;
  const auto& names = found->second.second;
  for (std::size_t i = 0; i < names.size(); ++i) search.match.parameters.add(names[i], search.values.at(i));
  return true;
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
  add_async(
      method, pattern,
      [handler = std::move(handler)](const Request& request, const Responder& responder) {
        responder.send(handler(request));
      },
      options);
}

void Router::add_async(Method method, std::string_view pattern, AsyncHandler handler, RouteOptions options) {
  const auto wrong = [&](const char* what) { throw std::logic_error("route " + std::string(pattern) + ": " + what); };
  if (!pattern.starts_with('/')) wrong("must begin with /");
  auto route = std::make_unique<Route>(Route{method, std::string(pattern), options, std::move(handler)});
  Node* node = root_.get();
  std::vector<std::string> names;
  Ends* ends = nullptr;
  std::string_view left = pattern;
  while (!left.empty()) {
    left.remove_prefix(1);
    const auto slash = left.find('/');
    auto segment = left.substr(0, slash);
    left = slash == std::string_view::npos ? std::string_view() : left.substr(slash);
    if (!segment.starts_with('{')) {
      auto& next = node->literals[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
      continue;
    }
    if (!segment.ends_with('}')) wrong("unclosed parameter");
    segment = segment.substr(1, segment.size() - 2);
    const bool rest = segment.ends_with("...");
    if (rest) segment.remove_suffix(3);
    if (segment.empty() || std::find(names.begin(), names.end(), segment) != names.end()) wrong("bad parameter name");
    names.emplace_back(segment);
    if (rest) {
      if (!left.empty()) wrong("the rest must be last");
      ends = &node->rest;
    } else {
      if (!node->parameter) node->parameter = std::make_unique<Node>();
      node = node->parameter.get();
    }
  }
  if (ends == nullptr) ends = &node->here;
  if (!ends->emplace(method, std::pair(route.get(), std::move(names))).second) wrong("given twice");
  routes_.push_back(std::move(route));
}

void Router::fallback(Handler handler, RouteOptions options) {
  fallback_ = std::make_unique<Route>(Route{
      Method::get, "*", options, [handler = std::move(handler)](const Request& request, const Responder& responder) {
        responder.send(handler(request));
      }});
}

Router::Match Router::match(Method method, std::string_view raw_path) const {
  std::vector<std::string> segments;
  std::string_view left = raw_path;
  while (left.starts_with('/') && segments.size() < 64) {
    left.remove_prefix(1);
    const auto slash = left.find('/');
    auto segment = percent_decode(left.substr(0, slash));
    if (!segment) return {};
    segments.push_back(std::move(*segment));
    left = slash == std::string_view::npos ? std::string_view() : left.substr(slash);
  }
  if (segments.empty() || !left.empty()) return {};

  Search search{method, {}, {}};
  // Depth-first in the order of precedence; the first end that serves the method wins.
  const std::function<bool(const Node&, std::size_t)> visit = [&](const Node& node, std::size_t at) {
    if (at == segments.size()) return take(node.here, search);
    if (const auto next = node.literals.find(segments[at]); next != node.literals.end()) {
      if (visit(*next->second, at + 1)) return true;
    }
    if (node.parameter && !segments[at].empty()) {
      search.values.push_back(segments[at]);
      if (visit(*node.parameter, at + 1)) return true;
      search.values.pop_back();
    }
    if (!node.rest.empty()) {
      std::string rest = segments[at];
      for (auto i = at + 1; i < segments.size(); ++i) rest += "/" + segments[i];
      search.values.push_back(std::move(rest));
      if (take(node.rest, search)) return true;
      search.values.pop_back();
    }
    return false;
  };
  if (visit(*root_, 0)) {
    search.match.allowed.clear();
    return std::move(search.match);
  }
  auto& allowed = search.match.allowed;
  std::sort(allowed.begin(), allowed.end());
  allowed.erase(std::unique(allowed.begin(), allowed.end()), allowed.end());
  if (allowed.empty() && fallback_ && (method == Method::get || method == Method::head)) {
    search.match.route = fallback_.get();
  }
  return std::move(search.match);
}

std::string allow_value(const std::vector<Method>& methods) {
  std::vector<Method> all = methods;
  if (std::find(all.begin(), all.end(), Method::get) != all.end()) all.push_back(Method::head);
  all.push_back(Method::options);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::string out;
  for (const auto method : all) {
    if (!out.empty()) out += ", ";
    out += name(method);
  }
  return out;
}

}  // namespace genmei::http
