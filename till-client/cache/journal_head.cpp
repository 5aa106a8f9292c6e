#include "cache/journal_head.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t slot_bytes = 1024;
constexpr std::size_t check_digits = 64;  // SHA-256 in hex

struct Slot {
  std::int64_t generation = 0;
  JournalHead head;
};
template <class V>
void describe(V& visit, Slot& slot) {
  visit("generation", slot.generation);
  visit("head", slot.head);
}

std::string check_sum(std::string_view text) {
  const auto hash = journal::sha256(as_bytes(text));
  return to_hex(ByteView(hash.data(), hash.size()));
}

// "<check sum><json>\n" and blanks up to the size of a slot.
std::optional<Slot> decode_slot(std::string_view bytes) {
  const auto end = bytes.find('\n');
  if (end == std::string_view::npos || end < check_digits) return std::nullopt;
  const auto text = bytes.substr(check_digits, end - check_digits);
  if (bytes.substr(0, check_digits) != check_sum(text)) return std::nullopt;
  auto slot = json::decode<Slot>(text);
  if (!slot) return std::nullopt;
  return *slot;
}

}  // namespace

JournalHeadFile::JournalHeadFile(std::filesystem::path file) : file_(std::move(file)) {
  descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

JournalHeadFile::~JournalHeadFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<JournalHead> JournalHeadFile::read() {
  std::array<char, 2 * slot_bytes> bytes{};
  if (descriptor_ < 0 || ::pread(descriptor_, bytes.data(), bytes.size(), 0) <= 0) return std::nullopt;
  std::optional<Slot> newest;
  for (std::size_t offset = 0; offset < bytes.size(); offset += slot_bytes) {
    auto slot = decode_slot({bytes.data() + offset, slot_bytes});
    if (slot && (!newest || slot->generation > newest->generation)) newest = slot;
  }
  if (!newest) return std::nullopt;
  generation_ = newest->generation;
  return newest->head;
}

bool JournalHeadFile::write(const JournalHead& head) {
  if (descriptor_ < 0) return false;
  const auto text = json::encode(Slot{generation_ + 1, head});
  std::string slot = check_sum(text) + text + '\n';
  if (slot.size() > slot_bytes) return false;
  slot.resize(slot_bytes, ' ');
  const auto offset = static_cast<off_t>(((generation_ + 1) % 2) * static_cast<std::int64_t>(slot_bytes));
  if (::pwrite(descriptor_, slot.data(), slot.size(), offset) != static_cast<ssize_t>(slot.size())) return false;
  if (::fdatasync(descriptor_) != 0) return false;
  ++generation_;
  return true;
}

}  // namespace lanekeeper::till
