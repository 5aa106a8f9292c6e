// Between the keyboard and the desk: tells scans from typing, and keeps a scanner from pressing keys.
//
// A typed character appears at once. What was typed during a burst is taken back when the burst turns out to be a scan;
// characters that are commands (+ and *) wait until the burst is over, so that a barcode that contains one can never
// pay or multiply. Pure: time comes in with every key, and it is the time at which the key was pressed, not the one at
// which a busy window got to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "peripherals/scan_detector.h"

namespace lanekeeper::till::ui {

class KeySink {
 public:
  virtual ~KeySink() = default;
  [[nodiscard]] virtual bool is_command(char32_t character) const = 0;
  virtual void character(char32_t character) = 0;  // a command or something for the entry
  virtual void enter() = 0;
  virtual void scan(const DetectedScan& scan) = 0;
  virtual void save_draft() = 0;     // a burst may begin here
  virtual void restore_draft() = 0;  // it was a scan: as it was when it was saved
};

class KeyGate {
 public:
  // `prefix`: as ScanDetector's.
  explicit KeyGate(KeySink& sink, std::optional<char> prefix = std::nullopt) : sink_(sink), detector_(prefix) {}

  void character(char32_t character, std::int64_t pressed_at_ms);
  void enter(std::int64_t pressed_at_ms);
  void other_key();  // before any other key is handled
  // Lets waiting commands through. Call it when wake_in_ms() has passed since the last key and no further one is on its
  // way.
  void burst_over();
  [[nodiscard]] bool waiting() const { return !held_.empty(); }
  // As long as the burst may still go on, a scanner's hiccup included: what a person types one by one waits the
  // shorter time.
  [[nodiscard]] int wake_in_ms() const { return static_cast<int>(detector_.patience_ms()) + play_ms; }
  static constexpr int look_again_ms = static_cast<int>(ScanDetector::max_gap_ms) + 5;  // while keys are on their way

 private:
  static constexpr int play_ms = 5;
  KeySink& sink_;
  ScanDetector detector_;
  std::u32string held_;
};

}  // namespace lanekeeper::till::ui
