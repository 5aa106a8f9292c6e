// Reading the parts of a zip archive that is in memory. One thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/error.h"

namespace lanekeeper::importing {

class ZipFile {
 public:
  // The content must outlive it. import.not_xlsx
  [[nodiscard]] static Result<ZipFile> open(std::string_view content);

  [[nodiscard]] bool has(const std::string& part) const;

  // Unpacks piece by piece; the sink returns false to end early. import.not_xlsx: no such part, or damaged (checksum
  // included); import.too_large.
  [[nodiscard]] Result<void> read(const std::string& part, std::int64_t limit_bytes,
                                  const std::function<bool(std::string_view)>& sink) const;

 private:
  struct Close {
    void operator()(void* archive) const;
  };
  explicit ZipFile(void* archive) : archive_(archive) {}
  std::unique_ptr<void, Close> archive_;
};

}  // namespace lanekeeper::importing
