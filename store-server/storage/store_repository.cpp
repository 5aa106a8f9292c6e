#include "storage/store_repository.h"

#include <algorithm>
#include <set>

#include "storage/batch.h"
#include "storage/enum_text.h"
#include "storage/promotion_repository.h"
#include "storage/settings_repository.h"

namespace lanekeeper::storage {

namespace {

access::StaffMember read_member(const Rows& rows) {
  access::StaffMember member;
  member.id = rows.integer(1);
  member.number = rows.text(2);
  member.name = rows.text(3);
  member.role = enum_value<access::Role>(rows.text(4));
  member.pin_verifier = rows.text(5);
  member.password_verifier = rows.text(6);
  member.active = rows.boolean(7);
  if (!rows.is_null(8)) member.badge_key = rows.text(8);
  if (!rows.is_null(9)) member.member = rows.integer(9);
  return member;
}

Date date_from(const std::string& text) {
  const auto date = Date::parse(text);
  if (!date) throw Fault("db.error", "the database holds an impossible date: " + text);
  return *date;
}

std::vector<std::string> footer_from(const std::string& text) {
  auto lines = json::decode<std::vector<std::string>>(text);
  if (!lines) throw Fault("db.error", "the receipt footer in the database is not readable");
  return std::move(*lines);
}

}  // namespace

std::optional<StoreVersions> StoreRepository::versions() {
  auto rows = connection_.query("SELECT version, catalogue_version FROM store WHERE store_id = ?", store_id_);
  if (!rows.next()) return std::nullopt;
  return StoreVersions{rows.integer(1), rows.integer(2)};
}

std::int64_t StoreRepository::next_version() {
  connection_.execute("UPDATE store SET version = version + 1 WHERE store_id = ?", store_id_);
  const auto now = versions();
  if (!now) throw Fault("db.no_store", "the store has not been set up");
  return now->profile;
}

void StoreRepository::read_head(protocol::StoreProfile& profile, bool& found) {
  auto rows = connection_.query(
      "SELECT version, name, name_en, address, phone, currency, tax_mode, cash_rounding, day_start_minute, "
      "receipt_footer FROM store WHERE store_id = ?",
      store_id_);
  found = rows.next();
  if (!found) return;
  profile.store_id = store_id_;
  profile.version = rows.integer(1);
  profile.name = rows.text(2);
  profile.name_en = rows.text(3);
  profile.address = rows.text(4);
  profile.phone = rows.text(5);
  profile.currency = rows.text(6);
  profile.tax_mode = enum_value<pricing::TaxMode>(rows.text(7));
  profile.cash_rounding = enum_value<CashRounding>(rows.text(8));
  profile.day_start_minute = rows.integer(9);
  profile.receipt_footer = footer_from(rows.text(10));
}

std::optional<protocol::StoreProfile> StoreRepository::profile() {
  protocol::StoreProfile profile;
  bool found = false;
  read_head(profile, found);
  if (!found) return std::nullopt;
  profile.layouts = layouts();
  profile.taxes = taxes();
  profile.categories = categories();
  profile.staff = staff();
  SettingsRepository settings(connection_, store_id_);
  profile.till_policy = settings.till_policy();
  if (auto templates = settings.templates(); !templates.empty()) profile.receipt_templates = std::move(templates);
  profile.promotion_version = PromotionRepository(connection_, store_id_).newest_version();
  return profile;
}

std::string StoreRepository::name() {
  auto rows = connection_.query("SELECT name FROM store WHERE store_id = ?", store_id_);
  return rows.next() ? rows.text(1) : std::string();
}

std::vector<barcode::VariableMeasureLayout> StoreRepository::layouts() {
  std::vector<barcode::VariableMeasureLayout> layouts;
  auto rows =
      connection_.query("SELECT name, pattern FROM label_layout WHERE store_id = ? ORDER BY position", store_id_);
  while (rows.next()) layouts.push_back({rows.text(1), rows.text(2)});
  return layouts;
}

std::vector<catalogue::TaxCategory> StoreRepository::taxes() {
  std::vector<catalogue::TaxCategory> taxes;
  auto rows = connection_.query(
      "SELECT c.tax_category_id, c.name, c.letter, r.valid_from, r.rate_per_10k FROM tax_category c LEFT JOIN tax_rate "
      "r "
      "ON r.store_id = c.store_id AND r.tax_category_id = c.tax_category_id WHERE c.store_id = ? "
      "ORDER BY c.tax_category_id, r.valid_from",
      store_id_);
  while (rows.next()) {
    if (taxes.empty() || taxes.back().id != rows.integer(1)) {
      taxes.push_back({rows.integer(1), rows.text(2), rows.text(3), {}});
    }
    if (!rows.is_null(4)) {
      taxes.back().rates.push_back({Rate::of_per_10k(rows.integer(5)), date_from(rows.text(4))});
    }
  }
  return taxes;
}

void StoreRepository::create(const protocol::StoreProfile& profile) {
  connection_.execute(
      "INSERT INTO store (store_id, version, name, name_en, address, phone, currency, tax_mode, cash_rounding, "
      "day_start_minute, receipt_footer, catalogue_version, last_item_id) VALUES (?,1,?,?,?,?,?,?,?,?,?,0,0)",
      store_id_, profile.name, profile.name_en, profile.address, profile.phone, profile.currency,
      enum_text(profile.tax_mode), enum_text(profile.cash_rounding), profile.day_start_minute,
      json::encode(profile.receipt_footer));
  write_parts(profile);
}

void StoreRepository::replace(const protocol::StoreProfile& profile) {
  connection_.execute(
      "UPDATE store SET name = ?, name_en = ?, address = ?, phone = ?, currency = ?, tax_mode = ?, cash_rounding = ?, "
      "day_start_minute = ?, receipt_footer = ? WHERE store_id = ?",
      profile.name, profile.name_en, profile.address, profile.phone, profile.currency, enum_text(profile.tax_mode),
      enum_text(profile.cash_rounding), profile.day_start_minute, json::encode(profile.receipt_footer), store_id_);
  for (const auto* sql : {"DELETE FROM label_layout WHERE store_id = ?", "DELETE FROM tax_rate WHERE store_id = ?",
                          "DELETE FROM tax_category WHERE store_id = ?"}) {
    connection_.execute(sql, store_id_);
  }
  write_parts(profile);
}

void StoreRepository::write_parts(const protocol::StoreProfile& profile) {
  if (profile.till_policy) SettingsRepository(connection_, store_id_).set_till_policy(*profile.till_policy);
  std::int64_t position = 0;
  for (const auto& layout : profile.layouts) {
    connection_.execute("INSERT INTO label_layout (store_id, position, name, pattern) VALUES (?, ?, ?, ?)", store_id_,
                        ++position, layout.name, layout.pattern);
  }
  for (const auto& tax : profile.taxes) {
    connection_.execute("INSERT INTO tax_category (store_id, tax_category_id, name, letter) VALUES (?, ?, ?, ?)",
                        store_id_, tax.id, tax.name, tax.letter);
    for (const auto& rate : tax.rates) {
      connection_.execute("INSERT INTO tax_rate (store_id, tax_category_id, valid_from, rate_per_10k) VALUES (?,?,?,?)",
                          store_id_, tax.id, rate.valid_from.to_string(), rate.rate.per_10k());
    }
  }
  insert_rows<catalogue::Category>(
      connection_, "INSERT INTO category (store_id, category_id, name, name_en, quick_key_order) VALUES ",
      "(?, ?, ?, ?, ?)",
      " ON DUPLICATE KEY UPDATE name = VALUES(name), name_en = VALUES(name_en), quick_key_order = "
      "VALUES(quick_key_order)",
      profile.categories, [&](Binder& b, const catalogue::Category& category) {
        b.add(store_id_).add(category.id).add(category.name).add(category.name_en).add(category.quick_key_order);
      });
}

std::vector<catalogue::Category> StoreRepository::categories() {
  std::vector<catalogue::Category> categories;
  auto rows = connection_.query(
      "SELECT category_id, name, name_en, quick_key_order FROM category WHERE store_id = ? ORDER BY category_id",
      store_id_);
  while (rows.next()) categories.push_back({rows.integer(1), rows.text(2), rows.text(3), rows.integer(4)});
  return categories;
}

std::map<std::string, catalogue::CategoryId> StoreRepository::categories_by_name(const std::vector<std::string>& names,
                                                                                 bool& made) {
  std::map<std::string, catalogue::CategoryId> by_name;
  catalogue::CategoryId last = 0;
  for (const auto& category : categories()) {
    by_name[category.name] = category.id;
    last = std::max(last, category.id);
  }
  made = false;
  for (const auto& name : names) {
    if (by_name.contains(name)) continue;
    connection_.execute(
        "INSERT INTO category (store_id, category_id, name, name_en, quick_key_order) VALUES (?, ?, ?, '', 0)",
        store_id_, ++last, name);
    by_name[name] = last;
    made = true;
  }
  return by_name;
}

std::vector<access::StaffMember> StoreRepository::staff() {
  std::vector<access::StaffMember> members;
  auto rows = connection_.query(
      "SELECT staff_id, number, name, role, pin_verifier, password_verifier, active, badge_key, member_id FROM staff "
      "WHERE "
      "store_id = ? "
      "ORDER BY staff_id",
      store_id_);
  while (rows.next()) members.push_back(read_member(rows));
  return members;
}

std::map<std::int64_t, std::string> StoreRepository::staff_names() {
  std::map<std::int64_t, std::string> names;
  auto rows = connection_.query("SELECT staff_id, name FROM staff WHERE store_id = ?", store_id_);
  while (rows.next()) names[rows.integer(1)] = rows.text(2);
  return names;
}

std::optional<access::StaffMember> StoreRepository::staff_by_number(const std::string& number) {
  auto rows = connection_.query(
      "SELECT staff_id, number, name, role, pin_verifier, password_verifier, active, badge_key, member_id FROM staff "
      "WHERE "
      "store_id = ? AND "
      "number = ?",
      store_id_, number);
  if (!rows.next()) return std::nullopt;
  return read_member(rows);
}

std::optional<access::StaffMember> StoreRepository::staff_by_id(std::int64_t id) {
  auto rows = connection_.query(
      "SELECT staff_id, number, name, role, pin_verifier, password_verifier, active, badge_key, member_id FROM staff "
      "WHERE "
      "store_id = ? AND "
      "staff_id = ? FOR UPDATE",
      store_id_, id);
  if (!rows.next()) return std::nullopt;
  return read_member(rows);
}

std::int64_t StoreRepository::save_staff(access::StaffMember member) {
  if (member.id == 0) {
    auto rows = connection_.query("SELECT COALESCE(MAX(staff_id), 0) + 1 FROM staff WHERE store_id = ?", store_id_);
    member.id = rows.next() ? rows.integer(1) : 1;
    connection_.execute(
        "INSERT INTO staff (store_id, staff_id, number, name, role, pin_verifier, password_verifier, active) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?)",
        store_id_, member.id, member.number, member.name, enum_text(member.role), member.pin_verifier,
        member.password_verifier, std::int64_t{member.active});
  } else {
    connection_.execute(
        "UPDATE staff SET number = ?, name = ?, role = ?, pin_verifier = ?, password_verifier = ?, active = ? WHERE "
        "store_id = ? AND staff_id = ?",
        member.number, member.name, enum_text(member.role), member.pin_verifier, member.password_verifier,
        std::int64_t{member.active}, store_id_, member.id);
  }
  return member.id;
}

void StoreRepository::set_staff_member(std::int64_t staff, std::optional<std::int64_t> member) {
  if (member) {
    connection_.execute("UPDATE staff SET member_id = ? WHERE store_id = ? AND staff_id = ?", *member, store_id_,
                        staff);
  } else {
    connection_.execute("UPDATE staff SET member_id = NULL WHERE store_id = ? AND staff_id = ?", store_id_, staff);
  }
}

}  // namespace lanekeeper::storage
