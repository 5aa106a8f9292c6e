// What every service is made of: where it stores, what time it is, where chance comes from, whom it tells.
//
// Methods of services are synchronous and block on the database: call them on a database worker (Database::submit),
// never on an io thread. They are thread-safe. What a caller can cause is a Result; trouble of the database is a Fault
// (see storage/database.h).
#pragma once

#include <cstdint>

#include "base/ids.h"
#include "base/time.h"
#include "services/notifications.h"
#include "storage/database.h"

namespace lanekeeper::services {

// All of them outlive the services.
struct ServiceContext {
  storage::Database& database;
  const Clock& clock;
  RandomSource& random;
  ChangeSink& changes;
  std::int64_t store_id = 1;
};

}  // namespace lanekeeper::services
