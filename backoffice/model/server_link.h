// The back office's way to the store server: requests on worker threads, live events on the push channel, everything
// handed back to the UI thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "model/request_lane.h"
#include "model/transport.h"
#include "model/wire.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// All members are called on the UI thread. Post may be called from any thread and must run its argument on the UI
// thread, in order. Nothing runs any more once the link was destroyed.
class ServerLink : public Transport {
 public:
  using Post = std::function<void(std::function<void()>)>;

  // Each on the UI thread.
  struct Listeners {
    std::function<void()> reachability;    // when reachable() or the code of trouble() changes
    std::function<void()> session_ended;   // a request was answered 401, or the push channel refused
    std::function<void()> device_refused;  // the certificate counts no more: access.not_enrolled
    std::function<void()> push_connected;  // events may have been missed until now: ask again
    std::function<void(const protocol::PushMessage&)> pushed;
  };

  ServerLink(Wire& wire, Post post);
  ~ServerLink() override;

  void listen(Listeners listeners) { listeners_ = std::move(listeners); }
  // Ends the session and whatever is under way; later requests go to this server as this device.
  void use_server(net::Endpoint endpoint, net::TlsIdentity identity);
  [[nodiscard]] const net::Endpoint& endpoint() const { return endpoint_; }
  // From here on requests carry the token, and the push channel is open.
  void begin_session(std::string token);
  void end_session();
  void reconnect_now();
  [[nodiscard]] bool reachable() const { return reachable_; }
  // Why the server was not reached the last time; empty while it is.
  [[nodiscard]] const std::optional<Error>& trouble() const { return trouble_; }

  void send(net::HttpRequest request, Answer answer) override;
  void upload(net::HttpRequest request, std::filesystem::path file, Answer answer) override;

 private:
  [[nodiscard]] RequestLane::Job make_job(net::HttpRequest request, Answer answer);
  void arrived(std::uint64_t generation, bool with_session, const Result<net::HttpResponse>& response);
  void set_reachable();
  void set_unreachable(const Error& trouble);
  void channel_lost(const Error& trouble);
  [[nodiscard]] net::PushClient::Handlers push_handlers();

  Wire& wire_;
  Post post_;
  Listeners listeners_;
  net::Endpoint endpoint_;
  net::TlsIdentity identity_;
  std::string token_;
  bool reachable_ = false;
  std::optional<Error> trouble_;
  std::uint64_t generation_ = 0;  // of the server and identity in use
  Lifetime alive_;
  Lifetime session_;
  RequestLane quick_;
  RequestLane uploads_;
  std::unique_ptr<PushChannel> push_;
};

}  // namespace lanekeeper::office
