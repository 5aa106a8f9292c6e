#include "services/shift_service.h"

#include <map>

#include "storage/connection.h"
#include "storage/sale_repository.h"
#include "storage/shift_repository.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

using Names = std::map<std::int64_t, std::string>;

std::string name_in(const Names& names, std::int64_t staff) {
  const auto found = names.find(staff);
  return found == names.end() ? std::to_string(staff) : found->second;
}

std::optional<Money> money_of(const std::optional<std::int64_t>& minor) {
  return minor ? std::optional(Money::of_minor(*minor)) : std::nullopt;
}

protocol::ShiftSummary in_words(const storage::ShiftRow& row, const Names& names) {
  protocol::ShiftSummary shift;
  shift.till = row.till;
  shift.number = row.number;
  if (const auto date = Date::parse(row.business_date)) shift.business_date = *date;
  shift.state = static_cast<protocol::ShiftState>(row.state);
  if (row.opened_sequence) {
    shift.opened_at = ZonedTime{{row.opened_ms}, static_cast<int>(row.opened_offset_min)};
    shift.opened_by = name_in(names, row.opened_by);
  }
  shift.opening_float = Money::of_minor(row.float_amount);
  if (!row.closed_sequence) return shift;
  shift.closed_at = ZonedTime{{row.closed_ms}, static_cast<int>(row.closed_offset_min)};
  shift.closed_by = name_in(names, row.closed_by);
  shift.expected_cash = Money::of_minor(row.expected_cash);
  shift.counted_cash = Money::of_minor(row.counted_cash);
  shift.difference = Money::of_minor(row.difference);
  shift.found_turnover = money_of(row.found_turnover);
  shift.found_cash = money_of(row.found_cash);
  return shift;
}

static_assert(static_cast<int>(storage::ShiftState::open) == static_cast<int>(protocol::ShiftState::open) &&
              static_cast<int>(storage::ShiftState::agrees) == static_cast<int>(protocol::ShiftState::agrees) &&
              static_cast<int>(storage::ShiftState::differs) == static_cast<int>(protocol::ShiftState::differs) &&
              static_cast<int>(storage::ShiftState::incomplete) == static_cast<int>(protocol::ShiftState::incomplete));

}  // namespace

Result<protocol::ShiftPage> ShiftService::list(const Principal& principal, const Date& business_date) {
  if (auto allowed = require(principal, access::Permission::sales_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return context_.database.snapshot([&](storage::Connection& connection) {
    const auto names = storage::StoreRepository(connection, context_.store_id).staff_names();
    storage::SaleRepository entries(connection, context_.store_id);
    protocol::ShiftPage page;
    page.business_date = business_date;
    for (const auto& row : storage::ShiftRepository(connection, context_.store_id).of_day(business_date)) {
      auto shift = in_words(row, names);
      if (row.closed_sequence) {
        auto control = journal::decode_control(entries.payload(row.till, *row.closed_sequence));
        if (!control) throw Fault("journal.damaged", "a stored Z cannot be read: " + control.error().message);
        shift.closing = std::move(control->closing);
      }
      page.shifts.push_back(std::move(shift));
    }
    return page;
  });
}

}  // namespace lanekeeper::services
