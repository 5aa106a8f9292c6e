// A store whose tills sell with published promotions and take goods back. For tests of what the server makes of it.
#pragma once

#include <algorithm>

#include "pricing/refund.h"
#include "sale/returned_goods.h"
#include "services/promotion_service.h"
#include "services/sale_service.h"
#include "test_store.h"

namespace lanekeeper::testing {

class SellingStore : public TestStore {
 public:
  explicit SellingStore(const storage::DatabaseConfig& config)
      : TestStore(config),
        items(add_items(20)),
        sales(context, journal::SigningKey::generate(random)),
        promotions(context),
        library(context) {}

  // The version.
  std::int64_t publish(const std::string& definitions) {
    const auto published = promotions.publish(manager(), {definitions, std::nullopt, "", std::nullopt});
    if (!published) throw std::runtime_error(published.error().code + ": " + published.error().message);
    // A book that has just been published may not have reached a till yet.
    clock.advance(11 * 60 * 1000);
    return published->version;
  }

  // Rings it again, as its till does: with the promotions, the member and the coupons that it names.
  void price(sale::RetailTransaction& sale) {
    const auto book = library.find(sale.promotions ? sale.promotions->version : 0);
    const pricing::PricingContext today{sale.business_date, pricing::TaxMode::inclusive, taxes};
    sale.priced = pricing::price(sale::basket_of(sale), book->promotions, today).value();
    sale.payable = sale.priced.total;
    sale.tenders.clear();
    sale.change = {};
    if (sale.payable.is_negative()) {
      sale.change = -sale.payable;
    } else if (!sale.payable.is_zero()) {
      sale.tenders = {{sale::TenderKind::cash, sale.payable, ""}};
    }
  }
  [[nodiscard]] sale::RetailTransaction ring(TestTill& till, const TestTill::Bought& bought, std::int64_t book) {
    auto sale = make_sale(till, bought);
    if (book != 0) sale.promotions = sale::PromotionTerms{book, {}};
    price(sale);
    return sale;
  }
  [[nodiscard]] static sale::MemberRef member(std::int64_t id) {
    return {id, "M" + std::to_string(id), "王*", std::nullopt, false};
  }

  // A return of these quantities of these lines.
  using Back = std::vector<std::pair<std::int64_t, Quantity>>;
  [[nodiscard]] sale::RetailTransaction take_back(TestTill& till, const sale::ReturnableSale& sold, const Back& back) {
    auto sale = make_sale(till, {});
    sale.lines.clear();
    for (const auto& [number, quantity] : back) sale.lines.push_back(returned_line(sold, number, quantity, sale.lines));
    sale.returned_sale = sale::ReturnedSale{sold.sale.id,
                                            sold.sale.till,
                                            sold.sale.receipt_number,
                                            sale::sold_total(sold.sale),
                                            sold.sale.cash_rounding,
                                            sale::sold_adjustment(sold.sale),
                                            sold.refunded};
    price(sale);
    return sale;
  }

  // Sends one entry; returns the kinds of the exceptions it raised, in the order of their names.
  std::string send(TestTill& till, const sale::RetailTransaction& sale) {
    const auto ack = sales.ingest(till.principal(), {{till.record(sale)}});
    if (!ack) return ack.error().code;
    if (ack->results.front().outcome != protocol::EntryOutcome::stored) return "not stored";
    const auto detail = sales.detail(manager(), till.number(), ack->results.front().sequence);
    std::vector<std::string> raised;
    for (const auto& exception : detail.value().exceptions) raised.push_back(exception.code);
    std::sort(raised.begin(), raised.end());
    std::string kinds;
    for (const auto& kind : raised) kinds += (kinds.empty() ? "" : " ") + kind;
    return kinds;
  }

  std::vector<catalogue::Item> items;
  services::SaleService sales;
  services::PromotionService promotions;
  services::PromotionLibrary library;

 private:
  [[nodiscard]] static sale::BasketLine returned_line(const sale::ReturnableSale& sold, std::int64_t number,
                                                      Quantity quantity, const std::vector<sale::BasketLine>& others) {
    auto line = sold.sale.lines.at(static_cast<std::size_t>(number - 1));
    const auto& priced = sold.sale.priced.lines.at(static_cast<std::size_t>(number - 1));
    sale::LineReturn returns;
    returns.line = number;
    for (const auto& before : sold.returned) {
      if (before.line == number) returns.returned_before = before.quantity;
    }
    const auto refund = pricing::refund_line(line, priced, returns.returned_before, quantity);
    if (!refund) throw std::runtime_error(refund.error().code);
    for (const auto& tax : sold.sale.priced.taxes) {
      if (tax.tax_category == line.tax_category) returns.tax_rate = tax.rate;
    }
    returns.tax = -refund->tax;
    line.line = static_cast<std::int64_t>(others.size()) + 1;
    line.quantity = -quantity;
    line.fixed_amount = -refund->amount;
    line.returns = returns;
    return line;
  }
};

}  // namespace lanekeeper::testing
