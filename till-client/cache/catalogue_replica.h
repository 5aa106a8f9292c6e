// The till's copy of catalogue, store profile, promotions and members (replica.db). Lookups on one side, changes on the
// other, each with a connection of its own: WAL lets the lane read on while a page of items is being written.
//
// The file can be thrown away at any time: a broken or foreign one is replaced by an empty one, and the link loads
// everything again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "lane/ports.h"
#include "protocol/messages.h"

namespace lanekeeper::till {

// The lane's side. One thread uses it. Failing reads answer "nothing there" and are told to on_fault, once for each
// state of the file: after it was loaded anew a new fault is told again. replica.damaged, promotions.unreadable
class CatalogueReplica final : public catalogue::ItemLookup, public StoreReplica {
 public:
  // Creates or rebuilds the file when need be. replica.unwritable.
  [[nodiscard]] static Result<std::unique_ptr<CatalogueReplica>> open(const std::filesystem::path& directory,
                                                                      const Clock& clock);
  ~CatalogueReplica() override;
  void on_fault(std::function<void(const Error&)> listener);

  [[nodiscard]] std::vector<Match> find_by_code(std::string_view code) const override;
  [[nodiscard]] std::optional<catalogue::Item> find_by_id(catalogue::ItemId id) const override;
  // Best first: the whole code or number, then the beginning of name, mnemonic, number or code, then any part of them.
  // Several words separated by blanks must all occur.
  [[nodiscard]] std::vector<catalogue::ItemSummary> search(std::string_view text, int limit, int offset) const override;
  [[nodiscard]] std::vector<catalogue::ItemSummary> quick_keys(catalogue::CategoryId category,
                                                               int limit) const override;
  [[nodiscard]] std::vector<catalogue::ItemSummary> department_keys(int limit) const override;
  [[nodiscard]] std::vector<catalogue::ItemSummary> deposits(int limit) const override;

  [[nodiscard]] std::optional<protocol::StoreProfile> profile() const override;
  [[nodiscard]] catalogue::Version catalogue_version() const override;
  [[nodiscard]] std::int64_t item_count() const override;
  // Compiled once, again only when the books have changed.
  [[nodiscard]] pricing::PromotionCalendar promotions() const override;
  [[nodiscard]] std::optional<protocol::MemberCard> find_member(std::string_view code) const override;

 private:
  struct Impl;
  explicit CatalogueReplica(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The link's side. One thread uses it. Errors: replica.unwritable (also: disk full), replica.damaged (load everything
// anew: begin_anew()).
class ReplicaWriter {
 public:
  explicit ReplicaWriter(const std::filesystem::path& directory);
  ~ReplicaWriter();

  // Where to ask on: since/after of GET /v1/catalogue.
  struct Cursor {
    catalogue::Version since = 0;
    catalogue::ItemId after = 0;
  };
  [[nodiscard]] Cursor cursor() const;
  [[nodiscard]] catalogue::Version catalogue_version() const;
  [[nodiscard]] std::int64_t profile_version() const;
  [[nodiscard]] std::int64_t promotion_version() const;  // the newest there was when the books were stored
  [[nodiscard]] std::int64_t member_version() const;     // of the list when it was complete last
  struct MemberCursor {
    std::int64_t since = 0;
    std::int64_t after = 0;
  };
  [[nodiscard]] MemberCursor member_cursor() const;  // since/after of GET /v1/members

  // Applies one page in one transaction: active items are added or replaced, inactive ones forgotten, the cursor moves
  // on. The catalogue's version only changes with the last page of a run (page.complete). Returns the version now.
  [[nodiscard]] Result<catalogue::Version> apply(const protocol::CataloguePage& page);
  // Members whose keys were made with another secret than the one in the profile are forgotten.
  [[nodiscard]] Result<void> store_profile(const protocol::StoreProfile& profile);
  // Takes the place of the books that are there, except of those that were in force within the last two days: baskets
  // that began with them are priced with them. Without `books` only their version is noted.
  [[nodiscard]] Result<void> store_promotions(const protocol::PromotionBooks& books, Instant now);
  // As apply() of goods. The end of a load from the beginning forgets whoever did not come in it.
  [[nodiscard]] Result<std::int64_t> apply(const protocol::MemberPage& page);
  // The cursor goes back to the beginning; the lane finds the members meanwhile.
  [[nodiscard]] Result<void> load_members_again();
  // After a long load: brings the search index into its best order, a piece of the work (some milliseconds) at a time.
  // False: nothing is left to do. The lane reads on meanwhile; failing costs nothing but speed.
  bool tidy();

  // Loading everything anew, while the lane sells on from what it can read: everything above works on a copy beside the
  // replica from now on, which is empty but for promotions and members, where those can be read; they are asked for
  // again all the same. Called again, it begins again.
  [[nodiscard]] Result<void> begin_anew();
  // The copy takes the place of what the lane reads, in one transaction, also when that is damaged.
  [[nodiscard]] Result<void> put_in_place();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
