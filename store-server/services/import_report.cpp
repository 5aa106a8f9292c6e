#include "services/import_report.h"

#include <algorithm>

namespace lanekeeper::services {

ImportReport::ImportReport(std::string import_id, std::string file_name, std::size_t max_problems)
    : max_problems_(max_problems) {
  counts_.import_id = std::move(import_id);
  counts_.file_name = std::move(file_name);
}

void ImportReport::set_total(std::int64_t rows) {
  const std::lock_guard lock(mutex_);
  counts_.rows_total = rows;
}

void ImportReport::note(const importing::Finding& finding) {
  const auto body = protocol::to_body(finding.error);
  const std::lock_guard lock(mutex_);
  ++counts_.problem_count;
  auto& list = finding.warning ? warnings_ : refusals_;
  if (list.size() >= max_problems_) return;
  protocol::ImportProblem problem;
  problem.line = finding.line;
  problem.column = finding.column;
  problem.code = body.code;
  problem.message = body.message;
  problem.value = finding.value;
  problem.warning = finding.warning;
  problem.details = body.details;
  list.push_back(std::move(problem));
}

void ImportReport::count(ImportOutcome outcome) {
  const std::lock_guard lock(mutex_);
  ++counts_.rows_done;
  switch (outcome) {
    case ImportOutcome::added:
      ++counts_.added;
      break;
    case ImportOutcome::changed:
      ++counts_.changed;
      break;
    case ImportOutcome::unchanged:
      ++counts_.unchanged;
      break;
    case ImportOutcome::refused:
      ++counts_.refused;
      break;
  }
}

void ImportReport::finish() {
  const std::lock_guard lock(mutex_);
  counts_.state = protocol::ImportState::done;
}

void ImportReport::fail_with(const Error& error) {
  const std::lock_guard lock(mutex_);
  counts_.state = protocol::ImportState::failed;
  counts_.error = protocol::to_body(error);
}

protocol::ImportStatus ImportReport::status() const {
  const std::lock_guard lock(mutex_);
  protocol::ImportStatus out = counts_;
  out.problems = refusals_;
  const auto room = max_problems_ - std::min(max_problems_, refusals_.size());
  const auto fitting = static_cast<std::ptrdiff_t>(std::min(room, warnings_.size()));
  out.problems.insert(out.problems.end(), warnings_.begin(), warnings_.begin() + fitting);
  std::stable_sort(out.problems.begin(), out.problems.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return out;
}

bool ImportReport::running() const {
  const std::lock_guard lock(mutex_);
  return counts_.state == protocol::ImportState::running;
}

}  // namespace lanekeeper::services
