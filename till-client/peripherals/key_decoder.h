// The characters that a scanner types as a keyboard of the United States, from the key codes of Linux's input events
// (linux/input-event-codes.h). Pure.
#pragma once

#include <cstdint>
#include <optional>

namespace lanekeeper::till {

class KeyDecoder {
 public:
  // A key event: value 1 pressed, 0 released, 2 held. The character it makes, Enter as CR; keys that make none, such as
  // shift, and held keys give nothing. Ctrl makes control characters: Ctrl+] is GS (0x1D), as in GS1 codes.
  [[nodiscard]] std::optional<char> key(std::uint16_t code, std::int32_t value);
  // Events were lost: no modifier is known to be down.
  void reset() { *this = {}; }

 private:
  bool left_shift_ = false;
  bool right_shift_ = false;
  bool left_ctrl_ = false;
  bool right_ctrl_ = false;
};

}  // namespace lanekeeper::till
