#include "program/options.h"

#include <unistd.h>

#include <charconv>
#include <cstdlib>

#include "http/request.h"

namespace lanekeeper::server {
namespace {

constexpr std::string_view scheme = "mysql://";

tl::unexpected<Error> bad(std::string_view reason) {
  return fail("options.bad_database",
              "The database address cannot be understood. Write managed, or "
              "mysql://user:password@host:port/schema, or mysql://user:password@/schema?socket=/path.",
              {{"reason", std::string(reason)}});
}

// Text up to a mark; the rest without it. All of it when the mark is not there.
std::string_view take_until(std::string_view& rest, char mark) {
  const auto end = rest.find(mark);
  const std::string_view head = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return head;
}

}  // namespace

std::filesystem::path default_data_dir() {
  if (geteuid() == 0) return "/var/lib/lanekeeper";
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
    return std::filesystem::path(data) / "lanekeeper" / "server";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".local" / "share" / "lanekeeper" / "server";
}

Result<storage::DatabaseConfig> parse_database_address(const std::string& address) {
  std::string_view rest = address;
  if (!rest.starts_with(scheme)) return bad("it does not begin with mysql://");
  rest.remove_prefix(scheme.size());
  const auto at = rest.rfind('@');
  if (at == std::string_view::npos) return bad("no user before @");
  std::string_view credentials = rest.substr(0, at);
  std::string_view place = rest.substr(at + 1);

  storage::DatabaseConfig config;
  const auto user = http::percent_decode(take_until(credentials, ':'), false);
  const auto password = http::percent_decode(credentials, false);
  if (!user || !password) return bad("user or password are badly encoded");
  config.user = *user;
  config.password = *password;
  if (config.user.empty()) return bad("no user");

  std::string_view host = take_until(place, '/');
  config.schema = take_until(place, '?');
  if (config.schema.empty()) return bad("no schema after the host");
  if (place.starts_with("socket=")) {
    config.unix_socket = place.substr(7);
  } else if (!place.empty()) {
    return bad("only socket= may follow the ?");
  }
  const std::string_view name = take_until(host, ':');
  if (name.empty() && config.unix_socket.empty()) return bad("no host");
  config.host = name;
  if (!host.empty()) {
    const auto [end, error] = std::from_chars(host.data(), host.data() + host.size(), config.port);
    if (error != std::errc() || end != host.data() + host.size() || config.port < 1 || config.port > 65535) {
      return bad("the port is not a number");
    }
  }
  return config;
}

}  // namespace lanekeeper::server
