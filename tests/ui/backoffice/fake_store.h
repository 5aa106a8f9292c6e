// A store server in memory behind the office's wire: answers as the protocol says, on the link's own threads.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "fake_promotions.h"
#include "fake_settings.h"
#include "model/wire.h"
#include "net/x509.h"
#include "protocol/lane_messages.h"
#include "shop.h"

namespace lanekeeper::office::test {

// All members may be called from any thread.
class FakeStore : public Wire {
 public:
  FakeStore();

  std::unique_ptr<Connection> connect(const net::Endpoint& endpoint, const net::TlsIdentity& identity) override;
  std::unique_ptr<PushChannel> listen(const net::Endpoint& endpoint, const net::TlsIdentity& identity,
                                      const std::string& token, net::PushClient::Handlers handlers) override;

  struct Request {
    std::string method;
    std::string target;
    std::string body;
    bool unattended = false;
  };
  [[nodiscard]] std::vector<Request> requests(std::string_view method, std::string_view target_prefix = "") const;
  void go_offline();
  void come_back();
  // Answers again; the push channel comes when it is asked to, as one does that waits between its tries.
  void answer_again();
  void sign_in_as(access::Role role);
  // The store of a test that measures.
  void fill_goods(std::size_t count);
  void push(const protocol::PushMessage& message);
  // A sale as if a till had just delivered it.
  void deliver_sale(std::int64_t till, std::int64_t number, const ZonedTime& completed);
  void change_item(catalogue::ItemId id, const std::string& by, const std::function<void(catalogue::Item&)>& change);
  void set_waiting(std::vector<protocol::WaitingDevice> waiting);
  // What tills ask to be allowed; nobody else answers unless somebody_answered() says so.
  void set_approvals(std::vector<protocol::ApprovalStatus> approvals);
  void somebody_answered(const std::string& name);
  void set_import(protocol::ImportStatus status);
  void clear_day();  // no sales, no goods
  // As if somebody else had published them.
  void publish_promotions(std::string definitions, const std::string& by, const std::string& note);
  [[nodiscard]] std::vector<protocol::PromotionVersion> promotion_versions() const;
  [[nodiscard]] protocol::StoreSettings settings() const;
  void approve_pairing();
  [[nodiscard]] std::string device_code() const { return "482916"; }
  [[nodiscard]] net::CertificateAuthority& authority() { return authority_; }

 private:
  friend class FakeConnection;
  friend class FakeChannel;
  using Response = Result<net::HttpResponse>;
  Response handle(const net::HttpRequest& request);
  Response route(const net::HttpRequest& request, const std::string& path,
                 const std::map<std::string, std::string>& query);
  Response items(const std::map<std::string, std::string>& query) const;
  Response store_item(catalogue::Item item);
  Response sales(const std::map<std::string, std::string>& query) const;
  Response sale(const std::string& path) const;
  Response approve(const std::string& body);
  Response answer_approval(const std::string& path, const std::string& body);
  static bool pairing_path(const std::string& path, const net::HttpRequest& request);
  Response pairing(const net::HttpRequest& request, const std::string& path);

  mutable std::mutex mutex_;
  net::CertificateAuthority authority_;
  std::vector<protocol::ItemRow> goods_;
  FakePromotions promotions_;
  std::string lost_because_;
  FakeSettings settings_;
  std::vector<protocol::SaleDetail> sales_;
  std::vector<protocol::DeviceRow> devices_;
  std::vector<protocol::WaitingDevice> waiting_;
  std::vector<protocol::ApprovalStatus> approvals_;
  std::string answered_by_;
  std::optional<protocol::ImportStatus> import_;
  std::vector<Request> requests_;
  std::optional<net::PushClient::Handlers> push_;
  std::string csr_;
  bool pairing_approved_ = false;
  bool offline_ = false;
  access::Role role_ = access::Role::manager;
  catalogue::Version version_ = 41;
};

}  // namespace lanekeeper::office::test
