#include "model/import_model.h"

namespace lanekeeper::office {

void ImportModel::start(const std::filesystem::path& file) {
  if (busy()) return;
  reset();
  step_ = ImportStep::sending;
  file_name_ = file.filename().string();
  auto request = without_body("POST", "/v1/imports?name=" + net::percent_encode(file_name_));
  request.content_type = "application/octet-stream";
  request.timeout = sending_limit;
  transport_.upload(std::move(request), file,
                    decoded<protocol::ImportStatus>(run_, [this](auto status) { heard(std::move(status)); }));
  changed_.notify();
}

void ImportModel::reset() {
  run_.renew();
  timer_.reset();
  step_ = ImportStep::choosing;
  status_.reset();
  error_.reset();
  out_of_contact_ = false;
  changed_.notify();
}

void ImportModel::heard(Result<protocol::ImportStatus> status) {
  if (!status) {
    if (step_ == ImportStep::sending || !is_network_error(status.error())) return fail_with(status.error());
    out_of_contact_ = true;
    poll_later(retry_interval);
    changed_.notify();
    return;
  }
  out_of_contact_ = false;
  status_ = std::move(*status);
  switch (status_->state) {
    case protocol::ImportState::running:
      step_ = ImportStep::running;
      poll_later(poll_interval);
      break;
    case protocol::ImportState::done:
      step_ = ImportStep::done;
      break;
    case protocol::ImportState::failed:
      return fail_with(status_->error
                           ? protocol::from_body(*status_->error)
                           : Error{"import.failed", "The import stopped. Try again, or ask who looks after it.", {}});
  }
  changed_.notify();
}

void ImportModel::poll_later(std::chrono::milliseconds delay) {
  timer_ = timers_.once(delay, [this] {
    transport_.send(get("/v1/imports/" + net::percent_encode(status_->import_id)),
                    decoded<protocol::ImportStatus>(run_, [this](auto status) { heard(std::move(status)); }));
  });
}

void ImportModel::fail_with(Error error) {
  step_ = ImportStep::failed;
  error_ = std::move(error);
  changed_.notify();
}

int ImportModel::progress_per_mille() const {
  if (step_ == ImportStep::done) return 1000;
  if (!status_ || status_->rows_total <= 0) return 0;
  return static_cast<int>(std::clamp<std::int64_t>(status_->rows_done * 1000 / status_->rows_total, 0, 1000));
}

}  // namespace lanekeeper::office
