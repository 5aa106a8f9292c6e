// The reference of sale_ingest: the same rows of the same sales, written straight to the database, one sale per
// transaction, over four connections, prepared statements, several rows per statement. No checks, no TLS, no server.
#pragma once

#include <chrono>

#include "live_store.h"
#include "sale_load.h"

namespace lanekeeper::bench {

// Rows go under another store_id, so that they are in nobody's way.
LoadResult write_raw_sales(const LiveStore::DatabaseAccess& access, const SaleMaker& maker,
                           std::chrono::milliseconds duration, int connections = 4);

}  // namespace lanekeeper::bench
