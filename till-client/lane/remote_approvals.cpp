#include "lane/remote_approvals.h"

#include <algorithm>

#include "register/entry.h"

namespace lanekeeper::till {

namespace {

using State = protocol::ApprovalState;

const sale::BasketLine* line_of(const sale::Basket& basket, std::int64_t line) {
  const auto found =
      std::find_if(basket.lines.begin(), basket.lines.end(), [line](const auto& one) { return one.line == line; });
  return found == basket.lines.end() ? nullptr : &*found;
}

// The line of the basket that a command changes; 0: none.
std::int64_t line_in(const Command& command) {
  return std::visit(
      []<class C>(const C& c) -> std::int64_t {
        if constexpr (std::is_same_v<C, ReturnLine>) {
          return 0;  // a line of the sale from which it comes back
        } else if constexpr (requires { c.line; }) {
          return c.line;
        } else {
          return 0;
        }
      },
      command);
}

bool same_line(const sale::Basket& before, const sale::Basket& now, std::int64_t line) {
  const auto* then = line_of(before, line);
  const auto* there = line_of(now, line);
  return then != nullptr && there != nullptr && *then == *there;
}

Rate rate_of(Money part, Money whole) {
  if (part <= Money() || whole <= Money()) return {};
  const auto rate = (Int128{part.minor()} * 10'000 + whole.minor() - 1) / whole.minor();
  return Rate::of_per_10k(static_cast<std::int64_t>(std::min<Int128>(rate, 10'000)));
}

Money gross_of(const RegisterView& view, std::int64_t line) {
  if (line == 0) return view.gross;
  const auto found =
      std::find_if(view.lines.begin(), view.lines.end(), [line](const auto& one) { return one.line == line; });
  return found == view.lines.end() ? Money() : found->gross;
}

// What limits are held against.
void add_extent(protocol::ApprovalRequest& request, const Command& command, const RegisterView& view,
                const sale::Basket& basket) {
  const auto discount = [&](const std::optional<Money>& amount, const std::optional<Rate>& percent, std::int64_t line) {
    request.amount = amount;
    request.rate = percent ? *percent : rate_of(amount.value_or(Money()), gross_of(view, line));
  };
  if (const auto* of_line = std::get_if<DiscountLine>(&command)) {
    discount(of_line->amount, of_line->percent, of_line->line);
  } else if (const auto* of_basket = std::get_if<DiscountBasket>(&command)) {
    discount(of_basket->amount, of_basket->percent, 0);
  } else if (const auto* open_price = std::get_if<EnterPrice>(&command)) {
    request.amount = open_price->unit_price;
  } else if (const auto* override_price = std::get_if<OverridePrice>(&command)) {
    request.amount = override_price->unit_price;
    const auto* line = line_of(basket, override_price->line);
    const auto regular = line == nullptr ? Result<Money>(Money()) : regular_gross(*line);
    const auto now = line == nullptr ? Result<Money>(Money()) : multiply(override_price->unit_price, line->quantity);
    if (regular && now) request.rate = rate_of(*regular - *now, *regular);
  } else if (const auto* made_undone = std::get_if<BeginVoid>(&command)) {
    request.amount = sale::sold_total(made_undone->sale.sale);
  } else if (const auto* move = std::get_if<MoveCash>(&command)) {
    request.amount = move->amount;
  } else if (view.total.is_negative()) {
    request.amount = -view.total;
  }
}

// Which price the goods have the register knows: its refusal says what all of it would come to.
std::optional<Money> amount_in(const Error& refusal) {
  for (const auto& [name, value] : refusal.details) {
    if (name != "amount") continue;
    if (const auto amount = Money::parse(value)) return *amount;
  }
  return std::nullopt;
}

Error outdated() {
  return {"approval.outdated", "What was asked for has changed meanwhile. Ask again.", {}};
}

}  // namespace

protocol::ApprovalRequest RemoteApprovals::request_of(const Command& command, access::Permission permission,
                                                      const RegisterView& view, const sale::Basket& basket) {
  protocol::ApprovalRequest request;
  request.cashier = view.cashier->id;
  request.cashier_name = view.cashier->name;
  request.permission = access::name_of(permission);
  add_extent(request, command, view, basket);
  return request;
}

RemoteApprovals::Ground RemoteApprovals::ground() const {
  Ground ground{lane_.basket(), 0, 0};
  const auto view = lane_.view();
  if (view->waiting_for_weight) ground.waiting = view->waiting_for_weight->id;
  if (view->waiting_for_price) ground.waiting = view->waiting_for_price->id;
  if (view->cashier) ground.cashier = view->cashier->id;
  return ground;
}

// Whether what is allowed now is what was asked for then; the rest is for the register to say.
bool RemoteApprovals::still_holds() const {
  const auto now = ground();
  if (now.cashier != ground_.cashier) return false;
  if (!ground_.basket.lines.empty() && now.basket.id != ground_.basket.id) return false;
  if (std::holds_alternative<Weigh>(command_) || std::holds_alternative<EnterPrice>(command_)) {
    return now.waiting == ground_.waiting;
  }
  if (std::holds_alternative<VoidTender>(command_)) return now.basket.tenders == ground_.basket.tenders;
  if (std::holds_alternative<TenderCash>(command_)) return now.basket == ground_.basket;
  if (std::holds_alternative<VoidBasket>(command_)) return now.basket.lines == ground_.basket.lines;
  const auto line = line_in(command_);
  return line == 0 || same_line(ground_.basket, now.basket, line);
}

Result<void> RemoteApprovals::ask(const Command& command, const Error& refusal, std::string subject,
                                  const Error::Details& details, Lane::Done done) {
  const auto permission = Lane::needs_approval(refusal);
  const auto view = lane_.view();
  if (!permission) return fail("approval.not_needed", "Nobody else could allow this.");
  if (!view->cashier) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (asked_) {
    return fail("approval.one_at_a_time", "This till waits for an approval already. Take that request back first.");
  }
  if (!lane_.can_ask() || !lane_.online()) return fail(LaneWork::no_server());
  protocol::ApprovalStatus status;
  status.request = request_of(command, *permission, *view, lane_.basket());
  if (std::holds_alternative<TakeBackDeposit>(command)) status.request.amount = amount_in(refusal);
  const auto moment = lane_.moment();
  status.request.id = moment.fresh_id;
  status.request.till = lane_.till_number();
  status.request.asked_at = moment.time;
  status.request.subject = std::move(subject);
  for (const auto& [name, text] : details) status.request.details[name] = text;
  // Which goods it is about is known from the refusal alone where they are not in the basket yet.
  for (const auto& [name, text] : refusal.details) {
    const bool of_goods = name == "name" || name == "name_en";
    if (of_goods && !status.request.details.contains(name)) status.request.details[name] = text;
  }
  asked_ = status;
  command_ = command;
  ground_ = ground();
  lane_.questions().ask_approval(
      status.request, lane_.back_here<protocol::ApprovalStatus>([this, id = status.request.id, done = std::move(done)](
                                                                    const Result<protocol::ApprovalStatus>& answer) {
        // Taken back before the server had answered: it may have come through all the same.
        if (!asked_ || asked_->request.id != id) {
          if (answer && answer->state == State::waiting) lane_.questions().withdraw_approval(id);
          if (done) done(fail("approval.withdrawn", "The request was taken back."));
          return;
        }
        heard(answer, done);
      }));
  return {};
}

void RemoteApprovals::heard(const Result<protocol::ApprovalStatus>& answer, const Lane::Done& done) {
  if (!answer) {
    asked_.reset();
    lane_.show(answer.error());
    lane_.changed();
    if (done) done(fail(answer.error()));
    return;
  }
  if (done) done({});
  take(*answer);
  lane_.changed();
}

void RemoteApprovals::withdraw() {
  if (!asked_) return;
  const auto id = asked_->request.id;
  asked_.reset();
  if (lane_.can_ask()) lane_.questions().withdraw_approval(id);
}

void RemoteApprovals::take(const protocol::ApprovalStatus& status) {
  if (!asked_ || asked_->request.id != status.request.id) return;
  if (status.state == State::waiting) {
    asked_ = status;
    return;
  }
  asked_.reset();
  LaneEvent event{LaneEvent::Kind::approval_answered, 0, "refused", {}};
  if (status.state == State::granted) {
    event.text = "granted";
    if (auto done = carry_out(status); !done) event.error = std::move(done.error());
  } else if (status.state == State::expired) {
    event.error =
        Error{"approval.expired", "Nobody answered in time. Ask again, or ask somebody to come to the till.", {}};
  } else {
    event.error = Error{
        "approval.refused", "This was not allowed. Ask why before asking again.", {{"name", status.answered_by_name}}};
  }
  if (event.error) lane_.show(*event.error);
  lane_.tell(std::move(event));
}

Result<void> RemoteApprovals::carry_out(const protocol::ApprovalStatus& status) {
  const auto* person = desk_.find(status.answered_by);
  if (person == nullptr || !person->active) {
    return fail("approval.unknown_person",
                "This till does not know who allowed it. Ask somebody to come to the till with a PIN.",
                {{"name", status.answered_by_name}});
  }
  if (!still_holds()) return fail(outdated());
  carrying_out_ = true;
  auto result =
      lane_.run(command_, Authority{without_verifiers(*person), sale::ApprovalMeans::remote, status.request.id});
  carrying_out_ = false;
  return result;
}

void RemoteApprovals::answer(const Uuid& id, bool granted, const access::StaffMember& staff, Lane::Done done) {
  const auto report = [this, done = std::move(done)](const Result<void>& result) {
    if (!result) lane_.show(result.error());
    lane_.changed();
    if (done) done(result);
  };
  if (!access::allows(staff.role, access::Permission::approvals_answer)) {
    report(fail("access.denied", "This person may not do this. Ask a supervisor.",
                {{"permission", std::string(access::name_of(access::Permission::approvals_answer))}}));
    return;
  }
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(), [&id](const auto& one) { return one.request.id == id; });
  if (found != waiting_.end() && found->request.cashier == staff.id) {
    report(fail("approval.same_person", "Who asks cannot answer. Somebody else has to."));
    return;
  }
  if (!lane_.can_ask()) {
    report(fail(LaneWork::no_server()));
    return;
  }
  lane_.questions().answer_approval(
      id, {granted, staff.id},
      lane_.back_here<protocol::ApprovalStatus>([this, id, report](const Result<protocol::ApprovalStatus>& answer) {
        const bool over = answer || answer.error().code.starts_with("approval.");
        if (over && (answer || answer.error().code != "approval.over_limit")) {
          std::erase_if(waiting_, [&id](const auto& one) { return one.request.id == id; });
        }
        report(answer ? Result<void>() : fail(answer.error()));
      }));
}

void RemoteApprovals::look() {
  if (!asked_ || carrying_out_) return;
  const auto view = lane_.view();
  const bool gone = !view->cashier || view->cashier->id != ground_.cashier;
  const bool over = !ground_.basket.lines.empty() && lane_.basket().id != ground_.basket.id;
  if (gone || over) withdraw();
}

void RemoteApprovals::refresh() {
  if (!lane_.can_ask()) return;
  if (asked_) {
    // The same id again only asks how it stands; a request that was lost on its way is made up for.
    lane_.questions().ask_approval(asked_->request, lane_.back_here<protocol::ApprovalStatus>(
                                                        [this](const Result<protocol::ApprovalStatus>& answer) {
                                                          if (!answer) return;
                                                          take(*answer);
                                                          lane_.changed();
                                                        }));
  }
  list();
}

void RemoteApprovals::list() {
  lane_.questions().approvals(
      lane_.back_here<protocol::ApprovalList>([this](const Result<protocol::ApprovalList>& answer) {
        if (!answer) return;
        auto others = answer->approvals;
        std::erase_if(others, [this](const auto& one) {
          return one.request.till == lane_.till_number() || one.state != State::waiting;
        });
        const auto same = [](const auto& a, const auto& b) { return a.request.id == b.request.id; };
        if (std::equal(others.begin(), others.end(), waiting_.begin(), waiting_.end(), same)) return;
        waiting_ = std::move(others);
        lane_.tell({LaneEvent::Kind::approvals_waiting, static_cast<std::int64_t>(waiting_.size()), {}, {}});
        lane_.changed();
      }));
}

}  // namespace lanekeeper::till
