// A store server for the tests of the till's link: real TLS 1.3 with a CA of its own, real HTTP and WebSocket, and
// behaviour that the test sets. It keeps what it was sent, and can lose answers, refuse, go away and come back.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/system_random.h"
#include "net/https_client.h"
#include "net/x509.h"
#include "protocol/journal_messages.h"
#include "protocol/lane_messages.h"
#include "protocol/members.h"
#include "protocol/messages.h"
#include "protocol/promotions.h"
#include "protocol/return_messages.h"
#include "sale/returnable_sale.h"

namespace lanekeeper::till::test {

class FakeStore {
 public:
  FakeStore();
  ~FakeStore();
  FakeStore(const FakeStore&) = delete;
  FakeStore& operator=(const FakeStore&) = delete;

  [[nodiscard]] net::Endpoint endpoint() const { return {"127.0.0.1", port_}; }
  void go_away();    // closes the port and every connection
  void come_back();  // at the same port

  // Everything below may be set and read at any time, under this lock.
  struct State {
    protocol::EnrolmentState enrolment = protocol::EnrolmentState::waiting;
    std::int64_t till = 4;
    std::int64_t last_sequence = 0;
    int codes_given = 0;
    bool revoked = false;
    std::int64_t certificate_age_ms = 0;  // of a year, of those given at enrolment
    bool other_key = false;               // renewed certificates are for another key
    int renewals = 0;
    protocol::StoreProfile profile;
    std::vector<catalogue::Item> items;  // any order
    catalogue::Version version = 0;
    protocol::PromotionBooks promotions;
    std::vector<protocol::MemberCard> members;  // any order
    std::int64_t member_version = 0;
    bool without_offers = false;  // promotions and members are answered 500
    int promotion_requests = 0;
    int member_requests = 0;
    std::map<std::int64_t, sale::ReturnableSale> returnable;  // by receipt number
    protocol::FoundSales found_sales;
    std::string last_search;              // the address that was asked for
    std::map<std::string, Uuid> coupons;  // code -> basket that has it
    std::vector<sale::RemainingUses> remaining;
    bool hold_questions = false;  // sales, coupons and uses are answered when this ends
    int questions = 0;
    std::map<Uuid, protocol::SuspendedBasket> suspended;
    std::map<Uuid, std::int64_t> recalled_by;  // till
    std::map<Uuid, protocol::ApprovalStatus> approvals;
    int drop_shared_answers = 0;  // so many of baskets and approvals are carried out, then the line is cut
    bool hold_shared = false;     // they are answered when this ends
    int shared_requests = 0;
    std::map<std::int64_t, journal::Entry> stored;  // by sequence
    std::set<std::int64_t> poison;                  // sequences answered "malformed"
    std::set<std::int64_t> choke_on;                // a request with one of these is refused as a whole (400)
    bool lose_answers = false;                      // journal: store, then cut the line
    bool forge_answers = false;                     // journal: sign with another key
    int uploads = 0;
    std::size_t largest_upload = 0;  // entries
    std::size_t repeated = 0;        // entries that came again
    std::size_t changed = 0;         // entries that came again with other bytes
    std::vector<protocol::TillStatus> statuses;
    int push_connections = 0;
    std::optional<std::int64_t> clock_ahead_s = std::nullopt;  // of its answers' Date; none: they have no date
  };
  template <class Work>
  auto with(Work&& work) {
    const std::lock_guard guard(mutex_);
    return work(state_);
  }
  void push(const protocol::PushMessage& message);

 private:
  struct Connection;
  struct Answer {
    int status = 200;
    std::string body;
    bool cut = false;
  };

  void listen();
  void accept();
  void serve(Connection& connection);
  Answer answer(const std::string& method, const std::string& target, const std::string& body);
  static std::string journal_position(const State& state);
  Answer enrol(const std::string& body);
  Answer enrolment_status();
  Answer renew_certificate(const std::string& body);
  Answer catalogue_page(const std::string& target);
  Answer promotion_books(const std::string& target);
  Answer member_page(const std::string& target);
  Answer answer_question(const std::string& target, const std::string& body);
  Answer answer_shared(const std::string& method, const std::string& target, const std::string& body);
  static Answer change_shared(State& state, const std::string& method, const std::string& target,
                              const std::string& body);
  static Answer approval_answer(State& state, const Uuid& id, const std::string& act, const std::string& body);
  Answer take_journal(const std::string& body);

  SystemRandom random_;
  net::CertificateAuthority authority_;
  journal::SigningKey server_key_;
  std::string certificate_pem_;
  std::string key_pem_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::atomic<bool> away_ = true;
  std::thread acceptor_;

  std::mutex mutex_;
  State state_;
  std::string csr_pem_;
  std::list<std::unique_ptr<Connection>> connections_;
};

}  // namespace lanekeeper::till::test
