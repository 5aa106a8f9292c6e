// `lanekeeper-server promotions rerate`: what past sales would have cost under another version of the promotions.
#pragma once

#include <string>

#include "program/options.h"

namespace lanekeeper::server {

struct RerateWords {
  std::int64_t version = 0;
  std::string from;  // 2026-11-01
  std::string to;
  std::string csv;  // file for the differences; empty: standard output
};

// Beside the running server, or without one. Returns the exit status. Differences as CSV, the sums on standard output,
// progress on standard error.
[[nodiscard]] int run_rerate(const Options& options, const RerateWords& words);

}  // namespace lanekeeper::server
