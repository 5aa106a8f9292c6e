#include "http/answer.h"

#include <spdlog/spdlog.h>

#include "protocol/messages.h"

namespace lanekeeper::http {
namespace {

struct CodeStatus {
  std::string_view code;  // a leading '*' or a trailing '*' stands for anything
  int status;
};
// The first that fits counts.
constexpr CodeStatus statuses[] = {
    {"access.sign_in_first", 401},
    {"access.session_ended", 401},
    {"access.wrong", 401},
    {"access.not_enrolled", 403},
    {"access.certificate_ended", 403},
    {"access.not_a_till", 403},
    {"access.forbidden", 403},
    {"access.wait", 429},
    {"access.locked", 429},
    {"access.busy", 429},
    {"journal.busy", 503},
    {"journal.foreign_till", 403},
    {"journal.too_many", 413},
    {"return.no_sale", 404},
    {"promotion.no_version", 404},
    {"promotion.too_many", 413},
    {"rerating.busy", 409},
    {"rerating.unknown", 404},
    {"rerating.stopping", 503},
    {"coupon.unknown", 404},
    {"coupon.used", 409},
    {"coupon.taken", 409},
    {"shift.unknown", 404},
    {"shift.closed_already", 409},
    {"suspended.unknown", 404},
    {"suspended.taken", 409},
    {"approval.unknown", 404},
    {"approval.answered", 409},
    {"approval.expired", 409},
    {"approval.same_person", 403},
    {"approval.over_limit", 403},
    {"device.renewed_too_often", 429},
    {"enrolment.too_many", 429},
    {"enrolment.too_often", 429},
    {"import.busy", 409},
    {"import.unknown", 404},
    {"import.too_large", 413},
    {"import.stopping", 503},
    {"request.not_found", 404},
    {"request.method", 405},
    {"request.too_large", 413},
    {"request.header_too_large", 431},
    {"request.too_many_connections", 429},
    {"request.*", 400},
    {"json.*", 400},
    {"time.*", 400},
    {"id.*", 400},
    {"server.fault", 500},
    {"server.*", 503},
    {"db.*", 503},
    {"*.not_found", 404},
    {"*.changed_meanwhile", 409},
    {"*_taken", 409},
};

bool fits(std::string_view pattern, std::string_view code) {
  if (pattern.starts_with('*')) return code.ends_with(pattern.substr(1));
  if (pattern.ends_with('*')) return code.starts_with(pattern.substr(0, pattern.size() - 1));
  return code == pattern;
}

std::string retry_after_s(const Error& error, int status) {
  for (const auto& [name, value] : error.details) {
    if (name == "seconds") return value;
    if (name == "minutes") return value + "0";  // a tenth of the wait is polite enough to ask again
  }
  return status == 503 ? "2" : "5";
}

}  // namespace

int status_of(std::string_view code) {
  for (const auto& [pattern, status] : statuses) {
    if (fits(pattern, code)) return status;
  }
  return 422;
}

Answer error_answer(const Error& error) {
  const int status = status_of(error.code);
  protocol::ErrorBody body = protocol::to_body(error);
  if (status >= 500) {
    body.message = status == 503 ? "The store server is busy or its database is away. Try again in a moment."
                                 : "The store server made a mistake. Its log tells which.";
    body.details = json::Value::object();
  }
  Answer answer = json_answer(body, status);
  if (status == 503 || status == 429) answer.headers.emplace_back("Retry-After", retry_after_s(error, status));
  return answer;
}

Error error_of_fault(const std::exception& exception, std::string_view route) {
  const auto* const fault = dynamic_cast<const Fault*>(&exception);
  const std::string code = fault == nullptr ? "server.fault" : fault->code();
  spdlog::error("fault {} in {}: {}", code, route, exception.what());
  if (code == "db.unknown_outcome" || code == "db.disk_full") return Error{code, exception.what(), {}};
  const bool away = code == "db.unreachable" || code == "db.lost" || code == "db.contention" || code == "db.busy" ||
                    code == "db.closed";
  return Error{away ? "db.unavailable" : "server.fault", exception.what(), {}};
}

}  // namespace lanekeeper::http
