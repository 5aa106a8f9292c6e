// Where the characters of a scanner come from. Used by one worker thread.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "peripherals/descriptor.h"
#include "peripherals/device_address.h"

namespace lanekeeper::till {

class ScanSource {
 public:
  struct Chunk {
    std::string characters;
    bool damaged = false;  // some were lost before these
  };
  virtual ~ScanSource() = default;
  [[nodiscard]] virtual Result<void> open(const StopSignal& stop) = 0;  // device.absent
  // May be empty when what came makes no character. device.timeout; after any other error it is closed.
  [[nodiscard]] virtual Result<Chunk> read(Milliseconds limit, const StopSignal& stop) = 0;
};

[[nodiscard]] std::unique_ptr<ScanSource> make_serial_source(const SerialAddress& address);

// A file of Linux input events. A real device is grabbed: its keys reach nobody else. The events may also come through
// a pipe.
[[nodiscard]] std::unique_ptr<ScanSource> make_evdev_source(std::string path);

}  // namespace lanekeeper::till
