#include "access/permissions.h"

#include <algorithm>

namespace lanekeeper::access {
namespace {

using P = Permission;

struct NamedPermission {
  Permission permission;
  std::string_view name;
};
constexpr NamedPermission permission_names[] = {
    {P::sale_ring, "sale.ring"},
    {P::sale_void_line, "sale.void_line"},
    {P::sale_void_basket, "sale.void_basket"},
    {P::price_override, "price.override"},
    {P::weight_manual, "weight.manual"},
    {P::sale_discount, "sale.discount"},
    {P::sale_return, "sale.return"},
    {P::sale_return_blind, "sale.return_blind"},
    {P::sale_return_blocked, "sale.return_blocked"},
    {P::sale_void_completed, "sale.void_completed"},
    {P::sale_deposit_back, "sale.deposit_back"},
    {P::sale_open_price, "sale.open_price"},
    {P::tender_void, "tender.void"},
    {P::refund_in_cash, "refund.in_cash"},
    {P::shift_run, "shift.run"},
    {P::shift_cash, "shift.cash"},
    {P::shift_no_sale, "shift.no_sale"},
    {P::shift_difference, "shift.difference"},
    {P::shift_close_other, "shift.close_other"},
    {P::till_training, "till.training"},
    {P::till_lock_takeover, "till.lock_takeover"},
    {P::approvals_answer, "approvals.answer"},
    {P::items_read, "items.read"},
    {P::items_edit, "items.edit"},
    {P::items_import, "items.import"},
    {P::sales_read, "sales.read"},
    {P::promotions_read, "promotions.read"},
    {P::promotions_edit, "promotions.edit"},
    {P::members_read, "members.read"},
    {P::members_edit, "members.edit"},
    {P::devices_approve, "devices.approve"},
    {P::devices_read, "devices.read"},
    {P::staff_edit, "staff.edit"},
    {P::store_settings, "store.settings"},
    {P::exceptions_read, "exceptions.read"},
    {P::ops_metrics, "ops.metrics"},
};

// What is not listed is denied. Nobody who keeps machines and accounts sells, and nobody who only looks changes
// anything; an owner looks at everything and says how the tills are to behave.
constexpr Permission cashier[] = {P::sale_ring, P::sale_void_line, P::sale_void_basket, P::sale_open_price,
                                  P::shift_run, P::till_training,  P::sale_deposit_back};
constexpr Permission supervisor[] = {
    P::sale_ring,        P::sale_void_line, P::sale_void_basket,    P::price_override,      P::weight_manual,
    P::sale_discount,    P::sale_return,    P::till_lock_takeover,  P::items_read,          P::sales_read,
    P::promotions_read,  P::members_read,   P::sale_return_blind,   P::sale_open_price,     P::tender_void,
    P::shift_run,        P::shift_cash,     P::shift_no_sale,       P::shift_difference,    P::till_training,
    P::approvals_answer, P::refund_in_cash, P::sale_return_blocked, P::sale_void_completed, P::sale_deposit_back};
constexpr Permission stock_clerk[] = {P::items_read, P::items_edit, P::items_import};
constexpr Permission purchaser[] = {P::items_read, P::items_edit, P::items_import, P::sales_read, P::promotions_read};
constexpr Permission accountant[] = {P::items_read, P::sales_read, P::promotions_read, P::exceptions_read,
                                     P::devices_read};
constexpr Permission manager[] = {
    P::sale_ring,         P::sale_void_line,   P::sale_void_basket,    P::price_override,      P::weight_manual,
    P::sale_discount,     P::sale_return,      P::till_lock_takeover,  P::items_read,          P::items_edit,
    P::items_import,      P::sales_read,       P::promotions_read,     P::promotions_edit,     P::members_read,
    P::members_edit,      P::devices_approve,  P::devices_read,        P::exceptions_read,     P::staff_edit,
    P::sale_return_blind, P::sale_open_price,  P::tender_void,         P::shift_run,           P::shift_cash,
    P::shift_no_sale,     P::shift_difference, P::shift_close_other,   P::till_training,       P::approvals_answer,
    P::store_settings,    P::refund_in_cash,   P::sale_return_blocked, P::sale_void_completed, P::sale_deposit_back};
constexpr Permission owner[] = {P::items_read,   P::sales_read,      P::promotions_read, P::members_read,
                                P::devices_read, P::exceptions_read, P::ops_metrics,     P::store_settings};
constexpr Permission administrator[] = {P::devices_approve, P::devices_read, P::staff_edit,
                                        P::exceptions_read, P::ops_metrics,  P::store_settings};

std::span<const Permission> granted(Role role) {
  switch (role) {
    case Role::cashier:
      return cashier;
    case Role::supervisor:
      return supervisor;
    case Role::stock_clerk:
      return stock_clerk;
    case Role::purchaser:
      return purchaser;
    case Role::accountant:
      return accountant;
    case Role::manager:
      return manager;
    case Role::owner:
      return owner;
    case Role::administrator:
      return administrator;
  }
  return {};
}

}  // namespace

bool allows(Role role, Permission permission) {
  const auto permissions = granted(role);
  return std::find(permissions.begin(), permissions.end(), permission) != permissions.end();
}

Limits limits_of(Role role) {
  switch (role) {
    case Role::cashier:
      return {Rate{}, Money{}, Money{}, Money::of_minor(200'00), Money::of_minor(200'00)};
    case Role::supervisor:
      return {Rate::of_per_10k(2000), Money::of_minor(500'00), Money::of_minor(100'00), Money::of_minor(2'000'00),
              Money::of_minor(2'000'00)};
    case Role::manager:
      return {Rate::of_per_10k(10'000), std::nullopt, Money::of_minor(2'000'00), Money::of_minor(20'000'00),
              Money::of_minor(100'000'00)};
    default:
      return {Rate{}, Money{}, Money{}, Money{}, Money{}};
  }
}

std::string_view name_of(Permission permission) {
  for (const auto& named : permission_names) {
    if (named.permission == permission) return named.name;
  }
  return "unknown";
}

std::optional<Permission> permission_named(std::string_view name) {
  for (const auto& named : permission_names) {
    if (named.name == name) return named.permission;
  }
  return std::nullopt;
}

std::vector<Permission> permissions_of(Role role) {
  const auto permissions = granted(role);
  return {permissions.begin(), permissions.end()};
}

}  // namespace lanekeeper::access
