// A fresh database per test, on either backend: a file in a temporary folder, or a schema of its own in the PostgreSQL
// that the environment variable GENMEI_TEST_PG names (tests/postgres starts one). Everything is gone when the object
// goes.
#pragma once

#include <memory>
#include <string>

#include "store/database.hpp"

namespace genmei::store::testing {

class TestDatabase {
 public:
  [[nodiscard]] static bool available(Backend backend);
  // nullptr when the database cannot be made. `config` may carry limits; where it lies is set here.
  static std::unique_ptr<TestDatabase> make(Backend backend, Config config = {});
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  [[nodiscard]] Database& database() { return *database_; }
  [[nodiscard]] const Config& config() const { return config_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }
  void close() { database_.reset(); }
  void reopen();  // closes and opens it again

 private:
  TestDatabase() = default;
  Config config_;
  std::string folder_;
  std::string schema_;
  std::unique_ptr<Database> database_;
};

}  // namespace genmei::store::testing
