// What the lane needs of its devices, under the names that UnifiedPOS (OMG, 1.15) gives them: Scanner, Scale,
// CashDrawer, LineDisplay. The receipt printer (POSPrinter) is in ports.h. The room peripherals implements them.
//
// Thread rules: every function here is called on the owning thread and returns at once: each device works on a bounded
// worker thread of its own, so none can delay a scan. Listeners are called on the device's thread; whoever listens
// hands over (Post). After the object is gone no listener is called.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"
#include "lane/ports.h"
#include "money/money.h"

namespace lanekeeper::till {

// A scan as the scanner sent it: without prefix, suffix and line end; an AIM identifier ("]E0") stays in front.
class Scanner {
 public:
  virtual ~Scanner() = default;
  virtual void on_scan(std::function<void(std::string data)> listener) = 0;  // set once, before start()
  virtual void start() = 0;
  [[nodiscard]] virtual DeviceState state() const = 0;
};

struct ScaleReading {
  enum class State {
    none,        // no scale is set up
    absent,      // it does not answer
    garbled,     // it answers what nobody can read
    zero,        // nothing lies on it
    moving,      // the weight is not stable yet
    stable,      // gross holds
    under_zero,  // the plate was lifted, or a tare stands in the scale itself
    overload,
  };
  State state = State::none;
  Quantity gross;  // kg, three decimals; stable and moving only
  bool operator==(const ScaleReading&) const = default;
};

// A scale that is asked several times a second while somebody wants its weight, and now and then otherwise. Tare is
// taken off by the register, not by the scale, so that it can be recorded.
class Scale {
 public:
  virtual ~Scale() = default;
  virtual void on_reading(
      std::function<void(const ScaleReading&)> listener) = 0;  // when it changed; set before start()
  virtual void start() = 0;
  virtual void set_live(bool wanted) = 0;
  [[nodiscard]] virtual ScaleReading reading() const = 0;
  virtual void zero() = 0;  // where the protocol can
  [[nodiscard]] virtual bool can_zero() const { return true; }
};

// Two lines that face the customer. What is newest is shown; what was not shown yet is dropped for it.
class LineDisplay {
 public:
  virtual ~LineDisplay() = default;
  struct Contents {
    enum class Figure { none, price, total, paid, change };  // the lamp of a display that shows digits only
    std::string upper;                                       // text lines, UTF-8; what does not fit is cut
    std::string lower;
    Figure figure = Figure::none;
    Money amount;  // of the figure
    bool operator==(const Contents&) const = default;
  };
  virtual void show(const Contents& contents) = 0;
  [[nodiscard]] virtual DeviceState state() const = 0;
};

// A drawer that hangs at the printer, at the display or at a port of its own.
class CashDrawer {
 public:
  enum class Position { unknown, closed, open };
  virtual ~CashDrawer() = default;
  // False: this stands for no drawer at all.
  [[nodiscard]] virtual bool is_set_up() const { return true; }
  [[nodiscard]] virtual Result<void> open() = 0;  // device.*; the pulse is dropped when it cannot go out soon
  virtual void on_position(std::function<void(Position)> listener) = 0;
  // Once for each time that it stands open for too long, where the position is known; set before on_position().
  virtual void on_left_open(std::function<void()> /*listener*/) {}
  [[nodiscard]] virtual Position position() const = 0;
};

}  // namespace lanekeeper::till
