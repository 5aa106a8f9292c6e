#include "services/entry_preparation.h"

#include <algorithm>
#include <cstdlib>

#include "barcode/scan.h"
#include "pricing/price.h"
#include "services/approval_check.h"
#include "services/deposit_check.h"
#include "services/return_check.h"
#include "services/sale_service.h"
#include "services/void_check.h"
#include "storage/journal_repository.h"
#include "storage/promotion_rows.h"

namespace lanekeeper::services {

namespace {

constexpr std::string_view regular_list = "regular";
constexpr std::string_view shelf_label_reason = "price.label";  // of a price by hand: the shelf said another one
constexpr std::int64_t label_rounding_minor = 10;               // some scales round to tenths
constexpr std::size_t max_exceptions = 20;  // of one entry, so that a broken till does not fill the list

// A till hears of new promotions at once, and prices a basket by those that were in force at its first line.
constexpr std::int64_t time_to_learn_ms = 10 * 60 * 1000;

void set_aside(PreparedEntry& prepared, std::string reason) {
  prepared.malformed = std::move(reason);
  prepared.control.reset();
  prepared.content_hash = storage::content_hash_of(prepared.entry);
}

// Whether a line's price of a list is the catalogue's.
void check_price(const sale::RetailTransaction& sale, const sale::BasketLine& line, const sale::ListPrice& price,
                 const PriceBook& book, std::vector<ExceptionDraft>& exceptions) {
  const auto answer =
      book.compare(line.item, price.list, price.unit_price, sale.catalogue_version, line.entered_at.instant);
  if (answer.verdict != PriceBook::Verdict::differs) return;
  exceptions.push_back({"price.differs",
                        "A price is not the one the catalogue had. Look at the item's prices and at the till.",
                        {{"line", std::to_string(line.line)},
                         {"item", std::to_string(line.item)},
                         {"number", line.item_number},
                         {"list", price.list},
                         {"charged", price.unit_price.to_string()},
                         {"catalogue", answer.price ? answer.price->to_string() : std::string()},
                         {"version", std::to_string(sale.catalogue_version)}}});
}

// A label that says weight and amount says its price per kilogram as well, which may be that of an older price list.
void check_label(const sale::RetailTransaction& sale, const sale::BasketLine& line,
                 const std::vector<barcode::VariableMeasureLayout>& layouts, std::vector<ExceptionDraft>& exceptions) {
  if (!line.fixed_amount || line.weight_source != sale::WeightSource::label || sale::is_return(line)) return;
  // Where the price is typed, the label is the only one who knows it.
  if (line.unit_price.is_zero() || line.open_price.value_or(false)) return;
  const auto label = barcode::parse_scan(line.code, barcode::Symbology::unknown, layouts);
  if (!label || !label->amount || !label->weight) return;
  const auto now = multiply(line.unit_price, *label->weight);
  if (!now || std::abs(now->minor() - label->amount->minor()) < label_rounding_minor) return;
  exceptions.push_back({"price.label_differs",
                        "The amount of a label is not its weight at the price of that day. Label the goods again.",
                        {{"line", std::to_string(line.line)},
                         {"item", std::to_string(line.item)},
                         {"number", line.item_number},
                         {"name", line.name},
                         {"charged", label->amount->to_string()},
                         {"catalogue", now->to_string()},
                         {"weight", label->weight->to_string()},
                         {"version", std::to_string(sale.catalogue_version)}}});
}

// The shelf and the catalogue say different prices: the customer was given the shelf's, and the label has to be
// changed.
void note_shelf_label(const sale::BasketLine& line, std::vector<ExceptionDraft>& exceptions) {
  if (line.price_override->reason != shelf_label_reason || sale::is_return(line)) return;
  exceptions.push_back({"price.shelf_label",
                        "The price on the shelf is not the one of the catalogue. Put up a new label.",
                        {{"line", std::to_string(line.line)},
                         {"item", std::to_string(line.item)},
                         {"number", line.item_number},
                         {"name", line.name},
                         {"label", line.unit_price.to_string()},
                         {"catalogue", line.price_override->regular_unit_price.to_string()}}});
}

void check_prices(const sale::RetailTransaction& sale, PriceBook& book, const StoreFacts& facts,
                  std::vector<ExceptionDraft>& exceptions) {
  std::vector<catalogue::ItemId> items;
  for (const auto& line : sale.lines) items.push_back(line.item);
  book.learn(items);
  for (const auto& line : sale.lines) {
    if (!book.knows(line.item)) {
      exceptions.push_back(
          {"item.unknown",
           "The sale has an item that is not in the catalogue. Look at where the till got it from.",
           {{"line", std::to_string(line.line)}, {"item", std::to_string(line.item)}, {"number", line.item_number}}});
      continue;
    }
    if (line.voided) continue;
    if (line.price_override) {  // its own record
      note_shelf_label(line, exceptions);
      continue;
    }
    if (sale::gives_deposit_back(line)) {
      check_price(sale, line, {std::string(regular_list), deposit_price(line)}, book, exceptions);
      continue;
    }
    check_label(sale, line, facts.layouts, exceptions);
    // The amount of a label or a pack is not a price per unit. Nor has the catalogue one for goods whose price is
    // typed.
    if (line.fixed_amount || line.open_price.value_or(false)) continue;
    check_price(sale, line, {std::string(regular_list), line.unit_price}, book, exceptions);
    if (!line.list_prices) continue;
    for (const auto& price : *line.list_prices) check_price(sale, line, price, book, exceptions);
  }
}

// Where two prices of the same basket differ; empty: nowhere. Names of taxes and promotions may change.
std::string difference(const sale::PricedLine& a, const sale::PricedLine& b) {
  const auto line = "line " + std::to_string(a.line);
  if (a.line != b.line) return "lines";
  if (a.gross != b.gross) return line + " gross";
  const auto same_discount = [](const sale::LineDiscount& x, const sale::LineDiscount& y) {
    return x.promotion == y.promotion && x.amount == y.amount;
  };
  if (!std::equal(a.discounts.begin(), a.discounts.end(), b.discounts.begin(), b.discounts.end(), same_discount)) {
    return line + " discounts";
  }
  if (a.net != b.net) return line + " net";
  if (a.tax != b.tax) return line + " tax";
  if (a.units != b.units) return line + " units";
  return {};
}

std::string difference(const sale::PricedBasket& a, const sale::PricedBasket& b) {
  if (a.total != b.total) return "total";
  if (a.net != b.net) return "net";
  if (a.gross != b.gross || a.discount != b.discount) return "gross";
  if (a.lines.size() != b.lines.size()) return "lines";
  for (std::size_t i = 0; i < a.lines.size(); ++i) {
    if (auto where = difference(a.lines[i], b.lines[i]); !where.empty()) return where;
  }
  const auto same_tax = [](const sale::TaxTotal& x, const sale::TaxTotal& y) {
    return x.tax_category == y.tax_category && x.rate == y.rate && x.taxable == y.taxable && x.tax == y.tax;
  };
  if (!std::equal(a.taxes.begin(), a.taxes.end(), b.taxes.begin(), b.taxes.end(), same_tax)) return "taxes";
  return {};
}

// Was this version in force when the sale began, as far as its till could know? Goods that come back are priced by
// what was paid for them.
void check_version(const sale::RetailTransaction& sale, const CompiledBook& book, const StoreFacts& facts,
                   std::vector<ExceptionDraft>& exceptions) {
  const bool sells = std::any_of(sale.lines.begin(), sale.lines.end(),
                                 [](const auto& line) { return !line.voided && !sale::is_return(line); });
  const bool takes_back = sale.returned_sale || sale.blind_return;
  if (takes_back && !(sells && sale.promotions)) return;
  const auto began = sale.started_at.instant;
  using Start = std::pair<Instant, std::int64_t>;
  const Start none{{INT64_MIN}, 0};
  const Start own = book.version == 0 ? none : Start{book.effective_at.instant, book.version};
  Start in_force = own.first <= began ? own : none;
  for (const auto& other : facts.books) {
    const bool known = other.published.unix_ms + time_to_learn_ms <= began.unix_ms;
    if (known && other.effective <= began) in_force = std::max(in_force, Start{other.effective, other.version});
  }
  if (in_force == own) return;
  exceptions.push_back({"promotion.wrong_version",
                        "The sale was priced by other promotions than were in force when it began. Look whether the "
                        "till was offline, and at its clock.",
                        {{"version", std::to_string(book.version)}, {"in_force", std::to_string(in_force.second)}}});
}

std::vector<UseLimit> limits_of(const storage::SaleRows& rows, const pricing::PromotionIndex& promotions) {
  std::vector<UseLimit> limits;
  for (const auto& use : rows.uses) {
    const auto& promotion = *promotions.find(use.promotion);
    limits.push_back({use.promotion, promotion.max_per_member_day, promotion.max_total, promotion.schedule.from});
  }
  return limits;
}

void price_again(const sale::RetailTransaction& sale, PriceBook& book, const StoreFacts& facts,
                 PreparedEntry& prepared) {
  auto& exceptions = prepared.exceptions;
  const auto version = sale.promotions ? sale.promotions->version : 0;
  const auto promotions = book.promotions(version);
  if (!promotions) {
    exceptions.push_back({"promotion.unknown_version",
                          "The sale was priced by promotions that were never published here. Look at that till.",
                          {{"version", std::to_string(version)}}});
    return;
  }
  check_version(sale, *promotions, facts, exceptions);
  const auto priced = pricing::explain(sale::basket_of(sale), promotions->promotions,
                                       {sale.business_date, facts.tax_mode, facts.taxes});
  if (!priced) {
    exceptions.push_back({"price.recomputed",
                          "The server cannot price this basket again. Look at the taxes of its items.",
                          {{"because", priced.error().code}}});
    return;
  }
  storage::add_promotion_rows(sale, promotions->promotions, priced->goods, prepared.rows);
  prepared.limits = limits_of(prepared.rows, promotions->promotions);
  const auto where = difference(sale.priced, priced->basket);
  if (where.empty()) return;
  exceptions.push_back(
      {"price.recomputed",
       "Pricing the basket again gives another result. Look at the till's version and taxes.",
       {{"at", where}, {"recorded", sale.priced.total.to_string()}, {"recomputed", priced->basket.total.to_string()}}});
}

// Goods without a receipt: nobody can compare them with a sale, so somebody should look at each of them.
void note_blind_return(const sale::RetailTransaction& sale, std::vector<ExceptionDraft>& exceptions) {
  if (!sale.blind_return) return;
  const auto lines = std::count_if(sale.lines.begin(), sale.lines.end(), [](const auto& line) {
    return !line.voided && sale::is_return(line) && !sale::gives_deposit_back(line);
  });
  if (lines > 0) {
    exceptions.push_back({"return.blind",
                          "Goods came back without a receipt. Look whether that was right.",
                          {{"reason", sale.blind_return->reason},
                           {"lines", std::to_string(lines)},
                           {"refund", sale::refund_of(sale.lines, sale.priced).to_string()}}});
  }
  for (const auto& tender : sale.tenders) {
    if (!tender.amount.is_negative() || tender.kind == sale::TenderKind::cash) continue;
    exceptions.push_back(refunded_too_much(tender, Money{}, -tender.amount));
  }
}

void note_training(const sale::RetailTransaction& sale, std::vector<ExceptionDraft>& exceptions) {
  if (!sale.training.value_or(false)) return;
  exceptions.push_back({"sale.training_in_journal",
                        "An exercise came in as a sale. Look at that till: its figures are in the books.",
                        {{"receipt", std::to_string(sale.receipt_number)}}});
}

void inspect(PreparedEntry& prepared, const sale::RetailTransaction& sale, PriceBook& book) {
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
  check_void(sale, *facts, exceptions);
  if (sale.currency != facts->currency) {
    exceptions.push_back({"sale.currency_differs",
                          "The sale is in another currency than the store. Look at the till's settings.",
                          {{"sale", sale.currency}, {"store", facts->currency}}});
  }
  note_training(sale, exceptions);
  check_approvals(sale, *facts, exceptions);
  check_whose_purchase(sale, *facts, exceptions);
  note_blind_return(sale, exceptions);
  check_deposits(sale, *facts, exceptions);
  check_prices(sale, book, *facts, exceptions);
  price_again(sale, book, *facts, prepared);
  if (exceptions.size() > max_exceptions) exceptions.resize(max_exceptions);
}

}  // namespace

namespace {

void inspect(PreparedEntry& prepared, const sale::ControlTransaction& control, PriceBook& book) {
  auto& exceptions = prepared.exceptions;
  if (control.till != prepared.entry.till) {
    exceptions.push_back(
        {"control.till_differs",
         "The entry names another till than the journal that carries it. Look at that till.",
         {{"control", std::to_string(control.till)}, {"journal", std::to_string(prepared.entry.till)}}});
  }
  if (const auto sums = sale::check_arithmetic(control); !sums) {
    exceptions.push_back({sums.error().code, sums.error().message, sums.error().details});
  }
  book.refresh(0);
  const auto facts = book.facts();
  if (control.currency != facts->currency) {
    exceptions.push_back({"sale.currency_differs",
                          "The sale is in another currency than the store. Look at the till's settings.",
                          {{"sale", control.currency}, {"store", facts->currency}}});
  }
  check_approvals(control, *facts, exceptions);
  if (exceptions.size() > max_exceptions) exceptions.resize(max_exceptions);
}

// The rows and the exceptions of a readable entry.
void prepare(PreparedEntry& prepared, journal::Event event, PriceBook& book) {
  prepared.shift = storage::shift_of(event);
  if (const auto* sale = std::get_if<sale::RetailTransaction>(&event)) {
    prepared.simulated_clock = sale->simulated_clock;
    prepared.rows = storage::rows_of(*sale);
    inspect(prepared, *sale, book);
    return;
  }
  auto& control = prepared.control.emplace(std::move(std::get<sale::ControlTransaction>(event)));
  prepared.simulated_clock = control.simulated_clock;
  prepared.control_row = storage::row_of(control);
  prepared.drawer_cash = sale::drawer_cash(control).minor();
  inspect(prepared, control, book);
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
  auto event = journal::decode_event(prepared.entry.payload);
  if (!event) {
    set_aside(prepared, event.error().code);
    return prepared;
  }
  try {
    prepare(prepared, std::move(*event), book);
  } catch (const Fault& fault) {
    if (fault.code() != "money.overflow") throw;
    set_aside(prepared, fault.code());
  }
  return prepared;
}

}  // namespace lanekeeper::services
