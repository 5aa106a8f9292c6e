// The problems of an import as a table for a spreadsheet.
#pragma once

#include <functional>
#include <string>

#include "protocol/messages.h"

namespace lanekeeper::office {

struct ReportWords {
  std::string line;  // headings
  std::string column;
  std::string value;
  std::string kind;
  std::string problem;
  std::string refused;  // kinds
  std::string warning;
  std::function<std::string(const protocol::ImportProblem&)> explain;
};

// CSV by RFC 4180 with a byte order mark, so that spreadsheets read the Chinese. A value that a spreadsheet would take
// for a formula gets an apostrophe in front.
[[nodiscard]] std::string import_report(const protocol::ImportStatus& status, const ReportWords& words);

}  // namespace lanekeeper::office
