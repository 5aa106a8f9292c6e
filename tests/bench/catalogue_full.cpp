// An empty, enrolled till meets its store: how long until 100,000 items can be scanned and searched, over TLS from a
// real server.
#include <condition_variable>
#include <fstream>
#include <mutex>

#include "base/system_clock.h"
#include "bench.h"
#include "cache/catalogue_replica.h"
#include "goods.h"
#include "link/device_identity.h"
#include "link/link.h"
#include "live_store.h"
#include "net/x509.h"

namespace lanekeeper::bench {

namespace {

constexpr std::int64_t items = 100'000;
constexpr int rounds = 3;
constexpr double goal_seconds = 5;
constexpr auto patience = std::chrono::seconds(120);

// Puts the identity of a device that was enrolled elsewhere where a till looks for its own.
void install(const std::filesystem::path& folder, const EnrolledDevice& device, const net::Endpoint& server) {
  std::ofstream(folder / "till.key") << device.identity.key_pem;
  till::DeviceIdentity identity(folder);
  till::Enrolment enrolment;
  enrolment.server = server.to_string();
  enrolment.till = device.till;
  enrolment.ca_pem = device.identity.ca_pem;
  enrolment.certificate_pem = device.identity.certificate_pem;
  identity.enrolled(std::move(enrolment));
}

std::chrono::nanoseconds load(const LiveStore& store, const EnrolledDevice& device) {
  const Scratch scratch;
  install(scratch.path(), device, store.endpoint());
  SystemClock clock;
  SystemRandom random;
  auto deliveries = till::DeliveryLog::open(scratch.path()).value();
  auto journal = till::JournalDatabase::open(scratch.path(), *deliveries).value();
  auto replica = till::CatalogueReplica::open(scratch.path(), clock).value();
  std::mutex mutex;
  std::condition_variable changed;
  bool complete = false;
  till::LinkHandlers handlers;
  handlers.catalogue_changed = [&](catalogue::Version) {
    const std::lock_guard guard(mutex);
    complete = true;
    changed.notify_all();
  };
  const auto start = std::chrono::steady_clock::now();
  till::Link link({scratch.path(), store.endpoint(), clock, random, *journal, *deliveries, "bench", "bench", handlers});
  link.start();
  {
    std::unique_lock lock(mutex);
    if (!changed.wait_for(lock, patience, [&] { return complete; })) {
      throw Fault("bench.conditions", "the catalogue did not arrive");
    }
  }
  const auto found = replica->search("article 1", 10, 0);
  if (found.empty() || replica->find_by_code(found.front().code).empty()) {
    throw Fault("bench.conditions",
                fmt::format("{} items arrived but cannot be used: {} found, the first by code '{}'",
                            replica->item_count(), found.size(), found.empty() ? std::string() : found.front().code));
  }
  const auto took = std::chrono::steady_clock::now() - start;
  if (replica->item_count() != items) {
    throw Fault("bench.conditions", fmt::format("{} items arrived", replica->item_count()));
  }
  link.stop();
  return took;
}

}  // namespace

void catalogue_full(Report& report) {
  LiveStore store;
  const auto file = store.folder() / "goods.csv";
  write_items_csv(file, items);
  static_cast<void>(store.command({"import", file.string()}));
  const auto device = store.enrol(protocol::DeviceKind::till, 1);
  Samples samples;
  for (int round = 0; round < rounds; ++round) samples.add(load(store, device));
  Figure figure;
  figure.name = "catalogue_full";
  figure.value = samples.quantile_ms(0.5) / 1000;
  figure.unit = "s";
  figure.n = rounds;
  figure.p50 = figure.value;
  figure.p99 = samples.quantile_ms(0.99) / 1000;
  report.add_limit(figure, goal_seconds);
}

}  // namespace lanekeeper::bench
