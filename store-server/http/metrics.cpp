#include "http/metrics.h"

#include <unistd.h>

#include <fstream>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace lanekeeper::http {
namespace {

const prometheus::Histogram::BucketBoundaries latency_buckets_s = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                   0.1,   0.25,   0.5,   1.0,  2.5,   5.0};

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t total_pages = 0;
  std::int64_t resident_pages = 0;
  file >> total_pages >> resident_pages;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

std::int64_t open_descriptors() {
  std::error_code error;
  std::int64_t count = 0;
  for (auto entry = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    ++count;
  }
  return count;
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("lanekeeper_http_requests_total")
                                                          .Help("Requests that were answered")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& latency = prometheus::BuildHistogram()
                                                           .Name("lanekeeper_http_request_seconds")
                                                           .Help("From the first byte of a request to its answer")
                                                           .Register(registry);
  std::vector<Reading> readings;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {
  add({{"process_resident_memory_bytes", "Resident memory", false, resident_bytes},
       {"process_open_fds", "Open file descriptors", false, open_descriptors}});
}
Metrics::~Metrics() = default;

void Metrics::add(std::vector<Reading> readings) {
  for (Reading& reading : readings) impl_->readings.push_back(std::move(reading));
}

void Metrics::request_done(std::string_view method, std::string_view route, int status, std::chrono::nanoseconds took) {
  const std::string pattern = route.empty() ? "none" : std::string(route);
  // A stranger's method is not a label: there would be as many as strangers like.
  const std::string known_method = route.empty() ? "any" : std::string(method);
  impl_->requests.Add({{"method", known_method}, {"route", pattern}, {"status", std::to_string(status)}}).Increment();
  impl_->latency.Add({{"method", known_method}, {"route", pattern}}, latency_buckets_s)
      .Observe(std::chrono::duration<double>(took).count());
}

std::string Metrics::text() const {
  std::vector<prometheus::MetricFamily> families = impl_->registry.Collect();
  for (const Reading& reading : impl_->readings) {
    prometheus::ClientMetric metric;
    const auto value = static_cast<double>(reading.read());
    (reading.counter ? metric.counter.value : metric.gauge.value) = value;
    prometheus::MetricFamily family;
    family.name = reading.name;
    family.help = reading.help;
    family.type = reading.counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
    family.metric.push_back(std::move(metric));
    families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace lanekeeper::http
