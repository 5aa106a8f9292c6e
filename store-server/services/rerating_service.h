// "What would these sales have cost under version n of the promotions?" Every sale of some days priced once more, with
// its own goods, prices, member, coupons and discounts by hand, but other promotions. Only reads, a page at a time: it
// keeps nobody from selling, and its memory does not grow with the sales.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/time.h"
#include "money/money.h"
#include "services/promotion_library.h"
#include "services/service_context.h"

namespace lanekeeper::services {

struct RerateWish {
  std::int64_t version = 0;  // of the promotions; 0: none at all
  Date from;                 // business dates, both included
  Date to;
};

// A sale whose total differs, or of which nothing can be said.
struct RerateRow {
  enum class Kind {
    differs,
    returned,  // goods that came back: their price is what was paid for them
    failed,    // because tells why it could not be priced
  };
  Kind kind = Kind::differs;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  std::int64_t receipt_number = 0;
  Date business_date;
  Money recorded;       // total, before cash rounding
  Money rerated;        // the same under that version
  Money owed;           // recorded less rerated: above zero, the customer paid too much
  std::string because;  // code of an error
};

struct RerateSummary {
  std::int64_t total = 0;  // sales in these days
  std::int64_t done = 0;
  std::int64_t same = 0;
  std::int64_t differing = 0;
  std::int64_t returns = 0;
  std::int64_t failed = 0;
  Money owed;          // to customers who paid more
  Money undercharged;  // by customers who paid less, >= 0
  bool cancelled = false;
};

class ReratingService {
 public:
  static constexpr std::int64_t page_sales = 200;
  static constexpr int max_days = 3660;

  explicit ReratingService(const ServiceContext& context) : context_(context), library_(context) {}

  using Found = std::function<void(const RerateRow&)>;
  // After every page; false: stop.
  using Progress = std::function<bool(const RerateSummary&)>;

  // Not inside a transaction. promotion.no_version, rerating.bad_period. done is same + differing + returns + failed.
  [[nodiscard]] Result<RerateSummary> run(const RerateWish& wish, const Found& found, const Progress& progress);

 private:
  ServiceContext context_;
  PromotionLibrary library_;
};

}  // namespace lanekeeper::services
