#include <fmt/format.h>

#include "pricing/promotion_json.h"

namespace lanekeeper::pricing {
namespace {

// Objects and lists are written straight into one string, with commas where they belong.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void open(char bracket) {
    out_ += bracket;
    first_ = true;
  }
  void close(char bracket) {
    out_ += bracket;
    first_ = false;
  }
  void element() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  void key(std::string_view name) {
    element();
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }
  void text(std::string_view name, std::string_view value) {
    key(name);
    exact_json::append_quoted(out_, value);
  }
  void amount(std::string_view name, Money value) { text(name, value.to_string()); }
  void literal(std::string_view name, std::string_view value) {
    key(name);
    out_ += value;
  }
  void number(std::string_view name, std::int64_t value) { literal(name, std::to_string(value)); }
  void flag(std::string_view name, bool value) { literal(name, value ? "true" : "false"); }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    key(name);
    open('[');
    for (const auto& value : values) {
      element();
      exact_json::append_quoted(out_, value);
    }
    close(']');
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void write_scope(Writer& out, const Scope& scope) {
  out.key("scope");
  out.open('{');
  if (scope.all) out.flag("all", true);
  out.texts("items", scope.items);
  out.texts("categories", scope.categories);
  out.texts("brands", scope.brands);
  out.texts("exclude_items", scope.exclude_items);
  out.close('}');
}

std::string clock_text(int minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

void write_schedule(Writer& out, const Schedule& schedule) {
  if (schedule == Schedule{}) return;
  out.key("schedule");
  out.open('{');
  if (schedule.from) out.text("from", schedule.from->to_string());
  if (schedule.to) out.text("to", schedule.to->to_string());
  if (!schedule.weekdays.empty()) {
    std::string days;
    for (const auto day : schedule.weekdays) days += (days.empty() ? "" : ",") + std::to_string(day);
    out.literal("weekdays", "[" + days + "]");
  }
  if (schedule.hours) {
    out.texts("hours", {clock_text(schedule.hours->from_minute), clock_text(schedule.hours->to_minute)});
  }
  out.close('}');
}

void write_audience(Writer& out, const Audience& audience) {
  if (audience == Audience{}) return;
  out.key("audience");
  out.open('{');
  if (audience.members) out.flag("members", true);
  out.texts("tiers", audience.tiers);
  if (audience.birthday) out.flag("birthday", true);
  out.close('}');
}

void write_coupon(Writer& out, const CouponCodes& codes) {
  out.key("coupon");
  out.open('{');
  out.texts("codes", codes.generic);
  if (codes.serial_prefix) {
    out.text("serial_prefix", *codes.serial_prefix);
    out.number("serial_length", codes.serial_length);
  }
  out.close('}');
}

void write_by_hand(Writer& out, const std::optional<ByHand>& by_hand) {
  if (!by_hand) return;
  out.key("manual");
  out.open('{');
  if (const auto* amount = std::get_if<Money>(&by_hand->off)) {
    out.amount("amount", *amount);
  } else {
    out.literal("percent", std::get<Rate>(by_hand->off).to_percent_string());
  }
  out.close('}');
}

struct OfferWriter {
  Writer& out;

  void operator()(const FixedPrice& offer) const { out.amount("price", offer.price); }
  void operator()(const PercentOff& offer) const {
    percent(offer.percent);
    if (offer.stacks) out.flag("stacks", true);
  }
  void operator()(const AmountOff& offer) const { out.amount("amount", offer.amount); }
  void operator()(const Multibuy& offer) const {
    out.number("count", offer.count);
    out.amount("price", offer.price);
  }
  void operator()(const NthOff& offer) const {
    out.number("count", offer.count);
    percent(offer.percent);
  }
  void operator()(const Bundle& offer) const {
    out.key("groups");
    out.open('[');
    for (const auto& group : offer.groups) {
      out.element();
      out.open('{');
      write_scope(out, group.scope);
      out.number("count", group.count);
      out.close('}');
    }
    out.close(']');
    if (const auto* price = std::get_if<TogetherPrice>(&offer.value)) out.amount("price", price->price);
    if (const auto* rate = std::get_if<TogetherPercent>(&offer.value)) percent(rate->percent);
    if (const auto* amount = std::get_if<TogetherAmount>(&offer.value)) out.amount("amount", amount->amount);
  }
  void operator()(const Spend& offer) const {
    if (offer.tiered) {
      out.key("tiers");
      out.open('[');
      for (const auto& tier : offer.tiers) {
        out.element();
        out.open('{');
        write_tier(tier);
        out.close('}');
      }
      out.close(']');
    } else {
      write_tier(offer.tiers.front());
      if (offer.every) out.flag("every", true);
    }
    if (offer.excludes_offers) out.flag("excludes_offers", true);
  }
  void operator()(const Gift& offer) const {
    out.key("when");
    out.open('{');
    if (const auto* threshold = std::get_if<Money>(&offer.when)) {
      out.amount("threshold", *threshold);
    } else {
      out.number("count", std::get<std::int64_t>(offer.when));
    }
    if (offer.every) out.flag("every", true);
    out.close('}');
    out.text("item", offer.item);
    out.amount("price", offer.price);
    if (offer.excludes_offers) out.flag("excludes_offers", true);
  }

 private:
  void percent(Rate rate) const { out.literal("percent", rate.to_percent_string()); }
  void write_tier(const SpendTier& tier) const {
    out.amount("threshold", tier.threshold);
    if (const auto* amount = std::get_if<Money>(&tier.off)) {
      out.amount("amount", *amount);
    } else {
      percent(std::get<Rate>(tier.off));
    }
  }
};

void write_parts(Writer& out, const Application& application) {
  out.key("parts");
  out.open('[');
  for (const auto& part : application.parts) {
    out.element();
    out.open('{');
    out.number("line", static_cast<std::int64_t>(part.line));
    out.number("units", part.units);
    out.amount("amount", part.saving);
    out.close('}');
  }
  out.close(']');
}

void write_uses_left(Writer& out, const std::vector<UsesLeft>& all) {
  if (all.empty()) return;
  out.key("uses_left");
  out.open('[');
  for (const auto& uses : all) {
    out.element();
    out.open('{');
    out.text("promotion", uses.promotion);
    out.number("left", uses.left);
    out.close('}');
  }
  out.close(']');
}

std::string_view state_name(CouponOutcome::State state) {
  switch (state) {
    case CouponOutcome::State::applied:
      return "applied";
    case CouponOutcome::State::unknown:
      return "unknown";
    case CouponOutcome::State::not_reached:
      return "not_reached";
    case CouponOutcome::State::used_before:
      break;
  }
  return "used_before";
}

// Only where coupons were presented: what a basket without them answers never changes.
void write_coupons(Writer& out, const std::vector<CouponOutcome>& outcomes) {
  if (outcomes.empty()) return;
  out.key("coupons");
  out.open('[');
  for (const auto& outcome : outcomes) {
    out.element();
    out.open('{');
    out.text("code", outcome.code);
    out.text("state", state_name(outcome.state));
    if (!outcome.promotion.empty()) out.text("promotion", outcome.promotion);
    out.amount("amount", outcome.saving);
    if (!outcome.missing_amount.is_zero()) out.amount("missing_amount", outcome.missing_amount);
    out.close('}');
  }
  out.close(']');
}

void write_explanation(Writer& out, const PricedGoods& priced) {
  out.key("applications");
  out.open('[');
  for (const auto& application : priced.applications) {
    out.element();
    out.open('{');
    out.text("promotion", application.promotion);
    out.text("layer", layer_name(application.layer));
    out.text("kind", application.kind);
    out.amount("amount", application.saving);
    write_parts(out, application);
    out.close('}');
  }
  out.close(']');
  out.key("near_misses");
  out.open('[');
  for (const auto& miss : priced.near_misses) {
    out.element();
    out.open('{');
    out.text("promotion", miss.promotion);
    out.text("kind", miss.kind);
    if (miss.missing_pieces > 0) out.number("missing_pieces", miss.missing_pieces);
    if (!miss.missing_amount.is_zero()) out.amount("missing_amount", miss.missing_amount);
    if (miss.kind == "bundle") out.number("group", static_cast<std::int64_t>(miss.group));
    out.close('}');
  }
  out.close(']');
}

}  // namespace

std::string write_promotion(const Promotion& promotion) {
  std::string text;
  Writer out(text);
  out.open('{');
  out.text("id", promotion.id);
  out.text("kind", kind_name(promotion.offer));
  if (promotion.layer == Layer::member || promotion.layer == Layer::coupon)
    out.text("layer", layer_name(promotion.layer));
  if (!promotion.name.empty()) out.text("name", promotion.name);
  if (!promotion.name_en.empty()) out.text("name_en", promotion.name_en);
  if (!std::holds_alternative<Bundle>(promotion.offer)) write_scope(out, promotion.scope);
  write_audience(out, promotion.audience);
  write_schedule(out, promotion.schedule);
  if (promotion.max_per_basket) out.number("max_per_basket", *promotion.max_per_basket);
  if (promotion.max_per_member_day) out.number("max_per_member_day", *promotion.max_per_member_day);
  if (promotion.max_total) out.number("max_total", *promotion.max_total);
  if (promotion.coupon) write_coupon(out, *promotion.coupon);
  if (promotion.priority != 0) out.number("priority", promotion.priority);
  if (promotion.exclusive) out.flag("exclusive", true);
  std::visit(OfferWriter{out}, promotion.offer);
  out.close('}');
  return text;
}

std::string write_goods(const Goods& goods) {
  std::string text;
  Writer out(text);
  out.open('{');
  out.text("time", goods.time.to_string());
  if (goods.member) {
    out.key("member");
    out.open('{');
    if (goods.member->tier) out.text("tier", *goods.member->tier);
    if (goods.member->birthday) out.flag("birthday", true);
    out.close('}');
  }
  out.texts("coupons", goods.coupons);
  write_uses_left(out, goods.uses_left);
  write_by_hand(out, goods.by_hand);
  out.key("lines");
  out.open('[');
  for (const auto& line : goods.lines) {
    out.element();
    out.open('{');
    out.text("item", line.item);
    if (!line.category.empty()) out.text("category", line.category);
    if (!line.brand.empty()) out.text("brand", line.brand);
    out.text("quantity", line.quantity.to_string());
    if (line.weighed) out.flag("weighed", true);
    out.amount("unit_price", line.unit_price);
    write_by_hand(out, line.by_hand);
    out.close('}');
  }
  out.close(']');
  out.close('}');
  return text;
}

std::string write_priced(const Goods& goods, const PricedGoods& priced, bool explained) {
  std::string text;
  Writer out(text);
  out.open('{');
  out.key("lines");
  out.open('[');
  for (std::size_t i = 0; i < priced.lines.size(); ++i) {
    const auto& line = priced.lines[i];
    out.element();
    out.open('{');
    out.text("item", goods.lines[i].item);
    out.amount("gross", line.gross);
    out.amount("net", line.net);
    out.key("discounts");
    out.open('[');
    for (const auto& discount : line.discounts) {
      out.element();
      out.open('{');
      out.text("promotion", discount.promotion);
      out.amount("amount", discount.amount);
      out.close('}');
    }
    out.close(']');
    out.close('}');
  }
  out.close(']');
  out.amount("gross", priced.gross);
  out.amount("discount", priced.discount);
  out.amount("net", priced.net);
  out.flag("optimal", priced.optimal);
  write_coupons(out, priced.coupons);
  if (explained) write_explanation(out, priced);
  out.close('}');
  return text;
}

}  // namespace lanekeeper::pricing
