#include "server_store.h"

namespace lanekeeper::bench {

SellingStore::SellingStore(std::int64_t items, int count) {
  const auto csv = store.folder() / "items.csv";
  write_items_csv(csv, items);
  (void)store.command({"import", csv.string()});
  std::vector<EnrolledDevice> devices;
  for (int till = 1; till <= count; ++till) devices.push_back(store.enrol(protocol::DeviceKind::till, till));
  contents = load_contents(store.endpoint(), devices.front());
  maker = std::make_unique<SaleMaker>(contents.items, contents.profile.taxes, contents.version);
  for (auto& device : devices) {
    tills.push_back(std::make_unique<LoadTill>(store.endpoint(), std::move(device), *maker));
  }
}

}  // namespace lanekeeper::bench
