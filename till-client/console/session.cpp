#include "console/session.h"

#include "console/answers.h"

namespace lanekeeper::till::console {

namespace {

using json::Value;

constexpr int search_limit = 20;
constexpr int server_wait_s = 30;

std::string_view name_of(Wait::For what) {
  switch (what) {
    case Wait::For::paired:
      return "paired";
    case Wait::For::online:
      return "online";
    case Wait::For::offline:
      return "offline";
    case Wait::For::catalogue:
      return "catalogue";
    case Wait::For::delivered:
      return "delivered";
  }
  return "unknown";
}

bool holds(const Lane& lane, Wait::For what) {
  switch (what) {
    case Wait::For::paired:
      return lane.till() > 0;
    case Wait::For::online:
      return lane.link().state == LinkStatus::State::online;
    case Wait::For::offline:
      return lane.link().state == LinkStatus::State::offline;
    case Wait::For::catalogue:
      return lane.catalogue_version() > 0 && lane.profile().has_value();
    case Wait::For::delivered:
      return lane.outbox().unsent == 0;
  }
  return false;
}

}  // namespace

Session::Session(Till& till, i18n::Language language) : till_(till), lane_(till.lane()), texts_(language) {}

Value Session::refusal(const Error& error) const {
  Value answer = error_answer(error, texts_);
  add_waiting(answer, *lane_.view());
  return answer;
}

Value Session::done(const Result<void>& result) const {
  return result ? Value{{"ok", true}} : refusal(result.error());
}

Reply Session::execute(std::string_view line) {
  try {
    const auto command = parse_line(line);
    if (!command) return refusal(command.error());
    return std::visit([this](const auto& c) { return run(c); }, *command);
  } catch (const std::exception& fault) {
    return refusal(Error{"till.fault", std::string("Something went wrong inside the till: ") + fault.what(), {}});
  }
}

Value Session::too_long() const {
  return refusal(
      Error{"console.too_long", "A command line has at most 65536 bytes.", {{"most", std::to_string(max_line_bytes)}}});
}

Value Session::event(const LaneEvent& event) const {
  Value value = event_value(event, texts_);
  if (event.kind == LaneEvent::Kind::weight) value["scale"] = weight_value(lane_);
  return value;
}

Value Session::scanned(const std::string& data) {
  const auto result = lane_.command(Scan{data, barcode::Symbology::unknown});
  Value value = basket_after(result);
  value["event"] = "scan_entered";
  return value;
}

Reply Session::run(const till::Command& command) {
  const auto result = lane_.command(command);
  if (!result) return refusal(result.error());
  if (std::holds_alternative<Scan>(command) && lane_.asking()) return when_asked();
  return after(command);
}

Value Session::after(const till::Command& command) const {
  const auto view = lane_.view();
  Value answer = basket_answer(*view);
  const bool paying = std::holds_alternative<TenderCash>(command) || std::holds_alternative<TenderOther>(command) ||
                      std::holds_alternative<RefundTender>(command);
  if (paying && view->last_sale && view->lines.empty()) {
    answer["receipt_number"] = view->last_sale->receipt_number;
    answer["payable"] = view->last_sale->payable.to_string();
    answer["change"] = view->last_sale->change.to_string();
    if (view->last_sale->beyond_drawer) answer["warning"] = texts_.text("console.warning.beyond_drawer");
  }
  return answer;
}

Reply Session::run(const Help&) {
  Value commands = Value::array();
  for (const auto& command : all_commands()) {
    commands.push_back({{"usage", command.usage}, {"text", texts_.text(command.key)}});
  }
  return Value{{"ok", true}, {"commands", std::move(commands)}};
}

Reply Session::run(const Status&) {
  return status_answer(lane_, texts_);
}

Reply Session::run(const ShowBasket&) {
  return basket_answer(*lane_.view());
}

Reply Session::run(const Login& command) {
  return basket_after(lane_.sign_in(command.number, command.pin));
}

Reply Session::run(const VoidSelected&) {
  return run(till::Command(VoidLine{lane_.view()->selected_line}));
}

Reply Session::run(const Search& command) {
  Value items = Value::array();
  for (const auto& item : lane_.search(command.text, search_limit)) items.push_back(item_value(item));
  return Value{{"ok", true}, {"items", std::move(items)}};
}

Reply Session::run(const CheckPrice& command) {
  const auto checks = lane_.check_price(command.code);
  if (!checks) return refusal(checks.error());
  Value prices = Value::array();
  for (const auto& check : *checks) prices.push_back(price_check_value(check));
  return Value{{"ok", true}, {"prices", std::move(prices)}};
}

Reply Session::run(const Reprint& command) {
  return done(command.receipt == 0 ? lane_.reprint_last() : lane_.reprint(command.receipt));
}

Value Session::basket_after(const Result<void>& result) const {
  return result ? basket_answer(*lane_.view()) : refusal(result.error());
}

Value Session::timeout(std::string_view what, int seconds) const {
  return refusal(Error{"console.timeout",
                       "What was waited for did not happen in time.",
                       {{"what", std::string(what)}, {"seconds", std::to_string(seconds)}}});
}

Reply Session::when_answered(const std::function<void(Answer)>& ask) {
  const auto outcome = std::make_shared<std::optional<Value>>();
  ask(outcome);
  Pending pending;
  pending.seconds = server_wait_s;
  pending.answer = [outcome] { return *outcome; };
  pending.late = [this] { return timeout("server", server_wait_s); };
  return pending;
}

Reply Session::when_done(const std::function<void(Lane::Done)>& ask) {
  return when_answered([this, &ask](const Answer& answer) {
    ask([this, answer](const Result<void>& result) { *answer = basket_after(result); });
  });
}

// A scanned coupon: how it went is the view's message.
Reply Session::when_asked() {
  Pending pending;
  pending.seconds = server_wait_s;
  pending.answer = [this]() -> std::optional<Value> {
    if (lane_.asking()) return std::nullopt;
    const auto view = lane_.view();
    return view->message ? refusal(*view->message) : basket_answer(*view);
  };
  pending.late = [this] { return timeout("server", server_wait_s); };
  return pending;
}

Reply Session::run(const Member& command) {
  return basket_after(lane_.identify_member(command.code));
}

Reply Session::run(const PresentCoupon& command) {
  return when_done([&](Lane::Done done) { lane_.add_coupon(command.code, std::move(done)); });
}

Reply Session::run(const BringBack& command) {
  return when_done([&](Lane::Done done) { lane_.begin_return(command.receipt, std::move(done)); });
}

Reply Session::run(const VoidReceipt& command) {
  return when_done([&](Lane::Done done) { lane_.begin_void(command.receipt, command.reason, std::move(done)); });
}

Reply Session::run(const Take& command) {
  ReturnLine back{command.line, command.quantity.value_or(Quantity()), command.to, command.reason};
  const auto view = lane_.view();
  if (!command.quantity && view->returning) {
    for (const auto& line : view->returning->lines) {
      if (line.line == command.line) back.quantity = line.left;
    }
  }
  return run(till::Command(back));
}

Reply Session::wait_for(int seconds, std::string what, std::function<bool()> condition) {
  Pending pending;
  pending.seconds = seconds;
  pending.answer = [this, condition = std::move(condition)]() -> std::optional<Value> {
    if (!condition()) return std::nullopt;
    return status_answer(lane_, texts_);
  };
  pending.late = [this, what = std::move(what), seconds] {
    Value answer = timeout(what, seconds);
    const auto outbox = lane_.outbox();
    answer["unsent"] = outbox.unsent;
    answer["parked"] = outbox.parked;
    return answer;
  };
  return pending;
}

Reply Session::run(const Wait& command) {
  return wait_for(command.seconds, std::string(name_of(command.what)),
                  [this, what = command.what] { return holds(lane_, what); });
}

Reply Session::run(const Sync& command) {
  till_.link().wake_uploader();
  till_.link().reconnect_now();
  return wait_for(command.seconds, "delivered", [this] { return holds(lane_, Wait::For::delivered); });
}

Reply Session::run(const SetClock& command) {
  return done(till_.set_clock(command.now));
}

Reply Session::run(const SetLanguage& command) {
  texts_ = i18n::Texts(command.language);
  return Value{{"ok", true}};
}

Reply Session::run(const Reconnect&) {
  till_.link().reconnect_now();
  return Value{{"ok", true}};
}

Reply Session::run(const UseServer& command) {
  return done(till_.link().use_server(command.address));
}

Reply Session::run(const NewPairingCode&) {
  till_.link().renew_pairing_code();
  return Value{{"ok", true}};
}

Reply Session::run(const Quit&) {
  quitting_ = true;
  return Value{{"ok", true}};
}

}  // namespace lanekeeper::till::console
