// A live store with goods and enrolled tills: what the benches of the server begin with.
#pragma once

#include <memory>
#include <vector>

#include "live_store.h"
#include "sale_load.h"

namespace lanekeeper::bench {

struct SellingStore {
  LiveStore store;
  StoreContents contents;
  std::unique_ptr<SaleMaker> maker;
  std::vector<std::unique_ptr<LoadTill>> tills;

  // items are imported, tills 1..count enrolled.
  SellingStore(std::int64_t items, int count);
};

}  // namespace lanekeeper::bench
