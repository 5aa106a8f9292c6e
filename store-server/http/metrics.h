// What Prometheus is told at GET /metrics. Thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lanekeeper::http {

// A number that some part of the server keeps anyway and that is read when somebody asks.
struct Reading {
  std::string name;  // "lanekeeper_database_queue"
  std::string help;
  bool counter = false;  // only grows; else a gauge
  std::function<std::int64_t()> read;
};

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Before the server starts.
  void add(std::vector<Reading> readings);

  // route: its pattern, or "" for requests that found none.
  void request_done(std::string_view method, std::string_view route, int status, std::chrono::nanoseconds took);

  [[nodiscard]] std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::http
