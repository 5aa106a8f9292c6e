#include "till_ui/key_pad.h"

#include <cmath>

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::TouchKey;

KeyPad::KeyPad(wxWindow* parent, Layout layout, Handler handler)
    : ScenePanel(parent), layout_(std::move(layout)), handler_(std::move(handler)) {
  for (const Spec& spec : layout_.grid) grid_.push_back(make(spec));
  for (const Side& side : layout_.side) side_.push_back(make(side.spec));
}

TouchKey* KeyPad::make(const Spec& spec) {
  auto* key = new TouchKey(this);
  key->Bind(wxEVT_BUTTON, [this, spec](wxCommandEvent&) {
    if (spec.action) {
      handler_.act(*spec.action);
    } else {
      handler_.type(spec.types);
    }
  });
  return key;
}

void KeyPad::set_side_width(double width) {
  if (width == layout_.side_width) return;
  layout_.side_width = width;
  lay_out_again();
}

void KeyPad::update(const Scene& scene) {
  const auto content = [&](const Spec& spec) {
    TouchKey::Content key;
    key.label = spec.text_key.empty() ? widgets::to_wx(spec.types) : scene.text(spec.text_key);
    key.cap = widgets::to_wx(spec.cap);
    key.look = spec.look;
    key.label_px = spec.label_px;
    return key;
  };
  for (std::size_t i = 0; i < grid_.size(); ++i) grid_[i]->set(content(layout_.grid[i]));
  for (std::size_t i = 0; i < side_.size(); ++i) side_[i]->set(content(layout_.side[i].spec));
}

void KeyPad::lay_out(Area area, const Metrics&) {
  const double gap = layout_.gap;
  if (!side_.empty() && layout_.side_width > 0) {
    Area column = area.take_right(layout_.side_width, gap);
    int shares = 0;
    for (const Side& side : layout_.side) shares += side.share;
    const double share = (column.h - gap * (shares - 1)) / shares;
    for (std::size_t i = 0; i < side_.size(); ++i) {
      const int n = layout_.side[i].share;
      put(*side_[i], column.take_top(share * n + gap * (n - 1), gap));
    }
  }
  if (grid_.empty()) return;
  const int columns = layout_.columns;
  const int rows = (static_cast<int>(grid_.size()) + columns - 1) / columns;
  const double width = (area.w - gap * (columns - 1)) / columns;
  const double height = (area.h - gap * (rows - 1)) / rows;
  for (std::size_t i = 0; i < grid_.size(); ++i) put(*grid_[i], cell(area, i, columns, width, height, gap));
}

std::vector<KeyPad::Spec> KeyPad::digits_and_point() {
  std::vector<Spec> specs;
  for (const char* digits : {"7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0", "."}) {
    Spec spec;
    spec.types = digits;
    specs.push_back(spec);
  }
  return specs;
}

KeyPad::Layout KeyPad::letters() {
  Layout layout;
  layout.columns = 7;
  for (const char letter : std::string_view("abcdefghijklmnopqrstuvwxyz")) {
    Spec spec;
    spec.types = std::string(1, letter);
    spec.label_px = 22;
    layout.grid.push_back(spec);
  }
  Spec clear;
  clear.text_key = "till.key.clear";
  clear.action = Action::clear;
  clear.label_px = 15;
  layout.grid.push_back(clear);
  Spec back;
  back.text_key = "till.key.back_short";
  back.action = Action::backspace;
  back.label_px = 15;
  layout.grid.push_back(back);
  return layout;
}

}  // namespace lanekeeper::till::ui
