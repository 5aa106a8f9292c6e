// What SQLite's refusals mean to the lane. Private to this room.
#pragma once

#include "base/error.h"
#include "cache/sqlite.h"

namespace lanekeeper::till {

// journal.disk_full or journal.unwritable.
[[nodiscard]] Error journal_error(const sqlite::Failure& failure);
// replica.damaged or replica.unwritable.
[[nodiscard]] Error replica_error(const sqlite::Failure& failure);

}  // namespace lanekeeper::till
