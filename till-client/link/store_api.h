// The server's routes as functions over one connection. Private to this room; each call blocks. Errors are those of
// net::HttpsClient, of the server's answer, and of json::decode.
#pragma once

#include <string>

#include "net/https_client.h"
#include "protocol/messages.h"

namespace lanekeeper::till {

// A refusal that lies in the request itself: sent again it would be refused again.
[[nodiscard]] bool is_refusal_of_content(int http_status);

class StoreApi {
 public:
  explicit StoreApi(net::HttpsClient& client) : client_(client) {}

  [[nodiscard]] Result<protocol::Hello> hello();
  [[nodiscard]] Result<protocol::EnrolmentTicket> request_enrolment(const protocol::EnrolmentRequest& request);
  [[nodiscard]] Result<protocol::EnrolmentStatus> poll_enrolment(const protocol::EnrolmentTicket& ticket);
  [[nodiscard]] Result<protocol::StoreProfile> store_profile();
  [[nodiscard]] Result<protocol::CataloguePage> catalogue_page(catalogue::Version since, catalogue::ItemId after,
                                                               int limit);
  // last_status() tells a refused request from one whose fate is unknown.
  [[nodiscard]] Result<protocol::JournalAck> upload(const protocol::JournalUpload& upload);
  [[nodiscard]] int last_status() const { return last_status_; }

 private:
  template <class Answer>
  Result<Answer> ask(const net::HttpRequest& request);

  net::HttpsClient& client_;
  int last_status_ = 0;  // 0: no answer
};

}  // namespace lanekeeper::till
