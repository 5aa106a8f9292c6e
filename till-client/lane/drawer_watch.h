// Where the cash drawer stands, and saying that it was left open: when the device says so, and again with each sale
// that begins meanwhile. Nothing waits for it. While the drawer is counted at a close it may stand open.
#pragma once

#include "lane/lane_work.h"

namespace lanekeeper::till {

class DrawerWatch {
 public:
  explicit DrawerWatch(LaneWork& lane) : lane_(lane) {}

  void moved(CashDrawer::Position position);
  void stays_open();
  void look();  // after every command
  // A drawer that is open needs no opening: drawer.is_open for a NoSale, which would record one that there was not.
  [[nodiscard]] Result<void> allows(const Command& command) const;
  [[nodiscard]] CashDrawer::Position position() const { return position_; }
  [[nodiscard]] bool left_open() const { return left_open_ && told_ && !counting(); }

 private:
  [[nodiscard]] bool counting() const;

  LaneWork& lane_;
  CashDrawer::Position position_ = CashDrawer::Position::unknown;
  bool left_open_ = false;
  bool told_ = false;
  bool selling_ = false;
};

}  // namespace lanekeeper::till
