#include "console/answers.h"

namespace lanekeeper::till::console {

namespace {

using json::Value;

std::string_view name_of(RegisterState state) {
  switch (state) {
    case RegisterState::signed_out:
      return "signed_out";
    case RegisterState::idle:
      return "idle";
    case RegisterState::ringing:
      return "ringing";
    case RegisterState::tendering:
      return "tendering";
    case RegisterState::closing:
      return "closing";
  }
  return "unknown";
}

std::string_view name_of(LinkStatus::State state) {
  using State = LinkStatus::State;
  switch (state) {
    case State::unpaired:
      return "unpaired";
    case State::pairing:
      return "pairing";
    case State::connecting:
      return "connecting";
    case State::online:
      return "online";
    case State::offline:
      return "offline";
    case State::revoked:
      return "revoked";
  }
  return "unknown";
}

struct EventShape {
  std::string_view name;
  std::string_view number;  // what LaneEvent::number is called; empty: nothing
  std::string_view text;
};

EventShape shape_of(LaneEvent::Kind kind) {
  using Kind = LaneEvent::Kind;
  switch (kind) {
    case Kind::online:
      return {"online", {}, "server"};
    case Kind::offline:
      return {"offline", {}, "server"};
    case Kind::paired:
      return {"paired", "till", {}};
    case Kind::pairing_code:
      return {"pairing_code", {}, "code"};
    case Kind::catalogue_updated:
      return {"catalogue_updated", "version", {}};
    case Kind::profile_updated:
      return {"profile_updated", "version", {}};
    case Kind::printed:
      return {"printed", "receipt_number", {}};
    case Kind::print_failed:
      return {"print_failed", "receipt_number", {}};
    case Kind::delivered:
      return {"delivered", "sequence", {}};
    case Kind::parked:
      return {"parked", "sequence", {}};
    case Kind::basket_restored:
      return {"basket_restored", "lines", {}};
    case Kind::revoked:
      return {"revoked", {}, "server"};
    case Kind::storage_failing:
      return {"storage_failing", {}, {}};
    case Kind::scanned:
      return {"scanned", {}, "text"};
    case Kind::weight:
      return {"weight", {}, {}};
    case Kind::drawer:
      return {"drawer", {}, "position"};
    case Kind::approval_answered:
      return {"approval_answered", {}, "answer"};
    case Kind::approvals_waiting:
      return {"approvals_waiting", "count", {}};
    case Kind::suspended_changed:
      return {"suspended_changed", "count", {}};
    case Kind::device_changed:
      return {"device_changed", {}, "device"};
    case Kind::drawer_left_open:
      return {"drawer_left_open", {}, {}};
    case Kind::paper_trouble:
      return {"paper_trouble", "count", {}};
    case Kind::basket_held:
      return {"basket_held", {}, "label"};
    case Kind::clock_off:
      return {"clock_off", "minutes", {}};
  }
  return {"unknown", {}, {}};
}

Value error_value(const Error& error, const i18n::Texts& texts) {
  Value details = Value::object();
  for (const auto& [name, text] : error.details) details[name] = text;
  return {{"code", error.code}, {"message", texts.text(error)}, {"details", std::move(details)}};
}

Value saving_value(const ViewSaving& saving) {
  Value value = {{"promotion", saving.promotion}, {"name", saving.name}, {"name_en", saving.name_en},
                 {"layer", saving.layer},         {"kind", saving.kind}, {"amount", saving.amount.to_string()}};
  if (saving.count > 0) value["count"] = saving.count;
  return value;
}

Value savings_value(const std::vector<ViewSaving>& savings) {
  Value values = Value::array();
  for (const auto& saving : savings) values.push_back(saving_value(saving));
  return values;
}

Value line_value(const ViewLine& line) {
  Value value = {{"line", line.line},
                 {"name", line.name},
                 {"name_en", line.name_en},
                 {"code", line.code},
                 {"unit", json::to_value(line.unit)},
                 {"quantity", line.quantity.to_string()},
                 {"unit_price", line.unit_price.to_string()},
                 {"gross", line.gross.to_string()},
                 {"saving", line.saving.to_string()},
                 {"net", line.net.to_string()},
                 {"weight_source", json::to_value(line.weight_source)},
                 {"price_overridden", line.price_overridden},
                 {"savings", savings_value(line.savings)},
                 {"voided", line.voided}};
  if (line.returned_line > 0) value["returned_line"] = line.returned_line;
  if (line.returns) {
    value["returns"] = true;
    value["returned_to"] = json::to_value(line.returned_to);
    if (!line.return_reason.empty()) value["return_reason"] = line.return_reason;
  }
  if (line.open_price) value["open_price"] = true;
  if (line.deposit) value["deposit"] = true;
  if (line.tare > Quantity()) value["tare"] = line.tare.to_string();
  if (!line.note.empty()) value["note"] = line.note;
  return value;
}

Value near_miss_value(const ViewNearMiss& miss) {
  Value value = {{"promotion", miss.promotion}, {"name", miss.name}, {"name_en", miss.name_en}, {"kind", miss.kind}};
  if (miss.missing_pieces > 0) value["missing_pieces"] = miss.missing_pieces;
  if (!miss.missing_amount.is_zero()) value["missing_amount"] = miss.missing_amount.to_string();
  return value;
}

Value member_value(const sale::MemberRef& member) {
  Value value = {{"id", member.id}, {"number", member.number}, {"name", member.name}, {"birthday", member.birthday}};
  if (member.tier) value["tier"] = *member.tier;
  return value;
}

Value discount_value(const sale::ManualDiscount& discount) {
  Value value = {{"reason", discount.reason}, {"approved_by", discount.approved_by}};
  if (discount.amount) value["amount"] = discount.amount->to_string();
  if (discount.percent) value["percent"] = discount.percent->to_percent_string();
  return value;
}

Value returning_value(const ViewReturn& returning) {
  Value value = {{"till", returning.till},
                 {"receipt_number", returning.receipt_number},
                 {"business_date", returning.business_date.to_string()},
                 {"may_be_incomplete", returning.may_be_incomplete}};
  if (!returning.void_reason.empty()) value["void_reason"] = returning.void_reason;
  if (returning.no_void) value["no_void"] = returning.no_void->code;
  value["lines"] = Value::array();
  for (const auto& line : returning.lines) {
    value["lines"].push_back({{"line", line.line},
                              {"name", line.name},
                              {"name_en", line.name_en},
                              {"code", line.code},
                              {"unit", json::to_value(line.unit)},
                              {"sold", line.sold.to_string()},
                              {"left", line.left.to_string()},
                              {"net", line.net.to_string()}});
  }
  return value;
}

// What made the basket cheaper, and what would.
void add_terms(Value& answer, const RegisterView& view) {
  answer["savings"] = savings_value(view.savings);
  answer["near_misses"] = Value::array();
  for (const auto& miss : view.near_misses) answer["near_misses"].push_back(near_miss_value(miss));
  answer["coupons"] = Value::array();
  for (const auto& coupon : view.coupons) {
    answer["coupons"].push_back({{"code", coupon.code},
                                 {"name", coupon.name},
                                 {"name_en", coupon.name_en},
                                 {"saving", coupon.saving.to_string()}});
  }
  answer["optimal"] = view.optimal;
  if (view.member) answer["member"] = member_value(*view.member);
  if (view.discount) answer["discount"] = discount_value(*view.discount);
  if (view.returning) answer["returning"] = returning_value(*view.returning);
}

Value cashier_value(const access::StaffMember& cashier) {
  return {
      {"id", cashier.id}, {"number", cashier.number}, {"name", cashier.name}, {"role", json::to_value(cashier.role)}};
}

void add_money(Value& answer, const RegisterView& view) {
  answer["gross"] = view.gross.to_string();
  answer["saving"] = view.saving.to_string();
  answer["total"] = view.total.to_string();
  answer["cash_due"] = view.cash_due.to_string();
  answer["cash_adjustment"] = view.cash_adjustment.to_string();
  if (view.refund_beyond_drawer) answer["beyond_drawer"] = true;
  answer["tendered"] = view.tendered.to_string();
  answer["tenders"] = Value::array();
  std::int64_t index = 0;
  for (const auto& tender : view.tenders) {
    Value value = json::to_value(tender);
    value["index"] = ++index;
    answer["tenders"].push_back(std::move(value));
  }
  answer["taxes"] = Value::array();
  for (const auto& tax : view.taxes) {
    answer["taxes"].push_back({{"letter", tax.letter},
                               {"rate", tax.rate.to_percent_string()},
                               {"taxable", tax.taxable.to_string()},
                               {"tax", tax.tax.to_string()}});
  }
}

}  // namespace

std::string_view name_of(DeviceState state) {
  switch (state) {
    case DeviceState::none:
      return "none";
    case DeviceState::ok:
      return "ok";
    case DeviceState::absent:
      return "absent";
    case DeviceState::paper_out:
      return "paper_out";
    case DeviceState::cover_open:
      return "cover_open";
    case DeviceState::error:
      return "error";
    case DeviceState::paper_low:
      return "paper_low";
    case DeviceState::offline:
      return "offline";
  }
  return "unknown";
}

Value item_value(const catalogue::ItemSummary& item) {
  Value value = {{"id", item.id},
                 {"number", item.number},
                 {"name", item.name},
                 {"name_en", item.name_en},
                 {"spec", item.spec},
                 {"code", item.code},
                 {"unit", json::to_value(item.unit)}};
  if (item.price) value["price"] = item.price->to_string();
  if (item.open_price) value["open_price"] = true;
  return value;
}

Value price_check_value(const Lane::PriceCheck& check) {
  Value value = {{"item", item_value(check.item)},          {"quantity", check.quantity.to_string()},
                 {"regular", check.regular.to_string()},    {"today", check.today.to_string()},
                 {"savings", savings_value(check.savings)}, {"offers", Value::array()}};
  for (const auto& offer : check.offers) value["offers"].push_back(near_miss_value(offer));
  return value;
}

void add_waiting(Value& answer, const RegisterView& view) {
  if (view.waiting_for_price) answer["waiting_for_price"] = item_value(*view.waiting_for_price);
  if (view.waiting_for_weight) answer["waiting_for_weight"] = item_value(*view.waiting_for_weight);
  if (view.age_check) {
    answer["age_check"] = {{"item", item_value(view.age_check->item)}, {"minimum_age", view.age_check->minimum_age}};
  }
  if (view.choices.empty()) return;
  answer["choices"] = Value::array();
  for (const auto& choice : view.choices) answer["choices"].push_back(item_value(choice));
}

Value basket_answer(const RegisterView& view) {
  Value answer = {{"ok", true}, {"state", name_of(view.state)}};
  answer["lines"] = Value::array();
  for (const auto& line : view.lines) answer["lines"].push_back(line_value(line));
  answer["selected_line"] = view.selected_line;
  answer["last_line"] = view.last_line;
  answer["line_count"] = view.line_count;
  answer["item_count"] = view.item_count;
  add_money(answer, view);
  add_terms(answer, view);
  if (view.pending_quantity) answer["pending_quantity"] = view.pending_quantity->to_string();
  add_waiting(answer, view);
  if (view.cashier) answer["cashier"] = cashier_value(*view.cashier);
  add_desk(answer, view);
  if (view.last_sale) {
    answer["last_sale"] = {{"receipt_number", view.last_sale->receipt_number},
                           {"payable", view.last_sale->payable.to_string()},
                           {"tendered", view.last_sale->tendered.to_string()},
                           {"change", view.last_sale->change.to_string()}};
    if (view.last_sale->beyond_drawer) answer["last_sale"]["beyond_drawer"] = true;
  }
  return answer;
}

Value error_answer(const Error& error, const i18n::Texts& texts) {
  Value answer = error_value(error, texts);
  answer["ok"] = false;
  return answer;
}

Value status_answer(const Lane& lane, const i18n::Texts& texts) {
  const auto view = lane.view();
  const auto outbox = lane.outbox();
  const LinkStatus& link = lane.link();
  Value answer = {{"ok", true},
                  {"software", LANEKEEPER_VERSION},
                  {"till", lane.till()},
                  {"state", name_of(view->state)},
                  {"now", lane.now().to_string()},
                  {"open_lines", view->line_count},
                  {"link", name_of(link.state)},
                  {"server", link.server},
                  {"sending", link.sending},
                  {"catalogue_version", lane.catalogue_version()},
                  {"items", lane.item_count()},
                  {"unsent", outbox.unsent},
                  {"unsent_amount", outbox.unsent_amount.to_string()},
                  {"parked", outbox.parked},
                  {"last_sequence", outbox.last_sequence},
                  {"last_receipt_number", outbox.last_receipt_number},
                  {"printer", name_of(lane.printer_state())}};
  if (view->cashier) answer["cashier"] = cashier_value(*view->cashier);
  answer["training"] = view->training;
  if (view->shift) answer["shift"] = view->shift->number;
  answer["approvals_waiting"] = lane.waiting_approvals().size();
  answer["scale"] = weight_value(lane);
  if (lane.drawer_position() != CashDrawer::Position::unknown) {
    answer["drawer"] = lane.drawer_position() == CashDrawer::Position::open ? "open" : "closed";
    answer["drawer_left_open"] = lane.drawer_left_open();
  }
  if (!lane.paper_troubles().empty()) {
    answer["paper_troubles"] = Value::array();
    for (const auto& error : lane.paper_troubles()) answer["paper_troubles"].push_back(error_value(error, texts));
  }
  if (link.since) answer["link_since"] = link.since->to_string();
  if (link.error) answer["link_error"] = error_value(*link.error, texts);
  if (link.clock_ahead_s != 0) answer["clock_ahead_s"] = link.clock_ahead_s;
  if (link.ticket) {
    answer["pairing_code"] = link.ticket->code;
    answer["fingerprint"] = link.ticket->fingerprint;
  }
  if (lane.profile()) {
    answer["store"] = lane.profile()->name;
    answer["profile_version"] = lane.profile()->version;
  }
  return answer;
}

Value event_value(const LaneEvent& event, const i18n::Texts& texts) {
  const EventShape shape = shape_of(event.kind);
  Value value = {{"event", shape.name}};
  if (!shape.number.empty()) value[std::string(shape.number)] = event.number;
  if (!shape.text.empty()) value[std::string(shape.text)] = event.text;
  if (event.error) value["error"] = error_value(*event.error, texts);
  return value;
}

}  // namespace lanekeeper::till::console
