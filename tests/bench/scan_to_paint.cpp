// Keys in at the X server, another picture out of it: the real window over a replica of a million items with a thousand
// live promotions, its basket growing to a hundred lines, at the size of the design.
//
// The time runs from the first key of a burst, as a scanner in keyboard mode sends it, until the last item's banner and
// the amount due both show something else; so it holds the till's way through the X server, the wait for the end of the
// burst, pricing, painting, and the bench's own look at the screen (a fraction of a millisecond).
#include <algorithm>

#include "barcode/gtin.h"
#include "base/system_clock.h"
#include "bench.h"
#include "cache/catalogue_replica.h"
#include "goods.h"
#include "live_till.h"
#include "screen_watch.h"
#include "shop_promotions.h"

namespace lanekeeper::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t all_items = 1'000'000;
constexpr int live_promotions = 1000;
constexpr int promoted_articles = 700;
constexpr int lines_of_basket = 100;
constexpr int baskets = 4;
constexpr int keys_of_basket = 50;
constexpr double goal_ms = 16;
constexpr std::chrono::milliseconds longest{2000};

// At 1366 x 768 as the design has it.
// Strips through the middle of the figures.
const ScreenWatch::Region banner_amount{600, 156, 240, 16};
const ScreenWatch::Region due_amount{900, 184, 450, 16};
const ScreenWatch::Region lines{10, 260, 6, 280};

std::vector<catalogue::Item> promoted_goods(const Goods& goods) {
  std::vector<catalogue::Item> promoted;
  for (std::int64_t id = 1; promoted.size() < promoted_articles; ++id) {
    auto item = goods.make(id);
    if (item.unit == catalogue::UnitOfMeasure::piece) promoted.push_back(std::move(item));
  }
  return promoted;
}

void publish(const fs::path& folder, const std::vector<catalogue::Item>& goods) {
  const SystemClock clock;
  till::ReplicaWriter writer(folder);
  protocol::PromotionBooks books;
  books.newest = 1;
  const auto list = shop_promotion_list(goods, live_promotions, 1);
  books.books = {{1, ZonedTime{Instant{1'700'000'000'000}, 480}, definitions_of(list)}};
  if (auto stored = writer.store_promotions(books, clock.now().instant); !stored) {
    throw Fault("bench.conditions", stored.error().message);
  }
}

// Goods by the piece with a barcode that nobody else has; a third of them among those that promotions are over.
catalogue::Item goods_of(const Goods& goods, const std::vector<catalogue::Item>& promoted, int n) {
  if (n % 3 == 0) return promoted[static_cast<std::size_t>(n * 7) % promoted.size()];
  for (std::int64_t id = 1000 + n * 7919;; ++id) {
    auto item = goods.make(id % effort().items(all_items) + 1);
    if (item.unit == catalogue::UnitOfMeasure::piece) return item;
  }
}

Figure figure_of(const char* name, const Samples& samples) {
  Figure figure;
  figure.name = name;
  figure.value = samples.quantile_ms(0.99);
  figure.unit = "ms(p99)";
  figure.n = static_cast<std::int64_t>(samples.size());
  figure.p50 = samples.quantile_ms(0.5);
  figure.p99 = figure.value;
  return figure;
}

}  // namespace

void scan_to_paint(Report& report) {
  const auto watch = ScreenWatch::open();
  if (!watch) throw Fault("bench.conditions", "no display for the window: run it under xvfb-run");
  const Goods goods;
  const auto promoted = promoted_goods(goods);
  const Scratch scratch;
  fs::copy_file(replica_of(effort().items(all_items)) / "replica.db", scratch.path() / "replica.db");
  publish(scratch.path(), promoted);
  enrol_by_hand(scratch.path());
  const WindowTill till(till_program(), scratch.path(), "1366x768");
  till.wait_until_shown();
  till.sign_in_and_ring(goods_of(goods, promoted, 1));
  const auto window = watch->largest_window();
  if (!window || window->width != 1366 || window->height != 768) {
    throw Fault("bench.conditions", "the window has not the size that was asked for");
  }
  const auto on_screen = [&](ScreenWatch::Region region) {
    region.x += window->x;
    region.y += window->y;
    return region;
  };

  Samples scans;
  Samples long_scans;  // when the basket has more than ninety lines
  Samples presses;
  int n = 2;
  const int rounds = std::max(2, effort().times(baskets));  // a second one shows that the first was given up
  for (int basket = 0; basket < rounds; ++basket) {
    int failed = 0;
    for (int line = 1; line < lines_of_basket; ++line, ++n) {
      const auto code = barcode::display_gtin(goods_of(goods, promoted, n).codes.front().code);
      const auto painted = watch->scan(code, {on_screen(banner_amount), on_screen(due_amount)}, longest);
      if (!painted) {
        // The same price and nothing more to pay, or a code that two items own.
        till.press("Escape");
        if (++failed > lines_of_basket / 10)
          throw Fault("bench.conditions", "the window does not show what is scanned");
        continue;
      }
      scans.add(*painted);
      if (line > lines_of_basket * 9 / 10) long_scans.add(*painted);
    }
    for (int key = 0; key < keys_of_basket; ++key) {
      const auto painted = watch->press(key % 2 == 0 ? "Up" : "Down", {on_screen(lines)}, longest);
      if (painted) presses.add(*painted);
    }
    till.press("F11");
    till.press("1");
    till.press("Delete");
  }
  if (presses.size() < static_cast<std::size_t>(rounds * keys_of_basket / 2))
    throw Fault("bench.conditions", "the selected line does not move");
  report.add_limit(figure_of("scan_to_paint", scans), goal_ms);
  report.add_limit(figure_of("scan_to_paint.100_lines", long_scans), goal_ms);
  report.add_limit(figure_of("scan_to_paint.key", presses), goal_ms);
}

}  // namespace lanekeeper::bench
