#include <algorithm>
#include <set>

#include "oracle.h"
#include "rules.h"

namespace lanekeeper::oracle {
namespace {

using pricing::Goods;
using pricing::Promotion;

struct Eligible {
  std::size_t line = 0;
  std::size_t unit = 0;
};

class Later {
 public:
  Later(const std::vector<Promotion>& promotions, const Goods& goods, std::vector<LineNets> lines)
      : promotions_(promotions), goods_(goods), lines_(std::move(lines)) {
    out_.by_line.resize(lines_.size());
    rewards_.resize(lines_.size());
  }

  LaterDiscounts run() {
    std::vector<const Promotion*> basket;
    for (const auto& promotion : promotions_) {
      if (promotion.layer != pricing::Layer::basket || !holds(promotion, goods_)) continue;
      if (limit_of(promotion, goods_) > 0) basket.push_back(&promotion);
    }
    std::sort(basket.begin(), basket.end(), [](const Promotion* a, const Promotion* b) {
      return std::pair(a->priority, a->id) < std::pair(b->priority, b->id);
    });
    for (const auto* promotion : basket) {
      const Fen saved = apply(*promotion);
      if (saved > 0 && promotion->exclusive) break;
    }
    members();
    for (const auto& code : goods_.coupons) out_.coupons.push_back(coupon(code));
    by_hand();
    return out_;
  }

 private:
  Fen& net(const Eligible& at) { return lines_[at.line].units[at.unit]; }

  std::vector<Eligible> eligible(const Promotion& promotion, bool excludes_offers) {
    std::vector<Eligible> units;
    for (std::size_t l = 0; l < lines_.size(); ++l) {
      if (goods_.lines[l].quantity.milli() < 0 || !in_scope(promotion.scope, goods_.lines[l])) continue;
      if (excludes_offers && lines_[l].has_offer) continue;
      for (std::size_t u = 0; u < lines_[l].units.size(); ++u) {
        if (rewards_[l].count(u) == 0) units.push_back({l, u});
      }
    }
    return units;
  }
  Fen total(const std::vector<Eligible>& units) {
    Fen sum = 0;
    for (const auto& unit : units) sum += net(unit);
    return sum;
  }
  void take(const std::string& id, Fen saving, const std::vector<Eligible>& units) {
    std::vector<Fen> weights;
    for (const auto& unit : units) weights.push_back(net(unit));
    const auto parts = shares(saving, weights);
    for (std::size_t i = 0; i < units.size(); ++i) {
      net(units[i]) -= parts[i];
      if (parts[i] > 0) out_.by_line[units[i].line][id] += parts[i];
    }
  }

  Fen apply(const Promotion& promotion) {
    return std::holds_alternative<pricing::Spend>(promotion.offer) ? spend(promotion) : gift(promotion);
  }

  Fen spend(const Promotion& promotion) {
    const auto& offer = std::get<pricing::Spend>(promotion.offer);
    const auto units = eligible(promotion, offer.excludes_offers);
    const Fen sum = total(units);
    Fen most = 0;
    for (const auto& tier : offer.tiers) {
      if (sum < tier.threshold.minor()) continue;
      Fen value = 0;
      if (const auto* amount = std::get_if<Money>(&tier.off)) {
        Fen times = 1;
        if (offer.every) {
          times = 0;
          while ((times + 1) * tier.threshold.minor() <= sum) ++times;
          times = std::min(times, limit_of(promotion, goods_));
        }
        value = std::min(sum, amount->minor() * times);
      } else {
        value = percent_of(sum, std::get<Rate>(tier.off));
      }
      most = std::max(most, value);
    }
    if (most > 0) take(promotion.id, most, units);
    return most;
  }

  Fen gift(const Promotion& promotion) {
    const auto& offer = std::get<pricing::Gift>(promotion.offer);
    const auto counting = eligible(promotion, offer.excludes_offers);
    Fen given = 0;
    Fen saved = 0;
    while (true) {
      if (!offer.every && given == 1) break;
      if (given == limit_of(promotion, goods_)) break;
      // The dearest piece that is not a gift yet.
      const Eligible* best = nullptr;
      std::vector<Eligible> pieces;
      for (std::size_t l = 0; l < lines_.size(); ++l) {
        const auto& line = goods_.lines[l];
        if (line.item != offer.item || line.weighed || line.quantity.milli() < 0) continue;
        for (std::size_t u = 0; u < lines_[l].units.size(); ++u) {
          if (rewards_[l].count(u) == 0 && lines_[l].units[u] > offer.price.minor()) pieces.push_back({l, u});
        }
      }
      for (const auto& piece : pieces) {
        if (best == nullptr || net(piece) > net(*best)) best = &piece;
      }
      if (best == nullptr) break;
      // What the others spend or count, without this gift and those before it.
      rewards_[best->line].insert(best->unit);
      Fen sum = 0;
      Fen count = 0;
      for (const auto& unit : counting) {
        if (rewards_[unit.line].count(unit.unit) > 0) continue;
        sum += net(unit);
        ++count;
      }
      const auto* threshold = std::get_if<Money>(&offer.when);
      const bool earned = threshold != nullptr ? sum >= threshold->minor() * (given + 1)
                                               : count >= std::get<std::int64_t>(offer.when) * (given + 1);
      if (!earned) {
        rewards_[best->line].erase(best->unit);
        break;
      }
      saved += net(*best) - offer.price.minor();
      out_.by_line[best->line][promotion.id] += net(*best) - offer.price.minor();
      net(*best) = offer.price.minor();
      ++given;
    }
    return saved;
  }

  // Again and again the line and promotion that save most, while there are uses left.
  void members() {
    std::vector<char> had_offer;
    for (std::size_t l = 0; l < lines_.size(); ++l)
      had_offer.push_back(lines_[l].has_offer || !out_.by_line[l].empty());
    std::vector<char> done(lines_.size(), 0);
    std::map<std::string, Fen> uses;
    while (true) {
      const Promotion* best = nullptr;
      std::size_t best_line = 0;
      Fen most = 0;
      for (const auto& promotion : promotions_) {
        if (promotion.layer != pricing::Layer::member || !holds(promotion, goods_)) continue;
        if (uses[promotion.id] >= limit_of(promotion, goods_)) continue;
        for (std::size_t l = 0; l < lines_.size(); ++l) {
          if (done[l] != 0) continue;
          const Fen value = member_saving(promotion, l, had_offer[l] != 0);
          if (value > most || (value == most && best != nullptr && promotion.id < best->id)) {
            most = value;
            best = &promotion;
            best_line = l;
          }
        }
      }
      if (most == 0) return;
      take(best->id, most, without_rewards(best_line));
      done[best_line] = 1;
      ++uses[best->id];
    }
  }
  Fen member_saving(const Promotion& promotion, std::size_t line, bool had_offer) {
    const auto& offer = std::get<pricing::PercentOff>(promotion.offer);
    if (goods_.lines[line].quantity.milli() < 0 || !in_scope(promotion.scope, goods_.lines[line])) return 0;
    if (had_offer && !offer.stacks) return 0;
    return percent_of(total(without_rewards(line)), offer.percent);
  }
  std::vector<Eligible> without_rewards(std::size_t line) {
    std::vector<Eligible> units;
    for (std::size_t u = 0; u < lines_[line].units.size(); ++u) {
      if (rewards_[line].count(u) == 0) units.push_back({line, u});
    }
    return units;
  }

  CouponResult coupon(const std::string& code) {
    const Promotion* first = nullptr;
    for (const auto& promotion : promotions_) {
      if (promotion.layer != pricing::Layer::coupon || !takes(*promotion.coupon, code) || !holds(promotion, goods_)) {
        continue;
      }
      if (first == nullptr || std::pair(promotion.priority, promotion.id) < std::pair(first->priority, first->id)) {
        first = &promotion;
      }
    }
    CouponResult result{code, "unknown", "", 0};
    if (first == nullptr) return result;
    result.promotion = first->id;
    const bool is_generic = contains(first->coupon->generic, code);
    const bool again = !is_generic && !presented_.insert(code).second;
    const Fen most_generic = first->max_per_basket ? *first->max_per_basket : 1;
    if (again || opened_[first->id] >= limit_of(*first, goods_) ||
        (is_generic && opened_by_generic_[first->id] >= most_generic)) {
      result.state = "used_before";
      return result;
    }
    result.saving = apply(*first);
    result.state = result.saving > 0 ? "applied" : "not_reached";
    if (result.saving == 0) return result;
    ++opened_[first->id];
    if (is_generic) ++opened_by_generic_[first->id];
    return result;
  }
  static bool takes(const pricing::CouponCodes& codes, const std::string& code) {
    if (contains(codes.generic, code)) return true;
    return codes.serial_prefix && code.rfind(*codes.serial_prefix, 0) == 0 &&
           static_cast<Fen>(code.size()) == codes.serial_length;
  }

  void by_hand() {
    std::vector<Eligible> everything;
    for (std::size_t l = 0; l < lines_.size(); ++l) {
      std::vector<Eligible> own;
      for (std::size_t u = 0; u < lines_[l].units.size(); ++u) own.push_back({l, u});
      everything.insert(everything.end(), own.begin(), own.end());
      if (goods_.lines[l].by_hand) take_by_hand(*goods_.lines[l].by_hand, own);
    }
    if (goods_.by_hand) take_by_hand(*goods_.by_hand, everything);
  }
  void take_by_hand(const pricing::ByHand& given, const std::vector<Eligible>& units) {
    const Fen sum = total(units);
    const auto* amount = std::get_if<Money>(&given.off);
    const Fen saving = amount != nullptr ? std::min(amount->minor(), sum) : percent_of(sum, std::get<Rate>(given.off));
    if (saving > 0) take("@manual", saving, units);
  }

  const std::vector<Promotion>& promotions_;
  const Goods& goods_;
  std::vector<LineNets> lines_;
  std::map<std::string, Fen> opened_;
  std::map<std::string, Fen> opened_by_generic_;
  std::set<std::string> presented_;
  std::vector<std::set<std::size_t>> rewards_;
  LaterDiscounts out_;
};

}  // namespace

LaterDiscounts later_layers(const std::vector<Promotion>& promotions, const Goods& goods, std::vector<LineNets> lines) {
  return Later(promotions, goods, std::move(lines)).run();
}

}  // namespace lanekeeper::oracle
