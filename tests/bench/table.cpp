#include "bench.h"

namespace lanekeeper::bench {

// Each in the file of its name.
void scan_to_view(Report& report);
void scan_to_paint(Report& report);
void price_basket(Report& report);
void till_commit(Report& report);
void till_cold_start(Report& report);
void search(Report& report);
void sale_ingest(Report& report);
void outbox_drain(Report& report);
void catalogue_full(Report& report);
void catalogue_delta(Report& report);
void server_memory(Report& report);

std::span<const Bench> benches() {
  static constexpr Bench table[] = {
      {"scan_to_view", "barcode bytes in, new priced register view out", scan_to_view},
      {"scan_to_paint", "key or scanner bytes in, window painted", scan_to_paint},
      {"price_basket", "a basket of 100 lines with the best of 1,000 live promotions", price_basket},
      {"till_commit", "a completed sale durable in the till's journal", till_commit},
      {"till_cold_start", "process start to the first scan accepted", till_cold_start},
      {"search", "first page of a search over a million items", search},
      {"sale_ingest", "sales from 32 tills, acknowledged when durable", sale_ingest},
      {"outbox_drain", "32 tills come back with 500 unsent sales each", outbox_drain},
      {"catalogue_full", "an empty till gets 100,000 items", catalogue_full},
      {"catalogue_delta", "ten prices change at 64 tills", catalogue_delta},
      {"server_memory", "200 tills connected, idle and under load", server_memory},
  };
  return table;
}

}  // namespace lanekeeper::bench
