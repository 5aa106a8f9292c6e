// Who may do what. Roles are fixed sets of permissions; default deny.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json_codec.h"
#include "money/money.h"

namespace lanekeeper::access {

enum class Permission {
  sale_ring,  // ring sales and take cash
  sale_void_line,
  sale_void_basket,
  price_override,
  weight_manual,        // type a weight instead of weighing
  sale_discount,        // discounts by hand, up to limits_of(role)
  sale_return,          // take goods back, up to limits_of(role)
  sale_return_blind,    // without a receipt
  sale_return_blocked,  // take back goods that do not come back
  sale_void_completed,  // make a whole sale of today undone, up to the limit of returns
  sale_deposit_back,    // give deposits back, up to limits_of(role)
  sale_open_price,      // type the price of goods that have none, up to limits_of(role)
  tender_void,          // take a payment other than cash out again
  refund_in_cash,       // give cash for what was paid in another way that is not there any more
  shift_run,            // open and close one's own shift, X, pick-ups
  shift_cash,           // paid in, paid out, change added
  shift_no_sale,        // open the drawer without a sale
  shift_difference,     // sign a difference at the close that is over the store's tolerance
  shift_close_other,    // close the shift of somebody else
  till_training,
  till_lock_takeover,
  approvals_answer,  // allow from afar what one may do oneself
  items_read,
  items_edit,
  items_import,
  sales_read,
  promotions_read,
  promotions_edit,
  members_read,
  members_edit,
  devices_approve,
  devices_read,
  staff_edit,
  store_settings,  // how tills behave, what receipts look like
  exceptions_read,
  ops_metrics,
};

enum class Role { cashier, supervisor, stock_clerk, purchaser, accountant, manager, owner, administrator };

[[nodiscard]] bool allows(Role role, Permission permission);
// How far a role may go with what it is allowed to do.
struct Limits {
  Rate max_discount;                // of a line or a basket, taken together with what was given by hand before
  std::optional<Money> max_refund;  // of one return; nullopt: any
  Money max_blind_refund;           // of one return without a receipt
  Money max_deposit_back;           // of all deposits that one basket gives back
  Money max_open_price;             // of one piece or kg
};
[[nodiscard]] Limits limits_of(Role role);
[[nodiscard]] std::string_view name_of(Permission permission);  // "sale.ring"
[[nodiscard]] std::optional<Permission> permission_named(std::string_view name);
[[nodiscard]] std::vector<Permission> permissions_of(Role role);

// A person as tills and server know them. The verifiers are Argon2id strings; a PIN verifier only ever leaves the
// server for an enrolled till.
struct StaffMember {
  std::int64_t id = 0;
  std::string number;  // "1027", what is typed at sign-in
  std::string name;
  Role role = Role::cashier;
  std::string pin_verifier;       // empty: cannot sign in at a till
  std::string password_verifier;  // empty: cannot sign in at the back office; never sent to tills
  bool active = true;
  // What badge_key() makes of the code on the badge; missing: none.
  std::optional<std::string> badge_key = std::nullopt;
  // As which member they buy here; missing: not known. Nobody rings up their own purchases.
  std::optional<std::int64_t> member = std::nullopt;
  bool operator==(const StaffMember&) const = default;
};
template <class V>
void describe(V& visit, StaffMember& s) {
  visit("id", s.id);
  visit("number", s.number);
  visit("name", s.name);
  visit("role", s.role);
  visit("pin_verifier", s.pin_verifier);
  visit("password_verifier", s.password_verifier);
  visit("active", s.active);
  visit("badge_key", s.badge_key);
  visit("member", s.member);
}

}  // namespace lanekeeper::access

namespace lanekeeper::json {
template <>
struct EnumNames<access::Role> {
  using R = access::Role;
  static constexpr std::pair<R, std::string_view> names[] = {
      {R::cashier, "cashier"},     {R::supervisor, "supervisor"},      {R::stock_clerk, "stock_clerk"},
      {R::purchaser, "purchaser"}, {R::accountant, "accountant"},      {R::manager, "manager"},
      {R::owner, "owner"},         {R::administrator, "administrator"}};
};
}  // namespace lanekeeper::json
