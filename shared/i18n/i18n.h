// Words on screens and paper. Texts live in shared/i18n/<language>/*.json (one file per face: errors, till, console,
// backoffice, receipt), flat key -> ICU MessageFormat pattern with named parameters, and are compiled into the
// programs.
//
//   texts.text("till.lines_above", {{"count", "2"}})   en: "{count, plural, one {# more above} other {# more above}}"
//
// A parameter whose value is an integer in decimal takes part in plural and select. Texts are never glued from pieces.
// A missing key gives the key itself (and a test fails for every key that one language has and the other has not).
// Thread-safe after construction.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace lanekeeper::i18n {

enum class Language { zh_CN, en };

class Texts {
 public:
  explicit Texts(Language language);
  ~Texts();
  Texts(Texts&&) noexcept;
  Texts& operator=(Texts&&) noexcept;

  using Parameters = std::vector<std::pair<std::string, std::string>>;
  [[nodiscard]] std::string text(std::string_view key, const Parameters& parameters = {}) const;
  // "error.<code>" with the error's details; falls back to the English message.
  [[nodiscard]] std::string text(const Error& error) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] Language language() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// "zh", "zh_CN.UTF-8", "en_GB" ... -> a language; zh_CN for what is not known.
[[nodiscard]] Language language_from_locale(std::string_view locale);

}  // namespace lanekeeper::i18n
