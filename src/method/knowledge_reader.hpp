// Reads data/method into a Knowledge and checks every id. Only Knowledge::load uses it.
#pragma once

#include <string>

#include "method/knowledge.hpp"
#include "standard/reader.hpp"

namespace genmei::method {

class KnowledgeReader {
 public:
  KnowledgeReader(std::string folder, const standard::Library& library)
      : folder_(std::move(folder)), library_(library) {}
  Result<Knowledge> read();

 private:
  Result<void> components();
  Result<void> threats();
  Result<void> types();
  Result<void> rules();
  Result<void> asset_threats();
  Result<void> threat_controls();
  void type(standard::Reader& reader, const yaml::Node& node);
  void cases(standard::Reader& reader);
  void activities(standard::Reader& reader);
  void check_items();

  std::string folder_;
  const standard::Library& library_;
  Knowledge knowledge_;
  Problems problems_;
};

}  // namespace genmei::method
