// The device check, which is open to everybody: every device of this till and how it stands, a test slip, a test on the
// customer's display, the weight, and what the scanner has read. Nothing is sold, recorded or opened.
#pragma once

#include <vector>

#include "till_ui/desk_part.h"

namespace lanekeeper::till::ui {

struct DeviceRow {
  enum class Device { printer, drawer, scale, display, scanner } device = Device::printer;
  enum class Tone { quiet, good, warning };  // quiet: there is none, or it does not tell
  Words name{};
  Words state{};
  Tone tone = Tone::quiet;
  std::string figure{};  // a weight
  Words note{};          // how it is tried, or what came of that
  Words advice{};        // what to do about it
};

class DeviceDesk : public DeskPart {
 public:
  using DeskPart::DeskPart;
  void begin();

  // As they stand now.
  [[nodiscard]] std::vector<DeviceRow> rows() const;
  // What was read last; nothing yet: empty.
  struct Read {
    std::string code;  // not to be seen: empty
    Words kind{};
    bool good = true;
  };
  [[nodiscard]] const std::optional<Read>& read() const { return read_; }

  [[nodiscard]] bool open() const override { return open_; }
  void close() override;
  [[nodiscard]] std::optional<Screen> screen() const override { return Screen::devices; }
  [[nodiscard]] Place place() const override { return Place::devices; }
  [[nodiscard]] PanelModel panel() const override { return {}; }
  [[nodiscard]] EntryModel entry() const override { return {}; }
  [[nodiscard]] bool holds() const override { return true; }
  bool act(Action action) override;
  void enter(const std::string&) override {}
  bool scan(const DetectedScan& scan) override;

 private:
  [[nodiscard]] DeviceRow printer_row(const Lane::Devices& devices) const;
  [[nodiscard]] DeviceRow drawer_row(const Lane::Devices& devices) const;
  [[nodiscard]] DeviceRow scale_row() const;
  [[nodiscard]] DeviceRow display_row(const Lane::Devices& devices) const;
  void attempt(const Result<void>& tried, std::optional<Error>& refused);

  bool open_ = false;
  std::optional<Error> not_printed_;  // the test that could not even begin
  std::optional<Error> not_shown_;
  std::optional<Read> read_;
};

}  // namespace lanekeeper::till::ui
