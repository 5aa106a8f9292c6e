#include "http/tls_context.h"

#include "net/openssl_handles.h"

namespace lanekeeper::http {

boost::asio::ssl::context make_server_context(const TlsFiles& files) {
  namespace ssl = boost::asio::ssl;
  ssl::context context(ssl::context::tls_server);
  SSL_CTX* const native = context.native_handle();
  net::require(SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION) == 1 &&
                   SSL_CTX_set_max_proto_version(native, TLS1_3_VERSION) == 1,
               "SSL_CTX_set_proto_version");
  // No resumption: every connection shows its certificate anew, so a revoked one is out at once.
  SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
  net::require(SSL_CTX_set_num_tickets(native, 0) == 1, "SSL_CTX_set_num_tickets");
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // hundreds of idle tills
  boost::system::error_code error;
  context.use_certificate_chain(boost::asio::buffer(files.certificate_pem), error);
  if (!error) context.use_private_key(boost::asio::buffer(files.key_pem), ssl::context::pem, error);
  if (!error) context.add_certificate_authority(boost::asio::buffer(files.ca_pem), error);
  if (!error) context.set_verify_mode(ssl::verify_peer, error);
  if (error) throw Fault("tls.openssl", "the server's certificate cannot be used: " + error.message());
  net::require(SSL_CTX_set_purpose(native, X509_PURPOSE_SSL_CLIENT) == 1, "SSL_CTX_set_purpose");
  net::BioHandle ca(BIO_new_mem_buf(files.ca_pem.data(), static_cast<int>(files.ca_pem.size())));
  const net::CertificateHandle certificate(PEM_read_bio_X509(ca.get(), nullptr, nullptr, nullptr));
  net::require(certificate != nullptr && SSL_CTX_add_client_CA(native, certificate.get()) == 1,
               "SSL_CTX_add_client_CA");
  return context;
}

std::string peer_serial(SSL* connection) {
  const net::CertificateHandle certificate(SSL_get1_peer_certificate(connection));
  if (!certificate || SSL_get_verify_result(connection) != X509_V_OK) return {};
  return net::serial_hex(certificate.get());
}

}  // namespace lanekeeper::http
