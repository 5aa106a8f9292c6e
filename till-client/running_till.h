// Puts the rooms of one till together: cache, link, devices and lane. Part of the program, as main.cpp is.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lane/host.h"
#include "net/https_client.h"
#include "peripherals/drawer.h"
#include "peripherals/line_display.h"
#include "peripherals/printer.h"
#include "peripherals/scale.h"
#include "peripherals/scanner.h"
#include "receipt/receipt.h"

namespace lanekeeper::till {

struct TillSetup {
  std::filesystem::path data_directory;
  net::Endpoint server;           // an empty host: the one it was enrolled with or asked last
  net::Endpoint proposed_server;  // whom a till asks that knows none yet
  PrinterAddress printer;
  std::string device_name;
  std::string receipt_language;  // "zh_CN" or "en"
  bool simulate_clock = false;
  ScaleAddress scale;
  LineDisplayAddress display;
  DrawerAddress drawer;
  // Of a drawer at the printer: the level at its connector that means open. Not known: the position stays unknown.
  std::optional<bool> drawer_open_level;
  std::vector<ScannerAddress> scanners;
  std::chrono::seconds drawer_alarm{30};  // so long it may stand open, where that is known; 0: for ever
  int paper_columns = 48;                 // 32 to 48
  bool draws_chinese = false;             // the printer has no Chinese characters
  PaperCut paper_cut = PaperCut::partial;
  std::filesystem::path logo;  // a PNG; empty: none
};

// The OpenTill of this setup.
[[nodiscard]] Result<std::unique_ptr<Till>> open_till(const TillSetup& setup, Post post);

}  // namespace lanekeeper::till
