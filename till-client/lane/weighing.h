// Goods on the scale: as soon as goods wait for a weight and the plate says a stable one, the lane takes it; nobody
// presses a key. The plate must have changed since the weighing before, so that what still lies there is not sold
// twice. What is wrong with the weight is shown and blocks nothing.
#pragma once

#include <optional>

#include "lane/device_ports.h"
#include "lane/lane_work.h"

namespace lanekeeper::till {

class Weighing {
 public:
  Weighing(LaneWork& lane, Scale* scale) : lane_(lane), scale_(scale) {}

  [[nodiscard]] ScaleReading reading() const;
  [[nodiscard]] Result<void> set_tare(Quantity tare);  // register.bad_tare
  [[nodiscard]] Quantity tare() const { return tare_; }
  // scale.none, scale.absent, scale.cannot_zero, scale.moving
  [[nodiscard]] Result<void> set_to_zero();

  // Somebody looks at what the scale says, though no goods wait. What they put there is no customer's: nothing is taken
  // until it is over, and then what the scale says by now.
  void watch(bool wanted);
  // The same while the till is locked.
  void lock(bool locked);

  // After every command: whether somebody wants a weight may have changed. True: goods got their weight at once.
  bool look();
  // The scale says something else than before.
  void changed(const ScaleReading& reading);

 private:
  bool take(const ScaleReading& reading);
  void say(const ScaleReading& reading);
  [[nodiscard]] bool wanted() const;
  [[nodiscard]] bool takes() const { return !watched_ && !locked_; }
  void go_on();

  LaneWork& lane_;
  Scale* scale_;
  Quantity tare_;
  Quantity last_taken_;
  bool plate_changed_ = true;  // since the weighing before
  catalogue::ItemId waiting_ = 0;
  bool taking_ = false;
  bool watched_ = false;
  bool locked_ = false;
};

}  // namespace lanekeeper::till
