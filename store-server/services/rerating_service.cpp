#include "services/rerating_service.h"

#include "journal/chain.h"
#include "pricing/price.h"
#include "storage/sale_repository.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

class Rerating {
 public:
  Rerating(std::shared_ptr<const CompiledBook> book, protocol::StoreProfile profile,
           const ReratingService::Found& found, std::int64_t total)
      : book_(std::move(book)), profile_(std::move(profile)), found_(found) {
    summary_.total = total;
  }

  void look_at(const storage::StoredSale& stored) {
    RerateRow row;
    row.till = stored.key.till;
    row.sequence = stored.key.sequence;
    const auto sale = journal::decode_sale(stored.payload);
    ++summary_.done;
    if (!sale) return tell_failed(row, sale.error().code);
    row.receipt_number = sale->receipt_number;
    row.business_date = sale->business_date;
    row.recorded = row.rerated = sale->priced.total;
    if (sale->returned_sale || sale->blind_return) {
      row.kind = RerateRow::Kind::returned;
      ++summary_.returns;
      return found_(row);
    }
    const auto total = rerated(*sale);
    if (!total) return tell_failed(row, total.error().code);
    row.rerated = *total;
    tell(row);
  }

  void cancel() { summary_.cancelled = true; }
  [[nodiscard]] const RerateSummary& summary() const { return summary_; }

 private:
  [[nodiscard]] Result<Money> rerated(const sale::RetailTransaction& sale) const {
    auto basket = sale::basket_of(sale);
    // Nobody knows what would have been left of limits beyond the basket; the definitions' own hold.
    if (!basket.promotions || basket.promotions->version != book_->version) {
      basket.promotions = sale::PromotionTerms{book_->version, {}};
    }
    const auto priced =
        pricing::price(basket, book_->promotions, {sale.business_date, profile_.tax_mode, profile_.taxes});
    if (!priced) return fail(priced.error());
    return priced->total;
  }
  void tell(RerateRow& row) {
    row.owed = row.recorded - row.rerated;
    if (row.owed.is_zero()) {
      ++summary_.same;
      return;
    }
    ++summary_.differing;
    if (row.owed.is_negative()) {
      summary_.undercharged -= row.owed;
    } else {
      summary_.owed += row.owed;
    }
    found_(row);
  }
  void tell_failed(RerateRow& row, std::string because) {
    row.kind = RerateRow::Kind::failed;
    row.because = std::move(because);
    ++summary_.failed;
    found_(row);
  }

  std::shared_ptr<const CompiledBook> book_;
  protocol::StoreProfile profile_;
  const ReratingService::Found& found_;
  RerateSummary summary_;
};

}  // namespace

Result<RerateSummary> ReratingService::run(const RerateWish& wish, const Found& found, const Progress& progress) {
  if (wish.to < wish.from || wish.to.days_since_1970() - wish.from.days_since_1970() >= max_days) {
    return fail("rerating.bad_period", "The last day lies before the first one, or the days are too many.",
                {{"days", std::to_string(max_days)}});
  }
  const auto book = library_.find(wish.version);
  if (!book) {
    return fail("promotion.no_version", "There is no such version of the promotions. Look at the list of versions.",
                {{"version", std::to_string(wish.version)}});
  }
  std::int64_t total = 0;
  auto profile = context_.database.snapshot([&](storage::Connection& connection) {
    total = storage::SaleRepository(connection, context_.store_id).count(wish.from, wish.to);
    return storage::StoreRepository(connection, context_.store_id).profile();
  });
  if (!profile) throw Fault("db.no_store", "the store has not been set up");
  Rerating rerating(book, std::move(*profile), found, total);
  storage::SalePosition reached;
  reached.business_date = wish.from;
  reached.completed_ms = INT64_MIN;
  while (true) {
    const auto page = context_.database.snapshot([&](storage::Connection& connection) {
      return storage::SaleRepository(connection, context_.store_id).after(reached, wish.to, page_sales);
    });
    for (const auto& sale : page) rerating.look_at(sale);
    if (!page.empty()) reached = page.back().key;
    if (progress && !progress(rerating.summary())) {
      rerating.cancel();
      break;
    }
    if (static_cast<std::int64_t>(page.size()) < page_sales) break;
  }
  return rerating.summary();
}

}  // namespace lanekeeper::services
