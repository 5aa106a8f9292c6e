// The server's resident memory (without its database) with 200 tills connected: idle, and while they sell.
#include <poll.h>

#include "bench.h"
#include "push_till.h"
#include "server_store.h"

namespace lanekeeper::bench {

void server_memory(Report& report) {
  constexpr int lanes = 200;
  SellingStore store(2000, lanes);
  std::vector<std::unique_ptr<PushTill>> tills;
  for (const auto& till : store.tills) {
    tills.push_back(std::make_unique<PushTill>(store.store.endpoint(), till->device(), store.contents.version, false));
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!std::all_of(tills.begin(), tills.end(), [](const auto& till) { return till->connected(); })) {
    if (std::chrono::steady_clock::now() > end) throw Fault("bench.conditions", "200 tills could not connect");
    ::poll(nullptr, 0, 20);
  }
  for (const auto& till : tills) till->report_status();
  const auto idle = store.store.resident_kib();
  // A busy store: every till finishes a sale every 400 ms.
  const auto load = sell(store.tills, std::chrono::seconds(10), std::chrono::milliseconds(400));
  const auto busy = store.store.resident_kib();
  (void)sell(store.tills, std::chrono::seconds(10), std::chrono::milliseconds(400));
  const auto later = store.store.resident_kib();

  const auto add = [&report](const char* name, std::int64_t kib, double goal, std::int64_t n) {
    Figure figure;
    figure.name = name;
    figure.value = static_cast<double>(kib) / 1024;
    figure.unit = "MB";
    figure.n = n;
    report.add_limit(figure, goal);
  };
  add("server_memory_idle", idle, 100, lanes);
  add("server_memory_half_load", busy, 200, load.sales);
  Figure growth;
  growth.name = "server_memory_growth";
  growth.value = static_cast<double>(later) / static_cast<double>(busy);
  growth.unit = "x";
  growth.n = load.sales;
  report.add_limit(growth, 1.1);
}

}  // namespace lanekeeper::bench
