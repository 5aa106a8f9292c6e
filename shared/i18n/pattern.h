// One ICU MessageFormat pattern with named parameters. Internal to i18n and its tests.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace lanekeeper::i18n {

// Not thread-safe: ICU's formatter fills caches of its own while it formats.
class Pattern {
 public:
  [[nodiscard]] static Result<Pattern> parse(std::string_view pattern, std::string_view language);  // i18n.bad_pattern
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  [[nodiscard]] const std::set<std::string>& parameter_names() const;
  // Parameters that the pattern does not have are ignored; missing ones become empty.
  [[nodiscard]] std::string format(const std::vector<std::pair<std::string, std::string>>& parameters) const;

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::i18n
