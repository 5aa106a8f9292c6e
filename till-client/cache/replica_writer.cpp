#include <algorithm>
#include <set>
#include <utility>

#include "cache/catalogue_replica.h"
#include "cache/failures.h"
#include "cache/member_rows.h"
#include "cache/promotion_shelf.h"
#include "cache/replica_file.h"
#include "cache/search_text.h"

namespace lanekeeper::till {

namespace {

// How many pages of the search index one step of tidying writes. FTS5 takes the negative number as the beginning: all
// pieces of the index are to become one.
constexpr std::int64_t tidy_step_pages = 250;

}  // namespace

struct ReplicaWriter::Impl {
  struct Statements {
    explicit Statements(const sqlite::Database& database)
        : insert_item(database),
          item_by_id(database, "SELECT " + std::string(item_columns) + " FROM item i WHERE i.id = ?"),
          delete_item(database, "DELETE FROM item WHERE id = ?"),
          insert_code(database, "INSERT OR IGNORE INTO code(code, item) VALUES(?, ?)"),
          delete_code(database, "DELETE FROM code WHERE code = ? AND item = ?"),
          insert_grams(database, "INSERT INTO search(rowid, grams) VALUES(?, ?)"),
          delete_grams(database, "INSERT INTO search(search, rowid, grams) VALUES('delete', ?, ?)"),
          get_counter(database, "SELECT value FROM meta WHERE key = ?"),
          put_counter(database, "INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)"),
          merge(database, "INSERT INTO search(search, rank) VALUES('merge', ?)"),
          get_profile(database, "SELECT body FROM profile WHERE id = 1"),
          put_profile(database, "INSERT OR REPLACE INTO profile(id, body) VALUES(1, ?)"),
          members(database) {}

    ItemInsert insert_item;
    sqlite::Statement item_by_id;
    sqlite::Statement delete_item;
    sqlite::Statement insert_code;
    sqlite::Statement delete_code;
    sqlite::Statement insert_grams;
    sqlite::Statement delete_grams;
    sqlite::Statement get_counter;
    sqlite::Statement put_counter;
    sqlite::Statement merge;
    sqlite::Statement get_profile;
    sqlite::Statement put_profile;
    MemberRows members;
  };

  explicit Impl(std::filesystem::path where)
      : directory(std::move(where)), replica(prepared(open_replica(directory))), statements(replica) {
    remove_new_replica(directory);
  }

  static sqlite::Database prepared(sqlite::Database opened) {
    opened.execute("PRAGMA cache_size=-16384");
    // Whole pages of items at a time; the log starts over after each checkpoint.
    opened.execute("PRAGMA wal_autocheckpoint=4096");
    return opened;
  }

  // What is written and asked: the copy that is being loaded anew, else the replica.
  sqlite::Database& database() { return anew ? anew->database : replica; }
  Statements& ready() { return anew ? anew->statements : statements; }

  std::int64_t get(Counter key) {
    const sqlite::Use use(ready().get_counter);
    return use->bind(1, static_cast<std::int64_t>(key)).step() ? use->integer(0) : 0;
  }
  // A counter that cannot be read means: from the beginning.
  std::int64_t get_or_zero(Counter key) {
    try {
      return get(key);
    } catch (const sqlite::Failure&) {
      return 0;
    }
  }
  void put(Counter key, std::int64_t value) {
    ready().put_counter.bind(1, static_cast<std::int64_t>(key)).bind(2, value).run();
  }

  std::optional<catalogue::Item> stored(catalogue::ItemId id) {
    const sqlite::Use use(ready().item_by_id);
    if (!use->bind(1, id).step()) return std::nullopt;
    return read_item(ready().item_by_id);
  }

  void forget_codes(const catalogue::Item& item) {
    for (const auto& code : item.codes) ready().delete_code.bind(1, code.code).bind(2, item.id).run();
  }

  // What the search index held of the item is replaced, if it changed.
  void index(const std::optional<catalogue::Item>& before, const catalogue::Item* after, catalogue::ItemId id) {
    const auto old_grams = before ? search_grams(*before) : std::string();
    const auto new_grams = after != nullptr ? search_grams(*after) : std::string();
    if (old_grams == new_grams) return;
    if (before) ready().delete_grams.bind(1, id).bind(2, old_grams).run();
    if (after != nullptr) ready().insert_grams.bind(1, id).bind(2, new_grams).run();
  }

  // Returns by how much the number of items grew.
  int apply(const catalogue::Item& item, catalogue::ItemId highest) {
    // Above the highest id there is nothing to look for: a full load looks for nothing.
    const auto before = item.id > highest ? std::nullopt : stored(item.id);
    if (before) forget_codes(*before);
    if (!item.active) {
      if (!before) return 0;
      index(before, nullptr, item.id);
      ready().delete_item.bind(1, item.id).run();
      return -1;
    }
    ready().insert_item.run(item);
    for (const auto& code : item.codes) ready().insert_code.bind(1, code.code).bind(2, item.id).run();
    index(before, &item, item.id);
    return before ? 0 : 1;
  }

  catalogue::Version apply(const protocol::CataloguePage& page) {
    sqlite::Transaction transaction(database());
    auto count = get(Counter::item_count);
    auto highest = database().integer("SELECT max(id) FROM item");
    for (const auto& item : page.items) {
      count += apply(item, highest);
      highest = std::max(highest, item.id);
    }
    put(Counter::item_count, count);
    if (!page.items.empty()) {
      put(Counter::since, page.items.back().version);
      put(Counter::after, page.items.back().id);
    }
    if (page.complete) put(Counter::catalogue_version, page.version);
    const auto version = get(Counter::catalogue_version);
    transaction.commit();
    return version;
  }

  std::int64_t apply(const protocol::MemberPage& page) {
    sqlite::Transaction transaction(database());
    if (get(Counter::member_since) == 0 && get(Counter::member_after) == 0) came.emplace();
    for (const auto& member : page.members) {
      ready().members.put(member);
      if (came) came->insert(member.id);
    }
    if (!page.members.empty()) {
      put(Counter::member_since, page.members.back().version);
      put(Counter::member_after, page.members.back().id);
    }
    if (page.complete) {
      if (came) ready().members.keep_only(*came);
      put(Counter::member_version, page.version);
    }
    const auto version = get(Counter::member_version);
    transaction.commit();
    if (page.complete) came.reset();
    return version;
  }

  void forget_member_cursor() {
    for (const auto counter : {Counter::member_version, Counter::member_since, Counter::member_after}) put(counter, 0);
  }

  void store_profile(const protocol::StoreProfile& profile) {
    const auto body = json::encode(profile);
    sqlite::Transaction transaction(database());
    if (profile.member_secret != stored_secret()) {
      ready().members.forget_all();
      forget_member_cursor();
    }
    ready().put_profile.bind(1, std::string_view(body)).run();
    put(Counter::profile_version, profile.version);
    transaction.commit();
  }

  std::optional<std::string> stored_secret() {
    const sqlite::Use use(ready().get_profile);
    if (!use->step()) return std::nullopt;
    const auto profile = json::decode<protocol::StoreProfile>(use->text(0));
    return profile ? profile->member_secret : std::nullopt;
  }

  // Into the copy that begins: what a till needs to price and to know its customers while goods are being loaded. All
  // of it or, where a page or a row is broken, nothing.
  void carry_over() {
    try {
      sqlite::Transaction transaction(anew->database);
      for (const auto& book : read_books(replica)) insert_book(anew->database, book);
      anew->statements.members.copy_from(replica);
      const sqlite::Use profile(statements.get_profile);
      if (profile->step()) anew->statements.put_profile.bind(1, profile->text(0)).run();
      transaction.commit();
    } catch (const sqlite::Failure&) {
      anew.reset();
      anew = std::make_unique<Copy>(directory);
    }
  }

  template <class T, class Write>
  Result<T> guarded(Write&& write) {
    try {
      return write();
    } catch (const sqlite::Failure& failure) {
      database().roll_back();
      return fail(replica_error(failure));
    }
  }

  struct Copy {
    explicit Copy(const std::filesystem::path& directory)
        : database(prepared(open_new_replica(directory))), statements(database) {}
    sqlite::Database database;
    Statements statements;
  };

  const std::filesystem::path directory;
  sqlite::Database replica;
  Statements statements;
  std::unique_ptr<Copy> anew;
  std::optional<std::set<std::int64_t>> came;  // members of a load from the beginning
  bool tidying = false;
};

ReplicaWriter::ReplicaWriter(const std::filesystem::path& directory) : impl_(std::make_unique<Impl>(directory)) {}
ReplicaWriter::~ReplicaWriter() = default;

ReplicaWriter::Cursor ReplicaWriter::cursor() const {
  return {impl_->get_or_zero(Counter::since), impl_->get_or_zero(Counter::after)};
}

catalogue::Version ReplicaWriter::catalogue_version() const {
  return impl_->get_or_zero(Counter::catalogue_version);
}

std::int64_t ReplicaWriter::profile_version() const {
  return impl_->get_or_zero(Counter::profile_version);
}

Result<catalogue::Version> ReplicaWriter::apply(const protocol::CataloguePage& page) {
  return impl_->guarded<catalogue::Version>([&]() -> Result<catalogue::Version> { return impl_->apply(page); });
}

Result<void> ReplicaWriter::store_profile(const protocol::StoreProfile& profile) {
  return impl_->guarded<void>([&]() -> Result<void> {
    impl_->store_profile(profile);
    return {};
  });
}

std::int64_t ReplicaWriter::promotion_version() const {
  return impl_->get_or_zero(Counter::promotion_version);
}

std::int64_t ReplicaWriter::member_version() const {
  return impl_->get_or_zero(Counter::member_version);
}

ReplicaWriter::MemberCursor ReplicaWriter::member_cursor() const {
  return {impl_->get_or_zero(Counter::member_since), impl_->get_or_zero(Counter::member_after)};
}

Result<void> ReplicaWriter::store_promotions(const protocol::PromotionBooks& books, Instant now) {
  return impl_->guarded<void>([&]() -> Result<void> {
    sqlite::Transaction transaction(impl_->database());
    if (books.books) replace_books(impl_->database(), books, now);
    impl_->put(Counter::promotion_version, books.newest);
    transaction.commit();
    return {};
  });
}

Result<std::int64_t> ReplicaWriter::apply(const protocol::MemberPage& page) {
  return impl_->guarded<std::int64_t>([&]() -> Result<std::int64_t> { return impl_->apply(page); });
}

Result<void> ReplicaWriter::load_members_again() {
  return impl_->guarded<void>([&]() -> Result<void> {
    sqlite::Transaction transaction(impl_->database());
    impl_->forget_member_cursor();
    transaction.commit();
    return {};
  });
}

bool ReplicaWriter::tidy() {
  const auto more = impl_->guarded<bool>([&]() -> Result<bool> {
    const auto changes_before = sqlite3_total_changes64(impl_->database().handle());
    impl_->ready().merge.bind(1, impl_->tidying ? tidy_step_pages : -tidy_step_pages).run();
    // As FTS5 says it: fewer than two changes mean that there was nothing left to merge.
    return sqlite3_total_changes64(impl_->database().handle()) - changes_before >= 2;
  });
  impl_->tidying = more && *more;
  return impl_->tidying;
}

Result<void> ReplicaWriter::begin_anew() {
  return impl_->guarded<void>([&]() -> Result<void> {
    impl_->anew.reset();
    impl_->anew = std::make_unique<Impl::Copy>(impl_->directory);
    impl_->came.reset();
    impl_->carry_over();
    return {};
  });
}

Result<void> ReplicaWriter::put_in_place() {
  if (!impl_->anew) return {};
  return impl_->guarded<void>([&]() -> Result<void> {
    replace_replica(impl_->replica, impl_->anew->database);
    impl_->anew.reset();
    remove_new_replica(impl_->directory);
    return {};
  });
}

}  // namespace lanekeeper::till
