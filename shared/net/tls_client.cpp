#include "net/tls_client.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/text.h"
#include "journal/chain.h"
#include "net/openssl_handles.h"

namespace lanekeeper::net {
namespace {

Error tls_error(std::string reason) {
  return Error{"net.tls",
               "The secure connection was refused. Pair this device again, or check its clock.",
               {{"reason", std::move(reason)}}};
}

CertificateHandle peer_certificate(SSL* connection) {
  return CertificateHandle(SSL_get1_peer_certificate(connection));
}

}  // namespace

Result<asio::ssl::context> make_client_context(const TlsIdentity& identity) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  SSL_CTX* const native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION);
  SSL_CTX_set_max_proto_version(native, TLS1_3_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  error_code error;
  if (identity.ca_pem.empty()) {
    context.set_verify_mode(asio::ssl::verify_none, error);
  } else {
    context.set_verify_mode(asio::ssl::verify_peer, error);
    context.add_certificate_authority(asio::buffer(identity.ca_pem), error);
    if (error) return fail(tls_error("the stored store certificate cannot be read: " + error.message()));
  }
  if (!identity.certificate_pem.empty()) {
    context.use_certificate_chain(asio::buffer(identity.certificate_pem), error);
    if (!error) context.use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem, error);
    if (error) return fail(tls_error("this device's certificate or key cannot be used: " + error.message()));
  }
  return context;
}

Result<void> check_server_certificate(SSL* connection) {
  const CertificateHandle certificate = peer_certificate(connection);
  if (!certificate) return fail(tls_error("the server showed no certificate"));
  const bool names_uses = (X509_get_extension_flags(certificate.get()) & EXFLAG_XKUSAGE) != 0;
  if (!names_uses || (X509_get_extended_key_usage(certificate.get()) & XKU_SSL_SERVER) == 0) {
    return fail(tls_error("the certificate was not made for a server"));
  }
  return {};
}

std::string fingerprint_of_peer(SSL* connection) {
  const CertificateHandle certificate = peer_certificate(connection);
  if (!certificate) return {};
  const auto raw = raw_public_key(X509_get0_pubkey(certificate.get()));
  if (!raw) return {};
  const journal::Hash hash = journal::sha256(ByteView(raw->data(), raw->size()));
  return to_hex(ByteView(hash.data(), hash.size()));
}

void set_server_name(SSL* connection, const std::string& host) {
  error_code not_an_address;
  asio::ip::make_address(host, not_an_address);
  if (not_an_address) SSL_set_tlsext_host_name(connection, host.c_str());
}

Error describe_failure(const error_code& error, const Endpoint& endpoint, SSL* connection) {
  if (error.category() == asio::error::get_ssl_category()) {
    const long verdict = connection == nullptr ? X509_V_OK : SSL_get_verify_result(connection);
    Error refused = tls_error(verdict == X509_V_OK ? error.message() : X509_verify_cert_error_string(verdict));
    refused.details.emplace_back("address", endpoint.to_string());
    return refused;
  }
  Error::Details details{{"reason", error.message()}, {"address", endpoint.to_string()}};
  const bool lost = error == asio::error::eof || error == asio::error::connection_reset ||
                    error == asio::error::broken_pipe || error == asio::error::operation_aborted ||
                    error == asio::ssl::error::stream_truncated;
  if (lost) {
    return Error{"net.closed", "The connection to the store server was lost. Try again.", std::move(details)};
  }
  return Error{"net.unreachable", "The store server cannot be reached. Check the network cable and the address.",
               std::move(details)};
}

struct HostLookup::Pending {
  std::mutex mutex;
  bool done = false;
  std::vector<tcp::endpoint> found;
  std::function<void()> notify;  // under the mutex
};

asio::awaitable<std::vector<tcp::endpoint>> HostLookup::addresses(asio::io_context& context) {
  error_code error;
  const auto address = asio::ip::make_address(endpoint_.host, error);
  if (!error) co_return std::vector<tcp::endpoint>{{address, endpoint_.port}};

  auto timer = std::make_shared<asio::steady_timer>(context, asio::steady_timer::time_point::max());
  waiting_ = timer;
  const bool start = pending_ == nullptr;
  if (start) pending_ = std::make_shared<Pending>();
  const auto pending = pending_;
  bool done = false;
  {
    const std::lock_guard lock(pending->mutex);
    done = pending->done;
    pending->notify = [timer, executor = context.get_executor()] {
      asio::post(executor, [timer] { timer->cancel(); });
    };
  }
  if (start) {
    std::thread([pending, endpoint = endpoint_] {
      asio::io_context own;
      tcp::resolver resolver(own);
      error_code ignored;  // finding nothing is an answer too
      const auto results = resolver.resolve(endpoint.host, std::to_string(endpoint.port), ignored);
      const std::lock_guard lock(pending->mutex);
      for (const auto& result : results) pending->found.push_back(result.endpoint());
      pending->done = true;
      if (pending->notify) pending->notify();
    }).detach();
  }
  if (!done) co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, error));
  waiting_.reset();
  const std::lock_guard lock(pending->mutex);
  pending->notify = nullptr;
  if (!pending->done) co_return std::vector<tcp::endpoint>{};
  pending_.reset();  // names move: the next connection asks again
  co_return std::move(pending->found);
}

void HostLookup::give_up() {
  if (waiting_) waiting_->cancel();
}

}  // namespace lanekeeper::net
