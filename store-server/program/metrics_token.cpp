#include "program/metrics_token.h"

#include "base/text.h"
#include "program/private_file.h"
#include "services/secret_text.h"

namespace lanekeeper::server {
namespace {

constexpr std::size_t shortest = 32;

tl::unexpected<Error> bad(const std::filesystem::path& path, const char* reason) {
  return fail("options.bad_metrics_token",
              "The file with the token for metrics cannot be used. Delete it, then the server makes a new one.",
              {{"path", path.string()}, {"reason", reason}});
}

}  // namespace

Result<journal::Hash> open_metrics_token(const std::filesystem::path& path, RandomSource& random) {
  auto text = read_file(path);
  if (!text) return fail(std::move(text.error()));
  if (!*text) {
    *text = services::make_secret(random) + "\n";
    if (auto written = write_private_file(path, **text); !written) return fail(std::move(written.error()));
  }
  using std::filesystem::perms;
  std::error_code error;
  const auto allowed = std::filesystem::status(path, error).permissions();
  if (error || (allowed & (perms::others_all | perms::group_write)) != perms::none) {
    return bad(path, "others may read or change it");
  }
  const std::string secret(trim(**text));
  if (secret.size() < shortest) return bad(path, "it is shorter than 32 characters");
  return services::hash_of_secret(secret);
}

}  // namespace lanekeeper::server
