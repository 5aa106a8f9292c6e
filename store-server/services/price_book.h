// What the server has to know to look at a sale: taxes, prices of each version of the catalogue, published promotions,
// keys of tills. Read from the database once and remembered; a sale that arrives costs no question when nothing has
// changed.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/permissions.h"
#include "barcode/scan.h"
#include "catalogue/item.h"
#include "journal/chain.h"
#include "pricing/price.h"
#include "services/promotion_library.h"
#include "services/service_context.h"
#include "storage/catalogue_repository.h"

namespace lanekeeper::services {

// When a version of the promotions was made and comes into force.
struct BookTimes {
  std::int64_t version = 0;
  Instant published;
  Instant effective;
};

struct StoreFacts {
  std::int64_t version = -1;
  std::string currency;
  pricing::TaxMode tax_mode = pricing::TaxMode::inclusive;
  std::vector<catalogue::TaxCategory> taxes;
  std::vector<barcode::VariableMeasureLayout> layouts;
  std::map<std::int64_t, std::string> staff_names;
  std::map<std::int64_t, access::Role> roles;    // of those who are active
  std::map<std::int64_t, std::int64_t> members;  // staff -> as which member they buy
  std::vector<BookTimes> books;                  // of all versions
};

// Thread-safe. Methods that may ask the database must be called on one of its workers.
class PriceBook {
 public:
  static constexpr std::int64_t look_again_ms = 1000;  // whether anything changed
  static constexpr std::size_t max_items = 100'000;    // remembered; then it starts anew
  static constexpr std::size_t max_changed = 5'000;    // more changes at once: it starts anew

  explicit PriceBook(const ServiceContext& context) : context_(context), promotions_(context) {}

  // Makes sure that the book is not older than look_again_ms and knows the catalogue at least up to a version.
  void refresh(catalogue::Version at_least);
  // Makes sure that these items are in the book, if they exist at all.
  void learn(std::span<const catalogue::ItemId> items);

  [[nodiscard]] std::shared_ptr<const StoreFacts> facts() const;

  enum class Verdict { agrees, differs, unknown_item };
  struct Answer {
    Verdict verdict = Verdict::agrees;
    std::optional<Money> price;  // the catalogue's
  };
  // Is there such an item, of those that were learnt?
  [[nodiscard]] bool knows(catalogue::ItemId item) const;
  // Is this the price of that list at that moment, in the catalogue of that version? The prices before the last change
  // count too: a line keeps the price of the moment it was scanned at, when the catalogue changes before the sale is
  // completed.
  [[nodiscard]] Answer compare(catalogue::ItemId item, std::string_view list, Money unit_price,
                               catalogue::Version version, Instant at) const;

  // The published promotions of a version; nullptr: there is no such version.
  [[nodiscard]] std::shared_ptr<const CompiledBook> promotions(std::int64_t version) {
    return promotions_.find(version);
  }

  // Keys of the devices that are or were this till. fresh: ask the database even when they are remembered.
  [[nodiscard]] std::vector<journal::PublicKey> keys_of_till(std::int64_t till, bool fresh);
  // Those keys of a device with which a device is or was that till as well. Asks the database.
  [[nodiscard]] std::vector<journal::PublicKey> keys_of_device(const std::string& device_id, std::int64_t till) const;

 private:
  using History = std::vector<storage::PricesSince>;
  struct Reading;
  [[nodiscard]] bool is_fresh(catalogue::Version at_least, std::int64_t now_ms) const;
  [[nodiscard]] Reading read(catalogue::Version known, std::int64_t known_facts) const;
  void forget_changed(const Reading& reading);

  ServiceContext context_;
  PromotionLibrary promotions_;
  std::mutex refreshing_;  // one asks, the others wait for its answer; taken before mutex_
  mutable std::mutex mutex_;
  std::shared_ptr<const StoreFacts> facts_ = std::make_shared<StoreFacts>();
  catalogue::Version catalogue_version_ = -1;
  std::int64_t looked_ms_ = 0;
  // A version that a till claimed and the database did not have when we looked: no sale after it asks again at once.
  catalogue::Version claimed_version_ = std::numeric_limits<catalogue::Version>::max();
  // nullptr: there is no such item (as of catalogue_version_).
  std::unordered_map<catalogue::ItemId, std::shared_ptr<const History>> items_;
  std::map<std::int64_t, std::vector<journal::PublicKey>> keys_;
};

}  // namespace lanekeeper::services
