#include "model/server_link.h"

namespace lanekeeper::office {

ServerLink::ServerLink(Wire& wire, Post post) : wire_(wire), post_(std::move(post)) {}

ServerLink::~ServerLink() {
  push_.reset();
}

void ServerLink::use_server(net::Endpoint endpoint, net::TlsIdentity identity) {
  end_session();
  ++generation_;
  endpoint_ = std::move(endpoint);
  identity_ = std::move(identity);
  reachable_ = false;
  trouble_.reset();
  quick_.reset(wire_.connect(endpoint_, identity_));
  uploads_.reset(wire_.connect(endpoint_, identity_));
}

void ServerLink::begin_session(std::string token) {
  end_session();
  token_ = std::move(token);
  push_ = wire_.listen(endpoint_, identity_, token_, push_handlers());
}

void ServerLink::end_session() {
  push_.reset();
  session_.renew();
  token_.clear();
}

void ServerLink::reconnect_now() {
  if (push_) push_->reconnect_now();
}

void ServerLink::send(net::HttpRequest request, Answer answer) {
  quick_.submit(make_job(std::move(request), std::move(answer)));
}

void ServerLink::upload(net::HttpRequest request, std::filesystem::path file, Answer answer) {
  auto job = make_job(std::move(request), std::move(answer));
  job.file = std::move(file);
  uploads_.submit(std::move(job));
}

RequestLane::Job ServerLink::make_job(net::HttpRequest request, Answer answer) {
  const bool with_session = !token_.empty();
  if (with_session) request.headers.push_back({"Authorization", "Bearer " + token_});
  auto on_ui = alive_.guard([this, generation = generation_, with_session,
                             answer = std::move(answer)](const Result<net::HttpResponse>& response) {
    auto hand_over = alive_.guard([&answer, &response] { answer(net::expect_success(response)); });
    arrived(generation, with_session, response);  // a listener may destroy this link
    hand_over();
  });
  RequestLane::Job job;
  job.request = std::move(request);
  job.deliver = [post = post_, on_ui = std::move(on_ui)](Result<net::HttpResponse> response) {
    post([on_ui, response = std::move(response)]() mutable { on_ui(response); });
  };
  return job;
}

void ServerLink::arrived(std::uint64_t generation, bool with_session, const Result<net::HttpResponse>& response) {
  if (generation != generation_) return;
  if (!response) {
    if (is_network_error(response.error())) set_unreachable(response.error());
    return;
  }
  set_reachable();
  if (response->status < 400 || identity_.certificate_pem.empty()) return;
  if (net::expect_success(response).error().code == "access.not_enrolled") {
    if (listeners_.device_refused) listeners_.device_refused();
  } else if (response->status == 401 && with_session && !token_.empty()) {
    end_session();
    if (listeners_.session_ended) listeners_.session_ended();
  }
}

void ServerLink::set_reachable() {
  const bool news = !reachable_;
  reachable_ = true;
  trouble_.reset();
  if (news && listeners_.reachability) listeners_.reachability();
}

void ServerLink::set_unreachable(const Error& trouble) {
  const bool news = reachable_ || !trouble_ || trouble_->code != trouble.code;
  reachable_ = false;
  trouble_ = trouble;
  if (news && listeners_.reachability) listeners_.reachability();
}

// A server that was started again knows no sessions: it is there, and refuses the channel for ever.
void ServerLink::channel_lost(const Error& trouble) {
  if (trouble.code == "access.not_enrolled") {
    if (listeners_.device_refused) listeners_.device_refused();
  } else if (trouble.code.starts_with("access.")) {
    set_reachable();
    end_session();
    if (listeners_.session_ended) listeners_.session_ended();
  } else {
    set_unreachable(trouble);
  }
}

net::PushClient::Handlers ServerLink::push_handlers() {
  auto connected = session_.guard([this] {
    set_reachable();
    if (listeners_.push_connected) listeners_.push_connected();
  });
  auto disconnected = session_.guard([this](const Error& trouble) { channel_lost(trouble); });
  auto pushed = session_.guard([this](const protocol::PushMessage& message) {
    if (listeners_.pushed) listeners_.pushed(message);
  });
  net::PushClient::Handlers handlers;
  handlers.connected = [post = post_, connected] { post(connected); };
  handlers.disconnected = [post = post_, disconnected](const Error& trouble) {
    post([disconnected, trouble]() mutable { disconnected(trouble); });
  };
  handlers.message = [post = post_, pushed](const std::string& text) {
    auto message = json::decode<protocol::PushMessage>(text);
    if (!message) return;  // of a newer server
    post([pushed, message = std::move(*message)]() mutable { pushed(message); });
  };
  return handlers;
}

}  // namespace lanekeeper::office
