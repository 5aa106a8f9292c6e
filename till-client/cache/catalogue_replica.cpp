#include "cache/catalogue_replica.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "access/member_keys.h"
#include "cache/failures.h"
#include "cache/member_rows.h"
#include "cache/promotion_shelf.h"
#include "cache/replica_file.h"
#include "cache/search_text.h"

namespace lanekeeper::till {

namespace {

// A search that meets many items which have all the pieces but not the text is given up with what it has found.
constexpr auto search_budget = std::chrono::milliseconds(50);

std::string query(std::string_view rest) {
  return "SELECT " + std::string(item_columns) + " " + std::string(rest);
}

// Collects one page of results: skips `offset`, then takes `limit`.
class Page {
 public:
  Page(int limit, int offset, Instant now) : limit_(limit), offset_(offset), now_(now) {}

  [[nodiscard]] bool full() const { return static_cast<int>(rows_.size()) >= limit_; }
  void add(const catalogue::Item& item) {
    if (skipped_ < offset_) {
      ++skipped_;
    } else {
      rows_.push_back(summary_of(item, now_));
    }
  }
  [[nodiscard]] std::vector<catalogue::ItemSummary> take() { return std::move(rows_); }

 private:
  int limit_;
  int offset_;
  Instant now_;
  int skipped_ = 0;
  std::vector<catalogue::ItemSummary> rows_;
};

}  // namespace

struct CatalogueReplica::Impl {
  Impl(const std::filesystem::path& directory, const Clock& the_clock)
      : clock(the_clock),
        database(open_replica(directory)),
        by_code(database, query("FROM code c JOIN item i ON i.id = c.item WHERE c.code = ? ORDER BY i.id")),
        by_id(database, query("FROM item i WHERE i.id = ?")),
        by_number(database, query("FROM item i WHERE i.number = ? ORDER BY i.id")),
        by_grams(database, query("FROM search s JOIN item i ON i.id = s.rowid WHERE s.search MATCH ?")),
        by_category(database, query("FROM item i WHERE i.category = ? ORDER BY i.key_order LIMIT ?")),
        departments(database, query("FROM item i WHERE i.flags & 4 ORDER BY i.key_order LIMIT ?")),
        pledges(database, query("FROM item i WHERE i.flags & 16 ORDER BY i.key_order")),
        counter(database, "SELECT value FROM meta WHERE key = ?"),
        stored_profile(database, "SELECT body FROM profile WHERE id = 1"),
        members(database) {
    database.execute("PRAGMA cache_size=-8192");
  }

  // A file whose search index is broken at its root cannot even be asked: it is begun anew like any other broken one.
  static std::unique_ptr<Impl> open(const std::filesystem::path& directory, const Clock& clock) {
    try {
      return std::make_unique<Impl>(directory, clock);
    } catch (const sqlite::Failure& failure) {
      if (!failure.is_damage()) throw;
    }
    remove_replica(directory);
    return std::make_unique<Impl>(directory, clock);
  }

  // Reads must not stop a lane: what cannot be read is not there, and somebody is told.
  template <class T, class Read>
  T guarded(T nothing, Read&& read) {
    try {
      return read();
    } catch (const sqlite::Failure& failure) {
      const auto content = content_now();
      const bool first = std::exchange(told_content, content) != content;
      if (first) tell(replica_error(failure));
      return nothing;
    }
  }

  void tell(const Error& error) const {
    if (faulted) faulted(error);
  }

  // Changes whenever the other connection has written; -1 where not even that can be read.
  [[nodiscard]] std::int64_t content_now() const {
    try {
      return database.integer("PRAGMA data_version");
    } catch (const sqlite::Failure&) {
      return -1;
    }
  }

  std::int64_t value_of(Counter key) {
    return guarded<std::int64_t>(0, [&] {
      const sqlite::Use use(counter);
      return use->bind(1, static_cast<std::int64_t>(key)).step() ? use->integer(0) : 0;
    });
  }

  std::vector<Match> find_by_code(std::string_view code) {
    std::vector<Match> matches;
    const sqlite::Use use(by_code);
    use->bind(1, code);
    while (by_code.step()) {
      Match match{read_item(by_code), {}};
      const auto& codes = match.item.codes;
      const auto own = std::find_if(codes.begin(), codes.end(), [&](const auto& c) { return c.code == code; });
      if (own == codes.end()) throw sqlite::Failure(SQLITE_CORRUPT, "replica.db leads from a code to another item");
      match.code = *own;
      matches.push_back(std::move(match));
    }
    return matches;
  }

  void add_exact(const SearchQuery& search, Page& page) {
    std::set<catalogue::ItemId> seen;
    for (auto* statement : {&by_code, &by_number}) {
      for (const auto& key : search.exact_keys()) {
        const sqlite::Use use(*statement);
        use->bind(1, std::string_view(key));
        while (!page.full() && use->step()) {
          const auto item = read_item(*statement);
          if (seen.insert(item.id).second) page.add(item);
        }
      }
    }
  }

  void add_matches(const SearchQuery& search, const std::string& match, SearchRank rank, Page& page) {
    if (match.empty()) return;
    const auto give_up = std::chrono::steady_clock::now() + search_budget;
    const sqlite::Use use(by_grams);
    use->bind(1, std::string_view(match));
    while (!page.full() && by_grams.step()) {
      const auto item = read_item(by_grams);
      if (search.rank(item) == rank) page.add(item);
      if (std::chrono::steady_clock::now() > give_up) return;
    }
  }

  std::vector<catalogue::ItemSummary> search(std::string_view text, int limit, int offset) {
    const SearchQuery search(text);
    Page page(limit, std::max(0, offset), clock.now().instant);
    if (search.empty() || limit <= 0) return {};
    add_exact(search, page);
    add_matches(search, search.beginning_match(), SearchRank::beginning, page);
    add_matches(search, search.part_match(), SearchRank::part, page);
    return page.take();
  }

  std::optional<protocol::StoreProfile> profile() {
    const sqlite::Use use(stored_profile);
    if (!use->step()) return std::nullopt;
    auto profile = json::decode<protocol::StoreProfile>(use->text(0));
    if (!profile) throw sqlite::Failure(SQLITE_CORRUPT, "replica.db holds a profile that cannot be read");
    return std::move(*profile);
  }

  pricing::PromotionCalendar promotions() {
    const auto content = content_now();
    if (content < 0 || calendar_content != content) {
      calendar = shelf.read(database, [this](const Error& error) { tell(error); });
      calendar_content = content;
    }
    return calendar;
  }

  std::optional<protocol::MemberCard> find_member(std::string_view code) {
    const auto store = profile();
    if (!store || !store->member_secret) return std::nullopt;
    const auto key = access::member_key(*store->member_secret, code);
    if (key.empty()) return std::nullopt;
    return members.find(key);
  }

  const Clock& clock;
  sqlite::Database database;
  sqlite::Statement by_code;
  sqlite::Statement by_id;
  sqlite::Statement by_number;
  sqlite::Statement by_grams;
  sqlite::Statement by_category;
  sqlite::Statement departments;
  sqlite::Statement pledges;
  sqlite::Statement counter;
  sqlite::Statement stored_profile;
  MemberRows members;
  PromotionShelf shelf;
  pricing::PromotionCalendar calendar;
  std::optional<std::int64_t> calendar_content;  // of which state of the file the calendar was made
  std::function<void(const Error&)> faulted;
  std::optional<std::int64_t> told_content;  // of which state of the file a fault was told
};

CatalogueReplica::CatalogueReplica(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CatalogueReplica::~CatalogueReplica() = default;

Result<std::unique_ptr<CatalogueReplica>> CatalogueReplica::open(const std::filesystem::path& directory,
                                                                 const Clock& clock) {
  try {
    std::filesystem::create_directories(directory);
    return std::unique_ptr<CatalogueReplica>(new CatalogueReplica(Impl::open(directory, clock)));
  } catch (const sqlite::Failure& failure) {
    return fail(replica_error(failure));
  } catch (const std::filesystem::filesystem_error& error) {
    return fail("replica.unwritable", "The till's data directory cannot be written. Check its owner and the disk.",
                {{"path", directory.string()}, {"reason", error.what()}});
  }
}

void CatalogueReplica::on_fault(std::function<void(const Error&)> listener) {
  impl_->faulted = std::move(listener);
}

std::vector<catalogue::ItemLookup::Match> CatalogueReplica::find_by_code(std::string_view code) const {
  return impl_->guarded<std::vector<Match>>({}, [&] { return impl_->find_by_code(code); });
}

std::optional<catalogue::Item> CatalogueReplica::find_by_id(catalogue::ItemId id) const {
  return impl_->guarded<std::optional<catalogue::Item>>({}, [&]() -> std::optional<catalogue::Item> {
    const sqlite::Use use(impl_->by_id);
    if (!use->bind(1, id).step()) return std::nullopt;
    return read_item(impl_->by_id);
  });
}

std::vector<catalogue::ItemSummary> CatalogueReplica::search(std::string_view text, int limit, int offset) const {
  return impl_->guarded<std::vector<catalogue::ItemSummary>>({}, [&] { return impl_->search(text, limit, offset); });
}

std::vector<catalogue::ItemSummary> CatalogueReplica::quick_keys(catalogue::CategoryId category, int limit) const {
  return impl_->guarded<std::vector<catalogue::ItemSummary>>({}, [&] {
    Page page(limit, 0, impl_->clock.now().instant);
    const sqlite::Use use(impl_->by_category);
    use->bind(1, category).bind(2, limit);
    while (impl_->by_category.step()) page.add(read_item(impl_->by_category));
    return page.take();
  });
}

std::vector<catalogue::ItemSummary> CatalogueReplica::department_keys(int limit) const {
  return impl_->guarded<std::vector<catalogue::ItemSummary>>({}, [&] {
    Page page(limit, 0, impl_->clock.now().instant);
    const sqlite::Use use(impl_->departments);
    use->bind(1, limit);
    while (impl_->departments.step()) page.add(read_item(impl_->departments));
    return page.take();
  });
}

std::vector<catalogue::ItemSummary> CatalogueReplica::deposits(int limit) const {
  return impl_->guarded<std::vector<catalogue::ItemSummary>>({}, [&] {
    const auto now = impl_->clock.now().instant;
    Page page(limit, 0, now);
    const sqlite::Use use(impl_->pledges);
    while (!page.full() && impl_->pledges.step()) {
      const auto item = read_item(impl_->pledges);
      if (catalogue::price_at(item, "regular", now)) page.add(item);
    }
    return page.take();
  });
}

std::optional<protocol::StoreProfile> CatalogueReplica::profile() const {
  return impl_->guarded<std::optional<protocol::StoreProfile>>({}, [&] { return impl_->profile(); });
}

pricing::PromotionCalendar CatalogueReplica::promotions() const {
  return impl_->guarded<pricing::PromotionCalendar>(impl_->calendar, [&] { return impl_->promotions(); });
}

std::optional<protocol::MemberCard> CatalogueReplica::find_member(std::string_view code) const {
  return impl_->guarded<std::optional<protocol::MemberCard>>({}, [&] { return impl_->find_member(code); });
}

catalogue::Version CatalogueReplica::catalogue_version() const {
  return impl_->value_of(Counter::catalogue_version);
}

std::int64_t CatalogueReplica::item_count() const {
  return impl_->value_of(Counter::item_count);
}

}  // namespace lanekeeper::till
