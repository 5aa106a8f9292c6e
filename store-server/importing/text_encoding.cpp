#include "importing/text_encoding.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include "base/text.h"

namespace lanekeeper::importing {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t sample_bytes = 4096;

class Converter {
 public:
  explicit Converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    handle_ = ucnv_open(name, &status);
    if (U_FAILURE(status)) throw Fault("import.converter", std::string("ICU lacks the converter ") + name);
  }
  ~Converter() { ucnv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  [[nodiscard]] UConverter* get() const { return handle_; }

 private:
  UConverter* handle_;
};

// Piece by piece, so that a large file needs no second copy in UTF-16.
std::string convert(const char* from, std::string_view bytes) {
  const Converter source(from);
  const Converter target("UTF-8");
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 4096> middle{};
  std::array<char, 3 * 4096> piece{};
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  for (bool more = true; more;) {
    UErrorCode status = U_ZERO_ERROR;
    UChar* to = middle.data();
    ucnv_toUnicode(source.get(), &to, middle.data() + middle.size(), &at, end, nullptr, true, &status);
    more = status == U_BUFFER_OVERFLOW_ERROR;
    const UChar* from_middle = middle.data();
    char* out_at = piece.data();
    status = U_ZERO_ERROR;
    ucnv_fromUnicode(target.get(), &out_at, piece.data() + piece.size(), &from_middle, to, nullptr, !more, &status);
    out.append(piece.data(), static_cast<std::size_t>(out_at - piece.data()));
  }
  return out;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// The length of a valid sequence at the beginning; 0 when it is broken.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                             : (first & 0xF0) == 0xE0        ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || text.size() < length) return 0;
  return is_valid_utf8(text.substr(0, length)) ? length : 0;
}

struct Utf8Check {
  std::size_t broken = 0;
  std::size_t beyond_ascii = 0;
  std::size_t first_broken_byte = std::string::npos;
};

Utf8Check check_utf8(std::string_view text) {
  Utf8Check out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) {
      if (out.broken++ == 0) out.first_broken_byte = at;
      ++at;
      continue;
    }
    if (length > 1) ++out.beyond_ascii;
    at += length;
  }
  return out;
}

std::string repair_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    out += length == 0 ? replacement : text.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::size_t characters_beyond_ascii(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0xC0; }));
}

bool few(std::size_t broken, std::size_t of) {
  return broken * 100 <= of;
}
bool some(std::size_t broken, std::size_t of) {
  return broken * 10 <= of;
}

// UTF-16 without a mark shows by its zero bytes: separators, digits and line ends have one each.
std::optional<Encoding> utf16_by_zeros(std::string_view content) {
  std::array<std::size_t, 2> zeros{};
  const std::size_t size = std::min(content.size(), sample_bytes);
  for (std::size_t i = 0; i < size; ++i) {
    if (content[i] == '\0') ++zeros[i % 2];
  }
  if (zeros[0] == 0 && zeros[1] == 0) return std::nullopt;
  return zeros[1] > zeros[0] ? Encoding::utf16_le : Encoding::utf16_be;
}

tl::unexpected<Error> undecodable(std::string_view content, std::size_t byte) {
  const std::size_t at = byte == std::string::npos ? 0 : std::min(byte, content.size());
  const auto line = 1 + std::count(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return fail("import.encoding",
              fmt::format("The text is neither UTF-8 nor GB18030 nor UTF-16 (first at line {}). Open the file in Excel "
                          "and save it as \"CSV UTF-8\" or as .xlsx.",
                          line),
              {{"line", std::to_string(line)}, {"byte", std::to_string(at)}});
}

// Text has hardly any control characters; a picture or a program is full of them.
bool looks_binary(std::string_view utf8) {
  const std::string_view sample = utf8.substr(0, sample_bytes);
  const auto odd = std::count_if(sample.begin(), sample.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
  return static_cast<std::size_t>(odd) * 50 > sample.size();
}

Result<DecodedText> checked(DecodedText text) {
  if (looks_binary(text.text)) {
    return fail("import.binary", "This is not a table of text. Choose a CSV or an .xlsx file.");
  }
  return text;
}

Result<DecodedText> decode_utf16(std::string_view content, Encoding encoding) {
  std::string converted = convert(encoding == Encoding::utf16_le ? "UTF-16LE" : "UTF-16BE", content);
  const std::size_t broken = count_of(converted, replacement);
  if (!few(broken, characters_beyond_ascii(converted) + converted.size() / 16)) return undecodable(content, 0);
  return checked({std::move(converted), encoding});
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::gb18030:
      return "GB18030";
    case Encoding::utf16_le:
      return "UTF-16LE";
    case Encoding::utf16_be:
      return "UTF-16BE";
  }
  return "UTF-8";
}

Result<DecodedText> decode_text(std::string content) {
  if (content.starts_with("\xFF\xFE")) return decode_utf16(std::string_view(content).substr(2), Encoding::utf16_le);
  if (content.starts_with("\xFE\xFF")) return decode_utf16(std::string_view(content).substr(2), Encoding::utf16_be);
  const bool marked = content.starts_with(utf8_mark);
  if (marked) content.erase(0, utf8_mark.size());
  if (!marked) {
    if (const auto encoding = utf16_by_zeros(content)) return decode_utf16(content, *encoding);
  }
  const Utf8Check check = check_utf8(content);
  if (check.broken == 0) return checked({std::move(content), Encoding::utf8});
  if (marked) {
    if (!some(check.broken, check.beyond_ascii)) return undecodable(content, check.first_broken_byte);
    return checked({repair_utf8(content), Encoding::utf8});
  }
  // Much of it valid: UTF-8 with damage. As GB18030 it would even pass, as other characters.
  if (check.beyond_ascii > check.broken) {
    if (!some(check.broken, check.beyond_ascii)) return undecodable(content, check.first_broken_byte);
    return checked({repair_utf8(content), Encoding::utf8});
  }
  std::string gb = convert("gb18030", content);
  if (!few(count_of(gb, replacement), characters_beyond_ascii(gb))) {
    return undecodable(content, check.first_broken_byte);
  }
  return checked({std::move(gb), Encoding::gb18030});
}

std::string plain_forms(std::string_view utf8) {
  if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    return std::string(utf8);
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* forms = icu::Normalizer2::getNFKCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) {
    forms->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr,
                         status);
  }
  return U_SUCCESS(status) ? out : std::string(utf8);
}

}  // namespace lanekeeper::importing
