// Takes in the journals of the tills and shows what came in.
//
// Uploads that arrive together are stored in one database transaction: preparing them (hashes, signatures, JSON,
// prices) runs on all database workers, storing them on one at a time. A fact is never refused: what is wrong with it
// is kept and raised as an exception. Kinds of exceptions:
//   journal.conflict        the till's sequence number holds another content already; this one is kept aside
//   journal.malformed       nothing readable, or hash or signature do not hold; kept aside
//   journal.gap             sequence numbers are missing before this one
//   journal.broken_chain    the hash of the entry before is not the stored one
//   sale.receipt_reused     the receipt number is another sale's already
//   sale.receipt_gap        receipt numbers are missing before this one
//   sale.id_reused          the identity of the sale is another sale's already
//   sale.arithmetic         sums inside the sale do not agree
//   sale.till_differs       the sale says another till than the entry that carries it
//   price.differs           a unit price is not the catalogue's of that version, and nobody overrode it
//   price.label_differs     the amount of a label is not its weight at that price
//   price.shelf_label       the shelf said another price than the catalogue, and the customer was given it
//   price.recomputed        pricing the basket again gives another result
//   promotion.unknown_version  it was priced by promotions that were never published here
//   promotion.wrong_version    it was priced by others than were in force when it began
//   promotion.limit_exceeded   a promotion was used more often than it allows a member and day, or in total
//   coupon.used_twice       a coupon that is good only once was spent before
//   return.more_than_sold   more came back than was sold and had not come back yet
//   return.amount_differs   another amount went back than was paid
//   return.refunded_differs the return says something else about its sale than is recorded here
//   return.unknown_sale     its till has sent later sales, but not the one goods came back of
//   return.blind            goods came back without a receipt: for somebody to look at
//   tender.refund_too_much  more went back by a way of paying than was paid by it
//   deposit.not_allowed     more was given back for deposits than anybody may who rang or allowed it
//   approval.not_allowed    somebody approved what they may not, or what they asked for or buy themselves
//   sale.own_member         somebody rang up their own purchase, as a member
//   till.clock_ahead        a till's clock runs ahead: an entry arrives clock_tolerance_ms before it happened; once,
//                           and again when it is another minute
//   code.unknown            a barcode was scanned that nobody knows; one per code and business date, with how often
//   suspended.untaken       a basket that was put aside was not taken up on its business date
//   control.mismatch        figures inside a control transaction do not agree
//   control.till_differs    it says another till than the entry that carries it
//   shift.gap               the number of a shift that begins does not follow the one before
//   shift.still_open        it begins before the one before has ended
//   shift.not_open          an entry belongs to a shift that was never opened
//   shift.late_entry        an entry arrived after the Z of its shift
//   shift.differs           the Z is not the sum of the shift's entries
//   sale.training_in_journal  an exercise came in as a sale
//   item.unknown            an item of the sale is not in the catalogue
//   stock.negative          the stock of an item that is kept fell below zero
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "protocol/messages.h"
#include "protocol/return_messages.h"
#include "sale/returnable_sale.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

struct SaleQuery {
  Date business_date;
  std::int64_t till = 0;     // 0: all
  std::int64_t limit = 100;  // 1..500
  std::string before;        // sale_id of the last row one has; empty: from the newest
  bool only_exceptions = false;
};

struct SaleException {
  std::string id;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  protocol::ErrorBody what;  // code = kind
  ZonedTime raised_at;
};

// Which ones are asked for. What is raised about an entry that is stored as a sale is the sale's; all the rest (control
// transactions, entries that cannot be read, baskets) is its till's.
struct ExceptionFilter {
  enum class About { everything, sales, tills };
  About about = About::everything;
  std::int64_t hours = 0;  // of the last so many; 0: of all time
};

class SaleService {
 public:
  static constexpr std::size_t max_entries = 100;           // of one upload; journal.too_many
  static constexpr std::size_t max_waiting_uploads = 1000;  // then journal.busy: send again later
  static constexpr std::int64_t clock_tolerance_ms = 3 * 60 * 1000;
  static constexpr std::size_t max_payload_bytes = 1024 * 1024;  // of one entry; larger is malformed

  // server_key signs the acknowledgements.
  SaleService(ServiceContext context, journal::SigningKey server_key);
  ~SaleService();  // waits for what is under way
  SaleService(const SaleService&) = delete;
  SaleService& operator=(const SaleService&) = delete;

  // From any thread, does not block. done is called exactly once, on a database worker (or at once, when refused), with
  // the signed answer or a refusal: access.not_enrolled, access.not_a_till, journal.too_many, journal.empty,
  // journal.mixed_tills, journal.foreign_till (entries of a till whose keys did not sign them), journal.busy, or
  // server.storage when the database is in trouble: the outcome is unknown then, sending the same again is right.
  void ingest(Principal principal, protocol::JournalUpload upload,
              std::function<void(Result<protocol::JournalAck>)> done);
  // The same, waiting. Not from a database worker.
  [[nodiscard]] Result<protocol::JournalAck> ingest(const Principal& principal, protocol::JournalUpload upload);

  // sales_read
  [[nodiscard]] Result<protocol::SalesPage> list(const Principal& principal, const SaleQuery& query);
  [[nodiscard]] Result<protocol::SaleDetail> detail(const Principal& principal, std::int64_t till,
                                                    std::int64_t sequence);  // sale.not_found
  // For devices: what goods can be taken back of a sale, and what has come back so far. A till keeps the sale for
  // itself by asking, until its return has arrived, release_return() or some minutes later. return.no_sale,
  // return.taken
  [[nodiscard]] Result<sale::ReturnableSale> returnable(const Principal& principal, std::int64_t till,
                                                        std::int64_t receipt_number);
  static constexpr std::int64_t return_kept_ms = 10 * 60 * 1000;
  // For tills: sales whose receipt is not at hand, newest first. request.bad_parameter (detail "name"): days the wrong
  // way round or too many, or a limit that is none.
  [[nodiscard]] Result<protocol::FoundSales> search(const Principal& principal, const protocol::SaleSearch& search);
  // For tills. Also when it was not kept: nothing is done then.
  [[nodiscard]] Result<void> release_return(const Principal& principal, const protocol::ReturnRelease& release);
  // exceptions_read. Newest first; before: id of the last one that one has, or empty. limit 1..500.
  [[nodiscard]] Result<std::vector<SaleException>> exceptions(const Principal& principal, const std::string& before,
                                                              std::int64_t limit, const ExceptionFilter& filter = {});

  struct Statistics {
    std::int64_t entries_stored = 0;
    std::int64_t entries_duplicate = 0;
    std::int64_t entries_aside = 0;  // conflicts and malformed
    std::int64_t exceptions = 0;
    std::int64_t batches = 0;       // transactions
    std::int64_t batch_splits = 0;  // transactions repeated in parts because of a poisonous entry
    std::int64_t waiting_uploads = 0;
  };
  [[nodiscard]] Statistics statistics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::services
