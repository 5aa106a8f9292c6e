// Approvals, baskets put aside, weighing, ways of paying, exchanges, training.

#include "till_stage.h"

namespace lanekeeper::till::test {
namespace {

using ui::Action;

// Up to the panel in which somebody allows it.
void override_price(Stage& stage) {
  stage.desk().select_line(6);
  stage.desk().act(ui::Action::change_price);
  stage.desk().type("29.8");
  stage.wait_a_moment();
  stage.desk().act(ui::Action::confirm);
}

void pay_by_card(Stage& stage) {
  stage.desk().act(ui::Action::pay);
  stage.desk().type("100");
  stage.desk().act(ui::Action::tender_card);
  stage.desk().type("778812");
  stage.wait_a_moment();
  stage.desk().act(ui::Action::confirm);
}

void put_aside(Stage& stage) {
  for (const std::string_view note : {"red coat", ""}) {
    (void)stage.till().lane().command(SuspendBasket{std::string(note)});
    stage.till().run_posted();
    stage.scan("6901000002107");
    stage.scan("6901000003005");
  }
  (void)stage.till().lane().command(VoidBasket{});
}

void ask_from_other_till(Stage& stage) {
  protocol::ApprovalRequest request;
  request.id = *Uuid::parse("01924b3a-0000-7000-8000-0000000000aa");
  request.till = 5;
  request.cashier = 2;
  request.cashier_name = "陈浩";
  request.permission = "price.override";
  request.subject = "approval.price_override";
  request.details = {{"name", "金穗食用调和油 5L"}, {"old", "69.90"}, {"new", "59.90"}};
  request.asked_at = stage.till().clock.now();
  stage.till().server.ask(request);
  request.id = *Uuid::parse("01924b3a-0000-7000-8000-0000000000ab");
  request.till = 2;
  request.subject = "approval.sale_discount";
  request.details = {{"name", "红富士苹果"}, {"difference", "-2.00"}};
  stage.till().server.ask(request);
  stage.till().lane().approvals_changed();
  stage.till().run_posted();
}

std::function<void(Stage&)> selling(std::function<void(Stage&)> then, std::string_view number = "1027") {
  return [then = std::move(then), number](Stage& stage) {
    stage.till().link_state(State::online);
    stage.sign_in(number);
    stage.fill_basket();
    then(stage);
  };
}

std::function<void(Stage&)> supervised(std::function<void(Stage&)> then) {
  return selling(std::move(then), "1003");
}

std::function<void(Stage&)> sold(std::function<void(Stage&)> then) {
  return supervised([then = std::move(then)](Stage& stage) {
    stage.desk().act(Action::pay);
    stage.desk().take_cash(Money::of_minor(250'00));
    then(stage);
  });
}

void look_at_devices(Stage& stage) {
  stage.till().link_state(State::online);
  stage.till().printer.device = DeviceState::paper_out;
  stage.till().printer.trouble = Error{"device.paper_out", "The printer is out of paper.", {}};
  stage.till().weigh(ScaleReading::State::stable, "1.234");
  stage.desk().act(Action::device_check);
  stage.desk().act(Action::print_test);
  stage.desk().act(Action::show_test);
  stage.scan("6901000002107");
  stage.till().run_posted();
}

// Before anything is set up.
void look_at_nothing(Stage& stage) {
  stage.till().printer.device = DeviceState::none;
  stage.desk().act(Action::device_check);
}

}  // namespace

std::vector<Shot> lane_shots() {
  ShopOptions scaled;
  scaled.with_scale = true;
  ShopOptions offers;
  offers.with_offers = true;
  ShopOptions equipped = scaled;
  equipped.with_devices = true;
  ShopOptions unpaired;
  unpaired.till = 0;
  unpaired.with_profile = false;
  return {
      {"device-check", equipped, look_at_devices},
      {"device-check-bare", unpaired, look_at_nothing},
      {"override", {}, selling([](Stage& stage) {
         override_price(stage);
         stage.desk().type("2");
         stage.desk().type("1003");
         stage.wait_a_moment();
         stage.desk().act(Action::confirm);
         stage.desk().type("2580");
       })},
      {"override-reason", {}, selling([](Stage& stage) { override_price(stage); })},
      {"override-wrong", {}, selling([](Stage& stage) {
         override_price(stage);
         stage.desk().type("2");
         stage.desk().type("1031");
         stage.wait_a_moment();
         stage.desk().act(Action::confirm);
         stage.desk().type("2580");
         stage.desk().act(Action::confirm);
         stage.scan("6901000004002");
       })},
      {"override-afar", {}, selling([](Stage& stage) {
         override_price(stage);
         stage.desk().type("2");
         stage.desk().act(Action::ask_afar);
         stage.scan("6901000004002");
       })},
      {"override-tender", {}, selling([](Stage& stage) {
         pay_by_card(stage);
         stage.desk().act(Action::undo_tender);
       })},
      {"override-offline", {}, selling([](Stage& stage) {
         offline(stage);
         override_price(stage);
       })},
      {"requests", {}, selling([](Stage& stage) {
         ask_from_other_till(stage);
         stage.desk().act(Action::requests);
       })},
      {"requests-who", {}, selling([](Stage& stage) {
         ask_from_other_till(stage);
         stage.desk().act(Action::requests);
         stage.wait_a_moment();
         stage.desk().act(Action::confirm);
         stage.desk().type("1003");
       })},
      {"deposit", {}, selling([](Stage& stage) {
         stage.desk().type("24");
         stage.desk().act(Action::quantity);
         stage.desk().act(Action::deposit_back);
       })},
      {"deposit-given", {}, selling([](Stage& stage) {
         stage.scan("6901000009908");
         stage.desk().act(Action::deposit_back);
         stage.wait_a_moment();
         stage.desk().act(Action::confirm);
       })},
      {"hold", {}, selling([](Stage& stage) {
         stage.desk().act(Action::hold);
         stage.desk().type("red coat");
       })},
      {"held", {}, selling([](Stage& stage) {
         stage.desk().act(Action::hold);
         stage.wait_a_moment();
         stage.desk().act(Action::confirm);
       })},
      {"recall", {}, selling([](Stage& stage) {
         put_aside(stage);
         stage.desk().act(Action::hold);
       })},
      {"recall-taken", {}, selling([](Stage& stage) {
         put_aside(stage);
         stage.desk().act(Action::hold);
         stage.till().run_posted();
         (void)stage.till().server.recall(stage.till().server.baskets.front().basket.id, 5);
         stage.wait_a_moment();
         stage.desk().act(Action::confirm);
       })},
      {"scale-moving", scaled, selling([](Stage& stage) {
         stage.desk().add_item(305);
         stage.till().weigh(ScaleReading::State::moving, "0.412");
       })},
      {"scale-absent", scaled, selling([](Stage& stage) {
         stage.till().weigh(ScaleReading::State::absent);
         stage.desk().add_item(305);
       })},
      {"scale", scaled, selling([](Stage& stage) {
         stage.till().weigh(ScaleReading::State::stable, "0.035");
         stage.desk().act(Action::read_scale);
       })},
      {"scale-sale", scaled, selling([](Stage& stage) { stage.till().weigh(ScaleReading::State::zero); })},
      {"departments", {}, selling([](Stage& stage) { stage.desk().choose_tab(4); })},
      {"open-price", {}, selling([](Stage& stage) {
         stage.desk().add_item(400);
         stage.desk().type("12.5");
       })},
      {"note", {}, selling([](Stage& stage) {
         stage.desk().act(Action::note_line);
         stage.desk().type("no bag");
       })},
      {"noted", {}, selling([](Stage& stage) {
         (void)stage.till().lane().command(NoteLine{6, "切片"});
         (void)stage.till().lane().command(NoteLine{5, "箱子破了"});
       })},
      {"reprint", {}, selling([](Stage& stage) { stage.desk().act(Action::reprint); })},
      {"tender-card", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().act(Action::tender_card);
         stage.desk().type("100");
       })},
      {"tender-card-slip", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().type("100");
         stage.desk().act(Action::tender_card);
         stage.desk().type("77881");
       })},
      {"tender-more", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().act(Action::tender_more);
       })},
      {"tender-voucher", {}, selling([](Stage& stage) {
         pay_by_card(stage);
         stage.desk().act(Action::tender_more);
         stage.desk().type("1");
         stage.desk().act(Action::confirm);
         stage.scan("V000123");
       })},
      {"tender-split", {}, selling([](Stage& stage) {
         pay_by_card(stage);
         stage.desk().type("50");
       })},
      {"blind-reason",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in("1003");
         stage.desk().act(Action::return_goods);
         stage.desk().act(Action::blind_return);
         stage.desk().type("1");
       }},
      {"blind",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in("1003");
         (void)stage.till().lane().command(BeginBlindReturn{"quality"});
         stage.scan("6901000002107");
         stage.scan("6901000004002");
       }},
      {"exchange", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().act(Action::reason_2);
         stage.desk().act(Action::exchange);
         stage.scan("6901000003005");
       })},
      {"refund-card", {}, supervised([](Stage& stage) {
         pay_by_card(stage);
         stage.desk().take_cash(Money::of_minor(200'00));
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().change_return(6, 1);
         stage.desk().act(Action::reason_2);
         stage.desk().act(Action::refund);
       })},
      {"refund-instead", {}, supervised([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().act(Action::tender_card);
         for (const std::string_view typed : {"", "778812"}) {
           stage.desk().type(typed);
           stage.wait_a_moment();
           stage.desk().act(Action::confirm);
         }
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().change_return(6, 1);
         stage.desk().act(Action::reason_2);
         stage.desk().act(Action::refund);
         stage.desk().act(Action::finish);
       })},
      {"return-approval", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().take_cash(Money::of_minor(210'00));
         begin_return(stage);
       })},
      {"training",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in();
         stage.desk().act(Action::training);
         stage.fill_basket();
       }},
      {"training-offline",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in();
         stage.desk().act(Action::training);
         stage.fill_basket();
         offline(stage);
       }},
  };
}

}  // namespace lanekeeper::till::test
