// Goods by their number, asked for one by one as they are needed, and a search for choosing goods.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// UI thread only.
class GoodsDirectory {
 public:
  static constexpr std::size_t max_asking = 40;  // at the same time; more are asked when they are needed again

  explicit GoodsDirectory(Transport& transport) : transport_(transport) {}

  // nullptr: not known (yet); then it is asked for, and on_change tells when it is.
  [[nodiscard]] const protocol::ItemRow* find(const std::string& number);
  [[nodiscard]] bool is_missing(const std::string& number) const { return missing_.contains(number); }
  void learn(const protocol::ItemRow& row);
  void clear();
  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  Transport& transport_;
  std::map<std::string, protocol::ItemRow> rows_;
  std::set<std::string> asking_;
  std::set<std::string> missing_;
  Lifetime alive_;
  Signal changed_;
};

// A search as one types; a model of its own for every field that searches. UI thread only.
class GoodsFinder {
 public:
  static constexpr std::chrono::milliseconds typing_pause{150};
  static constexpr std::size_t most_rows = 8;

  GoodsFinder(Transport& transport, Timers& timers, GoodsDirectory& directory)
      : transport_(transport), timers_(timers), directory_(directory) {}

  void set_query(const std::string& query);  // searches when the typing pauses
  void search_now();                         // Enter, or a scanner
  [[nodiscard]] const std::string& query() const { return query_; }
  [[nodiscard]] const std::vector<protocol::ItemRow>& rows() const { return rows_; }
  [[nodiscard]] bool searched() const { return searched_; }  // the rows are those of the query
  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  Transport& transport_;
  Timers& timers_;
  GoodsDirectory& directory_;
  std::string query_;
  std::vector<protocol::ItemRow> rows_;
  bool searched_ = false;
  std::unique_ptr<Timer> typing_;
  Lifetime asked_;
  Signal changed_;
};

}  // namespace lanekeeper::office
