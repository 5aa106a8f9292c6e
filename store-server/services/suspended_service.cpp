#include "services/suspended_service.h"

#include "base/text.h"
#include "storage/connection.h"
#include "storage/suspended_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::int64_t forgotten_at_once = 50;
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

}  // namespace lanekeeper::services
