// Ten prices change in the back office; how long until the last of 64 tills has fetched them. Measured on a catalogue
// of 2,000 and of 50,000 articles: the cost must follow the change, not the catalogue.
#include <poll.h>

#include <fstream>

#include "bench.h"
#include "push_till.h"
#include "server_store.h"

namespace lanekeeper::bench {

namespace {

constexpr int lanes = 64;
constexpr int changes = 20;

void wait_until(const char* what, const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end)
      throw Fault("bench.conditions", std::string("waited in vain for ") + what);
    ::poll(nullptr, 0, 1);
  }
}

struct Office {
  net::HttpsClient client;
  std::vector<net::Header> headers;

  Office(SellingStore& store, const EnrolledDevice& device) : client(store.store.endpoint(), device.identity) {
    (void)store.store.command(
        {"staff", "add", "--number", "9001", "--name", "Bench", "--role", "manager", "--password", "bench-password-1"});
    net::HttpRequest request;
    request.method = "POST";
    request.target = "/v1/sessions";
    request.body = json::encode(protocol::SignIn{"9001", "bench-password-1"});
    const auto answer = net::expect_success(client.send(request));
    if (!answer) throw Fault("bench.conditions", "sign-in: " + answer.error().message);
    headers = {{"Authorization", "Bearer " + json::decode<protocol::Session>(answer->body).value().token}};
  }

  void change_price(catalogue::Item& item) {
    item.prices.front().amount += Money::of_minor(1);
    net::HttpRequest request;
    request.method = "PUT";
    request.target = "/v1/items/" + std::to_string(item.id);
    request.body = json::encode(item);
    request.headers = headers;
    const auto answer = net::expect_success(client.send(request));
    if (!answer) throw Fault("bench.conditions", "price change: " + answer.error().message);
    item.version = json::decode<protocol::ItemRow>(answer->body).value().item.version;
  }
};

Samples measure(std::int64_t items) {
  SellingStore store(items, lanes);
  Office office(store, store.store.enrol(protocol::DeviceKind::backoffice, 0));
  std::vector<std::unique_ptr<PushTill>> tills;
  for (const auto& till : store.tills) {
    tills.push_back(std::make_unique<PushTill>(store.store.endpoint(), till->device(), store.contents.version, true));
  }
  const auto all = [&tills](auto condition) {
    return std::all_of(tills.begin(), tills.end(), [&](const auto& till) { return condition(*till); });
  };
  wait_until("the tills to connect", [&] { return all([](const PushTill& till) { return till.connected(); }); });
  Samples samples;
  for (int round = 0; round < changes; ++round) {
    const auto start = std::chrono::steady_clock::now();
    catalogue::Version last = 0;
    for (int i = 0; i < 10; ++i) {
      auto& item = store.contents.items[static_cast<std::size_t>(round * 10 + i)];
      office.change_price(item);
      last = item.version;
    }
    wait_until("the change to reach all tills",
               [&] { return all([last](const PushTill& till) { return till.version() >= last; }); });
    for (const auto& till : tills) samples.add(till->reached_at() - start);
  }
  return samples;
}

}  // namespace

void catalogue_delta(Report& report) {
  const auto small = measure(2000);
  const auto large = measure(50'000);
  Figure figure;
  figure.name = "catalogue_delta";
  figure.value = large.quantile_ms(0.99);
  figure.unit = "ms";
  figure.n = static_cast<std::int64_t>(large.size());
  figure.p50 = large.quantile_ms(0.5);
  figure.p99 = figure.value;
  report.add_limit(figure, 250);
  Figure flat;
  flat.name = "catalogue_delta_growth";
  flat.value = large.quantile_ms(0.5) / small.quantile_ms(0.5);
  flat.unit = "x";
  flat.n = static_cast<std::int64_t>(large.size());
  report.add_limit(flat, 1.5);
}

}  // namespace lanekeeper::bench
