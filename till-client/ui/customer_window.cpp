#include "till_ui/customer_window.h"

#include <algorithm>
#include <cmath>

#include <wx/display.h>

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::Weight;

// Two pictures: the usual one with the goods at the left, and a small one with what is due at the left.
struct CustomerCanvas::Look {
  double width, height;
  bool small;
  double head_height, goods_width, row_height;
  int name_px, quantity_px, amount_px, due_px;
};

namespace {

TextStyle shrunk(Painter& painter, const wxString& text, TextStyle style, double width, int least) {
  while (style.px > least && painter.text_width(text, style) > width) --style.px;
  return style;
}

}  // namespace

CustomerCanvas::CustomerCanvas(wxWindow* parent) : PaintedControl(parent, wxString()) {}

void CustomerCanvas::set(CustomerWords words) {
  if (words == words_) return;
  words_ = std::move(words);
  SetLabel(words_.spoken());
  Refresh();
}

void CustomerCanvas::paint(Painter& whole) {
  const bool small = whole.width() < 960 || whole.height() < 560;
  const Look look =
      small ? Look{800, 480, true, 48, 440, 60, 19, 18, 19, 76} : Look{1024, 600, false, 60, 590, 77, 22, 20, 22, 92};
  // Scaled to fit; what is left over on one side goes to goods and sums.
  const double scale = std::min(whole.width() / look.width, whole.height() / look.height);
  whole.context().Scale(scale, scale);
  Painter painter(whole.context(), whole.width() / scale, whole.height() / scale);
  painter.keep_sizes();  // the size of the texts is the cashier's

  Area area = painter.area();
  paint_head(painter, area.take_top(look.head_height), look);
  using Moment = CustomerWords::Moment;
  if (words_.moment == Moment::closed || words_.moment == Moment::welcome) {
    painter.fill(area, theme().panel);
    return paint_large_words(painter, area, look);
  }
  const double goods_width = look.goods_width * (painter.width() / look.width);
  const Area goods = look.small ? area.take_right(goods_width) : area.take_left(goods_width);
  painter.fill(goods, theme().panel);
  if (words_.moment == Moment::thanks) {
    paint_large_words(painter, goods, look);
  } else {
    paint_goods(painter, goods, look);
  }
  painter.fill({look.small ? goods.x : goods.right() - 1, goods.y, 1, goods.h}, theme().line);
  area = look.small ? area.inset(12) : area.inset(16);
  const double card = look.small ? 64 : 84;
  const double gap = look.small ? 8 : 12;
  if (!words_.member.empty()) paint_member(painter, area.take_top(card, gap), look);
  if (words_.moment != Moment::thanks) paint_advice(painter, area.take_bottom(card, gap), look);
  paint_due(painter, area, look);
}

void CustomerCanvas::paint_head(Painter& painter, Area area, const Look& look) const {
  const auto& t = theme();
  painter.fill(area, t.ink);
  area = area.inset(24, 0);
  const TextStyle serves{look.small ? 17 : 20, Weight::regular, t.on_ink_quiet};
  const double width = std::min(painter.text_width(words_.serves, serves) + 1, area.w * 0.5);
  painter.text(words_.serves, area.take_right(width, 16), serves, Align::right);
  if (!words_.training.empty()) {
    const double tag = painter.tag_width(words_.training, 17);
    const Area place = area.take_right(tag, 16);
    painter.tag(words_.training, place.x, place.centre_y(), widgets::TagKind::amber_filled, 17);
  }
  painter.text(words_.store, area, {look.small ? 20 : 24, Weight::bold, t.on_ink});
}

void CustomerCanvas::paint_goods(Painter& painter, Area area, const Look& look) const {
  const auto& t = theme();
  const double padding = look.small ? 16 : 24;
  const double quantity_width = look.small ? 104 : 130;
  const double amount_width = look.small ? 92 : 110;
  const double heads = look.small ? 64 : 78;
  const auto fitting = static_cast<std::size_t>(std::max(1.0, std::floor((area.h - heads + 1) / look.row_height)));
  const std::size_t shown = std::min(words_.rows.size(), fitting);
  const bool all = shown == words_.rows.size();
  Area summary = area.take_top(look.small ? 32 : 40).inset(padding, 0);
  painter.text(all || shown >= words_.summaries.size() ? words_.summary : words_.summaries[shown], summary,
               {look.small ? 16 : 17, Weight::regular, t.ink_secondary});
  Area head = area.take_top(look.small ? 32 : 38);
  painter.fill(head, t.off);
  head = head.inset(padding, 0);
  const TextStyle heading{look.small ? 15 : 17, Weight::bold, t.ink_secondary};
  painter.text(words_.amount_heading, head.take_right(amount_width, 12), heading, Align::right);
  painter.text(words_.quantity_heading, head.take_right(quantity_width, 12), heading, Align::right);
  painter.text(words_.name_heading, head, heading);
  const double height = all && shown < fitting ? look.row_height : area.h / static_cast<double>(shown);
  for (std::size_t i = words_.rows.size() - shown; i < words_.rows.size(); ++i) {
    Area row = area.take_top(height);
    paint_row(painter, row, words_.rows[i], look);
    if (i + 1 < words_.rows.size() || shown < fitting) painter.fill({row.x, row.bottom() - 1, row.w, 1}, t.line);
  }
}

void CustomerCanvas::paint_row(Painter& painter, Area area, const widgets::LineRow& row, const Look& look) const {
  const auto& t = theme();
  const bool last = row.state == widgets::LineRow::State::last;
  if (last) {
    painter.fill(area, t.accent_tint);
    painter.fill({area.x, area.y, 6, area.h}, t.accent);
  }
  area = area.inset(look.small ? 16 : 24, 0);
  const bool negative = row.amount.StartsWith(wxString::FromUTF8("\xE2\x88\x92"));
  painter.text(row.amount, area.take_right(look.small ? 92 : 110, 12),
               {look.amount_px, Weight::bold, negative ? t.red : t.ink}, Align::right, Overflow::never);
  painter.text(row.quantity, area.take_right(look.small ? 104 : 130, 12), {look.quantity_px, Weight::regular, t.ink},
               Align::right, Overflow::never);
  const TextStyle name{look.name_px, last ? Weight::bold : Weight::regular, t.ink};
  if (row.note.empty()) {
    painter.text(row.name, area, name);
    return;
  }
  Area block = area.centred(area.w, look.small ? 48 : 54);
  painter.text(row.name, block.take_top(block.h * 0.58), name);
  painter.text(row.note, block, {look.small ? 15 : 16, Weight::regular, t.accent});
}

void CustomerCanvas::paint_member(Painter& painter, const Area& area, const Look& look) const {
  const auto& t = theme();
  painter.box(area, {t.panel, t.line, 1, t.radius});
  Area inner = area.inset(18, 8);
  const Area sign = inner.take_left(36, 12);
  painter.icon(Icon::user, sign.x, sign.centre_y() - 18, 36, t.ink);
  Area name = inner.take_top(inner.h / 2 + 2);
  const double used = painter.text(words_.member, name, {look.small ? 19 : 22, Weight::bold, t.ink});
  name.take_left(used + 8);
  if (!words_.tier.empty() && name.w > painter.tag_width(words_.tier, 14)) {
    painter.tag(words_.tier, name.x, name.centre_y(), widgets::TagKind::accent_filled, 14);
  }
  painter.text(words_.member_note, inner, {look.small ? 16 : 18, Weight::regular, t.ink_secondary});
}

void CustomerCanvas::paint_due(Painter& painter, const Area& area, const Look& look) const {
  const auto& t = theme();
  painter.box(area, {words_.refund ? t.red : t.ink, std::nullopt, 1, t.radius});
  Area inner = area.inset(look.small ? 16 : 22, look.small ? 10 : 18);
  for (const auto& fact : words_.facts) {
    const Area row = inner.take_top(look.small ? 32 : 40);
    painter.text(fact.label, row, {look.small ? 18 : 20, Weight::regular, words_.refund ? t.on_ink : t.on_ink_quiet});
    const bool saving = fact.tone == widgets::DueBlock::Tone::saving;
    painter.text(fact.value, row, {look.small ? 21 : 24, Weight::bold, saving ? t.on_ink_saving : t.on_ink},
                 Align::right, Overflow::never);
  }
  int px = look.due_px;
  const auto width = [&] {
    return painter.text_width(words_.due, {px, Weight::bold}) +
           painter.text_width(words_.currency, {px * 12 / 25, Weight::bold}) + 3;
  };
  while (px > 40 && width() > inner.w) px -= 2;
  const Area figure = inner.take_bottom(px * 1.17, 0);
  const double amount_width = painter.text_width(words_.due, {px, Weight::bold});
  painter.text(words_.due, figure, {px, Weight::bold, t.on_ink}, Align::right, Overflow::never);
  Area sign = figure;
  sign.w -= amount_width + 3;
  sign.y += px * 0.19;
  painter.text(words_.currency, sign, {px * 12 / 25, Weight::bold, t.on_ink}, Align::right, Overflow::never);
  painter.text(words_.due_label, inner.take_bottom(look.small ? 34 : 42),
               {look.small ? 24 : 28, Weight::bold, t.on_ink});
}

void CustomerCanvas::paint_advice(Painter& painter, const Area& area, const Look& look) const {
  const auto& t = theme();
  painter.box(area, {t.panel, t.line, 1, t.radius});
  Area inner = area.inset(18, 8);
  const Area sign = inner.take_left(36, 12);
  painter.icon(Icon::wallet, sign.x, sign.centre_y() - 18, 36, t.ink);
  painter.text(words_.title, inner.take_top(inner.h / 2 + 2),
               shrunk(painter, words_.title, {look.small ? 18 : 20, Weight::bold, t.ink}, inner.w, 14));
  painter.text(words_.note, inner,
               shrunk(painter, words_.note, {look.small ? 15 : 17, Weight::regular, t.ink_secondary}, inner.w, 13));
}

void CustomerCanvas::paint_large_words(Painter& painter, const Area& area, const Look& look) const {
  const auto& t = theme();
  using Moment = CustomerWords::Moment;
  const Icon icon = words_.moment == Moment::closed    ? Icon::lane
                    : words_.moment == Moment::welcome ? Icon::bag
                                                       : Icon::check;
  const double sign = look.small ? 72 : 96;
  const int title_px = look.small ? 44 : 56;
  const TextStyle title = shrunk(painter, words_.title, {title_px, Weight::bold, t.ink}, area.w - 48, 28);
  const TextStyle note =
      shrunk(painter, words_.note, {look.small ? 21 : 26, Weight::regular, t.ink_secondary}, area.w - 48, 17);
  Area block = area.centred(area.w - 48, sign + 20 + title.px * 1.4 + note.px * 1.6);
  const Area mark = block.take_top(sign, 20);
  painter.icon(icon, mark.x + (mark.w - sign) / 2, mark.y, sign, t.accent, 1.6);
  painter.text(words_.title, block.take_top(title.px * 1.4), title, Align::centre);
  painter.text(words_.note, block, note, Align::centre);
}

// ---- the window ----

CustomerFrame::CustomerFrame(wxWindow* till, const CustomerWindow& options, std::function<void(wxKeyEvent&)> keys)
    : wxFrame(nullptr, wxID_ANY, "Lanekeeper", wxDefaultPosition, wxDefaultSize,
              wxBORDER_NONE | wxFRAME_NO_TASKBAR | wxFULL_REPAINT_ON_RESIZE),
      texts_(options.language.value_or(i18n::Language::zh_CN)) {
  SetBackgroundColour(theme().background);
  canvas_ = new CustomerCanvas(this);
  Bind(wxEVT_SIZE, [this](wxSizeEvent&) { canvas_->SetSize(GetClientSize()); });
  Bind(wxEVT_CHAR_HOOK, [keys = std::move(keys)](wxKeyEvent& event) { keys(event); });
  Bind(wxEVT_ACTIVATE, [till](wxActivateEvent& event) {
    if (event.GetActive()) till->Raise();
    event.Skip();
  });
  // It goes with the till, not by itself.
  Bind(wxEVT_CLOSE_WINDOW, [](wxCloseEvent& event) {
    if (event.CanVeto()) event.Veto();
  });
  put_in_place(options);
}

void CustomerFrame::put_in_place(const CustomerWindow& options) {
  SetClientSize(options.width_px, options.height_px);
  if (options.at_px) {
    Move(options.at_px->first, options.at_px->second);
  } else if (wxDisplay::GetCount() > 1) {
    Move(wxDisplay(1U).GetGeometry().GetTopLeft());
  }
  canvas_->SetSize(GetClientSize());
}

void CustomerFrame::show(const RegisterView& view, const CustomerPlace& place) {
  canvas_->set(customer_words(view, place, texts_));
}

}  // namespace lanekeeper::till::ui
