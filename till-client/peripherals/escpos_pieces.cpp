#include "peripherals/escpos_pieces.h"

#include <optional>

namespace lanekeeper::till {

namespace {

constexpr char esc = 0x1b;
constexpr char fs = 0x1c;
constexpr char gs = 0x1d;

std::size_t number_at(std::string_view bytes, std::size_t at) {
  const auto byte = [bytes](std::size_t i) {
    return i < bytes.size() ? static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) : 0;
  };
  return byte(at) + 256 * byte(at + 1);
}

std::optional<std::size_t> length_of_group(std::string_view rest) {
  switch (rest[1]) {
    case '!':
    case 'B':
    case 'H':
    case 'f':
    case 'h':
    case 'w':
      return 3;
    case 'V':
      return rest.size() > 2 && rest[2] >= 65 ? 4 : 3;
    case 'k':
      if (rest.size() < 4 || rest[2] < 65) return std::nullopt;
      return 4 + static_cast<std::size_t>(static_cast<unsigned char>(rest[3]));
    case '(':
      return 5 + number_at(rest, 3);
    case 'v':
      return 8 + number_at(rest, 4) * number_at(rest, 6);
    default:
      return std::nullopt;
  }
}

// Of the command or character at the beginning. Characters of several bytes count byte by byte: none of their bytes
// looks like the beginning of a command.
std::optional<std::size_t> length_of(std::string_view rest) {
  if (rest[0] != esc && rest[0] != fs && rest[0] != gs) return 1;
  if (rest.size() < 2) return std::nullopt;
  if (rest[0] == gs) return length_of_group(rest);
  if (rest[0] == fs && (rest[1] == '&' || rest[1] == '.')) return 2;
  if (rest[0] == fs) return rest[1] == '-' || rest[1] == '!' ? std::optional<std::size_t>(3) : std::nullopt;
  switch (rest[1]) {
    case '@':
    case '2':
      return 2;
    case 'a':
    case 'E':
    case '-':
    case 't':
    case '!':
    case 'd':
    case '3':
      return 3;
    case 'p':
      return 5;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::vector<std::string_view> escpos_pieces(std::string_view job, std::size_t least) {
  std::vector<std::string_view> pieces;
  std::vector<std::size_t> ends;  // of lines, pictures and barcodes
  std::optional<std::size_t> last_cut;
  std::size_t at = 0;
  while (at < job.size()) {
    const auto rest = job.substr(at);
    const auto length = length_of(rest);
    if (!length || *length > rest.size()) break;
    if (rest[0] == gs && rest[1] == 'V') last_cut = at;
    // A printer without a knife only feeds at the end.
    if (!last_cut && rest[0] == esc && rest[1] == 'd' && at + *length == job.size()) last_cut = at;
    const bool ends_line = rest[0] == '\n' || (rest[0] == gs && (rest[1] == 'k' || rest[1] == 'v' || rest[1] == '('));
    at += *length;
    if (ends_line) ends.push_back(at);
  }
  if (at < job.size()) last_cut.reset();
  std::size_t begun = 0;
  for (const auto end : ends) {
    if (last_cut && end > *last_cut) break;
    if (end - begun < least) continue;
    pieces.push_back(job.substr(begun, end - begun));
    begun = end;
  }
  const std::size_t body_end = last_cut.value_or(job.size());
  if (body_end > begun) pieces.push_back(job.substr(begun, body_end - begun));
  if (body_end < job.size()) pieces.push_back(job.substr(body_end));
  return pieces;
}

}  // namespace lanekeeper::till
