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
#include "lane/ports.h"
#include "register/register.h"

namespace lanekeeper::till {

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
    storage_failing,  // error: the open basket cannot be written; selling goes on, the commit will decide
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
};

class Lane {
 public:
  explicit Lane(LaneServices services);
  ~Lane();

  // ---- faces ----
  [[nodiscard]] ViewPtr view() const;
  // Runs the command and everything it asks for. The error is also in the view's message.
  [[nodiscard]] Result<void> command(const Command& command);
  // Checks number and PIN against the replica: access.unknown_or_wrong, access.wait, access.locked,
  // access.no_till_role.
  [[nodiscard]] Result<void> sign_in(std::string_view number, std::string_view pin);
  [[nodiscard]] std::vector<access::StaffMember> staff() const;  // active, may ring sales; verifiers left out
  [[nodiscard]] std::vector<catalogue::ItemSummary> search(std::string_view text, int limit) const;
  // Items of a category in the order of their PLU, for the quick keys.
  [[nodiscard]] std::vector<catalogue::ItemSummary> quick_keys(catalogue::CategoryId category, int limit) const;
  [[nodiscard]] Result<void> reprint_last();
  // A member's card or phone, as scanned or typed. member.unknown
  [[nodiscard]] Result<void> identify_member(std::string_view code);
  // These may ask the server: `done` runs on the owning thread, at once where nothing has to be asked, and the error is
  // in the view's message as well. coupon.*; return.no_receipt (no such identity), return.no_sale, link.offline.
  using Done = std::function<void(const Result<void>&)>;
  void add_coupon(std::string_view code, Done done);
  // The identity on a receipt (its barcode's digits), or "TILL-NUMBER".
  void begin_return(std::string_view receipt, Done done);
  // The server has not answered yet: to add_coupon, begin_return, or to a Scan of a coupon, which was neither taken nor
  // refused then. The view's message says how it went.
  [[nodiscard]] bool asking() const;
  [[nodiscard]] const std::optional<protocol::StoreProfile>& profile() const;
  [[nodiscard]] const LinkStatus& link() const;
  [[nodiscard]] JournalStore::Outbox outbox() const;
  [[nodiscard]] DeviceState printer_state() const;
  [[nodiscard]] std::int64_t till() const;
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

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
