#include "services/shift_service.h"

#include <algorithm>
#include <map>
#include <span>

#include "base/text.h"
#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/journal_repository.h"
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

// A till's own record of how it ended says more than a person's that it would not.
void tell_losses(protocol::ShiftPage& page, const std::vector<storage::ShiftLossRow>& losses, const Names& names) {
  for (const auto& loss : losses) {
    const auto shift = std::find_if(page.shifts.begin(), page.shifts.end(), [&](const auto& one) {
      return one.till == loss.till && one.number == loss.number;
    });
    if (shift == page.shifts.end()) continue;
    shift->loss = protocol::ShiftLoss{loss.at, name_in(names, loss.by), loss.reason};
    if (shift->state == protocol::ShiftState::open) shift->state = protocol::ShiftState::lost;
  }
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
    storage::ShiftRepository shifts(connection, context_.store_id);
    protocol::ShiftPage page;
    page.business_date = business_date;
    for (const auto& row : shifts.of_day(business_date)) {
      auto shift = in_words(row, names);
      if (row.closed_sequence) {
        auto control = journal::decode_control(entries.payload(row.till, *row.closed_sequence));
        if (!control) throw Fault("journal.damaged", "a stored Z cannot be read: " + control.error().message);
        shift.closing = std::move(control->closing);
      }
      page.shifts.push_back(std::move(shift));
    }
    tell_losses(page, shifts.losses_of_day(business_date), names);
    return page;
  });
}

Result<protocol::ShiftPage> ShiftService::give_up(const Principal& principal, std::int64_t till, std::int64_t number,
                                                  const protocol::ShiftLossReport& report) {
  for (const auto permission : {access::Permission::shift_close_other, access::Permission::sales_read}) {
    if (auto allowed = require(principal, permission); !allowed) return fail(std::move(allowed.error()));
  }
  const std::string reason(trim(report.reason));
  if (reason.empty() || sanitize_utf8(reason) != reason || to_utf32(reason).size() > protocol::max_loss_reason) {
    return fail("shift.bad_reason", "Say in up to 200 characters why this shift is given up.");
  }
  const auto date = context_.database.transact([&](storage::Connection& connection) -> Result<Date> {
    storage::JournalRepository journal(connection, context_.store_id);
    auto heads = journal.lock_heads(std::span(&till, 1));  // before its shifts, as entries that arrive do
    storage::ShiftRepository shifts(connection, context_.store_id);
    const auto shift = shifts.find(till, number);
    const auto day = Date::parse(shift ? shift->business_date : std::string());
    if (!day) return fail("shift.unknown", "There is no such shift. Look at the list of shifts.");
    if (shift->closed_sequence) {
      return fail("shift.closed_already", "The Z of this shift has arrived: it is closed. Look at the list of shifts.");
    }
    if (shifts.is_lost(till, number)) return *day;
    shifts.add_loss({till, number, context_.clock.now(), principal.staff->id, reason});
    if (const auto head = heads.find(till); head != heads.end() && head->second.open_shift == number) {
      head->second.open_shift = 0;
      journal.save_heads(heads);
    }
    AuditTrail::add(connection, context_, &principal,
                    {"shift.lost", "till " + std::to_string(till) + " shift " + std::to_string(number),
                     json::Value::object(), json::Value{{"reason", reason}}});
    return *day;
  });
  return date ? list(principal, *date) : Result<protocol::ShiftPage>(fail(date.error()));
}

}  // namespace lanekeeper::services
