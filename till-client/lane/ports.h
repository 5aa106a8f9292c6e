// What the lane needs from the outside: the rooms cache, link and peripherals implement these, main.cpp wires them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/permissions.h"
#include "base/error.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "journal/chain.h"
#include "pricing/promotion_calendar.h"
#include "protocol/lane_messages.h"
#include "protocol/members.h"
#include "protocol/messages.h"
#include "protocol/promotions.h"
#include "protocol/return_messages.h"
#include "sale/retail_transaction.h"
#include "sale/returnable_sale.h"
#include "sale/shift_trail.h"

namespace lanekeeper::till {

// The till's durable memory (SQLite, WAL, synchronous FULL). Used from the UI thread; each call that returns has
// reached the disk. journal.disk_full, journal.unwritable as values: the sale then did not happen.
class JournalStore {
 public:
  virtual ~JournalStore() = default;
  // Gives the sale its receipt number, appends the journal entry and puts it into the outbox, and clears the stored
  // basket, all in one transaction. Returns the sale as it was recorded.
  [[nodiscard]] virtual Result<sale::RetailTransaction> commit(const sale::RetailTransaction& sale) = 0;
  // A power cut in the next moment may still take the last change of it.
  [[nodiscard]] virtual Result<void> save_basket(const sale::Basket& basket) = 0;
  // Waits until what save_basket() was given last is on the disk.
  [[nodiscard]] virtual Result<void> settle_basket() { return {}; }
  [[nodiscard]] virtual std::optional<sale::Basket> load_basket() const = 0;
  [[nodiscard]] virtual std::optional<sale::RetailTransaction> last_sale() const = 0;
  struct Outbox {
    std::int64_t unsent = 0;
    Money unsent_amount;
    std::int64_t parked = 0;
    std::int64_t last_sequence = 0;
    std::int64_t last_receipt_number = 0;
  };
  [[nodiscard]] virtual Outbox outbox() const = 0;
  // A sale of this till and what this till knows to have come back of it, while it is kept here. nullopt: not here.
  [[nodiscard]] virtual std::optional<sale::ReturnableSale> find_sale(std::int64_t receipt_number) const = 0;
  // Those that were sold here and fit, newest first, at most search.limit; only the newest that are kept are looked at.
  [[nodiscard]] virtual std::vector<protocol::FoundSale> find_sales(const protocol::SaleSearch&) const { return {}; }
  // Appends what is no sale, as commit() does: no receipt number is used. The same id again changes nothing.
  struct RecordedControl {
    sale::ControlTransaction control;
    std::int64_t sequence = 0;
  };
  [[nodiscard]] virtual Result<RecordedControl> commit_control(const sale::ControlTransaction& control) {
    return RecordedControl{control, 0};
  }
  // The newest of them that concerns this basket, as far as it is not far back. nullopt: none is known.
  [[nodiscard]] virtual std::optional<sale::ControlTransaction> last_control_of(const Uuid& /*basket*/) const {
    return std::nullopt;
  }
  // Where the shifts of this till stand, read from the journal once at the start and kept up by commits: exact after
  // any kill.
  struct Shifts {
    std::optional<sale::ControlTransaction> opening;  // of the one that is open
    sale::ShiftTotals totals;                         // of the one that is open, the opening included
    std::int64_t last_number = 0;
    Money left_in_drawer;                                  // by the last close
    std::optional<sale::ControlTransaction> last_closing;  // for a Z that has to be printed again
    sale::ShiftTrail trail;                                // of the one that is open
  };
  [[nodiscard]] virtual Shifts shifts() const { return {}; }
};

// Baskets that were put aside at this till, until the server has them or they were taken up again. A row that was
// never handed over can be taken up here without the server; one that was may be elsewhere, so the server is asked.
// Also those of which the server was asked, so that a till that was killed meanwhile ends what it had begun.
// Durable like the journal; used on the owning thread.
class SuspendedStore {
 public:
  virtual ~SuspendedStore() = default;
  struct Row {
    protocol::SuspendedBasket suspended;
    bool handed_over = false;  // the server may know it
    bool at_server = false;    // the server has said so
    bool won = false;          // the server gave it to this till: it is nobody else's, and is not sent again
    std::optional<sale::ControlTransaction> record;  // what the journal has to say of it, until recorded()
  };
  // Makes the label, "3-0017": till and a number that begins again every day. `record` is kept with it and gets the
  // label. journal.disk_full, journal.unwritable.
  [[nodiscard]] virtual Result<protocol::SuspendedBasket> add(protocol::SuspendedBasket basket,
                                                              sale::ControlTransaction record) = 0;
  [[nodiscard]] virtual std::vector<Row> rows() const = 0;  // oldest first
  virtual void recorded(const Uuid& id) = 0;                // the journal has its record
  // Before the first attempt to send it.
  [[nodiscard]] virtual Result<void> hand_over(const Uuid& id) = 0;
  virtual void arrived(const Uuid& id) = 0;
  // Taken up, or known to be elsewhere. False: it was not here.
  [[nodiscard]] virtual Result<bool> remove(const Uuid& id) = 0;

  // Before the server is asked for it. The same again changes nothing.
  [[nodiscard]] virtual Result<void> want(const protocol::SuspendedSummary& basket) = 0;
  [[nodiscard]] virtual std::vector<protocol::SuspendedSummary> wanted() const = 0;  // in the order of asking
  // The server gave it to this till: a row, and wanted no more, in one.
  [[nodiscard]] virtual Result<void> win(const protocol::SuspendedBasket& basket) = 0;
  // Somebody else has it.
  [[nodiscard]] virtual Result<void> give_up(const Uuid& id) = 0;
  // There is one of this till with this label at the server: the labels of its day go on behind it. A till that was
  // installed again would else begin at 1 a second time. What is no label of numbers says nothing.
  virtual void label_in_use(const protocol::SuspendedSummary& /*basket*/) {}
};

// What the till knows of the store without the server.
class StoreReplica {
 public:
  virtual ~StoreReplica() = default;
  [[nodiscard]] virtual std::optional<protocol::StoreProfile> profile() const = 0;
  [[nodiscard]] virtual catalogue::Version catalogue_version() const = 0;
  [[nodiscard]] virtual std::int64_t item_count() const = 0;
  // Those in force and to come, and the ones before that a basket may still be priced with. Unreadable ones are left
  // out.
  [[nodiscard]] virtual pricing::PromotionCalendar promotions() const = 0;
  // By what was scanned or typed: number of the card or phone. nullopt: no such member.
  [[nodiscard]] virtual std::optional<protocol::MemberCard> find_member(std::string_view code) const = 0;
};

// What only the server knows. Asked on the owning thread; the answer comes later, on a thread of the link, or at once
// with link.offline. Asking never waits. At most a few are under way at once: link.busy.
class StoreQuestions {
 public:
  template <class T>
  using Answer = std::function<void(Result<T>)>;
  virtual ~StoreQuestions() = default;
  // The sale is kept for this till until its return has arrived or release_return(). return.no_sale, return.taken
  virtual void find_sale(std::int64_t till, std::int64_t receipt_number, Answer<sale::ReturnableSale> answer) = 0;
  virtual void release_return(const Uuid& /*sale*/) {}
  // Looks for a sale without its receipt. request.bad_parameter
  virtual void find_sales(const protocol::SaleSearch&, Answer<protocol::FoundSales> answer) { answer(no_server()); }
  virtual void reserve_coupon(const protocol::CouponReservation& coupon, Answer<void> answer) = 0;
  virtual void release_coupon(const protocol::CouponReservation& coupon) = 0;
  // member 0: nobody.
  virtual void promotion_uses(std::int64_t member, const Date& date, Answer<protocol::PromotionUses> answer) = 0;
  // Baskets that were put aside (protocol/lane_messages.h).
  virtual void suspend(const protocol::SuspendedBasket&, Answer<void> answer) { answer(no_server()); }
  virtual void suspended(const Date&, Answer<protocol::SuspendedList> answer) { answer(no_server()); }
  virtual void recall(const Uuid&, Answer<protocol::SuspendedBasket> answer) { answer(no_server()); }
  // Approval from afar. What changes is told by LinkHandlers::approvals_changed.
  virtual void ask_approval(const protocol::ApprovalRequest&, Answer<protocol::ApprovalStatus> answer) {
    answer(no_server());
  }
  virtual void approval(const Uuid&, Answer<protocol::ApprovalStatus> answer) { answer(no_server()); }
  virtual void withdraw_approval(const Uuid&) {}
  virtual void approvals(Answer<protocol::ApprovalList> answer) { answer(no_server()); }
  virtual void answer_approval(const Uuid&, const protocol::ApprovalAnswer&, Answer<protocol::ApprovalStatus> answer) {
    answer(no_server());
  }

 protected:
  static tl::unexpected<Error> no_server() {
    return fail("link.offline", "The store server cannot be reached. Try again when it is back.");
  }
};

// Which receipts have reached paper. That a receipt is wanted is written with its sale; this says how far printing got,
// so that a till that was killed prints what is left, and nothing twice as far as that can be known.
class ReceiptLog {
 public:
  struct Receipt {
    std::int64_t till = 0;
    std::int64_t number = 0;
  };
  struct Unprinted {
    sale::RetailTransaction sale;
    bool begun = false;  // its first bytes may have reached the printer
  };
  virtual ~ReceiptLog() = default;
  // What was left when the log was opened, oldest first.
  [[nodiscard]] virtual std::vector<Unprinted> unprinted() const = 0;
  // Called on the printer's thread: before the first byte goes out, and when the printer has taken the last one. They
  // do not throw: paper matters more than the log.
  virtual void begun(const Receipt& receipt) = 0;
  virtual void printed(const Receipt& receipt) = 0;
};

// paper_low works, but wants a new roll soon; offline: it is there and takes nothing just now (its feed key is held
// down, it has not warmed up).
enum class DeviceState { none, ok, absent, paper_out, cover_open, error, paper_low, offline };

// Bounded queue, a worker thread behind it: nothing here waits for paper. A receipt whose end and cut the printer has
// confirmed is never sent again; one that stayed incomplete is printed again from its beginning, under a heading.
class ReceiptPrinter {
 public:
  virtual ~ReceiptPrinter() = default;
  // device.queue_full when 50 jobs wait. done runs on the worker's thread: once with the error when the first attempt
  // fails (the printer goes on trying), and at the end, with success or device.stopped.
  [[nodiscard]] virtual Result<void> print(std::string bytes, std::function<void(Result<void>)> done) = 0;
  // The same; `begins` runs on the worker's thread each time just before the first byte goes out, so not while the
  // printer cannot be reached.
  [[nodiscard]] virtual Result<void> print_logged(std::string bytes, const std::function<void()>& begins,
                                                  std::function<void(Result<void>)> done) {
    if (begins) begins();
    return print(std::move(bytes), std::move(done));
  }
  // A drawer's pulse: ahead of the receipts that wait, also without paper where the printer can; worth nothing later,
  // so it is dropped after a few seconds.
  [[nodiscard]] virtual Result<void> pulse(std::string bytes) {
    return print(std::move(bytes), [](const Result<void>&) {});
  }
  [[nodiscard]] virtual DeviceState state() const = 0;
  // Told on the printer's thread when it changes; set before the first job. Not called after the object is gone.
  virtual void on_state(std::function<void(DeviceState)> /*listener*/) {}
  // The level at pin 3 of the drawer's connector, where the printer says it. Which level means "open" depends on the
  // drawer.
  [[nodiscard]] virtual std::optional<bool> drawer_pin() const { return std::nullopt; }
  virtual void on_drawer_pin(std::function<void(bool)> /*listener*/) {}  // as on_state
  // Printed ahead of a receipt that comes again because the one before it stayed incomplete. Bytes; set before the
  // first job.
  virtual void set_replacement_heading(std::string /*bytes*/) {}
};

// What the link tells the lane, from its own thread; the lane's host carries it to the UI thread.
struct LinkStatus {
  enum class State { unpaired, pairing, connecting, online, offline, revoked };
  State state = State::connecting;
  std::string server;
  std::optional<ZonedTime> since;                   // when this state began
  std::optional<Error> error;                       // why, when offline
  std::optional<protocol::EnrolmentTicket> ticket;  // while pairing
  bool sending = false;
  std::int64_t catalogue_done = 0;  // items loaded of a running full load
  // How far this till's clock is ahead of the server's (below zero: behind), as last seen. 0: less than
  // clock_tolerance_s.
  std::int64_t clock_ahead_s = 0;
  // When the server answered last, by this till's clock; remembered over restarts. nullopt: never, or not known.
  std::optional<Instant> heard_at = std::nullopt;
};
inline constexpr std::int64_t clock_tolerance_s = 3 * 60;

}  // namespace lanekeeper::till
