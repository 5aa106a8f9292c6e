// Goods that come back to one till at a time.
#pragma once

#include "base/ids.h"
#include "base/json_codec.h"

namespace lanekeeper::protocol {

// GET /v1/sales/returnable, asked by a till, keeps the sale for it: another till is told return.taken (detail "till")
// until the return has arrived, POST /v1/returns/release was called (the customer thought better of it), or some
// minutes are over. The same till may ask again.
struct ReturnRelease {
  Uuid sale;
};
template <class V>
void describe(V& visit, ReturnRelease& r) {
  visit("sale", r.sale);
}

}  // namespace lanekeeper::protocol
