// Counts and problems of an import while it runs. Thread-safe: written by the import, read by whoever asks.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "importing/item_rows.h"
#include "protocol/messages.h"
#include "services/catalogue_service.h"

namespace lanekeeper::services {

class ImportReport {
 public:
  ImportReport(std::string import_id, std::string file_name, std::size_t max_problems);

  void set_total(std::int64_t rows);
  void note(const importing::Finding& finding);
  void count(ImportOutcome outcome);  // a row is done
  void finish();
  void fail_with(const Error& error);

  // Bad rows before mere warnings where not all fit; by line.
  [[nodiscard]] protocol::ImportStatus status() const;
  [[nodiscard]] bool running() const;

 private:
  const std::size_t max_problems_;
  mutable std::mutex mutex_;
  protocol::ImportStatus counts_;
  std::vector<protocol::ImportProblem> refusals_;
  std::vector<protocol::ImportProblem> warnings_;
};

}  // namespace lanekeeper::services
