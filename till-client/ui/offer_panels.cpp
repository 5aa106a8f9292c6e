#include "till_ui/offer_panels.h"

#include <tuple>

#include "till_ui/card.h"
#include "till_ui/member_card.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::amount_text;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr double frame = 3;
constexpr double side = 17;
constexpr double bottom = 13;
constexpr double coupon_row = 38;
constexpr double choice_height = 48;
constexpr std::size_t most_coupon_rows = 3;

struct PanelRoom {
  double head = 46, keys = 64, pad = 116;
};
PanelRoom panel_room(double height) {
  return height < 360 ? PanelRoom{38, 54, 96} : PanelRoom{};
}

// The head of a panel: what it is for, and a hint. Returns what is left of the card, within its frame.
Area paint_head(Painter& painter, double height, Icon icon, const wxString& title, const wxString& hint) {
  const auto& t = theme();
  painter.box(painter.area(), {t.panel, t.accent, frame, t.radius});
  Area area = painter.area().inset(frame);
  Area head = area.take_top(height);
  painter.fill(head, t.accent_tint);
  head = head.inset(14, 0);
  const Area sign = head.take_left(24, 12);
  painter.icon(icon, sign.x, sign.centre_y() - 12, 24, t.accent);
  const double used = painter.text(title, head, {20, Weight::bold, t.ink});
  head.take_left(used + 10);
  painter.text(hint, head, {15, Weight::regular, t.ink_secondary}, Align::right);
  return area.inset(14, 6);
}

KeyPad* make_pad(wxWindow* card, Desk& desk, bool point) {
  KeyPad::Layout layout;
  layout.columns = 6;
  layout.grid = KeyPad::digits_and_point();
  if (!point) {
    layout.grid.back() = {.text_key = "till.key.back_short", .action = Action::backspace, .label_px = 17};
  }
  auto* pad = new KeyPad(card, layout, to_desk(desk));
  pad->SetBackgroundColour(theme().panel);
  return pad;
}

struct CodeWords {
  Icon icon = Icon::user;
  wxString title, hint, note;
  wxString strong, tag, detail;                     // whom or what there is already
  std::vector<std::pair<wxString, wxString>> rows;  // coupons
  std::size_t selected = 0;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const CodeWords&) const = default;
};

}  // namespace

// ---- codes ----

class CodePanel::Card : public PaintedCard<CodeWords> {
 public:
  Card(wxWindow* parent, Desk& desk) : PaintedCard(parent) {
    Bind(wxEVT_LEFT_UP, [this, &desk](wxMouseEvent& event) {
      const double y = to_design(event.GetPosition()).m_y - rows_top();
      if (y >= 0 && !content_.rows.empty()) desk.choose_coupon(first() + static_cast<std::size_t>(y / coupon_row));
    });
  }

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    Area area = paint_head(painter, panel_room(painter.height()).head, content_.icon, content_.title, content_.hint);
    if (!content_.rows.empty()) return paint_rows(painter);
    if (!content_.strong.empty()) {
      const Area row = area.take_top(30);
      const double used = painter.text(content_.strong, row, {20, Weight::bold, t.ink});
      if (!content_.tag.empty()) {
        painter.tag(content_.tag, row.x + used + 8, row.centre_y(), widgets::TagKind::accent_filled, 14);
      }
      painter.text(content_.detail, area.take_top(24, 4), {15, Weight::regular, t.ink_secondary});
    }
    painter.paragraph(content_.note, area, {16, Weight::regular, t.ink_secondary}, 23, Align::left, 3);
  }

 private:
  [[nodiscard]] double rows_top() const { return frame + panel_room(design_height()).head + 4; }
  [[nodiscard]] std::size_t first() const {
    return content_.selected < most_coupon_rows ? 0 : content_.selected - most_coupon_rows + 1;
  }
  void paint_rows(Painter& painter) {
    const auto& t = theme();
    double y = rows_top();
    for (std::size_t i = first(); i < std::min(first() + most_coupon_rows, content_.rows.size()); ++i) {
      Area row{frame, y, painter.width() - 2 * frame, coupon_row};
      if (i == content_.selected) {
        painter.fill(row, t.accent_tint);
        painter.fill({row.x, row.y, 6, row.h}, t.accent);
      }
      row = row.inset(14, 0);
      const auto& [name, amount] = content_.rows[i];
      const double used = painter.text(amount, row, {18, Weight::bold, t.accent}, Align::right, Overflow::never);
      row.take_right(used + 10);
      painter.text(name, row, {17, Weight::regular, t.ink});
      y += coupon_row;
    }
  }
};

CodePanel::CodePanel(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  card_ = new Card(this, desk);
  pad_ = make_pad(card_, desk, false);
  close_ = card_key(card_, desk, Action::cancel);
  remove_member_ = card_key(card_, desk, Action::remove_member);
  remove_coupon_ = card_key(card_, desk, Action::remove_coupon);
  find_sale_ = card_key(card_, desk, Action::find_sale);
  blind_return_ = card_key(card_, desk, Action::blind_return);
  take_ = card_key(card_, desk, Action::confirm);
}

void CodePanel::update(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  const Task task = scene.desk.task();
  Card::Content content;
  const bool member = task == Task::member;
  const bool coupon = task == Task::coupon;
  content.icon = member ? Icon::user : coupon ? Icon::ticket : Icon::return_arrow;
  const std::string stem = member ? "till.panel.member" : coupon ? "till.panel.coupon" : "till.panel.receipt";
  content.title = scene.text(stem + ".title");
  content.hint = scene.text(stem + ".hint");
  content.note = scene.text(stem + ".note");
  if (member && view.member) {
    const auto words = member_words(scene);
    content.strong = words.name;
    content.tag = words.tier;
    content.detail = words.card;
    content.note = scene.text("till.panel.member.other");
  }
  if (coupon) {
    for (const ViewCoupon& one : view.coupons) {
      content.rows.emplace_back(coupon_name(scene, one) + "  " + to_wx(one.code), to_wx(amount_text(-one.saving)));
    }
    content.selected = scene.desk.selected_coupon();
  }
  card_->set(std::move(content));
  pad_->show(scene);
  remove_member_->Show(member && view.member);
  remove_coupon_->Show(coupon && !view.coupons.empty());
  for (const auto& [key, action] :
       {std::pair{find_sale_, Action::find_sale}, std::pair{blind_return_, Action::blind_return}}) {
    key->Show(task == Task::receipt);
    TouchKey::Content look = key_content(scene, row_of(Place::receipt, action));
    look.label_px = metrics().narrow ? 14 : 16;
    key->set(look);
  }
  for (const auto& [key, place, action] : {std::tuple{remove_member_, Place::member, Action::remove_member},
                                           std::tuple{remove_coupon_, Place::coupon, Action::remove_coupon}}) {
    TouchKey::Content look = key_content(scene, row_of(place, action));
    look.look = TouchKey::Look::danger;
    look.label_px = metrics().narrow ? 15 : 17;
    key->set(look);
  }
  close_->set({.label = scene.text("till.action.close"), .cap = "Esc", .label_px = 17});
  take_->set({.label = scene.text(stem + ".take"), .cap = "Enter", .look = TouchKey::Look::primary, .label_px = 18});
  lay_out_again();
}

void CodePanel::lay_out(Area area, const Metrics&) {
  put(*card_, area);
  const PanelRoom room = panel_room(area.h);
  Area inner = Area{0, 0, area.w, area.h}.inset(side, 0);
  inner.take_bottom(bottom);
  Area keys = inner.take_bottom(room.keys, 8);
  if (blind_return_->IsShown()) {
    const double width = (keys.w - 3 * 8) / 4;
    for (TouchKey* key : {close_, find_sale_, blind_return_}) put(*key, keys.take_left(width, 8));
    put(*take_, keys);
    put(*pad_, inner.take_bottom(room.pad));
    return;
  }
  const bool three = remove_member_->IsShown() || remove_coupon_->IsShown();
  put(*close_, keys.take_left(keys.w * (three ? 0.26 : 0.37), 8));
  const Area second = three ? keys.take_left(keys.w * 0.45, 8) : Area{};
  put(*remove_member_, second);
  put(*remove_coupon_, second);
  put(*take_, keys);
  put(*pad_, inner.take_bottom(room.pad));
}

// ---- discounts ----

namespace {

struct DiscountWords {
  wxString title, hint, name, place, label, amount, off_label, off, step;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const DiscountWords&) const = default;
};

// How the panel's room is shared, so that the painted words and the keys agree.
double words_top(double height) {
  return frame + panel_room(height).head + 8 + choice_height;
}

}  // namespace

class DiscountPanel::Card : public PaintedCard<DiscountWords> {
 public:
  using PaintedCard::PaintedCard;
  static constexpr double words_height = 76;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_head(painter, panel_room(painter.height()).head, Icon::tag, content_.title, content_.hint);
    Area area{side, words_top(painter.height()) + 4, painter.width() - 2 * side, words_height};
    Area row = area.take_top(46);
    const auto column = [&](const wxString& label, const wxString& value, const wxColour& colour) {
      if (value.empty()) return;
      const widgets::TextStyle figure{20, Weight::bold, colour};
      const widgets::TextStyle small{14, Weight::regular, t.ink_quiet};
      const double width = std::max(painter.text_width(value, figure), painter.text_width(label, small)) + 1;
      Area place = row.take_right(width, 18);
      painter.text(label, place.take_top(19), small, Align::right);
      painter.text(value, place, figure, Align::right, Overflow::never);
    };
    column(content_.off_label, content_.off, t.accent);
    column(content_.label, content_.amount, t.ink);
    painter.text(content_.name, row.take_top(25), {18, Weight::bold, t.ink});
    painter.text(content_.place, row, {14, Weight::regular, t.ink_secondary});
    painter.text(content_.step, area.take_top(26), {16, Weight::bold, t.ink_secondary});
  }
};

DiscountPanel::DiscountPanel(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  card_ = new Card(this);
  for (int i = 0; i < 4; ++i) {
    choices_.push_back(new TouchKey(card_));
    choices_.back()->set_ground(theme().panel);
    choices_.back()->Bind(wxEVT_BUTTON, [&desk, i](wxCommandEvent&) {
      const auto now = desk.discount();
      const bool other = i < 2 ? now.whole_basket != (i == 1) : now.percent != (i == 2);
      if (other) desk.act(i < 2 ? Action::discount_scope : Action::discount_measure);
    });
  }
  for (int reason = 1; reason <= discount_reasons; ++reason) {
    reasons_.push_back(new TouchKey(card_));
    reasons_.back()->set_ground(theme().panel);
    reasons_.back()->Bind(wxEVT_BUTTON, [&desk, reason](wxCommandEvent&) { desk.choose_reason(reason); });
  }
  pad_ = make_pad(card_, desk, true);
  keep_ = card_key(card_, desk, Action::cancel);
  give_ = card_key(card_, desk, Action::confirm);
}

void DiscountPanel::update_choices(const Scene& scene, bool choosing_reason) {
  const auto now = scene.desk.discount();
  const bool chosen[] = {!now.whole_basket, now.whole_basket, now.percent, !now.percent};
  constexpr std::string_view labels[] = {"till.discount.line", "till.discount.basket", "till.discount.percent",
                                         "till.discount.amount"};
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    TouchKey::Content key;
    key.label = scene.text(labels[i]);
    // On a narrow screen the head of the panel names the keys.
    key.cap = !chosen[i] && !choosing_reason && !metrics().narrow ? (i < 2 ? "F5" : "F6") : "";
    key.arrangement = TouchKey::Arrangement::in_row;
    key.selected = chosen[i];
    key.available = !choosing_reason && (i != 0 || now.line != 0);
    key.label_px = metrics().narrow || scene.english() ? 15 : 17;
    choices_[i]->set(key);
  }
  for (int i = 0; i < discount_reasons; ++i) {
    TouchKey::Content key;
    key.label = scene.text("till.discount.reason." + std::to_string(i + 1));
    key.cap = wxString::Format("%d", i + 1);
    key.arrangement = TouchKey::Arrangement::leading;
    key.selected = now.reason == i + 1;
    key.label_px = metrics().narrow ? 15 : 17;
    TouchKey* reason = reasons_[static_cast<std::size_t>(i)];
    reason->set(key);
    reason->Show(choosing_reason);
  }
}

void DiscountPanel::update(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  const auto now = scene.desk.discount();
  const bool choosing = scene.desk.task() == Task::discount_reason;
  Card::Content content;
  content.title = scene.text("till.discount.title");
  if (view.cashier) {
    const Rate most = access::limits_of(view.cashier->role).max_discount;
    content.hint = scene.text(metrics().narrow && !choosing ? "till.discount.most_short" : "till.discount.most",
                              {{"percent", most.to_percent_string()}});
  }
  content.step = scene.text(choosing ? "till.discount.step_reason" : "till.discount.step_value");
  const ViewLine* line = scene.desk.line(now.line);
  if (now.whole_basket || line == nullptr) {
    content.name = scene.text("till.discount.basket");
    content.place = scene.text("till.due.pieces", {{"count", std::to_string(view.item_count)}});
    content.amount = to_wx(amount_text(view.total));
  } else {
    content.name = scene.name_of(*line);
    content.place = detail_text(scene, *line);
    content.amount = to_wx(amount_text(line->net));
  }
  content.label = scene.text("till.discount.now");
  content.off_label = scene.text("till.discount.off");
  if (now.rate) content.off = to_wx("\xE2\x88\x92" + now.rate->to_percent_string() + " %");
  if (now.amount) content.off = to_wx(amount_text(-*now.amount));
  card_->set(std::move(content));
  update_choices(scene, choosing);
  pad_->Show(!choosing);
  pad_->show(scene);
  keep_->set({.label = scene.text("till.discount.keep"), .cap = "Esc", .label_px = 17});
  give_->set({.label = scene.text(choosing ? "till.discount.give" : "till.price.next"),
              .cap = "Enter",
              .look = TouchKey::Look::primary,
              .label_px = 20});
}

void DiscountPanel::lay_out(Area area, const Metrics&) {
  put(*card_, area);
  const PanelRoom room = panel_room(area.h);
  Area inner = Area{0, 0, area.w, area.h}.inset(side, 0);
  inner.take_top(frame + room.head + 8);
  Area choices = inner.take_top(choice_height, Card::words_height + 6);
  const double width = (choices.w - 3 * 6 - 8) / 4;
  for (std::size_t i = 0; i < choices_.size(); ++i) put(*choices_[i], choices.take_left(width, i == 1 ? 14 : 6));
  inner.take_bottom(bottom);
  Area keys = inner.take_bottom(room.keys, 8);
  put(*keep_, keys.take_left(keys.w * 0.37, 8));
  put(*give_, keys);
  put(*pad_, {inner.x, inner.y, inner.w, std::min(inner.h, 150.0)});
  const double reason_width = (inner.w - 2 * 6) / 3;
  const double height = std::min(56.0, (inner.h - 6) / 2);
  for (std::size_t i = 0; i < reasons_.size(); ++i) put(*reasons_[i], cell(inner, i, 3, reason_width, height, 6));
}

}  // namespace lanekeeper::till::ui
