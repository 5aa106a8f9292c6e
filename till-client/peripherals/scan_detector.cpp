#include "peripherals/scan_detector.h"

#include <string_view>
#include <utility>

namespace lanekeeper::till {

namespace {

using barcode::Symbology;

constexpr std::size_t identifier_length = 3;  // ']', code character, modifier

constexpr std::pair<std::string_view, Symbology> identifiers[] = {
    {"]E4", Symbology::ean8}, {"]E", Symbology::ean13},   {"]X", Symbology::unknown},
    {"]I", Symbology::itf14}, {"]C", Symbology::code128},
};

}  // namespace

void ScanDetector::character(char c, std::int64_t at_ms) {
  if (!continues(at_ms) || burst_.size() >= max_length) {
    burst_.clear();
    paused_ = false;
  } else if (at_ms - last_ms_ > max_gap_ms) {
    paused_ = true;
  }
  burst_ += c;
  last_ms_ = at_ms;
}

bool ScanDetector::continues(std::int64_t at_ms) const {
  if (burst_.empty() || at_ms < last_ms_) return false;
  return at_ms - last_ms_ <= patience_ms();
}

std::int64_t ScanDetector::patience_ms() const {
  if (burst_.empty()) return 0;
  const bool may_pause = !paused_ && burst_.size() >= pause_after;
  return may_pause ? longest_pause_ms : max_gap_ms;
}

std::optional<DetectedScan> ScanDetector::enter(std::int64_t at_ms) {
  const bool whole = prefix_ || burst_.size() >= min_length;
  const bool follows = continues(at_ms) && (whole || at_ms - last_ms_ <= max_gap_ms);
  const std::string burst = std::exchange(burst_, {});
  // A key held down repeats as fast as a scanner types, but always the same character.
  const bool one_key = burst.find_first_not_of(burst.empty() ? '\0' : burst.front()) == std::string::npos;
  if (!follows || one_key) return std::nullopt;
  if (prefix_ ? !burst.starts_with(*prefix_) : burst.size() < min_length) return std::nullopt;
  DetectedScan scan = split_aim_identifier(prefix_ ? burst.substr(1) : burst);
  scan.typed = burst.size();
  return scan;
}

DetectedScan split_aim_identifier(std::string text) {
  DetectedScan scan;
  // GS1-128: the identifier says how the data is to be read, so it stays; barcode::decode() takes it.
  if (text.starts_with("]C1")) {
    scan.data = std::move(text);
    return scan;
  }
  for (const auto& [start, symbology] : identifiers) {
    if (text.size() <= identifier_length || !text.starts_with(start)) continue;
    scan.symbology = symbology;
    scan.data = text.substr(identifier_length);
    return scan;
  }
  scan.data = std::move(text);
  return scan;
}

}  // namespace lanekeeper::till
