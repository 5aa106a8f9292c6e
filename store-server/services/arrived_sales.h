// What only the rows that are there already can tell about the sales of a batch: goods that came back more than once,
// limits of promotions that two tills used up at once, coupons that were spent twice. Used once per batch, by the one
// writer, inside its transaction; costs one question per batch when none of this is in it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sale/returnable_sale.h"
#include "services/entry_preparation.h"
#include "storage/journal_repository.h"
#include "storage/promotion_use_repository.h"
#include "storage/return_repository.h"
#include "storage/sale_repository.h"

namespace lanekeeper::services {

class ArrivedSales {
 public:
  using Raise = std::function<void(std::size_t sale, ExceptionDraft)>;  // about the sale of that place in the batch

  // heads: of the tills in the batch, as they stand after it.
  ArrivedSales(storage::Connection& connection, std::int64_t store_id, std::span<const PreparedEntry* const> sales,
               const std::map<std::int64_t, storage::TillHead>& heads, Raise raise)
      : sales_(sales),
        heads_(heads),
        raise_(std::move(raise)),
        journal_(connection, store_id),
        payloads_(connection, store_id),
        returns_(connection, store_id),
        uses_(connection, store_id) {}

  void check_returns();
  void check_limits();
  // The coupons that these sales are the first to spend.
  [[nodiscard]] std::vector<storage::Redemption> redeem_coupons();
  // After check_returns(): what the sales had used that are made undone now.
  [[nodiscard]] std::vector<storage::UseGivenBack> given_back() const;
  // After redeem_coupons(): the sales that were here before whose coupons are free again.
  [[nodiscard]] const std::vector<storage::EntryKey>& freed() const { return freed_; }

 private:
  // A sale that goods came back of, and where its returns are.
  struct Returned {
    std::optional<std::size_t> in_batch;
    std::vector<storage::EntryKey> stored;  // returns that were here before
    std::vector<std::size_t> arrived;       // returns in this batch
  };

  // A sale that is made undone.
  struct Undone {
    std::optional<std::size_t> in_batch;
    storage::EntryKey key;
  };

  // Uses until now, with those of the batch that were looked at.
  struct Counts {
    std::map<storage::UseKey, std::int64_t> of_member;
    std::map<std::string, storage::UsesByDay> by_day;
  };

  [[nodiscard]] Counts counts();
  void check_limit(std::size_t place, const storage::PromotionUseRow& use, const UseLimit& limit, Counts& counts);
  [[nodiscard]] std::map<std::string, Returned> find_returned();
  void check_returned(const std::string& sale_id_hex, const Returned& returned);
  void miss_original(const Returned& returned);
  void judge_void(std::size_t place, const sale::ReturnableSale& sold, const sale::RetailTransaction& back,
                  const Undone& original);
  void refuse_void(std::size_t place, std::string_view because);
  void give_back_uses();
  void count_given_back(std::size_t place, Counts& counts) const;
  void free_coupons(std::size_t place, std::map<std::string, storage::EntryKey>& spent,
                    std::vector<storage::Redemption>& redemptions);
  [[nodiscard]] storage::EntryKey key_at(std::size_t place) const {
    return {sales_[place]->entry.till, sales_[place]->entry.sequence};
  }
  [[nodiscard]] sale::RetailTransaction read(storage::EntryKey key);

  std::span<const PreparedEntry* const> sales_;
  const std::map<std::int64_t, storage::TillHead>& heads_;
  Raise raise_;
  storage::JournalRepository journal_;
  storage::SaleRepository payloads_;
  storage::ReturnRepository returns_;
  storage::PromotionUseRepository uses_;
  std::set<std::size_t> judged_;          // places of voids
  std::map<std::size_t, Undone> undone_;  // by the place of the void that makes them undone
  std::map<std::size_t, std::vector<storage::PromotionUseRow>> given_back_;  // by the same; uses below zero
  std::vector<storage::EntryKey> freed_;
};

}  // namespace lanekeeper::services
