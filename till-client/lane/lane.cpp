#include "lane/lane.h"

#include <spdlog/spdlog.h>

#include "lane/lane_impl.h"

namespace lanekeeper::till {

namespace {

void follow(RegisterSettings& settings, const protocol::TillPolicy& policy) {
  settings.shifts_required = policy.shifts_required;
  settings.usual_float = policy.usual_float;
  settings.pick_up_at = policy.pick_up_at;
  settings.difference_tolerance = policy.difference_tolerance;
  settings.vouchers = policy.vouchers;
  for (const auto& method : policy.methods) {
    settings.methods.push_back({method.code, method.name, method.name_en, method.needs_reference});
  }
}

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
  if (profile->till_policy) follow(settings, *profile->till_policy);
  return settings;
}

// The catalogue has canonical codes; a list shows them as they are printed on the goods.
std::vector<catalogue::ItemSummary> with_shown_codes(std::vector<catalogue::ItemSummary> items) {
  for (auto& item : items) item.code = shown_code(item.code);
  return items;
}

Error signed_out() {
  return {"register.signed_out", "Nobody is signed in. Enter number and PIN.", {}};
}

Error no_receipt_here(std::int64_t number) {
  return {"receipt.not_here",
          "This till has no such receipt. Try the till that printed it.",
          {{"number", std::to_string(number)}}};
}

}  // namespace

Lane::Impl::Impl(LaneServices given)
    : LaneWork(given.post),
      services(std::move(given)),
      texts(i18n::language_from_locale(services.receipt_language)),
      till(services.till),
      machine(services.items, {}),
      paper(*this, services, texts,
            [this](std::int64_t number, const Result<void>& result) { printed(number, result); }),
      approvals(*this, desk),
      suspended(*this, services.suspended),
      weighing(*this, services.scale),
      drawer(*this),
      devices(*this, services, paper, weighing, texts),
      unknown_codes(*this) {
  link.state = till > 0 ? LinkStatus::State::connecting : LinkStatus::State::unpaired;
  machine.set_catalogue_version(services.replica.catalogue_version());
  load_profile();
  record_suspended();
  restore_shift();
  restore_basket();
  paper.print_left();
}

void Lane::Impl::load_profile() {
  profile = services.replica.profile();
  desk.set_staff(profile ? profile->staff : std::vector<access::StaffMember>{});
  if (profile) {
    for (auto& member : profile->staff) member = without_verifiers(std::move(member));
  }
  machine.set_settings(register_settings());
  look_at_paper();
}

RegisterSettings Lane::Impl::register_settings() const {
  auto settings = settings_of(profile, till, services.simulated_clock);
  settings.promotions = services.replica.promotions();
  settings.training = training;
  return settings;
}

// Told once, not with every profile: what is wrong stays wrong until somebody corrects it.
void Lane::Impl::look_at_paper() {
  std::vector<Error> troubles = services.paper_troubles;
  if (profile) {
    auto bad = template_errors(*profile, texts);
    std::move(bad.begin(), bad.end(), std::back_inserter(troubles));
  }
  if (troubles == paper_troubles) return;
  paper_troubles = std::move(troubles);
  if (paper_troubles.empty()) return;
  for (const auto& error : paper_troubles) spdlog::warn("{}: {}", error.code, texts.text(error));
  tell({LaneEvent::Kind::paper_trouble, static_cast<std::int64_t>(paper_troubles.size()), {}, paper_troubles.front()});
}

// What lies in the store without its journal entry: the till was killed, or its disk was full, between the two. Before
// a close begins, never while it goes on: it belongs to the shift in which it happened.
void Lane::Impl::record_suspended() {
  if (training || machine.closing()) return;
  bool made_good = false;
  for (const auto& row : suspended.unrecorded()) {
    if (!in_journal.contains(row.suspended.id)) {
      const auto before = services.journal.outbox().last_sequence;
      auto written = services.journal.commit_control(*row.record);
      if (!written) {
        spdlog::warn("a basket was put aside and is not in the journal yet: {}", written.error().code);
        break;
      }
      in_journal.insert(row.suspended.id);
      if (written->sequence > before) {
        machine.note_recorded(written->control);
        made_good = true;
      }
    }
    suspended.recorded(row.suspended.id);
  }
  if (made_good && services.sale_stored) services.sale_stored();
}

// A basket that was put aside just before the till was killed counts as put aside: it may be somewhere else by now. One
// that was just taken up lies in the store as well, but the journal says where it went last.
void Lane::Impl::restore_basket() {
  // What could not be removed when it was taken up must not be sold twice.
  if (const auto sold = services.journal.last_sale()) suspended.forget(sold->id);
  auto basket = services.journal.load_basket();
  if (!basket) return;
  const auto last = services.journal.last_control_of(basket->id);
  const bool was_recalled = last && last->kind == sale::ControlKind::basket_recall;
  if (was_recalled) suspended.forget(basket->id);
  if (suspended.holds(basket->id) && !was_recalled) {
    spdlog::info("the open basket had been put aside");
    (void)services.journal.save_basket({});
    return;
  }
  const auto lines = static_cast<std::int64_t>(basket->lines.size());
  machine.restore(std::move(*basket));
  take_up_restored();
  if (lines > 0) tell({LaneEvent::Kind::basket_restored, lines, {}, {}});
}

ZonedTime Lane::Impl::now() const {
  constexpr std::int64_t second_ms = 1000;
  ZonedTime time = services.clock.now();
  time.instant.unix_ms -= link.clock_ahead_s * second_ms;
  return time;
}

Moment Lane::Impl::moment() {
  const ZonedTime time = now();
  return {time, Uuid::make_v7(time.instant.unix_ms, services.random)};
}

Date Lane::Impl::today() const {
  const int day_start = profile ? static_cast<int>(profile->day_start_minute) : 0;
  return business_date(now(), day_start);
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

void Lane::Impl::finish(const Result<void>& result, const Done& done) {
  changed();
  if (done) done(result);
}

void Lane::Impl::printed(std::int64_t receipt_number, const Result<void>& result) {
  const auto kind = result ? LaneEvent::Kind::printed : LaneEvent::Kind::print_failed;
  tell({kind, receipt_number, {}, result ? std::nullopt : std::optional(result.error())});
  changed();
}

Result<void> Lane::Impl::refuse(Error error) {
  machine.set_message(error);
  changed();
  return fail(std::move(error));
}

// Somebody who was dismissed or given another role while signed in: at once when no sale is open, else after it.
void Lane::Impl::refresh_cashier() {
  const auto view = machine.view();
  if (!view->cashier || view->state != RegisterState::idle) return;
  const auto* member = desk.find(view->cashier->id);
  const bool may_ring =
      member != nullptr && member->active && access::allows(member->role, access::Permission::sale_ring);
  const auto now = moment();
  if (!may_ring) {
    (void)carry_out(machine.handle(SignOut{}, now).effects, now);
  } else if (member->role != view->cashier->role || member->name != view->cashier->name) {
    (void)carry_out(machine.handle(SignedIn{*member}, now).effects, now);
  }
}

// A way of paying of the store's own that its issuer has to be asked about.
Result<void> Lane::Impl::needs_no_server(const Command& command) const {
  const auto* tender = std::get_if<TenderOther>(&command);
  if (tender == nullptr || !tender->method || online() || training) return {};
  if (!profile || !profile->till_policy) return {};
  for (const auto& method : profile->till_policy->methods) {
    if (method.code != *tender->method || method.works_offline) continue;
    return fail("tender.needs_server", "This way of paying needs the store server. Take another one.",
                {{"name", method.name}, {"name_en", method.name_en}});
  }
  return {};
}

Result<void> Lane::Impl::run(const Command& command, const std::optional<Authority>& authority) {
  Result<void> result = needs_no_server(command);
  if (result) result = drawer.allows(command);
  if (!result) {
    machine.set_message(result.error());
    return result;
  }
  if (std::holds_alternative<BeginClose>(command)) record_suspended();
  Moment now = moment();
  now.authority = authority;
  try {
    Outcome outcome = machine.handle(command, now);
    result = std::move(outcome.result);
    auto carried = carry_out(outcome.effects, now);
    if (result) result = std::move(carried);
    release_dropped_coupons();
    ask_for_uses();
  } catch (const std::exception& fault) {
    spdlog::error("a command of the lane failed: {}", fault.what());
    const Error error{"till.fault", "Something went wrong inside the till. Try again; if it stays, call for help.", {}};
    // What was handed to the journal is only over when the journal said so.
    (void)machine.sale_commit_failed(error);
    (void)machine.control_commit_failed(error);
    (void)machine.suspend_failed(error);
    result = fail(error);
  }
  look_around(result);
  keep_refused(command, result);
  release_dropped_return();
  return result;
}

// What the server answers by the way was nobody's command.
void Lane::Impl::keep_refused(const Command& command, const Result<void>& result) {
  if (std::holds_alternative<SetRemainingUses>(command)) return;
  if (result) {
    last_refused.reset();
  } else if (needs_approval(result.error())) {
    last_refused = Refused{command, result.error()};
  }
}

void Lane::Impl::look_around(Result<void>& result) {
  approvals.look();
  drawer.look();
  const bool weighed = weighing.look();
  if (weighed && !result && result.error().code == "register.weight_needed") result = {};
  if (!training) return;
  const auto view = machine.view();
  // Whoever comes next sells for real.
  if (!view->cashier && machine.basket().lines.empty()) set_training(false);
}

Result<void> Lane::Impl::command(const Command& command, const std::optional<Authority>& authority) {
  auto result = run(command, authority);
  if (result && std::holds_alternative<SignedIn>(command)) go_on_closing();
  const auto* scan = std::get_if<Scan>(&command);
  if (result || scan == nullptr) return result;
  result = take_otherwise(scan->data, std::move(result));
  if (!result) note_unknown(*scan, result.error());
  return result;
}

Lane::Lane(LaneServices services) : impl_(std::make_unique<Impl>(std::move(services))) {}

Lane::~Lane() = default;

ViewPtr Lane::view() const {
  return impl_->machine.view();
}

Result<void> Lane::command(const Command& command) {
  auto result = impl_->command(command, std::nullopt);
  impl_->suspended.go_on();
  impl_->changed();
  return result;
}

Result<void> Lane::sign_in(std::string_view number, std::string_view pin) {
  auto member = impl_->desk.check(number, pin, impl_->services.clock.now().instant);
  if (!member) return fail(std::move(member.error()));
  return command(SignedIn{without_verifiers(std::move(*member))});
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

std::vector<catalogue::ItemSummary> Lane::department_keys(int limit) const {
  return with_shown_codes(impl_->services.items.department_keys(limit));
}

std::vector<catalogue::ItemSummary> Lane::deposits(int limit) const {
  return with_shown_codes(impl_->services.items.deposits(limit));
}

// ---- receipts again ----

// Recorded and counted first: a duplicate that nobody knows of must not exist.
Result<void> Lane::Impl::print_again(const sale::RetailTransaction& sale) {
  if (auto ok = paper.can_print(); !ok) return ok;
  const auto now = moment();
  Result<void> result;
  try {
    const Outcome outcome = machine.record_reprint(sale.receipt_number, now);
    result = outcome.result ? carry_out(outcome.effects, now) : outcome.result;
    if (result) result = paper.print(sale, ReceiptKind::duplicate);
  } catch (const std::exception& fault) {
    spdlog::error("a reprint failed: {}", fault.what());
    const Error error{"till.fault", "Something went wrong inside the till. Try again; if it stays, call for help.", {}};
    (void)machine.control_commit_failed(error);
    result = fail(error);
  }
  changed();
  return result;
}

Result<void> Lane::reprint_last() {
  if (!view()->cashier) return fail(signed_out());
  const auto sale = impl_->journal().last_sale();
  if (!sale) return fail("register.nothing_to_reprint", "This till has not sold anything yet.");
  return impl_->print_again(*sale);
}

Result<void> Lane::reprint(std::int64_t receipt_number) {
  if (!view()->cashier) return fail(signed_out());
  const auto found = impl_->journal().find_sale(receipt_number);
  if (!found) return impl_->refuse(no_receipt_here(receipt_number));
  return impl_->print_again(found->sale);
}

Result<void> Lane::print_gift_receipt(std::int64_t receipt_number) {
  if (!view()->cashier) return fail(signed_out());
  if (receipt_number == 0) {
    const auto sale = impl_->journal().last_sale();
    if (!sale) return fail("register.nothing_to_reprint", "This till has not sold anything yet.");
    return impl_->paper.print(*sale, ReceiptKind::gift);
  }
  const auto found = impl_->journal().find_sale(receipt_number);
  if (!found) return impl_->refuse(no_receipt_here(receipt_number));
  return impl_->paper.print(found->sale, ReceiptKind::gift);
}

// ---- baskets that were put aside ----

void Lane::suspended(std::function<void(const Result<Suspended>&)> done) {
  impl_->suspended.list(done);
}

void Lane::recall(const Uuid& id, Done done) {
  impl_->record_suspended();
  impl_->suspended.recall(id, done);
}

void Lane::recall(std::string_view label, Done done) {
  impl_->record_suspended();
  impl_->suspended.recall(std::string(label), done);
}

// ---- how it stands ----

const std::optional<protocol::StoreProfile>& Lane::profile() const {
  return impl_->profile;
}
const LinkStatus& Lane::link() const {
  return impl_->link;
}
JournalStore::Outbox Lane::outbox() const {
  return impl_->services.journal.outbox();
}
std::int64_t Lane::till() const {
  return impl_->till;
}
bool Lane::asking() const {
  return impl_->questions_under_way > 0;
}
ZonedTime Lane::now() const {
  return impl_->now();
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

}  // namespace lanekeeper::till
