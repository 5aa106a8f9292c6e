// A store with people and goods, and data directories of tills that belong to it, made by the real program.
#pragma once

#include "fake_store.h"
#include "till_files.h"
#include "till_process.h"

namespace lanekeeper::till::test {

// One supervisor (1001, PIN 271828); 6908512108211 for 3.50, and 50001 to 53000 for 1.00 each.
void fill(FakeStore& store);

// Enrols a till of that directory, waits until it has the goods, and ends it.
void enrol_till(const std::filesystem::path& directory, FakeStore& store);

}  // namespace lanekeeper::till::test
