#include "lane/lane.h"

#include <spdlog/spdlog.h>

#include "lane/lane_impl.h"
#include "receipt/escpos.h"

namespace lanekeeper::till {

namespace {

RegisterSettings settings_of(const std::optional<protocol::StoreProfile>& profile, std::int64_t till, bool simulated) {
  RegisterSettings settings;
  settings.till = till;
  settings.simulated_clock = simulated;
  if (!profile) return settings;
  settings.currency = profile->currency;
  settings.cash_rounding = profile->cash_rounding;
  settings.day_start_minute = static_cast<int>(profile->day_start_minute);
  settings.tax_mode = profile->tax_mode;
  settings.taxes = profile->taxes;
  settings.layouts = profile->layouts;
  if (profile->recalls) {
    for (const auto& recall : *profile->recalls) settings.recalls.insert({recall.gtin, recall.batch});
  }
  return settings;
}

// The catalogue has canonical codes; a list shows them as they are printed on the goods.
std::vector<catalogue::ItemSummary> with_shown_codes(std::vector<catalogue::ItemSummary> items) {
  for (auto& item : items) item.code = shown_code(item.code);
  return items;
}

}  // namespace

Lane::Impl::Impl(LaneServices given)
    : services(std::move(given)),
      texts(i18n::language_from_locale(services.receipt_language)),
      till(services.till),
      machine(services.items, {}) {
  link.state = till > 0 ? LinkStatus::State::connecting : LinkStatus::State::unpaired;
}

void Lane::Impl::load_profile() {
  profile = services.replica.profile();
  desk.set_staff(profile ? profile->staff : std::vector<access::StaffMember>{});
  if (profile) {
    for (auto& member : profile->staff) {
      member.pin_verifier.clear();
      member.password_verifier.clear();
    }
  }
  auto settings = settings_of(profile, till, services.simulated_clock);
  settings.promotions = services.replica.promotions();
  machine.set_settings(std::move(settings));
}

Moment Lane::Impl::moment() {
  const ZonedTime now = services.clock.now();
  return {now, Uuid::make_v7(now.instant.unix_ms, services.random)};
}

void Lane::Impl::changed() {
  for (const auto& listener : change_listeners) listener();
}

void Lane::Impl::tell(LaneEvent event) {
  if (event_listeners.empty()) {
    unheard_events.push_back(std::move(event));
    return;
  }
  for (const auto& listener : event_listeners) listener(event);
}

void Lane::Impl::persist(const sale::Basket& basket) {
  auto saved = services.journal.save_basket(basket);
  if (saved) {
    basket_unwritable = false;
    return;
  }
  spdlog::warn("the open basket could not be stored: {} {}", saved.error().code, saved.error().message);
  if (!std::exchange(basket_unwritable, true)) {
    tell({LaneEvent::Kind::storage_failing, 0, {}, std::move(saved.error())});
  }
}

void Lane::Impl::open_drawer() {
  auto queued = services.printer.pulse(drawer_pulse());
  if (!queued) spdlog::warn("the drawer's pulse was not queued: {}", queued.error().code);
}

Result<void> Lane::Impl::print(const sale::RetailTransaction& sale, ReceiptKind kind) {
  if (services.printer.state() == DeviceState::none) {
    if (kind == ReceiptKind::original) return {};
    return fail("device.no_printer", "This till has no receipt printer. Start it with --printer.");
  }
  const auto store = profile ? receipt_store(*profile, texts.language()) : ReceiptStore{};
  const ReceiptLog::Receipt receipt{sale.till, sale.receipt_number};
  auto* const log = services.receipts;
  return services.printer.print_logged(
      receipt_bytes(sale, store, texts, kind),
      [log, receipt] {
        if (log != nullptr) log->begun(receipt);
      },
      [post = services.post, weak = std::weak_ptr<Lane*>(self), log, receipt](const Result<void>& result) {
        if (log != nullptr && result) log->printed(receipt);
        if (!post) return;
        post([weak, number = receipt.number, result] {
          if (const auto lane = weak.lock()) (*lane)->print_finished(number, result);
        });
      });
}

// What a till that was killed or switched off still owes on paper. The drawer stays shut: the money was seen to then.
// The head of a receipt comes from the profile, so without one this waits for it.
void Lane::Impl::print_left_receipts() {
  if (services.receipts == nullptr || !profile || services.printer.state() == DeviceState::none) return;
  if (std::exchange(left_receipts_printed, true)) return;
  for (const auto& left : services.receipts->unprinted()) {
    spdlog::info("receipt {} was not printed before the last end of this program", left.sale.receipt_number);
    auto queued = print(left.sale, left.begun ? ReceiptKind::duplicate : ReceiptKind::original);
    if (!queued) tell({LaneEvent::Kind::print_failed, left.sale.receipt_number, {}, std::move(queued.error())});
  }
}

Result<void> Lane::Impl::commit(const CommitSale& effect, const Moment& now) {
  auto stored = services.journal.commit(effect.sale);
  if (!stored) {
    spdlog::error("a sale could not be journalled: {} {}", stored.error().code, stored.error().message);
    return machine.sale_commit_failed(stored.error()).result;
  }
  kept_coupons.clear();  // the sale uses them
  const Outcome outcome = machine.sale_committed(*stored, now);
  // The sale is a fact from here on: whatever fails now is a device's trouble, never the sale's.
  try {
    if (services.sale_stored) services.sale_stored();
    carry_out(outcome.effects);
    refresh_cashier();
  } catch (const std::exception& fault) {
    spdlog::error("after receipt {}: {}", stored->receipt_number, fault.what());
    tell({LaneEvent::Kind::print_failed,
          stored->receipt_number,
          {},
          Error{"till.fault", "The sale is stored, but drawer or receipt failed. Print it again.", {}}});
  }
  return {};
}

void Lane::Impl::carry_out(const std::vector<Effect>& effects) {
  for (const auto& effect : effects) {
    if (const auto* basket = std::get_if<PersistBasket>(&effect)) {
      persist(basket->basket);
    } else if (std::holds_alternative<OpenDrawer>(effect)) {
      open_drawer();
    } else if (const auto* receipt = std::get_if<PrintReceipt>(&effect)) {
      auto queued = print(receipt->sale, ReceiptKind::original);
      if (!queued) tell({LaneEvent::Kind::print_failed, receipt->sale.receipt_number, {}, std::move(queued.error())});
    }
  }
}

// Somebody who was dismissed or given another role while signed in: at once when no sale is open, else after it.
void Lane::Impl::refresh_cashier() {
  const auto view = machine.view();
  if (!view->cashier || view->state != RegisterState::idle) return;
  const auto* member = desk.find(view->cashier->id);
  const bool may_ring =
      member != nullptr && member->active && access::allows(member->role, access::Permission::sale_ring);
  if (!may_ring) {
    (void)machine.handle(SignOut{}, moment());
  } else if (member->role != view->cashier->role || member->name != view->cashier->name) {
    (void)machine.handle(SignedIn{*member}, moment());
  }
}

Lane::Lane(LaneServices services) : impl_(std::make_unique<Impl>(std::move(services))) {
  impl_->self = std::make_shared<Lane*>(this);
  impl_->machine.set_catalogue_version(impl_->services.replica.catalogue_version());
  impl_->load_profile();
  if (auto basket = impl_->services.journal.load_basket()) {
    const auto lines = static_cast<std::int64_t>(basket->lines.size());
    impl_->machine.restore(std::move(*basket));
    impl_->take_up_restored();
    if (lines > 0) impl_->tell({LaneEvent::Kind::basket_restored, lines, {}, {}});
  }
  impl_->print_left_receipts();
}

Lane::~Lane() = default;

ViewPtr Lane::view() const {
  return impl_->machine.view();
}

Result<void> Lane::command(const Command& command) {
  auto result = impl_->run(command);
  if (!result) {
    if (const auto* scan = std::get_if<Scan>(&command)) result = impl_->take_otherwise(scan->data, std::move(result));
  }
  impl_->changed();
  return result;
}

Result<void> Lane::Impl::run(const Command& command) {
  const Moment now = moment();
  Result<void> result;
  try {
    Outcome outcome = machine.handle(command, now);
    result = std::move(outcome.result);
    const auto* sale = outcome.effects.empty() ? nullptr : std::get_if<CommitSale>(&outcome.effects.front());
    if (sale != nullptr) {
      result = commit(*sale, now);
    } else {
      carry_out(outcome.effects);
    }
    release_dropped_coupons();
    ask_for_uses();
  } catch (const std::exception& fault) {
    spdlog::error("a command of the lane failed: {}", fault.what());
    result = fail("till.fault", "Something went wrong inside the till. Try again; if it stays, call for help.");
    // A sale that was handed to the journal is only over when the journal said so.
    (void)machine.sale_commit_failed(result.error());
  }
  return result;
}

Result<void> Lane::sign_in(std::string_view number, std::string_view pin) {
  auto member = impl_->desk.check(number, pin, impl_->services.clock.now().instant);
  if (!member) return fail(std::move(member.error()));
  return command(SignedIn{std::move(*member)});
}

std::vector<access::StaffMember> Lane::staff() const {
  return impl_->desk.staff();
}

std::vector<catalogue::ItemSummary> Lane::search(std::string_view text, int limit) const {
  return with_shown_codes(impl_->services.items.search(text, limit, 0));
}

std::vector<catalogue::ItemSummary> Lane::quick_keys(catalogue::CategoryId category, int limit) const {
  return with_shown_codes(impl_->services.items.quick_keys(category, limit));
}

Result<void> Lane::reprint_last() {
  if (!view()->cashier) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  const auto sale = impl_->services.journal.last_sale();
  if (!sale) return fail("register.nothing_to_reprint", "This till has not sold anything yet.");
  return impl_->print(*sale, ReceiptKind::duplicate);
}

const std::optional<protocol::StoreProfile>& Lane::profile() const {
  return impl_->profile;
}
const LinkStatus& Lane::link() const {
  return impl_->link;
}
JournalStore::Outbox Lane::outbox() const {
  return impl_->services.journal.outbox();
}
DeviceState Lane::printer_state() const {
  return impl_->services.printer.state();
}
std::int64_t Lane::till() const {
  return impl_->till;
}
bool Lane::asking() const {
  return impl_->questions_under_way > 0;
}
ZonedTime Lane::now() const {
  return impl_->services.clock.now();
}
catalogue::Version Lane::catalogue_version() const {
  return impl_->services.replica.catalogue_version();
}
std::int64_t Lane::item_count() const {
  return impl_->services.replica.item_count();
}

void Lane::on_change(std::function<void()> listener) {
  impl_->change_listeners.push_back(std::move(listener));
}

void Lane::on_event(std::function<void(const LaneEvent&)> listener) {
  for (const auto& event : std::exchange(impl_->unheard_events, {})) listener(event);
  impl_->event_listeners.push_back(std::move(listener));
}

void Lane::link_changed(const LinkStatus& status) {
  using State = LinkStatus::State;
  const LinkStatus before = std::exchange(impl_->link, status);
  const auto code_of = [](const LinkStatus& s) { return s.ticket ? s.ticket->code : std::string(); };
  if (status.ticket && code_of(status) != code_of(before)) {
    impl_->tell({LaneEvent::Kind::pairing_code, 0, status.ticket->code, {}});
  }
  if (status.state != before.state) {
    if (status.state == State::online) {
      impl_->tell({LaneEvent::Kind::online, 0, status.server, {}});
      impl_->ask_again();
    }
    if (status.state == State::offline) impl_->tell({LaneEvent::Kind::offline, 0, status.server, status.error});
    if (status.state == State::revoked) impl_->tell({LaneEvent::Kind::revoked, 0, status.server, status.error});
  }
  impl_->changed();
}

void Lane::paired(std::int64_t till) {
  impl_->till = till;
  impl_->load_profile();
  impl_->tell({LaneEvent::Kind::paired, till, {}, {}});
  impl_->changed();
}

void Lane::catalogue_changed(catalogue::Version version) {
  impl_->machine.set_catalogue_version(version);
  impl_->tell({LaneEvent::Kind::catalogue_updated, version, {}, {}});
  impl_->changed();
}

void Lane::profile_changed() {
  impl_->load_profile();
  impl_->print_left_receipts();
  impl_->refresh_cashier();
  impl_->tell({LaneEvent::Kind::profile_updated, impl_->profile ? impl_->profile->version : 0, {}, {}});
  impl_->changed();
}

void Lane::delivered(std::int64_t sequence) {
  impl_->tell({LaneEvent::Kind::delivered, sequence, {}, {}});
  impl_->changed();
}

void Lane::parked(std::int64_t sequence, const Error& error) {
  impl_->tell({LaneEvent::Kind::parked, sequence, {}, error});
  impl_->changed();
}

void Lane::print_finished(std::int64_t receipt_number, const Result<void>& result) {
  if (result) {
    impl_->tell({LaneEvent::Kind::printed, receipt_number, {}, {}});
  } else {
    impl_->tell({LaneEvent::Kind::print_failed, receipt_number, {}, result.error()});
  }
  impl_->changed();
}

}  // namespace lanekeeper::till
