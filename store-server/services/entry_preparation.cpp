#include "services/entry_preparation.h"

#include <algorithm>

#include "pricing/price.h"
#include "services/sale_service.h"
#include "storage/journal_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_exceptions = 20;  // of one entry, so that a broken till does not fill the list

void set_aside(PreparedEntry& prepared, std::string reason) {
  prepared.malformed = std::move(reason);
  prepared.content_hash = storage::content_hash_of(prepared.entry);
}

void check_prices(const sale::RetailTransaction& sale, PriceBook& book, std::vector<ExceptionDraft>& exceptions) {
  std::vector<catalogue::ItemId> items;
  for (const auto& line : sale.lines) items.push_back(line.item);
  book.learn(items);
  for (const auto& line : sale.lines) {
    const auto answer = book.compare(line.item, line.unit_price, sale.catalogue_version, line.entered_at.instant);
    if (answer.verdict == PriceBook::Verdict::unknown_item) {
      exceptions.push_back(
          {"item.unknown",
           "The sale has an item that is not in the catalogue. Look at where the till got it from.",
           {{"line", std::to_string(line.line)}, {"item", std::to_string(line.item)}, {"number", line.item_number}}});
      continue;
    }
    // An override is its own record, and the amount of a label or a pack is not a price per unit.
    if (line.voided || line.price_override || line.fixed_amount) continue;
    if (answer.verdict == PriceBook::Verdict::differs) {
      exceptions.push_back({"price.differs",
                            "A price is not the one the catalogue had. Look at the item's prices and at the till.",
                            {{"line", std::to_string(line.line)},
                             {"item", std::to_string(line.item)},
                             {"number", line.item_number},
                             {"charged", line.unit_price.to_string()},
                             {"catalogue", answer.price ? answer.price->to_string() : std::string()},
                             {"version", std::to_string(sale.catalogue_version)}}});
    }
  }
}

// Where two prices of the same basket differ; empty: nowhere. Letters of taxes are names, they may change.
std::string difference(const sale::PricedBasket& a, const sale::PricedBasket& b) {
  if (a.total != b.total) return "total";
  if (a.net != b.net) return "net";
  if (a.gross != b.gross || a.discount != b.discount) return "gross";
  if (a.lines != b.lines) return "lines";
  const auto same_tax = [](const sale::TaxTotal& x, const sale::TaxTotal& y) {
    return x.tax_category == y.tax_category && x.rate == y.rate && x.taxable == y.taxable && x.tax == y.tax;
  };
  if (!std::equal(a.taxes.begin(), a.taxes.end(), b.taxes.begin(), b.taxes.end(), same_tax)) return "taxes";
  return {};
}

void price_again(sale::RetailTransaction& sale, const StoreFacts& facts, std::vector<ExceptionDraft>& exceptions) {
  sale::Basket basket;
  basket.id = sale.id;
  basket.lines.swap(sale.lines);  // lent, not copied
  const auto priced = pricing::price(basket, {}, {sale.business_date, facts.tax_mode, facts.taxes});
  basket.lines.swap(sale.lines);
  if (!priced) {
    exceptions.push_back({"price.recomputed",
                          "The server cannot price this basket again. Look at the taxes of its items.",
                          {{"because", priced.error().code}}});
    return;
  }
  const auto where = difference(sale.priced, *priced);
  if (where.empty()) return;
  exceptions.push_back(
      {"price.recomputed",
       "Pricing the basket again gives another result. Look at the till's version and taxes.",
       {{"at", where}, {"recorded", sale.priced.total.to_string()}, {"recomputed", priced->total.to_string()}}});
}

void inspect(PreparedEntry& prepared, sale::RetailTransaction& sale, PriceBook& book) {
  auto& exceptions = prepared.exceptions;
  if (sale.till != prepared.entry.till) {
    exceptions.push_back({"sale.till_differs",
                          "The sale names another till than the journal that carries it. Look at that till.",
                          {{"sale", std::to_string(sale.till)}, {"journal", std::to_string(prepared.entry.till)}}});
  }
  if (const auto sums = sale::check_arithmetic(sale); !sums) {
    auto details = sums.error().details;
    details.emplace_back("because", sums.error().code);
    exceptions.push_back({"sale.arithmetic", sums.error().message, std::move(details)});
  }
  book.refresh(sale.catalogue_version);
  const auto facts = book.facts();
  if (sale.currency != facts->currency) {
    exceptions.push_back({"sale.currency_differs",
                          "The sale is in another currency than the store. Look at the till's settings.",
                          {{"sale", sale.currency}, {"store", facts->currency}}});
  }
  check_prices(sale, book, exceptions);
  price_again(sale, *facts, exceptions);
  if (exceptions.size() > max_exceptions) exceptions.resize(max_exceptions);
}

}  // namespace

bool is_authentic(const journal::Entry& entry, std::span<const journal::PublicKey> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const journal::PublicKey& key) { return journal::verify_entry(entry, key).has_value(); });
}

PreparedEntry prepare_entry(journal::Entry entry, bool authentic, PriceBook& book) {
  PreparedEntry prepared;
  prepared.entry = std::move(entry);
  prepared.authentic = authentic && prepared.entry.sequence > 0;
  if (!prepared.authentic) {
    set_aside(prepared, "journal.signature");
    return prepared;
  }
  if (prepared.entry.payload.size() > SaleService::max_payload_bytes) {
    set_aside(prepared, "journal.too_large");
    return prepared;
  }
  auto sale = journal::decode_sale(prepared.entry.payload);
  if (!sale) {
    set_aside(prepared, sale.error().code);
    return prepared;
  }
  try {
    prepared.rows = storage::rows_of(*sale);
    inspect(prepared, *sale, book);
  } catch (const Fault& fault) {
    if (fault.code() != "money.overflow") throw;
    set_aside(prepared, fault.code());
  }
  return prepared;
}

}  // namespace lanekeeper::services
