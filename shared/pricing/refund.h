// What goes back when something is returned: exactly what was allocated to it when it was sold. Any part of a line, in
// any number of goes, adds up to the line's net when all of it has come back, and never to a fen more.
#pragma once

#include <cstdint>
#include <span>

#include "pricing/goods.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::pricing {

// Pieces of a counted line. They come back in the order in which the line keeps them (PricedGoodsLine::units): which of
// several equal pieces a customer brings cannot be told. refund.bad_quantity: nothing, or less than nothing, is to be
// returned; refund.more_than_sold: more than was sold less what came back before (detail "left").
[[nodiscard]] Result<Money> refund_pieces(std::span<const sale::UnitNets> units, std::int64_t returned_before,
                                          std::int64_t returned_now);

// Part of a weighed line, by its weight: the share of its net, rounded so that the goes add up. Errors as above.
[[nodiscard]] Result<Money> refund_weight(Money net, Quantity sold, Quantity returned_before, Quantity returned_now);

// What goes back for a part of a sold line.
struct LineRefund {
  Money amount;  // >= 0, the part's net
  Money tax;     // >= 0, of it: in it, or on top of it, as the line was sold
};
// sold and priced are the same line of a completed sale. Pieces for a counted line; a weighed line and one whose amount
// was fixed come back by their share. Errors as above.
[[nodiscard]] Result<LineRefund> refund_line(const sale::BasketLine& sold, const sale::PricedLine& priced,
                                             Quantity returned_before, Quantity returned_now);

}  // namespace lanekeeper::pricing
