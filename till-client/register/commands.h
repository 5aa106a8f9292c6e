// What a person, a scanner or a script can ask of the register. Both faces (window, console) send the same commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "access/permissions.h"
#include "barcode/scan.h"
#include "catalogue/item.h"
#include "money/money.h"
#include "sale/basket.h"
#include "sale/returnable_sale.h"

namespace lanekeeper::till {

// Signing in: the lane has checked the PIN (that is slow on purpose); the register learns who it is.
struct SignedIn {
  access::StaffMember staff;
};
struct SignOut {};  // refused while a basket is open: register.basket_open

// A scan or a typed code. Consumes a pending quantity. A code that several items own answers register.choose_item and
// the view lists them; AddItem picks one.
struct Scan {
  std::string data;
  barcode::Symbology symbology = barcode::Symbology::unknown;
};
// From a search result, a quick key or a choice. A weighed item needs a weight: the scale's when it is stable, else the
// register answers register.weight_needed and keeps the item until Weigh.
struct AddItem {
  catalogue::ItemId item = 0;
};
struct PendingQuantity {  // `3 *` before the scan; whole units 1..9999. register.bad_quantity
  Quantity quantity;
};
// The weight of the item that waits for one, or of `code` when that is given.
struct Weigh {
  std::string code;                                       // may be empty
  Quantity weight;                                        // kg, net
  sale::WeightSource source = sale::WeightSource::scale;  // manual needs Permission::weight_manual
};
struct SetLineQuantity {  // not for weighed lines: register.weighed_line
  std::int64_t line = 0;
  Quantity quantity;
};
struct OverridePrice {  // needs Permission::price_override
  std::int64_t line = 0;
  Money unit_price;
  std::string reason;
};
struct VoidLine {
  std::int64_t line = 0;
};
struct VoidBasket {};
struct SelectLine {
  std::int64_t line = 0;
};
struct BeginTender {};  // register.empty_basket
struct BackToSale {};   // keeps tenders that were taken; register.tender_taken when there are any
struct TenderCash {     // completes the sale when it covers what is due
  Money amount;
};
struct VoidTender {
  std::size_t index = 0;
};
// The answer to register.age_check: asked once per basket for the highest age needed so far. Yes enters the item that
// was held and is recorded on it; no drops it, which the sale records too.
struct ConfirmAge {
  bool confirmed = false;
};
struct Dismiss {};  // Esc: the message, the pending quantity, the waiting item, the choice, the age check (answers no)

// Whose basket it is, at any moment before the first tender; everything is priced again. nullopt takes the member off.
struct IdentifyMember {
  std::optional<sale::MemberRef> member;
};
// A coupon's code. A single-use one must have been kept at the server for this basket (`reserved`), else
// coupon.needs_server. coupon.unknown, coupon.not_reached (it stays refused, not remembered), coupon.presented_before.
struct AddCoupon {
  std::string code;
  bool reserved = false;
};
struct RemoveCoupon {
  std::string code;
};
// By hand, an amount or a percent (one of the two; neither takes the discount off again), at most what limits_of()
// allows the person who is signed in. needs Permission::sale_discount; discount.bad_value, discount.over_limit (details
// "most"), discount.not_allowed (the goods take no discount).
struct DiscountLine {
  std::int64_t line = 0;
  std::optional<Money> amount;
  std::optional<Rate> percent;
  std::string reason;
};
struct DiscountBasket {
  std::optional<Money> amount;
  std::optional<Rate> percent;
  std::string reason;
};
// What the server says is left of limits beyond this basket. Answers that come late or for another basket are dropped.
struct SetRemainingUses {
  Uuid basket;
  std::vector<sale::RemainingUses> remaining;
};
// Goods come back from a sale: begins a basket of returns (the open one must be empty; needs Permission::sale_return).
// Then ReturnLine for what comes back, BeginTender and TenderCash with zero to pay out. return.nothing_left (all of it
// is back), return.is_return (that sale was a return itself), return.goods_only (selling in the same basket).
struct BeginReturn {
  sale::ReturnableSale sale;
};
// Pieces or kg of a line of the sale, added to what this basket already takes back of it. return.no_line,
// return.not_returnable (blocked), refund.more_than_sold, refund.bad_quantity, return.over_limit.
struct ReturnLine {
  std::int64_t line = 0;
  Quantity quantity;
  sale::ReturnedTo to = sale::ReturnedTo::stock;
};

using Command = std::variant<SignedIn, SignOut, Scan, AddItem, PendingQuantity, Weigh, SetLineQuantity, OverridePrice,
                             VoidLine, VoidBasket, SelectLine, BeginTender, BackToSale, TenderCash, VoidTender,
                             ConfirmAge, Dismiss, IdentifyMember, AddCoupon, RemoveCoupon, DiscountLine, DiscountBasket,
                             SetRemainingUses, BeginReturn, ReturnLine>;

}  // namespace lanekeeper::till
