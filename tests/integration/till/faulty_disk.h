// A disk that fails on demand: takes the place of pwrite64, ftruncate64 and fdatasync, which is all that SQLite writes
// with. Only calls of the thread that armed it are counted.
#pragma once

namespace lanekeeper::till::test {

enum class DiskCall { write, sync };

// The nth call from now on (1..) fails with error_number, or all from the nth on when `for_good`.
void arm_faulty_disk(DiskCall call, int nth, int error_number, bool for_good);
// Back to normal; says whether any call failed.
bool disarm_faulty_disk();

}  // namespace lanekeeper::till::test
