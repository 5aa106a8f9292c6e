// Barcodes that the shop does not know: each is recorded once a shift (again when the till was restarted meanwhile),
// behind the scan, so that somebody may add the goods. Recording is best effort: a journal that cannot be written keeps
// nobody from selling. What may name a person is never recorded: typed digits that are no GTIN (a telephone number, a
// member's), and the code of a badge that is not known here.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "lane/lane_work.h"

namespace lanekeeper::till {

class UnknownCodes {
 public:
  explicit UnknownCodes(LaneWork& lane) : lane_(lane) {}

  static constexpr std::size_t most_per_shift = 200;  // then no more are recorded

  // What a scan or a typed code was refused for. The record to be journalled, or nullopt: it is no barcode, was
  // recorded already, or this is training.
  [[nodiscard]] std::optional<sale::ControlTransaction> note(const Scan& scan, const Error& refusal);

 private:
  LaneWork& lane_;
  std::set<std::string> noted_;  // in the shift (0: without one) of
  std::int64_t shift_ = 0;
};

}  // namespace lanekeeper::till
