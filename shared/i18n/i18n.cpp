#include "i18n/i18n.h"

#include <map>
#include <mutex>

#include "base/json_codec.h"
#include "base/text.h"
#include "i18n/embedded_texts.h"
#include "i18n/pattern.h"

namespace lanekeeper::i18n {
namespace {

std::string_view name_of(Language language) {
  return language == Language::en ? "en" : "zh_CN";
}

}  // namespace

// A pattern is parsed when it is first used: a till shows a few dozen of some hundred texts in its first second.
struct Texts::Impl {
  struct Entry {
    std::string source;
    std::optional<Pattern> pattern;
  };

  explicit Impl(Language of) : language(of) {
    for (const auto& file : embedded_texts()) {
      if (file.language != name_of(language)) continue;
      const auto texts = json::parse(file.json);
      if (!texts || !texts->is_object()) throw Fault("i18n.file", "a text file is not JSON: " + std::string(file.face));
      for (const auto& [key, text] : texts->items()) entries[key].source = text.get<std::string>();
    }
  }

  // nullopt: no such key.
  std::optional<std::string> format(std::string_view key, const Parameters& parameters) {
    const std::lock_guard lock(mutex);
    const auto found = entries.find(key);
    if (found == entries.end()) return std::nullopt;
    auto& entry = found->second;
    if (!entry.pattern) {
      auto pattern = Pattern::parse(entry.source, name_of(language));
      if (!pattern) return entry.source;
      entry.pattern = std::move(*pattern);
    }
    return entry.pattern->format(parameters);
  }

  Language language;
  std::mutex mutex;
  std::map<std::string, Entry, std::less<>> entries;
};

Texts::Texts(Language language) : impl_(std::make_unique<Impl>(language)) {}
Texts::~Texts() = default;
Texts::Texts(Texts&&) noexcept = default;
Texts& Texts::operator=(Texts&&) noexcept = default;

std::string Texts::text(std::string_view key, const Parameters& parameters) const {
  return impl_->format(key, parameters).value_or(std::string(key));
}

std::string Texts::text(const Error& error) const {
  return impl_->format("error." + error.code, error.details).value_or(error.message);
}

bool Texts::has(std::string_view key) const {
  return impl_->entries.contains(key);
}

Language Texts::language() const {
  return impl_->language;
}

Language language_from_locale(std::string_view locale) {
  const auto lower = to_lower_ascii(locale);
  const bool english =
      lower == "en" || lower.starts_with("en_") || lower.starts_with("en-") || lower.starts_with("en.");
  return english ? Language::en : Language::zh_CN;
}

}  // namespace lanekeeper::i18n
