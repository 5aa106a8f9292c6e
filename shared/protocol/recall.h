// Goods that must not be sold any more, as tills know them.
#pragma once

#include <string>

namespace lanekeeper::protocol {

// A batch that must not be sold any more.
struct Recall {
  std::string gtin;   // 14 digits
  std::string batch;  // AI 10; empty: every batch
  bool operator==(const Recall&) const = default;
};
template <class V>
void describe(V& visit, Recall& r) {
  visit("gtin", r.gtin);
  visit("batch", r.batch);
}

}  // namespace lanekeeper::protocol
