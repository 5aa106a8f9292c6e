// The store's profile: its name, its categories and taxes.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// UI thread only.
class StoreModel {
 public:
  explicit StoreModel(Transport& transport) : transport_(transport) {}

  void refresh(Asked asked = Asked::by_person);
  void pushed_version(std::int64_t version);

  [[nodiscard]] bool known() const { return known_; }
  [[nodiscard]] const protocol::StoreProfile& profile() const { return profile_; }
  [[nodiscard]] const catalogue::Category* category(catalogue::CategoryId id) const;
  [[nodiscard]] const catalogue::TaxCategory* tax(catalogue::TaxCategoryId id) const;
  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  Transport& transport_;
  bool known_ = false;
  protocol::StoreProfile profile_;
  Lifetime alive_;
  Signal changed_;
};

}  // namespace lanekeeper::office
