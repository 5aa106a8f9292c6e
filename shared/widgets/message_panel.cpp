#include "widgets/message_panel.h"

#include "widgets/text.h"

namespace lanekeeper::widgets {

namespace {

struct Look {
  wxColour frame, on_frame;
};

Look look_of(MessagePanel::Kind kind) {
  const Theme& t = theme();
  switch (kind) {
    case MessagePanel::Kind::stop:
      return {t.red, t.on_ink};
    case MessagePanel::Kind::attention:
      return {t.amber, t.ink};
    case MessagePanel::Kind::notice:
      break;
  }
  return {t.accent, t.on_ink};
}

constexpr double frame_width = 3;
constexpr double key_gap = 8;

}  // namespace

MessagePanel::MessagePanel(wxWindow* parent) : PaintedControl(parent, wxString()) {
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    place_keys();
    event.Skip();
  });
}

void MessagePanel::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  while (keys_.size() < content_.keys.size()) {
    const std::size_t index = keys_.size();
    keys_.push_back(new TouchKey(this));
    keys_.back()->set_ground(theme().panel);
    keys_.back()->Bind(wxEVT_BUTTON, [this, index](wxCommandEvent&) {
      if (handler_ && index < content_.keys.size()) handler_(content_.keys[index].id);
    });
  }
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const bool used = i < content_.keys.size();
    keys_[i]->Show(used);
    if (!used) continue;
    const Key& key = content_.keys[i];
    const TouchKey::Look look = key.danger    ? TouchKey::Look::danger
                                : key.primary ? TouchKey::Look::primary
                                              : TouchKey::Look::plain;
    keys_[i]->set({.label = key.label, .cap = key.cap, .look = look, .label_px = content_.compact ? 15 : 17});
  }
  place_keys();
  SetLabel(content_.title + " " + content_.note);
  Refresh();
}

double MessagePanel::key_width() const {
  return content_.compact ? 96 : 132;
}

double MessagePanel::keys_width() const {
  const auto count = static_cast<double>(content_.keys.size());
  return count == 0 ? 0 : count * key_width() + (count - 1) * key_gap;
}

void MessagePanel::place_keys() {
  const wxSize size = GetClientSize();
  const int height = px(70);
  double x = design_width() - 14 - keys_width();
  for (std::size_t i = 0; i < content_.keys.size(); ++i) {
    keys_[i]->SetSize(px(x), (size.y - height) / 2, px(key_width()), height);
    x += key_width() + key_gap;
  }
}

// The words get the room they need: the title one or two lines, the note up to three, smaller only when they must be.
void MessagePanel::paint_words(Painter& painter, Area area) const {
  const Theme& t = theme();
  struct Sizes {
    int title, note;
  };
  for (const Sizes sizes : {Sizes{24, 17}, Sizes{22, 16}, Sizes{20, 15}, Sizes{18, 14}, Sizes{17, 13}}) {
    const TextStyle title{sizes.title, Weight::bold, t.ink};
    const TextStyle note{sizes.note, Weight::regular, t.ink_secondary};
    const double title_line = sizes.title * 1.3;
    const double note_line = sizes.note * 1.3;
    const auto title_lines = painter.wrap(content_.title, title, area.w, 99);
    const auto note_lines = painter.wrap(content_.note, note, area.w, 99);
    const double height =
        static_cast<double>(title_lines.size()) * title_line + static_cast<double>(note_lines.size()) * note_line + 2;
    const bool smallest = sizes.title == 17;
    if (height > area.h && !smallest) continue;
    Area block = area.centred(area.w, std::min(height, area.h));
    block.y += painter.paragraph(content_.title, block, title, title_line, Align::left, 2) + 2;
    block.h = area.bottom() - block.y;
    painter.paragraph(content_.note, block, note, note_line);
    return;
  }
}

void MessagePanel::paint(Painter& painter) {
  const Theme& t = theme();
  const Look look = look_of(content_.kind);
  painter.box(painter.area(), {t.panel, look.frame, frame_width, t.radius});
  Area area = painter.area();
  Area block = area.take_left(content_.compact ? 79 : 87, content_.compact ? 12 : 18);
  painter.box(block, {look.frame, std::nullopt, 1, t.radius});
  painter.fill({block.right() - t.radius, block.y, t.radius, block.h}, look.frame);
  Area sign = block.inset(3, 0).centred(block.w - 6, 60);
  painter.icon(content_.icon, sign.x + (sign.w - 34) / 2, sign.y, 34, look.on_frame, 2.5);
  sign.take_top(38);
  TextStyle caption{15, Weight::bold, look.on_frame};
  while (caption.px > 13 && painter.text_width(content_.caption, caption) > sign.w) --caption.px;
  painter.text(content_.caption, sign, caption, Align::centre);

  area.take_right(14);
  if (!content_.keys.empty()) area.take_right(keys_width(), 12);
  if (!content_.figure.empty()) {
    const TextStyle figure{content_.compact ? 34 : 44, Weight::bold, t.ink};
    const Area place = area.take_right(painter.text_width(content_.figure, figure) + 1, 12);
    painter.text(content_.figure, place, figure, Align::right, Overflow::never);
  }
  paint_words(painter, area.inset(0, frame_width + 1));
}

}  // namespace lanekeeper::widgets
