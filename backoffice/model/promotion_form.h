// A promotion as it stands in the editor: what was typed, whether or not it makes sense yet. Pure functions turn a
// definition into a form and a form into a definition again; members that the form does not show stay as they were.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/definitions.h"
#include "pricing/promotion.h"

namespace lanekeeper::office {

// As a shop speaks of them. other: a bundle, a coupon; what it gives and for which goods is only shown.
enum class OfferKind { pay_fewer, nth_off, multibuy, fixed_price, amount_off, percent_off, spend, gift, other };

enum class PromotionField {
  kind,
  count,
  percent,
  price,
  amount,
  steps,
  gift_when,
  gift_item,
  gift_price,
  goods,
  from,
  to,
  hours,
  tiers,
  max_per_basket,
  max_per_member_day,
  max_total,
  priority,
  name,
  name_en,
  other,
};

struct SpendStepForm {
  std::string threshold;
  std::string off;
  bool percent = false;  // off is a percent, else an amount
  bool operator==(const SpendStepForm&) const = default;
};

enum class AudienceKind { everyone, members, tiers };

struct PromotionForm {
  OfferKind kind = OfferKind::pay_fewer;
  std::string count = "3";
  std::string percent;
  std::string price;
  std::string amount;
  std::vector<SpendStepForm> steps = std::vector<SpendStepForm>(1);
  bool every = false;            // of spend (one step, an amount) and gift
  bool excludes_offers = false;  // of spend and gift
  bool gift_counts = false;      // the gift waits for pieces, else for an amount
  std::string gift_when;
  std::string gift_item;
  std::string gift_price = "0.00";
  pricing::Scope scope;

  std::string from;  // "2026-11-20", empty: open
  std::string to;
  std::array<bool, 7> days{};  // Monday first; none: every day
  bool all_day = true;
  std::string begin;  // "08:00"
  std::string end;

  AudienceKind audience = AudienceKind::everyone;
  std::string tiers;  // separated by blanks or commas
  bool birthday = false;
  std::string max_per_basket;
  std::string max_per_member_day;
  std::string max_total;
  std::string priority;  // basket layer
  bool exclusive = false;

  std::string name;
  std::string name_en;
  bool operator==(const PromotionForm&) const = default;
};

struct PromotionProblem {
  PromotionField field = PromotionField::other;
  Error error;
};

struct CheckedPromotion {
  Definition definition;  // as good as the form allows
  std::vector<PromotionProblem> problems;
};

// Kinds of the basket layer have an order and can end it.
[[nodiscard]] bool is_basket_kind(OfferKind kind);
[[nodiscard]] OfferKind offer_kind(const pricing::Promotion& promotion);
[[nodiscard]] PromotionForm form_of(const pricing::Promotion& promotion);
// A new definition: nothing but its id.
[[nodiscard]] Definition blank_definition(const std::string& id);
// What the form says, on top of the base. office.promotion_*, and what reading it says (docs/promotions.md).
[[nodiscard]] CheckedPromotion check(const PromotionForm& form, const Definition& base);

}  // namespace lanekeeper::office
