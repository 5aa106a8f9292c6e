// The console's commands about shifts, approvals, baskets that were put aside, training and devices.

#include "base/text.h"
#include "console/answers.h"
#include "console/session.h"

namespace lanekeeper::till::console {

namespace {

using json::Value;

constexpr int most_departments = 200;

Error nothing_refused() {
  return {"console.nothing_refused", "No command waits for an approval.", {}};
}

// What the request is about, in the words of who reads it: "approval.price_override".
std::string subject_of(access::Permission permission) {
  std::string subject = "approval.";
  for (const char c : access::name_of(permission)) subject += c == '.' ? '_' : c;
  return subject;
}

}  // namespace

Reply Session::run(const GiftReceipt& command) {
  return done(lane_.print_gift_receipt(command.receipt));
}

Reply Session::run(const ShowShift&) {
  return basket_answer(*lane_.view());
}

Reply Session::run(const PrintX&) {
  return done(lane_.print_x());
}

Reply Session::run(const PrintZ&) {
  return done(lane_.reprint_z());
}

Reply Session::run(const CloseTill&) {
  return when_answered([this](const Answer& answer) {
    lane_.close_obstacles([this, answer](const std::vector<Error>& obstacles) {
      *answer = basket_after(lane_.command(BeginClose{obstacles}));
    });
  });
}

Reply Session::run(const ShowSuspended&) {
  return when_answered([this](const Answer& answer) {
    lane_.suspended([this, answer](const Result<Lane::Suspended>& suspended) {
      if (!suspended) {
        *answer = refusal(suspended.error());
        return;
      }
      Value value = suspended_value(*suspended);
      value["ok"] = true;
      *answer = std::move(value);
    });
  });
}

Reply Session::run(const FindSales& command) {
  return when_answered([this, &command](const Answer& answer) {
    lane_.find_sales(command.wish, [this, answer](const Result<Lane::FoundSales>& found) {
      if (!found) {
        *answer = refusal(found.error());
        return;
      }
      Value value = found_value(*found);
      value["ok"] = true;
      *answer = std::move(value);
    });
  });
}

Reply Session::run(const Recall& command) {
  return when_done([&](Lane::Done done) { lane_.recall(command.label, std::move(done)); });
}

Reply Session::approved(const std::function<Result<void>(const till::Command&)>& approve) {
  if (!lane_.refused()) return refusal(nothing_refused());
  const till::Command command = lane_.refused()->command;
  const auto result = approve(command);
  if (!result) return refusal(result.error());
  return after(command);
}

Reply Session::run(const Approve& command) {
  return approved([&](const till::Command& refused) { return lane_.approved(refused, command.number, command.pin); });
}

// Nobody is there yet: the badge signs in.
Reply Session::run(const ApproveByBadge& command) {
  if (!lane_.view()->cashier) return basket_after(lane_.sign_in_by_badge(command.code));
  return approved([&](const till::Command& refused) { return lane_.approved_by_badge(refused, command.code); });
}

Reply Session::run(const AskApproval&) {
  if (!lane_.refused()) return refusal(nothing_refused());
  const auto refused = *lane_.refused();
  const auto permission = Lane::needs_approval(refused.error);
  if (!permission) return refusal(nothing_refused());
  return when_done([&](Lane::Done done) {
    lane_.ask_approval(refused.command, refused.error, subject_of(*permission), refused.error.details, std::move(done));
  });
}

Reply Session::run(const WithdrawApproval&) {
  lane_.withdraw_approval();
  return Value{{"ok", true}};
}

Reply Session::run(const ShowApprovals&) {
  Value value = {{"ok", true}};
  if (lane_.asked_approval()) value["asked"] = approval_value(*lane_.asked_approval());
  value["waiting"] = Value::array();
  for (const auto& approval : lane_.waiting_approvals()) value["waiting"].push_back(approval_value(approval));
  return value;
}

Reply Session::run(const AnswerApproval& command) {
  return when_answered([&](const Answer& answer) {
    lane_.answer_approval(command.id, command.granted, command.number, command.pin,
                          [this, answer](const Result<void>& result) { *answer = done(result); });
  });
}

Reply Session::run(const SetTare& command) {
  const auto result = lane_.set_tare(command.tare);
  return result ? run(ShowWeight{}) : Reply(refusal(result.error()));
}

Reply Session::run(const ShowWeight&) {
  Value value = weight_value(lane_);
  value["ok"] = true;
  return value;
}

Reply Session::run(const SetScaleToZero&) {
  const auto result = lane_.set_scale_to_zero();
  return result ? run(ShowWeight{}) : Reply(refusal(result.error()));
}

Reply Session::run(const ShowDepartments&) {
  Value items = Value::array();
  for (const auto& item : lane_.department_keys(most_departments)) items.push_back(item_value(item));
  return Value{{"ok", true}, {"items", std::move(items)}};
}

Reply Session::run(const ShowDeposits&) {
  Value items = Value::array();
  for (const auto& item : lane_.deposits(most_departments)) items.push_back(item_value(item));
  return Value{{"ok", true}, {"items", std::move(items)}};
}

Reply Session::run(const ShowDevices& command) {
  Result<void> tried;
  if (command.test == ShowDevices::Test::print) tried = lane_.print_test();
  if (command.test == ShowDevices::Test::display) tried = lane_.show_test();
  if (!tried) return refusal(tried.error());
  Value value = devices_value(lane_);
  value["ok"] = true;
  return value;
}

Reply Session::run(const Training& command) {
  return basket_after(command.on ? lane_.begin_training() : lane_.end_training());
}

}  // namespace lanekeeper::till::console
