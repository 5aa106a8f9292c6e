#include "console/answers.h"

namespace lanekeeper::till::console {

namespace {

using json::Value;

template <class T>
Value list_of(const std::vector<T>& values) {
  Value list = Value::array();
  for (const auto& value : values) list.push_back(json::to_value(value));
  return list;
}

Value shift_value(const ViewShift& shift) {
  Value value = {{"number", shift.number},
                 {"opened_at", shift.opened_at.to_string()},
                 {"business_date", shift.business_date.to_string()},
                 {"opened_by", shift.opened_by},
                 {"opening_float", shift.opening_float.to_string()},
                 {"counters", json::to_value(shift.counters)},
                 {"not_cash", list_of(shift.not_cash)},
                 {"drawer_cash_over", shift.drawer_cash_over.to_string()}};
  if (shift.totals) value["totals"] = json::to_value(*shift.totals);
  return value;
}

Value close_value(const ViewClose& close) {
  Value value = {{"z_number", close.z_number},
                 {"is_counted", close.is_counted},
                 {"counts", list_of(close.counts)},
                 {"counted", close.counted.to_string()},
                 {"recounts", close.recounts},
                 {"needs_signature", close.needs_signature},
                 {"usual_float", close.usual_float.to_string()}};
  value["obstacles"] = Value::array();
  for (const auto& obstacle : close.obstacles) {
    Value details = Value::object();
    for (const auto& [name, text] : obstacle.details) details[name] = text;
    value["obstacles"].push_back({{"code", obstacle.code}, {"details", std::move(details)}});
  }
  value["checks"] = Value::array();
  for (const auto& check : close.checks) {
    Value one = json::to_value(check.check);
    one["difference"] = check.difference.to_string();
    one["needs_reason"] = check.needs_reason;
    value["checks"].push_back(std::move(one));
  }
  return value;
}

std::string_view name_of(ScaleReading::State state) {
  using State = ScaleReading::State;
  switch (state) {
    case State::none:
      return "none";
    case State::absent:
      return "absent";
    case State::garbled:
      return "garbled";
    case State::zero:
      return "zero";
    case State::moving:
      return "moving";
    case State::stable:
      return "stable";
    case State::under_zero:
      return "under_zero";
    case State::overload:
      return "overload";
  }
  return "unknown";
}

std::string_view name_of(CashDrawer::Position position) {
  switch (position) {
    case CashDrawer::Position::open:
      return "open";
    case CashDrawer::Position::closed:
      return "closed";
    case CashDrawer::Position::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Lane::Devices::TestSlip slip) {
  using TestSlip = Lane::Devices::TestSlip;
  switch (slip) {
    case TestSlip::waiting:
      return "waiting";
    case TestSlip::printed:
      return "printed";
    case TestSlip::lost:
      return "lost";
    case TestSlip::none:
      break;
  }
  return "none";
}

}  // namespace

void add_desk(Value& answer, const RegisterView& view) {
  answer["left_due"] = view.left_due.to_string();
  answer["approvals"] = list_of(view.approvals);
  answer["refund_options"] = Value::array();
  for (const auto& option : view.refund_options) {
    Value value = {{"kind", json::to_value(option.kind)}, {"most", option.most.to_string()}};
    if (option.method) value["method"] = *option.method;
    answer["refund_options"].push_back(std::move(value));
  }
  answer["blind_return"] = view.blind_return;
  answer["selling_in_return"] = view.selling_in_return;
  if (view.returning || view.blind_return) {
    answer["returned_to"] = json::to_value(view.returned_to);
    if (view.return_reason) answer["return_reason"] = *view.return_reason;
  }
  answer["training"] = view.training;
  answer["shift_needed"] = view.shift_needed;
  answer["last_shift"] = view.last_shift;
  if (!view.note.empty()) answer["note"] = view.note;
  if (view.shift) {
    answer["shift"] = shift_value(*view.shift);
  } else {
    answer["left_in_drawer"] = view.left_in_drawer.to_string();
    answer["usual_float"] = view.usual_float.to_string();
  }
  if (view.close) answer["close"] = close_value(*view.close);
}

Value suspended_value(const Lane::Suspended& suspended) {
  return {{"suspended", list_of(suspended.baskets)}, {"offline", suspended.offline}};
}

Value found_value(const Lane::FoundSales& found) {
  return {{"sales", list_of(found.sales)}, {"more", found.more}, {"offline", found.offline}};
}

Value approval_value(const protocol::ApprovalStatus& approval) {
  return json::to_value(approval);
}

Value devices_value(const Lane& lane) {
  using TestSlip = Lane::Devices::TestSlip;
  const auto devices = lane.devices();
  Value value = {{"printer", name_of(devices.printer)},
                 {"display", name_of(devices.display)},
                 {"scale", weight_value(lane)},
                 {"drawer", "none"}};
  if (devices.drawer) value["drawer"] = name_of(lane.drawer_position());
  value["scanners"] = Value::array();
  for (const auto state : devices.scanners) value["scanners"].push_back(name_of(state));
  if (devices.test_slip != TestSlip::none) value["test_slip"] = name_of(devices.test_slip);
  if (devices.test_trouble) value["test_trouble"] = devices.test_trouble->code;
  return value;
}

Value weight_value(const Lane& lane) {
  const auto reading = lane.weight();
  Value value = {{"state", name_of(reading.state)}};
  if (reading.state == ScaleReading::State::stable || reading.state == ScaleReading::State::moving) {
    value["gross"] = reading.gross.to_string();
  }
  if (lane.tare() > Quantity()) value["tare"] = lane.tare().to_string();
  return value;
}

}  // namespace lanekeeper::till::console
