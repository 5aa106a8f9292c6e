// Remembers every write, truncation and sync of the files in one directory, and can make the directory as a power cut
// at any moment could have left it: what was synced is there, of the rest any part may be missing or torn at a sector.
// Takes the place of pwrite, pwrite64, ftruncate64, fsync and fdatasync in this program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>

namespace lanekeeper::till::test {

// Files as they are when recording starts count as safely on the disk.
void start_recording(const std::filesystem::path& directory);
// How many calls have been recorded so far.
[[nodiscard]] std::size_t recorded_calls();
void stop_recording();
// The files after the first `calls` calls and a power cut, in an empty directory.
void power_cut(std::size_t calls, std::mt19937& chance, const std::filesystem::path& into);

}  // namespace lanekeeper::till::test
