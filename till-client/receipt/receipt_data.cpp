#include "receipt/receipt_data.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/text.h"
#include "receipt/store_data.h"

namespace lanekeeper::till {

namespace {

using receipt_template::flag;
using receipt_template::List;
using receipt_template::Value;

constexpr std::size_t shown_digits = 4;
constexpr std::size_t shown_reference = 6;

std::string tail_of(const std::string& number, std::size_t digits) {
  return number.size() <= digits ? number : number.substr(number.size() - digits);
}

std::string masked(const std::string& code) {
  if (code.size() <= 2 * shown_digits || !is_ascii_digits(code)) return code;
  return code.substr(0, shown_digits) + "****" + tail_of(code, shown_digits);
}

std::string unless_zero(Money amount) {
  return amount.is_zero() ? std::string() : amount.to_string();
}

class SaleData {
 public:
  SaleData(const sale::RetailTransaction& sale, const ReceiptStore& store, const i18n::Texts& texts,
           const ReceiptPaper& paper)
      : sale_(sale), store_(store), texts_(texts), paper_(paper) {}

  Value all(ReceiptKind kind) {
    data_["store"] = store_data(store_, texts_, paper_);
    receipt(kind);
    lines();
    totals();
    tenders();
    customer();
    taxes();
    if (!sale_.priced.discount.is_zero()) data_["saved"] = sale_.priced.discount.to_string();
    return std::move(data_);
  }

 private:
  [[nodiscard]] std::string text(std::string_view key, const i18n::Texts::Parameters& parameters = {}) const {
    return texts_.text(key, parameters);
  }
  [[nodiscard]] bool english() const { return texts_.language() == i18n::Language::en; }

  void receipt(ReceiptKind kind) {
    Value& receipt = data_["receipt"];
    receipt["number"] = receipt_number_text(sale_);
    receipt["barcode"] = receipt_identity(sale_);
    receipt["date"] = sale_.completed_at.local_date().to_string();
    receipt["time"] = sale_.completed_at.local_time_hms().substr(0, 5);
    receipt["till"] = std::to_string(sale_.till);
    receipt["cashier"] = sale_.cashier_number;
    receipt["duplicate"] = flag(kind == ReceiptKind::duplicate);
    receipt["training"] = flag(sale_.training.value_or(false));
    receipt["simulated_clock"] = flag(sale_.simulated_clock);
    if (const auto& sold = sale_.returned_sale) {
      receipt["original"] = short_receipt_number(sold->till, sold->receipt_number);
      receipt["void"] = flag(sold->void_reason.has_value());
      if (sold->void_reason) {
        const auto key = "receipt.void_reason." + *sold->void_reason;
        receipt["void_reason"] = texts_.has(key) ? text(key) : *sold->void_reason;
      }
    }
  }

  void lines() {
    List lines;
    auto priced = sale_.priced.lines.begin();
    for (const auto& line : sale_.lines) {
      if (line.voided) continue;
      if (priced == sale_.priced.lines.end()) break;
      lines.push_back(line_data(line, *priced));
      ++priced;
    }
    data_["lines"] = std::move(lines);
  }

  [[nodiscard]] Value line_data(const sale::BasketLine& line, const sale::PricedLine& priced) const {
    Value data;
    const bool weighed = line.unit == catalogue::UnitOfMeasure::kilogram;
    data["name"] = english() && !line.name_en.empty() ? line.name_en : line.name;
    data["code"] = line.code;
    data["quantity"] = weighed ? line.quantity.to_fixed_string() + "kg" : line.quantity.to_string();
    data["price"] = line.unit_price.to_string();
    data["amount"] = priced.gross.to_string();
    data["net"] = priced.net.to_string();
    data["returned"] = flag(sale::is_return(line));
    data["weighed_by_hand"] = flag(line.weight_source == sale::WeightSource::manual);
    if (line.tare && line.tare->milli() != 0) data["tare"] = line.tare->to_fixed_string() + "kg";
    if (line.note) data["note"] = *line.note;
    if (sale::gives_deposit_back(line)) {
      data["deposit_back"] = text("receipt.deposit_back");
    } else if (line.returns) {
      add_return(data, *line.returns);
    }
    if (line.price_override) data["regular_price"] = line.price_override->regular_unit_price.to_string();
    List savings;
    for (const auto& discount : priced.discounts) {
      Value saving;
      saving["name"] = reason_of(discount);
      saving["amount"] = (-discount.amount).to_string();
      savings.push_back(std::move(saving));
    }
    data["savings"] = std::move(savings);
    return data;
  }

  void add_return(Value& data, const sale::LineReturn& returns) const {
    const auto& blind = sale_.blind_return;
    const auto reason = returns.reason ? *returns.reason : blind ? blind->reason : std::string();
    const auto key = "receipt.reason." + reason;
    // A void has one reason for all of it.
    const bool whole = sale_.returned_sale && sale_.returned_sale->void_reason;
    if (!reason.empty() && !whole) data["return_reason"] = texts_.has(key) ? text(key) : reason;
    if (returns.to == sale::ReturnedTo::waste) data["returned_to"] = text("receipt.to.waste");
    if (returns.to == sale::ReturnedTo::supplier) data["returned_to"] = text("receipt.to.supplier");
  }

  // The name in the receipt's language, else in the other, else what kind of thing it is.
  [[nodiscard]] std::string reason_of(const sale::LineDiscount& discount) const {
    if (discount.promotion == sale::manual_discount_id) return text("receipt.manual_discount");
    if (discount.promotion == sale::list_price_id) return text("receipt.member_price");
    const auto& first = english() ? discount.name_en : discount.name;
    const auto& second = english() ? discount.name : discount.name_en;
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
    Value& totals = data_["totals"];
    totals["lines"] = std::to_string(lines);
    totals["pieces"] = std::to_string(pieces);
    totals["count"] = text("receipt.subtotal", {{"lines", std::to_string(lines)}, {"pieces", std::to_string(pieces)}});
    totals["gross"] = priced.gross.to_string();
    totals["discount"] = unless_zero(-priced.discount);
    totals["tax_added"] = unless_zero(priced.total - priced.net);
    totals["to_pay"] = priced.total.to_string();
    totals["rounding"] = unless_zero(sale_.cash_adjustment);
    totals["payable"] = sale_.payable.to_string();
    if (!is_refund(sale_)) return;
    const bool goods = std::any_of(sale_.lines.begin(), sale_.lines.end(), [](const auto& line) {
      return !line.voided && sale::is_return(line) && !sale::gives_deposit_back(line);
    });
    data_["deposits_only"] = flag(!goods);
    Value& refund = data_["refund"];
    refund["total"] = (-priced.total).to_string();
    refund["rounding"] = unless_zero(-sale_.cash_adjustment);
    refund["paid"] = (-sale_.payable).to_string();
  }

  void tenders() {
    List tenders;
    for (const auto& tender : sale_.tenders) {
      Value data;
      data["name"] = name_of_tender(tender.kind, tender.method, store_.methods, texts_);
      data["amount"] = tender.amount.to_string();
      data["reference"] = tail_of(tender.reference, shown_reference);
      if (tender.face_value) data["face_value"] = tender.face_value->to_string();
      tenders.push_back(std::move(data));
    }
    data_["tenders"] = std::move(tenders);
    data_["change"] = sale_.change.to_string();
  }

  // Names come masked; of numbers only so much is printed that their owner knows them again.
  void customer() {
    data_["customer"] = flag(sale_.member.has_value() || sale_.coupons.has_value());
    if (sale_.member) {
      Value& member = data_["member"];
      member["name"] = sale_.member->name;
      member["tail"] = tail_of(sale_.member->number, shown_digits);
    }
    List coupons;
    for (const auto& code : sale_.coupons.value_or(std::vector<std::string>())) {
      Value coupon;
      coupon["code"] = masked(code);
      coupons.push_back(std::move(coupon));
    }
    data_["coupons"] = std::move(coupons);
  }

  void taxes() {
    List taxes;
    Money taxable;
    Money tax;
    for (const auto& total : sale_.priced.taxes) {
      Value data;
      data["letter"] = total.letter;
      data["rate"] = total.rate.per_10k() == 0 ? text("receipt.exempt") : total.rate.to_percent_string() + "%";
      data["taxable"] = total.taxable.to_string();
      data["tax"] = total.tax.to_string();
      data["gross"] = (total.taxable + total.tax).to_string();
      taxes.push_back(std::move(data));
      taxable += total.taxable;
      tax += total.tax;
    }
    data_["taxed"] = flag(!taxes.empty());
    data_["taxes"] = std::move(taxes);
    Value& sum = data_["tax_sum"];
    sum["taxable"] = taxable.to_string();
    sum["tax"] = tax.to_string();
    sum["gross"] = (taxable + tax).to_string();
  }

  const sale::RetailTransaction& sale_;
  const ReceiptStore& store_;
  const i18n::Texts& texts_;
  const ReceiptPaper& paper_;
  Value data_;
};

}  // namespace

bool is_refund(const sale::RetailTransaction& sale) {
  const bool comes_back = std::any_of(sale.lines.begin(), sale.lines.end(),
                                      [](const auto& line) { return !line.voided && sale::is_return(line); });
  return comes_back && sale.priced.total <= Money();
}

receipt_template::Value receipt_data(const sale::RetailTransaction& sale, const ReceiptStore& store,
                                     const i18n::Texts& texts, ReceiptKind kind, const ReceiptPaper& paper) {
  return SaleData(sale, store, texts, paper).all(kind);
}

}  // namespace lanekeeper::till
