// Cuts what a scanner sends into scans. Pure: whoever reads the bytes says when the scanner has fallen silent.
//
// A scan ends at its suffix, or at CR or LF when none is set up, or, for a scanner that sends no end, when it falls
// silent. Nothing is merged: what comes after an end is another scan. What is longer than any code is dropped down to
// its end, so that a device that never stops does not fill the memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lanekeeper::till {

struct ScanMarks {
  std::string prefix;  // taken off where it is there
  std::string suffix;  // empty: CR or LF
  bool operator==(const ScanMarks&) const = default;
};

class ScanFramer {
 public:
  static constexpr std::size_t max_length = 4096;

  explicit ScanFramer(ScanMarks marks) : marks_(std::move(marks)) {}

  // The scans that these bytes finish, in order; none is empty.
  [[nodiscard]] std::vector<std::string> receive(std::string_view bytes);
  // Nothing came for a while: the scan that has no end yet, if any.
  [[nodiscard]] std::vector<std::string> silence();
  // Bytes got lost on the way: what was begun is thrown away.
  void damaged();

  [[nodiscard]] bool in_scan() const { return !scan_.empty(); }
  // It has sent end marks, so a pause within a scan is a hiccup rather than its end.
  [[nodiscard]] bool marks_ends() const { return marks_ends_; }

 private:
  void finish(std::vector<std::string>& scans);

  ScanMarks marks_;
  std::string scan_;
  bool too_long_ = false;
  bool marks_ends_ = false;
};

}  // namespace lanekeeper::till
