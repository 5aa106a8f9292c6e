#include "widgets/icon_label.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {
constexpr double gap = 8;
}

IconLabel::IconLabel(wxWindow* parent) : IconLabel(parent, Content{}) {}

IconLabel::IconLabel(wxWindow* parent, Content content)
    : PaintedControl(parent, content.text), content_(std::move(content)) {
  set_ground(parent->GetBackgroundColour());
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
}

void IconLabel::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.strong + content_.text);
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
  Refresh();
}

wxSize IconLabel::DoGetBestClientSize() const {
  double width = icon_size() + gap + measure_text(content_.text, content_.style.px, content_.style.weight);
  if (!content_.strong.empty()) width += measure_text(content_.strong, content_.style.px, Weight::bold) + gap;
  return {px(std::ceil(width) + 1), px(std::ceil(content_.style.px * 1.5))};
}

void IconLabel::paint(Painter& painter) {
  Area area = painter.area();
  // The sizer may give more than was asked for.
  if (content_.centred) area = area.centred(std::min(area.w, DoGetBestClientSize().x / (px(1000) / 1000.0)), area.h);
  const Area icon = area.take_left(icon_size(), gap);
  painter.icon(content_.icon, icon.x, std::round(icon.centre_y() - icon_size() / 2), icon_size(),
               content_.style.colour);
  if (!content_.strong.empty()) {
    const TextStyle strong = content_.style.bold();
    painter.text(content_.strong, area.take_left(std::ceil(painter.text_width(content_.strong, strong)), gap), strong,
                 Align::left, Overflow::never);
  }
  painter.text(content_.text, area, content_.style);
}

}  // namespace lanekeeper::widgets
