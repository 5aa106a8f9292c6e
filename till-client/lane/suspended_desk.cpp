#include "lane/suspended_desk.h"

#include <algorithm>

#include <spdlog/spdlog.h>

namespace lanekeeper::till {

namespace {

void name_first_goods(protocol::SuspendedSummary& summary, const sale::Basket& basket) {
  const auto live =
      std::find_if(basket.lines.begin(), basket.lines.end(), [](const auto& line) { return !line.voided; });
  if (live == basket.lines.end()) return;
  summary.first_goods = live->name;
  if (!live->name_en.empty()) summary.first_goods_en = live->name_en;
}

Error not_in_training() {
  return {"training.no_suspend", "Nothing is put aside while training. Finish or void the sale.", {}};
}

Error unknown() {
  return {"suspended.unknown", "There is no such basket today. Look at the list of what was put aside.", {}};
}

bool has(const std::vector<protocol::SuspendedSummary>& list, const Uuid& id) {
  return std::any_of(list.begin(), list.end(), [&id](const auto& one) { return one.id == id; });
}

}  // namespace

SuspendedDesk::SuspendedDesk(LaneWork& lane, SuspendedStore* store) : lane_(lane), store_(store) {
  if (store_ == nullptr) return;
  for (const auto& row : store_->rows()) {
    if (row.won) unfinished_.push_back(row.suspended.id);
  }
  for (const auto& basket : store_->wanted()) unfinished_.push_back(basket.id);
}

Result<protocol::SuspendedBasket> SuspendedDesk::keep(const StoreSuspended& effect) {
  if (store_ == nullptr) return fail("suspend.unavailable", "Nothing can be put aside here. Finish or void the sale.");
  const auto view = lane_.view();
  const auto moment = lane_.moment();
  protocol::SuspendedBasket basket;
  basket.id = moment.fresh_id;
  basket.till = lane_.till_number();
  if (view->cashier) basket.cashier_name = view->cashier->name;
  basket.suspended_at = moment.time;
  basket.business_date = lane_.today();
  basket.line_count = effect.line_count;
  basket.total = effect.total;
  name_first_goods(basket, effect.basket);
  basket.note = effect.note;
  basket.basket = effect.basket;
  return store_->add(std::move(basket), effect.record);
}

void SuspendedDesk::take_back(const Uuid& id) {
  remove(id);
}

bool SuspendedDesk::holds(const Uuid& basket) const {
  if (store_ == nullptr) return false;
  const auto all = store_->rows();
  return std::any_of(all.begin(), all.end(), [&basket](const Row& row) { return row.suspended.basket.id == basket; });
}

void SuspendedDesk::forget(const Uuid& basket) {
  for (const auto& old : rows()) {
    if (old.suspended.basket.id == basket) remove(old.suspended.id);
  }
}

std::vector<SuspendedStore::Row> SuspendedDesk::unrecorded() const {
  auto left = rows();
  std::erase_if(left, [](const Row& row) { return !row.record; });
  return left;
}

void SuspendedDesk::recorded(const Uuid& id) {
  if (store_ != nullptr) store_->recorded(id);
}

std::vector<SuspendedDesk::Row> SuspendedDesk::rows() const {
  if (store_ == nullptr) return {};
  auto all = store_->rows();
  std::erase_if(all, [this](const Row& row) {
    return std::find(given_up_.begin(), given_up_.end(), row.suspended.id) != given_up_.end();
  });
  return all;
}

std::optional<SuspendedDesk::Row> SuspendedDesk::row(const Uuid& id) const {
  for (auto& row : rows()) {
    if (row.suspended.id == id) return std::move(row);
  }
  return std::nullopt;
}

// One that cannot be removed just now must at least not be offered or sent again.
void SuspendedDesk::remove(const Uuid& id) {
  if (store_ == nullptr) return;
  given_up_.push_back(id);
  remove_given_up();
}

// Never before the basket that is open has reached the disk: it may be the same one.
void SuspendedDesk::remove_given_up() {
  if (given_up_.empty()) return;
  if (auto settled = lane_.settle_basket(); !settled) {
    spdlog::warn("the open basket is not on the disk yet: {}", settled.error().code);
    return;
  }
  std::erase_if(given_up_, [this](const Uuid& id) {
    const auto removed = store_->remove(id);
    if (!removed) spdlog::warn("a basket that was put aside could not be removed: {}", removed.error().code);
    return removed.has_value();
  });
}

std::vector<protocol::SuspendedSummary> SuspendedDesk::wanted() const {
  auto all = store_ != nullptr ? store_->wanted() : unsure_;
  std::erase_if(all, [today = lane_.today()](const auto& one) { return one.business_date != today; });
  return all;
}

Result<void> SuspendedDesk::want(const protocol::SuspendedSummary& basket) {
  if (store_ != nullptr) return store_->want(basket);
  if (!has(unsure_, basket.id)) unsure_.push_back(basket);
  return {};
}

// What cannot be written now is asked for once more after the next start, and the server says no again.
void SuspendedDesk::give_up(const Uuid& id) {
  std::erase_if(unsure_, [&id](const auto& one) { return one.id == id; });
  if (store_ == nullptr || !has(store_->wanted(), id)) return;
  if (auto written = store_->give_up(id); !written) {
    spdlog::warn("a basket that was asked for could not be forgotten: {}", written.error().code);
  }
}

Result<void> SuspendedDesk::win(const protocol::SuspendedBasket& basket) {
  return store_ != nullptr ? store_->win(basket) : Result<void>();
}

bool SuspendedDesk::is_ours(const Uuid& id) const {
  const auto own = row(id);
  return (own && own->won && own->suspended.business_date == lane_.today()) || has(wanted(), id);
}

Lane::Suspended SuspendedDesk::own() const {
  Lane::Suspended own;
  own.offline = true;
  const auto today = lane_.today();
  for (const auto& row : rows()) {
    const bool here = !row.handed_over || row.won;
    if (here && row.suspended.business_date == today) own.baskets.push_back(row.suspended);
  }
  return own;
}

std::vector<protocol::SuspendedSummary> SuspendedDesk::kept_here() const {
  std::vector<protocol::SuspendedSummary> here;
  const auto today = lane_.today();
  for (const auto& row : rows()) {
    if (row.suspended.business_date == today) here.push_back(row.suspended);
  }
  for (const auto& basket : wanted()) {
    if (!has(here, basket.id)) here.push_back(basket);
  }
  return here;
}

void SuspendedDesk::list(const Listed& done) {
  if (!lane_.can_ask() || !lane_.online()) {
    done(own());
    return;
  }
  send();
  lane_.questions().suspended(
      lane_.today(),
      lane_.back_here<protocol::SuspendedList>([this, done](const Result<protocol::SuspendedList>& answer) {
        if (!answer) {
          done(own());
          return;
        }
        forget_old();
        note_labels(answer->baskets);
        auto all = own();
        all.offline = false;
        for (const auto& basket : wanted()) {
          if (!basket.label.empty() && !has(answer->baskets, basket.id)) all.baskets.push_back(basket);
        }
        for (const auto& basket : answer->baskets) {
          if (!has(all.baskets, basket.id)) all.baskets.push_back(basket);
        }
        std::stable_sort(all.baskets.begin(), all.baskets.end(),
                         [](const auto& a, const auto& b) { return a.suspended_at.instant < b.suspended_at.instant; });
        listed_ = all.baskets;
        done(all);
      }));
}

void SuspendedDesk::note_labels(const std::vector<protocol::SuspendedSummary>& baskets) {
  if (store_ == nullptr) return;
  for (const auto& basket : baskets) {
    if (basket.till == lane_.till_number()) store_->label_in_use(basket);
  }
}

// Whether others have taken it up is no business of this till; its day is over all the same.
void SuspendedDesk::forget_old() {
  for (const auto& row : rows()) {
    if (row.at_server && row.suspended.business_date < lane_.today()) remove(row.suspended.id);
  }
}

Result<void> SuspendedDesk::may_recall() const {
  const auto view = lane_.view();
  if (!view->cashier) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (view->training) return fail(not_in_training());
  if (view->shift_needed) return fail("shift.open_first", "No shift is open. Open one with its float first.");
  if (view->state != RegisterState::idle || view->returning || view->blind_return || view->waiting_for_weight ||
      view->waiting_for_price || view->age_check || !view->choices.empty()) {
    return fail("register.basket_open", "A sale is open. Finish it, void it or put it aside first.");
  }
  if (recalling_) return fail("link.busy", "The server is being asked already. Wait a moment.");
  return {};
}

void SuspendedDesk::finish(const Result<void>& result, const Lane::Done& done) {
  if (!result) lane_.show(result.error());
  lane_.changed();
  if (done) done(result);
}

void SuspendedDesk::recall(const Uuid& id, const Lane::Done& done) {
  if (auto may = may_recall(); !may) {
    finish(may, done);
    return;
  }
  const auto own = row(id);
  if (own && (!own->handed_over || own->won)) {
    recall_own(*own, done);
    return;
  }
  if (!lane_.can_ask() || !lane_.online()) {
    finish(fail(LaneWork::no_server()), done);
    return;
  }
  protocol::SuspendedSummary wanted;
  wanted.id = id;
  wanted.business_date = lane_.today();
  for (const auto& basket : listed_) {
    if (basket.id == id) wanted = basket;
  }
  recalling_ = true;
  lane_.asking_begins();
  if (!own || own->at_server) {
    ask_for(wanted, done);
    return;
  }
  // The server may not have it yet, and must, to say who gets it.
  lane_.questions().suspend(own->suspended, lane_.back_here<void>([this, wanted, done](const Result<void>& answer) {
    if (answer || answer.error().code == "suspended.taken") {
      ask_for(wanted, done);
      return;
    }
    recalling_ = false;
    lane_.asking_ends();
    finish(answer, done);
  }));
}

// What was put aside at another till, or left this one.
bool SuspendedDesk::may_be_elsewhere(const std::string& label) const {
  if (!label.starts_with(std::to_string(lane_.till_number()) + "-")) return true;
  const auto all = rows();
  return std::any_of(all.begin(), all.end(),
                     [&label](const Row& row) { return row.handed_over && row.suspended.label == label; });
}

void SuspendedDesk::recall(const std::string& label, const Lane::Done& done) {
  if (auto may = may_recall(); !may) {
    finish(may, done);
    return;
  }
  const auto known = own().baskets;
  for (const auto& basket : known) {
    if (basket.label == label) {
      recall(basket.id, done);
      return;
    }
  }
  if (!lane_.can_ask() || !lane_.online()) {
    finish(fail(may_be_elsewhere(label) ? LaneWork::no_server() : unknown()), done);
    return;
  }
  lane_.asking_begins();
  list([this, label, done](const Result<Lane::Suspended>& answer) {
    lane_.asking_ends();
    if (answer) {
      for (const auto& basket : answer->baskets) {
        if (basket.label != label) continue;
        recall(basket.id, done);
        return;
      }
    }
    finish(answer && !answer->offline ? fail(unknown()) : fail(LaneWork::no_server()), done);
  });
}

// First opened (which reaches the disk), then forgotten: killed in between it lies here and is open, and the one that
// lies here counts, unless the journal has its recall. Only what the same basket left behind when it was put aside here
// before goes first, since that counts no more.
Result<void> SuspendedDesk::take_up(const sale::Basket& basket, const std::string& label, const Uuid& id) {
  for (const auto& old : rows()) {
    if (old.suspended.basket.id == basket.id && old.suspended.id != id) remove(old.suspended.id);
  }
  auto result = lane_.run(RecallBasket{basket, label});
  if (lane_.basket().id == basket.id) remove(id);  // it is open, even where that could not be recorded
  return result;
}

void SuspendedDesk::recall_own(const Row& row, const Lane::Done& done) {
  finish(take_up(row.suspended.basket, row.suspended.label, row.suspended.id), done);
}

void SuspendedDesk::ask_for(const protocol::SuspendedSummary& wanted, const Lane::Done& done) {
  const bool asked_before = has(store_ != nullptr ? store_->wanted() : unsure_, wanted.id);
  const auto noted = lane_.view()->training ? Result<void>(fail(not_in_training())) : want(wanted);
  if (!noted) {
    recalling_ = false;
    lane_.asking_ends();
    finish(noted, done);
    return;
  }
  lane_.questions().recall(wanted.id,
                           lane_.back_here<protocol::SuspendedBasket>(
                               [this, wanted, asked_before, done](const Result<protocol::SuspendedBasket>& answer) {
                                 recalling_ = false;
                                 lane_.asking_ends();
                                 // A question that never left gave nothing away, an earlier one may have.
                                 if (!answer && answer.error().code == "link.busy" && !asked_before) give_up(wanted.id);
                                 recalled(wanted, answer, done);
                               }));
}

// The answer came into an exercise, whose register must not have it: it is kept, and opened when that is over.
void SuspendedDesk::recalled_in_training(const Uuid& id, const Result<protocol::SuspendedBasket>& answer) {
  if (answer && store_ != nullptr) {
    if (auto won = win(*answer); !won) spdlog::warn("a basket will be asked for again: {}", won.error().code);
  }
  unfinished_.push_back(id);
}

void SuspendedDesk::recalled(const protocol::SuspendedSummary& wanted, const Result<protocol::SuspendedBasket>& answer,
                             const Lane::Done& done) {
  const bool is_lost = !answer && answer.error().code == "suspended.taken";
  if (lane_.view()->training && !is_lost) {
    recalled_in_training(wanted.id, answer);
    finish(fail(not_in_training()), done);
    return;
  }
  if (answer) {
    // Until then it stays wanted: this till has it, and may ask again.
    auto result = win(*answer);
    if (result) result = take_up(answer->basket, answer->label, wanted.id);
    if (lane_.basket().id == answer->basket.id) give_up(wanted.id);
    finish(result, done);
    return;
  }
  const auto& code = answer.error().code;
  const bool unknown_there = code == "suspended.unknown";
  if (unknown_there || is_lost) give_up(wanted.id);
  const auto own = row(wanted.id);
  if (unknown_there && own) {
    recall_own(*own, done);  // the server has lost it
    return;
  }
  if (is_lost) remove(wanted.id);
  finish(fail(answer.error()), done);
}

void SuspendedDesk::go_on() {
  if (unfinished_.empty()) return;
  std::erase_if(unfinished_, [this](const Uuid& id) { return !is_ours(id); });  // by hand meanwhile, or of another day
  // The change of the last sale stays on the screen; the list offers the basket until then.
  if (!may_recall() || lane_.view()->last_sale) return;
  const bool can_ask = lane_.can_ask() && lane_.online();
  const auto next = std::find_if(unfinished_.begin(), unfinished_.end(), [this, can_ask](const Uuid& id) {
    const auto here = row(id);
    return can_ask || (here && here->won);
  });
  if (next == unfinished_.end()) return;
  const Uuid id = *next;
  unfinished_.erase(next);
  recall(id, [this, id](const Result<void>& result) {
    if (result) {
      lane_.tell({LaneEvent::Kind::basket_restored, static_cast<std::int64_t>(lane_.basket().lines.size()), {}, {}});
    } else if (result.error().code.starts_with("link.") && is_ours(id)) {
      unfinished_.push_back(id);  // when the server is there again; whatever else was wrong is for people to decide
    }
  });
}

void SuspendedDesk::send() {
  remove_given_up();
  if (sending_ || !lane_.can_ask() || !lane_.online()) return;
  for (const auto& row : rows()) {
    if (row.at_server || row.record) continue;
    if (!row.handed_over) {
      if (auto noted = store_->hand_over(row.suspended.id); !noted) {
        spdlog::warn("a basket that was put aside stays here: {}", noted.error().code);
        return;
      }
    }
    sending_ = row.suspended.id;
    lane_.questions().suspend(
        row.suspended,
        lane_.back_here<void>([this, id = row.suspended.id](const Result<void>& answer) { sent(id, answer); }));
    return;
  }
}

void SuspendedDesk::sent(const Uuid& id, const Result<void>& answer) {
  sending_.reset();
  if (answer) {
    store_->arrived(id);
  } else if (answer.error().code == "suspended.taken") {
    remove(id);
  } else {
    spdlog::info("a basket that was put aside is not at the server yet: {}", answer.error().code);
    return;
  }
  send();
}

void SuspendedDesk::refresh() {
  list([this](const Result<Lane::Suspended>& answer) {
    if (!answer) return;
    const auto count = static_cast<std::int64_t>(answer->baskets.size());
    if (std::exchange(told_, count) == count) return;
    lane_.tell({LaneEvent::Kind::suspended_changed, count, {}, {}});
    lane_.changed();
  });
  go_on();
}

}  // namespace lanekeeper::till
