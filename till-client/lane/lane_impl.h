// The lane's inside: the register with its journal, and the helpers that have a state of their own. Spread over
// lane.cpp (commands), effects.cpp (what the register asks for), approvals.cpp, shift_desk.cpp, training.cpp, news.cpp
// (what comes from the link and the devices), inquiries.cpp (what the replica and the server know) and price_check.cpp.
// Only those files include this.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "lane/device_check.h"
#include "lane/drawer_watch.h"
#include "lane/lane.h"
#include "lane/lane_work.h"
#include "lane/paper_desk.h"
#include "lane/remote_approvals.h"
#include "lane/sign_in.h"
#include "lane/suspended_desk.h"
#include "lane/unknown_codes.h"
#include "lane/weighing.h"
#include "receipt/identity.h"

namespace lanekeeper::till {

struct Lane::Impl final : LaneWork {
  explicit Impl(LaneServices given);
  ~Impl() override { gone(); }

  LaneServices services;
  i18n::Texts texts;
  std::int64_t till;
  Register machine;
  SignInDesk desk;
  PaperDesk paper;
  RemoteApprovals approvals;
  SuspendedDesk suspended;
  Weighing weighing;
  DrawerWatch drawer;
  DeviceCheck devices;
  UnknownCodes unknown_codes;
  std::vector<Error> paper_troubles;              // of the profile that is here now
  std::optional<protocol::StoreProfile> profile;  // its people without verifiers
  LinkStatus link;
  std::optional<Refused> last_refused;
  bool training = false;
  bool basket_unwritable = false;
  std::vector<std::function<void()>> change_listeners;
  std::vector<std::function<void(const LaneEvent&)>> event_listeners;
  std::vector<LaneEvent> unheard_events;
  int questions_under_way = 0;                            // that a face waits for
  std::vector<protocol::CouponReservation> kept_coupons;  // at the server, for the running basket
  std::optional<Uuid> claimed_return;                     // sale that the server keeps for this till
  // For which basket and member it was asked last how often promotions may still be used.
  std::pair<Uuid, std::int64_t> uses_asked_for;
  std::set<Uuid> in_journal;      // puttings aside (SuspendedBasket::id) of which the journal knows
  bool return_to_resume = false;  // a restored basket of returns, of which the server was not asked yet

  // ---- for the helpers ----
  Result<void> run(const Command& command, const std::optional<Authority>& authority = std::nullopt) override;
  void tell(LaneEvent event) override;
  void changed() override;
  void show(const Error& error) override { machine.set_message(error); }
  [[nodiscard]] ViewPtr view() const override { return machine.view(); }
  [[nodiscard]] const sale::Basket& basket() const override { return machine.basket(); }
  [[nodiscard]] Result<void> settle_basket() override { return services.journal.settle_basket(); }
  [[nodiscard]] Moment moment() override;
  [[nodiscard]] Date today() const override;
  [[nodiscard]] std::int64_t till_number() const override { return till; }
  [[nodiscard]] const std::optional<protocol::StoreProfile>& store() const override { return profile; }
  [[nodiscard]] bool can_ask() const override { return services.questions != nullptr && services.post && !training; }
  [[nodiscard]] bool online() const override { return link.state == LinkStatus::State::online; }
  [[nodiscard]] StoreQuestions& questions() override { return *services.questions; }
  void asking_begins() override { ++questions_under_way; }
  void asking_ends() override { --questions_under_way; }

  // ---- lane.cpp ----
  void load_profile();
  [[nodiscard]] RegisterSettings register_settings() const;
  // The one place that knows the store's time (Lane::now()). What only measures how long something takes goes by the
  // clock of the machine.
  [[nodiscard]] ZonedTime now() const;
  void look_at_paper();
  void record_suspended();
  void restore_basket();
  [[nodiscard]] JournalStore& journal() const { return training ? *services.training : services.journal; }
  Result<void> command(const Command& command, const std::optional<Authority>& authority);
  [[nodiscard]] Result<void> needs_no_server(const Command& command) const;
  void look_around(Result<void>& result);  // after every command
  void keep_refused(const Command& command, const Result<void>& result);
  void refresh_cashier();
  void finish(const Result<void>& result, const Done& done);
  void printed(std::int64_t receipt_number, const Result<void>& result);
  Result<void> refuse(Error error);  // shows it as well; listeners are told
  Result<void> print_again(const sale::RetailTransaction& sale);

  // ---- effects.cpp ----
  Result<void> carry_out(const std::vector<Effect>& effects, const Moment& now);
  Result<void> perform(const PersistBasket& effect, const Moment& now);
  Result<void> perform(const CommitSale& effect, const Moment& now);
  Result<void> perform(const CommitControl& effect, const Moment& now);
  Result<void> perform(const StoreSuspended& effect, const Moment& now);
  Result<void> perform(const OpenDrawer& effect, const Moment& now);
  Result<void> perform(const PrintReceipt& effect, const Moment& now);
  Result<void> perform(const PrintControl& effect, const Moment& now);
  Result<void> perform(const EnterTraining& effect, const Moment& now);
  template <class ForTheCustomer>
  Result<void> perform(const ForTheCustomer& effect, const Moment& now);
  [[nodiscard]] std::string name_for_customer(const std::string& name) const;  // of goods, in the display's language
  void after_commit(const std::vector<Effect>& effects, const Moment& now, std::int64_t receipt_number);

  // ---- approvals.cpp ----
  Result<void> by_authority(const Command& command, const Result<access::StaffMember>& person,
                            sale::ApprovalMeans means);
  [[nodiscard]] const access::StaffMember* wearer(std::string_view code) const;  // of a badge
  [[nodiscard]] Result<void> knows_rights() const;                               // approval.too_long_offline

  // ---- shift_desk.cpp, training.cpp ----
  void restore_shift();
  void close_obstacles(std::function<void(const std::vector<Error>&)> done);
  void go_on_closing();
  void set_training(bool wanted);
  static Error no_training();  // this till has no journal for it

  // ---- inquiries.cpp ----
  // As scanned or typed, without what a scanner puts in front.
  [[nodiscard]] static std::string plain_code(std::string_view code);
  // What was scanned is no goods of the shop: a member's card, a coupon that the server has to keep, the slip of a
  // basket that was put aside, a badge.
  Result<void> take_otherwise(const std::string& code, Result<void> refused);
  void note_unknown(const Scan& scan, const Error& refusal);
  void record_unknown(sale::ControlTransaction control);
  Result<void> recall_scanned(const std::string& label);
  Result<void> identify(const protocol::MemberCard& card);
  void keep_coupon(const std::string& code, Done done);
  void coupon_answered(const protocol::CouponReservation& coupon, const Result<void>& answer, const Done& done);
  void release_dropped_coupons();
  void release_dropped_return();
  void ask_for_uses();
  // The sale of a receipt, to take goods of it back, or (with a reason) to void it.
  struct WantedReturn {
    ReceiptIdentity receipt;
    std::optional<std::string> void_reason;
  };
  void begin_from_receipt(std::string_view receipt, std::optional<std::string> void_reason, Done done);
  void find_return(const WantedReturn& wanted, Done done);
  void return_answered(const WantedReturn& wanted, Result<sale::ReturnableSale> answer, const Done& done);
  [[nodiscard]] Result<protocol::SaleSearch> search_for(const SaleWish& wish) const;
  [[nodiscard]] FoundSales own_sales(const protocol::SaleSearch& search) const;
  [[nodiscard]] std::optional<sale::ReturnableSale> own_sale(std::int64_t of_till, std::int64_t number) const;
  void take_up_restored();
  void note_clock(std::int64_t before_s);  // how far it was ahead as it was told last
  void ask_again();                        // what could not be asked while there was no server

  // ---- price_check.cpp ----
  [[nodiscard]] Result<std::vector<PriceCheck>> prices_of(const Command& entering) const;
  // With nothing in it, and nothing behind it. `items` outlive it.
  [[nodiscard]] Register register_aside(const catalogue::ItemLookup& items) const;
};

}  // namespace lanekeeper::till
