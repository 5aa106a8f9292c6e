// What a scraper of /metrics shows instead of a certificate and a person: a secret in a file (--metrics-token).
#pragma once

#include <filesystem>

#include "base/error.h"
#include "base/ids.h"
#include "journal/chain.h"

namespace lanekeeper::server {

// The SHA-256 of the secret. Makes the file, 0600, when there is none. options.bad_metrics_token (details "path",
// "reason"): shorter than 32 characters, or others than its owner and group may read it. files.*
[[nodiscard]] Result<journal::Hash> open_metrics_token(const std::filesystem::path& path, RandomSource& random);

}  // namespace lanekeeper::server
