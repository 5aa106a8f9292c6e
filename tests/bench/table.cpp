#include "bench.h"

namespace lanekeeper::bench {

void scan_to_view(Report& report);
void till_commit(Report& report);
void till_cold_start(Report& report);
void search(Report& report);
void catalogue_full(Report& report);

std::span<const Bench> benches() {
  static constexpr Bench table[] = {
      {"scan_to_view", "barcode bytes in, new priced register view out", scan_to_view},
      {"till_commit", "a completed sale durable in the till's journal", till_commit},
      {"till_cold_start", "process start to the first scan accepted", till_cold_start},
      {"search", "first page of a search over a million items", search},
      {"catalogue_full", "an empty till gets 100,000 items", catalogue_full},
  };
  return table;
}

}  // namespace lanekeeper::bench
