// Which receipts have reached paper (receipts.db). That a receipt is wanted stands in the sale's own row of the
// journal; here stands how far printing got, in a file of its own, so that a printer never makes the lane wait for a
// lock.
//
// "Begun" is synced before the first byte goes to the printer, "printed" is not: what was printed just before a power
// cut comes out once more, and then says that it is a duplicate. Only the newest receipts are looked at: a till whose
// printer was broken all day does not print the whole day when it is well again.
//
// The file may be lost: then everything that was sold before counts as printed.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/error.h"
#include "lane/ports.h"

namespace lanekeeper::till {

class ReceiptDatabase final : public ReceiptLog {
 public:
  static constexpr int most_left = 20;

  // After the journal of the same directory was opened. journal.unwritable, journal.disk_full.
  [[nodiscard]] static Result<std::unique_ptr<ReceiptDatabase>> open(const std::filesystem::path& directory);
  ~ReceiptDatabase() override;

  [[nodiscard]] std::vector<Unprinted> unprinted() const override;
  void begun(const Receipt& receipt) override;    // thread-safe
  void printed(const Receipt& receipt) override;  // thread-safe

 private:
  struct Impl;
  explicit ReceiptDatabase(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
