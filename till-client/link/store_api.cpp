#include "link/store_api.h"

#include <utility>

#include "base/json_codec.h"

namespace lanekeeper::till {

namespace {

using namespace std::chrono_literals;

constexpr auto page_timeout = 30s;
constexpr auto upload_timeout = 20s;
// People stand and wait for these.
constexpr auto counter_timeout = 3s;

net::HttpRequest post(std::string target, std::string body) {
  net::HttpRequest request;
  request.method = "POST";
  request.target = std::move(target);
  request.body = std::move(body);
  return request;
}

net::HttpRequest at_the_counter(net::HttpRequest request) {
  request.timeout = counter_timeout;
  return request;
}

net::HttpRequest get(std::string target) {
  net::HttpRequest request;
  request.target = std::move(target);
  return request;
}

}  // namespace

bool is_refusal_of_content(int http_status) {
  return http_status == 400 || http_status == 403 || http_status == 409 || http_status == 413 || http_status == 422;
}

Result<std::string> StoreApi::ask_for_text(const net::HttpRequest& request) {
  last_status_ = 0;
  server_time_.reset();
  const auto asked = std::chrono::steady_clock::now();
  auto response = client_.send(request);
  if (response) {
    last_status_ = response->status;
    const auto took = std::chrono::steady_clock::now() - asked;
    if (response->date) server_time_ = {*response->date, std::chrono::duration_cast<std::chrono::milliseconds>(took)};
  }
  auto answered = net::expect_success(std::move(response));
  if (!answered) return fail(std::move(answered.error()));
  return std::move(answered->body);
}

template <class Answer>
Result<Answer> StoreApi::ask(const net::HttpRequest& request) {
  const auto body = ask_for_text(request);
  if (!body) return fail(body.error());
  return json::decode<Answer>(*body);
}

Result<protocol::Hello> StoreApi::hello() {
  net::HttpRequest request;
  request.target = "/v1/hello";
  return ask<protocol::Hello>(request);
}

Result<protocol::EnrolmentTicket> StoreApi::request_enrolment(const protocol::EnrolmentRequest& wish) {
  net::HttpRequest request;
  request.method = "POST";
  request.target = "/v1/enrolments";
  request.body = json::encode(wish);
  return ask<protocol::EnrolmentTicket>(request);
}

Result<protocol::EnrolmentStatus> StoreApi::poll_enrolment(const protocol::EnrolmentTicket& ticket) {
  net::HttpRequest request;
  request.target = "/v1/enrolments/" + net::percent_encode(ticket.enrolment_id);
  request.headers.push_back({"X-Poll-Secret", ticket.poll_secret});
  return ask<protocol::EnrolmentStatus>(request);
}

Result<protocol::JournalPosition> StoreApi::journal_position() {
  return ask<protocol::JournalPosition>(get("/v1/journal/position"));
}

Result<protocol::StoreProfile> StoreApi::store_profile() {
  net::HttpRequest request;
  request.target = "/v1/store";
  return ask<protocol::StoreProfile>(request);
}

Result<protocol::CataloguePage> StoreApi::catalogue_page(catalogue::Version since, catalogue::ItemId after, int limit) {
  net::HttpRequest request;
  request.target = fmt::format("/v1/catalogue?since={}&after={}&limit={}", since, after, limit);
  request.timeout = page_timeout;
  return ask<protocol::CataloguePage>(request);
}

Result<protocol::PromotionBooks> StoreApi::promotions(std::int64_t known) {
  net::HttpRequest request;
  request.target = fmt::format("/v1/promotions?known={}", known);
  request.timeout = page_timeout;
  return ask<protocol::PromotionBooks>(request);
}

Result<protocol::MemberPage> StoreApi::member_page(std::int64_t since, std::int64_t after, int limit) {
  net::HttpRequest request;
  request.target = fmt::format("/v1/members?since={}&after={}&limit={}", since, after, limit);
  request.timeout = page_timeout;
  return ask<protocol::MemberPage>(request);
}

Result<sale::ReturnableSale> StoreApi::returnable_sale(std::int64_t till, std::int64_t receipt_number) {
  net::HttpRequest request;
  request.target = fmt::format("/v1/sales/returnable?till={}&receipt={}", till, receipt_number);
  return ask<sale::ReturnableSale>(request);
}

Result<protocol::FoundSales> StoreApi::find_sales(const protocol::SaleSearch& search) {
  auto target = fmt::format("/v1/sales/search?from={}&to={}&limit={}", search.from.to_string(), search.to.to_string(),
                            search.limit);
  if (search.member) target += fmt::format("&member={}", *search.member);
  if (search.item) target += fmt::format("&item={}", *search.item);
  if (search.till) target += fmt::format("&till={}", *search.till);
  if (search.amount) target += "&amount=" + net::percent_encode(search.amount->to_string());
  return ask<protocol::FoundSales>(at_the_counter(get(std::move(target))));
}

Result<void> StoreApi::reserve_coupon(const protocol::CouponReservation& coupon) {
  return ask_for_text(post("/v1/coupons", json::encode(coupon))).map([](const std::string&) {});
}

Result<void> StoreApi::release_return(const Uuid& sale) {
  return ask_for_text(post("/v1/returns/release", json::encode(protocol::ReturnRelease{sale})))
      .map([](const std::string&) {});
}

Result<void> StoreApi::release_coupon(const protocol::CouponReservation& coupon) {
  return ask_for_text(post("/v1/coupons/release", json::encode(coupon))).map([](const std::string&) {});
}

Result<protocol::PromotionUses> StoreApi::promotion_uses(std::int64_t member, const Date& date) {
  net::HttpRequest request;
  request.target = "/v1/promotions/uses?date=" + date.to_string();
  if (member != 0) request.target += fmt::format("&member={}", member);
  return ask<protocol::PromotionUses>(request);
}

Result<void> StoreApi::suspend(const protocol::SuspendedBasket& basket) {
  return ask_for_text(at_the_counter(post("/v1/suspended", json::encode(basket)))).map([](const std::string&) {});
}

Result<protocol::SuspendedList> StoreApi::suspended(const Date& date) {
  return ask<protocol::SuspendedList>(at_the_counter(get("/v1/suspended?date=" + date.to_string())));
}

Result<protocol::SuspendedBasket> StoreApi::recall(const Uuid& id) {
  return ask<protocol::SuspendedBasket>(at_the_counter(post("/v1/suspended/" + id.to_string() + "/recall", {})));
}

Result<protocol::ApprovalStatus> StoreApi::ask_approval(const protocol::ApprovalRequest& wish) {
  return ask<protocol::ApprovalStatus>(at_the_counter(post("/v1/approvals", json::encode(wish))));
}

Result<protocol::ApprovalStatus> StoreApi::approval(const Uuid& id) {
  return ask<protocol::ApprovalStatus>(at_the_counter(get("/v1/approvals/" + id.to_string())));
}

Result<void> StoreApi::withdraw_approval(const Uuid& id) {
  const auto request = at_the_counter(post("/v1/approvals/" + id.to_string() + "/withdrawal", {}));
  return ask_for_text(request).map([](const std::string&) {});
}

Result<protocol::ApprovalList> StoreApi::approvals() {
  return ask<protocol::ApprovalList>(at_the_counter(get("/v1/approvals")));
}

Result<protocol::ApprovalStatus> StoreApi::answer_approval(const Uuid& id, const protocol::ApprovalAnswer& answer) {
  return ask<protocol::ApprovalStatus>(
      at_the_counter(post("/v1/approvals/" + id.to_string() + "/till-answer", json::encode(answer))));
}

Result<protocol::RenewedCertificate> StoreApi::renew_certificate(const protocol::CertificateRenewal& renewal) {
  return ask<protocol::RenewedCertificate>(post("/v1/certificate", json::encode(renewal)));
}

Result<protocol::JournalAck> StoreApi::upload(const protocol::JournalUpload& upload) {
  net::HttpRequest request;
  request.method = "POST";
  request.target = "/v1/journal";
  request.body = json::encode(upload);
  request.timeout = upload_timeout;
  return ask<protocol::JournalAck>(request);
}

}  // namespace lanekeeper::till
