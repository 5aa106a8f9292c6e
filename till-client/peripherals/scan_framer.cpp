#include "peripherals/scan_framer.h"

#include <algorithm>
#include <utility>

namespace lanekeeper::till {

namespace {

bool is_line_end(char c) {
  return c == '\r' || c == '\n';
}

}  // namespace

std::vector<std::string> ScanFramer::receive(std::string_view bytes) {
  std::vector<std::string> scans;
  for (const char c : bytes) {
    if (marks_.suffix.empty() && is_line_end(c)) {
      marks_ends_ = marks_ends_ || !scan_.empty();
      finish(scans);
      continue;
    }
    // After a suffix some scanners send a line end as well.
    if (scan_.empty() && is_line_end(c) && !marks_.suffix.starts_with(c)) continue;
    scan_ += c;
    if (!marks_.suffix.empty() && scan_.ends_with(marks_.suffix)) {
      scan_.resize(scan_.size() - marks_.suffix.size());
      marks_ends_ = true;
      finish(scans);
    } else if (scan_.size() > max_length) {
      too_long_ = true;
      scan_.erase(0, scan_.size() - std::max<std::size_t>(marks_.suffix.size(), 1));
    }
  }
  return scans;
}

std::vector<std::string> ScanFramer::silence() {
  std::vector<std::string> scans;
  finish(scans);
  return scans;
}

void ScanFramer::damaged() {
  // Its rest is still to come and is no scan either.
  too_long_ = true;
  scan_ = "?";
}

void ScanFramer::finish(std::vector<std::string>& scans) {
  std::string scan = std::exchange(scan_, {});
  if (std::exchange(too_long_, false)) return;
  if (!marks_.prefix.empty() && scan.starts_with(marks_.prefix)) scan.erase(0, marks_.prefix.size());
  if (!scan.empty()) scans.push_back(std::move(scan));
}

}  // namespace lanekeeper::till
