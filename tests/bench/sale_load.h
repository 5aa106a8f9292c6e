// Tills that sell as fast as they are asked to: ten-line sales, encoded, chained and signed as a real till does, sent
// over TLS, each counted when its signed acknowledgement is there.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "catalogue/item.h"
#include "live_store.h"
#include "pricing/price.h"

namespace lanekeeper::bench {

// Makes valid sales of random goods, all the same size, with the promotions that touch them.
class SaleMaker {
 public:
  // The promotions are those that the store has published: the server prices every sale again with them.
  SaleMaker(std::vector<catalogue::Item> items, std::vector<catalogue::TaxCategory> taxes, catalogue::Version version,
            pricing::PromotionIndex promotions);
  [[nodiscard]] sale::RetailTransaction make(std::int64_t till, std::int64_t receipt_number, std::uint64_t seed) const;
  static constexpr int lines = 10;

 private:
  std::vector<catalogue::Item> items_;
  pricing::PricingContext context_;
  catalogue::Version version_;
  pricing::PromotionIndex promotions_;
};

// One enrolled till with its chain.
class LoadTill {
 public:
  LoadTill(const net::Endpoint& endpoint, EnrolledDevice device, const SaleMaker& maker);
  // Appends entries to send later.
  void prepare(int count);
  // Sends up to `count` prepared entries in one upload and waits for the acknowledgement. Throws when it is refused.
  void send(int count);
  [[nodiscard]] std::size_t prepared() const { return waiting_.size(); }
  [[nodiscard]] const EnrolledDevice& device() const { return device_; }

 private:
  net::HttpsClient client_;
  EnrolledDevice device_;
  const SaleMaker& maker_;
  std::int64_t sequence_ = 0;
  journal::Hash head_{};
  std::vector<journal::Entry> waiting_;
};

struct LoadResult {
  std::int64_t sales = 0;
  std::chrono::nanoseconds elapsed{};
  std::vector<std::int64_t> latencies_us;  // of each upload
  [[nodiscard]] std::int64_t per_second() const { return sales * 1'000'000'000 / elapsed.count(); }
};

// Every till sells one sale after another for that long. pause: between two sales of one till, for part load.
LoadResult sell(std::vector<std::unique_ptr<LoadTill>>& tills, std::chrono::milliseconds duration,
                std::chrono::microseconds pause = {});
// Every till sends what it has prepared, in uploads of `batch`.
LoadResult drain(std::vector<std::unique_ptr<LoadTill>>& tills, int batch);

// What a till knows after its first contact.
struct StoreContents {
  protocol::StoreProfile profile;
  std::vector<catalogue::Item> items;
  catalogue::Version version = 0;
};
StoreContents load_contents(const net::Endpoint& endpoint, const EnrolledDevice& device);

}  // namespace lanekeeper::bench
