// 32 tills over TLS 1.3, ten-line sales one after another, each acknowledged only when it is durable in the database;
// beside it the same rows written straight to the same database, one sale per transaction, client included on both
// sides.
#include "bench.h"
#include "raw_sales.h"
#include "server_store.h"

namespace lanekeeper::bench {

namespace {

constexpr auto round_time = std::chrono::milliseconds(4000);
constexpr int lanes = 32;

Samples to_samples(const std::vector<std::int64_t>& latencies_us) {
  Samples samples;
  samples.reserve(latencies_us.size());
  for (const auto us : latencies_us) samples.add(std::chrono::microseconds(us));
  return samples;
}

}  // namespace

void sale_ingest(Report& report) {
  SellingStore store(2000, lanes);
  const auto access = store.store.database();
  (void)sell(store.tills, std::chrono::milliseconds(1000));
  LoadResult full;
  const auto both = alternate(
      3,
      [&] {
        full = sell(store.tills, round_time);
        return static_cast<double>(full.per_second());
      },
      [&] { return static_cast<double>(write_raw_sales(access, *store.maker, round_time).per_second()); });
  const auto samples = to_samples(full.latencies_us);
  Figure figure;
  figure.name = "sale_ingest";
  figure.value = both.value;
  figure.unit = "sales/s";
  figure.reference = "raw rows, one sale per transaction";
  figure.reference_value = both.reference;
  figure.ratio = both.ratio;
  figure.ratio_low = both.ratio_low;
  figure.ratio_high = both.ratio_high;
  figure.n = static_cast<std::int64_t>(samples.size());
  figure.p50 = samples.quantile_ms(0.5);
  figure.p99 = samples.quantile_ms(0.99);
  figure.verdict = judged(both.ratio >= 1);
  report.add(figure);

  // Half the load: every till sells at a fixed pace.
  const auto pause = std::chrono::microseconds(static_cast<std::int64_t>(2'000'000.0 * lanes / both.value));
  const auto half = sell(store.tills, round_time * 2, pause);
  const auto half_samples = to_samples(half.latencies_us);
  Figure latency;
  latency.name = "sale_ingest_p99_half_load";
  latency.value = half_samples.quantile_ms(0.99);
  latency.unit = "ms";
  latency.n = static_cast<std::int64_t>(half_samples.size());
  latency.p50 = half_samples.quantile_ms(0.5);
  latency.p99 = latency.value;
  report.add_limit(latency, 50);
}

}  // namespace lanekeeper::bench
