#include "printer_mechanism.h"

#include <algorithm>
#include <charconv>

#include "paper.h"

namespace lanekeeper::devices {
namespace {

// Nothing in it may be taken for an answer; a NUL would be one.
constexpr std::string_view rubbish = "\xff\x81\x7f\xc3";

int lines_of(const PrinterEvent& event) {
  if (const auto* line = std::get_if<TextLine>(&event)) return static_cast<int>(broken_at_the_edge(*line).size());
  if (const auto* feed = std::get_if<Feed>(&event)) return feed->lines;
  return std::holds_alternative<Unknown>(event) || std::holds_alternative<Cut>(event) ? 0 : 1;
}

}  // namespace

void PrinterMechanism::answer(int peer, std::string_view bytes) {
  outputs_.answer(peer, garbage_ ? rubbish : bytes);
}

void PrinterMechanism::take(int peer, PrinterEvent event) {
  const auto* request = std::get_if<StatusRequest>(&event);
  const auto* pulse = std::get_if<DrawerPulse>(&event);
  if (request != nullptr && request->kind == 'e') {
    const char status = real_time_status(request->n);
    answer(peer, {&status, 1});
  } else if (const auto* drop = std::get_if<DropBuffers>(&event)) {
    if (drop->recovers) error_ = false;
    drop_waiting(peer);
  } else if (pulse != nullptr && pulse->real_time) {
    drawer_open_ = true;
    outputs_.drawer_pulse(pulse->pin);
  } else {
    waiting_.push_back({peer, std::move(event)});
  }
  print();
  tell_changes();
}

void PrinterMechanism::forget(int peer) {
  std::erase(automatic_, peer);
  for (auto& waiting : waiting_) {
    if (waiting.peer == peer) waiting.peer = -1;
  }
}

void PrinterMechanism::drop_waiting(int peer) {
  std::erase_if(waiting_, [peer](const Waiting& waiting) { return waiting.peer == peer || waiting.peer < 0; });
}

void PrinterMechanism::print() {
  while (can_print() && !waiting_.empty()) {
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    print_one(std::move(next));
  }
}

void PrinterMechanism::print_one(Waiting next) {
  if (const auto* request = std::get_if<StatusRequest>(&next.event)) return carry_out_request(next.peer, *request);
  if (const auto* pulse = std::get_if<DrawerPulse>(&next.event)) {
    drawer_open_ = true;
    return outputs_.drawer_pulse(pulse->pin);
  }
  const bool cut = std::holds_alternative<Cut>(next.event);
  const int lines = lines_of(next.event);
  receipt_.push_back(std::move(next.event));
  if (cut) {
    outputs_.paper(receipt_, false);
    receipt_.clear();
  } else {
    use_paper(lines);
  }
}

void PrinterMechanism::carry_out_request(int peer, const StatusRequest& request) {
  if (peer < 0) return;
  if (request.kind == 'a') {
    std::erase(automatic_, peer);
    if (request.n == 0) return;
    automatic_.push_back(peer);
    const auto status = automatic_status();
    return answer(peer, {status.data(), status.size()});
  }
  char status = 0x02;  // GS I: a printer with a cutter
  if (request.kind == 'r') status = static_cast<char>(request.n == 2 ? drawer_open_ : paper_low_ ? 0x03 : 0x00);
  answer(peer, {&status, 1});
}

void PrinterMechanism::use_paper(int lines) {
  if (!lines_left_) return;
  *lines_left_ -= lines;
  if (*lines_left_ <= 0) end_paper();
}

void PrinterMechanism::end_paper() {
  lines_left_.reset();
  paper_out_ = true;
  if (receipt_.empty()) return;
  outputs_.paper(receipt_, true);
  receipt_.clear();
}

bool PrinterMechanism::command(std::string_view words) {
  constexpr std::string_view after = "paper_out after ";
  if (words.starts_with(after)) {
    const auto digits = words.substr(after.size());
    int lines = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), lines);
    if (error != std::errc() || end != digits.data() + digits.size() || lines < 1) return false;
    lines_left_ = lines;
  } else if (words == "paper_out") {
    end_paper();
  } else if (words == "paper_low") {
    paper_low_ = true;
  } else if (words == "cover_open") {
    cover_open_ = true;
  } else if (words == "jam") {
    error_ = true;
  } else if (words == "silent") {
    silent_ = true;
  } else if (words == "slow") {
    slow_ = true;
  } else if (words == "garbage") {
    garbage_ = true;
  } else if (words == "drawer open" || words == "drawer closed") {
    drawer_open_ = words == "drawer open";
  } else if (words == "ok") {
    paper_low_ = paper_out_ = cover_open_ = error_ = silent_ = slow_ = garbage_ = false;
    lines_left_.reset();
  } else {
    return false;
  }
  print();
  tell_changes();
  return true;
}

void PrinterMechanism::tell_changes() {
  const auto status = automatic_status();
  if (std::exchange(told_, status) == status) return;
  for (const int peer : automatic_) answer(peer, {status.data(), status.size()});
}

char PrinterMechanism::real_time_status(int n) const {
  int status = 0x12;
  switch (n) {
    case 1:
      status |= (drawer_open_ ? 0x04 : 0) | (can_print() ? 0 : 0x08);
      break;
    case 2:
      status |= (cover_open_ ? 0x04 : 0) | (paper_out_ ? 0x20 : 0) | (error_ ? 0x40 : 0);
      break;
    case 3:
      status |= error_ ? 0x08 : 0;
      break;
    case 4:
      status |= (paper_low_ ? 0x0c : 0) | (paper_out_ ? 0x60 : 0);
      break;
    default:
      break;
  }
  return static_cast<char>(status);
}

std::array<char, 4> PrinterMechanism::automatic_status() const {
  const int first = 0x10 | (drawer_open_ ? 0x04 : 0) | (can_print() ? 0 : 0x08) | (cover_open_ ? 0x20 : 0);
  const int paper = (paper_low_ ? 0x03 : 0) | (paper_out_ ? 0x0c : 0);
  return {static_cast<char>(first), static_cast<char>(error_ ? 0x08 : 0), static_cast<char>(paper), 0};
}

}  // namespace lanekeeper::devices
