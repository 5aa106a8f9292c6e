#include "model/promotion_form.h"

#include <fmt/format.h>

namespace lanekeeper::office {

namespace {

using pricing::Promotion;

constexpr Rate whole = Rate::of_per_10k(10'000);

struct OfferReader {
  PromotionForm& form;

  void operator()(const pricing::FixedPrice& offer) const { form.price = offer.price.to_string(); }
  void operator()(const pricing::PercentOff& offer) const { form.percent = offer.percent.to_percent_string(); }
  void operator()(const pricing::AmountOff& offer) const { form.amount = offer.amount.to_string(); }
  void operator()(const pricing::Multibuy& offer) const {
    form.count = std::to_string(offer.count);
    form.price = offer.price.to_string();
  }
  void operator()(const pricing::NthOff& offer) const {
    form.count = std::to_string(offer.count);
    form.percent = offer.percent.to_percent_string();
  }
  void operator()(const pricing::Bundle&) const {}
  void operator()(const pricing::Spend& offer) const {
    form.steps.clear();
    for (const auto& tier : offer.tiers) {
      const auto* amount = std::get_if<Money>(&tier.off);
      form.steps.push_back({tier.threshold.to_string(),
                            amount != nullptr ? amount->to_string() : std::get<Rate>(tier.off).to_percent_string(),
                            amount == nullptr});
    }
    form.every = offer.every;
    form.excludes_offers = offer.excludes_offers;
  }
  void operator()(const pricing::Gift& offer) const {
    const auto* threshold = std::get_if<Money>(&offer.when);
    form.gift_counts = threshold == nullptr;
    form.gift_when = threshold != nullptr ? threshold->to_string() : std::to_string(std::get<std::int64_t>(offer.when));
    form.every = offer.every;
    form.gift_item = offer.item;
    form.gift_price = offer.price.to_string();
    form.excludes_offers = offer.excludes_offers;
  }
};

std::string clock_text(int minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string number_text(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : std::string();
}

void read_schedule(PromotionForm& form, const pricing::Schedule& schedule) {
  if (schedule.from) form.from = schedule.from->to_string();
  if (schedule.to) form.to = schedule.to->to_string();
  for (const int day : schedule.weekdays) form.days[static_cast<std::size_t>(day - 1)] = true;
  form.all_day = !schedule.hours.has_value();
  if (schedule.hours) {
    form.begin = clock_text(schedule.hours->from_minute);
    form.end = clock_text(schedule.hours->to_minute);
  }
}

void read_audience(PromotionForm& form, const pricing::Audience& audience) {
  if (audience.members || audience.birthday) form.audience = AudienceKind::members;
  if (!audience.tiers.empty()) form.audience = AudienceKind::tiers;
  for (const auto& tier : audience.tiers) form.tiers += (form.tiers.empty() ? "" : ", ") + tier;
  form.birthday = audience.birthday;
}

}  // namespace

bool is_basket_kind(OfferKind kind) {
  return kind == OfferKind::spend || kind == OfferKind::gift;
}

OfferKind offer_kind(const Promotion& promotion) {
  if (promotion.layer == pricing::Layer::coupon) return OfferKind::other;
  struct Namer {
    OfferKind operator()(const pricing::FixedPrice&) const { return OfferKind::fixed_price; }
    OfferKind operator()(const pricing::PercentOff&) const { return OfferKind::percent_off; }
    OfferKind operator()(const pricing::AmountOff&) const { return OfferKind::amount_off; }
    OfferKind operator()(const pricing::Multibuy&) const { return OfferKind::multibuy; }
    OfferKind operator()(const pricing::NthOff& offer) const {
      return offer.percent == whole && offer.count >= 2 ? OfferKind::pay_fewer : OfferKind::nth_off;
    }
    OfferKind operator()(const pricing::Bundle&) const { return OfferKind::other; }
    OfferKind operator()(const pricing::Spend&) const { return OfferKind::spend; }
    OfferKind operator()(const pricing::Gift&) const { return OfferKind::gift; }
  };
  return std::visit(Namer{}, promotion.offer);
}

PromotionForm form_of(const Promotion& promotion) {
  PromotionForm form;
  form.kind = offer_kind(promotion);
  form.count.clear();
  std::visit(OfferReader{form}, promotion.offer);
  form.scope = promotion.scope;
  read_schedule(form, promotion.schedule);
  read_audience(form, promotion.audience);
  form.max_per_basket = number_text(promotion.max_per_basket);
  form.max_per_member_day = number_text(promotion.max_per_member_day);
  form.max_total = number_text(promotion.max_total);
  if (promotion.priority != 0) form.priority = std::to_string(promotion.priority);
  form.exclusive = promotion.exclusive;
  form.name = promotion.name;
  form.name_en = promotion.name_en;
  return form;
}

Definition blank_definition(const std::string& id) {
  auto value = empty_object();
  set_member(value, "id", text_value(id));
  return definition_of(std::move(value));
}

}  // namespace lanekeeper::office
