#include "lane/device_check.h"

#include <algorithm>

#include "lane/customer_lines.h"

namespace lanekeeper::till {

namespace {

// Every digit and both lines to their ends.
constexpr const char* test_digits = "01234567890123456789";
constexpr Money test_amount = Money::of_minor(8'888'88);

}  // namespace

Lane::Devices DeviceCheck::look() const {
  Lane::Devices devices;
  devices.printer = services_.printer.state();
  devices.display = display();
  devices.drawer = has_drawer();
  for (const Scanner* scanner : services_.scanners) devices.scanners.push_back(scanner->state());
  devices.test_slip = slip_;
  devices.test_trouble = trouble_;
  devices.test_shown = shown_;
  return devices;
}

DeviceState DeviceCheck::display() const {
  return services_.display == nullptr ? DeviceState::none : services_.display->state();
}

bool DeviceCheck::has_drawer() const {
  if (services_.drawer != nullptr) return services_.drawer->is_set_up();
  return services_.printer.state() != DeviceState::none;
}

Result<void> DeviceCheck::print(const ZonedTime& now) {
  if (slip_ == TestSlip::waiting) {
    return fail("device.test_waits", "A test slip still waits for the printer. See to the printer first.");
  }
  // What was heard of it may come while it is being queued.
  slip_ = TestSlip::waiting;
  trouble_.reset();
  auto queued = paper_.print_test(now, [this](const Result<void>& result) { heard(result); });
  if (!queued) slip_ = TestSlip::none;
  lane_.changed();
  return queued;
}

// The first failure is told and the printer goes on trying; only when it was stopped nothing more comes.
void DeviceCheck::heard(const Result<void>& result) {
  trouble_.reset();
  slip_ = TestSlip::printed;
  if (!result) {
    slip_ = result.error().code == "device.stopped" ? TestSlip::lost : TestSlip::waiting;
    trouble_ = result.error();
  }
  lane_.tell({LaneEvent::Kind::device_changed, 0, "printer", trouble_});
  lane_.changed();
}

Result<void> DeviceCheck::show() {
  if (display() == DeviceState::none) return fail("display.none", "This till has no customer display.");
  services_.display->show(
      {texts_.text("receipt.display.test"), test_digits, LineDisplay::Contents::Figure::total, test_amount});
  shown_ = true;
  lane_.changed();
  return {};
}

void DeviceCheck::watch(bool wanted) {
  weighing_.watch(wanted);
  if (!wanted && std::exchange(shown_, false)) services_.display->show(of_basket());
}

// What the customer saw before: the goods that were entered last, and the total.
LineDisplay::Contents DeviceCheck::of_basket() const {
  const auto view = lane_.view();
  const auto last =
      std::find_if(view->lines.rbegin(), view->lines.rend(), [](const ViewLine& line) { return !line.voided; });
  if (last == view->lines.rend()) return {};
  const bool english = texts_.language() == i18n::Language::en && !last->name_en.empty();
  return customer_lines(ShowItem{english ? last->name_en : last->name, last->net, view->total}, texts_);
}

}  // namespace lanekeeper::till
