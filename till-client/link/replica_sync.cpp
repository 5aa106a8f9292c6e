#include "link/replica_sync.h"

#include <future>
#include <optional>
#include <utility>

#include <spdlog/spdlog.h>

namespace lanekeeper::till {

namespace {

constexpr std::int64_t worth_tidying_items = 10'000;

}  // namespace

ReplicaSync::ReplicaSync(const std::filesystem::path& directory, const Clock& clock, Watch watch)
    : writer_(directory),
      clock_(clock),
      watch_(std::move(watch)),
      catalogue_version_(writer_.catalogue_version()),
      profile_version_(writer_.profile_version()) {}

Result<bool> ReplicaSync::run(StoreApi& api) {
  if (std::exchange(replace_all_, false) && !anew_) {
    if (auto begun = begin_anew(); !begun) {
      replace_all_ = true;
      return fail(std::move(begun.error()));
    }
  }
  if (auto profile = update_profile(api); !profile) return fail(std::move(profile.error()));
  follow(update_promotions(api));
  auto changed = update_catalogue(api);
  if (!changed && changed.error().code == "replica.damaged") {
    replace_all_ = true;
    anew_ = false;
  }
  if (changed && !watch_.stopping()) follow(update_members(api));
  return changed;
}

void ReplicaSync::follow(const Result<bool>& update) {
  if (!update) {
    spdlog::warn("link: {} {}", update.error().code, update.error().message);
    if (update.error().code == "replica.damaged") replace_all_ = true;
  } else if (*update && !anew_) {
    watch_.profile_changed();
  }
}

Result<bool> ReplicaSync::update_promotions(StoreApi& api) {
  const auto known = writer_.promotion_version();
  if (!newest_promotions_ || *newest_promotions_ == known) return false;
  const auto books = api.promotions(known);
  if (!books) return fail(books.error());
  if (auto stored = writer_.store_promotions(*books, clock_.now().instant); !stored) {
    return fail(std::move(stored.error()));
  }
  return books->books.has_value();
}

Result<bool> ReplicaSync::update_members(StoreApi& api) {
  if (!newest_members_ || *newest_members_ == writer_.member_version()) return false;
  if (*newest_members_ < writer_.member_version()) {
    if (auto begun = writer_.load_members_again(); !begun) return fail(std::move(begun.error()));
  }
  for (;;) {
    const auto cursor = writer_.member_cursor();
    const auto page = api.member_page(cursor.since, cursor.after, page_items);
    if (!page) return fail(page.error());
    if (page->version < cursor.since) {  // the server was set back while a load was under way
      if (auto begun = writer_.load_members_again(); !begun) return fail(std::move(begun.error()));
      continue;
    }
    if (auto applied = writer_.apply(*page); !applied) return fail(applied.error());
    if (page->complete || page->members.empty()) return true;
    watch_.between_pages();
    if (watch_.stopping()) return false;
  }
}

bool ReplicaSync::tidy_after_load() {
  if (anew_ || loaded_since_tidy_ < worth_tidying_items) return false;
  if (writer_.tidy()) return true;
  loaded_since_tidy_ = 0;
  return false;
}

void ReplicaSync::replace_all() {
  replace_all_ = true;
}

Result<void> ReplicaSync::begin_anew() {
  spdlog::warn("the copy of the goods is being loaded anew");
  if (auto begun = writer_.begin_anew(); !begun) return begun;
  anew_ = true;
  catalogue_version_ = 0;
  profile_version_ = 0;
  return {};
}

Result<void> ReplicaSync::update_profile(StoreApi& api) {
  auto profile = api.store_profile();
  if (!profile) return fail(std::move(profile.error()));
  watch_.reached();
  newest_promotions_ = profile->promotion_version;
  newest_members_ = profile->member_version;
  if (profile->version == profile_version_) return {};
  if (auto stored = writer_.store_profile(*profile); !stored) return stored;
  profile_version_ = profile->version;
  if (!anew_) watch_.profile_changed();
  return {};
}

Result<bool> ReplicaSync::update_catalogue(StoreApi& api) {
  const auto cursor = writer_.cursor();
  auto page = api.catalogue_page(cursor.since, cursor.after, page_items);
  if (!page) return fail(std::move(page.error()));
  if (page->version < catalogue_version_ || page->version < cursor.since) {
    // The server was set back to an older state: what we have may never have happened there.
    anew_ = false;
    replace_all_ = true;
    return run(api);
  }
  if (!anew_ && page->items.empty() && page->complete && page->version == catalogue_version_) return false;
  return load_pages(api, std::move(*page), cursor.since == 0);
}

// The next page is on its way while this one is being written.
Result<bool> ReplicaSync::load_pages(StoreApi& api, protocol::CataloguePage page, bool full) {
  const auto before = catalogue_version_;
  std::int64_t loaded = 0;
  for (;;) {
    auto applied = std::async(std::launch::async, [this, &page] { return writer_.apply(page); });
    std::optional<Result<protocol::CataloguePage>> next;
    if (!page.complete && !page.items.empty()) {
      const auto& last = page.items.back();
      next = api.catalogue_page(last.version, last.id, page_items);
    }
    const auto version = applied.get();
    if (!version) return fail(version.error());
    catalogue_version_ = *version;
    loaded += static_cast<std::int64_t>(page.items.size());
    loaded_since_tidy_ += static_cast<std::int64_t>(page.items.size());
    if (full) watch_.loaded(loaded);
    if (!next) return loaded_all(before);
    if (!*next) return fail(std::move(next->error()));
    watch_.between_pages();
    if (watch_.stopping()) return false;
    page = std::move(**next);
  }
}

Result<bool> ReplicaSync::loaded_all(catalogue::Version before) {
  if (!anew_) return catalogue_version_ != before;
  if (auto placed = writer_.put_in_place(); !placed) return fail(std::move(placed.error()));
  anew_ = false;
  watch_.profile_changed();
  return true;
}

}  // namespace lanekeeper::till
