// Real data beside the project; not part of it. Tests that want it say loudly when it is not there.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lanekeeper::shared_data {

inline std::optional<std::vector<std::string>> lines_of(const std::string& file) {
  const auto path = std::filesystem::path(LANEKEEPER_SOURCE_DIR).parent_path() / "shared" / "data" / file;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  for (;;) {
    const auto end = line.find('\t');
    fields.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

// What a test that is skipped for want of it says.
inline std::string absent(std::string_view file) {
  return "NOT CHECKED: ../shared/data/" + std::string(file) + " is not there";
}

}  // namespace lanekeeper::shared_data
