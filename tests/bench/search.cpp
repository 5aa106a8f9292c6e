// The first page of a search over a million items: what people type, and the worst that can be typed.
#include <algorithm>
#include <map>
#include <random>

#include "barcode/gtin.h"
#include "base/system_clock.h"
#include "base/text.h"
#include "bench.h"
#include "cache/catalogue_replica.h"
#include "goods.h"

namespace lanekeeper::bench {

namespace {

constexpr std::int64_t all_items = 1'000'000;
constexpr int page_rows = 50;
constexpr int queries_per_kind = 400;
constexpr double goal_ms = 10;

std::string part_of(std::u32string_view text, std::size_t shortest, std::size_t longest, bool from_start,
                    std::mt19937_64& random) {
  const auto length = std::min(text.size(), std::uniform_int_distribution<std::size_t>(shortest, longest)(random));
  const auto last = text.size() - length;
  const auto at = from_start ? 0 : std::uniform_int_distribution<std::size_t>(0, last)(random);
  return std::string(trim(to_utf8(text.substr(at, length))));
}

// Below this only beginnings are found (cache/search_text.h), which is not what a part is measured for.
bool long_enough(std::string_view text) {
  std::size_t narrow = 0;
  for (const auto c : to_utf32(text)) {
    if (c >= 0x2E80) return true;
    narrow = c == U' ' ? 0 : narrow + 1;
    if (narrow == 3) return true;
  }
  return false;
}

// What somebody types who looks for this item.
std::map<std::string, std::string> queries_for(const catalogue::Item& item, std::mt19937_64& random) {
  const auto name = to_utf32(item.name);
  const auto mnemonic = to_utf32(item.mnemonic);
  const auto code = to_utf32(barcode::display_gtin(item.codes.front().code));
  return {{"name", part_of(name, 2, 5, true, random)},
          {"name_part", part_of(name, 2, 4, false, random)},
          {"initials", part_of(mnemonic, 3, 5, true, random)},
          {"initials_part", part_of(mnemonic, 3, 5, false, random)},
          {"barcode_beginning", part_of(code, 6, 9, true, random)},
          {"barcode_part", part_of(code, 4, 8, false, random)},
          {"number", item.number}};
}

// Frequent characters, letters and digits, alone and together, and words that never meet.
constexpr const char* worst[] = {"酒",  "的",     "a",      "k",  "1",        "6",         "69",        "690",
                                 "693", "6934",   "500",    "ml", "kg",       "500ml",     "1.25l",     "味",
                                 "装",  "g",      "原味 5", "zz", "qqqq",     "饼干 啤酒", "500ml 1kg", "草莓味 柠檬味",
                                 "000", "123456", "可乐",   "kk", "香辣 75g", "69 装"};

}  // namespace

void search(Report& report) {
  const SystemClock clock;
  const auto items = effort().items(all_items);
  auto opened = till::CatalogueReplica::open(replica_of(items), clock);
  if (!opened || (*opened)->item_count() != items)
    throw Fault("bench.conditions", "the replica does not hold all its items");
  const auto& replica = **opened;
  const Goods goods;
  std::mt19937_64 random(3);
  std::map<std::string, Samples> by_kind;
  Samples all;
  int missed = 0;
  for (int i = 0; i < effort().times(queries_per_kind); ++i) {
    const auto item = goods.make(std::uniform_int_distribution<std::int64_t>(1, items)(random));
    for (const auto& [kind, text] : queries_for(item, random)) {
      if (!long_enough(text)) continue;
      std::vector<catalogue::ItemSummary> found;
      const auto took = timed([&] { found = replica.search(text, page_rows, 0); });
      by_kind[kind].add(took);
      all.add(took);
      const bool there = std::any_of(found.begin(), found.end(), [&](const auto& row) { return row.id == item.id; });
      if (!there && found.size() < page_rows) {
        ++missed;
        fmt::print(stderr, "not found: {} \"{}\" of {} ({} rows)\n", kind, text, item.name, found.size());
      }
    }
  }
  if (missed > 0) throw Fault("bench.conditions", fmt::format("{} searches did not find their item", missed));
  Samples hard;
  std::string slowest;
  double slowest_ms = 0;
  for (int round = 0; round < 20; ++round) {
    for (const char* text : worst) {
      const auto took = timed([&] { static_cast<void>(replica.search(text, page_rows, 0)); });
      hard.add(took);
      const double took_ms = static_cast<double>(took.count()) / 1e6;
      if (took_ms > slowest_ms) {
        slowest_ms = took_ms;
        slowest = text;
      }
    }
  }
  by_kind["hardest"] = hard;
  all.append(hard);
  by_kind[""] = all;
  for (const auto& [kind, samples] : by_kind) {
    Figure figure;
    figure.name = kind.empty() ? "search" : "search." + kind;
    figure.value = samples.quantile_ms(0.99);
    figure.unit = "ms(p99)";
    figure.n = static_cast<std::int64_t>(samples.size());
    figure.p50 = samples.quantile_ms(0.5);
    figure.p99 = samples.quantile_ms(0.99);
    report.add_limit(figure, goal_ms);
  }
  fmt::print(stderr, "slowest of the hardest: {} ({:.1f} ms)\n", slowest, slowest_ms);
}

}  // namespace lanekeeper::bench
