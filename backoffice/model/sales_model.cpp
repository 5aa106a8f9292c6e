#include "model/sales_model.h"

#include <fmt/format.h>

namespace lanekeeper::office {
namespace {

bool newer(const protocol::SaleSummary& a, const protocol::SaleSummary& b) {
  if (a.completed_at.instant != b.completed_at.instant) return a.completed_at.instant > b.completed_at.instant;
  return key_of(a) > key_of(b);
}

}  // namespace

Date SalesModel::today() const {
  return business_date(clock_.now(), static_cast<int>(store_.profile().day_start_minute));
}

void SalesModel::refresh(Asked asked) {
  Load again;
  again.asked = asked;
  again.wanted = std::max(page_rows, sales_.size());
  again.replaces = true;
  if (date_ != today()) {
    date_ = today();
    fresh_.clear();
    again.wanted = page_rows;
  }
  load(std::move(again));
}

void SalesModel::day_may_have_changed() {
  if (ever_loaded_ && date_ != today()) refresh(Asked::by_itself);
}

void SalesModel::need_more() {
  if (loading_ || complete_ || error_) return;
  Load more;
  more.wanted = page_rows;
  load(std::move(more));
}

void SalesModel::set_till(std::optional<std::int64_t> till) {
  if (till == till_) return;
  till_ = till;
  Load fresh;
  fresh.wanted = page_rows;
  fresh.replaces = true;
  load(std::move(fresh));
}

void SalesModel::load(Load load) {
  list_.renew();
  catch_up_.reset();
  loading_ = true;
  pushed_while_loading_.clear();
  std::string target = fmt::format("/v1/sales?date={}&limit={}", date_.to_string(), page_rows);
  if (till_) target += fmt::format("&till={}", *till_);
  if (!load.rows.empty()) {
    target += "&before=" + net::percent_encode(load.rows.back().sale_id);
  } else if (!load.replaces && !sales_.empty()) {
    target += "&before=" + net::percent_encode(sales_.back().sale_id);
  }
  transport_.send(get(std::move(target), load.asked),
                  decoded<protocol::SalesPage>(list_, [this, load = std::move(load)](auto page) mutable {
                    loaded(std::move(load), std::move(page));
                  }));
  changed_.notify();
}

void SalesModel::loaded(Load load, Result<protocol::SalesPage> page) {
  loading_ = false;
  if (!page) {
    error_ = page.error();
    changed_.notify();
    return;
  }
  error_.reset();
  std::move(page->sales.begin(), page->sales.end(), std::back_inserter(load.rows));
  if (page->more && load.rows.size() < load.wanted) {
    auto missed = std::move(pushed_while_loading_);
    this->load(std::move(load));
    pushed_while_loading_ = std::move(missed);
    return;
  }
  complete_ = !page->more;
  count_ = page->sale_count;
  total_ = page->total;
  exceptions_ = page->exception_count;
  if (load.replaces) {
    sales_.clear();
    known_.clear();
  }
  for (auto& sale : load.rows) {
    if (known_.insert(key_of(sale)).second) sales_.push_back(std::move(sale));
  }
  ever_loaded_ = true;
  // Whether the answer was made before or after those, its totals do not say.
  if (!pushed_while_loading_.empty()) catch_up_later();
  changed_.notify();
}

void SalesModel::catch_up_later() {
  if (catch_up_) return;
  catch_up_ = timers_.once(catch_up_pause, [this] { refresh(Asked::by_itself); });
}

void SalesModel::pushed(const protocol::SaleSummary& sale) {
  if (!ever_loaded_) return;
  if (sale.business_date > date_ && today() > date_) return refresh(Asked::by_itself);
  if (sale.business_date != date_ || (till_ && sale.till != *till_)) return;
  if (loading_) {
    pushed_while_loading_.insert(key_of(sale));
    fresh_.insert(key_of(sale));
    return;
  }
  if (known_.contains(key_of(sale))) return;
  insert(sale);
  changed_.notify();
}

void SalesModel::insert(const protocol::SaleSummary& sale) {
  const auto place = std::lower_bound(sales_.begin(), sales_.end(), sale, newer);
  ++count_;
  total_ += sale.payable;
  if (sale.exceptions > 0 && exceptions_) ++*exceptions_;
  fresh_.insert(key_of(sale));
  // An old one of a till that was offline may belong behind what is loaded; it comes with that page.
  if (place == sales_.end() && !complete_) return;
  known_.insert(key_of(sale));
  sales_.insert(place, sale);
}

void SalesModel::clear() {
  list_.renew();
  catch_up_.reset();
  sales_.clear();
  known_.clear();
  fresh_.clear();
  count_ = 0;
  total_ = Money();
  exceptions_.reset();
  complete_ = loading_ = ever_loaded_ = false;
  error_.reset();
  date_ = Date();
  select(std::nullopt);
}

void SalesModel::looked() {
  if (fresh_.empty()) return;
  fresh_.clear();
  changed_.notify();
}

void SalesModel::select(std::optional<SaleKey> key) {
  detail_life_.renew();
  selected_ = key;
  detail_.reset();
  detail_error_.reset();
  if (key) {
    fresh_.erase(*key);
    transport_.send(get(fmt::format("/v1/sales/{}/{}", key->till, key->sequence)),
                    decoded<protocol::SaleDetail>(detail_life_, [this](auto detail) {
                      if (detail) {
                        detail_ = std::move(*detail);
                      } else {
                        detail_error_ = std::move(detail.error());
                      }
                      changed_.notify();
                    }));
  }
  changed_.notify();
}

std::optional<std::size_t> SalesModel::selected_row() const {
  if (!selected_) return std::nullopt;
  for (std::size_t row = 0; row < sales_.size(); ++row) {
    if (key_of(sales_[row]) == *selected_) return row;
  }
  return std::nullopt;
}

}  // namespace lanekeeper::office
