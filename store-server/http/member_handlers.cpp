#include "http/handlers.h"
#include "services/member_service.h"

namespace lanekeeper::http {

Result<Answer> member_page(Services& services, const Request& request) {
  const auto since = request.number("since", 0, 0, INT64_MAX);
  if (!since) return fail(since.error());
  const auto after = request.number("after", 0, 0, INT64_MAX);
  if (!after) return fail(after.error());
  const auto limit = request.number("limit", services::MemberService::max_page, 1, services::MemberService::max_page);
  if (!limit) return fail(limit.error());
  return answer_with(services.members.page(request.principal, *since, *after, *limit));
}

}  // namespace lanekeeper::http
