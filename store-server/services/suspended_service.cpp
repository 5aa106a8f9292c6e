#include "services/suspended_service.h"

#include <span>

#include "base/text.h"
#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/journal_repository.h"
#include "storage/shift_repository.h"
#include "storage/store_repository.h"
#include "storage/suspended_repository.h"
#include "storage/uuid_text.h"

namespace lanekeeper::services {

namespace {

constexpr std::int64_t forgotten_at_once = 50;
constexpr std::int64_t told_at_once = 100;
constexpr std::int64_t day_ms = std::int64_t{24} * 60 * 60 * 1000;

Error taken(std::int64_t till) {
  return {"suspended.taken", "Another till has taken up this basket. Go on there.", {{"till", std::to_string(till)}}};
}

Result<void> check(const protocol::SuspendedBasket& basket) {
  const auto bad = [](const char* at) {
    return fail("suspended.bad_basket", "This basket cannot be put aside like that. Update the till.", {{"at", at}});
  };
  const auto is_longer = [](const std::string& text, std::size_t characters) {
    return text.size() > characters && to_utf32(text).size() > characters;
  };
  if (basket.label.empty() || is_longer(basket.label, 32)) return bad("label");
  if (is_longer(basket.cashier_name, 120)) return bad("cashier_name");
  if (is_longer(basket.first_goods, 200)) return bad("first_goods");
  if (is_longer(basket.note, 400)) return bad("note");
  if (basket.basket.lines.empty() || basket.basket.lines.size() > sale::max_basket_lines) return bad("basket.lines");
  if (!basket.basket.tenders.empty()) return bad("basket.tenders");
  return {};
}

}  // namespace

Result<void> SuspendedService::suspend(const Principal& principal, protocol::SuspendedBasket basket) {
  const auto device = require_till(principal);
  if (!device) return fail(device.error());
  if (auto checked = check(basket); !checked) return checked;
  basket.till = device->till;
  const auto now = context_.clock.now();
  const ZonedTime long_ago{{now.instant.unix_ms - kept_days * day_ms}, now.utc_offset_min};
  auto done = context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    storage::SuspendedRepository baskets(connection, context_.store_id);
    baskets.forget_before(long_ago.local_date(), forgotten_at_once);
    baskets.add(basket);
    const auto stored = baskets.find(basket.id);
    if (stored && stored->recalled_by) return fail(taken(*stored->recalled_by));
    return {};
  });
  if (done) context_.changes.suspended_changed();
  return done;
}

Result<protocol::SuspendedList> SuspendedService::list(const Principal& principal, const Date& business_date) {
  if (auto device = require_till(principal); !device) return fail(std::move(device.error()));
  return context_.database.transact([&](storage::Connection& connection) {
    return protocol::SuspendedList{
        storage::SuspendedRepository(connection, context_.store_id).waiting(business_date, max_list)};
  });
}

Result<protocol::SuspendedBasket> SuspendedService::recall(const Principal& principal, const Uuid& id) {
  const auto device = require_till(principal);
  if (!device) return fail(device.error());
  bool is_news = false;
  auto basket = context_.database.transact([&](storage::Connection& connection) -> Result<protocol::SuspendedBasket> {
    storage::SuspendedRepository baskets(connection, context_.store_id);
    is_news = baskets.take(id, device->till, context_.clock.now().instant.unix_ms);
    auto stored = baskets.find(id);
    if (!stored) {
      return fail("suspended.unknown", "There is no such basket. Look at the list of those that were put aside.");
    }
    if (stored->recalled_by != device->till) return fail(taken(stored->recalled_by.value_or(0)));
    return std::move(stored->basket);
  });
  if (basket && is_news) context_.changes.suspended_changed();
  return basket;
}

std::int64_t SuspendedService::tell_untaken() {
  const auto now = context_.clock.now();
  const auto untaken = context_.database.transact([&](storage::Connection& connection) {
    const auto profile = storage::StoreRepository(connection, context_.store_id).profile();
    if (!profile) return std::vector<protocol::SuspendedSummary>();
    const auto today = business_date(now, static_cast<int>(profile->day_start_minute));
    return storage::SuspendedRepository(connection, context_.store_id).untaken_before(today, told_at_once);
  });
  std::int64_t told = 0;
  for (const auto& basket : untaken) {
    const bool is_told = context_.database.transact(
        [&](storage::Connection& connection) { return tell_untaken(connection, basket, now); });
    if (is_told) ++told;
  }
  return told;
}

bool SuspendedService::tell_untaken(storage::Connection& connection, const protocol::SuspendedSummary& basket,
                                    const ZonedTime& now) {
  storage::SuspendedRepository baskets(connection, context_.store_id);
  if (!baskets.mark_untaken(basket.id, now.instant.unix_ms)) return false;
  storage::ShiftRepository controls(connection, context_.store_id);
  const auto inside = baskets.basket_in(basket.id);
  const auto sequence = inside ? controls.suspended_at(basket.till, *inside) : std::nullopt;
  const json::Value details{{"label", basket.label},
                            {"till", std::to_string(basket.till)},
                            {"cashier", basket.cashier_name},
                            {"total", basket.total.to_string()},
                            {"date", basket.business_date.to_string()}};
  const auto id = Uuid::make_v7(now.instant.unix_ms, context_.random);
  const storage::ExceptionRow raised{
      storage::hex_of(id),
      basket.till,
      sequence.value_or(0),
      "suspended.untaken",
      "A basket that was put aside was not taken up on its day. Ask the cashier what became of the goods.",
      json::encode(details)};
  storage::JournalRepository(connection, context_.store_id).insert_exceptions(std::span(&raised, 1), now);
  if (sequence) controls.count_exception(basket.till, *sequence);
  AuditTrail::add(connection, context_, nullptr,
                  {"basket.untaken", "basket " + basket.label, json::Value::object(), details});
  return true;
}

}  // namespace lanekeeper::services
