#include "http/connection_limits.h"

namespace lanekeeper::http {

std::shared_ptr<ConnectionLimits::Slot> ConnectionLimits::admit(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto known = by_address_.find(address);
  const std::size_t handshakes = known == by_address_.end() ? 0 : known->second.handshakes;
  if (total_ >= max_total || unknown_ >= max_unknown || handshakes >= max_handshakes_per_address) {
    ++refused_;
    return nullptr;
  }
  ++total_;
  ++unknown_;
  ++by_address_[address].handshakes;
  return std::shared_ptr<Slot>(new Slot(shared_from_this(), address));
}

bool ConnectionLimits::Slot::settle(bool known) {
  const std::lock_guard lock(limits_->mutex_);
  Count& count = limits_->by_address_[address_];
  if (!known && count.strangers >= max_strangers_per_address) {
    ++limits_->refused_;
    return false;
  }
  --count.handshakes;
  stage_ = known ? Stage::known : Stage::stranger;
  if (!known) ++count.strangers;
  if (known) --limits_->unknown_;
  if (count.handshakes == 0 && count.strangers == 0) limits_->by_address_.erase(address_);
  return true;
}

ConnectionLimits::Slot::~Slot() {
  limits_->leave(address_, stage_);
}

void ConnectionLimits::leave(const std::string& address, Slot::Stage stage) {
  const std::lock_guard lock(mutex_);
  --total_;
  if (stage == Slot::Stage::known) return;
  --unknown_;
  const auto found = by_address_.find(address);
  if (found == by_address_.end()) return;
  --(stage == Slot::Stage::handshake ? found->second.handshakes : found->second.strangers);
  if (found->second.handshakes == 0 && found->second.strangers == 0) by_address_.erase(found);
}

std::size_t ConnectionLimits::total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

std::int64_t ConnectionLimits::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

}  // namespace lanekeeper::http
