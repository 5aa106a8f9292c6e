#include "model/request_lane.h"

#include <fstream>

namespace lanekeeper::office {
namespace {

Error connection_closed() {
  return Error{"net.closed", "The connection to the store server was closed. Try again.", {}};
}

Result<std::string> read_file(const std::filesystem::path& path) {
  const auto unreadable = [&path] {
    return fail("office.file_unreadable", "The file cannot be read. Check that it still exists and may be read.",
                {{"file", path.filename().string()}});
  };
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  if (failure || !std::filesystem::is_regular_file(path, failure)) return unreadable();
  if (size > static_cast<std::uintmax_t>(RequestLane::max_file_bytes)) {
    return fail("office.file_too_large", "The file is too large. Split it and import the parts.",
                {{"file", path.filename().string()},
                 {"limit_mib", std::to_string(RequestLane::max_file_bytes / (1024 * 1024))}});
  }
  std::ifstream stream(path, std::ios::binary);
  std::string content(static_cast<std::size_t>(size), '\0');
  if (!stream.read(content.data(), static_cast<std::streamsize>(content.size()))) return unreadable();
  return content;
}

}  // namespace

RequestLane::RequestLane() : worker_([this] { run(); }) {}

RequestLane::~RequestLane() {
  std::shared_ptr<Connection> running;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    waiting_.clear();
    running = connection_;
  }
  if (running) running->cancel();
  wake_.notify_all();
  worker_.join();
}

void RequestLane::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < max_waiting) {
      waiting_.push_back(std::move(job));
      wake_.notify_one();
      return;
    }
  }
  job.deliver(fail("office.busy", "Too many requests are waiting for the store server. Wait a moment and try again."));
}

void RequestLane::reset(std::shared_ptr<Connection> connection) {
  std::deque<Job> dropped;
  std::shared_ptr<Connection> old;
  {
    const std::lock_guard lock(mutex_);
    old = std::exchange(connection_, std::move(connection));
    dropped.swap(waiting_);
  }
  if (old) old->cancel();
  for (auto& job : dropped) job.deliver(fail(connection_closed()));
}

Result<net::HttpResponse> RequestLane::perform(Job& job, Connection* connection) {
  if (connection == nullptr) {
    return fail("net.unreachable", "No store server is set. Enter the server's address.");
  }
  if (job.file) {
    auto content = read_file(*job.file);
    if (!content) return fail(std::move(content.error()));
    job.request.body = std::move(*content);
  }
  auto response = connection->send(job.request);
  // A kept-alive connection that the server closed while it was idle shows only now; reading again harms nobody.
  if (!response && response.error().code == "net.closed" && job.request.method == "GET") {
    response = connection->send(job.request);
  }
  return response;
}

void RequestLane::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    const auto connection = connection_;
    lock.unlock();
    job.deliver(perform(job, connection.get()));
    lock.lock();
  }
}

}  // namespace lanekeeper::office
