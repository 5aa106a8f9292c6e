#include "cache/failures.h"

namespace lanekeeper::till {

Error journal_error(const sqlite::Failure& failure) {
  if (failure.is_full()) {
    return {"journal.disk_full",
            "The till's disk is full, so nothing can be recorded. Free space on it, then take the payment again.",
            {{"reason", failure.what()}}};
  }
  return {"journal.unwritable",
          "The till's journal cannot be written. Check the disk and restart the till, then take the payment again.",
          {{"reason", failure.what()}}};
}

Error replica_error(const sqlite::Failure& failure) {
  if (failure.is_damage()) {
    return {"replica.damaged",
            "The till's copy of the goods is damaged and is being loaded again.",
            {{"reason", failure.what()}}};
  }
  return {"replica.unwritable",
          "The till's copy of the goods cannot be written. Check the disk; selling goes on with the copy as it is.",
          {{"reason", failure.what()}}};
}

}  // namespace lanekeeper::till
