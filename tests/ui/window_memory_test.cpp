// What the window remembers, on a disk that is full.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "window_memory.h"

namespace lanekeeper::till {
namespace {

TEST(WindowMemoryTest, AFullDiskLeavesWhatWasKept) {
  const auto directory = std::filesystem::temp_directory_path() / ("window-memory-" + std::to_string(getpid()));
  std::filesystem::create_directories(directory);
  const WindowMemory memory(directory);
  EXPECT_EQ(memory.text_percent(), 100);
  memory.keep_text_percent(115);
  EXPECT_EQ(memory.text_percent(), 115);
  // Everything that is written there fails as on a full disk.
  std::filesystem::create_symlink("/dev/full", directory / "window.conf.new");
  memory.keep_text_percent(130);
  EXPECT_EQ(memory.text_percent(), 115);
  EXPECT_FALSE(std::filesystem::is_symlink(directory / "window.conf.new"));
  memory.keep_text_percent(130);
  EXPECT_EQ(memory.text_percent(), 130) << "there is room again";
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace lanekeeper::till
