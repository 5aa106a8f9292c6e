// A queue of requests with a worker thread and a connection of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "model/wire.h"

namespace lanekeeper::office {

// submit() and reset() may be called from one thread (the UI's); answers are handed to `deliver` on the worker's
// thread. The queue holds at most max_waiting requests; one more is answered office.busy.
class RequestLane {
 public:
  static constexpr std::size_t max_waiting = 256;
  static constexpr std::int64_t max_file_bytes = 64 * 1024 * 1024;

  struct Job {
    net::HttpRequest request;
    std::optional<std::filesystem::path> file;  // read by the worker, becomes the body
    std::function<void(Result<net::HttpResponse>)> deliver;
  };

  RequestLane();
  ~RequestLane();  // cancels the running request, drops the waiting ones, joins
  RequestLane(const RequestLane&) = delete;
  RequestLane& operator=(const RequestLane&) = delete;

  void submit(Job job);
  // Goes on with another connection (or none: requests are answered net.unreachable). The running request ends with
  // net.closed and so do the waiting ones.
  void reset(std::shared_ptr<Connection> connection);

 private:
  void run();
  [[nodiscard]] static Result<net::HttpResponse> perform(Job& job, Connection* connection);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> waiting_;
  std::shared_ptr<Connection> connection_;
  bool stopping_ = false;
  std::thread worker_;
};

}  // namespace lanekeeper::office
