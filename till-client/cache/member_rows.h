// The members in replica.db: a row each, found by their keys. Private to this room; throws sqlite::Failure.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "cache/sqlite.h"
#include "protocol/members.h"

namespace lanekeeper::till {

class MemberRows {
 public:
  explicit MemberRows(const sqlite::Database& database);

  // The one with the lowest id where several have the key. Failure(SQLITE_CORRUPT) when a row is not what was written.
  [[nodiscard]] std::optional<protocol::MemberCard> find(std::string_view key);
  // An inactive one is forgotten.
  void put(const protocol::MemberCard& member);
  void forget_all();
  void keep_only(const std::set<std::int64_t>& ids);
  // Every member of another file.
  void copy_from(const sqlite::Database& other);

 private:
  void forget(std::int64_t id);

  sqlite::Statement by_key_;
  sqlite::Statement all_ids_;
  sqlite::Statement insert_;
  sqlite::Statement insert_key_;
  sqlite::Statement delete_;
  sqlite::Statement delete_keys_;
  sqlite::Statement delete_all_;
  sqlite::Statement delete_all_keys_;
};

}  // namespace lanekeeper::till
