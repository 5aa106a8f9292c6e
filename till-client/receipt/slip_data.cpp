#include "receipt/slip_data.h"

#include <algorithm>

#include <fmt/format.h>

#include "receipt/store_data.h"

namespace lanekeeper::till {

namespace {

using receipt_template::flag;
using receipt_template::List;
using receipt_template::Value;
using sale::ControlKind;

std::string when(const ZonedTime& time) {
  return fmt::format("{} {}", time.local_date().to_string(), time.local_time_hms().substr(0, 5));
}

std::string unless_zero(Money amount) {
  return amount.is_zero() ? std::string() : amount.to_string();
}
std::string unless_zero(std::int64_t number) {
  return number == 0 ? std::string() : std::to_string(number);
}

bool moves_cash(ControlKind kind) {
  return kind == ControlKind::loan || kind == ControlKind::paid_in || kind == ControlKind::paid_out ||
         kind == ControlKind::pick_up;
}

class SlipData {
 public:
  SlipData(const ReceiptStore& store, const i18n::Texts& texts, const SlipOptions& options, const ReceiptPaper& paper)
      : texts_(texts), options_(options) {
    data["store"] = store_data(store, texts, paper);
  }

  Value data;

  void head(const std::string& title, std::int64_t till, const std::string& cashier, const ZonedTime& at) {
    Value& slip = data["slip"];
    slip["title"] = title;
    slip["till"] = std::to_string(till);
    slip["cashier"] = cashier;
    slip["date"] = at.local_date().to_string();
    slip["time"] = at.local_time_hms().substr(0, 5);
    slip["duplicate"] = flag(options_.duplicate);
    slip["training"] = flag(options_.training);
  }

  // Without money for a report that must not tell what should be in the drawer.
  void totals(const sale::ShiftTotals& shift, bool with_money) {
    Value& totals = data["totals"];
    totals["sales"] = std::to_string(shift.sale_count);
    totals["returns_count"] = unless_zero(shift.return_count);
    totals["deposits_back_count"] = unless_zero(shift.deposit_back_count.value_or(0));
    totals["first_receipt"] = unless_zero(shift.first_receipt);
    totals["last_receipt"] = unless_zero(shift.last_receipt);
    events(shift);
    data["money"] = flag(with_money);
    if (!with_money) return;
    totals["gross"] = shift.gross.to_string();
    totals["discounts"] = unless_zero(-shift.discounts);
    totals["returns"] = unless_zero(-shift.returns);
    totals["deposits_back"] = unless_zero(-shift.deposits_back.value_or(Money()));
    totals["tax_added"] = unless_zero(shift.tax_on_top);
    totals["turnover"] = shift.turnover.to_string();
    totals["rounding"] = unless_zero(shift.cash_rounding);
    List taxes;
    for (const auto& total : shift.taxes) {
      Value tax;
      tax["letter"] = total.letter;
      tax["rate"] = total.rate.to_percent_string() + "%";
      tax["taxable"] = total.taxable.to_string();
      tax["tax"] = total.tax.to_string();
      taxes.push_back(std::move(tax));
    }
    data["taxed"] = flag(!taxes.empty());
    data["taxes"] = std::move(taxes);
    drawer(shift);
  }

  void tenders(const std::vector<sale::TenderTotal>& all) {
    List tenders;
    for (const auto& total : all) {
      Value tender;
      tender["name"] = tender_name(total.kind, total.method);
      tender["count"] = std::to_string(total.count);
      tender["amount"] = total.amount.to_string();
      tenders.push_back(std::move(tender));
    }
    data["has_tenders"] = flag(!tenders.empty());
    data["tenders"] = std::move(tenders);
  }

  void closing(const sale::ShiftClosing& shift, const ZonedTime& at) {
    data["shift"]["opened"] = when(shift.opened_at);
    data["shift"]["closed"] = when(at);
    totals(shift.totals, true);
    tenders(shift.totals.tenders);
    List counts;
    for (const auto& counted : shift.counts) {
      Value count;
      count["denomination"] = counted.denomination.to_string();
      count["count"] = std::to_string(counted.count);
      counts.push_back(std::move(count));
    }
    data["counts"] = std::move(counts);
    List checks;
    for (const auto& one : shift.checks) {
      Value check;
      check["name"] = tender_name(one.kind, one.method);
      check["expected"] = one.expected.to_string();
      check["declared"] = one.declared.to_string();
      check["difference"] = unless_zero(one.declared - one.expected);
      check["check_reason"] = one.reason ? reason(*one.reason) : std::string();
      checks.push_back(std::move(check));
    }
    data["checks"] = std::move(checks);
    Value& closing = data["closing"];
    closing["left_in_drawer"] = shift.left_in_drawer.to_string();
    closing["recounts"] = unless_zero(shift.recounts);
    closing["unsent"] = unless_zero(shift.unsent);
  }

  void parts(const sale::ControlTransaction& control) {
    if (control.opening) {
      data["opening"]["float"] = control.amount.to_string();
      data["opening"]["carried_over"] = unless_zero(control.opening->carried_over);
    }
    if (moves_cash(control.kind)) data["amount"] = control.amount.to_string();
    if (control.basket) {
      Value& basket = data["basket"];
      basket["lines"] = std::to_string(control.basket->line_count);
      basket["total"] = control.basket->total.to_string();
      basket["label"] = control.basket->label.value_or(std::string());
    }
    if (control.reason) data["reason"] = reason_to_move(*control.reason);
    if (control.note) data["note"] = *control.note;
    List approvals;
    for (const auto& approval : control.approvals.value_or(std::vector<sale::Approval>())) {
      approvals.emplace_back(approval.approver_number);
    }
    data["approvals"] = std::move(approvals);
    data["signature"] = flag(moves_cash(control.kind) || control.closing.has_value());
    data["slip"]["simulated_clock"] = flag(control.simulated_clock);
  }

  [[nodiscard]] std::string text(std::string_view key, const i18n::Texts::Parameters& parameters = {}) const {
    return texts_.text(key, parameters);
  }

 private:
  void drawer(const sale::ShiftTotals& shift) {
    Value& drawer = data["drawer"];
    drawer["float"] = shift.opening_float.to_string();
    drawer["loans"] = unless_zero(shift.loans);
    drawer["paid_in"] = unless_zero(shift.paid_in);
    drawer["paid_out"] = unless_zero(-shift.paid_out);
    drawer["pick_ups"] = unless_zero(-shift.pick_ups);
    drawer["expected"] = sale::expected_cash(shift).to_string();
  }

  void events(const sale::ShiftTotals& shift) {
    Value& events = data["events"];
    events["no_sales"] = std::to_string(shift.no_sales);
    events["voided_lines"] = std::to_string(shift.voided_lines);
    events["voided_baskets"] = std::to_string(shift.voided_baskets);
    events["price_overrides"] = std::to_string(shift.price_overrides);
    events["manual_discounts"] = std::to_string(shift.manual_discounts);
    events["suspended"] = unless_zero(shift.suspended);
    events["recalled"] = unless_zero(shift.recalled);
    events["reprints"] = unless_zero(shift.reprints.value_or(0));
  }

  // A code of the till has words; what was typed stands as it is.
  [[nodiscard]] std::string reason(const std::string& code) const {
    const auto key = "receipt.reason." + code;
    return texts_.has(key) ? text(key) : code;
  }

  // Why cash came or went, or the drawer was opened.
  [[nodiscard]] std::string reason_to_move(const std::string& code) const {
    const auto key = "receipt.move_reason." + code;
    return texts_.has(key) ? text(key) : code;
  }

  [[nodiscard]] std::string tender_name(sale::TenderKind kind, const std::optional<std::string>& method) const {
    return name_of_tender(kind, method, options_.methods, texts_);
  }

  const i18n::Texts& texts_;
  const SlipOptions& options_;
};

std::string code_of(ControlKind kind) {
  for (const auto& [one, name] : json::EnumNames<ControlKind>::names) {
    if (one == kind) return std::string(name);
  }
  return {};
}

std::string title_of(const sale::ControlTransaction& control, const i18n::Texts& texts) {
  if (control.closing) return texts.text("receipt.slip.z", {{"number", std::to_string(control.closing->number)}});
  if (moves_cash(control.kind)) return texts.text("receipt.slip." + code_of(control.kind));
  return texts.text("receipt.slip.title." + code_of(control.kind));
}

}  // namespace

Value control_slip_data(const sale::ControlTransaction& control, const ReceiptStore& store, const i18n::Texts& texts,
                        const SlipOptions& options, const ReceiptPaper& paper) {
  SlipData slip(store, texts, options, paper);
  slip.head(title_of(control, texts), control.till, control.cashier_number, control.at);
  slip.parts(control);
  if (control.closing) slip.closing(*control.closing, control.at);
  return std::move(slip.data);
}

Value x_report_data(const XReport& report, const ReceiptStore& store, const i18n::Texts& texts,
                    const SlipOptions& options, const ReceiptPaper& paper) {
  SlipData slip(store, texts, options, paper);
  slip.head(texts.text("receipt.slip.x", {{"number", std::to_string(report.shift)}}), report.till,
            report.cashier_number, report.printed_at);
  slip.data["shift"]["opened"] = when(report.opened_at);
  slip.totals(report.totals, !report.blind);
  slip.tenders(report.blind ? report.not_cash : report.totals.tenders);
  return std::move(slip.data);
}

}  // namespace lanekeeper::till
