// A database that is damaged is never thrown away. Private to this room.
#pragma once

#include <filesystem>

namespace lanekeeper::till {

// Moves a database with its log out of the way, to FILE.damaged-N, and says where to. Throws filesystem_error,
// Fault("cache.damaged_files") when too many lie there already.
std::filesystem::path put_aside(const std::filesystem::path& file);

}  // namespace lanekeeper::till
