#include "http/handlers.h"
#include "services/approval_service.h"
#include "services/shift_service.h"
#include "services/suspended_service.h"

namespace lanekeeper::http {
namespace {

Result<Date> date_of(const Request& request) {
  const auto date = Date::parse(request.text("date"));
  if (!date) return fail("request.bad_parameter", "A parameter of the request is not a date.", {{"name", "date"}});
  return *date;
}

// What is no identity is that of nothing.
Uuid identity_of(const Request& request) {
  return Uuid::parse(request.path[0]).value_or(Uuid{});
}

}  // namespace

Result<Answer> suspend_basket(Services& services, const Request& request) {
  auto basket = request.decode<protocol::SuspendedBasket>();
  if (!basket) return fail(std::move(basket.error()));
  return answer_with(services.suspended.suspend(request.principal, std::move(*basket)));
}

Result<Answer> list_suspended(Services& services, const Request& request) {
  const auto date = date_of(request);
  if (!date) return fail(date.error());
  return answer_with(services.suspended.list(request.principal, *date));
}

Result<Answer> recall_basket(Services& services, const Request& request) {
  return answer_with(services.suspended.recall(request.principal, identity_of(request)));
}

Result<Answer> ask_approval(Services& services, const Request& request) {
  auto wish = request.decode<protocol::ApprovalRequest>();
  if (!wish) return fail(std::move(wish.error()));
  return answer_with(services.approvals.ask(request.principal, std::move(*wish)));
}

Result<Answer> list_approvals(Services& services, const Request& request) {
  return answer_with(services.approvals.list(request.principal));
}

Result<Answer> approval_status(Services& services, const Request& request) {
  return answer_with(services.approvals.status(request.principal, identity_of(request)));
}

Result<Answer> answer_approval(Services& services, const Request& request) {
  const auto answer = request.decode<protocol::ApprovalAnswer>();
  if (!answer) return fail(answer.error());
  return answer_with(services.approvals.answer(request.principal, identity_of(request), answer->granted));
}

Result<Answer> answer_approval_at_till(Services& services, const Request& request) {
  const auto answer = request.decode<protocol::ApprovalAnswer>();
  if (!answer) return fail(answer.error());
  return answer_with(services.approvals.answer_at_till(request.principal, identity_of(request), *answer));
}

Result<Answer> withdraw_approval(Services& services, const Request& request) {
  return answer_with(services.approvals.withdraw(request.principal, identity_of(request)));
}

Result<Answer> list_shifts(Services& services, const Request& request) {
  const auto date = date_of(request);
  if (!date) return fail(date.error());
  return answer_with(services.shifts.list(request.principal, *date));
}

Result<Answer> give_up_shift(Services& services, const Request& request) {
  const auto till = request.path_number(0);
  if (!till) return fail(till.error());
  const auto number = request.path_number(1);
  if (!number) return fail(number.error());
  const auto report = request.decode<protocol::ShiftLossReport>();
  if (!report) return fail(report.error());
  return answer_with(services.shifts.give_up(request.principal, *till, *number, *report));
}

}  // namespace lanekeeper::http
