#include "services/arrived_sales.h"

#include <algorithm>
#include <set>

#include "sale/returned_goods.h"
#include "services/return_check.h"
#include "services/void_check.h"

namespace lanekeeper::services {

namespace {

sale::RetailTransaction decode(const std::string& payload) {
  auto sale = journal::decode_sale(payload);
  if (!sale) throw Fault("journal.damaged", "a stored journal entry cannot be read: " + sale.error().message);
  return std::move(*sale);
}

// By what it says itself, before it was laid beside its sale.
bool is_refused(const PreparedEntry& sale) {
  return std::any_of(sale.exceptions.begin(), sale.exceptions.end(),
                     [](const auto& draft) { return draft.kind == void_not_allowed_kind; });
}

}  // namespace

sale::RetailTransaction ArrivedSales::read(storage::EntryKey key) {
  return decode(payloads_.payload(key.first, key.second));
}

std::map<std::string, ArrivedSales::Returned> ArrivedSales::find_returned() {
  std::map<std::string, std::size_t> places;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < sales_.size(); ++i) {
    const auto& rows = sales_[i]->rows;
    places.try_emplace(rows.header.sale_id_hex, i);
    ids.insert(rows.header.sale_id_hex);
    if (!rows.returns.empty()) ids.insert(rows.returns.front().original_sale_hex);
  }
  std::map<std::string, Returned> returned;
  for (auto& [id, keys] : returns_.returns_of(std::vector<std::string>(ids.begin(), ids.end()))) {
    returned[id].stored = std::move(keys);
  }
  for (std::size_t i = 0; i < sales_.size(); ++i) {
    const auto& rows = sales_[i]->rows;
    if (!rows.returns.empty()) returned[rows.returns.front().original_sale_hex].arrived.push_back(i);
  }
  for (auto& [id, one] : returned) {
    if (const auto place = places.find(id); place != places.end()) one.in_batch = place->second;
  }
  return returned;
}

void ArrivedSales::check_returns() {
  for (const auto& [id, returned] : find_returned()) {
    try {
      check_returned(id, returned);
    } catch (const Fault& fault) {
      if (fault.code() != "money.overflow") throw;
      // Numbers that no shop has. They must not keep the sale they name from being stored.
      const auto place = returned.in_batch ? *returned.in_batch : returned.arrived.front();
      raise_(place, {"return.refunded_differs",
                     "The returns of this sale add up to more than can be. Look at all its receipts.",
                     {{"at", "sum"}}});
      for (const auto back : returned.arrived) refuse_void(back, "sum");
    }
  }
  give_back_uses();
}

void ArrivedSales::check_returned(const std::string& sale_id_hex, const Returned& returned) {
  sale::ReturnableSale sold;
  Undone original{returned.in_batch, {}};
  if (returned.in_batch) {
    sold.sale = decode(sales_[*returned.in_batch]->entry.payload);
  } else {
    const auto found = journal_.find_sale_ids(std::span(&sale_id_hex, 1));
    if (found.empty()) return miss_original(returned);
    original.key = found.begin()->second;
    sold.sale = read(original.key);
  }
  for (const auto& key : returned.stored) {
    const auto back = read(key);
    // What came back before its sale was here could not be looked at then.
    if (returned.in_batch) {
      for (auto& draft : check_return(sold, back)) {
        draft.details.emplace_back("return_till", std::to_string(key.first));
        draft.details.emplace_back("return_sequence", std::to_string(key.second));
        raise_(*returned.in_batch, std::move(draft));
      }
    }
    sale::note_return(sold, back);
  }
  for (const auto place : returned.arrived) {
    const auto back = decode(sales_[place]->entry.payload);
    for (auto& draft : check_return(sold, back)) raise_(place, std::move(draft));
    if (is_void(back)) judge_void(place, sold, back, original);
    sale::note_return(sold, back);
  }
}

// One that comes before its sale says nothing that can be looked at: the till had to ask the server for it.
void ArrivedSales::judge_void(std::size_t place, const sale::ReturnableSale& sold, const sale::RetailTransaction& back,
                              const Undone& original) {
  if (original.in_batch && *original.in_batch > place) return refuse_void(place, "sale_missing");
  if (is_refused(*sales_[place]) || !judged_.insert(place).second) return;
  if (auto objection = objection_to_void(sold, back)) {
    raise_(place, std::move(*objection));
  } else {
    undone_[place] = original;
  }
}

// Where it is one, and nothing was said of it yet.
void ArrivedSales::refuse_void(std::size_t place, std::string_view because) {
  if (is_refused(*sales_[place]) || judged_.contains(place)) return;
  const auto back = decode(sales_[place]->entry.payload);
  if (!is_void(back)) return;
  judged_.insert(place);
  raise_(place, void_not_allowed(back, because));
}

void ArrivedSales::give_back_uses() {
  for (const auto& [place, original] : undone_) {
    auto uses = original.in_batch ? sales_[*original.in_batch]->rows.uses : uses_.uses_of(original.key);
    for (auto& use : uses) use.uses = -use.uses;
    given_back_[place] = std::move(uses);
  }
}

std::vector<storage::UseGivenBack> ArrivedSales::given_back() const {
  std::vector<storage::UseGivenBack> all;
  for (const auto& [place, uses] : given_back_) {
    for (const auto& use : uses) all.push_back({key_at(place), use});
  }
  return all;
}

// The sale may still lie at a till that is offline, unless that till has sent later ones.
void ArrivedSales::miss_original(const Returned& returned) {
  for (const auto place : returned.arrived) {
    refuse_void(place, "sale_missing");
    const auto& row = sales_[place]->rows.returns.front();
    const auto own = heads_.find(row.original_till);
    const auto head = own != heads_.end() ? std::optional(own->second) : journal_.head(row.original_till);
    if (!head || head->last_receipt_number < row.original_receipt) continue;
    raise_(place, {"return.unknown_sale",
                   "Goods came back of a sale that is not here, though its till has sent later ones. Look at the "
                   "receipt, and who took the goods back.",
                   {{"till", std::to_string(row.original_till)}, {"receipt", std::to_string(row.original_receipt)}}});
  }
}

ArrivedSales::Counts ArrivedSales::counts() {
  std::set<storage::UseKey> keys;
  std::set<std::string> limited_in_total;
  for (const auto* sale : sales_) {
    for (std::size_t i = 0; i < sale->rows.uses.size(); ++i) {
      const auto& use = sale->rows.uses[i];
      if (sale->limits[i].per_member_day) keys.insert({use.promotion, use.member_id, use.business_date});
      if (sale->limits[i].total) limited_in_total.insert(use.promotion);
    }
  }
  return {uses_.uses(std::vector<storage::UseKey>(keys.begin(), keys.end())),
          uses_.uses_by_day(std::vector<std::string>(limited_in_total.begin(), limited_in_total.end()))};
}

void ArrivedSales::check_limits() {
  auto counts = this->counts();
  for (std::size_t place = 0; place < sales_.size(); ++place) {
    const auto& sale = *sales_[place];
    count_given_back(place, counts);
    for (std::size_t i = 0; i < sale.rows.uses.size(); ++i)
      check_limit(place, sale.rows.uses[i], sale.limits[i], counts);
  }
}

void ArrivedSales::count_given_back(std::size_t place, Counts& counts) const {
  const auto back = given_back_.find(place);
  if (back == given_back_.end()) return;
  for (const auto& use : back->second) {
    if (use.member_id != 0) counts.of_member[{use.promotion, use.member_id, use.business_date}] += use.uses;
    counts.by_day[use.promotion][use.business_date] += use.uses;
  }
}

void ArrivedSales::check_limit(std::size_t place, const storage::PromotionUseRow& use, const UseLimit& limit,
                               Counts& counts) {
  const auto compare = [&](const char* which, std::int64_t allowed, std::int64_t used) {
    if (used <= allowed) return;
    raise_(place, {"promotion.limit_exceeded",
                   "A promotion was used more often than it allows. Look whether two tills sold at once, or one was "
                   "offline.",
                   {{"promotion", use.promotion},
                    {"which", which},
                    {"limit", std::to_string(allowed)},
                    {"uses", std::to_string(used)}}});
  };
  if (limit.per_member_day && use.member_id != 0) {
    const auto used = counts.of_member[{use.promotion, use.member_id, use.business_date}] += use.uses;
    compare("member_day", *limit.per_member_day, used);
  }
  if (!limit.total) return;
  auto& days = counts.by_day[use.promotion];
  days[use.business_date] += use.uses;
  compare("total", *limit.total, storage::uses_since(days, limit.total_since));
}

std::vector<storage::Redemption> ArrivedSales::redeem_coupons() {
  std::set<std::string> codes;
  for (const auto* sale : sales_) {
    for (const auto& coupon : sale->rows.coupons) codes.insert(coupon.code);
  }
  std::vector<storage::Redemption> redemptions;
  if (codes.empty() && undone_.empty()) return redemptions;
  auto spent = uses_.redemptions(std::vector<std::string>(codes.begin(), codes.end()));
  for (std::size_t place = 0; place < sales_.size(); ++place) {
    const auto own = key_at(place);
    free_coupons(place, spent, redemptions);
    for (const auto& coupon : sales_[place]->rows.coupons) {
      const auto [before, first] = spent.emplace(coupon.code, own);
      if (first) {
        redemptions.push_back({coupon.code, coupon.promotion, own});
        continue;
      }
      raise_(place, {"coupon.used_twice",
                     "A coupon that is good only once was spent twice. Look at both sales.",
                     {{"code", coupon.code},
                      {"till", std::to_string(before->second.first)},
                      {"sequence", std::to_string(before->second.second)}}});
    }
  }
  return redemptions;
}

// Whoever presents them after the void of that place is the first again.
void ArrivedSales::free_coupons(std::size_t place, std::map<std::string, storage::EntryKey>& spent,
                                std::vector<storage::Redemption>& redemptions) {
  const auto found = undone_.find(place);
  if (found == undone_.end()) return;
  const auto& original = found->second;
  const auto key = original.in_batch ? key_at(*original.in_batch) : original.key;
  std::erase_if(spent, [&key](const auto& one) { return one.second == key; });
  std::erase_if(redemptions, [&key](const auto& one) { return one.sale == key; });
  if (!original.in_batch) {
    freed_.push_back(key);
    return;
  }
  const auto& rows = sales_[*original.in_batch]->rows;
  for (const auto& coupon : rows.coupons) uses_.release(coupon.code, rows.header.sale_id_hex);
}

}  // namespace lanekeeper::services
