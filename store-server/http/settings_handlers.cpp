#include "http/handlers.h"
#include "services/till_settings.h"

namespace lanekeeper::http {

Result<Answer> get_settings(Services& services, const Request& request) {
  return answer_with(services.settings.read(request.principal));
}

Result<Answer> change_till_policy(Services& services, const Request& request) {
  const auto change = request.decode<protocol::TillPolicyChange>();
  if (!change) return fail(change.error());
  return answer_with(services.settings.change_policy(request.principal, *change));
}

Result<Answer> change_receipt_template(Services& services, const Request& request) {
  const auto change = request.decode<protocol::ReceiptTemplateChange>();
  if (!change) return fail(change.error());
  return answer_with(services.settings.change_template(request.principal, request.path[0], request.path[1], *change));
}

Result<Answer> remove_receipt_template(Services& services, const Request& request) {
  protocol::ReceiptTemplateRemoval removal;
  if (!request.body.empty()) {
    auto given = request.decode<protocol::ReceiptTemplateRemoval>();
    if (!given) return fail(std::move(given.error()));
    removal = std::move(*given);
  }
  return answer_with(services.settings.remove_template(request.principal, request.path[0], request.path[1], removal));
}

}  // namespace lanekeeper::http
