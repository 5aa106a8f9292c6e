#include "cache/member_rows.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "cache/row_sum.h"

namespace lanekeeper::till {

namespace {

std::int64_t sum_of(std::int64_t id, std::string_view body) {
  return RowSum().add(id).add(body).value();
}

// Columns id, body, check_sum.
protocol::MemberCard read_member(const sqlite::Statement& row) {
  const auto body = row.text(1);
  if (row.integer(2) == sum_of(row.integer(0), body)) {
    auto member = json::decode<protocol::MemberCard>(body);
    if (member && member->id == row.integer(0)) return std::move(*member);
  }
  throw sqlite::Failure(SQLITE_CORRUPT, "replica.db holds a member that is not what was written");
}

}  // namespace

MemberRows::MemberRows(const sqlite::Database& database)
    : by_key_(database,
              "SELECT m.id, m.body, m.check_sum FROM member_key k JOIN member m ON m.id = k.member WHERE k.key = ? "
              "ORDER BY m.id LIMIT 1"),
      all_ids_(database, "SELECT id FROM member ORDER BY id"),
      insert_(database, "INSERT OR REPLACE INTO member(id, body, check_sum) VALUES(?, ?, ?)"),
      insert_key_(database, "INSERT OR IGNORE INTO member_key(key, member) VALUES(?, ?)"),
      delete_(database, "DELETE FROM member WHERE id = ?"),
      delete_keys_(database, "DELETE FROM member_key WHERE member = ?"),
      delete_all_(database, "DELETE FROM member"),
      delete_all_keys_(database, "DELETE FROM member_key") {}

std::optional<protocol::MemberCard> MemberRows::find(std::string_view key) {
  const sqlite::Use use(by_key_);
  if (!use->bind(1, key).step()) return std::nullopt;
  auto member = read_member(by_key_);
  if (std::find(member.keys.begin(), member.keys.end(), key) == member.keys.end()) {
    throw sqlite::Failure(SQLITE_CORRUPT, "replica.db leads from a key to another member");
  }
  return member;
}

void MemberRows::put(const protocol::MemberCard& member) {
  forget(member.id);
  if (!member.active) return;
  const auto body = json::encode(member);
  insert_.bind(1, member.id).bind(2, std::string_view(body)).bind(3, sum_of(member.id, body)).run();
  for (const auto& key : member.keys) insert_key_.bind(1, std::string_view(key)).bind(2, member.id).run();
}

void MemberRows::forget(std::int64_t id) {
  delete_keys_.bind(1, id).run();
  delete_.bind(1, id).run();
}

void MemberRows::forget_all() {
  delete_all_keys_.run();
  delete_all_.run();
}

void MemberRows::keep_only(const std::set<std::int64_t>& ids) {
  std::vector<std::int64_t> gone;
  {
    const sqlite::Use use(all_ids_);
    while (use->step()) {
      if (!ids.contains(use->integer(0))) gone.push_back(use->integer(0));
    }
  }
  for (const auto id : gone) forget(id);
}

void MemberRows::copy_from(const sqlite::Database& other) {
  sqlite::Statement all(other, "SELECT id, body, check_sum FROM member ORDER BY id");
  while (all.step()) put(read_member(all));
}

}  // namespace lanekeeper::till
