// What the till asks of its replica and of the server: members, coupons that are good once, limits of promotions, and
// the sales from which goods come back. Nothing here waits.

#include <algorithm>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/text.h"
#include "lane/lane_impl.h"
#include "receipt/identity.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t aim_identifier_size = 3;  // "]C0"

// A number of a phone is nobody else's business, also not over the cashier's shoulder.
std::string masked(const std::string& code) {
  constexpr std::size_t head = 3;
  constexpr std::size_t tail = 4;
  const auto clean = sanitize_utf8(code);
  if (clean.size() <= head + tail || !is_ascii_digits(clean)) return clean;
  return clean.substr(0, head) + "****" + clean.substr(clean.size() - tail);
}

bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool is_birthday(const std::optional<std::string>& birthday, const Date& date) {
  if (!birthday) return false;
  const bool moved = *birthday == "02-29" && !is_leap(date.year);
  return (moved ? "02-28" : *birthday) == fmt::format("{:02}-{:02}", date.month, date.day);
}

// "3-0017", as on the slip of a basket that was put aside.
bool is_suspend_label(std::string_view code) {
  constexpr std::size_t fewest_digits = 4;
  const auto dash = code.find('-');
  if (dash == std::string_view::npos) return false;
  const auto number = code.substr(dash + 1);
  return is_ascii_digits(code.substr(0, dash)) && number.size() >= fewest_digits && is_ascii_digits(number);
}

// Whose goods come back by the command; nullptr: it names no sale.
const sale::ReturnableSale* sale_of(const Command& command) {
  if (const auto* begin = std::get_if<BeginReturn>(&command)) return &begin->sale;
  const auto* made_undone = std::get_if<BeginVoid>(&command);
  return made_undone == nullptr ? nullptr : &made_undone->sale;
}

// What this till rang by itself may not have reached the server yet.
void add_own_returns(sale::ReturnableSale& sold, const sale::ReturnableSale& own) {
  for (const auto& back : own.returned) {
    const auto known = std::lower_bound(sold.returned.begin(), sold.returned.end(), back.line,
                                        [](const auto& have, std::int64_t line) { return have.line < line; });
    if (known == sold.returned.end() || known->line != back.line) {
      sold.returned.insert(known, back);
    } else if (known->quantity < back.quantity) {
      *known = back;
    } else {
      continue;
    }
    sold.may_be_incomplete = true;
  }
  sold.refunded = std::max(sold.refunded, own.refunded);
}

bool has_wider_limit(const pricing::PromotionIndex& promotions, bool member) {
  for (std::size_t i = 0; i < promotions.size(); ++i) {
    const auto& promotion = promotions.at(i);
    if (promotion.max_total || (member && promotion.max_per_member_day)) return true;
  }
  return false;
}

}  // namespace

std::string Lane::Impl::plain_code(std::string_view code) {
  code = trim(code);
  if (code.starts_with(']') && code.size() > aim_identifier_size) code.remove_prefix(aim_identifier_size);
  return std::string(code);
}

// ---- members ----

Result<void> Lane::identify_member(std::string_view code) {
  const auto card = impl_->services.replica.find_member(Impl::plain_code(code));
  Result<void> result;
  if (card) {
    result = impl_->identify(*card);
  } else {
    result = fail("member.unknown", "There is no such member. Check the number of the card or phone.",
                  {{"code", masked(Impl::plain_code(code))}});
    impl_->machine.set_message(result.error());
  }
  impl_->changed();
  return result;
}

Result<void> Lane::Impl::identify(const protocol::MemberCard& card) {
  return run(
      IdentifyMember{sale::MemberRef{card.id, card.number, card.name, card.tier, is_birthday(card.birthday, today())}});
}

Result<void> Lane::Impl::take_otherwise(const std::string& code, Result<void> refused) {
  const Error& error = refused.error();
  if (error.code == "coupon.needs_server") {
    if (!can_ask()) return refused;
    keep_coupon(plain_code(code), {});
    return {};
  }
  const bool may_be_a_card = may_be_another_code(error) || error.code == "register.tendering";
  if (!may_be_a_card) return refused;
  const auto plain = plain_code(code);
  if (const auto card = services.replica.find_member(plain)) return identify(*card);
  if (is_suspend_label(plain)) return recall_scanned(plain);
  if (wearer(plain) == nullptr) return refused;
  const Error badge{"access.badge_not_needed", "That is somebody's badge, and nothing waits for an approval.", {}};
  machine.set_message(badge);
  return fail(badge);
}

// Behind what is on the screen: nobody waits for the disk.
void Lane::Impl::note_unknown(const Scan& scan, const Error& refusal) {
  auto noted = unknown_codes.note(scan, refusal);
  if (!noted) return;
  noted->simulated_clock = services.simulated_clock;
  if (const auto post = post_here()) {
    post([this, control = std::move(*noted)] { record_unknown(control); });
  } else {
    record_unknown(std::move(*noted));
  }
}

void Lane::Impl::record_unknown(sale::ControlTransaction control) {
  control.shift.reset();  // the one it was scanned in may be over by now
  if (const auto view = machine.view(); view->shift && !training) control.shift = view->shift->number;
  if (auto recorded = services.journal.commit_control(control); !recorded) {
    spdlog::warn("a barcode that nobody knows could not be recorded: {}", recorded.error().code);
  } else if (services.sale_stored) {
    services.sale_stored();
  }
}

// Taken up at once, or as soon as the server says who gets it.
Result<void> Lane::Impl::recall_scanned(const std::string& label) {
  const auto known = std::make_shared<std::optional<Result<void>>>();
  suspended.recall(label, [known](const Result<void>& result) { *known = result; });
  return known->value_or(Result<void>());
}

// ---- coupons ----

void Lane::add_coupon(std::string_view code, Done done) {
  const auto plain = Impl::plain_code(code);
  const auto result = impl_->run(AddCoupon{plain, false});
  if (!result && result.error().code == "coupon.needs_server" && impl_->can_ask()) {
    impl_->keep_coupon(plain, std::move(done));
    impl_->changed();
  } else {
    impl_->finish(result, done);
  }
}

void Lane::Impl::keep_coupon(const std::string& code, Done done) {
  machine.set_message({});  // not refused yet
  asking_begins();
  const protocol::CouponReservation coupon{code, machine.basket().id};
  services.questions->reserve_coupon(
      coupon, back_here<void>([this, coupon, done = std::move(done)](const Result<void>& answer) {
        asking_ends();
        coupon_answered(coupon, answer, done);
      }));
}

void Lane::Impl::coupon_answered(const protocol::CouponReservation& coupon, const Result<void>& answer,
                                 const Done& done) {
  if (!answer) {
    Error error = answer.error();
    if (error.code == "link.offline") {
      error = {"coupon.needs_server",
               "This coupon is good once in the whole store, so the store server has to be asked.",
               {}};
    }
    const bool named = std::any_of(error.details.begin(), error.details.end(),
                                   [](const auto& detail) { return detail.first == "coupon"; });
    if (!named) error.details.emplace_back("coupon", coupon.code);
    machine.set_message(error);
    finish(fail(std::move(error)), done);
    return;
  }
  kept_coupons.push_back(coupon);
  if (machine.basket().id == coupon.basket) {
    finish(run(AddCoupon{coupon.code, true}), done);
    return;
  }
  release_dropped_coupons();
  finish(
      fail("coupon.not_presented", "The sale for which this coupon was presented is over.", {{"coupon", coupon.code}}),
      done);
}

void Lane::Impl::release_dropped_coupons() {
  const auto& basket = machine.basket();
  std::erase_if(kept_coupons, [this, &basket](const auto& kept) {
    const bool in_use = basket.id == kept.basket && basket.coupons &&
                        std::find(basket.coupons->begin(), basket.coupons->end(), kept.code) != basket.coupons->end();
    if (!in_use) services.questions->release_coupon(kept);
    return !in_use;
  });
}

// ---- limits of promotions ----

void Lane::Impl::ask_for_uses() {
  const auto& basket = machine.basket();
  if (!can_ask() || basket.lines.empty() || basket.returned_sale) return;
  const std::int64_t member = basket.member ? basket.member->id : 0;
  const std::pair asked_for{basket.id, member};
  if (uses_asked_for == asked_for) return;
  uses_asked_for = asked_for;
  if (!has_wider_limit(machine.promotions(), member != 0)) return;
  services.questions->promotion_uses(
      member, today(),
      back_here<protocol::PromotionUses>([this, asked_for](const Result<protocol::PromotionUses>& answer) {
        const auto& now = machine.basket();
        if (!answer || asked_for != std::pair{now.id, now.member ? now.member->id : std::int64_t{0}}) return;
        (void)run(SetRemainingUses{asked_for.first, answer->remaining});
        changed();
      }));
}

// ---- goods that come back ----

void Lane::begin_return(std::string_view receipt, Done done) {
  impl_->begin_from_receipt(receipt, std::nullopt, std::move(done));
}

void Lane::begin_void(std::string_view receipt, std::string_view reason, Done done) {
  impl_->begin_from_receipt(receipt, std::string(reason), std::move(done));
}

void Lane::Impl::begin_from_receipt(std::string_view receipt, std::optional<std::string> void_reason, Done done) {
  auto may = machine.may_return();
  // Who may not take goods back can still be allowed to, once it is known which.
  if (!may && needs_approval(may.error())) may = {};
  const auto identity = read_receipt_identity(receipt);
  if (may && !identity) {
    may = fail("return.no_receipt", "This is no receipt's number. Scan its barcode, or enter TILL-NUMBER.",
               {{"text", truncate_to_width(sanitize_utf8(receipt), 40)}});
  }
  if (may) {
    find_return({*identity, std::move(void_reason)}, std::move(done));
    return;
  }
  machine.set_message(may.error());
  finish(may, done);
}

void Lane::Impl::find_return(const WantedReturn& wanted, Done done) {
  if (!can_ask() || !online()) {
    return_answered(wanted, fail(no_server()), done);
    return;
  }
  machine.set_message({});
  asking_begins();
  services.questions->find_sale(
      wanted.receipt.till, wanted.receipt.number,
      back_here<sale::ReturnableSale>([this, wanted, done = std::move(done)](Result<sale::ReturnableSale> answer) {
        asking_ends();
        if (answer) claimed_return = answer->sale.id;
        return_answered(wanted, std::move(answer), done);
        release_dropped_return();
      }));
}

// It is wanted while its goods come back, and while somebody may still allow that they do.
void Lane::Impl::release_dropped_return() {
  if (!claimed_return || services.questions == nullptr) return;
  const auto& returned = machine.basket().returned_sale;
  if (returned && returned->sale == *claimed_return) return;
  const auto* asked = last_refused ? sale_of(last_refused->command) : nullptr;
  if (asked != nullptr && asked->sale.id == *claimed_return) return;
  services.questions->release_return(*claimed_return);
  claimed_return.reset();
}

// What was typed is a member's card or phone, or goods; nothing typed: whatever was sold.
Result<protocol::SaleSearch> Lane::Impl::search_for(const SaleWish& wish) const {
  const auto last = wish.date.value_or(today());
  protocol::SaleSearch search;
  search.from = wish.date.value_or(Date::from_days(last.days_since_1970() - search_days + 1));
  search.to = last;
  search.till = wish.till;
  search.amount = wish.amount;
  const auto code = plain_code(wish.code);
  if (code.empty()) return search;
  if (const auto card = services.replica.find_member(code)) {
    search.member = card->id;
  } else if (const auto goods = machine.goods_of(code, now())) {
    search.item = *goods;
  } else {
    return fail("return.search_nothing", "That is neither a member's card or phone nor goods of the shop. Check it.",
                {{"code", masked(code)}});
  }
  return search;
}

Lane::FoundSales Lane::Impl::own_sales(const protocol::SaleSearch& search) const {
  auto one_more = search;
  ++one_more.limit;
  FoundSales found{journal().find_sales(one_more), false, true};
  found.more = static_cast<std::int64_t>(found.sales.size()) > search.limit;
  if (found.more) found.sales.pop_back();
  return found;
}

void Lane::find_sales(const SaleWish& wish, std::function<void(const Result<FoundSales>&)> done) {
  auto may = impl_->machine.may_return();
  if (!may && needs_approval(may.error())) may = {};
  const auto search = may ? impl_->search_for(wish) : fail(may.error());
  if (!search) {
    impl_->machine.set_message(search.error());
    impl_->changed();
    done(fail(search.error()));
    return;
  }
  if (!impl_->can_ask() || !impl_->online()) {
    done(impl_->own_sales(*search));
    return;
  }
  impl_->machine.set_message({});
  impl_->asking_begins();
  impl_->services.questions->find_sales(
      *search, impl_->back_here<protocol::FoundSales>(
                   [impl = impl_.get(), search = *search, done = std::move(done)](const auto& answer) {
                     impl->asking_ends();
                     if (answer) {
                       done(FoundSales{answer->sales, answer->more, false});
                     } else if (answer.error().code.starts_with("link.")) {
                       done(impl->own_sales(search));
                     } else {
                       impl->machine.set_message(answer.error());
                       done(fail(answer.error()));
                     }
                     impl->changed();
                   }));
}

std::optional<sale::ReturnableSale> Lane::Impl::own_sale(std::int64_t of_till, std::int64_t number) const {
  if (of_till != till) return std::nullopt;
  return journal().find_sale(number);
}

// The server knows what came back at other tills; a sale of this till may not have reached it yet.
void Lane::Impl::return_answered(const WantedReturn& wanted, Result<sale::ReturnableSale> answer, const Done& done) {
  const auto& receipt = wanted.receipt;
  if (const auto own = own_sale(receipt.till, receipt.number)) {
    if (answer) {
      add_own_returns(*answer, *own);
    } else if (answer.error().code != "return.taken") {
      answer = *own;
      answer->may_be_incomplete = true;
    }
  }
  if (answer && receipt.business_date && answer->sale.business_date != *receipt.business_date) {
    answer = fail("return.no_sale", "There is no such sale. Check the number on the receipt.");
  }
  if (answer) {
    const Command begin = wanted.void_reason ? Command(BeginVoid{std::move(*answer), *wanted.void_reason})
                                             : Command(BeginReturn{std::move(*answer)});
    finish(run(begin), done);
    return;
  }
  machine.set_message(answer.error());
  finish(fail(std::move(answer.error())), done);
}

// ---- after a power cut ----

void Lane::Impl::take_up_restored() {
  const auto& basket = machine.basket();
  if (basket.returned_sale) {
    return_to_resume = true;
    if (auto own = own_sale(basket.returned_sale->till, basket.returned_sale->receipt_number)) {
      own->may_be_incomplete = true;
      machine.resume_return(std::move(*own));
    }
  }
  if (!basket.coupons || services.questions == nullptr) return;
  const auto& promotions = machine.promotions();
  for (const auto& code : *basket.coupons) {
    for (std::size_t i = 0; i < promotions.size(); ++i) {
      const auto& codes = promotions.at(i).coupon;
      if (!codes || match(*codes, code) != pricing::CouponMatch::serial) continue;
      kept_coupons.push_back({code, basket.id});
      break;
    }
  }
}

void Lane::Impl::ask_again() {
  approvals.refresh();
  suspended.send();
  suspended.refresh();
  uses_asked_for = {};
  ask_for_uses();
  const auto& returned = machine.basket().returned_sale;
  if (!std::exchange(return_to_resume, false) || !returned || !can_ask()) return;
  services.questions->find_sale(returned->till, returned->receipt_number,
                                back_here<sale::ReturnableSale>([this](const Result<sale::ReturnableSale>& answer) {
                                  if (!answer) return;
                                  claimed_return = answer->sale.id;
                                  machine.resume_return(*answer);
                                  release_dropped_return();  // it may be over by now
                                  changed();
                                }));
}

}  // namespace lanekeeper::till
