// The lane's inside, spread over lane.cpp (the register and its devices) and inquiries.cpp (what the replica and the
// server know). Only those files include this.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "lane/lane.h"
#include "lane/sign_in.h"
#include "receipt/receipt.h"

namespace lanekeeper::till {

struct Lane::Impl {
  explicit Impl(LaneServices given);

  LaneServices services;
  i18n::Texts texts;
  std::int64_t till;
  Register machine;
  SignInDesk desk;
  std::optional<protocol::StoreProfile> profile;  // its people without verifiers
  LinkStatus link;
  bool basket_unwritable = false;
  bool left_receipts_printed = false;
  std::vector<std::function<void()>> change_listeners;
  std::vector<std::function<void(const LaneEvent&)>> event_listeners;
  std::vector<LaneEvent> unheard_events;
  // An answer that comes after the lane has gone finds this gone too.
  std::shared_ptr<Lane*> self;
  int questions_under_way = 0;                            // that a face waits for
  std::vector<protocol::CouponReservation> kept_coupons;  // at the server, for the running basket
  // For which basket and member it was asked last how often promotions may still be used.
  std::pair<Uuid, std::int64_t> uses_asked_for;
  bool return_to_resume = false;  // a restored basket of returns, of which the server was not asked yet

  // ---- lane.cpp ----
  void load_profile();
  Moment moment();
  // The command and what it asks for; listeners are not told.
  Result<void> run(const Command& command);
  void carry_out(const std::vector<Effect>& effects);
  void persist(const sale::Basket& basket);
  Result<void> commit(const CommitSale& effect, const Moment& now);
  Result<void> print(const sale::RetailTransaction& sale, ReceiptKind kind);
  void print_left_receipts();
  void open_drawer();
  void refresh_cashier();
  void changed();
  void tell(LaneEvent event);

  // ---- inquiries.cpp ----
  // What was scanned is no goods of the shop: a member's card, or a coupon that the server has to keep.
  Result<void> take_otherwise(const std::string& code, Result<void> refused);
  Result<void> identify(const protocol::MemberCard& card);
  void keep_coupon(const std::string& code, Done done);
  void coupon_answered(const protocol::CouponReservation& coupon, const Result<void>& answer, const Done& done);
  void release_dropped_coupons();
  void ask_for_uses();
  void find_return(const ReceiptIdentity& receipt, Done done);
  void return_answered(const ReceiptIdentity& receipt, Result<sale::ReturnableSale> answer, const Done& done);
  [[nodiscard]] std::optional<sale::ReturnableSale> own_sale(std::int64_t of_till, std::int64_t number) const;
  void take_up_restored();
  void ask_again();  // what could not be asked while there was no server
  void finish(const Result<void>& result, const Done& done);
  [[nodiscard]] Date today() const;
  [[nodiscard]] bool can_ask() const { return services.questions != nullptr && services.post; }
  // Brings an answer to the owning thread, unless the lane has gone meanwhile.
  template <class T, class Then>
  [[nodiscard]] StoreQuestions::Answer<T> back_here(Then then) {
    return [post = services.post, weak = std::weak_ptr<Lane*>(self), then = std::move(then)](const Result<T>& answer) {
      post([weak, then, answer] {
        if (const auto lane = weak.lock()) then(*(*lane)->impl_, answer);
      });
    };
  }
};

}  // namespace lanekeeper::till
