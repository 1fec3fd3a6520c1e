// TLS: a certificate made for the test, a client of its own, and what happens to those who do not speak it.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "server/http/raw_client_for_test.hpp"
#include "server/http/server.hpp"

namespace genmei::http {
namespace {

using namespace std::chrono_literals;

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

class TlsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/tls-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    const std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
    const std::unique_ptr<X509, Deleter<X509_free>> certificate(X509_new());
    ASSERT_TRUE(key && certificate);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    ASSERT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
    const std::unique_ptr<std::FILE, Deleter<std::fclose>> key_file(std::fopen((folder_ + "/key.pem").c_str(), "w"));
    const std::unique_ptr<std::FILE, Deleter<std::fclose>> file(std::fopen((folder_ + "/cert.pem").c_str(), "w"));
    ASSERT_EQ(PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
    ASSERT_EQ(PEM_write_X509(file.get(), certificate.get()), 1);
    options_.certificate_file = folder_ + "/cert.pem";
    options_.key_file = folder_ + "/key.pem";
    options_.limits.header_time = 500ms;
    router_.add(Method::get, "/secure",
                [](const Request& request) { return Response::text(request.secure ? "yes" : "no"); });
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string folder_;
  Options options_;
  Router router_;
};

// One exchange over TLS: everything the server sends until it closes.
std::string exchange(std::uint16_t port, const std::string& request, int most_version) {
  const std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_max_proto_version(context.get(), most_version);
  const std::unique_ptr<BIO, Deleter<BIO_free_all>> connection(BIO_new_ssl_connect(context.get()));
  BIO_set_conn_hostname(connection.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
  if (BIO_do_connect(connection.get()) != 1 || BIO_do_handshake(connection.get()) != 1) return "no handshake";
  BIO_write(connection.get(), request.data(), static_cast<int>(request.size()));
  std::string out;
  char bytes[4096];
  for (int count = 0; (count = BIO_read(connection.get(), bytes, sizeof bytes)) > 0;) {
    out.append(bytes, static_cast<std::size_t>(count));
  }
  return out;
}

TEST_F(TlsTest, AnswersOverTlsWithStrictTransportSecurity) {
  Server server(std::move(router_), options_);
  ASSERT_TRUE(server.start().ok());
  const auto answer =
      exchange(server.port(), "GET /secure HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", TLS1_3_VERSION);
  EXPECT_NE(answer.find("HTTP/1.1 200 OK"), std::string::npos) << answer;
  EXPECT_NE(answer.find("Strict-Transport-Security: max-age="), std::string::npos);
  EXPECT_TRUE(answer.ends_with("yes"));
}

TEST_F(TlsTest, RefusesOldProtocolsPlainHttpAndSilence) {
  Server server(std::move(router_), options_);
  ASSERT_TRUE(server.start().ok());
  EXPECT_EQ(exchange(server.port(), "GET /secure HTTP/1.1\r\n\r\n", TLS1_1_VERSION), "no handshake");
  RawClient plain(server.port());
  plain.send("GET /secure HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(plain.closed(2s));
  RawClient silent(server.port());
  EXPECT_TRUE(silent.closed(3s));
}

TEST_F(TlsTest, NamesTheFileThatCannotBeUsed) {
  options_.key_file = folder_ + "/none.pem";
  Server server(std::move(router_), options_);
  const auto started = server.start();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.problems().list.front().code, "http.certificate");
  EXPECT_EQ(started.problems().list.front().args.at("file"), options_.key_file);
}

}  // namespace
}  // namespace genmei::http
