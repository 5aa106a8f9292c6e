// A CSV file of members as rows. Private to this room. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "storage/member_repository.h"

namespace lanekeeper::services {

struct MemberLine {
  std::int64_t line = 0;  // of the file
  storage::MemberRow member;
};

// Errors as of MemberService::import, but for what only the store's list shows.
[[nodiscard]] Result<std::vector<MemberLine>> read_member_file(std::string content);

}  // namespace lanekeeper::services
