#include "store/testing/databases.hpp"

#include <libpq-fe.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace genmei::store::testing {
namespace {

std::string postgres_conninfo() {
  const char* value = std::getenv("GENMEI_TEST_PG");
  return value == nullptr ? "" : value;
}

bool postgres_run(const std::string& sql) {
  PGconn* connection = PQconnectdb(postgres_conninfo().c_str());
  PGresult* result = PQexec(connection, sql.c_str());
  const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  if (!good) std::cerr << PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  return good;
}

}  // namespace

bool TestDatabase::available(Backend backend) { return backend == Backend::sqlite || !postgres_conninfo().empty(); }

std::unique_ptr<TestDatabase> TestDatabase::make(Backend backend, Config config) {
  std::unique_ptr<TestDatabase> made(new TestDatabase);
  std::string pattern = (std::filesystem::temp_directory_path() / "genmei-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return nullptr;
  made->folder_ = pattern;
  made->config_ = std::move(config);
  made->config_.backend = backend;
  if (backend == Backend::sqlite) {
    made->config_.path = made->folder_ + "/genmei.db";
  } else {
    made->schema_ = "test_" + pattern.substr(pattern.rfind('-') + 1);
    if (!postgres_run("CREATE SCHEMA \"" + made->schema_ + "\"")) return nullptr;
    made->config_.conninfo = postgres_conninfo() + " options='-c search_path=\"" + made->schema_ + "\"'";
  }
  made->reopen();
  return made->database_ == nullptr ? nullptr : std::move(made);
}

void TestDatabase::reopen() {
  database_.reset();
  auto opened = Database::open(config_);
  if (opened.ok()) {
    database_ = std::move(*opened);
  } else {
    std::cerr << opened.problems().list.front().code << ": " << opened.problems().list.front().detail << "\n";
  }
}

TestDatabase::~TestDatabase() {
  database_.reset();
  if (!schema_.empty() && !postgres_run("SET client_min_messages = warning; DROP SCHEMA \"" + schema_ + "\" CASCADE")) {
    std::cerr << "schema " << schema_ << " stays behind\n";
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace genmei::store::testing
