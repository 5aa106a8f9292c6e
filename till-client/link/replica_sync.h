// Brings profile, promotions, catalogue and members up to date. Private to this room; used by the link's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "cache/catalogue_replica.h"
#include "link/store_api.h"

namespace lanekeeper::till {

class ReplicaSync {
 public:
  static constexpr int page_items = 2000;  // the most that the server gives at once

  struct Watch {
    std::function<void()> reached;                   // the server has answered
    std::function<void()> profile_changed;           // or promotions or members; the first two before the goods
    std::function<void(std::int64_t items)> loaded;  // during a full load: how many so far
    std::function<void()> between_pages;             // so that sales need not wait for a long load
    std::function<bool()> stopping;
  };

  ReplicaSync(const std::filesystem::path& directory, const Clock& clock, Watch watch);

  // True: the catalogue changed. Promotions and members that cannot be had do not stop it: they are tried again next
  // time.
  [[nodiscard]] Result<bool> run(StoreApi& api);

  [[nodiscard]] catalogue::Version catalogue_version() const { return catalogue_version_; }
  [[nodiscard]] std::int64_t profile_version() const { return profile_version_; }
  // Some milliseconds of tidying, worth calling when nothing else is waiting. True: there is more to do.
  bool tidy_after_load();
  // The lane met a broken page: the next run loads everything anew. The lane reads what it can until that is complete.
  void replace_all();

 private:
  Result<void> update_profile(StoreApi& api);
  Result<bool> update_promotions(StoreApi& api);
  Result<bool> update_members(StoreApi& api);
  void follow(const Result<bool>& update);
  Result<bool> update_catalogue(StoreApi& api);
  Result<bool> load_pages(StoreApi& api, protocol::CataloguePage page, bool full);
  Result<void> begin_anew();
  Result<bool> loaded_all(catalogue::Version before);

  ReplicaWriter writer_;
  const Clock& clock_;
  Watch watch_;
  catalogue::Version catalogue_version_ = 0;
  std::int64_t profile_version_ = 0;
  // As the server said last; nullopt: it is an older one and has none.
  std::optional<std::int64_t> newest_promotions_;
  std::optional<std::int64_t> newest_members_;
  bool replace_all_ = false;
  bool anew_ = false;  // what is loaded goes into a new copy
  std::int64_t loaded_since_tidy_ = 0;
};

}  // namespace lanekeeper::till
