// Small files that must be whole or absent, and readable by nobody else.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace lanekeeper::office {

// office.data_directory (details "path", "reason"). Makes the directory (0700) when it is not there.
[[nodiscard]] Result<void> write_private_file(const std::filesystem::path& path, std::string_view content);
// nullopt when there is no such file.
[[nodiscard]] Result<std::optional<std::string>> read_small_file(const std::filesystem::path& path);

}  // namespace lanekeeper::office
