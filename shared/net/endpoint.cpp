#include <charconv>

#include <boost/asio/ip/address.hpp>

#include "base/text.h"
#include "net/https_client.h"

namespace lanekeeper::net {
namespace {

constexpr std::size_t max_host_length = 253;  // RFC 1035

tl::unexpected<Error> bad_address(std::string_view text) {
  return fail("net.bad_address", "This is not an address. Write a host name or an IP address, if need be with :port.",
              {{"address", std::string(text.substr(0, max_host_length))}});
}

bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > max_host_length || host.front() == '-' || host.front() == '.') return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_';
  });
}

bool is_ipv6(std::string_view host) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(host), error);
  return !error && address.is_v6();
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const std::string_view trimmed = trim(text);
  Endpoint endpoint;
  std::string_view port;
  if (trimmed.starts_with('[')) {
    const auto end = trimmed.find(']');
    if (end == std::string_view::npos) return bad_address(text);
    endpoint.host = trimmed.substr(1, end - 1);
    if (!is_ipv6(endpoint.host)) return bad_address(text);
    port = trimmed.substr(end + 1);
  } else if (is_ipv6(trimmed)) {
    endpoint.host = trimmed;
  } else {
    const auto colon = trimmed.find(':');
    endpoint.host = trimmed.substr(0, colon);
    if (!is_host_name(endpoint.host)) return bad_address(text);
    if (colon != std::string_view::npos) port = trimmed.substr(colon);
  }
  if (!port.empty()) {
    const auto number = port.front() == ':' ? parse_port(port.substr(1)) : std::nullopt;
    if (!number) return bad_address(text);
    endpoint.port = *number;
  }
  return endpoint;
}

std::string Endpoint::to_string() const {
  const bool brackets = host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", brackets ? "[" : "", host, brackets ? "]" : "", port);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                            c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
  return out;
}

}  // namespace lanekeeper::net
