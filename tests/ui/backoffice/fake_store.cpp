#include "fake_store.h"

#include <charconv>

#include "base/system_random.h"
#include "base/text.h"

namespace lanekeeper::office::test {
namespace {

using Query = std::map<std::string, std::string>;

std::string decode(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ec == std::errc()) {
      result += static_cast<char>(byte);
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

Query parse_query(std::string_view text) {
  Query query;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto part = text.substr(0, end);
    const auto equals = std::min(part.find('='), part.size());
    query[std::string(part.substr(0, equals))] = decode(part.substr(std::min(equals + 1, part.size())));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return query;
}

std::int64_t number_of(const Query& query, const std::string& name) {
  const auto found = query.find(name);
  return found == query.end() || found->second.empty() ? 0 : std::stoll(found->second);
}

template <class Body>
Result<net::HttpResponse> ok(const Body& body) {
  return net::HttpResponse{200, "application/json", json::encode(body)};
}

Result<net::HttpResponse> refuse(int status, const std::string& code, Error::Details details = {}) {
  return net::HttpResponse{status, "application/json",
                           json::encode(protocol::to_body(Error{code, "Refused by the store in memory.", details}))};
}

bool is_in(const protocol::ItemRow& row, protocol::ItemState state) {
  const auto& item = row.item;
  const auto price = catalogue::price_at(item, "regular", shop_time("10:24:00").instant);
  switch (state) {
    case protocol::ItemState::selling:
      return item.active && !item.sale_blocked;
    case protocol::ItemState::out_of_stock:
      return item.active && row.stock <= Quantity();
    case protocol::ItemState::below_cost:
      return item.active && price && item.cost && *price < *item.cost;
    case protocol::ItemState::unpriced:
      return item.active && !price;
    case protocol::ItemState::inactive:
      return !item.active;
  }
  return false;
}

bool matches(const protocol::ItemRow& row, const Query& query) {
  const auto category = number_of(query, "category");
  if (category != 0 && row.item.category != category) return false;
  const auto text = query.find("query");
  if (text == query.end()) return true;
  const auto has = [&](const std::string& where) { return where.find(text->second) != std::string::npos; };
  bool in_codes = false;
  for (const auto& code : row.item.codes) in_codes = in_codes || has(code.code);
  return has(row.item.name) || has(row.item.mnemonic) || has(row.item.number) || in_codes;
}

}  // namespace

class FakeConnection : public Connection {
 public:
  explicit FakeConnection(FakeStore& store) : store_(store) {}
  Result<net::HttpResponse> send(const net::HttpRequest& request) override { return store_.handle(request); }
  void cancel() override {}

 private:
  FakeStore& store_;
};

class FakeChannel : public PushChannel {
 public:
  explicit FakeChannel(FakeStore& store) : store_(store) {}
  ~FakeChannel() override {
    const std::lock_guard lock(store_.mutex_);
    store_.push_.reset();
  }
  void reconnect_now() override {
    const std::lock_guard lock(store_.mutex_);
    if (!store_.offline_ && store_.push_) store_.push_->connected();
  }

 private:
  FakeStore& store_;
};

namespace {
net::CertificateAuthority make_authority() {
  SystemRandom random;
  return net::CertificateAuthority::create("惠民生鲜", random, shop_time("08:00:00").instant);
}
}  // namespace

FakeStore::FakeStore()
    : authority_(make_authority()),
      goods_(shop_goods()),
      promotions_(goods_, shop_promotions(goods_)),
      sales_(shop_sales(goods_)),
      devices_(shop_devices()) {}

std::unique_ptr<Connection> FakeStore::connect(const net::Endpoint&, const net::TlsIdentity&) {
  return std::make_unique<FakeConnection>(*this);
}

std::unique_ptr<PushChannel> FakeStore::listen(const net::Endpoint&, const net::TlsIdentity&, const std::string&,
                                               net::PushClient::Handlers handlers) {
  const std::lock_guard lock(mutex_);
  push_ = std::move(handlers);
  if (!offline_) push_->connected();
  return std::make_unique<FakeChannel>(*this);
}

std::vector<FakeStore::Request> FakeStore::requests(std::string_view method, std::string_view target_prefix) const {
  const std::lock_guard lock(mutex_);
  std::vector<Request> result;
  for (const auto& request : requests_) {
    if (request.method == method && request.target.starts_with(target_prefix)) result.push_back(request);
  }
  return result;
}

void FakeStore::go_offline() {
  const std::lock_guard lock(mutex_);
  offline_ = true;
  if (push_) push_->disconnected(Error{"net.unreachable", "gone", {}});
}

void FakeStore::come_back() {
  const std::lock_guard lock(mutex_);
  offline_ = false;
  if (push_) push_->connected();
}

void FakeStore::answer_again() {
  const std::lock_guard lock(mutex_);
  offline_ = false;
}

void FakeStore::sign_in_as(access::Role role) {
  const std::lock_guard lock(mutex_);
  role_ = role;
}

void FakeStore::fill_goods(std::size_t count) {
  const std::lock_guard lock(mutex_);
  const auto samples = shop_goods();
  for (std::size_t i = goods_.size(); i < count; ++i) {
    goods_.push_back(samples[i % samples.size()]);
    auto& item = goods_.back().item;
    item.id = static_cast<catalogue::ItemId>(i) + 1;
    item.number = std::to_string(100'000 + i);
  }
}

void FakeStore::push(const protocol::PushMessage& message) {
  const std::lock_guard lock(mutex_);
  if (push_) push_->message(json::encode(message));
}

void FakeStore::deliver_sale(std::int64_t till, std::int64_t number, const ZonedTime& completed) {
  protocol::PushMessage message;
  message.kind = protocol::PushKind::sale;
  {
    const std::lock_guard lock(mutex_);
    sales_.insert(sales_.begin(), shop_sale(goods_, till, number, completed));
    message.sale = sales_.front().summary;
  }
  push(message);
}

void FakeStore::change_item(catalogue::ItemId id, const std::string& by,
                            const std::function<void(catalogue::Item&)>& change) {
  const std::lock_guard lock(mutex_);
  for (auto& row : goods_) {
    if (row.item.id != id) continue;
    change(row.item);
    row.item.version = ++version_;
    row.updated_by = by;
  }
}

void FakeStore::set_approvals(std::vector<protocol::ApprovalStatus> approvals) {
  {
    const std::lock_guard lock(mutex_);
    approvals_ = std::move(approvals);
    answered_by_.clear();
  }
  push({protocol::PushKind::approvals, std::nullopt, std::nullopt, std::nullopt});
}

void FakeStore::somebody_answered(const std::string& name) {
  const std::lock_guard lock(mutex_);
  answered_by_ = name;
}

void FakeStore::set_waiting(std::vector<protocol::WaitingDevice> waiting) {
  {
    const std::lock_guard lock(mutex_);
    waiting_ = std::move(waiting);
  }
  push({protocol::PushKind::enrolment, std::nullopt, std::nullopt, std::nullopt});
}

void FakeStore::set_import(protocol::ImportStatus status) {
  const std::lock_guard lock(mutex_);
  import_ = std::move(status);
}

void FakeStore::clear_day() {
  const std::lock_guard lock(mutex_);
  sales_.clear();
  goods_.clear();
}

void FakeStore::publish_promotions(std::string definitions, const std::string& by, const std::string& note) {
  std::int64_t newest = 0;
  {
    const std::lock_guard lock(mutex_);
    promotions_.publish(std::move(definitions), by, note, shop_time("10:24:00"));
    newest = promotions_.versions().back().version;
  }
  push({protocol::PushKind::store, 3 + newest, std::nullopt, std::nullopt});
}

std::vector<protocol::PromotionVersion> FakeStore::promotion_versions() const {
  const std::lock_guard lock(mutex_);
  return promotions_.versions();
}

protocol::StoreSettings FakeStore::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_.settings();
}

void FakeStore::approve_pairing() {
  const std::lock_guard lock(mutex_);
  pairing_approved_ = true;
}

FakeStore::Response FakeStore::handle(const net::HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  const bool unattended = std::any_of(request.headers.begin(), request.headers.end(),
                                      [](const auto& header) { return header.name == "X-Unattended"; });
  requests_.push_back({request.method, request.target, request.body, unattended});
  if (offline_) return fail("net.unreachable", "The store in memory is offline.");
  const auto mark = std::min(request.target.find('?'), request.target.size());
  const std::string path = request.target.substr(0, mark);
  const Query query = parse_query(std::string_view(request.target).substr(std::min(mark + 1, request.target.size())));
  return route(request, path, query);
}

FakeStore::Response FakeStore::route(const net::HttpRequest& request, const std::string& path, const Query& query) {
  const bool reads = request.method == "GET";
  if (path == "/v1/hello" || (path.starts_with("/v1/enrolments") && pairing_path(path, request))) {
    return pairing(request, path);
  }
  if (path == "/v1/sessions") {
    if (request.method == "DELETE") return net::HttpResponse{204, "", ""};
    const auto sign_in = json::decode<protocol::SignIn>(request.body);
    if (!sign_in || sign_in->password != "lanekeeper") return refuse(401, "access.wrong");
    return ok(protocol::Session{"token", 1, "周敏", role_, shop_time("10:54:00")});
  }
  if (path == "/v1/store") {
    auto profile = shop_profile();
    profile.promotion_version = promotions_.versions().back().version;
    profile.version += *profile.promotion_version;
    profile.till_policy = settings_.settings().till_policy;
    return ok(profile);
  }
  if (path == "/v1/items" && reads) return items(query);
  if (path.starts_with("/v1/items")) {
    if (!reads) return store_item(json::decode<catalogue::Item>(request.body).value());
    for (const auto& row : goods_) {
      if (path == "/v1/items/" + std::to_string(row.item.id)) return ok(row);
    }
    return refuse(404, "item.not_found");
  }
  if (path.starts_with("/v1/imports")) return import_ ? ok(*import_) : refuse(404, "import.not_found");
  if (path.starts_with("/v1/promotions")) return promotions_.handle(request, path.substr(14));
  if (path.starts_with("/v1/settings")) return settings_.handle(request, path.substr(12));
  if (path == "/v1/shifts") return ok(shop_shifts(Date::parse(query.at("date")).value(), lost_because_));
  if (path == "/v1/shifts/1/17/loss") {
    lost_because_ = json::decode<protocol::ShiftLossReport>(request.body).value().reason;
    if (lost_because_.empty()) return refuse(422, "shift.bad_reason");
    return ok(shop_shifts({2026, 11, 20}, lost_because_));
  }
  if (path == "/v1/sales") return sales(query);
  if (path.starts_with("/v1/sales/")) return sale(path);
  if (path == "/v1/devices") return ok(protocol::DevicePage{devices_});
  if (path.ends_with("/revocation")) {
    for (auto& device : devices_) device.revoked = device.revoked || path.find(device.device_id) != std::string::npos;
    return net::HttpResponse{204, "", ""};
  }
  if (path == "/v1/exceptions") return ok(protocol::ExceptionPage{shop_oddities()});
  if (path == "/v1/approvals") return ok(protocol::ApprovalList{approvals_});
  if (path.starts_with("/v1/approvals/")) return answer_approval(path, request.body);
  if (path == "/v1/enrolments") return ok(protocol::WaitingDevices{waiting_});
  if (path.ends_with("/approval")) return approve(request.body);
  if (path.ends_with("/rejection")) {
    waiting_.clear();
    return net::HttpResponse{204, "", ""};
  }
  return refuse(404, "http.not_found");
}

bool FakeStore::pairing_path(const std::string& path, const net::HttpRequest& request) {
  return (path == "/v1/enrolments" && request.method == "POST") ||
         (request.method == "GET" && path == "/v1/enrolments/mine");
}

FakeStore::Response FakeStore::pairing(const net::HttpRequest& request, const std::string& path) {
  if (path == "/v1/hello") {
    protocol::Hello hello;
    hello.software = "0.1.0";
    hello.store_name = shop_profile().name;
    hello.ca_pem = authority_.certificate_pem();
    return ok(hello);
  }
  if (request.method == "POST") {
    csr_ = json::decode<protocol::EnrolmentRequest>(request.body).value().csr_pem;
    protocol::EnrolmentTicket ticket;
    ticket.enrolment_id = "mine";
    ticket.poll_secret = "secret";
    ticket.code = device_code();
    ticket.fingerprint = "3F7A 91C0";
    ticket.expires_at = shop_time("10:33:41");
    return ok(ticket);
  }
  protocol::EnrolmentStatus status;
  if (pairing_approved_) {
    SystemRandom random;
    status.state = protocol::EnrolmentState::approved;
    status.certificate_pem =
        authority_.issue_device(net::parse_csr(csr_).value().public_key, "OFFICE-1", std::int64_t{365} * 86'400'000,
                                random, shop_time("10:24:00").instant);
    status.ca_pem = authority_.certificate_pem();
    status.device_id = "office";
  }
  return ok(status);
}

FakeStore::Response FakeStore::items(const Query& query) const {
  protocol::ItemPage page;
  protocol::ItemCounts counts;
  const auto state = query.find("state");
  const auto after = number_of(query, "after");
  for (const auto& row : goods_) {
    if (!matches(row, query)) continue;
    ++counts.all;
    counts.selling += is_in(row, protocol::ItemState::selling);
    counts.out_of_stock += is_in(row, protocol::ItemState::out_of_stock);
    counts.below_cost += is_in(row, protocol::ItemState::below_cost);
    counts.unpriced += is_in(row, protocol::ItemState::unpriced);
    counts.inactive += is_in(row, protocol::ItemState::inactive);
    if (state != query.end()) {
      const auto wanted = json::from_value<protocol::ItemState>(json::Value(state->second));
      if (!wanted || !is_in(row, *wanted)) continue;
    }
    ++page.total;
    if (row.item.id > after && page.rows.size() < 100) page.rows.push_back(row);
  }
  if (after == 0) page.counts = counts;
  return ok(page);
}

FakeStore::Response FakeStore::store_item(catalogue::Item item) {
  for (auto& row : goods_) {
    if (row.item.id != item.id && row.item.number == item.number) {
      return refuse(409, "item.number_taken", {{"number", item.number}, {"item", std::to_string(row.item.id)}});
    }
    for (const auto& code : item.codes) {
      const bool taken = std::any_of(row.item.codes.begin(), row.item.codes.end(),
                                     [&](const auto& other) { return other.code == code.code; });
      if (row.item.id == item.id || !taken) continue;
      return refuse(409, "item.code_taken",
                    {{"code", code.code}, {"item", std::to_string(row.item.id)}, {"number", row.item.number}});
    }
  }
  for (auto& row : goods_) {
    if (row.item.id != item.id) continue;
    if (row.item.version != item.version) return refuse(409, "item.changed_meanwhile", {{"by", row.updated_by}});
    row.item = item;
    row.item.version = ++version_;
    row.updated_by = "周敏";
    row.updated_at = shop_time("10:24:00");
    return ok(row);
  }
  protocol::ItemRow row;
  row.item = item;
  row.item.id = static_cast<catalogue::ItemId>(goods_.size()) + 1;
  row.item.version = ++version_;
  row.updated_by = "周敏";
  row.updated_at = shop_time("10:24:00");
  goods_.push_back(row);
  return ok(row);
}

FakeStore::Response FakeStore::sales(const Query& query) const {
  protocol::SalesPage page;
  page.business_date = Date{2026, 11, 20};
  page.exception_count = 0;
  const auto till = number_of(query, "till");
  const auto before = query.find("before");
  bool reached = before == query.end();
  for (const auto& detail : sales_) {
    if (till != 0 && detail.summary.till != till) continue;
    ++page.sale_count;
    page.total += detail.summary.payable;
    *page.exception_count += detail.summary.exceptions > 0;
    if (reached && page.sales.size() < 100) page.sales.push_back(detail.summary);
    reached = reached || detail.summary.sale_id == before->second;
  }
  return ok(page);
}

FakeStore::Response FakeStore::sale(const std::string& path) const {
  for (const auto& detail : sales_) {
    const auto& summary = detail.summary;
    if (path == "/v1/sales/" + std::to_string(summary.till) + "/" + std::to_string(summary.sequence)) return ok(detail);
  }
  return refuse(404, "sale.not_found");
}

FakeStore::Response FakeStore::approve(const std::string& body) {
  const auto approval = json::decode<protocol::EnrolmentApproval>(body).value();
  if (approval.code != device_code()) return refuse(409, "enrolment.wrong_code", {{"left", "4"}});
  const auto taken = [&](const auto& device) { return approval.till && device.till == *approval.till; };
  const bool in_use = std::any_of(devices_.begin(), devices_.end(), taken);
  if (in_use && !approval.replace) {
    return refuse(409, "enrolment.till_taken", {{"till", std::to_string(*approval.till)}});
  }
  protocol::DeviceRow device;
  device.device_id = "new";
  device.name = waiting_.empty() ? "?" : waiting_.front().device_name;
  device.till = approval.till.value_or(0);
  std::erase_if(devices_, taken);
  devices_.push_back(device);
  waiting_.clear();
  return net::HttpResponse{204, "", ""};
}

FakeStore::Response FakeStore::answer_approval(const std::string& path, const std::string& body) {
  const auto answer = json::decode<protocol::ApprovalAnswer>(body).value();
  for (auto& status : approvals_) {
    if (path != "/v1/approvals/" + status.request.id.to_string() + "/answer") continue;
    auto answered = status;
    std::erase_if(approvals_, [&](const auto& one) { return one.request.id == answered.request.id; });
    if (!answered_by_.empty()) {
      return refuse(409, "approval.answered", {{"name", answered_by_}, {"state", "granted"}});
    }
    answered.state = answer.granted ? protocol::ApprovalState::granted : protocol::ApprovalState::refused;
    return ok(answered);
  }
  return refuse(404, "approval.unknown");
}

}  // namespace lanekeeper::office::test
