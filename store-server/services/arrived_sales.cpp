#include "services/arrived_sales.h"

#include <set>

#include "sale/returned_goods.h"
#include "services/return_check.h"

namespace lanekeeper::services {

namespace {

sale::RetailTransaction decode(const std::string& payload) {
  auto sale = journal::decode_sale(payload);
  if (!sale) throw Fault("journal.damaged", "a stored journal entry cannot be read: " + sale.error().message);
  return std::move(*sale);
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
    }
  }
}

void ArrivedSales::check_returned(const std::string& sale_id_hex, const Returned& returned) {
  sale::ReturnableSale sold;
  if (returned.in_batch) {
    sold.sale = decode(sales_[*returned.in_batch]->entry.payload);
  } else {
    const auto found = journal_.find_sale_ids(std::span(&sale_id_hex, 1));
    if (found.empty()) return miss_original(returned);
    sold.sale = read(found.begin()->second);
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
    sale::note_return(sold, back);
  }
}

// The sale may still lie at a till that is offline, unless that till has sent later ones.
void ArrivedSales::miss_original(const Returned& returned) {
  for (const auto place : returned.arrived) {
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
    for (std::size_t i = 0; i < sale.rows.uses.size(); ++i)
      check_limit(place, sale.rows.uses[i], sale.limits[i], counts);
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
  if (codes.empty()) return redemptions;
  auto spent = uses_.redemptions(std::vector<std::string>(codes.begin(), codes.end()));
  for (std::size_t place = 0; place < sales_.size(); ++place) {
    const storage::EntryKey own{sales_[place]->entry.till, sales_[place]->entry.sequence};
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

}  // namespace lanekeeper::services
