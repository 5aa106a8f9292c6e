// 32 tills come back with 500 unsent sales each and send them in uploads of 100; beside it the raw rows one sale per
// transaction.
#include "bench.h"
#include "raw_sales.h"
#include "server_store.h"

namespace lanekeeper::bench {

void outbox_drain(Report& report) {
  constexpr int lanes = 32;
  constexpr int unsent = 500;
  constexpr int rounds = 2;
  SellingStore store(2000, lanes);
  const auto access = store.store.database();
  LoadResult last;
  const auto both = alternate(
      rounds,
      [&] {
        for (auto& till : store.tills) till->prepare(unsent);  // these were sold while the server was away
        last = drain(store.tills, 100);
        return static_cast<double>(last.per_second());
      },
      [&] {
        return static_cast<double>(write_raw_sales(access, *store.maker, std::chrono::milliseconds(4000)).per_second());
      });
  Figure figure;
  figure.name = "outbox_drain";
  figure.value = both.value;
  figure.unit = "sales/s";
  figure.reference = "raw rows, one sale per transaction";
  figure.reference_value = both.reference;
  figure.ratio = both.ratio;
  figure.ratio_low = both.ratio_low;
  figure.ratio_high = both.ratio_high;
  figure.n = last.sales;
  figure.verdict = judged(both.ratio >= 1.5);
  report.add(figure);
}

}  // namespace lanekeeper::bench
