// What comes from the link and the devices, on the owning thread.

#include "lane/lane_impl.h"

namespace lanekeeper::till {

// ---- the link ----

// A clock that was set by hand is off on purpose.
void Lane::Impl::note_clock(std::int64_t before_s) {
  if (services.simulated_clock) link.clock_ahead_s = 0;
  if (link.clock_ahead_s == before_s) return;
  tell({LaneEvent::Kind::clock_off, link.clock_ahead_s / 60, {}, {}});
}

void Lane::link_changed(const LinkStatus& status) {
  using State = LinkStatus::State;
  const LinkStatus before = std::exchange(impl_->link, status);
  const auto code_of = [](const LinkStatus& s) { return s.ticket ? s.ticket->code : std::string(); };
  if (status.ticket && code_of(status) != code_of(before)) {
    impl_->tell({LaneEvent::Kind::pairing_code, 0, status.ticket->code, {}});
  }
  if (status.state != before.state) {
    if (status.state == State::online) {
      impl_->tell({LaneEvent::Kind::online, 0, status.server, {}});
      impl_->ask_again();
    }
    if (status.state == State::offline) impl_->tell({LaneEvent::Kind::offline, 0, status.server, status.error});
    if (status.state == State::revoked) impl_->tell({LaneEvent::Kind::revoked, 0, status.server, status.error});
  }
  impl_->note_clock(before.clock_ahead_s);
  impl_->changed();
}

void Lane::paired(std::int64_t till) {
  impl_->till = till;
  impl_->load_profile();
  impl_->restore_shift();
  impl_->tell({LaneEvent::Kind::paired, till, {}, {}});
  impl_->changed();
}

void Lane::catalogue_changed(catalogue::Version version) {
  impl_->machine.set_catalogue_version(version);
  impl_->tell({LaneEvent::Kind::catalogue_updated, version, {}, {}});
  impl_->changed();
}

void Lane::profile_changed() {
  impl_->load_profile();
  impl_->paper.print_left();
  impl_->refresh_cashier();
  impl_->tell({LaneEvent::Kind::profile_updated, impl_->profile ? impl_->profile->version : 0, {}, {}});
  impl_->changed();
}

void Lane::delivered(std::int64_t sequence) {
  impl_->record_suspended();
  impl_->suspended.send();  // the link may have been too busy for a basket before
  impl_->tell({LaneEvent::Kind::delivered, sequence, {}, {}});
  impl_->changed();
}

void Lane::parked(std::int64_t sequence, const Error& error) {
  impl_->tell({LaneEvent::Kind::parked, sequence, {}, error});
  impl_->changed();
}

void Lane::suspended_changed() {
  impl_->record_suspended();
  impl_->suspended.refresh();
}

// ---- the devices ----

ScaleReading Lane::weight() const {
  return impl_->weighing.reading();
}

Result<void> Lane::set_tare(Quantity tare) {
  auto set = impl_->weighing.set_tare(tare);
  if (!set) return impl_->refuse(set.error());
  impl_->changed();
  return {};
}

Result<void> Lane::set_scale_to_zero() {
  auto set = impl_->weighing.set_to_zero();
  if (!set) impl_->show(set.error());
  impl_->changed();
  return set;
}

Quantity Lane::tare() const {
  return impl_->weighing.tare();
}

CashDrawer::Position Lane::drawer_position() const {
  return impl_->drawer.position();
}

bool Lane::drawer_left_open() const {
  return impl_->drawer.left_open();
}

const std::vector<Error>& Lane::paper_troubles() const {
  return impl_->paper_troubles;
}

DeviceState Lane::printer_state() const {
  return impl_->services.printer.state();
}

Lane::Devices Lane::devices() const {
  return impl_->devices.look();
}

Result<void> Lane::print_test() {
  return impl_->devices.print(impl_->now());
}

Result<void> Lane::show_test() {
  return impl_->devices.show();
}

void Lane::watch_devices(bool wanted) {
  impl_->devices.watch(wanted);
}

void Lane::lock_scale(bool locked) {
  impl_->weighing.lock(locked);
}

void Lane::print_finished(std::int64_t receipt_number, const Result<void>& result) {
  impl_->printed(receipt_number, result);
}

void Lane::scanned(const std::string& data) {
  impl_->tell({LaneEvent::Kind::scanned, 0, data, {}});
  impl_->changed();
}

void Lane::scale_changed(const ScaleReading& reading) {
  impl_->weighing.changed(reading);
  impl_->tell({LaneEvent::Kind::weight, 0, {}, {}});
  impl_->changed();
}

void Lane::drawer_changed(CashDrawer::Position position) {
  impl_->drawer.moved(position);
}

void Lane::drawer_stays_open() {
  impl_->drawer.stays_open();
}

void Lane::printer_changed() {
  impl_->tell({LaneEvent::Kind::device_changed, 0, "printer", {}});
  impl_->changed();
}

}  // namespace lanekeeper::till
