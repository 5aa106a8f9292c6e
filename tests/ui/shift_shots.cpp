// Shifts and cash, and the customer's window.

#include "till_stage.h"

namespace lanekeeper::till::test {
namespace {

using ui::Action;

ShopOptions with_shifts() {
  ShopOptions shop;
  shop.shifts_required = true;
  return shop;
}

void set_policy(Stage& stage) {
  auto& policy = stage.till().replica.store->till_policy;
  policy->difference_tolerance = Money::of_minor(1'00);
  policy->pick_up_at = Money::of_minor(600'00);
  stage.till().lane().profile_changed();
}

void sell_for(Stage& stage, Money cash, std::string_view card = {}) {
  stage.fill_basket();
  stage.desk().act(Action::pay);
  if (!card.empty()) {
    (void)stage.till().lane().command(TenderOther{sale::TenderKind::card, std::nullopt, *Money::parse(card), "778812"});
  }
  stage.desk().take_cash(cash);
}

std::function<void(Stage&)> on_shift(std::function<void(Stage&)> then, std::string_view number = "1027") {
  return [then = std::move(then), number](Stage& stage) {
    stage.till().link_state(State::online);
    set_policy(stage);
    stage.till().clock.set("2026-11-20T07:28:00+08:00");
    stage.sign_in(number);
    (void)stage.till().lane().command(OpenShift{Money::of_minor(500'00)});
    stage.till().clock.set("2026-11-20T10:42:00+08:00");
    then(stage);
  };
}

// Two sales, one of them by card, and a pick-up.
std::function<void(Stage&)> after_sales(std::function<void(Stage&)> then, std::string_view number = "1027") {
  return on_shift(
      [then = std::move(then)](Stage& stage) {
        sell_for(stage, Money::of_minor(210'00));
        sell_for(stage, Money::of_minor(120'00), "100.00");
        sell_for(stage, Money::of_minor(210'00));
        (void)stage.till().lane().command(MoveCash{sale::ControlKind::pick_up, Money::of_minor(200'00), {}, {}});
        stage.till().clock.set("2026-11-20T15:02:00+08:00");
        then(stage);
      },
      number);
}

void count(Stage& stage, std::initializer_list<std::string_view> counts) {
  for (const auto one : counts) {
    stage.desk().type(one);
    stage.desk().act(Action::next_value);
  }
}

// The drawer counted with something missing: step 2.
std::function<void(Stage&)> counted(std::function<void(Stage&)> then, std::string_view number = "1027") {
  return after_sales(
      [then = std::move(then)](Stage& stage) {
        stage.desk().act(Action::close_shift);
        stage.till().run_posted();
        count(stage, {"6", "2", "1", "1", "1", "3", "0", "0"});
        stage.desk().act(Action::submit_count);
        stage.wait_a_moment();
        then(stage);
      },
      number);
}

}  // namespace

std::vector<Shot> shift_shots() {
  const ShopOptions shop = with_shifts();
  return {
      {"shift-open", shop,
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in();
       }},
      {"shift-open-typed", shop,
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in();
         stage.desk().type("512.5");
       }},
      {"shift-sign-in", shop, on_shift([](Stage& stage) {
         (void)stage.till().lane().command(SignOut{});
         stage.desk().act(Action::close_for_other);
       })},
      {"shift-sale", shop, after_sales([](Stage& stage) { stage.fill_basket(); })},
      {"shift-more", shop, after_sales([](Stage& stage) { stage.desk().act(Action::more); })},
      {"shift-move", shop, after_sales([](Stage& stage) {
         stage.desk().act(Action::cash_moves);
         stage.desk().type("300");
       })},
      {"shift-move-out", shop, after_sales([](Stage& stage) {
         stage.desk().act(Action::cash_moves);
         stage.desk().act(Action::paid_out);
         stage.desk().type("35.5");
         stage.desk().enter();
         stage.desk().type("2");
       })},
      {"shift-move-words", shop, after_sales([](Stage& stage) {
         stage.desk().act(Action::no_sale);
         stage.desk().type("4");
         stage.desk().enter();
         stage.desk().type("key lost");
       })},
      {"shift-move-approval", shop, after_sales([](Stage& stage) {
         stage.desk().act(Action::cash_moves);
         stage.desk().act(Action::paid_out);
         stage.desk().type("35.5");
         stage.desk().enter();
         stage.desk().type("2");
         stage.desk().enter();
       })},
      {"shift-moved", shop, after_sales([](Stage& stage) {
         stage.desk().act(Action::cash_moves);
         stage.desk().type("300");
         stage.desk().enter();
       })},
      {"shift-report", shop, after_sales([](Stage& stage) { stage.desk().act(Action::shift_report); })},
      {"shift-report-open", shop, after_sales([](Stage& stage) { stage.desk().act(Action::shift_report); }, "1003")},
      {"shift-count", shop, after_sales([](Stage& stage) {
         stage.desk().act(Action::close_shift);
         stage.till().run_posted();
         count(stage, {"23", "8", "11", "17", "9"});
         stage.desk().type("46");
       })},
      {"shift-count-page", shop, after_sales([](Stage& stage) {
         stage.desk().act(Action::close_shift);
         stage.till().run_posted();
         count(stage, {"5", "2", "1", "1", "1", "3", "0", "0"});
         stage.desk().act(Action::other_page);
       })},
      {"shift-check", shop, counted([](Stage& stage) { stage.desk().type("1"); })},
      {"shift-check-card", shop, counted([](Stage& stage) {
         stage.desk().type("1");
         stage.desk().enter();
         stage.desk().act(Action::next_value);
         stage.desk().type("50");
         stage.desk().enter();
         stage.desk().type("2");
       })},
      {"shift-check-typing", shop, counted([](Stage& stage) {
         stage.desk().type("1");
         stage.desk().enter();
         stage.desk().act(Action::next_value);
         stage.desk().type("95.5");
       })},
      {"shift-check-float", shop, counted([](Stage& stage) {
         stage.desk().act(Action::keep_float);
         stage.desk().type("600");
       })},
      {"shift-check-page", shop, counted([](Stage& stage) { stage.desk().act(Action::other_page); })},
      {"shift-sign", shop, counted([](Stage& stage) {
         stage.desk().type("1");
         stage.desk().enter();
         stage.desk().act(Action::sign_close);
       })},
      {"shift-done", shop,
       counted(
           [](Stage& stage) {
             stage.desk().type("1");
             stage.desk().enter();
             stage.desk().act(Action::print_z);
           },
           "1003")},
      {"customer-closed", {}, [](Stage& stage) { stage.till().link_state(State::online); }},
      {"customer-welcome", {}, [](Stage& stage) { stage.sign_in(); }},
      {"customer-sale",
       [] {
         ShopOptions offers;
         offers.with_offers = true;
         return offers;
       }(),
       [](Stage& stage) {
         stage.sign_in("1003");
         stage.fill_basket();
         (void)stage.till().lane().identify_member(member_card);
       }},
      {"customer-few",
       {},
       [](Stage& stage) {
         stage.sign_in();
         stage.scan("6901000002107");
         stage.scan("6901000003005");
       }},
      {"customer-tender",
       {},
       [](Stage& stage) {
         stage.sign_in();
         stage.fill_basket();
         stage.desk().act(Action::pay);
         stage.desk().take_cash(Money::of_minor(100'00));
       }},
      {"customer-thanks",
       {},
       [](Stage& stage) {
         stage.sign_in();
         sell_for(stage, Money::of_minor(210'00));
       }},
      {"customer-return",
       {},
       [](Stage& stage) {
         stage.sign_in("1003");
         sell_for(stage, Money::of_minor(210'00));
         begin_return(stage);
         stage.desk().change_return(2, 1);
       }},
  };
}

}  // namespace lanekeeper::till::test
