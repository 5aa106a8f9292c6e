#include "till_ui/return_screen.h"

#include <tuple>

#include "till_ui/card.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::amount_text;
using widgets::Area;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr Action function_keys[] = {Action::leave_returns, Action::other_receipt, Action::return_all,
                                    Action::blind_return,  Action::exchange,      Action::keep_line};
constexpr double place_height = 108;

KeyPad::Layout return_pad() {
  KeyPad::Layout layout;
  layout.grid = KeyPad::digits_and_point();
  const KeyPad::Spec back{.text_key = "till.key.backspace", .action = Action::backspace, .label_px = 17};
  const KeyPad::Spec take{.text_key = "till.key.give_back",
                          .action = Action::confirm,
                          .cap = "Enter",
                          .look = TouchKey::Look::confirm,
                          .label_px = 20};
  layout.side = {{back, 1}, {take, 2}};
  layout.side_width = 126;
  return layout;
}

wxString units_text(catalogue::UnitOfMeasure unit, Quantity quantity) {
  const bool by_weight = unit == catalogue::UnitOfMeasure::kilogram;
  return to_wx(by_weight ? widgets::weight_text(quantity) : widgets::pieces_text(quantity));
}

// After a power cut the sale itself is not at hand: what was rung of it is.
void add_rung(const Scene& scene, ReturnList::Content& content) {
  for (const ViewLine& line : scene.desk.view().lines) {
    if (line.voided) continue;
    ReturnList::Row row;
    row.line = line.line;
    row.name = scene.name_of(line);
    row.back = units_text(line.unit, -line.quantity);
    row.refund = to_wx(amount_text(line.net));
    content.rows.push_back(std::move(row));
  }
}

}  // namespace

ReturnScreen::ReturnScreen(wxWindow* parent, Desk& desk) : ScenePanel(parent), desk_(desk) {
  list_ = new ReturnList(this);
  list_->on_pressed([this](std::int64_t line) { desk_.choose_return_line(line); });
  list_->on_step([this](std::int64_t line, int step) { desk_.change_return(line, step); });
  hint_ = new HintBar(this);
  entry_ = new widgets::EntryBar(this);
  entry_->key().Bind(
      wxEVT_BUTTON, [this](wxCommandEvent&) { desk_.act(desk_.part() != nullptr ? Action::cancel : Action::confirm); });
  due_ = new widgets::DueBlock(this);
  place_ = new widgets::Surface(this);
  place_title_ = new widgets::Label(place_, wxString(), {17, Weight::bold, theme().ink});
  stock_ = card_key(place_, desk_, Action::to_stock);
  waste_ = card_key(place_, desk_, Action::to_waste);
  pad_ = new KeyPad(this, return_pad(), to_desk(desk_));
  for (const Action action : function_keys) {
    // Leaving asks first while goods are in the basket; only F10 does not.
    const Action pressed = action == Action::leave_returns ? Action::cancel : action;
    functions_.emplace_back(action, action_key(this, desk_, pressed));
  }
  refund_ = action_key(this, desk_, Action::refund);
  part_ = new TaskPanel(this, desk_);
  part_->Hide();
  digits_ = new DigitRow(this, desk_);
  digits_->Hide();
}

void ReturnScreen::update_places(const Scene& scene) {
  const bool open = scene.desk.part() != nullptr;
  if (open) {
    part_->show(scene);
    digits_->show(scene);
  }
  if (open == part_open_) return;
  part_open_ = open;
  part_->Show(open);
  digits_->Show(open);
  for (wxWindow* covered : std::initializer_list<wxWindow*>{place_, pad_, refund_}) covered->Show(!open);
  for (const auto& [action, key] : functions_) key->Show(!open);
  lay_out_again();
}

void ReturnScreen::flash(Action action) {
  for (const auto& [one, key] : functions_) {
    if (one == action) key->flash();
  }
  if (action == Action::refund) refund_->flash();
}

void ReturnScreen::update(const Scene& scene) {
  if (!scene.desk.view().returning) return;
  update_places(scene);
  update_list(scene);
  update_hint(scene);
  update_due(scene);
  update_keys(scene);
  pad_->show(scene);
  widgets::EntryBar::Content entry = part_entry(scene);
  if (scene.desk.part() != nullptr) return entry_->set(std::move(entry));
  entry.text = to_wx(scene.desk.text());
  entry.text_px = scene.metrics.narrow ? 16 : 18;
  entry.placeholder = scene.text(scene.metrics.narrow ? "till.entry.return_hint_short" : "till.entry.return_hint");
  entry.key_label = scene.text("till.key.enter");
  entry_->set(std::move(entry));
}

void ReturnScreen::update_list(const Scene& scene) {
  const ViewReturn& sale = *scene.desk.view().returning;
  ReturnList::Content content;
  content.narrow = scene.metrics.narrow;
  content.name = scene.text("till.list.item");
  content.sold = scene.text("till.returns.sold");
  content.net = scene.text("till.returns.net");
  content.back = scene.text("till.returns.back");
  content.refund = scene.text("till.returns.refund");
  for (const auto& line : sale.lines) {
    const auto back = scene.desk.returned(line.line);
    ReturnList::Row row;
    row.line = line.line;
    row.name = to_wx(scene.english() && !line.name_en.empty() ? line.name_en : line.name);
    row.sold = units_text(line.unit, line.sold);
    row.net = to_wx(amount_text(line.net));
    const bool some = back.quantity > Quantity();
    row.back = some ? units_text(line.unit, back.quantity) : wxString("0");
    if (some) row.refund = to_wx(amount_text(-back.amount));
    row.more = line.left > Quantity();
    row.gone = !row.more && !some;
    row.selected = line.line == scene.desk.return_line();
    const std::string left = widgets::to_utf8(units_text(line.unit, line.left));
    if (row.gone) {
      row.note = scene.text("till.returns.gone");
    } else if (!row.more) {
      row.note = scene.text("till.returns.all_of_it");
    } else {
      row.note = scene.text(content.narrow ? "till.returns.left_of" : "till.returns.left",
                            {{"left", left}, {"net", amount_text(line.net)}});
    }
    content.rows.push_back(std::move(row));
  }
  if (sale.lines.empty()) add_rung(scene, content);
  list_->set(std::move(content));
}

void ReturnScreen::update_hint(const Scene& scene) {
  HintWords hint;
  if (const auto notice = scene.desk.notice()) {
    const auto message = message_content(scene, *notice);
    hint = {message.title, message.note, message.kind, message.icon};
  } else if (scene.desk.view().returning->may_be_incomplete) {
    hint.note = scene.text("till.returns.incomplete");
    hint.kind = widgets::MessagePanel::Kind::attention;
    hint.icon = widgets::Icon::alert;
  } else {
    hint.note = scene.text("till.returns.hint");
  }
  hint_->set(std::move(hint));
}

void ReturnScreen::update_due(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  widgets::DueBlock::Content content;
  content.refund = true;
  content.currency = scene.text("till.currency");
  content.amount_px = scene.metrics.narrow ? 68 : 84;
  content.label = scene.text("till.returns.due");
  content.amount = to_wx(amount_text(-view.total));
  content.facts = {{scene.text("till.due.lines", {{"count", std::to_string(view.line_count)}}),
                    scene.text("till.due.pieces", {{"count", std::to_string(view.item_count)}})}};
  if (!view.cash_adjustment.is_zero()) {
    content.facts.push_back({scene.text("till.returns.cash"), to_wx(amount_text(-view.cash_due))});
  }
  due_->set(std::move(content));
}

void ReturnScreen::update_keys(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  place_title_->set(scene.text("till.returns.place"));
  const bool to_stock = scene.desk.returned_to() == sale::ReturnedTo::stock;
  for (const auto& [key, action, chosen] :
       {std::tuple{stock_, Action::to_stock, to_stock}, std::tuple{waste_, Action::to_waste, !to_stock}}) {
    TouchKey::Content content = key_content(scene, row_of(Place::returns, action));
    content.arrangement = TouchKey::Arrangement::in_row;
    content.selected = chosen;
    content.label_px = metrics().narrow || scene.english() ? 15 : 17;
    key->set(content);
  }
  for (const auto& [action, key] : functions_) {
    TouchKey::Content content = key_content(scene, row_of(Place::returns, action));
    if (action == Action::leave_returns) {
      content.cap = "Esc";
      content.label = scene.text("till.action.end_returns");
    }
    content.label_px = scene.metrics.narrow ? 14 : scene.english() ? 16 : 18;
    key->set(content);
  }
  refund_->set({.label = scene.text("till.returns.pay_out", {{"amount", amount_text(-view.cash_due)}}),
                .cap = "+",
                .look = TouchKey::Look::danger_filled,
                .arrangement = TouchKey::Arrangement::in_row,
                .available = view.line_count > 0,
                .label_px = scene.metrics.narrow ? 24 : 28,
                .cap_px = 20});
}

void ReturnScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  area.take_top(gap);
  area = area.inset(gap, 0);
  if (part_open_) {
    put(*digits_, area.take_bottom(theme().function_row_height, gap));
    Area panel = area.take_right(m.right_column, gap);
    put(*due_, panel.take_top(m.due_height, gap));
    put(*part_, panel);
    put(*entry_, area.take_bottom(theme().entry_height, gap));
    put(*hint_, area.take_bottom(66, gap));
    put(*list_, area);
    return;
  }
  Area right = area.take_right(m.right_column, gap);
  put(*refund_, right.take_bottom(theme().function_row_height, gap));
  put(*due_, right.take_top(m.due_height, gap));
  const Area place = right.take_top(place_height, gap);
  put(*place_, place);
  Area inner = Area{0, 0, place.w, place.h}.inset(15, 10);
  put(*place_title_, inner.take_top(28, 4));
  const double half = (inner.w - theme().key_gap) / 2;
  put(*stock_, inner.take_left(half, theme().key_gap));
  put(*waste_, inner);
  pad_->set_side_width(m.narrow ? 110 : 126);
  put(*pad_, right);

  Area functions = area.take_bottom(theme().function_row_height, gap);
  const auto count = static_cast<double>(functions_.size());
  const double width = (functions.w - (count - 1) * theme().key_gap) / count;
  for (const auto& [action, key] : functions_) put(*key, functions.take_left(width, theme().key_gap));
  put(*entry_, area.take_bottom(theme().entry_height, gap));
  put(*hint_, area.take_bottom(66, gap));
  put(*list_, area);
}

}  // namespace lanekeeper::till::ui
