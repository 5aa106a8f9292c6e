#include "lane/drawer_watch.h"

#include <spdlog/spdlog.h>

namespace lanekeeper::till {

using Position = CashDrawer::Position;

namespace {

const char* word_of(Position position) {
  switch (position) {
    case Position::open:
      return "open";
    case Position::closed:
      return "closed";
    case Position::unknown:
      break;
  }
  return "unknown";
}

}  // namespace

void DrawerWatch::moved(Position position) {
  if (std::exchange(position_, position) == position) return;
  if (position != Position::open) left_open_ = told_ = false;
  lane_.tell({LaneEvent::Kind::drawer, 0, word_of(position), {}});
  lane_.changed();
}

void DrawerWatch::stays_open() {
  if (position_ != Position::open) return;
  left_open_ = true;
  spdlog::warn("the cash drawer was left open");
  look();
  lane_.changed();
}

void DrawerWatch::look() {
  const bool selling = !lane_.basket().lines.empty();
  const bool sale_begins = !std::exchange(selling_, selling) && selling;
  if (!left_open_ || counting() || (told_ && !sale_begins)) return;
  told_ = true;
  lane_.tell({LaneEvent::Kind::drawer_left_open, 0, {}, {}});
}

Result<void> DrawerWatch::allows(const Command& command) const {
  if (position_ != Position::open || !std::holds_alternative<NoSale>(command)) return {};
  return fail("drawer.is_open", "The drawer is open already. Close it first.");
}

bool DrawerWatch::counting() const {
  return lane_.view()->state == RegisterState::closing;
}

}  // namespace lanekeeper::till
