// Today's sales, live: fetched once, then kept up by what the server pushes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/lifetime.h"
#include "model/signal.h"
#include "model/store_model.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// Till and its sequence number: the identity of a sale.
struct SaleKey {
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  auto operator<=>(const SaleKey&) const = default;
};
[[nodiscard]] inline SaleKey key_of(const protocol::SaleSummary& sale) {
  return {sale.till, sale.sequence};
}

// UI thread only.
class SalesModel {
 public:
  static constexpr std::size_t page_rows = 100;
  static constexpr std::chrono::milliseconds catch_up_pause{400};

  SalesModel(Transport& transport, Timers& timers, const Clock& clock, const StoreModel& store)
      : transport_(transport), timers_(timers), clock_(clock), store_(store) {}

  void refresh(Asked asked = Asked::by_person);
  void need_more();
  void set_till(std::optional<std::int64_t> till);  // nullopt: all
  void pushed(const protocol::SaleSummary& sale);
  void day_may_have_changed();  // a new business day begins with an empty list
  void clear();

  [[nodiscard]] Date date() const { return date_; }
  [[nodiscard]] std::optional<std::int64_t> till() const { return till_; }
  [[nodiscard]] const std::vector<protocol::SaleSummary>& sales() const { return sales_; }  // newest first
  [[nodiscard]] std::int64_t count() const { return count_; }  // of the day and the chosen till
  [[nodiscard]] Money total() const { return total_; }
  [[nodiscard]] std::optional<std::int64_t> exception_count() const { return exceptions_; }
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool ever_loaded() const { return ever_loaded_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  // Came by push and nobody has looked at it yet.
  [[nodiscard]] bool is_fresh(const SaleKey& key) const { return fresh_.contains(key); }
  [[nodiscard]] std::size_t fresh_count() const { return fresh_.size(); }
  void looked();  // nothing is fresh any more

  void select(std::optional<SaleKey> key);
  [[nodiscard]] const std::optional<SaleKey>& selected() const { return selected_; }
  [[nodiscard]] std::optional<std::size_t> selected_row() const;
  [[nodiscard]] const std::optional<protocol::SaleDetail>& detail() const { return detail_; }
  [[nodiscard]] const std::optional<Error>& detail_error() const { return detail_error_; }

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  struct Load {
    std::vector<protocol::SaleSummary> rows;
    std::size_t wanted = 0;
    bool replaces = false;
    Asked asked = Asked::by_person;
  };
  [[nodiscard]] Date today() const;
  void load(Load load);
  void loaded(Load load, Result<protocol::SalesPage> page);
  void insert(const protocol::SaleSummary& sale);
  void catch_up_later();

  Transport& transport_;
  Timers& timers_;
  const Clock& clock_;
  const StoreModel& store_;
  Date date_;
  std::optional<std::int64_t> till_;
  std::vector<protocol::SaleSummary> sales_;
  std::set<SaleKey> known_;  // keys of sales_
  std::set<SaleKey> fresh_;
  std::int64_t count_ = 0;
  Money total_;
  std::optional<std::int64_t> exceptions_;
  bool complete_ = false;
  bool loading_ = false;
  bool ever_loaded_ = false;
  std::set<SaleKey> pushed_while_loading_;
  std::optional<Error> error_;
  std::optional<SaleKey> selected_;
  std::optional<protocol::SaleDetail> detail_;
  std::optional<Error> detail_error_;
  std::unique_ptr<Timer> catch_up_;
  Lifetime list_;
  Lifetime detail_life_;
  Signal changed_;
};

}  // namespace lanekeeper::office
