#include "server_store.h"

#include <fstream>

#include "shop_promotions.h"

namespace lanekeeper::bench {
namespace {

constexpr int live_promotions = 1000;

// Published in the store, and as its tills then know them.
pricing::PromotionIndex publish(const LiveStore& store, const std::vector<catalogue::Item>& goods) {
  auto promotions = shop_promotion_list(goods, live_promotions, 1);
  const auto file = store.folder() / "promotions.json";
  {
    std::ofstream out(file);
    out << definitions_of(promotions);
  }
  (void)store.command({"promotions", "publish", file.string()});
  auto compiled = pricing::PromotionIndex::compile(std::move(promotions), 1);
  if (!compiled) throw Fault("bench.conditions", compiled.error().message);
  return std::move(*compiled);
}

}  // namespace

SellingStore::SellingStore(std::int64_t items, int count) {
  const auto csv = store.folder() / "items.csv";
  write_items_csv(csv, items);
  (void)store.command({"import", csv.string()});
  std::vector<EnrolledDevice> devices;
  for (int till = 1; till <= count; ++till) devices.push_back(store.enrol(protocol::DeviceKind::till, till));
  contents = load_contents(store.endpoint(), devices.front());
  maker = std::make_unique<SaleMaker>(contents.items, contents.profile.taxes, contents.version,
                                      publish(store, contents.items));
  for (auto& device : devices) {
    tills.push_back(std::make_unique<LoadTill>(store.endpoint(), std::move(device), *maker));
  }
}

}  // namespace lanekeeper::bench
