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
#include "protocol/members.h"
#include "protocol/messages.h"
#include "protocol/promotions.h"
#include "sale/retail_transaction.h"
#include "sale/returnable_sale.h"

namespace lanekeeper::till {

// The till's durable memory (SQLite, WAL, synchronous FULL). Used from the UI thread; each call that returns has
// reached the disk. journal.disk_full, journal.unwritable as values: the sale then did not happen.
class JournalStore {
 public:
  virtual ~JournalStore() = default;
  // Gives the sale its receipt number, appends the journal entry and puts it into the outbox, and clears the stored
  // basket, all in one transaction. Returns the sale as it was recorded.
  [[nodiscard]] virtual Result<sale::RetailTransaction> commit(const sale::RetailTransaction& sale) = 0;
  [[nodiscard]] virtual Result<void> save_basket(const sale::Basket& basket) = 0;
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
  // return.no_sale
  virtual void find_sale(std::int64_t till, std::int64_t receipt_number, Answer<sale::ReturnableSale> answer) = 0;
  virtual void reserve_coupon(const protocol::CouponReservation& coupon, Answer<void> answer) = 0;
  virtual void release_coupon(const protocol::CouponReservation& coupon) = 0;
  // member 0: nobody.
  virtual void promotion_uses(std::int64_t member, const Date& date, Answer<protocol::PromotionUses> answer) = 0;
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

enum class DeviceState { none, ok, absent, paper_out, cover_open, error };

// Bounded queue, a worker thread behind it: nothing here waits for paper.
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
  // A drawer's pulse: in order with the receipts, but worth nothing later, so it is dropped after a few seconds.
  [[nodiscard]] virtual Result<void> pulse(std::string bytes) {
    return print(std::move(bytes), [](const Result<void>&) {});
  }
  [[nodiscard]] virtual DeviceState state() const = 0;
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
};

}  // namespace lanekeeper::till
