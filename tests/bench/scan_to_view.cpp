// Barcode bytes in, new priced view out: a million items against a thousand, baskets growing to a hundred lines.
// Promotions come with their issue; this measures without any.
#include <random>

#include "barcode/gtin.h"
#include "bench.h"
#include "goods.h"
#include "lane_desk.h"

namespace lanekeeper::bench {

namespace {

constexpr int lines_of_basket = 100;
constexpr int baskets_of_round = 20;
constexpr int rounds = 9;
constexpr double goal_ms = 1.0;
constexpr double flat_ratio = 1.5;

class Scanner {
 public:
  Scanner(std::int64_t items, std::uint64_t seed) : items_(items), desk_(replica_of(items)), random_(seed) {}

  // Rings whole baskets of random goods; each scan is one sample.
  Samples ring(int baskets) {
    Samples samples;
    for (int basket = 0; basket < baskets; ++basket) {
      for (int line = 0; line < lines_of_basket; ++line) {
        const till::Scan scan{next_code(), barcode::Symbology::ean13};
        samples.add(timed([&] {
          desk_.give(scan);
          view_ = desk_.desk().view();
        }));
      }
      if (view_->lines.size() < lines_of_basket / 2) throw Fault("bench.conditions", "the basket did not grow");
      desk_.give(till::VoidBasket{});
    }
    return samples;
  }

 private:
  std::string next_code() {
    for (;;) {
      const auto item = goods_.make(std::uniform_int_distribution<std::int64_t>(1, items_)(random_));
      if (item.unit != catalogue::UnitOfMeasure::piece) continue;
      const auto owners = desk_.replica().find_by_code(item.codes.front().code).size();
      if (owners == 1) return barcode::display_gtin(item.codes.front().code);
    }
  }

  std::int64_t items_;
  Goods goods_;
  LaneDesk desk_;
  std::mt19937_64 random_;
  till::ViewPtr view_;
};

}  // namespace

void scan_to_view(Report& report) {
  Scanner large(1'000'000, 1);
  Scanner small(1'000, 2);
  large.ring(2);
  small.ring(2);
  Samples all;
  const auto flat = alternate(
      rounds,
      [&] {
        const auto samples = large.ring(baskets_of_round);
        all.append(samples);
        return samples.mean_ms();
      },
      [&] { return small.ring(baskets_of_round).mean_ms(); });
  Figure p99;
  p99.name = "scan_to_view";
  p99.value = all.quantile_ms(0.99);
  p99.unit = "ms(p99)";
  p99.n = static_cast<std::int64_t>(all.size());
  p99.p50 = all.quantile_ms(0.5);
  p99.p99 = all.quantile_ms(0.99);
  report.add_limit(p99, goal_ms);

  Figure ratio;
  ratio.name = "scan_to_view.1M_to_1k";
  ratio.value = flat.value;
  ratio.unit = "ms(mean)";
  ratio.reference = "1,000 items";
  ratio.reference_value = flat.reference;
  ratio.ratio = flat.ratio;
  ratio.ratio_low = flat.ratio_low;
  ratio.ratio_high = flat.ratio_high;
  ratio.n = static_cast<std::int64_t>(all.size());
  ratio.verdict = flat.ratio <= flat_ratio ? Figure::Verdict::reached : Figure::Verdict::missed;
  report.add(ratio);
}

}  // namespace lanekeeper::bench
