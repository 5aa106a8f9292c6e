#include "till_ui/approval_subject.h"

#include <algorithm>

namespace lanekeeper::till::ui {

namespace {

using Look = PanelFigure::Look;

const ViewLine* find_line(const RegisterView& view, std::int64_t number) {
  const auto found = std::find_if(view.lines.begin(), view.lines.end(),
                                  [number](const ViewLine& line) { return line.line == number; });
  return found == view.lines.end() ? nullptr : &*found;
}

Words goods(const std::string& name, const std::string& name_en) {
  return {"till.words.name", {{"name", name}, {"name_en", name_en}}};
}

std::string pieces_or_kg(const ViewLine& line) {
  return line.unit == catalogue::UnitOfMeasure::kilogram ? line.quantity.to_fixed_string() + " kg"
                                                         : line.quantity.to_string();
}

void add_line(const RegisterView& view, std::int64_t number, ApprovalSubject& subject) {
  const ViewLine* line = find_line(view, number);
  subject.line = number;
  if (line == nullptr) return;
  subject.name = goods(line->name, line->name_en);
  subject.place = {"till.price.line", {{"line", std::to_string(number)}, {"quantity", pieces_or_kg(*line)}}};
}

std::string tender_key(sale::TenderKind kind) {
  switch (kind) {
    case sale::TenderKind::cash:
      return "till.tender.cash";
    case sale::TenderKind::card:
      return "till.tender.card";
    case sale::TenderKind::voucher:
      return "till.tender.voucher";
    case sale::TenderKind::other:
      break;
  }
  return "till.tender.other";
}

void add_whole(const RegisterView& view, ApprovalSubject& subject) {
  subject.name = {"till.discount.basket"};
  subject.place = {"till.approval.pieces", {{"count", std::to_string(view.item_count)}}};
}

void add_discount(const Money& before, const std::optional<Money>& amount, const std::optional<Rate>& percent,
                  ApprovalSubject& subject) {
  subject.figures.push_back({{"till.discount.now"}, before});
  PanelFigure off{{"till.discount.off"}};
  off.look = Look::negative;
  if (amount) off.amount = -*amount;
  if (percent) off.text = "\xE2\x88\x92" + percent->to_percent_string() + " %";
  subject.figures.push_back(std::move(off));
}

struct Describe {
  const RegisterView& view;
  ApprovalSubject& subject;

  void operator()(const OverridePrice& c) const {
    add_line(view, c.line, subject);
    const ViewLine* line = find_line(view, c.line);
    if (line == nullptr) return;
    subject.figures.push_back({{"till.price.old"}, line->unit_price, {}, Look::struck});
    subject.figures.push_back({{"till.price.new"}, c.unit_price, {}, Look::strong});
    if (const auto now = multiply(c.unit_price, line->quantity)) {
      subject.figures.push_back({{"till.price.difference"}, *now - line->gross, {}, Look::negative});
    }
  }
  void operator()(const VoidLine& c) const {
    add_line(view, c.line, subject);
    if (const ViewLine* line = find_line(view, c.line)) subject.figures.push_back({{"till.list.amount"}, line->net});
  }
  void operator()(const VoidBasket&) const {
    add_whole(view, subject);
    subject.figures.push_back({{"till.due.label"}, view.total});
  }
  void operator()(const DiscountLine& c) const {
    add_line(view, c.line, subject);
    if (const ViewLine* line = find_line(view, c.line)) add_discount(line->net, c.amount, c.percent, subject);
  }
  void operator()(const DiscountBasket& c) const {
    add_whole(view, subject);
    add_discount(view.total, c.amount, c.percent, subject);
  }
  void operator()(const Weigh& c) const {
    if (view.waiting_for_weight) {
      subject.name = goods(view.waiting_for_weight->name, view.waiting_for_weight->name_en);
      if (view.waiting_for_weight->price)
        subject.figures.push_back({{"till.list.price"}, view.waiting_for_weight->price});
    }
    subject.figures.push_back({{"till.entry.weight"}, {}, c.weight.to_fixed_string(), Look::strong});
  }
  void operator()(const EnterPrice& c) const {
    if (view.waiting_for_price) {
      subject.name = goods(view.waiting_for_price->name, view.waiting_for_price->name_en);
    }
    subject.figures.push_back({{"till.list.price"}, c.unit_price, {}, Look::strong});
  }
  void operator()(const TakeBackDeposit& c) const {
    subject.figures.push_back({{"till.deposit.pieces"}, {}, c.quantity.to_string(), Look::strong});
  }
  void operator()(const VoidTender& c) const {
    if (c.index >= view.tenders.size()) return;
    const sale::Tender& tender = view.tenders[c.index];
    subject.name = {tender_key(tender.kind)};
    if (!tender.reference.empty()) subject.place = {"till.tender.reference", {{"reference", tender.reference}}};
    subject.figures.push_back({{"till.list.amount"}, tender.amount, {}, Look::strong});
  }
  void operator()(const BeginReturn& c) const { receipt(c.sale.sale, Look::plain); }
  void operator()(const BeginVoid& c) const { receipt(c.sale.sale, Look::strong); }
  void operator()(const ReturnLine& c) const {
    if (!view.returning) return;
    for (const auto& line : view.returning->lines) {
      if (line.line != c.line) continue;
      subject.name = goods(line.name, line.name_en);
      subject.figures.push_back({{"till.returns.net"}, line.net});
    }
    subject.figures.push_back({{"till.returns.due"}, -view.total, {}, Look::strong});
  }
  void operator()(const TenderCash&) const { money_back(); }
  void operator()(const BeginTender&) const { money_back(); }
  void operator()(const RefundTender& c) const {
    money_back();
    subject.figures.push_back({{tender_key(c.kind)}, c.amount});
  }
  void operator()(const MoveCash& c) const {
    subject.figures.push_back({{"till.list.amount"}, c.amount, {}, Look::strong});
  }
  template <class Other>
  void operator()(const Other&) const {}

  void receipt(const sale::RetailTransaction& sale, Look look) const {
    subject.name = {"till.receipt",
                    {{"till", std::to_string(sale.till)}, {"number", std::to_string(sale.receipt_number)}}};
    subject.figures.push_back({{"till.due.label"}, sale.payable, {}, look});
  }
  void money_back() const {
    if (view.total.is_negative()) subject.figures.push_back({{"till.returns.due"}, -view.total, {}, Look::strong});
  }
};

std::string_view detail_name(PanelFigure::Look look) {
  switch (look) {
    case Look::struck:
      return "old";
    case Look::strong:
      return "new";
    case Look::negative:
      return "difference";
    case Look::plain:
      break;
  }
  return "amount";
}

}  // namespace

ApprovalSubject approval_subject(const RegisterView& view, const Command& command) {
  ApprovalSubject subject;
  std::visit(Describe{view, subject}, command);
  return subject;
}

std::optional<Reasons> missing_reason(const Command& command, access::Permission permission) {
  if (const auto* c = std::get_if<OverridePrice>(&command); c != nullptr && c->reason.empty()) return price_reason_list;
  if (const auto* c = std::get_if<DiscountLine>(&command);
      c != nullptr && c->reason.empty() && (c->amount || c->percent)) {
    return discount_reason_list;
  }
  if (const auto* c = std::get_if<DiscountBasket>(&command);
      c != nullptr && c->reason.empty() && (c->amount || c->percent)) {
    return discount_reason_list;
  }
  if (const auto* c = std::get_if<BeginBlindReturn>(&command); c != nullptr && c->reason.empty()) {
    return blind_reason_list;
  }
  if (const auto* c = std::get_if<TenderCash>(&command);
      c != nullptr && c->reason.empty() && permission == access::Permission::refund_in_cash) {
    return cash_reason_list;
  }
  return std::nullopt;
}

void set_reason(Command& command, std::string reason) {
  std::visit(
      [&reason](auto& c) {
        if constexpr (requires { c.reason = std::string(); }) c.reason = std::move(reason);
      },
      command);
}

std::string text_name(access::Permission permission) {
  std::string name(access::name_of(permission));
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

AfarWords afar_words(const RegisterView& view, const Command& command, access::Permission permission) {
  const ApprovalSubject subject = approval_subject(view, command);
  AfarWords words;
  words.subject = "approval." + text_name(permission);
  for (const auto& [name, value] : subject.name.parameters) words.details.emplace_back(name, value);
  for (const PanelFigure& figure : subject.figures) {
    words.details.emplace_back(detail_name(figure.look), figure.amount ? figure.amount->to_string() : figure.text);
  }
  return words;
}

}  // namespace lanekeeper::till::ui
