// Scales by address.
//
//   mettler-8217:/dev/ttyS0            9600 7E1
//   cas:/dev/ttyUSB0                   AP and AD, 9600 8N1
//   cas-text:/dev/ttyUSB0              lines of text, 9600 8N1; ",ask=W" for a scale that waits to be asked
//   cas-pd2:/dev/ttyUSB0               PD-II, ECR type 2, 9600 7E1
//   nci:tcp://10.0.8.51:4001           SCP-01, 9600 7E1
//   dialog06:/dev/ttyS0,poly=8005      9600 7O1; poly: the low sixteen bits of the maker's checksum polynomial, in hex
//   none
// More options after commas: the line ("4800", "8N1"), and "lb" for mettler-8217 and cas-pd2, whose weights have no
// unit.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "lane/device_ports.h"
#include "peripherals/device_address.h"
#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

struct ScaleAddress {
  enum class Protocol { none, mettler_8217, cas, cas_text, cas_pd2, nci, dialog06 };
  Protocol protocol = Protocol::none;
  SerialAddress port;
  WeightUnit unit = WeightUnit::kilogram;
  std::string question;                                                    // cas-text
  std::optional<std::uint16_t> polynomial;                                 // dialog06
  [[nodiscard]] static Result<ScaleAddress> parse(std::string_view text);  // scale.bad_address
};

// The codec of an address; not for Protocol::none.
[[nodiscard]] std::unique_ptr<ScaleCodec> make_scale_codec(const ScaleAddress& address);

struct ScaleTiming {
  std::chrono::milliseconds live{250};    // between two questions while somebody wants the weight
  std::chrono::milliseconds idle{3000};   // and while nobody does
  std::chrono::milliseconds answer{800};  // how long one conversation may take
  std::chrono::milliseconds first_retry{250};
  std::chrono::milliseconds longest_retry{3000};
};

// The scale with its worker thread. Never blocks the caller; the destructor waits for the end of what is under way,
// which the stop signal cuts short.
[[nodiscard]] std::unique_ptr<Scale> make_scale(const ScaleAddress& address, const ScaleTiming& timing = {});

}  // namespace lanekeeper::till
