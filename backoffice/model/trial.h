// A basket to try promotions on, priced by the engine that prices sales.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/definitions.h"
#include "model/signal.h"
#include "pricing/goods.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// What the goods that have a cost bring in.
struct TrialMargin {
  Money income;
  Money cost;
  std::size_t lines = 0;  // that have a cost
  [[nodiscard]] Money margin() const { return income - cost; }
  [[nodiscard]] std::optional<Rate> rate() const;  // of the income; nullopt: there is none
};

struct TrialResult {
  pricing::PricedGoods priced;
  TrialMargin margin;
};

struct TrialLine {
  catalogue::Item item;
  Quantity quantity;
};

// The basket with the definitions that can be read. Errors: those of pricing::check().
[[nodiscard]] Result<TrialResult> price_trial(const Definitions& definitions, const std::vector<TrialLine>& lines,
                                              const std::optional<pricing::Member>& member, const ZonedTime& time);

// The basket as it is being filled. UI thread only.
class TrialBasket {
 public:
  static constexpr std::size_t most_lines = 50;

  explicit TrialBasket(const Clock& clock) : clock_(clock) {}

  void add(const protocol::ItemRow& row);    // one more of it when it is there already
  void change(std::size_t line, int steps);  // a piece each, half a kilogram each; a line that reaches nothing goes
  void remove(std::size_t line);
  void clear();
  void set_member(std::optional<pricing::Member> member);
  void set_time(std::optional<ZonedTime> time);  // nullopt: now

  [[nodiscard]] const std::vector<TrialLine>& lines() const { return lines_; }
  [[nodiscard]] const std::optional<pricing::Member>& member() const { return member_; }
  [[nodiscard]] ZonedTime time() const { return time_.value_or(clock_.now()); }

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  const Clock& clock_;
  std::vector<TrialLine> lines_;
  std::optional<pricing::Member> member_;
  std::optional<ZonedTime> time_;
  Signal changed_;
};

}  // namespace lanekeeper::office
