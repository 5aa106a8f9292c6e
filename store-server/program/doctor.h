// A quick look at an installation: what would stop the store from opening tomorrow.
#pragma once

#include <string>
#include <vector>

#include "program/options.h"

namespace lanekeeper::server {

enum class Grade { good, warning, bad };
struct Finding {
  Grade grade = Grade::good;
  std::string text;
};

// Changes nothing. The server may run or not.
[[nodiscard]] std::vector<Finding> examine(const Options& options);

}  // namespace lanekeeper::server
