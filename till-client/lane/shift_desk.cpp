// Shifts as far as they are more than the register's: where they stand at the start, their reports on paper, and what
// is still open before a close.

#include "lane/lane_impl.h"

namespace lanekeeper::till {

namespace {

Error signed_out() {
  return {"register.signed_out", "Nobody is signed in. Enter number and PIN.", {}};
}

std::string joined(const std::vector<protocol::SuspendedSummary>& baskets) {
  std::string labels;
  for (const auto& basket : baskets) {
    if (!labels.empty()) labels += ", ";
    labels += basket.label;
  }
  return labels;
}

}  // namespace

void Lane::Impl::restore_shift() {
  auto shifts = journal().shifts();
  if (training) shifts.trail = {};  // an exercise that was broken off does not go on, and leaves nothing to the next
  std::optional<OpenShiftState> open;
  if (shifts.opening) {
    open = OpenShiftState{std::move(*shifts.opening), std::move(shifts.totals), std::move(shifts.trail)};
  }
  machine.restore_shift(std::move(open), shifts.last_number, shifts.left_in_drawer);
}

bool Lane::is_beyond_drawer(Money cash_out) const {
  return impl_->machine.is_beyond_drawer(cash_out);
}

Result<void> Lane::print_x() {
  const auto view = impl_->view();
  if (!view->cashier) return impl_->refuse(signed_out());
  if (!view->shift) return impl_->refuse({"shift.none_open", "No shift is open. Open one with its float first.", {}});
  const auto& shift = *view->shift;
  XReport report;
  report.till = impl_->till;
  report.shift = shift.number;
  report.cashier_number = view->cashier->number;
  report.opened_at = shift.opened_at;
  report.printed_at = impl_->now();
  report.blind = !shift.totals;
  report.totals = shift.totals.value_or(shift.counters);
  report.not_cash = shift.not_cash;
  SlipOptions options;
  options.training = impl_->training;
  return impl_->paper.print(report, options);
}

Result<void> Lane::reprint_z() {
  if (!impl_->view()->cashier) return impl_->refuse(signed_out());
  const auto closing = impl_->journal().shifts().last_closing;
  if (!closing) return impl_->refuse({"shift.none_closed", "No shift was closed at this till yet.", {}});
  SlipOptions options;
  options.duplicate = true;
  options.training = impl_->training;
  return impl_->paper.print(*closing, options);
}

void Lane::Impl::close_obstacles(std::function<void(const std::vector<Error>&)> done) {
  std::vector<Error> found;
  if (training) {
    done(found);
    return;
  }
  const auto outbox = services.journal.outbox();
  if (outbox.unsent > 0) {
    found.push_back({"close.unsent",
                     "Some of what this till has recorded has not reached the server yet.",
                     {{"count", std::to_string(outbox.unsent)}}});
  }
  if (outbox.parked > 0) {
    found.push_back({"close.parked",
                     "The server did not take some of what this till has recorded.",
                     {{"count", std::to_string(outbox.parked)}}});
  }
  suspended.list([this, found = std::move(found), done = std::move(done)](const Result<Suspended>& answer) mutable {
    // Without the server what was put aside here is told, taken up elsewhere or not.
    auto baskets = answer && !answer->offline ? answer->baskets : suspended.kept_here();
    std::erase_if(baskets, [this](const auto& basket) { return basket.till != till && !suspended.is_ours(basket.id); });
    if (!baskets.empty()) {
      found.push_back({"close.suspended",
                       "Baskets that were put aside at this till still wait.",
                       {{"count", std::to_string(baskets.size())}, {"labels", joined(baskets)}}});
    }
    done(found);
  });
}

// The till was switched off in the middle of a close: the drawer opens again for whoever goes on with it.
void Lane::Impl::go_on_closing() {
  const auto now = machine.view();
  if (!now->close || !now->close->resumed) return;
  close_obstacles([this](const std::vector<Error>& found) {
    const auto then = machine.view();
    if (!then->close || !then->close->resumed) return;
    (void)run(BeginClose{found});
    changed();
  });
}

void Lane::close_obstacles(std::function<void(const std::vector<Error>&)> done) {
  impl_->close_obstacles(std::move(done));
}

}  // namespace lanekeeper::till
