// The protocols of checkout scales, as pure conversations: bytes in, bytes out. docs/devices.md has the frames and
// their sources.
//
// The one who drives a codec sends what begin() says, hands over what the scale sends in pieces of any size, sends each
// reply at once, and stops at the first reading. Noise before a frame is skipped; a frame that cannot be understood, or
// whose check does not fit, is a reading of state garbled.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lane/device_ports.h"
#include "peripherals/weights.h"

namespace lanekeeper::till {

struct ScaleAnswer {
  std::string reply;                    // goes to the scale at once; may be empty
  std::optional<ScaleReading> reading;  // ends the conversation
};

class ScaleCodec {
 public:
  virtual ~ScaleCodec() = default;
  // A new conversation; what was left of the last one is forgotten.
  [[nodiscard]] virtual std::string begin() = 0;
  [[nodiscard]] virtual ScaleAnswer receive(std::string_view bytes) = 0;
  // Whether the protocol says if the weight is stable. If not, two equal weights in a row have to do.
  [[nodiscard]] virtual bool tells_motion() const { return true; }
  [[nodiscard]] virtual std::string zero_command() const { return {}; }  // empty: it has none
};

// The scale's weight has no unit in these two: the scale is set to one.
[[nodiscard]] std::unique_ptr<ScaleCodec> make_mettler_8217(WeightUnit unit);
[[nodiscard]] std::unique_ptr<ScaleCodec> make_cas_pd2(WeightUnit unit);
[[nodiscard]] std::unique_ptr<ScaleCodec> make_cas();
// Lines of text; `question` is what makes the scale send one, empty when it sends by itself.
[[nodiscard]] std::unique_ptr<ScaleCodec> make_cas_text(std::string question);
[[nodiscard]] std::unique_ptr<ScaleCodec> make_nci();

struct Dialog06Settings {
  // The low sixteen bits of the maker's checksum polynomial. It is a secret of each maker and not in this program;
  // without it a scale that asks for the checksum will not weigh (its readings are garbled).
  std::optional<std::uint16_t> polynomial;
  std::function<std::uint16_t()> pick;  // a number nobody can foresee, for the checksum; needed
};
[[nodiscard]] std::unique_ptr<ScaleCodec> make_dialog06(Dialog06Settings settings);

// The correction value for a checksum: the remainder of checksum * x^16 by x^16 + polynomial.
[[nodiscard]] std::uint16_t dialog06_correction(std::uint16_t checksum, std::uint16_t polynomial);

// For protocols that do not tell motion: a weight is moving until it has come twice in a row.
class Steadiness {
 public:
  [[nodiscard]] ScaleReading judge(const ScaleReading& reading);

 private:
  ScaleReading last_;
};

// Collects the bytes of frames between a start byte and an end byte; what is too long is dropped.
class FrameCollector {
 public:
  FrameCollector(char start, char end, std::size_t longest) : start_(start), end_(end), longest_(longest) {}
  void clear() { inside_ = false; }
  // The finished frame without its marks.
  [[nodiscard]] std::optional<std::string> take(char c);
  [[nodiscard]] bool inside() const { return inside_; }
  [[nodiscard]] const std::string& so_far() const { return frame_; }

 private:
  char start_;
  char end_;
  std::size_t longest_;
  bool inside_ = false;
  std::string frame_;
};

}  // namespace lanekeeper::till
