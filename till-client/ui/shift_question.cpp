#include "till_ui/shift_question.h"

#include "till_ui/shift_words.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::grouped_amount_text;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr double head_height = 48;
constexpr double reason_height = 60;
constexpr double pad_height = 110;
constexpr double padding_x = 19;
constexpr double padding_y = 14;
constexpr double inner_gap = 10;

KeyPad::Layout flat_pad() {
  KeyPad::Layout layout;
  layout.columns = 7;
  for (const char* digits : {"1", "2", "3", "4", "5", "6"}) layout.grid.push_back({.types = digits, .label_px = 22});
  layout.grid.push_back({.text_key = "till.key.backspace", .action = Action::backspace, .label_px = 18});
  for (const char* digits : {"7", "8", "9", "0", "00", "."}) layout.grid.push_back({.types = digits, .label_px = 22});
  layout.grid.push_back({.text_key = "till.check.take",
                         .action = Action::confirm,
                         .cap = "Enter",
                         .look = TouchKey::Look::confirm,
                         .label_px = 18});
  return layout;
}

}  // namespace

class ShiftQuestion::Card : public PaintedCard<QuestionWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    const bool typing = content_.typing;
    painter.box(painter.area(), {typing ? t.panel : t.amber_tint, typing ? t.accent : t.amber, 3, t.radius});
    Area area = painter.area().inset(padding_x, padding_y);
    Area head = area.take_top(head_height);
    const Area sign = head.take_left(28, 12);
    painter.icon(typing ? Icon::edit : Icon::alert, sign.x, sign.centre_y() - 14, 28, t.ink);
    if (typing) {
      const double width = std::max(160.0, painter.text_width(content_.value, {30, Weight::bold}) + 36);
      Area box = head.take_right(std::min(width, head.w * 0.6), 14);
      painter.box(box, {t.panel, t.accent, 2, t.radius});
      box = box.inset(12, 0);
      painter.fill({box.right() - 1, box.centre_y() - 15, 2, 30}, t.accent);
      box.w -= 6;
      painter.text(content_.value, box, fitted(painter, content_.value, {30, Weight::bold, t.ink}, box.w, 16),
                   Align::right, Overflow::never);
    }
    painter.text(content_.title, head.take_top(head.h / 2 + 2),
                 fitted(painter, content_.title, {20, Weight::bold, t.ink}, head.w, 15));
    painter.text(content_.note, head, fitted(painter, content_.note, {16, Weight::regular, t.ink}, head.w, 13));
  }
};

ShiftQuestion::ShiftQuestion(wxWindow* parent, Desk& desk, ShiftDesk& shift) : ScenePanel(parent), shift_(shift) {
  card_ = new Card(this);
  for (int reason = 1; reason <= ShiftDesk::difference_reasons; ++reason) {
    reasons_.push_back(new TouchKey(card_));
    reasons_.back()->set_ground(theme().amber_tint);
    reasons_.back()->Bind(wxEVT_BUTTON, [this, reason](wxCommandEvent&) { shift_.choose_reason(reason); });
  }
  pad_ = new KeyPad(card_, flat_pad(), to_desk(desk));
  pad_->SetBackgroundColour(theme().panel);
}

bool ShiftQuestion::asks() const {
  return shift_.check_entry() != ShiftDesk::CheckEntry::none || shift_.check_in_question() != nullptr;
}

bool ShiftQuestion::with_pad() const {
  return shift_.check_entry() == ShiftDesk::CheckEntry::declared ||
         shift_.check_entry() == ShiftDesk::CheckEntry::left_behind;
}

double ShiftQuestion::wanted_height() const {
  const double head = 2 * padding_y + head_height;
  if (with_pad()) return head + inner_gap + pad_height;
  return shift_.check_entry() == ShiftDesk::CheckEntry::own_words ? head : head + inner_gap + reason_height;
}

QuestionWords ShiftQuestion::words(const Scene& scene) const {
  const RegisterView& view = shift_.view();
  QuestionWords words;
  words.typing = shift_.check_entry() != ShiftDesk::CheckEntry::none;
  words.value = to_wx(shift_.typed());
  const std::size_t selected = shift_.selected_check();
  const bool known = view.close && selected < view.close->checks.size();
  const std::string way =
      known
          ? to_utf8(way_name(scene, view.close->checks[selected].check.kind, view.close->checks[selected].check.method))
          : std::string();
  switch (shift_.check_entry()) {
    case ShiftDesk::CheckEntry::declared:
      words.title = scene.text("till.check.slips", {{"way", way}});
      words.note = scene.text("till.check.slips_note");
      return words;
    case ShiftDesk::CheckEntry::left_behind:
      words.title = scene.text("till.check.left");
      words.note = scene.text("till.check.left_note",
                              {{"amount", grouped_amount_text(shift_.left_behind())},
                               {"most", grouped_amount_text(view.close ? view.close->counted : Money())}});
      return words;
    case ShiftDesk::CheckEntry::own_words:
      words.title = scene.text("till.check.words", {{"way", way}});
      words.note = scene.text("till.check.words_note");
      return words;
    case ShiftDesk::CheckEntry::none:
      break;
  }
  const auto* check = shift_.check_in_question();
  if (check == nullptr) return words;
  const bool lacks = check->difference.is_negative();
  words.title =
      scene.text(lacks ? "till.check.lacks" : "till.check.too_much",
                 {{"way", way}, {"amount", grouped_amount_text(lacks ? -check->difference : check->difference)}});
  const bool cash = check->check.kind == sale::TenderKind::cash;
  words.note = scene.text(view.close->needs_signature ? cash ? "till.check.sign_cash" : "till.check.sign_slips"
                          : cash                      ? "till.check.look_cash"
                                                      : "till.check.look_slips");
  return words;
}

void ShiftQuestion::update(const Scene& scene) {
  card_->set(words(scene));
  const bool choosing = shift_.check_entry() == ShiftDesk::CheckEntry::none;
  constexpr std::string_view codes[] = {"change", "slip_lost", "wrong_tender", "other"};
  const auto* check = shift_.check_in_question();
  for (std::size_t i = 0; i < reasons_.size(); ++i) {
    TouchKey::Content content;
    content.label = scene.text("till.check.reason." + std::string(codes[i]));
    content.cap = wxString::Format("%d", static_cast<int>(i) + 1);
    content.arrangement = TouchKey::Arrangement::leading;
    const int number = static_cast<int>(i) + 1;
    const bool taken = shift_.chosen_reason() == 0 && check != nullptr && check->check.reason == codes[i];
    content.selected = shift_.chosen_reason() == number || taken;
    content.label_px = metrics().narrow || scene.english() ? 16 : 18;
    reasons_[i]->set(content);
    reasons_[i]->Show(choosing);
  }
  pad_->Show(with_pad());
  pad_->show(scene);
}

void ShiftQuestion::lay_out(Area area, const Metrics&) {
  put(*card_, area);
  Area inner = Area{0, 0, area.w, area.h}.inset(padding_x, padding_y);
  inner.take_top(head_height + inner_gap);
  put(*pad_, inner);
  const double gap = theme().gap;
  const auto count = static_cast<double>(reasons_.size());
  const double width = (inner.w - (count - 1) * gap) / count;
  for (TouchKey* key : reasons_) put(*key, inner.take_left(width, gap));
}

}  // namespace lanekeeper::till::ui
