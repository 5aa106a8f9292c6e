#include "peripherals/printer_line.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace lanekeeper::till {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::minutes ask_dumb_after{5};
constexpr Milliseconds empty_packet_pause{10};
// So often in a row a printer may answer what means nothing before its word is given up.
constexpr int most_rubbish = 3;
constexpr std::string_view paper_in_order{"\x1dr\x01", 3};
// Real-time: drop what is in the buffers (DLE DC4 8), and: the error is mended, drop the rest (DLE ENQ 2).
constexpr std::string_view drop_buffers{"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 10};
constexpr std::string_view recover{"\x10\x05\x02", 3};

Milliseconds left_until(SteadyClock::time_point deadline) {
  return std::max(std::chrono::duration_cast<Milliseconds>(deadline - SteadyClock::now()), Milliseconds(0));
}

}  // namespace

void PrinterLine::connected() {
  reader_.new_connection();
}

void PrinterLine::was_away() {
  talk_ = Talk::unknown;
  in_order_ = InOrder::unknown;
  reader_.set_status({});
}

// Whether there was something to read. Nothing within the limit is no error.
Result<bool> PrinterLine::read_some(int fd, Milliseconds limit, const StopSignal& stop) {
  if (auto ready = wait_readable(fd, limit, stop); !ready) {
    if (ready.error().code == "device.timeout") return false;
    return fail(std::move(ready.error()));
  }
  std::array<char, 64> buffer{};
  const auto got = ::read(fd, buffer.data(), buffer.size());
  if (got > 0) {
    reader_.feed({buffer.data(), static_cast<std::size_t>(got)});
    return true;
  }
  if (got == 0) {
    if (end_ == End::closes) return fail("device.error", "The printer closed the connection.");
    // Some USB printers send empty packets: waiting on the signal paces them.
    auto stopped = wait_readable(stop.fd(), empty_packet_pause, stop);
    if (!stopped && stopped.error().code == "device.stopped") return fail(std::move(stopped.error()));
    return false;
  }
  if (errno == EAGAIN || errno == EINTR) return false;
  return device_failure(errno);
}

template <class Done>
Result<bool> PrinterLine::read_until(int fd, Milliseconds limit, const StopSignal& stop, const Done& done) {
  const auto deadline = SteadyClock::now() + limit;
  while (!done()) {
    const auto left = left_until(deadline);
    if (left.count() == 0) return false;
    auto heard = read_some(fd, left, stop);
    if (!heard) return heard;
  }
  return true;
}

Result<bool> PrinterLine::ask(int fd, int n, const StopSignal& stop) {
  reader_.expect_real_time(n);
  const std::array<char, 3> question = {0x10, 0x04, static_cast<char>(n)};
  if (auto sent = write_all(fd, {question.data(), question.size()}, limits_.answer, stop); !sent) {
    if (sent.error().code == "device.timeout") return false;
    return fail(std::move(sent.error()));
  }
  return read_until(fd, limits_.answer, stop, [this] { return reader_.answered(); });
}

// Whether everything was answered.
Result<bool> PrinterLine::ask_all(int fd, const StopSignal& stop) {
  reader_.forget_rubbish();
  const PrinterStatus before = reader_.status();
  for (const int n : {1, 2, 4}) {
    auto answered = ask(fd, n, stop);
    if (!answered || !*answered) return answered;
  }
  if (reader_.status().error) {
    auto answered = ask(fd, 3, stop);
    if (!answered || !*answered) return answered;
  }
  if (!reader_.heard_rubbish()) return true;
  reader_.set_status(before);
  return false;
}

Result<void> PrinterLine::greet(int fd, const StopSignal& stop) {
  if (talk_ == Talk::dumb && SteadyClock::now() < ask_dumb_at_) return {};
  auto answered = ask_all(fd, stop);
  if (!answered) return fail(std::move(answered.error()));
  if (!*answered) {
    if (reader_.heard_rubbish()) {
      reader_.set_status({});
      return {};
    }
    if (talk_ == Talk::answers) {
      return fail("device.timeout", "The printer does not respond. Check paper, cover and cable.");
    }
    talk_ = Talk::dumb;
    ask_dumb_at_ = SteadyClock::now() + ask_dumb_after;
    return {};
  }
  talk_ = Talk::answers;
  if (reader_.status().error && reader_.status().wants_recovery) {
    if (auto sent = write_all(fd, recover, limits_.answer, stop); !sent) return sent;
    answered = ask_all(fd, stop);
    if (!answered) return fail(std::move(answered.error()));
  }
  if (auto trouble = trouble_of(reader_.status()); !trouble) return trouble;
  if (in_order_ == InOrder::unknown) return probe_in_order(fd, stop);
  return {};
}

Result<void> PrinterLine::probe_in_order(int fd, const StopSignal& stop) {
  reader_.expect_in_order();
  if (auto sent = write_all(fd, paper_in_order, limits_.answer, stop); !sent) return sent;
  auto answered = read_until(fd, limits_.answer, stop, [this] { return reader_.answered_in_order(); });
  if (!answered) return fail(std::move(answered.error()));
  in_order_ = *answered ? InOrder::answered : InOrder::unanswered;
  return {};
}

Result<void> PrinterLine::send(int fd, std::string_view bytes, const StopSignal& stop) {
  return write_all(fd, bytes, limits_.write, stop);
}

Result<void> PrinterLine::confirm(int fd, const StopSignal& stop) {
  if (talk_ != Talk::answers) return {};
  Result<void> result;
  if (in_order_ == InOrder::answered) {
    result = wait_in_order(fd, stop);
  } else {
    auto answered = ask_all(fd, stop);
    result = answered ? trouble_of(reader_.status()) : fail(std::move(answered.error()));
  }
  if (!result && result.error().code != "device.stopped") {
    (void)write_all(fd, drop_buffers, limits_.answer, stop);
  }
  return result;
}

Result<void> PrinterLine::wait_in_order(int fd, const StopSignal& stop) {
  reader_.expect_in_order();
  const auto deadline = SteadyClock::now() + limits_.print;
  int rubbish = 0;
  if (auto sent = write_all(fd, paper_in_order, limits_.write, stop); !sent) return sent;
  while (left_until(deadline).count() > 0) {
    auto answered = read_until(fd, limits_.ask_again, stop, [this] { return reader_.answered_in_order(); });
    if (!answered) return fail(std::move(answered.error()));
    // A printer that answers although its paper is out has thrown the text away.
    if (*answered) return trouble_of(reader_.status());
    answered = ask_all(fd, stop);
    if (!answered) return fail(std::move(answered.error()));
    if (!*answered) {
      rubbish = reader_.heard_rubbish() ? rubbish + 1 : 0;
      if (rubbish < most_rubbish) continue;
      // It talks and cannot be understood, so nobody will ever hear that it has printed. It is taken at its silence, as
      // printers are that answer nothing: else the same receipt would come out again and again.
      in_order_ = InOrder::unknown;
      return {};
    }
    if (auto trouble = trouble_of(reader_.status()); !trouble) return trouble;
    if (reader_.answered_in_order()) return {};
  }
  return fail("device.timeout", "The printer does not respond. Check paper, cover and cable.");
}

Result<void> PrinterLine::set_automatic_status(int fd, bool on, const StopSignal& stop) {
  if (talk_ != Talk::answers) return {};
  const std::array<char, 3> command = {0x1d, 'a', static_cast<char>(on ? 0x0f : 0x00)};
  return write_all(fd, {command.data(), command.size()}, limits_.answer, stop);
}

Result<void> PrinterLine::listen(int fd, Milliseconds limit, const StopSignal& wake) {
  auto heard = read_some(fd, limit, wake);
  if (!heard && heard.error().code != "device.stopped") return fail(std::move(heard.error()));
  return {};
}

}  // namespace lanekeeper::till
