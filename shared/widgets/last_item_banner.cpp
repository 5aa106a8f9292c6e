#include "widgets/last_item_banner.h"

namespace lanekeeper::widgets {

LastItemBanner::LastItemBanner(wxWindow* parent) : PaintedControl(parent, wxString()) {}

void LastItemBanner::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.name + " " + content_.amount);
  Refresh();
}

void LastItemBanner::paint(Painter& painter) {
  const Theme& t = theme();
  const bool small = content_.compact;
  const wxColour& frame = content_.quiet ? t.edge : t.accent;
  painter.box(painter.area(), {t.panel, frame, content_.quiet ? 1.0 : 3.0, t.radius});
  Area area = painter.area();
  if (!content_.caption.empty()) {
    Area block = area.take_left(small ? 79 : 87, small ? 12 : 18);
    painter.box({block.x, block.y, block.w, block.h}, {frame, std::nullopt, 1, t.radius});
    painter.fill({block.right() - t.radius, block.y, t.radius, block.h}, frame);
    block = block.inset(4, 0);
    const double caption_height = small ? 22 : 27;
    Area words = block.centred(block.w, caption_height + (content_.place.empty() ? 0 : 22));
    TextStyle caption{small ? 15 : 20, Weight::bold, t.on_ink};
    while (caption.px > 13 && painter.text_width(content_.caption, caption) > words.w) --caption.px;
    painter.text(content_.caption, words.take_top(caption_height), caption, Align::centre);
    painter.text(content_.place, words, {small ? 14 : 15, Weight::bold, t.on_ink}, Align::centre);
  } else {
    area.take_left(24);
  }
  area.take_right(small ? 14 : 22);
  const TextStyle amount{small ? 44 : 52, Weight::bold, t.ink};
  if (!content_.amount.empty()) {
    const Area place = area.take_right(painter.text_width(content_.amount, amount) + 1, 12);
    painter.text(content_.amount, place, amount, Align::right, Overflow::never);
  }
  const double name_height = small ? 36 : 44;
  const double detail_height = content_.detail.empty() ? 0 : small ? 26 : 32;
  Area words = area.centred(area.w, name_height + detail_height);
  const wxColour& name_ink = content_.quiet ? t.ink_secondary : t.ink;
  TextStyle name{small ? 24 : 30, Weight::bold, name_ink};
  while (name.px > 20 && painter.text_width(content_.name, name) > words.w) name.px -= 2;
  painter.text(content_.name, words.take_top(name_height), name);
  painter.text(content_.detail, words, {small ? 18 : 22, Weight::regular, t.ink_secondary});
}

}  // namespace lanekeeper::widgets
