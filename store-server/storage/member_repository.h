// Table member, and what the store's row says of the list of members.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"

namespace lanekeeper::storage {

struct MemberRow {
  std::int64_t id = 0;
  std::string number;
  std::string phone;  // normalised; empty: not known
  std::string name;
  std::string tier;      // empty: none
  std::string birthday;  // "MM-DD"; empty: not known
  bool consent = false;
  bool active = true;
  std::int64_t version = 0;
  bool operator==(const MemberRow&) const = default;
};

class MemberRepository {
 public:
  MemberRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  struct Head {
    std::int64_t version = 0;
    std::string secret;  // hex; empty: not made yet
  };
  [[nodiscard]] Head head();
  // Only where there is none yet.
  void set_secret(const std::string& hex);
  // The store's row is locked until the commit: the list is changed by one at a time.
  void lock();
  // The next version of the list; locks as well.
  std::int64_t next_version();

  // Above (version, id), in that order.
  [[nodiscard]] std::vector<MemberRow> page(std::int64_t since, std::int64_t after, std::int64_t limit);
  [[nodiscard]] std::vector<MemberRow> all();  // by id
  // By number, above `after`.
  [[nodiscard]] std::vector<MemberRow> by_number(const std::string& after, std::int64_t limit);
  [[nodiscard]] std::optional<MemberRow> find(const std::string& number);
  // id 0: a new one, with the next free id.
  void save(MemberRow member);

 private:
  [[nodiscard]] std::int64_t next_id();

  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
