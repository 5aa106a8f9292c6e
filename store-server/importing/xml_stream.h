// Streaming XML with limits: no document types (and so no entities of a file's own), bounded depth and text.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "importing/zip_file.h"

namespace lanekeeper::importing {

class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // By local name; empty when missing.
  [[nodiscard]] std::string_view get(std::string_view name) const;

 private:
  const char** pairs_;
};

// Names come without their prefix. A handler calls stop() to end the reading early.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void begin(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;

  void stop() { stopped_ = true; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  void refuse(Error error) {
    error_ = std::move(error);
    stop();
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  bool stopped_ = false;
  std::optional<Error> error_;
};

// import.not_xlsx (not well-formed, with the line), import.too_large, and what the handler refused with.
[[nodiscard]] Result<void> parse_part(const ZipFile& zip, const std::string& part, std::int64_t limit_bytes,
                                      XmlHandler& handler);

}  // namespace lanekeeper::importing
