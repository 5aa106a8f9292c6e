// The lane: one register at work. Carries out what the register asks for (journal, drawer, receipt, recovery), checks
// PINs, and tells its listeners. Window and console are two faces of the same lane.
//
// One thread owns it (the wx thread, the console's main thread). What comes from other threads arrives through post().
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/verifier.h"
#include "base/ids.h"
#include "base/time.h"
#include "i18n/i18n.h"
#include "lane/device_ports.h"
#include "lane/ports.h"
#include "register/register.h"

namespace lanekeeper::till {

struct ReceiptPaper;  // receipt/receipt.h

// Things that happen by themselves; the console prints each as one JSON object with "event".
struct LaneEvent {
  enum class Kind {
    online,
    offline,
    paired,
    pairing_code,       // text: the code
    catalogue_updated,  // number: version
    profile_updated,
    printed,          // number: receipt number
    print_failed,     // number, error
    delivered,        // number: journal sequence
    parked,           // number: journal sequence, error
    basket_restored,  // number: lines
    revoked,
    storage_failing,    // error: the open basket cannot be written; selling goes on, the commit will decide
    scanned,            // text: what a scanner of its own sent (faces treat it as a scan)
    weight,             // the scale says something else than before: weight()
    drawer,             // text: "open", "closed" or "unknown"; drawer_position()
    approval_answered,  // text: "granted" or "refused", to what this till has asked; the command was carried out
    approvals_waiting,  // number: of others, that can be answered here
    suspended_changed,  // number: baskets that can be taken up
    device_changed,     // text: "printer", "scale", "display", "scanner"
    drawer_left_open,   // for too long; again when the next sale begins
    paper_trouble,      // number: how many paper_troubles(); error: the first
    basket_held,        // text: the label by which the basket that was put aside is found again, "3-0017"
    clock_off,          // number: minutes that the clock is ahead of the store's, below zero behind; 0: right again
  };
  Kind kind = Kind::online;
  std::int64_t number = 0;
  std::string text;
  std::optional<Error> error;
};

struct LaneServices {
  const Clock& clock;
  RandomSource& random;
  const catalogue::ItemLookup& items;
  JournalStore& journal;
  StoreReplica& replica;
  ReceiptPrinter& printer;
  std::string receipt_language;  // "zh_CN" or "en"
  bool simulated_clock = false;
  std::int64_t till = 0;              // 0 until paired
  std::function<void()> sale_stored;  // a sale was journalled: the link may send it; may be empty
  // Carries a task from any thread to the owning thread (see host.h); without it nothing is heard of printed receipts.
  std::function<void(std::function<void()>)> post;
  StoreQuestions* questions = nullptr;  // outlives the lane; without them what needs the server is refused
  ReceiptLog* receipts = nullptr;       // outlives lane and printer; without one nothing is printed after a restart
  SuspendedStore* suspended = nullptr;  // outlives the lane; without one nothing can be put aside
  Scale* scale = nullptr;               // these three as well; without them there is none
  LineDisplay* display = nullptr;
  CashDrawer* drawer = nullptr;      // without one the drawer hangs at the printer
  JournalStore* training = nullptr;  // a journal of its own for training; without one there is no training
  std::shared_ptr<const ReceiptPaper> paper = nullptr;  // null: the usual one
  std::vector<Error> paper_troubles = {};               // what of it could not be had (logo.*)
  std::vector<Scanner*> scanners = {};                  // with ports of their own, only to be asked how they stand
};

class Lane {
 public:
  explicit Lane(LaneServices services);
  ~Lane();

  // ---- faces ----
  [[nodiscard]] ViewPtr view() const;
  // Runs the command and everything it asks for. The error is also in the view's message.
  [[nodiscard]] Result<void> command(const Command& command);
  // The same with somebody who stands by: checks number and PIN, then runs it by their right. Besides what the command
  // answers: access.unknown_or_wrong, access.wait, access.locked, access.same_person, access.denied.
  [[nodiscard]] Result<void> approved(const Command& command, std::string_view number, std::string_view pin);
  // By the code of a badge. access.unknown_badge. Both: approval.too_long_offline where this till has not heard the
  // server for approval_days, since it cannot know any more who has which rights.
  static constexpr int approval_days = 7;
  [[nodiscard]] Result<void> approved_by_badge(const Command& command, std::string_view code);
  // Whether a refusal is one that somebody else could lift: it names the permission that is missing.
  [[nodiscard]] static std::optional<access::Permission> needs_approval(const Error& error);
  // The command that was refused last, while somebody else could still lift that: what approved() and ask_approval()
  // repeat. Also of begin_return() and begin_void(), which ask for their sale first. nullopt after the next command
  // that went through.
  struct Refused {
    Command command;
    Error error;
  };
  [[nodiscard]] const std::optional<Refused>& refused() const;

  // Checks number and PIN against the replica: access.unknown_or_wrong, access.wait, access.locked,
  // access.no_till_role.
  [[nodiscard]] Result<void> sign_in(std::string_view number, std::string_view pin);
  // Whose badge this is, verifiers left out: at the sign-in it stands for the number, and the PIN is asked as well.
  // access.unknown_badge, access.no_till_role; access.wait and access.locked after wrong PINs of this person.
  [[nodiscard]] Result<access::StaffMember> badge_owner(std::string_view code) const;
  // By a badge alone, where the store allows that (TillPolicy::badge_signs_in); access.pin_needed where it does not.
  // Besides: what badge_owner() answers.
  [[nodiscard]] Result<void> sign_in_by_badge(std::string_view code);
  [[nodiscard]] std::vector<access::StaffMember> staff() const;  // active, may ring sales; verifiers left out
  [[nodiscard]] std::vector<catalogue::ItemSummary> search(std::string_view text, int limit) const;
  // Items of a category in the order of their PLU, for the quick keys.
  [[nodiscard]] std::vector<catalogue::ItemSummary> quick_keys(catalogue::CategoryId category, int limit) const;
  // Goods whose price is typed here, of all categories.
  [[nodiscard]] std::vector<catalogue::ItemSummary> department_keys(int limit) const;
  // What TakeBackDeposit gives back.
  [[nodiscard]] std::vector<catalogue::ItemSummary> deposits(int limit) const;
  // What goods would cost if they were rung now, alone in a sale of the member of the running one. Nothing is sold or
  // recorded. By anything that stands for goods: a barcode, an item number, a scale's label, a GS1 code. Several only
  // where several have this barcode. Refused as a Scan of it is: barcode.*, item.*, price.*
  struct PriceCheck {
    catalogue::ItemSummary item;
    Quantity quantity;                 // one piece or kilogram, unless the code says otherwise (a pack, a label)
    Money regular;                     // for `quantity`; goods with an open price have none: zero
    Money today;                       // the same with everything that is taken off today
    std::vector<ViewSaving> savings;   // which that is
    std::vector<ViewNearMiss> offers;  // what more of it would bring
  };
  [[nodiscard]] Result<std::vector<PriceCheck>> check_price(
      const std::string& code, barcode::Symbology symbology = barcode::Symbology::unknown) const;
  [[nodiscard]] Result<PriceCheck> check_price(catalogue::ItemId item) const;
  // A receipt of this till again, marked as a duplicate with the number it had: recorded in the journal and counted
  // first, so a journal that cannot be written (journal.*) refuses it. register.nothing_to_reprint, receipt.not_here,
  // device.no_printer. A gift receipt, without prices, is no duplicate and is not counted.
  [[nodiscard]] Result<void> reprint_last();
  [[nodiscard]] Result<void> reprint(std::int64_t receipt_number);
  [[nodiscard]] Result<void> print_gift_receipt(std::int64_t receipt_number);  // 0: the last one
  // As Register::is_beyond_drawer: change for an amount that is being typed.
  [[nodiscard]] bool is_beyond_drawer(Money cash_out) const;
  // X on paper; shift.none_open. Z of the last close again.
  [[nodiscard]] Result<void> print_x();
  [[nodiscard]] Result<void> reprint_z();
  // A member's card or phone, as scanned or typed. member.unknown
  [[nodiscard]] Result<void> identify_member(std::string_view code);
  // These may ask the server: `done` runs on the owning thread, at once where nothing has to be asked, and the error is
  // in the view's message as well. coupon.*; return.no_receipt (no such identity), return.no_sale, link.offline.
  using Done = std::function<void(const Result<void>&)>;
  void add_coupon(std::string_view code, Done done);
  // The identity on a receipt (its barcode's digits), or "TILL-NUMBER".
  void begin_return(std::string_view receipt, Done done);
  // The same, of a sale that is made undone as a whole: BeginVoid with its reason. void.*
  void begin_void(std::string_view receipt, std::string_view reason, Done done);
  // A sale whose receipt is not at hand: by a member's card or phone or by goods as scanned or typed, by till, business
  // day, and what was paid. Of the last days (search_days), newest first, at most 50. Without the server those of this
  // till (offline is set). return.search_nothing (neither a member's nor goods'), access.denied
  static constexpr int search_days = 30;
  struct SaleWish {
    std::string code;
    std::optional<std::int64_t> till;
    std::optional<Date> date;
    std::optional<Money> amount;
  };
  struct FoundSales {
    std::vector<protocol::FoundSale> sales;
    bool more = false;
    bool offline = false;
  };
  void find_sales(const SaleWish& wish, std::function<void(const Result<FoundSales>&)> done);
  // ---- baskets that were put aside ----
  // Those of all tills, oldest first; without the server those of this till that never left it (offline is set).
  struct Suspended {
    std::vector<protocol::SuspendedSummary> baskets;
    bool offline = false;
  };
  void suspended(std::function<void(const Result<Suspended>&)> done);
  // By its id or by the label on its slip. suspended.taken, suspended.unknown, link.offline; register.basket_open.
  void recall(const Uuid& id, Done done);
  void recall(std::string_view label, Done done);
  // ---- approvals from afar ----
  // Asks for it; the command is carried out when it is granted (LaneEvent approval_answered). One at a time:
  // approval.one_at_a_time. `subject` and `details`: what it is about, in the words of who reads it.
  void ask_approval(const Command& command, const Error& refusal, std::string subject, Error::Details details,
                    Done done);
  void withdraw_approval();
  [[nodiscard]] const std::optional<protocol::ApprovalStatus>& asked_approval() const;
  // Of other tills, which can be answered here by number and PIN.
  [[nodiscard]] const std::vector<protocol::ApprovalStatus>& waiting_approvals() const;
  void answer_approval(const Uuid& id, bool granted, std::string_view number, std::string_view pin, Done done);
  // ---- shift ----
  // What is still open, to be shown before a close: close.unsent (detail "count"), close.suspended (details "count",
  // "labels"), close.parked.
  void close_obstacles(std::function<void(const std::vector<Error>&)> done);
  // ---- training ----
  // Only with an empty basket; sales count for nothing then. training.not_now, training.unavailable; access.denied,
  // which somebody else can lift like any other command's (BeginTraining).
  [[nodiscard]] Result<void> begin_training();
  [[nodiscard]] Result<void> end_training();
  // ---- devices ----
  [[nodiscard]] ScaleReading weight() const;
  // What is put on the plate before the goods (kg), until the next weighing. register.bad_tare
  [[nodiscard]] Result<void> set_tare(Quantity tare);
  [[nodiscard]] Quantity tare() const;
  // What the scale shows now becomes its zero. scale.none, scale.absent, scale.cannot_zero (its protocol has no such
  // command: press the key on the scale), scale.moving
  [[nodiscard]] Result<void> set_scale_to_zero();
  [[nodiscard]] CashDrawer::Position drawer_position() const;
  // It stood open for too long and still does. Never while it is counted at a close.
  [[nodiscard]] bool drawer_left_open() const;
  // Why receipts do not look as the shop wants: templates and a logo that cannot be read. They print all the same.
  [[nodiscard]] const std::vector<Error>& paper_troubles() const;
  // Every device that this till was started with, as it stands now; the scale: weight(), the drawer besides:
  // drawer_position(). Scanners that type like a keyboard are not known here.
  struct Devices {
    DeviceState printer = DeviceState::none;
    DeviceState display = DeviceState::none;  // the two lines that face the customer
    bool drawer = false;                      // there is one
    std::vector<DeviceState> scanners;
    enum class TestSlip { none, waiting, printed, lost };
    TestSlip test_slip = TestSlip::none;  // where the last one stands
    std::optional<Error> test_trouble;    // why it waits, or is lost
    bool test_shown = false;              // on the display, since the devices are watched or for good
  };
  [[nodiscard]] Devices devices() const;
  // A slip from which a person sees whether the printer prints everything; nothing of it is recorded or counted.
  // device.no_printer, device.queue_full, device.test_waits (the one before still waits for the printer)
  [[nodiscard]] Result<void> print_test();
  // Words and digits on the customer's display, until something else is shown there. display.none
  [[nodiscard]] Result<void> show_test();
  // While somebody looks at the devices the scale is asked as often as for goods that wait for their weight. Afterwards
  // a test goes from the customer's display. What lies on the scale meanwhile is no goods of the sale.
  void watch_devices(bool wanted);
  // While a face keeps the till locked nothing on the scale goes into the sale.
  void lock_scale(bool locked);

  // The server has not answered yet: to add_coupon, begin_return, or to a Scan of a coupon, which was neither taken nor
  // refused then. The view's message says how it went.
  [[nodiscard]] bool asking() const;
  [[nodiscard]] const std::optional<protocol::StoreProfile>& profile() const;
  [[nodiscard]] const LinkStatus& link() const;
  [[nodiscard]] JournalStore::Outbox outbox() const;
  [[nodiscard]] DeviceState printer_state() const;
  [[nodiscard]] std::int64_t till() const;
  // The store's time: what is recorded, and by which prices and offers hold. That of this till's clock, less what it is
  // known to be ahead of the server's (LinkStatus::clock_ahead_s).
  [[nodiscard]] ZonedTime now() const;
  [[nodiscard]] catalogue::Version catalogue_version() const;
  [[nodiscard]] std::int64_t item_count() const;

  // Several may listen; each is told on the owning thread after the view or the status changed. What happened before
  // anybody listened (a restored basket) is told to the first event listener at once.
  void on_change(std::function<void()> listener);
  void on_event(std::function<void(const LaneEvent&)> listener);

  // ---- what comes from the link and the devices, on the owning thread ----
  void link_changed(const LinkStatus& status);
  void paired(std::int64_t till);
  void catalogue_changed(catalogue::Version version);
  void profile_changed();
  void delivered(std::int64_t sequence);
  void parked(std::int64_t sequence, const Error& error);
  void print_finished(std::int64_t receipt_number, const Result<void>& result);
  void scanned(const std::string& data);
  void scale_changed(const ScaleReading& reading);
  void drawer_changed(CashDrawer::Position position);
  void drawer_stays_open();
  void printer_changed();
  void approvals_changed();
  void suspended_changed();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
