#include "base/text.h"
#include "http/handlers.h"
#include "http/metrics.h"
#include "push/push_hub.h"
#include "services/device_service.h"
#include "services/enrolment_service.h"
#include "services/renewal_service.h"
#include "services/session_service.h"
#include "services/store_service.h"

namespace lanekeeper::http {

Result<Answer> hello(Services& services, const Request&) {
  protocol::Hello hello;
  hello.software = LANEKEEPER_VERSION;
  hello.store_name = services.store.name();
  hello.ca_pem = services.ca_pem;
  return json_answer(hello);
}

Result<Answer> health(Services& services, const Request&) {
  const bool healthy = services.healthy();
  json::Value body = {{"status", healthy ? "ok" : "database away"}};
  return Answer{healthy ? 200 : 503, "application/json", body.dump(), {}};
}

Result<Answer> metrics(Services& services, const Request&) {
  return Answer{200, "text/plain; version=0.0.4; charset=utf-8", services.metrics.text(), {}};
}

Result<Answer> request_enrolment(Services& services, const Request& request) {
  auto wish = request.decode<protocol::EnrolmentRequest>();
  if (!wish) return fail(std::move(wish.error()));
  return answer_with(services.enrolments.request(request.principal, *wish), 201);
}

Result<Answer> poll_enrolment(Services& services, const Request& request) {
  return answer_with(services.enrolments.poll(request.path[0], request.poll_secret));
}

Result<Answer> journal_position(Services& services, const Request& request) {
  return answer_with(services.enrolments.journal_position(request.principal));
}

Result<Answer> waiting_enrolments(Services& services, const Request& request) {
  return answer_with(services.enrolments.waiting(request.principal));
}

Result<Answer> approve_enrolment(Services& services, const Request& request) {
  auto approval = request.decode<protocol::EnrolmentApproval>();
  if (!approval) return fail(std::move(approval.error()));
  const auto approved = services.enrolments.approve(request.principal, request.path[0], *approval);
  if (approved) services.devices.refresh();
  return answer_with(approved);
}

Result<Answer> reject_enrolment(Services& services, const Request& request) {
  return answer_with(services.enrolments.reject(request.principal, request.path[0]));
}

void sign_in(Services& services, Request request, Reply reply) {
  auto wish = request.decode<protocol::SignIn>();
  if (!wish) return reply(fail(std::move(wish.error())));
  services.sessions.sign_in(
      std::move(request.principal), std::move(*wish),
      [reply = std::move(reply)](const Result<protocol::Session>& session) { reply(answer_with(session, 201)); });
}

Result<Answer> sign_out(Services& services, const Request& request) {
  if (!request.principal.staff) return fail("access.sign_in_first", "Nobody is signed in.");
  services.sessions.sign_out(request.token);
  services.hub.person_left(request.token);
  return Answer{204, {}, {}, {}};
}

Result<Answer> renew_certificate(Services& services, const Request& request) {
  const auto wish = request.decode<protocol::CertificateRenewal>();
  if (!wish) return fail(wish.error());
  const auto renewed = services.renewals.renew(request.principal, *wish);
  if (renewed) services.devices.refresh();
  return answer_with(renewed, 201);
}

Result<Answer> store_profile(Services& services, const Request& request) {
  return answer_with(services.store.profile(request.principal));
}

Result<Answer> list_devices(Services& services, const Request& request) {
  return answer_with(services.devices.list(request.principal));
}

Result<Answer> revoke_device(Services& services, const Request& request) {
  const auto revoked = services.devices.revoke(request.principal, request.path[0]);
  if (revoked) services.sessions.end_sessions_of_device(request.path[0]);
  return answer_with(revoked);
}

}  // namespace lanekeeper::http
