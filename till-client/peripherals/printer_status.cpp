#include "peripherals/printer_status.h"

namespace lanekeeper::till {

namespace {

constexpr int printer_question = 1;
constexpr int offline_question = 2;
constexpr int error_question = 3;
constexpr int paper_question = 4;

bool any(unsigned char byte, int bits) {
  return (byte & bits) != 0;
}

}  // namespace

Result<void> trouble_of(const PrinterStatus& status) {
  if (status.cover_open) return fail("device.cover_open", "The printer's cover is open. Close it.");
  if (status.paper_out) return fail("device.paper_out", "The printer is out of paper. Put in a new roll.");
  if (status.error) return fail("device.error", "The printer reports an error. Switch it off and on again.");
  if (status.offline) return fail("device.offline", "The printer is switched offline. Press its online key.");
  return {};
}

DeviceState state_of(const Error& error) {
  if (error.code == "device.absent") return DeviceState::absent;
  if (error.code == "device.paper_out") return DeviceState::paper_out;
  if (error.code == "device.cover_open") return DeviceState::cover_open;
  if (error.code == "device.offline") return DeviceState::offline;
  return DeviceState::error;
}

void StatusReader::expect_real_time(int n) {
  expected_ = n;
}

void StatusReader::expect_in_order() {
  in_order_ = 1;
}

void StatusReader::new_connection() {
  expected_ = 0;
  in_order_ = 0;
  block_size_ = 0;
  rubbish_ = false;
}

void StatusReader::feed(std::string_view bytes) {
  for (const char byte : bytes) take(static_cast<unsigned char>(byte));
}

void StatusReader::take(unsigned char byte) {
  if ((byte & 0x93) == 0x12) return take_real_time(byte);
  if (block_size_ > 0 && (byte & 0x90) == 0) {
    block_[block_size_++] = byte;
    if (block_size_ == 4) take_automatic();
    return;
  }
  block_size_ = 0;
  if ((byte & 0x93) == 0x10) {
    block_[block_size_++] = byte;
    return;
  }
  if ((byte & 0x90) == 0 && in_order_ > 0) return take_in_order(byte);
  rubbish_ = true;
}

void StatusReader::take_real_time(unsigned char byte) {
  switch (std::exchange(expected_, 0)) {
    case printer_question:
      status_.drawer_pin = any(byte, 0x04);
      status_.offline = any(byte, 0x08);
      return;
    case offline_question:
      status_.cover_open = any(byte, 0x04);
      stopped_for_paper_ = any(byte, 0x20);
      status_.paper_out = stopped_for_paper_;
      status_.error = any(byte, 0x40);
      return;
    case error_question:
      status_.wants_recovery = any(byte, 0x0c);
      return;
    case paper_question:
      status_.paper_low = any(byte, 0x0c);
      status_.paper_out = stopped_for_paper_ || any(byte, 0x60);
      return;
    default:
      return;  // an answer that came too late
  }
}

void StatusReader::take_in_order(unsigned char byte) {
  in_order_ = 0;
  status_.paper_low = any(byte, 0x03);
  status_.paper_out = any(byte, 0x0c);
}

void StatusReader::take_automatic() {
  block_size_ = 0;
  status_.drawer_pin = any(block_[0], 0x04);
  status_.offline = any(block_[0], 0x08);
  status_.cover_open = any(block_[0], 0x20);
  status_.error = any(block_[1], 0x2c);
  status_.paper_low = (block_[2] & 0x03) == 0x03;
  status_.paper_out = (block_[2] & 0x0c) == 0x0c;
  stopped_for_paper_ = false;
}

}  // namespace lanekeeper::till
