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

using Command =
    std::variant<SignedIn, SignOut, Scan, AddItem, PendingQuantity, Weigh, SetLineQuantity, OverridePrice, VoidLine,
                 VoidBasket, SelectLine, BeginTender, BackToSale, TenderCash, VoidTender, ConfirmAge, Dismiss>;

}  // namespace lanekeeper::till
