// A file of goods on its way into the store: sent in the background, watched while the server works through it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

enum class ImportStep {
  choosing,
  sending,
  running,  // the server reads rows; goes on there even when nobody watches
  done,
  failed,  // error() says why; nothing or only a part was taken, as status() tells
};

// UI thread only.
class ImportModel {
 public:
  static constexpr std::chrono::milliseconds poll_interval{400};
  static constexpr std::chrono::milliseconds retry_interval{2000};
  static constexpr std::chrono::milliseconds sending_limit{10 * 60 * 1000};

  ImportModel(Transport& transport, Timers& timers) : transport_(transport), timers_(timers) {}

  void start(const std::filesystem::path& file);
  void reset();  // back to choosing; what the server does goes on

  [[nodiscard]] ImportStep step() const { return step_; }
  [[nodiscard]] bool busy() const { return step_ == ImportStep::sending || step_ == ImportStep::running; }
  [[nodiscard]] const std::string& file_name() const { return file_name_; }
  [[nodiscard]] const std::optional<protocol::ImportStatus>& status() const { return status_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  // The server does not answer at the moment; the import itself goes on there.
  [[nodiscard]] bool out_of_contact() const { return out_of_contact_; }
  // Rows that are through, 0..1000.
  [[nodiscard]] int progress_per_mille() const;

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void heard(Result<protocol::ImportStatus> status);
  void poll_later(std::chrono::milliseconds delay);
  void fail_with(Error error);

  Transport& transport_;
  Timers& timers_;
  ImportStep step_ = ImportStep::choosing;
  std::string file_name_;
  std::optional<protocol::ImportStatus> status_;
  std::optional<Error> error_;
  bool out_of_contact_ = false;
  std::unique_ptr<Timer> timer_;
  Lifetime run_;
  Signal changed_;
};

}  // namespace lanekeeper::office
