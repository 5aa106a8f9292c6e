#include "model/office.h"

namespace lanekeeper::office {
namespace {

constexpr std::string_view this_machine = "localhost:7443";

}  // namespace

Result<std::unique_ptr<Office>> Office::open(Surroundings around, const std::string& server) {
  Settings settings = SettingsStore(around.data_directory).load();
  if (!server.empty()) settings.server = server;
  auto endpoint = net::Endpoint::parse(settings.server.empty() ? this_machine : std::string_view(settings.server));
  if (!endpoint) return fail(std::move(endpoint.error()));
  return std::unique_ptr<Office>(new Office(std::move(around), std::move(*endpoint), std::move(settings)));
}

Office::Office(Surroundings around, net::Endpoint endpoint, Settings settings)
    : around_(std::move(around)),
      settings_(std::move(settings)),
      settings_store_(around_.data_directory),
      identities_(around_.data_directory),
      endpoint_(std::move(endpoint)),
      link_(around_.wire, around_.post),
      pairing_({link_, around_.timers, around_.clock, around_.random, identities_}, around_.device_name,
               {[this](const std::string& ca_pem) {
                  link_.use_server(endpoint_, {ca_pem, "", ""});
                },
                [this] {
                  pairing_reason_.reset();
                  start();
                }}),
      sign_in_(link_,
               {[this](const protocol::Session& session) { signed_in(session); }, [this] { go_to(Phase::sign_in); }}),
      store_(link_),
      goods_(link_, around_.timers, around_.clock, store_),
      import_(link_, around_.timers),
      sales_(link_, around_.timers, around_.clock, store_),
      devices_(link_, around_.timers, around_.clock),
      approvals_(link_, around_.timers),
      exceptions_(link_, around_.timers),
      promotions_(link_, around_.timers, around_.clock),
      shifts_(link_, around_.timers, around_.clock, store_),
      store_desk_(link_, store_) {
  link_.listen({[this] { reachability_changed(); }, [this] { sign_in_.expired(); }, [this] { revoked(); },
                [this] { ask_everything(Asked::by_itself); },
                [this](const protocol::PushMessage& message) { pushed(message); }});
  store_changed_ = store_.on_change([this] { store_changed(); });
  check_day_later();
}

void Office::start() {
  auto identity = identities_.load();
  if (!identity) {
    pairing_reason_ = identity.error();
  } else if (*identity) {
    pairing_.stop();
    link_.use_server(endpoint_, std::move(**identity));
    return go_to(Phase::sign_in);
  }
  go_to(Phase::pairing);
  pairing_.start();
}

Result<void> Office::use_server(const std::string& address) {
  auto endpoint = net::Endpoint::parse(address);
  if (!endpoint) return fail(std::move(endpoint.error()));
  endpoint_ = std::move(*endpoint);
  settings_.server = endpoint_.to_string();
  store_settings();
  start();
  return {};
}

void Office::reconnect_now() {
  link_.reconnect_now();
  if (phase_ == Phase::sign_in) {
    probe_timer_ = around_.timers.once(std::chrono::milliseconds(0), [this] { probe(); });
  }
}

void Office::pair_again() {
  identities_.forget_certificate();
  start();
}

void Office::sign_out() {
  forget_drafts();
  import_.reset();
  sign_in_.sign_out();
}

void Office::forget_drafts() {
  goods_.editor().close();
  promotions_.forget_person();
  store_desk_.forget_person();
}

void Office::store_settings() const {
  // Losing a remembered address or language is no reason to trouble anybody; the data directory's state is told when
  // the key is written there.
  (void)settings_store_.store(settings_);
}

void Office::go_to(Phase phase) {
  phase_ = phase;
  if (phase != Phase::open) {
    link_.end_session();
    goods_.clear();
    sales_.clear();
    devices_.clear();
    approvals_.clear();
    exceptions_.clear();
    promotions_.clear();
    shifts_.clear();
    store_desk_.settings.clear();
  }
  probe_timer_.reset();
  if (phase == Phase::sign_in) {
    store_.refresh();  // its name stands on the sign-in page
    probe();
  }
  changed_.notify();
}

void Office::signed_in(const protocol::Session& session) {
  // Somebody else must not find the draft of the one before.
  if (session.staff != last_staff_) forget_drafts();
  last_staff_ = session.staff;
  link_.begin_session(session.token);
  phase_ = Phase::open;
  probe_timer_.reset();
  ask_everything(Asked::by_person);
  changed_.notify();
}

void Office::ask_everything(Asked asked) {
  if (phase_ != Phase::open) return;
  store_.refresh(asked);
  if (allows(access::Permission::items_read)) goods_.refresh(asked);
  if (allows(access::Permission::sales_read)) sales_.refresh(asked);
  if (allows(access::Permission::promotions_read)) {
    promotions_.model.refresh(allows(access::Permission::promotions_edit), asked);
  }
  if (allows(access::Permission::approvals_answer)) approvals_.refresh(asked);
  if (allows(access::Permission::exceptions_read)) exceptions_.refresh(asked);
  if (allows(access::Permission::store_settings)) store_desk_.settings.refresh(asked);
  if (allows(access::Permission::sales_read)) shifts_.refresh(asked);
  if (allows(access::Permission::devices_read)) devices_.refresh(allows(access::Permission::devices_approve), asked);
}

void Office::store_changed() {
  sales_.day_may_have_changed();
  if (phase_ == Phase::open && allows(access::Permission::store_settings) &&
      std::exchange(settings_version_, store_.profile().version) != store_.profile().version) {
    store_desk_.settings.refresh(Asked::by_itself);
  }
  const auto version = store_.profile().promotion_version;
  if (version && phase_ == Phase::open && allows(access::Permission::promotions_read)) {
    promotions_.model.newest_is(*version);
  }
}

void Office::reachability_changed() {
  if (link_.reachable()) {
    unreachable_since_.reset();
  } else if (!unreachable_since_) {
    unreachable_since_ = around_.clock.now().instant;
    if (phase_ == Phase::open) probe_later();
  }
  changed_.notify();
}

void Office::pushed(const protocol::PushMessage& message) {
  using protocol::PushKind;
  switch (message.kind) {
    case PushKind::catalogue:
      if (message.version) goods_.pushed_version(*message.version);
      break;
    case PushKind::store:
      if (message.version) store_.pushed_version(*message.version);
      break;
    case PushKind::sale:
      if (message.sale && allows(access::Permission::sales_read)) sales_.pushed(*message.sale);
      break;
    case PushKind::enrolment:
      devices_.pushed_enrolments();
      break;
    case PushKind::devices:
    case PushKind::status:
      if (allows(access::Permission::devices_read)) devices_.pushed_devices(message.status);
      break;
    case PushKind::approvals:
      if (phase_ == Phase::open && allows(access::Permission::approvals_answer)) approvals_.pushed();
      break;
    case PushKind::suspended:  // for tills
      break;
    case PushKind::revoked:
      revoked();
      break;
  }
}

void Office::revoked() {
  if (phase_ == Phase::pairing) return;
  pairing_reason_ = Error{
      "office.device_revoked", "This back office was taken out of the store's devices. Pair it again to go on.", {}};
  sign_in_.sign_out();
  pair_again();
}

void Office::probe() {
  link_.send(get("/v1/hello", Asked::by_itself), alive_.guard([this](const Result<net::HttpResponse>& answer) {
    if (phase_ == Phase::sign_in || (phase_ == Phase::open && !answer)) {
      probe_later();
    } else if (phase_ == Phase::open) {
      link_.reconnect_now();  // the channel waits longer and longer by itself
    }
  }));
}

void Office::probe_later() {
  probe_timer_ = around_.timers.once(probe_interval, [this] { probe(); });
}

void Office::check_day_later() {
  day_check_ = around_.timers.once(day_check_interval, [this] {
    sales_.day_may_have_changed();
    check_day_later();
  });
}

}  // namespace lanekeeper::office
