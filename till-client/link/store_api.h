// The server's routes as functions over one connection. Private to this room; each call blocks. Errors are those of
// net::HttpsClient, of the server's answer, and of json::decode.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "net/https_client.h"
#include "protocol/certificate_messages.h"
#include "protocol/journal_messages.h"
#include "protocol/lane_messages.h"
#include "protocol/members.h"
#include "protocol/messages.h"
#include "protocol/promotions.h"
#include "protocol/return_messages.h"
#include "sale/returnable_sale.h"

namespace lanekeeper::till {

// A refusal that lies in the request itself: sent again it would be refused again.
[[nodiscard]] bool is_refusal_of_content(int http_status);

class StoreApi {
 public:
  explicit StoreApi(net::HttpsClient& client) : client_(client) {}

  [[nodiscard]] Result<protocol::Hello> hello();
  [[nodiscard]] Result<protocol::EnrolmentTicket> request_enrolment(const protocol::EnrolmentRequest& request);
  // How far this till's journal has come there.
  [[nodiscard]] Result<protocol::JournalPosition> journal_position();
  [[nodiscard]] Result<protocol::EnrolmentStatus> poll_enrolment(const protocol::EnrolmentTicket& ticket);
  [[nodiscard]] Result<protocol::StoreProfile> store_profile();
  [[nodiscard]] Result<protocol::CataloguePage> catalogue_page(catalogue::Version since, catalogue::ItemId after,
                                                               int limit);
  // known: the newest version that is known here.
  [[nodiscard]] Result<protocol::PromotionBooks> promotions(std::int64_t known);
  [[nodiscard]] Result<protocol::MemberPage> member_page(std::int64_t since, std::int64_t after, int limit);
  [[nodiscard]] Result<sale::ReturnableSale> returnable_sale(std::int64_t till, std::int64_t receipt_number);
  [[nodiscard]] Result<protocol::FoundSales> find_sales(const protocol::SaleSearch& search);
  [[nodiscard]] Result<void> reserve_coupon(const protocol::CouponReservation& coupon);
  [[nodiscard]] Result<void> release_return(const Uuid& sale);
  [[nodiscard]] Result<void> release_coupon(const protocol::CouponReservation& coupon);
  [[nodiscard]] Result<protocol::PromotionUses> promotion_uses(std::int64_t member, const Date& date);
  [[nodiscard]] Result<void> suspend(const protocol::SuspendedBasket& basket);
  [[nodiscard]] Result<protocol::SuspendedList> suspended(const Date& date);
  [[nodiscard]] Result<protocol::SuspendedBasket> recall(const Uuid& id);
  [[nodiscard]] Result<protocol::ApprovalStatus> ask_approval(const protocol::ApprovalRequest& wish);
  [[nodiscard]] Result<protocol::ApprovalStatus> approval(const Uuid& id);
  [[nodiscard]] Result<void> withdraw_approval(const Uuid& id);
  [[nodiscard]] Result<protocol::ApprovalList> approvals();
  [[nodiscard]] Result<protocol::ApprovalStatus> answer_approval(const Uuid& id,
                                                                 const protocol::ApprovalAnswer& answer);
  [[nodiscard]] Result<protocol::RenewedCertificate> renew_certificate(const protocol::CertificateRenewal& renewal);
  // last_status() tells a refused request from one whose fate is unknown.
  [[nodiscard]] Result<protocol::JournalAck> upload(const protocol::JournalUpload& upload);
  [[nodiscard]] int last_status() const { return last_status_; }
  // What the server's clock said in the last answer, and how long that request took. nullopt: an older server.
  struct ServerTime {
    Instant date;
    std::chrono::milliseconds round_trip{0};
  };
  [[nodiscard]] const std::optional<ServerTime>& server_time() const { return server_time_; }

 private:
  template <class Answer>
  Result<Answer> ask(const net::HttpRequest& request);
  Result<std::string> ask_for_text(const net::HttpRequest& request);

  net::HttpsClient& client_;
  int last_status_ = 0;  // 0: no answer
  std::optional<ServerTime> server_time_;
};

}  // namespace lanekeeper::till
