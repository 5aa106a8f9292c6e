#include "i18n/pattern.h"

#include <charconv>
#include <optional>

#include <unicode/fmtable.h>
#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

namespace lanekeeper::i18n {
namespace {

icu::UnicodeString to_unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_text(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

tl::unexpected<Error> bad_pattern(std::string_view pattern, const char* reason) {
  return fail("i18n.bad_pattern", "A text's pattern cannot be read. Correct the text file.",
              {{"pattern", std::string(pattern)}, {"reason", reason}});
}

// The names of all parameters, and those that a number is wanted for. Everything else stays text: a barcode must not be
// written with thousands separators.
struct Names {
  std::set<std::string> all;
  std::set<std::string> numeric;
};

Names names_of(const icu::MessagePattern& pattern) {
  Names names;
  bool numeric = false;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
      const auto type = part.getArgType();
      numeric = type == UMSGPAT_ARG_TYPE_PLURAL || type == UMSGPAT_ARG_TYPE_SELECTORDINAL ||
                type == UMSGPAT_ARG_TYPE_CHOICE || type == UMSGPAT_ARG_TYPE_SIMPLE;
    } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME || part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER) {
      const auto name = to_text(pattern.getSubstring(part));
      names.all.insert(name);
      if (numeric) names.numeric.insert(name);
    }
  }
  return names;
}

}  // namespace

struct Pattern::Impl {
  std::string plain;  // the text itself when there is nothing to format
  std::unique_ptr<icu::MessageFormat> format;
  Names names;
};

Pattern::Pattern(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

Result<Pattern> Pattern::parse(std::string_view pattern, std::string_view language) {
  auto impl = std::make_unique<Impl>();
  if (pattern.find_first_of("{}") == std::string_view::npos && pattern.find("''") == std::string_view::npos) {
    impl->plain = std::string(pattern);
    return Pattern(std::move(impl));
  }
  const auto text = to_unicode(pattern);
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const icu::MessagePattern parsed(text, &where, status);
  if (U_FAILURE(status)) return bad_pattern(pattern, u_errorName(status));
  impl->names = names_of(parsed);
  impl->format = std::make_unique<icu::MessageFormat>(text, icu::Locale(std::string(language).c_str()), where, status);
  if (U_FAILURE(status)) return bad_pattern(pattern, u_errorName(status));
  return Pattern(std::move(impl));
}

const std::set<std::string>& Pattern::parameter_names() const {
  return impl_->names.all;
}

std::string Pattern::format(const std::vector<std::pair<std::string, std::string>>& parameters) const {
  if (!impl_->format) return impl_->plain;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& name : impl_->names.all) {
    std::string_view value;
    for (const auto& [given, text] : parameters) {
      if (given == name) value = text;
    }
    names.push_back(to_unicode(name));
    const auto number = impl_->names.numeric.contains(name) ? to_integer(value) : std::nullopt;
    values.push_back(number ? icu::Formattable(static_cast<std::int64_t>(*number))
                            : icu::Formattable(to_unicode(value)));
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  impl_->format->format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), out, status);
  if (U_FAILURE(status)) return {};
  return to_text(out);
}

}  // namespace lanekeeper::i18n
