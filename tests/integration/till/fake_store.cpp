#include "fake_store.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "../eventually.h"
#include "base/system_clock.h"
#include "base/text.h"
#include "net/http_date.h"
#include "protocol/certificate_messages.h"

namespace lanekeeper::till::test {

namespace {

using namespace std::chrono_literals;

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using TlsStream = beast::ssl_stream<tcp::socket>;

constexpr std::int64_t one_year_ms = 365LL * 24 * 3600 * 1000;

Instant today() {
  return SystemClock().now().instant;
}

std::int64_t parameter(const std::string& target, const std::string& name) {
  const auto at = target.find(name + "=");
  std::int64_t value = 0;
  if (at != std::string::npos) {
    const char* begin = target.data() + at + name.size() + 1;
    std::from_chars(begin, target.data() + target.size(), value);
  }
  return value;
}

std::string error_body(const char* code) {
  return json::encode(protocol::to_body(Error{code, "made for a test", {}}));
}

}  // namespace

struct FakeStore::Connection {
  asio::io_context io;
  tcp::socket socket{io};
  int descriptor = -1;
  std::thread thread;
  std::mutex mutex;
  std::vector<std::string> outgoing;  // guarded by mutex
};

FakeStore::FakeStore()
    : authority_(net::CertificateAuthority::create("Test store", random_, today())),
      server_key_(journal::SigningKey::generate(random_)) {
  const auto tls_key = journal::SigningKey::generate(random_);
  certificate_pem_ = authority_.issue_server(tls_key.public_key(), {"127.0.0.1", "localhost"}, random_, today());
  key_pem_ = net::to_pkcs8_pem(tls_key);
  state_.profile.version = 1;
  state_.profile.name = "Test store";
  come_back();
}

FakeStore::~FakeStore() {
  go_away();
}

void FakeStore::come_back() {
  away_ = false;
  listen();
  acceptor_ = std::thread([this] { accept(); });
}

void FakeStore::go_away() {
  if (away_.exchange(true)) return;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  std::list<std::unique_ptr<Connection>> ending;
  {
    const std::lock_guard guard(mutex_);
    ending.swap(connections_);
  }
  for (auto& connection : ending) ::shutdown(connection->descriptor, SHUT_RDWR);
  for (auto& connection : ending) connection->thread.join();
}

void FakeStore::listen() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port_);
  socklen_t length = sizeof address;
  const bool bound = ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     ::listen(listener_, 64) == 0 &&
                     ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  if (!bound) throw std::runtime_error("no port for the fake store");
  port_ = ntohs(address.sin_port);
}

void FakeStore::accept() {
  for (;;) {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    auto connection = std::make_unique<Connection>();
    connection->descriptor = descriptor;
    connection->socket.assign(tcp::v4(), descriptor);
    auto& running = *connection;
    const std::lock_guard guard(mutex_);
    connections_.push_back(std::move(connection));
    running.thread = std::thread([this, &running] {
      try {
        serve(running);
      } catch (const std::exception&) {
        ::shutdown(running.descriptor, SHUT_RDWR);  // the client went, or was made to
      }
    });
  }
}

void FakeStore::serve(Connection& connection) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  context.use_certificate(asio::buffer(certificate_pem_), asio::ssl::context::pem);
  context.use_private_key(asio::buffer(key_pem_), asio::ssl::context::pem);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_3_VERSION);
  context.add_certificate_authority(asio::buffer(authority_.certificate_pem()));
  context.set_verify_mode(asio::ssl::verify_peer);
  TlsStream stream(std::move(connection.socket), context);
  stream.handshake(asio::ssl::stream_base::server);
  beast::flat_buffer buffer;
  for (;;) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(16 * 1024 * 1024);
    http::read(stream, buffer, parser);
    const auto request = parser.release();
    if (beast::websocket::is_upgrade(request)) {
      beast::websocket::stream<TlsStream&> channel(stream);
      channel.accept(request);
      with([](State& state) { ++state.push_connections; });
      for (;;) {
        std::vector<std::string> outgoing;
        {
          const std::lock_guard guard(connection.mutex);
          outgoing.swap(connection.outgoing);
        }
        for (const auto& text : outgoing) channel.write(asio::buffer(text));
        pollfd readable{connection.descriptor, POLLIN, 0};
        if (SSL_pending(stream.native_handle()) == 0 && ::poll(&readable, 1, 10) == 0) continue;
        beast::flat_buffer message;
        channel.read(message);
        const auto report = json::decode<protocol::PushMessage>(beast::buffers_to_string(message.data()));
        if (report && report->status) with([&](State& state) { state.statuses.push_back(*report->status); });
      }
    }
    const auto answered = answer(std::string(request.method_string()), std::string(request.target()), request.body());
    if (answered.cut) {
      ::shutdown(connection.descriptor, SHUT_RDWR);
      return;
    }
    http::response<http::string_body> response(static_cast<http::status>(answered.status), 11);
    response.set(http::field::content_type, "application/json");
    if (const auto ahead = with([](State& state) { return state.clock_ahead_s; })) {
      response.set(http::field::date, net::http_date({today().unix_ms + *ahead * 1000}));
    }
    response.body() = answered.body;
    response.prepare_payload();
    http::write(stream, response);
  }
}

FakeStore::Answer FakeStore::answer(const std::string& method, const std::string& target, const std::string& body) {
  if (target == "/v1/hello") {
    protocol::Hello hello;
    hello.ca_pem = authority_.certificate_pem();
    return {200, json::encode(hello)};
  }
  if (method == "POST" && target == "/v1/enrolments") return enrol(body);
  if (target.starts_with("/v1/enrolments/")) return enrolment_status();
  if (with([](State& state) { return state.revoked; })) return {403, error_body("access.not_enrolled")};
  if (method == "POST" && target == "/v1/certificate") return renew_certificate(body);
  if (target == "/v1/store") return {200, with([](State& state) { return json::encode(state.profile); })};
  if (target.starts_with("/v1/catalogue")) return catalogue_page(target);
  if (method == "POST" && target == "/v1/journal") return take_journal(body);
  if (target == "/v1/journal/position") return {200, with([](State& state) { return journal_position(state); })};
  if (target.starts_with("/v1/promotions?")) return promotion_books(target);
  if (target.starts_with("/v1/members?")) return member_page(target);
  for (const auto* question : {"/v1/sales/returnable?", "/v1/sales/search?", "/v1/coupons", "/v1/promotions/uses?"}) {
    if (target.starts_with(question)) return answer_question(target, body);
  }
  for (const auto* shared : {"/v1/suspended", "/v1/approvals"}) {
    if (target.starts_with(shared)) return answer_shared(method, target, body);
  }
  return {404, error_body("http.not_found")};
}

std::string FakeStore::journal_position(const State& state) {
  protocol::JournalPosition position;
  if (!state.stored.empty()) position.last_sequence = state.stored.rbegin()->first;
  return json::encode(position);
}

FakeStore::Answer FakeStore::enrol(const std::string& body) {
  const auto request = json::decode<protocol::EnrolmentRequest>(body);
  if (!request) return {400, error_body("json.malformed")};
  return with([&](State& state) -> Answer {
    csr_pem_ = request->csr_pem;
    state.enrolment = protocol::EnrolmentState::waiting;
    protocol::EnrolmentTicket ticket;
    ticket.enrolment_id = "id-" + std::to_string(++state.codes_given);
    ticket.poll_secret = "secret";
    ticket.code = std::to_string(100000 + state.codes_given);
    ticket.fingerprint = "3F7A 91C0";
    ticket.expires_at = ZonedTime{Instant{4'000'000'000'000}, 480};
    return {201, json::encode(ticket)};
  });
}

FakeStore::Answer FakeStore::enrolment_status() {
  return with([&](State& state) -> Answer {
    protocol::EnrolmentStatus status;
    status.state = state.enrolment;
    if (state.enrolment == protocol::EnrolmentState::approved) {
      const auto csr = net::parse_csr(csr_pem_);
      if (!csr) return {400, error_body("tls.bad_csr")};
      const auto server_key = server_key_.public_key();
      const Instant issued{today().unix_ms - state.certificate_age_ms};
      status.certificate_pem = authority_.issue_device(csr->public_key, "till", one_year_ms, random_, issued);
      status.ca_pem = authority_.certificate_pem();
      status.device_id = "device";
      status.till = state.till;
      status.last_sequence = state.last_sequence;
      status.last_receipt_number = state.last_sequence;
      status.last_hash = journal::Hash{};
      status.server_public_key = to_hex({server_key.data(), server_key.size()});
      state.revoked = false;
    }
    return {200, json::encode(status)};
  });
}

FakeStore::Answer FakeStore::renew_certificate(const std::string& body) {
  const auto request = json::decode<protocol::CertificateRenewal>(body);
  const auto csr = request ? net::parse_csr(request->csr_pem) : Result<net::CsrInfo>(fail(request.error()));
  if (!csr) return {400, error_body("tls.bad_csr")};
  return with([&](State& state) -> Answer {
    ++state.renewals;
    const auto key = state.other_key ? server_key_.public_key() : csr->public_key;
    const Instant ends{today().unix_ms + one_year_ms};
    return {200, json::encode(
                     protocol::RenewedCertificate{authority_.issue_device(key, "till", one_year_ms, random_, today()),
                                                  authority_.certificate_pem(), ZonedTime{ends, 480}})};
  });
}

FakeStore::Answer FakeStore::catalogue_page(const std::string& target) {
  const auto since = parameter(target, "since");
  const auto after = parameter(target, "after");
  const auto limit = static_cast<std::size_t>(parameter(target, "limit"));
  return with([&](State& state) -> Answer {
    auto place = [](const catalogue::Item& item) { return std::pair(item.version, item.id); };
    protocol::CataloguePage page;
    for (const auto& item : state.items) {
      if (place(item) > std::pair(since, after)) page.items.push_back(item);
    }
    std::sort(page.items.begin(), page.items.end(), [&](auto& a, auto& b) { return place(a) < place(b); });
    page.complete = page.items.size() <= limit;
    if (!page.complete) page.items.resize(limit);
    page.version = state.version;
    return {200, json::encode(page)};
  });
}

FakeStore::Answer FakeStore::promotion_books(const std::string& target) {
  const auto known = parameter(target, "known");
  return with([&](State& state) -> Answer {
    ++state.promotion_requests;
    if (state.without_offers) return {500, error_body("server.fault")};
    auto books = state.promotions;
    if (known == books.newest) books.books.reset();
    return {200, json::encode(books)};
  });
}

FakeStore::Answer FakeStore::member_page(const std::string& target) {
  const auto since = parameter(target, "since");
  const auto after = parameter(target, "after");
  const auto limit = static_cast<std::size_t>(parameter(target, "limit"));
  return with([&](State& state) -> Answer {
    ++state.member_requests;
    if (state.without_offers) return {500, error_body("server.fault")};
    auto place = [](const protocol::MemberCard& member) { return std::pair(member.version, member.id); };
    protocol::MemberPage page;
    for (const auto& member : state.members) {
      if (place(member) > std::pair(since, after)) page.members.push_back(member);
    }
    std::sort(page.members.begin(), page.members.end(), [&](auto& a, auto& b) { return place(a) < place(b); });
    page.complete = page.members.size() <= limit;
    if (!page.complete) page.members.resize(limit);
    page.version = state.member_version;
    return {200, json::encode(page)};
  });
}

FakeStore::Answer FakeStore::answer_question(const std::string& target, const std::string& body) {
  with([](State& state) { ++state.questions; });
  const auto may_answer = [this] { return away_ || with([](State& state) { return !state.hold_questions; }); };
  if (!lanekeeper::testing::eventually(may_answer, 30s) || away_) return {200, "", true};
  return with([&](State& state) -> Answer {
    if (target.starts_with("/v1/sales/search")) {
      state.last_search = target;
      return {200, json::encode(state.found_sales)};
    }
    if (target.starts_with("/v1/sales")) {
      const auto found = state.returnable.find(parameter(target, "receipt"));
      if (found == state.returnable.end()) return {404, error_body("return.no_sale")};
      return {200, json::encode(found->second)};
    }
    if (target.starts_with("/v1/promotions")) return {200, json::encode(protocol::PromotionUses{state.remaining})};
    const auto coupon = json::decode<protocol::CouponReservation>(body);
    if (!coupon) return {400, error_body("json.malformed")};
    if (target.ends_with("/release")) {
      state.coupons.erase(coupon->code);
      return {204, ""};
    }
    const auto holder = state.coupons.emplace(coupon->code, coupon->basket).first;
    if (holder->second != coupon->basket) return {409, error_body("coupon.taken")};
    return {204, ""};
  });
}

FakeStore::Answer FakeStore::answer_shared(const std::string& method, const std::string& target,
                                           const std::string& body) {
  with([](State& state) { ++state.shared_requests; });
  const auto may_answer = [this] { return away_ || with([](State& state) { return !state.hold_shared; }); };
  if (!lanekeeper::testing::eventually(may_answer, 30s) || away_) return {200, "", true};
  return with([&](State& state) -> Answer {
    auto answer = change_shared(state, method, target, body);
    if (state.drop_shared_answers > 0) {
      --state.drop_shared_answers;
      answer.cut = true;
    }
    return answer;
  });
}

FakeStore::Answer FakeStore::change_shared(State& state, const std::string& method, const std::string& target,
                                           const std::string& body) {
  if (method == "POST" && target == "/v1/suspended") {
    const auto basket = json::decode<protocol::SuspendedBasket>(body);
    if (!basket) return {400, error_body("json.malformed")};
    if (state.recalled_by.contains(basket->id)) return {409, error_body("suspended.taken")};
    state.suspended.emplace(basket->id, *basket);
    return {204, ""};
  }
  if (target.starts_with("/v1/suspended?")) {
    protocol::SuspendedList list;
    for (const auto& [id, b] : state.suspended) {
      const bool wanted = target.ends_with(b.business_date.to_string()) && !state.recalled_by.contains(id);
      if (wanted) {
        list.baskets.push_back({id, b.label, b.till, b.cashier_name, b.suspended_at, b.business_date, b.line_count,
                                b.total, b.first_goods, b.note});
      }
    }
    return {200, json::encode(list)};
  }
  if (method == "GET" && target == "/v1/approvals") {
    protocol::ApprovalList list;
    for (const auto& [id, status] : state.approvals) list.approvals.push_back(status);
    return {200, json::encode(list)};
  }
  if (method == "POST" && target == "/v1/approvals") {
    const auto request = json::decode<protocol::ApprovalRequest>(body);
    if (!request) return {400, error_body("json.malformed")};
    protocol::ApprovalStatus status;
    status.request = *request;
    return {201, json::encode(state.approvals.emplace(request->id, status).first->second)};
  }
  // /v1/suspended/{id}/recall, /v1/approvals/{id}[/act]
  const auto id = Uuid::parse(std::string_view(target).substr(14, 36));
  if (!id) return {400, error_body("id.bad_uuid")};
  const auto act = target.size() > 51 ? target.substr(51) : std::string();
  if (target.starts_with("/v1/approvals")) return approval_answer(state, *id, act, body);
  const auto found = state.suspended.find(*id);
  if (method != "POST" || act != "recall" || found == state.suspended.end()) {
    return {404, error_body("suspended.unknown")};
  }
  if (state.recalled_by.emplace(*id, state.till).first->second != state.till) {
    return {409, error_body("suspended.taken")};
  }
  return {200, json::encode(found->second)};
}

FakeStore::Answer FakeStore::approval_answer(State& state, const Uuid& id, const std::string& act,
                                             const std::string& body) {
  const auto found = state.approvals.find(id);
  if (found == state.approvals.end()) return {404, error_body("approval.unknown")};
  auto& status = found->second;
  if (act == "withdrawal") {
    status.state = protocol::ApprovalState::withdrawn;
    return {204, ""};
  }
  if (act == "till-answer") {
    const auto answer = json::decode<protocol::ApprovalAnswer>(body);
    if (!answer || !answer->staff) return {400, error_body("json.malformed")};
    if (status.state != protocol::ApprovalState::waiting) return {409, error_body("approval.answered")};
    status.state = answer->granted ? protocol::ApprovalState::granted : protocol::ApprovalState::refused;
    status.answered_by = *answer->staff;
  }
  return {200, json::encode(status)};
}

FakeStore::Answer FakeStore::take_journal(const std::string& body) {
  const auto upload = json::decode<protocol::JournalUpload>(body);
  if (!upload || upload->entries.empty()) return {400, error_body("json.malformed")};
  return with([&](State& state) -> Answer {
    ++state.uploads;
    state.largest_upload = std::max(state.largest_upload, upload->entries.size());
    for (const auto& entry : upload->entries) {
      if (state.choke_on.contains(entry.sequence)) return {400, error_body("journal.unreadable")};
    }
    protocol::JournalAck ack;
    std::vector<journal::Hash> hashes;
    for (const auto& entry : upload->entries) {
      ack.till = entry.till;
      auto outcome = protocol::EntryOutcome::stored;
      if (state.poison.contains(entry.sequence)) {
        outcome = protocol::EntryOutcome::malformed;
      } else if (const auto [known, fresh] = state.stored.emplace(entry.sequence, entry); !fresh) {
        ++state.repeated;
        if (known->second != entry) ++state.changed;
        outcome = protocol::EntryOutcome::duplicate;
      }
      ack.results.push_back({entry.sequence, outcome});
      hashes.push_back(entry.hash);
    }
    if (state.lose_answers) return {200, "", true};
    const auto& key = state.forge_answers ? journal::SigningKey::from_seed(Bytes(32, 1)).value() : server_key_;
    ack.signature = key.sign(protocol::acknowledgement_bytes(ack, hashes));
    return {200, json::encode(ack)};
  });
}

void FakeStore::push(const protocol::PushMessage& message) {
  const auto text = json::encode(message);
  const std::lock_guard guard(mutex_);
  for (auto& connection : connections_) {
    const std::lock_guard inner(connection->mutex);
    connection->outgoing.push_back(text);
  }
}

}  // namespace lanekeeper::till::test
