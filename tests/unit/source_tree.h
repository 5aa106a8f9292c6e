// The project's own files, for tests that check the tree itself.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lanekeeper::source_tree {

[[nodiscard]] std::filesystem::path root();

struct File {
  std::string path;  // relative to the root, with '/'
  std::string text;
};
// All C++ files under these folders of the root, in the order of their paths. A folder that is not there has none.
[[nodiscard]] std::vector<File> cpp_files(const std::vector<std::string>& folders);

// The text with comments blanked out (their line breaks stay); with_strings == false blanks string literals too.
[[nodiscard]] std::string without_comments(const std::string& text, bool with_strings);

[[nodiscard]] long line_of(const std::string& text, std::size_t position);

}  // namespace lanekeeper::source_tree
