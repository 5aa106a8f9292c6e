// Small files that are replaced as a whole: the new one is complete and on the disk before the old one is gone.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace lanekeeper::till {

// Readable by the owner only (0600). file.unwritable, file.disk_full.
[[nodiscard]] Result<void> write_private_file(const std::filesystem::path& file, std::string_view content);
// nullopt: there is no such file. file.unreadable, file.too_large (over a MiB).
[[nodiscard]] Result<std::optional<std::string>> read_small_file(const std::filesystem::path& file);
// Gone for good, also after a power cut. A file that is not there is fine.
void remove_file(const std::filesystem::path& file);

}  // namespace lanekeeper::till
