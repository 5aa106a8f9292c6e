#include "link/store_api.h"

#include <utility>

#include "base/json_codec.h"

namespace lanekeeper::till {

namespace {

using namespace std::chrono_literals;

constexpr auto page_timeout = 30s;
constexpr auto upload_timeout = 20s;

net::HttpRequest coupon_request(std::string target, const protocol::CouponReservation& coupon) {
  net::HttpRequest request;
  request.method = "POST";
  request.target = std::move(target);
  request.body = json::encode(coupon);
  return request;
}

}  // namespace

bool is_refusal_of_content(int http_status) {
  return http_status == 400 || http_status == 403 || http_status == 409 || http_status == 413 || http_status == 422;
}

Result<std::string> StoreApi::ask_for_text(const net::HttpRequest& request) {
  last_status_ = 0;
  auto response = client_.send(request);
  if (response) last_status_ = response->status;
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

Result<void> StoreApi::reserve_coupon(const protocol::CouponReservation& coupon) {
  return ask_for_text(coupon_request("/v1/coupons", coupon)).map([](const std::string&) {});
}

Result<void> StoreApi::release_coupon(const protocol::CouponReservation& coupon) {
  return ask_for_text(coupon_request("/v1/coupons/release", coupon)).map([](const std::string&) {});
}

Result<protocol::PromotionUses> StoreApi::promotion_uses(std::int64_t member, const Date& date) {
  net::HttpRequest request;
  request.target = "/v1/promotions/uses?date=" + date.to_string();
  if (member != 0) request.target += fmt::format("&member={}", member);
  return ask<protocol::PromotionUses>(request);
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
