// A virtual scale: says to a till what is lying on it, in the words of real scales.
//
// Commands: "weight 0.836" (kg), "moving", "stable", "zero", "under", "over", "net" (a tare is set at the scale), and
// for dialog06 "challenge 8005": it asks for the checksum of that polynomial from now on.
#pragma once

#include <memory>
#include <string>

#include "device_host.h"

namespace lanekeeper::devices {

struct Plate {
  enum class Trouble { none, moving, under, over };
  long grams = 0;
  Trouble trouble = Trouble::none;
  bool net = false;
  bool disturbed = true;  // something has moved since the last weight was given away
};

// How one kind of scale talks.
class ScaleSpeech {
 public:
  virtual ~ScaleSpeech() = default;
  [[nodiscard]] virtual std::string hear(std::string_view bytes, Plate& plate) = 0;
  [[nodiscard]] virtual std::string by_itself(Plate&) { return {}; }
  virtual bool challenge(std::uint16_t) { return false; }
};

// mettler-8217, cas, cas-text, cas-pd2, nci, dialog06; nullptr: unknown.
[[nodiscard]] std::unique_ptr<ScaleSpeech> scale_speech(const std::string& protocol);
[[nodiscard]] std::unique_ptr<ScaleSpeech> dialog06_speech();

// Throws std::invalid_argument when the protocol is unknown.
[[nodiscard]] std::unique_ptr<LineDevice> virtual_scale(const std::string& protocol);

}  // namespace lanekeeper::devices
