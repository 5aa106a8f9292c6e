// One JSON object a line, to standard error and to a rotating file: {"time","level","thread","message"}.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"

namespace lanekeeper::server {

// Makes it the default logger of the program. level: trace, debug, info, warn, error. log.unwritable
[[nodiscard]] Result<void> start_logging(const std::filesystem::path& folder, const std::string& level);
// For commands: plain text to standard error, warnings and worse.
void start_plain_logging();

}  // namespace lanekeeper::server
