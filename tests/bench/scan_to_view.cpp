// Barcode bytes in, new priced view out: a million items against a thousand, baskets growing to a hundred lines, with a
// thousand live promotions. They are over a few hundred of the goods, and a third of what is scanned is among those, so
// that several dozen touch a full basket: promoted goods are what people buy.
#include <random>

#include "barcode/gtin.h"
#include "bench.h"
#include "goods.h"
#include "lane_desk.h"
#include "shop_promotions.h"

namespace lanekeeper::bench {

namespace {

constexpr int lines_of_basket = 100;
constexpr int baskets_of_round = 20;
constexpr int rounds = 9;
constexpr double goal_ms = 1.0;
constexpr double flat_ratio = 1.5;
constexpr int live_promotions = 1000;
constexpr int promoted_articles = 700;

class Scanner {
 public:
  Scanner(std::int64_t items, std::uint64_t seed)
      : items_(items),
        promoted_(promoted_goods(items)),
        desk_(replica_of(items), shop_promotions(promoted_, live_promotions, seed)),
        random_(seed) {}

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
      saved_ += view_->saving;
      if (!view_->optimal) ++not_proven_;
      if (view_->lines.size() < lines_of_basket / 2) throw Fault("bench.conditions", "the basket did not grow");
      desk_.give(till::VoidBasket{});
    }
    return samples;
  }

  [[nodiscard]] Money saved() const { return saved_; }
  [[nodiscard]] int not_proven() const { return not_proven_; }

 private:
  // The same articles in the small store and in the large one.
  std::vector<catalogue::Item> promoted_goods(std::int64_t items) const {
    std::vector<catalogue::Item> promoted;
    for (std::int64_t id = 1; id <= items && promoted.size() < promoted_articles; ++id) {
      auto item = goods_.make(id);
      if (item.unit == catalogue::UnitOfMeasure::piece) promoted.push_back(std::move(item));
    }
    return promoted;
  }
  std::int64_t next_item() {
    if (std::uniform_int_distribution<int>(0, 2)(random_) != 0) {
      return std::uniform_int_distribution<std::int64_t>(promoted_.back().id + 1, items_)(random_);
    }
    return promoted_[std::uniform_int_distribution<std::size_t>(0, promoted_.size() - 1)(random_)].id;
  }
  std::string next_code() {
    for (;;) {
      const auto item = goods_.make(next_item());
      if (item.unit != catalogue::UnitOfMeasure::piece) continue;
      const auto owners = desk_.replica().find_by_code(item.codes.front().code).size();
      if (owners == 1) return barcode::display_gtin(item.codes.front().code);
    }
  }

  std::int64_t items_;
  Goods goods_;
  std::vector<catalogue::Item> promoted_;
  LaneDesk desk_;
  std::mt19937_64 random_;
  till::ViewPtr view_;
  Money saved_;
  int not_proven_ = 0;
};

}  // namespace

void scan_to_view(Report& report) {
  Scanner large(effort().items(1'000'000), 1);
  Scanner small(1'000, 2);
  large.ring(2);
  small.ring(2);
  Samples all;
  const auto flat = alternate(
      rounds,
      [&] {
        const auto samples = large.ring(effort().times(baskets_of_round));
        all.append(samples);
        return samples.mean_ms();
      },
      [&] { return small.ring(effort().times(baskets_of_round)).mean_ms(); });
  if (large.saved().is_zero()) throw Fault("bench.conditions", "no promotion touched a basket");
  if (large.not_proven() > 0) throw Fault("bench.conditions", "a basket's promotions were not proven to be the best");
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
  ratio.verdict = judged(flat.ratio <= flat_ratio);
  report.add(ratio);
}

}  // namespace lanekeeper::bench
