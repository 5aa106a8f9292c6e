#include "services/price_book.h"

#include <algorithm>
#include <cstdlib>

#include "storage/device_repository.h"
#include "storage/promotion_repository.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

struct PriceBook::Reading {
  std::shared_ptr<const StoreFacts> facts;  // nullptr: as before
  catalogue::Version catalogue_version = 0;
  std::vector<catalogue::ItemId> changed;
};

std::shared_ptr<const StoreFacts> PriceBook::facts() const {
  const std::lock_guard lock(mutex_);
  return facts_;
}

bool PriceBook::is_fresh(catalogue::Version at_least, std::int64_t now_ms) const {
  const std::lock_guard lock(mutex_);
  if (catalogue_version_ < 0 || std::llabs(now_ms - looked_ms_) >= look_again_ms) return false;
  return catalogue_version_ >= at_least || at_least >= claimed_version_;
}

void PriceBook::refresh(catalogue::Version at_least) {
  const auto now_ms = context_.clock.now().instant.unix_ms;
  if (is_fresh(at_least, now_ms)) return;
  const std::lock_guard one_at_a_time(refreshing_);
  if (is_fresh(at_least, now_ms)) return;
  catalogue::Version known = 0;
  std::int64_t known_facts = 0;
  {
    const std::lock_guard lock(mutex_);
    known = catalogue_version_;
    known_facts = facts_->version;
  }
  forget_changed(read(known, known_facts));
  const std::lock_guard lock(mutex_);
  looked_ms_ = now_ms;
  claimed_version_ = at_least > catalogue_version_ ? at_least : std::numeric_limits<catalogue::Version>::max();
}

PriceBook::Reading PriceBook::read(catalogue::Version known, std::int64_t known_facts) const {
  return context_.database.transact([&](storage::Connection& connection) {
    Reading result;
    storage::StoreRepository stores(connection, context_.store_id);
    const auto versions = stores.versions();
    if (!versions) throw Fault("db.no_store", "the store has not been set up");
    result.catalogue_version = versions->catalogue;
    if (versions->profile != known_facts) {
      const auto profile = stores.profile();
      auto facts = std::make_shared<StoreFacts>();
      facts->version = versions->profile;
      facts->currency = profile->currency;
      facts->tax_mode = profile->tax_mode;
      facts->taxes = profile->taxes;
      facts->layouts = profile->layouts;
      for (const auto& member : profile->staff) {
        facts->staff_names[member.id] = member.name;
        if (member.active) facts->roles[member.id] = member.role;
        if (member.member) facts->members[member.id] = *member.member;
      }
      for (const auto& [version, published, effective] :
           storage::PromotionRepository(connection, context_.store_id).times()) {
        facts->books.push_back({version, published, effective});
      }
      result.facts = std::move(facts);
    }
    if (known >= 0 && versions->catalogue != known) {
      result.changed = storage::CatalogueRepository(connection, context_.store_id)
                           .ids_changed_since(known, static_cast<std::int64_t>(max_changed));
    }
    return result;
  });
}

void PriceBook::forget_changed(const Reading& reading) {
  const std::lock_guard lock(mutex_);
  if (reading.facts) facts_ = reading.facts;
  if (reading.changed.size() > max_changed) {
    items_.clear();
  } else {
    for (const auto id : reading.changed) items_.erase(id);
  }
  catalogue_version_ = std::max(catalogue_version_, reading.catalogue_version);
}

void PriceBook::learn(std::span<const catalogue::ItemId> items) {
  std::vector<catalogue::ItemId> missing;
  {
    const std::lock_guard lock(mutex_);
    for (const auto id : items) {
      if (!items_.contains(id)) missing.push_back(id);
    }
  }
  if (missing.empty()) return;
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  while (true) {
    catalogue::Version version = 0;
    auto found = context_.database.transact([&](storage::Connection& connection) {
      storage::CatalogueRepository catalogue(connection, context_.store_id);
      version = catalogue.version();
      return catalogue.price_history(missing);
    });
    const std::lock_guard lock(mutex_);
    // What was read holds all changes up to that version. If others have heard of later ones meanwhile, it may lack one
    // that they have already forgotten for us: read again.
    if (version < catalogue_version_) continue;
    if (items_.size() + missing.size() > max_items) items_.clear();
    for (const auto id : missing) {
      const auto history = found.find(id);
      items_[id] = history == found.end() ? nullptr : std::make_shared<const History>(std::move(history->second));
    }
    return;
  }
}

bool PriceBook::knows(catalogue::ItemId item) const {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(item);
  return found != items_.end() && found->second;
}

PriceBook::Answer PriceBook::compare(catalogue::ItemId item, std::string_view list, Money unit_price,
                                     catalogue::Version version, Instant at) const {
  std::shared_ptr<const History> history;
  {
    const std::lock_guard lock(mutex_);
    const auto found = items_.find(item);
    if (found != items_.end()) history = found->second;
  }
  if (!history) return {Verdict::unknown_item, std::nullopt};
  const auto price_in = [&](const storage::PricesSince& since) {
    catalogue::Item priced;
    priced.prices = since.prices;
    return catalogue::price_at(priced, list, at);
  };
  auto after = std::upper_bound(history->begin(), history->end(), version,
                                [](catalogue::Version v, const auto& since) { return v < since.version; });
  if (after == history->begin() && !history->empty()) ++after;  // the item is younger than the till's catalogue
  Answer answer{Verdict::differs, std::nullopt};
  for (int back = 0; back < 2 && after != history->begin(); ++back) {
    --after;
    const auto price = price_in(*after);
    if (back == 0) answer.price = price;
    if (price == unit_price) answer.verdict = Verdict::agrees;
  }
  return answer;
}

std::vector<journal::PublicKey> PriceBook::keys_of_till(std::int64_t till, bool fresh) {
  if (!fresh) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(till);
    if (found != keys_.end()) return found->second;
  }
  auto keys = context_.database.transact([&](storage::Connection& connection) {
    return storage::DeviceRepository(connection, context_.store_id).keys_of_till(till);
  });
  const std::lock_guard lock(mutex_);
  keys_[till] = keys;
  return keys;
}

std::vector<journal::PublicKey> PriceBook::keys_of_device(const std::string& device_id, std::int64_t till) const {
  return context_.database.transact([&](storage::Connection& connection) {
    storage::DeviceRepository devices(connection, context_.store_id);
    const auto own = devices.keys_of_device(device_id);
    std::vector<journal::PublicKey> keys;
    for (const auto& key : devices.keys_of_till(till)) {
      if (std::find(own.begin(), own.end(), key) != own.end()) keys.push_back(key);
    }
    return keys;
  });
}

}  // namespace lanekeeper::services
