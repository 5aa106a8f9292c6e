// Tells a scanner that types like a keyboard from a person: characters that follow each other within 30 ms and end in
// Enter are a scan, whatever field had the focus. A machine that is busy may hold a burst up once; nobody types two
// keys like a scanner and goes on like one within that time. What a pause cuts off before its second character stays
// typed. Pure: time comes in with every key.
//
//   on a character:  detector.character(c, at_ms);            and show it where it was typed
//   on Enter:        if (auto scan = detector.enter(at_ms)) { take back scan->typed characters; send the scan; }
//                    else the Enter is a person's
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "barcode/scan.h"

namespace lanekeeper::till {

struct DetectedScan {
  std::string data;                                            // without the AIM identifier
  barcode::Symbology symbology = barcode::Symbology::unknown;  // from the AIM identifier when there is one
  std::size_t typed = 0;  // characters that went to the screen since the burst began
};

class ScanDetector {
 public:
  // With the prefix that the shop's scanners are set up to send, only bursts that begin with it are scans, of whatever
  // length. It is taken off; it counts as typed.
  explicit ScanDetector(std::optional<char> prefix = std::nullopt) : prefix_(prefix) {}

  static constexpr std::int64_t max_gap_ms = 30;
  static constexpr std::int64_t longest_pause_ms = 120;  // once in a burst, also before its Enter
  static constexpr std::size_t pause_after = 2;          // characters that came at a scanner's pace
  static constexpr std::size_t min_length = 4;           // shorter bursts happen to fast fingers
  static constexpr std::size_t max_length = 4096;        // a key that is stuck does not fill the memory

  void character(char c, std::int64_t at_ms);
  // Whether a character at that time would belong to the burst that is under way.
  [[nodiscard]] bool continues(std::int64_t at_ms) const;
  // How long after its last character the burst may still go on; 0: none is under way.
  [[nodiscard]] std::int64_t patience_ms() const;
  [[nodiscard]] std::optional<DetectedScan> enter(std::int64_t at_ms);
  // Any other key: the burst is over.
  void reset() { burst_.clear(); }

 private:
  std::optional<char> prefix_;
  std::string burst_;
  std::int64_t last_ms_ = 0;
  bool paused_ = false;
};

// "]E0690..." -> EAN-13 and the rest (ISO/IEC 15424). Without an identifier: unknown and the text itself.
[[nodiscard]] DetectedScan split_aim_identifier(std::string text);

}  // namespace lanekeeper::till
