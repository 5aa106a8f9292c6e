#include "storage/member_repository.h"

namespace lanekeeper::storage {

namespace {

const std::string& select_members() {
  static const std::string text =
      "SELECT member_id, number, phone, name, tier, birthday, consent, active, version FROM member ";
  return text;
}

std::vector<MemberRow> read_all(Rows rows) {
  std::vector<MemberRow> members;
  while (rows.next()) {
    MemberRow member;
    member.id = rows.integer(1);
    member.number = rows.text(2);
    member.phone = rows.text(3);
    member.name = rows.text(4);
    member.tier = rows.text(5);
    member.birthday = rows.text(6);
    member.consent = rows.boolean(7);
    member.active = rows.boolean(8);
    member.version = rows.integer(9);
    members.push_back(std::move(member));
  }
  return members;
}

}  // namespace

MemberRepository::Head MemberRepository::head() {
  auto rows = connection_.query("SELECT member_version, member_secret FROM store WHERE store_id = ?", store_id_);
  if (!rows.next()) return {};
  return {rows.integer(1), rows.text(2)};
}

void MemberRepository::set_secret(const std::string& hex) {
  connection_.execute("UPDATE store SET member_secret = ? WHERE store_id = ? AND member_secret = ''", hex, store_id_);
}

void MemberRepository::lock() {
  auto rows = connection_.query("SELECT member_version FROM store WHERE store_id = ? FOR UPDATE", store_id_);
  if (!rows.next()) throw Fault("db.no_store", "the store has not been set up");
}

std::int64_t MemberRepository::next_version() {
  connection_.execute("UPDATE store SET member_version = member_version + 1 WHERE store_id = ?", store_id_);
  return head().version;
}

std::int64_t MemberRepository::next_id() {
  connection_.execute("UPDATE store SET last_member_id = last_member_id + 1 WHERE store_id = ?", store_id_);
  auto rows = connection_.query("SELECT last_member_id FROM store WHERE store_id = ?", store_id_);
  if (!rows.next()) throw Fault("db.no_store", "the store has not been set up");
  return rows.integer(1);
}

std::vector<MemberRow> MemberRepository::page(std::int64_t since, std::int64_t after, std::int64_t limit) {
  return read_all(connection_.query(select_members() +
                                        "WHERE store_id = ? AND (version > ? OR (version = ? AND member_id > ?)) "
                                        "ORDER BY version, member_id LIMIT ?",
                                    store_id_, since, since, after, limit));
}

std::vector<MemberRow> MemberRepository::all() {
  return read_all(connection_.query(select_members() + "WHERE store_id = ? ORDER BY member_id", store_id_));
}

std::vector<MemberRow> MemberRepository::by_number(const std::string& after, std::int64_t limit) {
  return read_all(connection_.query(select_members() + "WHERE store_id = ? AND number > ? ORDER BY number LIMIT ?",
                                    store_id_, after, limit));
}

std::optional<MemberRow> MemberRepository::find(const std::string& number) {
  auto members = read_all(connection_.query(select_members() + "WHERE store_id = ? AND number = ?", store_id_, number));
  if (members.empty()) return std::nullopt;
  return std::move(members.front());
}

void MemberRepository::save(MemberRow member) {
  const bool fresh = member.id == 0;
  if (fresh) {
    member.id = next_id();
    connection_.execute(
        "INSERT INTO member (store_id, member_id, number, name, tier, birthday, consent, active, version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        store_id_, member.id, member.number, member.name, member.tier, member.birthday, std::int64_t{member.consent},
        std::int64_t{member.active}, member.version);
  } else {
    connection_.execute(
        "UPDATE member SET number = ?, name = ?, tier = ?, birthday = ?, consent = ?, active = ?, version = ? "
        "WHERE store_id = ? AND member_id = ?",
        member.number, member.name, member.tier, member.birthday, std::int64_t{member.consent},
        std::int64_t{member.active}, member.version, store_id_, member.id);
  }
  if (member.phone.empty()) {
    connection_.execute("UPDATE member SET phone = NULL WHERE store_id = ? AND member_id = ?", store_id_, member.id);
  } else {
    connection_.execute("UPDATE member SET phone = ? WHERE store_id = ? AND member_id = ?", member.phone, store_id_,
                        member.id);
  }
}

}  // namespace lanekeeper::storage
