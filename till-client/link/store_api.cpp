#include "link/store_api.h"

#include "base/json_codec.h"

namespace lanekeeper::till {

namespace {

using namespace std::chrono_literals;

constexpr auto page_timeout = 30s;
constexpr auto upload_timeout = 20s;

}  // namespace

bool is_refusal_of_content(int http_status) {
  return http_status == 400 || http_status == 403 || http_status == 409 || http_status == 413 || http_status == 422;
}

template <class Answer>
Result<Answer> StoreApi::ask(const net::HttpRequest& request) {
  last_status_ = 0;
  auto response = client_.send(request);
  if (response) last_status_ = response->status;
  auto answered = net::expect_success(std::move(response));
  if (!answered) return fail(std::move(answered.error()));
  return json::decode<Answer>(answered->body);
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

Result<protocol::JournalAck> StoreApi::upload(const protocol::JournalUpload& upload) {
  net::HttpRequest request;
  request.method = "POST";
  request.target = "/v1/journal";
  request.body = json::encode(upload);
  request.timeout = upload_timeout;
  return ask<protocol::JournalAck>(request);
}

}  // namespace lanekeeper::till
