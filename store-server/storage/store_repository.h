// Tables store, category, tax_category, tax_rate, label_layout, staff.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/permissions.h"
#include "protocol/messages.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct StoreVersions {
  std::int64_t profile = 0;
  std::int64_t catalogue = 0;
};

class StoreRepository {
 public:
  StoreRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] std::optional<StoreVersions> versions();
  // The next version of the profile; its row is locked until the commit.
  std::int64_t next_version();

  // Everything, staff with their verifiers. nullopt: there is no store yet.
  [[nodiscard]] std::optional<protocol::StoreProfile> profile();
  [[nodiscard]] std::string name();
  [[nodiscard]] std::vector<catalogue::TaxCategory> taxes();
  void create(const protocol::StoreProfile& profile);
  // All but version, store_id, staff and receipt templates; the tills' settings when they are given. Categories are
  // added or changed; those not mentioned stay, items may be in them.
  void replace(const protocol::StoreProfile& profile);

  [[nodiscard]] std::vector<catalogue::Category> categories();
  // By name; names that are not there yet are made, with the next free ids. made tells whether any was.
  [[nodiscard]] std::map<std::string, catalogue::CategoryId> categories_by_name(const std::vector<std::string>& names,
                                                                                bool& made);

  [[nodiscard]] std::vector<access::StaffMember> staff();
  [[nodiscard]] std::map<std::int64_t, std::string> staff_names();
  [[nodiscard]] std::optional<access::StaffMember> staff_by_number(const std::string& number);
  [[nodiscard]] std::optional<access::StaffMember> staff_by_id(std::int64_t id);
  // Inserts (id 0: takes the next free one) or overwrites, all but the badge and the membership; returns the id.
  std::int64_t save_staff(access::StaffMember member);
  // As which member the person buys here; nullopt: not known.
  void set_staff_member(std::int64_t staff, std::optional<std::int64_t> member);

 private:
  void read_head(protocol::StoreProfile& profile, bool& found);
  void write_parts(const protocol::StoreProfile& profile);
  [[nodiscard]] std::vector<barcode::VariableMeasureLayout> layouts();

  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
