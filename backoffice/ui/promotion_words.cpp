#include "office_ui/promotion_words.h"

#include <fmt/format.h>

#include "sale/retail_transaction.h"

namespace lanekeeper::office {

using widgets::to_utf8;
using widgets::to_wx;

namespace {

constexpr Rate whole = Rate::of_per_10k(10'000);

std::string number(std::int64_t value) {
  return std::to_string(value);
}

std::string clock_text(int minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

// What is left to pay, in tenths: 15 % off is "8.5".
std::string fold_text(Rate percent) {
  std::string text = fmt::format("{}.{:03}", (10'000 - percent.per_10k()) / 1000, (10'000 - percent.per_10k()) % 1000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

const char* yes_no(bool flag) {
  return flag ? "yes" : "no";
}

}  // namespace

wxString PromotionWords::list(const std::vector<wxString>& parts) const {
  wxString result;
  for (const auto& part : parts) {
    if (!result.empty()) result += words_("list_comma");
    result += part;
  }
  return result;
}

wxString PromotionWords::name(const Definition& definition) const {
  if (!definition.promotion) return to_wx(definition.id.empty() ? "?" : definition.id);
  const auto& promotion = *definition.promotion;
  const bool english = words_.language() == i18n::Language::en && !promotion.name_en.empty();
  if (english) return to_wx(promotion.name_en);
  return promotion.name.empty() ? kind(definition) : to_wx(promotion.name);
}

wxString PromotionWords::name(std::string_view id, const Definitions& definitions) const {
  if (id == sale::list_price_id) return words_("promo.list_price");
  const auto* found = find_definition(definitions, id);
  return found == nullptr ? to_wx(id) : name(*found);
}

wxString PromotionWords::off(Rate percent) const {
  if (percent == whole) return words_("promo.off.free");
  return words_("promo.off.percent", {{"fold", fold_text(percent)}, {"percent", percent.to_percent_string()}});
}

wxString PromotionWords::off(const std::variant<Money, Rate>& value) const {
  const auto* amount = std::get_if<Money>(&value);
  if (amount == nullptr) return off(std::get<Rate>(value));
  return words_("promo.off.amount", {{"amount", amount->to_string()}});
}

wxString PromotionWords::together(const pricing::Together& value) const {
  if (const auto* price = std::get_if<pricing::TogetherPrice>(&value)) {
    return words_("promo.off.together", {{"price", price->price.to_string()}});
  }
  if (const auto* percent = std::get_if<pricing::TogetherPercent>(&value)) return off(percent->percent);
  return off(std::variant<Money, Rate>(std::get<pricing::TogetherAmount>(value).amount));
}

wxString PromotionWords::kind(const Definition& definition) const {
  if (!definition.promotion) return words_("promo.unreadable");
  const auto& promotion = *definition.promotion;
  if (promotion.layer == pricing::Layer::coupon) return words_("promo.kind.coupon");
  struct Namer {
    const PromotionWords& self;
    wxString operator()(const pricing::FixedPrice& o) const {
      return self.words_("promo.short.fixed_price", {{"price", o.price.to_string()}});
    }
    wxString operator()(const pricing::PercentOff& o) const {
      return self.words_("promo.short.percent_off", {{"off", to_utf8(self.off(o.percent))}});
    }
    wxString operator()(const pricing::AmountOff& o) const {
      return self.words_("promo.short.amount_off", {{"amount", o.amount.to_string()}});
    }
    wxString operator()(const pricing::Multibuy& o) const {
      return self.words_("promo.short.multibuy", {{"count", number(o.count)}, {"price", o.price.to_string()}});
    }
    wxString operator()(const pricing::NthOff& o) const {
      if (o.percent == whole && o.count >= 2) {
        return self.words_("promo.short.pay_fewer", {{"count", number(o.count)}, {"pay", number(o.count - 1)}});
      }
      return self.words_("promo.short.nth_off", {{"count", number(o.count)}, {"off", to_utf8(self.off(o.percent))}});
    }
    wxString operator()(const pricing::Bundle& o) const {
      return self.words_("promo.short.bundle", {{"off", to_utf8(self.together(o.value))}});
    }
    wxString operator()(const pricing::Spend& o) const {
      if (o.tiers.size() > 1)
        return self.words_("promo.short.steps", {{"count", number(static_cast<int>(o.tiers.size()))}});
      return self.words_("promo.short.spend", {{"every", yes_no(o.every)},
                                               {"threshold", o.tiers.front().threshold.to_string()},
                                               {"off", to_utf8(self.off(o.tiers.front().off))}});
    }
    wxString operator()(const pricing::Gift& o) const {
      return self.words_(o.price.is_zero() ? "promo.short.gift" : "promo.short.gift_priced",
                         {{"price", o.price.to_string()}});
    }
  };
  return std::visit(Namer{*this}, promotion.offer);
}

wxString PromotionWords::day(Date date) const {
  const bool this_year = date.year == clock_.now().local_date().year;
  return words_(this_year ? "promo.day" : "promo.day_year",
                {{"year", fmt::format("{}", date.year)},
                 {"month", fmt::format("{:02}", date.month)},
                 {"month_name", to_utf8(words_(fmt::format("month.{}", date.month)))},
                 {"day", fmt::format("{:02}", date.day)}});
}

wxString PromotionWords::schedule_text(std::string_view key, const pricing::Schedule& schedule) const {
  const char* span = schedule.from && schedule.to ? "both" : schedule.from ? "from" : schedule.to ? "to" : "always";
  std::vector<wxString> days;
  for (const int weekday : schedule.weekdays) days.push_back(words_(fmt::format("weekday.{}", weekday)));
  Parameters parameters{{"span", span},
                        {"from", schedule.from ? to_utf8(day(*schedule.from)) : std::string()},
                        {"to", schedule.to ? to_utf8(day(*schedule.to)) : std::string()},
                        {"days", days.empty() ? "all" : "some"},
                        {"weekdays", to_utf8(list(days))},
                        {"hours", schedule.hours ? "some" : "all"},
                        {"begin", schedule.hours ? clock_text(schedule.hours->from_minute) : std::string()},
                        {"end", schedule.hours ? clock_text(schedule.hours->to_minute) : std::string()}};
  return words_(key, parameters);
}

wxString PromotionWords::when(const pricing::Schedule& schedule) const {
  // Days or hours alone begin with the gap after the dates.
  return schedule_text("promo.when_short", schedule).Trim(false);
}

wxString PromotionWords::who(const pricing::Audience& audience) const {
  if (!audience.tiers.empty()) {
    std::vector<wxString> tiers;
    for (const auto& tier : audience.tiers) tiers.push_back(to_wx(tier));
    return words_(audience.birthday ? "promo.who.tiers_birthday" : "promo.who.tiers",
                  {{"tiers", to_utf8(list(tiers))}});
  }
  if (audience.birthday) return words_("promo.who.birthday");
  return words_(audience.members ? "promo.who.members" : "promo.who.everyone");
}

wxString PromotionWords::item_name(const std::string& item_number) const {
  const auto* row = desk_.goods.find(item_number);
  return row == nullptr ? to_wx(item_number) : words_.name_of(row->item);
}

wxString PromotionWords::category_name(const std::string& id) const {
  for (const auto& category : store_.profile().categories) {
    if (std::to_string(category.id) == id) return words_.name_of(category);
  }
  return to_wx(id);
}

wxString PromotionWords::goods(const pricing::Scope& scope) const {
  std::vector<wxString> parts;
  if (scope.all) parts.push_back(words_("promo.goods.all"));
  if (!scope.all && !scope.categories.empty()) {
    std::vector<wxString> names;
    for (const auto& id : scope.categories) names.push_back(category_name(id));
    parts.push_back(words_("promo.goods.categories", {{"names", to_utf8(list(names))}}));
  }
  if (!scope.all && !scope.brands.empty()) {
    std::vector<wxString> names;
    for (const auto& brand : scope.brands) names.push_back(to_wx(brand));
    parts.push_back(words_("promo.goods.brands", {{"names", to_utf8(list(names))}}));
  }
  if (!scope.all && !scope.items.empty()) {
    const auto first = to_utf8(item_name(scope.items.front()));
    const auto count = static_cast<std::int64_t>(scope.items.size());
    parts.push_back(count == 1 ? to_wx(first)
                               : words_("promo.goods.items",
                                        {{"first", first}, {"count", number(count)}, {"more", number(count - 1)}}));
  }
  wxString all = parts.empty() ? words_("promo.goods.none") : list(parts);
  if (scope.exclude_items.empty()) return all;
  return words_("promo.goods.except",
                {{"goods", to_utf8(all)}, {"count", number(static_cast<std::int64_t>(scope.exclude_items.size()))}});
}

wxString PromotionWords::step(const pricing::SpendTier& tier) const {
  return words_("promo.says.step", {{"threshold", tier.threshold.to_string()}, {"off", to_utf8(off(tier.off))}});
}

wxString PromotionWords::spend(const pricing::Spend& spend, Parameters parameters) const {
  if (spend.tiers.size() > 1) {
    std::vector<wxString> steps;
    for (const auto& tier : spend.tiers) steps.push_back(step(tier));
    parameters.emplace_back("steps", to_utf8(list(steps)));
    return words_("promo.says.steps", parameters);
  }
  parameters.emplace_back("every", yes_no(spend.every));
  parameters.emplace_back("threshold", spend.tiers.front().threshold.to_string());
  parameters.emplace_back("off", to_utf8(off(spend.tiers.front().off)));
  return words_("promo.says.spend", parameters);
}

wxString PromotionWords::gift(const pricing::Gift& gift, Parameters parameters) const {
  const auto* threshold = std::get_if<Money>(&gift.when);
  parameters.emplace_back("every", yes_no(gift.every));
  parameters.emplace_back("unit", threshold == nullptr ? "pieces" : "amount");
  parameters.emplace_back("when",
                          threshold == nullptr ? number(std::get<std::int64_t>(gift.when)) : threshold->to_string());
  parameters.emplace_back("gift", to_utf8(item_name(gift.item)));
  parameters.emplace_back("price", gift.price.to_string());
  return words_(gift.price.is_zero() ? "promo.says.gift" : "promo.says.gift_priced", parameters);
}

wxString PromotionWords::bundle(const pricing::Bundle& bundle, Parameters parameters) const {
  std::vector<wxString> groups;
  for (const auto& group : bundle.groups) {
    groups.push_back(
        words_("promo.says.group", {{"goods", to_utf8(goods(group.scope))}, {"count", number(group.count)}}));
  }
  parameters.emplace_back("groups", to_utf8(list(groups)));
  parameters.emplace_back("off", to_utf8(together(bundle.value)));
  return words_("promo.says.bundle", parameters);
}

wxString PromotionWords::gives(const pricing::Promotion& promotion) const {
  Parameters parameters{{"who", to_utf8(who(promotion.audience))}, {"goods", to_utf8(goods(promotion.scope))}};
  struct Sayer {
    const PromotionWords& self;
    Parameters& parameters;
    wxString say(std::string_view kind) const { return self.words_("promo.says." + std::string(kind), parameters); }
    void add(const char* name, const std::string& value) const { parameters.emplace_back(name, value); }
    wxString operator()(const pricing::FixedPrice& o) const {
      add("price", o.price.to_string());
      return say("fixed_price");
    }
    wxString operator()(const pricing::PercentOff& o) const {
      add("off", to_utf8(self.off(o.percent)));
      return say("percent_off");
    }
    wxString operator()(const pricing::AmountOff& o) const {
      add("amount", o.amount.to_string());
      return say("amount_off");
    }
    wxString operator()(const pricing::Multibuy& o) const {
      add("count", number(o.count));
      add("price", o.price.to_string());
      return say("multibuy");
    }
    wxString operator()(const pricing::NthOff& o) const {
      add("count", number(o.count));
      add("pay", number(o.count - 1));
      add("off", to_utf8(self.off(o.percent)));
      return say(o.percent == whole && o.count >= 2 ? "pay_fewer" : "nth_off");
    }
    wxString operator()(const pricing::Bundle& o) const { return self.bundle(o, parameters); }
    wxString operator()(const pricing::Spend& o) const { return self.spend(o, parameters); }
    wxString operator()(const pricing::Gift& o) const { return self.gift(o, parameters); }
  };
  return std::visit(Sayer{*this, parameters}, promotion.offer);
}

wxString PromotionWords::terms(const pricing::Promotion& promotion) const {
  std::vector<wxString> sentences{schedule_text("promo.when", promotion.schedule)};
  const auto limit = [&](const std::optional<std::int64_t>& most, std::string_view key) {
    if (most) sentences.push_back(words_(key, {{"count", number(*most)}}));
  };
  limit(promotion.max_per_basket, "promo.limit.basket");
  limit(promotion.max_per_member_day, "promo.limit.member_day");
  limit(promotion.max_total, "promo.limit.total");
  const auto* spend = std::get_if<pricing::Spend>(&promotion.offer);
  const auto* gift = std::get_if<pricing::Gift>(&promotion.offer);
  if ((spend != nullptr && spend->excludes_offers) || (gift != nullptr && gift->excludes_offers)) {
    sentences.push_back(words_("promo.terms.excludes_offers"));
  }
  if (promotion.layer == pricing::Layer::member) {
    const auto* percent = std::get_if<pricing::PercentOff>(&promotion.offer);
    const bool stacks = percent != nullptr && percent->stacks;
    sentences.push_back(words_(stacks ? "promo.terms.member_stacks" : "promo.terms.member"));
  }
  if (promotion.coupon) sentences.push_back(words_("promo.terms.coupon"));
  if (promotion.exclusive && promotion.layer == pricing::Layer::basket) {
    sentences.push_back(words_("promo.terms.exclusive"));
  }
  wxString result;
  for (const auto& sentence : sentences) {
    if (!result.empty()) result += words_("promo.sentence_comma");
    result += sentence;
  }
  return result;
}

wxString PromotionWords::error(const Error& error) const {
  Error named = error;
  for (auto& [key, value] : named.details) {
    if (key == "item") value = to_utf8(item_name(value));
    if (key == "promotion" || key == "other") value = to_utf8(name(value, desk_.model.draft()));
  }
  return words_.error(named);
}

PromotionWords::State PromotionWords::state(const Definition& definition) const {
  if (!definition.promotion) return State::unreadable;
  const auto now = clock_.now();
  const auto& schedule = definition.promotion->schedule;
  const Date today = now.local_date();
  if (schedule.to && *schedule.to < today) return State::over;
  if (schedule.from && today < *schedule.from) return State::later;
  const auto& books = desk_.model.books();
  if (!books.empty() && books.front().effective_at.instant > now.instant) return State::coming_version;
  return pricing::is_live(schedule, now) ? State::now : State::today_not_now;
}

}  // namespace lanekeeper::office
