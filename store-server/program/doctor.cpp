#include "program/doctor.h"

#include <sys/stat.h>

#include "base/system_clock.h"
#include "http/admin_socket.h"
#include "net/x509.h"
#include "program/administration.h"
#include "program/private_file.h"

namespace lanekeeper::server {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr std::int64_t built_ms = 1'790'000'000'000;  // no clock that is right shows less
constexpr std::uintmax_t enough_bytes = 512ULL * 1024 * 1024;

Finding look_at_folder(const Options& options) {
  std::error_code error;
  const auto space = std::filesystem::space(options.data_dir, error);
  if (error) {
    return {Grade::bad, fmt::format("data directory {}: {}. Start the server once, or run init.",
                                    options.data_dir.string(), error.message())};
  }
  const std::string text =
      fmt::format("data directory {}: {} MB free", options.data_dir.string(), space.available / (1024 * 1024));
  return {space.available < enough_bytes ? Grade::bad : Grade::good, text};
}

Finding look_at_secret(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {Grade::bad, fmt::format("{} is missing", path.string())};
  if ((status.st_mode & 077) != 0) {
    return {Grade::bad, fmt::format("{} can be read by others. Run: chmod 600 {}", path.string(), path.string())};
  }
  return {Grade::good, fmt::format("{} is private", path.string())};
}

Finding look_at_certificate(const std::filesystem::path& path, Instant now, std::int64_t warn_days) {
  const auto pem = read_file(path);
  if (!pem || !*pem) return {Grade::bad, fmt::format("{} cannot be read", path.string())};
  const auto info = net::parse_certificate(**pem);
  if (!info) return {Grade::bad, fmt::format("{} is not a certificate", path.string())};
  const std::int64_t days = (info->not_after.unix_ms - now.unix_ms) / day_ms;
  const Grade grade = days < 0 ? Grade::bad : days < warn_days ? Grade::warning : Grade::good;
  return {grade, fmt::format("{} ({}) is good for {} days", path.string(), info->common_name, days)};
}

Finding look_at_clock(Instant now) {
  const std::string time = SystemClock().now().to_string();
  if (now.unix_ms < built_ms) return {Grade::bad, "the clock shows " + time + ", which has long passed. Set it."};
  return {Grade::good, "the clock shows " + time};
}

void look_at_templates(const Options& options, std::vector<Finding>& findings) {
  const auto answer = http::call_admin(options.admin_socket(), {{"command", "receipt-template"}, {"do", "list"}});
  if (!answer) return;
  for (const auto& one : answer->value("templates", json::Value::array())) {
    const auto name = fmt::format("receipt template {} {}", one.value("kind", ""), one.value("language", ""));
    const auto problem = one.value("problem", "");
    findings.push_back(problem.empty() ? Finding{Grade::good, name + " can be read"}
                                       : Finding{Grade::warning, fmt::format("{} cannot be read, so the built-in one "
                                                                             "prints: {}. Set it again.",
                                                                             name, problem)});
  }
}

void look_at_server(const Options& options, std::vector<Finding>& findings) {
  const auto info = http::call_admin(options.admin_socket(), {{"command", "database-info"}});
  if (!info) {
    findings.push_back({Grade::warning, "the server does not run"});
    return;
  }
  findings.push_back({Grade::good, "the server runs"});
  try {
    storage::Database(database_of(*info)).check();
    findings.push_back({Grade::good, "the database answers"});
  } catch (const Fault& fault) {
    findings.push_back({Grade::bad, std::string("the database does not answer: ") + fault.what()});
    return;
  }
  look_at_templates(options, findings);
}

}  // namespace

std::vector<Finding> examine(const Options& options) {
  const Instant now = SystemClock().now().instant;
  const std::filesystem::path keys = options.data_dir / "keys";
  std::vector<Finding> findings = {look_at_folder(options), look_at_clock(now)};
  for (const char* name : {"ca.key", "server.key", "signing.key"}) findings.push_back(look_at_secret(keys / name));
  findings.push_back(look_at_certificate(keys / "ca.pem", now, 365));
  findings.push_back(look_at_certificate(keys / "server.pem", now, 30));
  look_at_server(options, findings);
  return findings;
}

}  // namespace lanekeeper::server
