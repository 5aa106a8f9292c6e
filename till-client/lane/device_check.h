// Trying the devices out: how each stands, a test slip, a test on the customer's display. Nothing of it is recorded,
// and nothing waits for a device.
#pragma once

#include "lane/lane_work.h"
#include "lane/paper_desk.h"
#include "lane/weighing.h"

namespace lanekeeper::till {

class DeviceCheck {
 public:
  DeviceCheck(LaneWork& lane, LaneServices& services, PaperDesk& paper, Weighing& weighing, const i18n::Texts& texts)
      : lane_(lane), services_(services), paper_(paper), weighing_(weighing), texts_(texts) {}

  [[nodiscard]] Lane::Devices look() const;
  // Lane::print_test(), show_test(), watch_devices()
  [[nodiscard]] Result<void> print(const ZonedTime& now);
  [[nodiscard]] Result<void> show();
  void watch(bool wanted);

 private:
  using TestSlip = Lane::Devices::TestSlip;
  void heard(const Result<void>& result);
  [[nodiscard]] DeviceState display() const;
  [[nodiscard]] bool has_drawer() const;
  [[nodiscard]] LineDisplay::Contents of_basket() const;  // empty: none is open

  LaneWork& lane_;
  LaneServices& services_;
  PaperDesk& paper_;
  Weighing& weighing_;
  const i18n::Texts& texts_;
  TestSlip slip_ = TestSlip::none;
  std::optional<Error> trouble_;
  bool shown_ = false;
};

}  // namespace lanekeeper::till
