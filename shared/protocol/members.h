// Members between the server and the tills: enough to know whose basket it is and what that gives, without telling who
// they are. A till finds a member by the hash of what was scanned or typed; names come masked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"

namespace lanekeeper::protocol {

struct MemberCard {
  std::int64_t id = 0;
  std::int64_t version = 0;  // of the members' list when this one changed last
  std::string number;        // of the card
  std::string name;          // masked: "王*", "J. S."
  std::optional<std::string> tier;
  std::optional<std::string> birthday;  // "MM-DD"; of 29 February: 28 February in other years
  std::vector<std::string> keys;        // access::member_key() of the number and of the phone
  bool active = true;                   // false: the till forgets it
  bool operator==(const MemberCard&) const = default;
};
template <class V>
void describe(V& visit, MemberCard& m) {
  visit("id", m.id);
  visit("version", m.version);
  visit("number", m.number);
  visit("name", m.name);
  visit("tier", m.tier);
  visit("birthday", m.birthday);
  visit("keys", m.keys);
  visit("active", m.active);
}

// GET /v1/members?since=V&after=ID&limit=N, as GET /v1/catalogue: ordered by (version, id).
struct MemberPage {
  std::vector<MemberCard> members;
  std::int64_t version = 0;  // of the list now
  bool complete = true;
};
template <class V>
void describe(V& visit, MemberPage& p) {
  visit("members", p.members);
  visit("version", p.version);
  visit("complete", p.complete);
}

}  // namespace lanekeeper::protocol
