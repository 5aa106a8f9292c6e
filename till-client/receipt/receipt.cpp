#include "receipt/receipt.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/text.h"
#include "receipt/escpos.h"

namespace lanekeeper::till {

namespace {

using Size = EscPosWriter::Size;

// Columns at which the numbers of the goods table and of the tax table end.
constexpr int quantity_end = 29;
constexpr int price_end = 38;
constexpr int taxable_end = 24;
constexpr int tax_end = 36;
constexpr int end = EscPosWriter::columns;
constexpr std::string_view indent = "  ";

std::string goods_row(std::string_view code, std::string_view quantity, std::string_view price,
                      std::string_view amount) {
  std::string row = spread(code, quantity, quantity_end);
  row += pad_left(price, price_end - quantity_end);
  row += pad_left(amount, std::max(end - display_width(row), display_width(amount) + 1));
  return row;
}

std::string tax_row(std::string_view name, std::string_view taxable, std::string_view tax, std::string_view gross) {
  return spread(name, taxable, taxable_end) + pad_left(tax, tax_end - taxable_end) + pad_left(gross, end - tax_end);
}

constexpr std::size_t shown_digits = 4;

std::string tail_of(const std::string& number) {
  return number.size() <= shown_digits ? number : number.substr(number.size() - shown_digits);
}

std::string masked(const std::string& code) {
  if (code.size() <= 2 * shown_digits || !is_ascii_digits(code)) return code;
  return code.substr(0, shown_digits) + "****" + tail_of(code);
}

class ReceiptLayout {
 public:
  ReceiptLayout(const sale::RetailTransaction& sale, const i18n::Texts& texts) : sale_(sale), texts_(texts) {}

  std::string print(const ReceiptStore& store, ReceiptKind kind) {
    head(store, kind);
    goods();
    totals();
    if (sale_.returned_sale) {
      paid_out();
    } else {
      tenders();
    }
    customer();
    taxes();
    foot(store, kind);
    return out_.take();
  }

 private:
  [[nodiscard]] std::string text(std::string_view key, const i18n::Texts::Parameters& parameters = {}) const {
    return texts_.text(key, parameters);
  }

  void head(const ReceiptStore& store, ReceiptKind kind) {
    const bool wide = display_width(store.name) > end / 2;
    out_.centered(store.name, wide ? Size::normal : Size::twice, true);
    std::string contact = store.address;
    if (!store.phone.empty()) {
      if (!contact.empty()) contact += "  ";
      contact += text("receipt.hotline", {{"phone", store.phone}});
    }
    if (display_width(contact) <= end) {
      if (!contact.empty()) out_.centered(contact);
    } else {
      out_.centered(store.address);
      out_.centered(text("receipt.hotline", {{"phone", store.phone}}));
    }
    if (kind == ReceiptKind::duplicate) out_.centered(text("receipt.duplicate"), Size::twice, true);
    if (sale_.returned_sale) out_.centered(text("receipt.return"), Size::twice, true);
    if (sale_.simulated_clock) out_.centered(text("receipt.simulated_clock"), Size::normal, true);
    out_.feed(1);
    out_.both(text("receipt.number", {{"number", receipt_number_text(sale_)}}),
              fmt::format("{} {}", sale_.completed_at.local_date().to_string(),
                          sale_.completed_at.local_time_hms().substr(0, 5)));
    out_.line(text("receipt.till_cashier", {{"till", std::to_string(sale_.till)}, {"cashier", sale_.cashier_number}}));
    if (const auto& sold = sale_.returned_sale) {
      out_.line(text("receipt.original", {{"number", short_receipt_number(sold->till, sold->receipt_number)}}));
    }
    out_.rule('=');
  }

  void goods() {
    out_.line(goods_row(text("receipt.item"), text("receipt.quantity"), text("receipt.price"), text("receipt.amount")));
    out_.rule('-');
    auto priced = sale_.priced.lines.begin();
    for (const auto& line : sale_.lines) {
      if (line.voided) continue;
      if (priced == sale_.priced.lines.end()) break;
      goods_line(line, *priced);
      ++priced;
    }
    out_.rule('-');
  }

  void goods_line(const sale::BasketLine& line, const sale::PricedLine& priced) {
    const bool english = texts_.language() == i18n::Language::en && !line.name_en.empty();
    out_.line(english ? line.name_en : line.name);
    const bool weighed = line.unit == catalogue::UnitOfMeasure::kilogram;
    const std::string quantity = weighed ? line.quantity.to_fixed_string() + "kg" : line.quantity.to_string();
    out_.line(
        goods_row(std::string(indent) + line.code, quantity, line.unit_price.to_string(), priced.gross.to_string()));
    const auto note = [this](const std::string& words) { out_.line(std::string(indent) + words); };
    if (line.weight_source == sale::WeightSource::manual) note(text("receipt.manual_weight"));
    if (line.price_override) {
      note(text("receipt.regular_price", {{"price", line.price_override->regular_unit_price.to_string()}}));
    }
    for (const auto& discount : priced.discounts) {
      out_.both(std::string(indent) + reason_of(discount), (-discount.amount).to_string());
    }
  }

  // The name in the receipt's language, else in the other, else what kind of thing it is.
  [[nodiscard]] std::string reason_of(const sale::LineDiscount& discount) const {
    if (discount.promotion == sale::manual_discount_id) return text("receipt.manual_discount");
    if (discount.promotion == sale::list_price_id) return text("receipt.member_price");
    const bool english = texts_.language() == i18n::Language::en;
    const auto& first = english ? discount.name_en : discount.name;
    const auto& second = english ? discount.name : discount.name_en;
    if (first && !first->empty()) return *first;
    if (second && !second->empty()) return *second;
    return text("receipt.promotion");
  }

  void totals() {
    std::int64_t pieces = 0;
    std::int64_t lines = 0;
    for (const auto& line : sale_.lines) {
      if (line.voided) continue;
      ++lines;
      const bool counted = line.unit == catalogue::UnitOfMeasure::piece && line.quantity.is_whole();
      pieces += counted ? std::abs(line.quantity.milli() / 1000) : 1;
    }
    const auto& priced = sale_.priced;
    out_.both(text("receipt.subtotal", {{"lines", std::to_string(lines)}, {"pieces", std::to_string(pieces)}}),
              priced.gross.to_string());
    if (!priced.discount.is_zero()) out_.both(text("receipt.discount"), (-priced.discount).to_string());
    if (priced.total != priced.net) out_.both(text("receipt.tax_added"), (priced.total - priced.net).to_string());
    if (sale_.returned_sale) {
      out_.both(text("receipt.to_refund"), (-priced.total).to_string(), Size::twice, true);
      if (!sale_.cash_adjustment.is_zero()) {
        out_.both(text("receipt.cash_rounding"), (-sale_.cash_adjustment).to_string());
      }
      out_.rule('-');
      return;
    }
    out_.both(text("receipt.to_pay"), priced.total.to_string(), Size::twice, true);
    if (!sale_.cash_adjustment.is_zero()) {
      out_.both(text("receipt.cash_rounding"), sale_.cash_adjustment.to_string());
      out_.both(text("receipt.paid"), sale_.payable.to_string());
    }
    out_.rule('-');
  }

  void paid_out() {
    out_.both(text("receipt.refunded"), sale_.change.to_string(), Size::twice, true);
    out_.rule('-');
  }

  // Names come masked; of numbers only so much is printed that their owner knows them again.
  void customer() {
    if (!sale_.member && !sale_.coupons) return;
    if (sale_.member) {
      out_.line(text("receipt.member", {{"name", sale_.member->name}, {"tail", tail_of(sale_.member->number)}}));
    }
    if (sale_.coupons) {
      for (const auto& code : *sale_.coupons) out_.line(text("receipt.coupon", {{"code", masked(code)}}));
    }
    out_.rule('-');
  }

  void tenders() {
    for (const auto& tender : sale_.tenders) out_.both(text("receipt.cash"), tender.amount.to_string());
    out_.both(text("receipt.change"), sale_.change.to_string(), Size::twice, true);
    out_.rule('-');
  }

  void taxes() {
    if (!sale_.priced.taxes.empty()) {
      out_.line(
          tax_row(text("receipt.tax_rate"), text("receipt.taxable"), text("receipt.tax"), text("receipt.with_tax")));
      Money taxable;
      Money tax;
      for (const auto& total : sale_.priced.taxes) {
        const std::string rate =
            total.rate.per_10k() == 0 ? text("receipt.exempt") : total.rate.to_percent_string() + "%";
        out_.line(tax_row(total.letter + " " + rate, total.taxable.to_string(), total.tax.to_string(),
                          (total.taxable + total.tax).to_string()));
        taxable += total.taxable;
        tax += total.tax;
      }
      out_.line(tax_row(text("receipt.tax_sum"), taxable.to_string(), tax.to_string(), (taxable + tax).to_string()));
    }
    out_.rule('=');
  }

  void foot(const ReceiptStore& store, ReceiptKind kind) {
    if (!sale_.priced.discount.is_zero()) {
      out_.centered(text("receipt.saved", {{"amount", sale_.priced.discount.to_string()}}), Size::normal, true);
    }
    for (const auto& words : store.footer) out_.centered(words);
    if (kind == ReceiptKind::duplicate) out_.centered(text("receipt.duplicate"), Size::normal, true);
    out_.feed(1);
    out_.barcode(receipt_identity(sale_));
    out_.feed(1);
    out_.cut();
  }

  const sale::RetailTransaction& sale_;
  const i18n::Texts& texts_;
  EscPosWriter out_;
};

}  // namespace

ReceiptStore receipt_store(const protocol::StoreProfile& profile, i18n::Language language) {
  ReceiptStore store;
  const bool english = language == i18n::Language::en && !profile.name_en.empty();
  store.name = english ? profile.name_en : profile.name;
  store.address = profile.address;
  store.phone = profile.phone;
  store.footer = profile.receipt_footer;
  return store;
}

std::string receipt_bytes(const sale::RetailTransaction& sale, const ReceiptStore& store, const i18n::Texts& texts,
                          ReceiptKind kind) {
  return ReceiptLayout(sale, texts).print(store, kind);
}

}  // namespace lanekeeper::till
